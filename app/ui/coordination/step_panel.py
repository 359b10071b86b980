"""The small panel in which one step of a case is entered: with whom, how, when, and what was said."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal

from app.domain.coordination.cases import Outcome
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.moves import Move
from app.domain.coordination.parties import Channel
from app.domain.coordination.views import CaseView
from app.ui.coordination.kept import CasePart, KeptText
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.fields import DateField, TimeField, choice, chosen, field, fill_choice
from app.ui.workplace import Workplace

_WITH_REASON = (EventKind.DECLINED, EventKind.CANCELLED)
_WITHOUT_CHANNEL = (EventKind.NOTE, EventKind.FORWARDED)


class StepPanel(CasePart):
    """Hidden until a step is chosen; Enter on its button takes it."""

    key = "step"
    taken = Signal(object, object, object)
    """The event, the reason (or None), the outcome (or None)."""
    left = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("card")
        self._place = place
        self.move_: Move | None = None
        self._fields: tuple[str, ...] = ()
        self.title = label(role="heading", wrap=True)
        self.hint = label(role="muted", wrap=True)
        self.party, self.channel = choice([]), choice([(one.value, one.label) for one in Channel])
        self.outcome = choice([(one.value, one.label) for one in Outcome])
        self.day = DateField(place.desk.clock.today, required=True)
        self.time = TimeField(required=True)
        self.text = KeptText(lines=2, most=8)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.take_button = button("", self.take, kind="primary")
        leave = button(self.tr("Avbryt"), self.leave, kind="quiet")
        self._party = field(self.tr("Part"), self.party)
        self._channel = field(self.tr("Hur"), self.channel)
        self._outcome = field(self.tr("Hur slutade det?"), self.outcome)
        self._text = field(self.tr("Text"), self.text)
        for name, editor in (
            ("party", self.party), ("channel", self.channel), ("outcome", self.outcome), ("day", self.day),
            ("time", self.time), ("text", self.text),
        ):  # fmt: skip
            self.keep(name, editor)
        when = row(field(self.tr("Dag"), self.day), field(self.tr("Klockan"), self.time))
        inside = column(
            self.title, self.hint, self._party, self._channel, self._outcome, when, self._text, self.fault,
            row(self.take_button, leave, None), space=8,
        )  # fmt: skip
        inside.setContentsMargins(12, 12, 12, 12)
        self.setLayout(inside)
        self.hide()

    def begin(self, move: Move, view: CaseView, *, fields: tuple[str, ...] = (), asked: str = "") -> None:
        """Show the panel for a step; `fields` are those that completion is asked of."""
        self.view, self.move_, self._fields = view, move, fields
        self.title.setText(move.words)
        self.take_button.setText(move.words)
        self.take_button.setAccessibleName(self.tr("Spara steget: {0}").format(move.words))
        parties = [(one.key, one.name) for one in move.parties]
        if len(parties) > 1:
            parties = [("", self.tr("Alla: {0}").format(", ".join(name for _, name in parties))), *parties]
        fill_choice(self.party, parties)
        self._party.setVisible(len(view.case.receiving) > 1 and bool(parties))
        usual = next((one.channel for one in view.case.parties if not one.own and one.channel), Channel.IT_SERVICE)
        self.channel.setCurrentIndex(self.channel.findData(usual.value))
        self._channel.setVisible(move.kind not in _WITHOUT_CHANNEL)
        self._outcome.setVisible(move.kind is EventKind.CLOSED)
        now = self._place.desk.clock.now()
        self.day.set_day(self._place.desk.today)
        self.time.set_moment(now.time().replace(second=0, microsecond=0))
        self.text.show_text("")
        self.text.setPlaceholderText(
            self.tr("Skriv varför") if move.kind in _WITH_REASON else self.tr("Vad sades, om något")
        )
        sends = self.tr("Skicka i den kanal du väljer, och spara sedan här vad som gick.") if move.sends else ""
        self.hint.setText(asked or sends)
        self.hint.setVisible(bool(self.hint.text()))
        self.fault.hide()
        self.is_clean()
        self.show()
        (self.text if move.kind in _WITH_REASON else self.take_button).setFocus()

    @property
    def dirty(self) -> bool:
        """Whether something was typed in a step that is open."""
        return self.move_ is not None and super().dirty

    def take(self) -> None:
        """Hand the step on, unless a day or a reason is missing."""
        if self.move_ is None:
            return
        if self.day.day is None or self.time.moment is None:
            self.show_fault(self.tr("Skriv dag och tid, till exempel 12/3 och 9.30."))
            return
        kind, text = self.move_.kind, self.text.written
        if kind in (*_WITH_REASON, EventKind.NOTE) and not text:
            self.show_fault(self.tr("Skriv varför.") if kind in _WITH_REASON else self.tr("Skriv anteckningen."))
            return
        event = CaseEvent(
            at=dt.datetime.combine(self.day.day, self.time.moment), kind=kind, party=chosen(self.party) or None,
            channel=None if kind in _WITHOUT_CHANNEL else Channel(chosen(self.channel)), text=text,
            fields=self._fields,
        )  # fmt: skip
        outcome = Outcome(chosen(self.outcome)) if kind is EventKind.CLOSED else None
        self.taken.emit(event, text if kind in _WITH_REASON else None, outcome)

    def show_fault(self, text: str) -> None:
        """Say why the step cannot be taken as it stands."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def leave(self) -> None:
        """Take the panel away."""
        self.move_ = None
        self.is_clean()
        self.hide()
        self.left.emit()
