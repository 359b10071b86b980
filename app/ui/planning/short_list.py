"""A short list with the fields of one row under it: chosen, changed, added and taken away without leaving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QFrame, QWidget

from app.domain.errors import KnownError
from app.domain.stored import Stored
from app.domain.wording import wording
from app.services.desk import Desk
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping(Generic[V]):
    """How the rows of a list are kept, removed and called, and how one stands in the fields."""

    keep: Callable[[Desk, V, int | None], Stored[V]]
    remove: Callable[[Desk, V, int], object]
    named: Callable[[V], str]
    changed: str
    """The kind of change that pages are told of."""
    fill: Callable[[V | None], None]
    """Show the row in the fields, or empty ones."""
    value: Callable[[V | None], V | None]
    """The row as the fields have it; None while something is missing."""
    why_not: Callable[[], str]
    """What is missing in the fields."""


class ShortList(QFrame, Generic[V]):
    """The list, its one row's fields, and what can be done with it; `keeping` says what the fields mean."""

    def __init__(
        self, place: Workplace, title: str, about: str, columns: Sequence[Column[Stored[V]]], keeping: Keeping[V],
        *fields: QWidget, new: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("panel")
        self.setMinimumWidth(300)
        self.place, self._keeping, self._new = place, keeping, new
        self.standing: Stored[V] | None = None
        self.table: Table[Stored[V]] = Table(columns, name=title)
        self.table.setMinimumHeight(160)
        self.table.chosen.connect(self._choose)
        self._what = label(new, role="label")
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.save_button = button(self.tr("Lägg till"), self.save, kind="primary")
        self.new_button = button(new, self.begin, icon_name="plus")
        self.remove_button = button(self.tr("Ta bort"), self.remove, kind="quiet", icon_name="trash-2")
        self.remove_button.setAccessibleName(self.tr("Ta bort ur {0}").format(title))
        inside = column(
            label(title, role="heading"), label(about, role="muted", wrap=True), self.table, self._what,
            box(Flow(*fields)), self.fault, box(Flow(self.save_button, self.new_button, self.remove_button)),
        )  # fmt: skip
        inside.setStretch(2, 1)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(inside)

    def show_rows(self, rows: Sequence[Stored[V]], key: Callable[[V], Any]) -> None:
        """Show these; the one that was stood on stays so."""
        before = key(self.standing.value) if self.standing else None
        self.table.rows_model.show_rows(rows)
        self.standing = next((one for one in rows if key(one.value) == before), None)
        self.table.stand_on(lambda one: key(one.value) == before)
        self._show_standing()

    def _choose(self, row: Stored[V]) -> None:
        self.standing = row
        self._keeping.fill(row.value)
        self._show_standing()

    def begin(self) -> None:
        """Empty fields for a new row."""
        self.standing = None
        self.table.stand_on(lambda _: False)
        self._keeping.fill(None)
        self._show_standing()

    def _show_standing(self) -> None:
        there = self.standing is not None
        self._what.setText(self._keeping.named(self.standing.value) if self.standing else self._new)
        text = self.tr("Spara") if there else self.tr("Lägg till")
        self.save_button.setText(text)
        self.save_button.setAccessibleName(text)
        self.remove_button.setVisible(there)
        self.new_button.setVisible(there)
        self._say("")

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def save(self) -> None:
        """Keep the row as the fields have it; the way back is remembered."""
        before, keeping = self.standing, self._keeping
        new = keeping.value(before.value if before else None)
        if new is None:
            self._say(keeping.why_not())
            return
        version = before.version if before else None

        def kept(stored: Stored[V]) -> None:
            name = keeping.named(stored.value)
            if before is not None:
                phrase, old = self.tr("Ändra {0}").format(name), before.value
                work: Callable[[Desk], object] = lambda desk: keeping.keep(desk, old, stored.version)  # noqa: E731
            else:
                phrase = self.tr("Lägg till {0}").format(name)
                work = lambda desk: keeping.remove(desk, stored.value, stored.version)  # noqa: E731
            self.place.remember(self.place.way_back(phrase, work, changed=keeping.changed))
            self.begin()

        self.place.act(
            self, lambda desk: keeping.keep(desk, new, version), kept, changed=keeping.changed,
            said=self.tr("{0} är sparat.").format(keeping.named(new)), otherwise=self._refused,
        )  # fmt: skip

    def remove(self) -> None:
        """Take the row away; the way back is remembered."""
        standing, keeping = self.standing, self._keeping
        if standing is None:
            return
        name = keeping.named(standing.value)
        back = self.place.way_back(
            self.tr("Ta bort {0}").format(name), lambda desk: keeping.keep(desk, standing.value, None),
            changed=keeping.changed,
        )  # fmt: skip
        self.place.act(
            self, lambda desk: keeping.remove(desk, standing.value, standing.version), lambda _: self.begin(),
            changed=keeping.changed, undo=back, said=self.tr("{0} är borttaget.").format(name),
            otherwise=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        if not isinstance(error, KnownError):
            return False
        self._say(wording(error))
        return True
