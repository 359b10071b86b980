"""When a member works: a row a window, weekday and from–to; several a day for split shifts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.swedish import WEEKDAYS, clock
from app.domain.team import Hours
from app.domain.typed import read_time
from app.ui.widgets.controls import button, column, empty, icon_button, label, row
from app.ui.widgets.fields import TimeField, choice, chosen

_APART = "|"


class _Window(QWidget):
    """One window: a weekday, from when, to when."""

    def __init__(self, field: HoursField, day: str, since: str, until: str) -> None:
        super().__init__()
        self.day = choice([(str(n), name.capitalize()) for n, name in enumerate(WEEKDAYS)], chosen=day)
        self.since, self.until = TimeField(), TimeField()
        self.day.setAccessibleName(field.tr("Veckodag"))
        self.day.setMinimumContentsLength(6)
        self.day.currentIndexChanged.connect(lambda _: field.touched.emit())
        for made, text, name in ((self.since, since, field.tr("Från")), (self.until, until, field.tr("Till"))):
            made.setAccessibleName(name)
            made.setText(text)
            made.setMaximumWidth(64)
            made.textChanged.connect(lambda _: field.touched.emit())
        self.drop = icon_button("x", field.tr("Ta bort arbetstiden"), lambda: field.drop(self))
        self.setLayout(row(self.day, self.since, label("–"), self.until, self.drop, None, space=4))

    @property
    def text(self) -> str:
        """The window as it is kept in a draft."""
        return _APART.join((chosen(self.day), self.since.text().strip(), self.until.text().strip()))


class HoursField(QWidget):
    """The windows in the order of the week; none means at any time."""

    touched = Signal()
    """Something was typed or chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.any_time = label(self.tr("Inga arbetstider: möten planeras när som helst."), role="muted", wrap=True)
        self.add_button = button(self.tr("Lägg till arbetstid"), self.add, icon_name="plus")
        self.setLayout(column(self.any_time, self._rows, row(self.add_button, None), space=4))

    @property
    def windows(self) -> list[_Window]:
        """The rows as they stand."""
        items = [self._rows.itemAt(number) for number in range(self._rows.count())]
        return [one for item in items if item is not None and isinstance(one := item.widget(), _Window)]

    @property
    def kept(self) -> object:
        """The rows as they are kept in a draft."""
        return [one.text for one in self.windows]

    def show_kept(self, value: object) -> None:
        """Show what `kept` gave."""
        self._show(map(str, value) if isinstance(value, list) else ())

    def _show(self, texts: Iterable[str]) -> None:
        empty(self._rows)
        for one in texts:
            day, since, until = (*one.split(_APART), "", "")[:3]
            self._rows.addWidget(_Window(self, day, since, until))
        self._tell()

    def show_hours(self, hours: Sequence[Hours]) -> None:
        """Show these."""
        ordered = sorted(hours, key=lambda one: (one.weekday, one.from_))
        self._show(_APART.join((str(one.weekday), clock(one.from_), clock(one.to))) for one in ordered)

    def fault(self) -> str:
        """Why the hours cannot be kept as they stand, or empty."""
        for one in self.windows:
            since, until = read_time(one.since.text()), read_time(one.until.text())
            if since is None or until is None:
                return self.tr("Skriv arbetstiden från och till, till exempel 7.00 och 16.00.")
            if until <= since:
                return self.tr("Arbetstiden slutar före den börjar. Rätta den, eller dela natten vid midnatt.")
        return ""

    @property
    def hours(self) -> tuple[Hours, ...]:
        """The windows that can be read, in the order of the week."""
        found = []
        for one in self.windows:
            since, until = read_time(one.since.text()), read_time(one.until.text())
            if since is not None and until is not None:
                found.append(Hours(weekday=int(chosen(one.day) or 0), from_=since, to=until))
        return tuple(sorted(found, key=lambda one: (one.weekday, one.from_)))

    def add(self) -> None:
        """Another window: the next weekday with the same hours, so that a week is five presses."""
        last = self.windows[-1] if self.windows else None
        day = str(min(int(chosen(last.day)) + 1, 6)) if last else "0"
        since, until = (last.since.text(), last.until.text()) if last else ("07.00", "16.00")
        made = _Window(self, day, since, until)
        self._rows.addWidget(made)
        self._tell()
        made.since.setFocus()

    def drop(self, gone: _Window) -> None:
        """Take a window away."""
        self._rows.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._tell()

    def _tell(self) -> None:
        self.any_time.setVisible(not self.windows)
        self.touched.emit()
