"""The message of a case as its receiver reads it: the guideline's fields in order, written while it is a draft."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.coordination.cases import CoordinationRequest, Direction, FieldText
from app.domain.coordination.events import EventKind
from app.domain.coordination.fields import MessageField, empty_fields, fields_of, in_order
from app.domain.coordination.steps import STEPS
from app.domain.coordination.views import CaseView
from app.ui.coordination.kept import CasePart, KeptText
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row

_WIDEST = 720


class MessagePart(CasePart):
    """Fields under each other; an incoming one has ticks by which completion is asked for field by field."""

    key = "message"
    save_asked = Signal()
    ask_completion = Signal(tuple)
    """The keys of the fields that are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column(space=GRID)
        self._inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(self._inside)
        self._shape: tuple[object, ...] = ()
        self.texts: dict[str, KeptText] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.wanted: dict[str, QCheckBox] = {}
        self.save_button = button(self.tr("Spara meddelandet"), self.save_asked.emit, shortcut="Ctrl+S")
        self.ask_button = button(self.tr("Begär komplettering av de ikryssade"), self._ask)
        self.touched.connect(self._mark)

    def show_case(self, view: CaseView, *, fresh: bool) -> None:
        """Lay the fields out for this kind of message and what the person may do, then show them."""
        shape = (view.case.key, view.case.kind, can_write(view.case), self.may_write)
        if shape != self._shape:
            self._shape, fresh = shape, True
            self._lay(view.case)
        super().show_case(view, fresh=fresh)

    may_write = True
    """Whether the person may fill in drafts at all."""

    def _lay(self, case: CoordinationRequest) -> None:
        for kept in (self.save_button, self.ask_button):
            kept.setParent(None)
        empty(self._inside)
        self._editors.clear()
        self.texts, self.ticks, self.wanted = {}, {}, {}
        writes = can_write(case) and self.may_write
        asks = case.direction is Direction.IN and not case.status.ended and not writes
        for one in fields_of(case.kind):
            self._inside.addWidget(self._field(one, writes=writes, asks=asks))
        if writes:
            self._inside.addLayout(row(self.save_button, None))
            self.save_button.show()
        if asks:
            self._inside.addLayout(row(self.ask_button, None))
            self.ask_button.show()
        self._inside.addStretch(1)

    def _field(self, one: MessageField, *, writes: bool, asks: bool) -> QWidget:
        text = KeptText(name=one.label, lines=1, most=10)
        text.setReadOnly(not writes)
        text.setMaximumWidth(_WIDEST)
        self.texts[one.key] = text
        self.keep(one.key, text)
        head: list[QWidget | None] = [label(one.label, role="label")]
        if one.demanded or writes:
            tick = QCheckBox(self.tr("Ej aktuellt"))
            tick.setAccessibleName(f"{self.tr('Ej aktuellt')}: {one.label}")
            tick.setEnabled(writes)
            self.ticks[one.key] = tick
            self.keep(f"{one.key}.not", tick)
            tick.toggled.connect(lambda on, text=text: text.setEnabled(not on))
            head += [None, tick]
        if asks:
            ask = QCheckBox(self.tr("Be om mer"))
            ask.setAccessibleName(f"{self.tr('Be om mer')}: {one.label}")
            self.wanted[one.key] = ask
            ask.toggled.connect(lambda _: self._mark())
            head += [ask] if None in head else [None, ask]
        upper = box(row(*head))
        upper.setMaximumWidth(_WIDEST)
        return box(column(upper, text, space=2))

    def fill(self, view: CaseView) -> None:
        """Put the case's texts in the fields."""
        case = view.case
        said = {one.key: one.text for one in case.fields}
        for key, text in self.texts.items():
            text.show_text(said.get(key))
            text.setVisible(bool(said.get(key)) or not text.isReadOnly() or key not in case.not_relevant)
            if text.isReadOnly():
                text.setPlaceholderText(self.tr("Inget skrivet"))
        for key, tick in self.ticks.items():
            tick.setChecked(key in case.not_relevant)
            tick.setVisible(tick.isEnabled() or key in case.not_relevant)
        for ask in self.wanted.values():
            ask.setChecked(False)

    def tick_empty(self) -> None:
        """Tick the fields that say nothing, to ask for them."""
        if self.view is not None:
            for one in empty_fields(self.view.case):
                if one.key in self.wanted:
                    self.wanted[one.key].setChecked(True)

    @property
    def values(self) -> tuple[tuple[FieldText, ...], tuple[str, ...]]:
        """The texts in order, and the keys of what is not relevant."""
        assert self.view is not None  # noqa: S101 - shown before it is saved
        not_relevant = tuple(key for key, tick in self.ticks.items() if tick.isChecked())
        written = {key: text.written or "" for key, text in self.texts.items() if key not in not_relevant}
        return in_order(self.view.case.kind, written), not_relevant

    def _ask(self) -> None:
        self.ask_completion.emit(self.wanted_keys)

    @property
    def wanted_keys(self) -> tuple[str, ...]:
        """The keys of the fields that are ticked to be asked for."""
        return tuple(key for key, tick in self.wanted.items() if tick.isChecked())

    def _mark(self) -> None:
        self.save_button.setEnabled(self.dirty)
        self.ask_button.setEnabled(bool(self.wanted_keys))


def can_write(case: CoordinationRequest) -> bool:
    """Whether the message may still be written: a draft of ours, or one that came in and is not handled yet."""
    return not any(event.kind is not EventKind.CREATED and event.kind in STEPS for event in case.events)
