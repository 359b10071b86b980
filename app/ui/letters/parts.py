"""The parts of a letter in order: chosen, moved by dragging or keys, added and removed, with the fields of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.domain.letters import LetterMeeting, LetterPart, PartKind
from app.domain.swedish import short_date
from app.exchange.json_file import parts_json, parts_of
from app.services.desk import Desk
from app.ui.letters.part_fields import PartFields
from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.controls import box, button, column, icon_button, label, row
from app.ui.widgets.flow import Flow

_PART = Qt.ItemDataRole.UserRole
_FEWEST, _MOST = 2, 9


class _Rows(QListWidget):
    """Alt+Up and Alt+Down move, Delete takes away."""

    moving = Signal(int)
    removing = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moving.emit(steps)
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        else:
            super().keyPressEvent(event)


class PartsEditor(QWidget):
    """A form's field that is the parts of a letter."""

    touched = Signal()
    minutes_wanted = Signal()
    """The person asked for a meeting's minutes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._meetings: dict[str, LetterMeeting] = {}
        self.list = _Rows()
        self.list.setAccessibleName(self.tr("Brevets delar"))
        self.list.setProperty("kind", "field")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields = PartFields(desk)
        self.fields.edited.connect(self._edit)
        self._tools = (
            icon_button("chevron-up", self.tr("Flytta upp (Alt+Upp)"), partial(self.move_part, -1)),
            icon_button("chevron-down", self.tr("Flytta ner (Alt+Ner)"), partial(self.move_part, 1)),
            icon_button("trash-2", self.tr("Ta bort delen (Delete)"), self.remove),
        )
        self.adders = (
            button(self.tr("Notis"), partial(self.begin, PartKind.NOTICE), icon_name="plus"),
            button(self.tr("Inbjudan"), partial(self.begin, PartKind.INVITATION), icon_name="calendar-plus"),
            button(self.tr("Mötesanteckningar …"), self.minutes_wanted.emit, icon_name="clipboard-list"),
        )
        upper = row(self.list, column(*self._tools, None, space=0), space=4)
        upper.setStretch(0, 1)
        upper.setAlignment(self.list, Qt.AlignmentFlag.AlignTop)
        title = label(self.tr("Innehåll"), role="label")
        title.setBuddy(self.list)
        self._adding = box(Flow(*self.adders))
        self.setLayout(column(title, upper, self._adding, self.fields, space=8))
        self.list.moving.connect(self.move_part)
        self.list.removing.connect(self.remove)
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.model().rowsMoved.connect(lambda *_: self._told())
        self._fit()

    # what stands in it

    @property
    def parts(self) -> tuple[LetterPart, ...]:
        """The parts in order."""
        rows = (self.list.item(number) for number in range(self.list.count()))
        return tuple(one.data(_PART) for one in rows)

    @property
    def kept(self) -> object:
        """The parts as JSON knows them."""
        return parts_json(self.parts)

    def show_kept(self, value: object) -> None:
        """Put back what was taken out with `kept`."""
        self.show_parts(parts_of(value))
        self.touched.emit()

    def show_parts(self, parts: Sequence[LetterPart]) -> None:
        """Show these parts instead; the first is chosen."""
        self.list.blockSignals(True)
        self.list.clear()
        for part in parts:
            self._append(part)
        self.list.setCurrentRow(0 if parts else -1)
        self.list.blockSignals(False)
        self._fit()
        self._show_chosen()

    def know(self, meetings: Sequence[LetterMeeting]) -> None:
        """What the meetings are called that parts stand for."""
        self._meetings = {one.key: one for one in meetings}

    @property
    def offered(self) -> tuple[LetterMeeting, ...]:
        """The meetings that have no part yet."""
        there = {part.meeting for part in self.parts}
        return tuple(one for one in self._meetings.values() if one.key not in there)

    def set_editable(self, editable: bool) -> None:
        """Let the parts be changed, or only looked at."""
        self.fields.set_editable(editable)
        self._adding.setVisible(editable)
        for one in self._tools:
            one.setVisible(editable)
        mode = QAbstractItemView.DragDropMode.InternalMove if editable else QAbstractItemView.DragDropMode.NoDragDrop
        self.list.setDragDropMode(mode)

    # gestures

    def begin(self, kind: PartKind) -> None:
        """Add an empty notice or invitation, and stand in its heading."""
        self.add([LetterPart(kind=kind, heading="")])
        self.fields.heading.setFocus()

    def add_minutes(self, meetings: Sequence[LetterMeeting]) -> None:
        """Add the minutes of meetings."""
        self.add([
            LetterPart(kind=PartKind.MINUTES, heading=f"{one.heading} {short_date(one.date)}", meeting=one.key)
            for one in meetings
        ])  # fmt: skip

    def add(self, parts: Sequence[LetterPart]) -> None:
        """Add parts at the end; the last is chosen."""
        for part in parts:
            self._append(part)
        if parts:
            self.list.setCurrentRow(self.list.count() - 1)
            self._told()

    def move_part(self, steps: int) -> None:
        """Move the chosen part."""
        at = self.list.currentRow()
        to = at + steps
        if self.adders[0].isVisibleTo(self) and at >= 0 and 0 <= to < self.list.count():
            taken = self.list.takeItem(at)
            self.list.insertItem(to, taken)
            self.list.setCurrentRow(to)
            self._told()

    def remove(self) -> None:
        """Take the chosen part away."""
        if self.list.currentRow() >= 0 and self.adders[0].isVisibleTo(self):
            self.list.takeItem(self.list.currentRow())
            self._told()
            self._show_chosen()

    def _append(self, part: LetterPart) -> None:
        item = QListWidgetItem(_words(part))
        item.setData(_PART, part)
        self.list.addItem(item)

    def _edit(self, part: LetterPart) -> None:
        if self.list.currentRow() >= 0:
            item = self.list.currentItem()
            item.setData(_PART, part)
            item.setText(_words(part))
            self.touched.emit()

    def _show_chosen(self) -> None:
        part: LetterPart | None = self.list.currentItem().data(_PART) if self.list.currentRow() >= 0 else None
        self.fields.show_part(part, self._meetings.get(part.meeting or "") if part is not None else None)

    def _told(self) -> None:
        self._fit()
        self.touched.emit()

    def _fit(self) -> None:
        self.list.setFixedHeight(min(max(self.list.count(), _FEWEST), _MOST) * ROW_HEIGHT + 12)


def _words(part: LetterPart) -> str:
    return f"{part.kind.label}: {part.heading or '…'}"
