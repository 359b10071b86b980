"""Names that belong to a meeting, such as who is called: shown, added to and removed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.swedish import sort_key
from app.ui.widgets.controls import button, column, row
from app.ui.widgets.fields import choice, chosen, fill_choice

_KEY = Qt.ItemDataRole.UserRole
_ROW = 32


class NameList(QWidget):
    """Names that can be added to and removed from."""

    def __init__(self, name: str, adder: QWidget, on_change: Callable[[], object]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setProperty("kind", "field")
        self.list.setAccessibleName(name)
        self._on_change = on_change
        self.remove = button(self.tr("Ta bort"), self._remove, kind="quiet", icon_name="minus")
        self.remove.setAccessibleName(self.tr("Ta bort ur {0}").format(name))
        self.adder = adder
        upper = row(adder, self.remove)
        upper.setStretch(0, 1)
        self.setLayout(column(self.list, upper, space=4))

    def show_names(self, keys: tuple[str, ...], names: Mapping[str, str]) -> None:
        """Show these."""
        self.list.clear()
        for key in keys:
            item = QListWidgetItem(names.get(key, key))
            item.setData(_KEY, key)
            self.list.addItem(item)
        self.list.setFixedHeight(max(2, min(len(keys), 8)) * _ROW + 10)

    def shown_keys(self) -> tuple[str, ...]:
        """The keys in the order shown."""
        return tuple(str(self.list.item(number).data(_KEY)) for number in range(self.list.count()))

    def set_editable(self, may: bool) -> None:
        """Offer the ways to change it, or not."""
        self.adder.setVisible(may)
        self.remove.setVisible(may)

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._on_change()


class CustomerList(NameList):
    """Customers, with those who are not on it yet to choose among; tells which one is added."""

    def __init__(self, name: str, *, on_add: Callable[[str], object], on_change: Callable[[], object]) -> None:
        self._choice = choice([], name=name)
        super().__init__(name, self._choice, on_change)
        self._on_add = on_add
        self._choice.setAccessibleName(self.tr("Lägg till i {0}").format(name))
        self._choice.activated.connect(lambda _: self._add())

    def show_customers(
        self, keys: tuple[str, ...], labels: Mapping[str, str], reasons: Mapping[str, str] | None = None
    ) -> None:
        """Show these, each with the reason why she is on the list, and offer the others."""
        told = reasons or {}
        self.show_names(keys, {key: f"{text}, {told[key]}" if key in told else text for key, text in labels.items()})
        rest = sorted(
            ((key, text) for key, text in labels.items() if key not in keys), key=lambda one: sort_key(one[1])
        )
        fill_choice(self._choice, [("", self.tr("Lägg till kund")), *rest])

    def _add(self) -> None:
        if key := chosen(self._choice):
            self._on_add(key)
