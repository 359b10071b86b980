"""Nödöppning in the window: asking for it, the strip that says until when, and what the enhetschef sees of it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.clock import to_wall_clock
from app.domain.emergency import Emergency
from app.domain.errors import KnownError
from app.domain.personnummer import has_personnummer
from app.domain.roles import Right
from app.domain.swedish import clock, short_date
from app.domain.wording import wording
from app.services import emergency
from app.services.desk import Desk
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, label, mark_wrong, row
from app.ui.widgets.fields import choice, chosen, field, fill_choice
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

CHANGED = "emergency"


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


class EmergencyForm(QWidget):
    """Which unit and why; nothing is opened before the button is pressed."""

    left = Signal()
    """It is opened or given up; `opened` is the unit, or empty."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.setAccessibleName(self.tr("Nödöppning"))
        self.opened = ""
        self.unit = choice([])
        self.reason = TextField(name=self.tr("Varför"), lines=2, watched=False)
        self.reason.textChanged.connect(self._look)
        self.fault = label(role="overdue", wrap=True)
        self.open_button = button(self.tr("Öppna i en timme"), self._open, kind="primary", icon_name="lock-open")
        self.leave = button(self.tr("Avbryt"), self.left.emit)
        about = self.tr(
            "Då får du läsa om enhetens alla kunder i en timme, också dem du inte är knuten till. Det loggas med ditt "
            "namn och skälet, och enhetschefen ser det direkt. Använd det bara när en kund behöver det."
        )
        inside = card(
            label(self.tr("Nödöppning"), role="heading"), label(about, wrap=True),
            field(self.tr("Enhet"), self.unit),
            field(self.tr("Varför"), self.reason, hint=self.tr("Skriv med några ord, utan personnummer.")),
            self.fault, box(Flow(self.open_button, self.leave)),
        )  # fmt: skip
        whole = column(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.setMaximumWidth(640)
        for keys, action in (
            ("Ctrl+Return", self.open_button.click), ("Ctrl+Enter", self.open_button.click),
        ):  # fmt: skip
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(action)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Esc in the form is the form's, also where the page around it has a meaning for it."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.leave.click()
            return
        super().keyPressEvent(event)

    def begin(self) -> None:
        """Show it empty, with the units that it would open to the person."""
        self.reason.show_text(None)
        self.fault.hide()
        self.place.ask(self, emergency.units_to_open, self._show)

    def _show(self, units: dict[str, str]) -> None:
        """Nothing is chosen beforehand where there is a choice: a person in a hurry would open the wrong unit."""
        if not units:
            self.place.told.emit(self.tr("Du ser redan alla kunder. Det finns ingen enhet att öppna."))
            return
        nothing = [("", self.tr("Välj enhet"))] if len(units) > 1 else []
        fill_choice(self.unit, [*nothing, *units.items()])
        self.show()
        (self.unit if nothing else self.reason).setFocus()

    def _look(self) -> None:
        """A personnummer is told at once, in the one place where it is refused too."""
        found = has_personnummer(self.reason.toPlainText())
        mark_wrong(self.reason, found)
        self.fault.setText(wording(KnownError("personnummer_in_reason")) if found else "")
        self.fault.setVisible(found)

    def _open(self) -> None:
        unit, reason = chosen(self.unit), self.reason.toPlainText()
        if not unit:
            self.fault.setText(self.tr("Välj vilken enhet du behöver öppna."))
            self.fault.show()
            self.unit.setFocus()
            return
        self.opened = ""
        said = self.tr("Enheten är öppen i en timme. Enhetschefen ser det på sin sida Idag.")
        self.place.act(
            self, lambda desk: emergency.open_emergency(desk, unit=unit, reason=reason), lambda _: self._done(unit),
            changed=CHANGED, said=said, otherwise=self._refused,
        )  # fmt: skip

    def _done(self, unit: str) -> None:
        self.opened = unit
        self.left.emit()

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.fault.setText(wording(error))
            self.fault.show()
            return True
        return False


class EmergencyStrip(QFrame):
    """Over every page while something is open: what, until when, and the way to end it."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.setObjectName("bar")
        self.setProperty("kind", "error")
        self.text = label(wrap=True)
        self.text.setAccessibleName(self.tr("Nödöppning pågår"))
        self.end_button = button(self.tr("Avsluta nu"), self._end)
        inside = row(self.text, self.end_button)
        inside.setStretch(0, 1)
        inside.setContentsMargins(2 * GRID, 4, GRID, 4)
        self.setLayout(inside)
        self._open: frozenset[str] = frozenset()
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(lambda: place.changed.emit(CHANGED))
        self.hide()

    def refresh(self) -> None:
        """Read what is open; those who cannot open anything are not asked about."""
        if self.place.desk.may(Right.OPEN_EMERGENCY):
            self.place.ask(self, emergency.my_emergencies, self._show)

    def _show(self, found: tuple[Emergency, ...]) -> None:
        self.setVisible(bool(found))
        self._over.stop()
        before, self._open = self._open, frozenset(one.unit for one in found)
        if before - self._open:
            self.place.emergency_over.emit()
        if not found:
            return
        names = ", ".join(dict.fromkeys(one.unit_name for one in found))
        self.text.setText(
            self.tr("Nödöppning av {0} till {1}. Det du läser loggas.").format(names, _at(found[0].until))
        )
        first_over = min(one.until for one in found)
        self._over.start(_milliseconds(first_over - to_wall_clock(self.place.desk.clock.instant())))

    def _end(self) -> None:
        self.place.act(
            self, emergency.end_emergencies, changed=CHANGED, said=self.tr("Nödöppningen är avslutad."),
        )  # fmt: skip


def _at(moment: dt.datetime) -> str:
    return clock(moment.time())


def _milliseconds(span: dt.timedelta) -> int:
    return max(1000, int(span.total_seconds() * 1000) + 500)


def unseen_cards(owner: QWidget, place: Workplace, found: tuple[Emergency, ...]) -> list[QWidget]:
    """For the enhetschef: a card for each emergency that she has not taken note of."""
    return [_card(owner, place, one) for one in found]


def _card(owner: QWidget, place: Workplace, one: Emergency) -> QWidget:
    def seen(key: int) -> None:
        place.act(owner, lambda desk: emergency.mark_seen(desk, key=key), changed=CHANGED)

    day = "" if one.opened_at.date() == place.desk.today else f"{short_date(one.opened_at.date())} "
    what = owner.tr("Nödöppning: {0} öppnade {1} {2}").format(
        one.full_name, one.unit_name, f"{day}{_at(one.opened_at)}"
    )
    done = button(owner.tr("Jag har sett det"), partial(seen, one.key))
    done.setAccessibleName(owner.tr("Jag har sett det: {0}").format(what))
    return card(label(what, role="label", wrap=True), label(one.reason, wrap=True), box(Flow(done)))


def read_unseen(desk: Desk) -> tuple[Emergency, ...]:
    """What the enhetschef has yet to take note of; nothing for others."""
    return emergency.list_emergencies(desk, unseen_only=True) if desk.may(Right.SEE_EMERGENCIES) else ()
