"""The left rail: where one can go, who is here, the change of user and the lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from app.ui.icons import icon
from app.ui.places import BELONGS_TO, LAST_KEY, Place
from app.ui.theme import GRID
from app.ui.widgets.controls import as_plain, button, column, label

_WIDE, _SLIM = 196, 60
_MOST_UNITS = 2
"""More units than these are counted, not named."""


class Rail(QFrame):
    """Icon and word for each page; shrinks to icons."""

    def __init__(
        self, person: str, role: str, *, places: Mapping[int, Place], on_visit: Callable[[str], None],
        on_lock: Callable[[], None], on_switch: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Sidor"))
        self._entries: dict[str, QPushButton] = {}
        self._icons: dict[QPushButton, str] = {}
        self._low = self._narrow = False
        for number, one in places.items():
            title = QCoreApplication.translate("Rail", one.title)
            made = self._entry(
                title,
                one.icon,
                partial(on_visit, one.name),
                f"{title} (Ctrl+{number})" if number <= LAST_KEY else title,
            )
            made.setCheckable(True)
            self._entries[one.name] = made
        self._entries["search"] = self._entry(
            self.tr("Sök"), "search", partial(on_visit, "search"), self.tr("Sök i allt som är skrivet (Ctrl+F)")
        )
        self._entries["search"].setCheckable(True)
        self._lock = self._entry(self.tr("Lås"), "lock", on_lock, self.tr("Lås fönstret (Ctrl+L)"))
        self._switch = self._entry(
            self.tr("Byt användare"), "log-out", on_switch,
            self.tr("Lås och låt någon annan logga in (Ctrl+Skift+L)"),
        )  # fmt: skip
        self._name, self._role = label(person, role="label", wrap=True), label(role, role="muted", wrap=True)
        self._units = label(role="muted", wrap=True)
        *upper, settings, search = self._entries.values()
        self._foot = column(self._switch, self._lock, space=2)
        inside = column(*upper, search, None, self._name, self._role, self._units, settings, self._foot, space=2)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self._texts = {made: made.text() for made in self._icons}
        self.set_narrow(False)

    def _entry(self, title: str, icon_name: str, action: Callable[[], None], tip: str) -> QPushButton:
        made = button(title, action, kind="rail", icon_name=icon_name, tip=tip)
        made.setIconSize(QSize(20, 20))
        self._icons[made] = icon_name
        return made

    def show_units(self, names: Sequence[str]) -> None:
        """Say where the person works: the unit's name, two of them, or how many there are."""
        text = self.tr("{0} enheter").format(len(names)) if len(names) > _MOST_UNITS else ", ".join(names)
        self._units.setText(text)
        self._units.setToolTip(as_plain("\n".join(names)) if len(names) > _MOST_UNITS else "")
        self._arrange()

    def mark(self, name: str) -> None:
        """Show which page one is on."""
        for entry, made in self._entries.items():
            made.setChecked(entry == BELONGS_TO.get(name, name))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with words."""
        self._narrow = narrow
        self._arrange()

    def set_low(self, low: bool) -> None:
        """Where there is little height, leave out who is here and let the two ways out share a line."""
        self._low = low
        self._arrange()

    def _arrange(self) -> None:
        self.setFixedWidth(_SLIM if self._narrow else _WIDE)
        sharing = self._low and not self._narrow
        direction = QBoxLayout.Direction
        self._foot.setDirection(direction.LeftToRight if sharing else direction.TopToBottom)
        for made, text in self._texts.items():
            wordless = self._narrow or (sharing and made in (self._switch, self._lock))
            made.setText("" if wordless else text)
        self._switch.setVisible(not (self._low and self._narrow))  # by Ctrl+Shift+L and Ctrl+K all the same
        for shown in (self._name, self._role, self._units):
            shown.setVisible(not self._narrow and not self._low and bool(shown.text()))

    def redraw(self) -> None:
        """Draw the icons anew after the colours changed."""
        for made, name in self._icons.items():
            made.setIcon(icon(name))
