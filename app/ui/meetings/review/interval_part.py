"""How often the team follows the customer up, kept where Turordning keeps it, and the day that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from app.domain.meetings import Meeting
from app.domain.review import Review, interval_and_day, weeks_of
from app.domain.swedish import short_date
from app.services.turns import change_turn
from app.ui.meetings.review.answers import ENTER
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import choice, chosen
from app.ui.workplace import Workplace

_MOST = 104
_WEEKS, _MONTHS = "weeks", "months"


class _Often(QSpinBox):
    """A number that Enter keeps."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            self.entered.emit()


class IntervalPart(QWidget):
    """`Var 3 månader`, and by when at the latest; nothing is kept before it is asked for."""

    done = Signal()

    def __init__(self, place: Workplace, meeting: Meeting, *, reread: Callable[[], object]) -> None:
        super().__init__()
        self.place, self._meeting, self._reread = place, meeting, reread
        self.review: Review | None = None
        self.often = _Often()
        self.often.setRange(0, _MOST)
        self.often.setAccessibleName(self.tr("Följs upp varje, antal"))
        self.often.setMaximumWidth(96)
        self.unit = choice(
            [(_WEEKS, self.tr("veckor")), (_MONTHS, self.tr("månader"))], name=self.tr("Veckor eller månader")
        )
        self.keep = button(self.tr("Spara"), self.save, kind="primary")
        self.words = label(role="muted", wrap=True)
        self.booked = label(role="muted", wrap=True)
        self.often.valueChanged.connect(lambda _: self._tell())
        self.unit.currentIndexChanged.connect(lambda _: self._tell())
        self.often.entered.connect(self.save)
        self.unit.setMinimumContentsLength(7)
        self._fields = box(
            column(
                label(self.tr("Följs upp varje"), role="label"),
                row(self.often, self.unit, self.keep, None, space=6), space=2,
            )
        )  # fmt: skip
        whole = column(self._fields, self.words, self.booked, space=4)
        whole.setContentsMargins(GRID, 0, GRID, GRID)
        self.setLayout(whole)
        self._fields.hide()

    def show_review(self, review: Review) -> None:
        """Show what is decided."""
        self.review = review
        for one in (self.often, self.unit):
            one.blockSignals(True)
        months = next((n for n in (1, 2, 3, 4, 6, 12) if weeks_of(n) == review.turn.weeks), None)
        self.unit.setCurrentIndex(self.unit.findData(_MONTHS if months else _WEEKS))
        self.often.setSpecialValueText(self.tr("–"))
        self.often.setValue(months or review.turn.weeks or 0)
        for one in (self.often, self.unit):
            one.blockSignals(False)
        self._fields.setVisible(review.may_turn)
        booked = review.next_booked
        self.booked.setText(
            self.tr("Nästa bokade möte med kunden: {0}.").format(short_date(booked)) if booked else
            self.tr("Inget möte med kunden är bokat efter det här.")
        )  # fmt: skip
        self._tell()

    @property
    def weeks(self) -> int | None:
        """How often as the fields have it, in weeks."""
        number = self.often.value()
        return (weeks_of(number) if chosen(self.unit) == _MONTHS else number) or None

    def _tell(self) -> None:
        review = self.review
        if review is None:
            return
        wanted = replace(review, turn=replace(review.turn, weeks=self.weeks))
        words = interval_and_day(self._meeting, wanted, today=self.place.desk.today)
        booked = review.next_booked
        self.words.setText(f"{words[:1].upper()}{words[1:]}." if words else "")
        self.keep.setEnabled(self.weeks != review.turn.weeks)
        late = (
            booked is not None
            and wanted.turn.weeks is not None
            and (booked - self._meeting.date).days > wanted.turn.weeks * 7
        )
        self.booked.setProperty("role", "due" if late else "muted")
        self.booked.style().unpolish(self.booked)
        self.booked.style().polish(self.booked)

    def save(self) -> None:
        """Keep it; Ctrl+Z takes it back."""
        review = self.review
        if review is None or not review.may_turn:
            return
        if self.weeks == review.turn.weeks:
            self.done.emit()
            return
        before, new, version = review.turn, replace(review.turn, weeks=self.weeks), review.version
        back = self.place.way_back(
            self.tr("Ändra hur ofta"), lambda desk: change_turn(desk, turn=before, expected=new), changed="customers"
        )

        def kept(_: object) -> None:
            self._reread()
            self.done.emit()

        self.place.act(
            self, lambda desk: change_turn(desk, turn=new, expected=version), kept, changed="customers", undo=back,
            said=self.tr("Sparat. Ångra med Ctrl+Z."),
        )  # fmt: skip

    def focus_first(self) -> None:
        """Stand where one begins."""
        self.often.setFocus()
        self.often.selectAll()
