"""The list of actions with headings between its rows where it is gathered by customer or by meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.domain.action_lists import Gathered, Group, due_words, follow_up_words, group_of, is_follow_up_late, is_late
from app.domain.meetings import ActionRow
from app.ui.theme import Theme, font
from app.ui.widgets.tables import Column, RowsModel, Table

Line = ActionRow | Group
Index = QModelIndex | QPersistentModelIndex


class GatheredModel(RowsModel[Any]):
    """Rows and, before each new group of them, its heading; pages are counted in actions alone."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        super().__init__(columns)
        self.gathered = Gathered.BY_DUE
        self._actions = 0
        self._whole = 0

    def show_actions(self, rows: Sequence[ActionRow], *, total: int, gathered: Gathered) -> None:
        """Show these actions instead, in that order."""
        self.gathered = gathered
        self._actions, self._whole = len(rows), total
        self.show_rows(self._lines(rows, after=None))

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show the next page below; its first group may be the last one's."""
        last = next((one for one in reversed(self.rows) if not isinstance(one, Group)), None)
        self._actions = self._actions + len(rows) if rows else self._whole
        super().add_rows(self._lines(rows, after=group_of(last, self.gathered) if last is not None else None))

    def _lines(self, rows: Sequence[ActionRow], *, after: Group | None) -> list[Line]:
        found: list[Line] = []
        for one in rows:
            group = group_of(one, self.gathered)
            if group is not None and group != after:
                found.append(group)
            after = group
            found.append(one)
        return found

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._actions < self._whole and not self._asked

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        self._asked = True
        self.wanted.emit(self._actions)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over by the keyboard and cannot be chosen."""
        heading = index.isValid() and isinstance(self.rows[index.row()], Group)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; a heading stands in the first column and takes the whole width."""
        if index.isValid() and isinstance(one := self.rows[index.row()], Group):
            return self._of_heading(one, index.column(), role)
        return super().data(index, role)

    def _of_heading(self, one: Group, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            return font(semibold=True)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            return one.heading
        return None


class ActionTable(Table[Any]):
    """Actions by what, who, when and where; late ones in the colour of what is late."""

    model_kind = GatheredModel

    def __init__(self, theme: Theme, *, today: dt.date, name: str) -> None:
        self._theme, self._today = theme, today
        self._followed = False
        super().__init__(self._columns(), name=name)
        self.rows_model.modelReset.connect(self._span)
        self.rows_model.rowsInserted.connect(lambda *_: self._span())

    def _columns(self) -> tuple[Column[ActionRow], ...]:
        return (
            Column(self.tr("Åtgärd"), lambda one: one.text),
            Column(self.tr("Kund"), lambda one: one.customer_label or "", width=110, drop_below=760),
            Column(self.tr("Ansvarig"), lambda one: one.responsible_name, width=130),
            Column(
                self.tr("När"), self._when, width=164,
                hover=self._day_on_hover, color=self._colour,
            ),
            Column(self.tr("Möte"), lambda one: one.meeting_heading, width=120, drop_below=640),
        )  # fmt: skip

    def _when(self, one: ActionRow) -> str:
        return follow_up_words(one, today=self._today) if self._followed else due_words(one, today=self._today)

    def _day_on_hover(self, one: ActionRow) -> str:
        day = one.follow_up if self._followed else one.due
        return day.isoformat() if day else ""

    def _colour(self, one: ActionRow) -> QColor | None:
        late = is_follow_up_late(one, today=self._today) if self._followed else is_late(one, today=self._today)
        return self._theme.color("overdue") if late else None

    def show_actions(
        self, rows: Sequence[ActionRow], *, total: int, gathered: Gathered, followed: bool = False
    ) -> None:  # fmt: skip
        """Show these actions instead, in that order; `followed` by when they are to be followed up."""
        self._followed = followed
        model = self.rows_model
        assert isinstance(model, GatheredModel)  # noqa: S101 - made of `model_kind`
        model.show_actions(rows, total=total, gathered=gathered)

    def action(self) -> ActionRow | None:
        """The action the keyboard stands on."""
        one = self.current_row()
        return one if isinstance(one, ActionRow) else None

    def select_first(self) -> None:
        """Stand on the first action."""
        self.select_where(lambda one: isinstance(one, ActionRow))

    def select_key(self, key: str) -> bool:
        """Stand on the action of that key, if it has been read."""
        found = self.select_where(lambda one: isinstance(one, ActionRow) and one.key == key)
        if found:
            self.scrollTo(self.currentIndex())
        return found

    def _span(self) -> None:
        self.clearSpans()
        for number, one in enumerate(self.rows_model.rows):
            if isinstance(one, Group):
                self.setSpan(number, 0, 1, len(self.rows_model.columns))
