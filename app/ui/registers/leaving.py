"""A member leaves: everything she holds in one list, each thing with whoever takes it, and her last day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from app.domain.swedish import long_date, sort_key
from app.domain.team import HandOver, Member, Reference
from app.services.leaving import hand_over, held_by
from app.ui.registers.unsaved import Tool
from app.ui.widgets.controls import box, button, column, empty, label, mark_wrong
from app.ui.widgets.fields import DateField, field
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace

_VALUE = 0x0100
_MUST_BE_TAKEN = "action"


class Leaving(Tool):
    """The hand-over list; nothing is changed before the button is pressed."""

    def __init__(self, place: Workplace, member: Member, takers: Sequence[Member]) -> None:
        super().__init__()
        self.place, self.member = place, member
        self.setAccessibleName(self.tr("Avsluta medarbetare"))
        self._held: tuple[Reference, ...] = ()
        self._choices: list[QComboBox] = []
        others = sorted((one for one in takers if one.key != member.key), key=lambda one: sort_key(one.name))
        self._takers = _model([("", self.tr("Ingen tar över")), *((one.key, _named(one)) for one in others)])
        self._must = _model([("", self.tr("Välj vem som tar över")), *((one.key, _named(one)) for one in others)])
        self.last_day = DateField(lambda: place.desk.today, member.to or place.desk.today, required=True)
        self.to_all = QComboBox()
        self._everybody = _model([("", self.tr("Välj person")), *((one.key, _named(one)) for one in others)])
        self.to_all.setModel(self._everybody)
        self.to_all.activated.connect(self._give_all)
        self.summary = label(wrap=True)
        self._all_field = field(self.tr("Ge allt till"), self.to_all)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.done = button(self.tr("Avsluta medarbetaren"), self._hand_over, kind="primary")
        self.done.setEnabled(False)
        leave = button(self.tr("Avbryt"), self.finished.emit)
        kept = self.tr("Det som är skrivet finns kvar. Det {0} håller i lämnas över här.")
        inside = column(
            label(self.tr("Avsluta medarbetare"), role="heading"),
            label(kept.format(member.name), wrap=True),
            field(self.tr("Sista arbetsdag"), self.last_day), self.summary, self._all_field, self._list, self.fault,
            box(Flow(self.done, leave)), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        place.ask(self, lambda desk: held_by(desk, key=member.key), self._show)

    def _show(self, held: tuple[Reference, ...]) -> None:
        self._held = held
        empty(self._list)
        self._choices = []
        for one in held:
            made = QComboBox()
            made.setModel(self._must if one.kind == _MUST_BE_TAKEN else self._takers)
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.activated.connect(self._touch)
            made.setAccessibleName(self.tr("Vem tar över: {0}").format(one.sentence))
            self._choices.append(made)
            self._list.addLayout(column(label(one.sentence, role="label", wrap=True), made, space=4))
        self._all_field.setVisible(len(held) > 1)
        if held:
            self.summary.setText(self.tr("Välj vem som tar över. Saker att lämna över: {0}.").format(len(held)))
        else:
            self.summary.setText(self.tr("Ingenting behöver lämnas över."))
        self.done.setEnabled(True)

    def _touch(self, _: int = 0) -> None:
        self.dirty = True

    def _give_all(self, index: int) -> None:
        key = str(self.to_all.itemData(index, _VALUE) or "")
        if not key:
            return
        for one in self._choices:
            one.setCurrentIndex(max(one.findData(key, _VALUE), 0))
            mark_wrong(one, False)
        self._touch()

    def _hand_over(self) -> None:
        day = self.last_day.day
        takers = [
            HandOver(kind=one.kind, key=one.key, to=str(made.currentData(_VALUE) or "") or None)
            for one, made in zip(self._held, self._choices, strict=True)
        ]
        without = [n for n, one in enumerate(takers) if one.kind == _MUST_BE_TAKEN and one.to is None]
        for number, made in enumerate(self._choices):
            mark_wrong(made, number in without)
        if day is None:
            self.say(self.tr("Skriv sista arbetsdagen, till exempel 12/3."))
        elif without:
            self.say(self.tr("Öppna åtgärder måste ha någon som tar över. De är markerade i listan."))
            self._choices[without[0]].setFocus()
        else:
            key, name = self.member.key, self.member.name
            self.place.act(
                self, lambda desk: hand_over(desk, key=key, last_day=day, takers=takers), lambda _: self._finish(),
                changed="members", otherwise=self.refused,
                said=self.tr("{0} slutar {1}. Allt är överlämnat.").format(name, long_date(day)),
            )  # fmt: skip

    def _finish(self) -> None:
        for kind in ("actions", "customers", "meetings", "units", "checklists") if self._held else ():
            self.place.changed.emit(kind)
        self.finished.emit()


def _named(member: Member) -> str:
    return f"{member.name}, {member.profession.lower()}"


def _model(options: Sequence[tuple[str, str]]) -> QStandardItemModel:
    """One model for many boxes: a long list of things to hand over opens at once."""
    made = QStandardItemModel()
    for value, text in options:
        item = QStandardItem(text)
        item.setData(value, _VALUE)
        made.appendRow(item)
    return made
