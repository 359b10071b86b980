"""Fields a person types in: each with its label above, dates and times read as people write them, names completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QValidator
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QMenu,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.domain.people import Outsider, Person
from app.domain.storable import storable
from app.domain.swedish import clock, short_date, sort_key
from app.domain.typed import read_date, read_time
from app.ui.icons import icon
from app.ui.widgets.controls import column, label, mark_wrong
from app.ui.widgets.watching import WatchedLine

NOBODY = ""
_PAUSE_MS = 200
_LONGEST_SEARCH = 200


def field(title: str, editor: QWidget, *, hint: str = "") -> QWidget:
    """The editor under its label, which also names it for assistive tools."""
    made = QWidget()
    name = label(title, role="label")
    name.setBuddy(editor)
    name_editor(editor, title, hint)
    made.setLayout(column(name, editor, *([label(hint, role="muted", wrap=True)] if hint else []), space=4))
    return made


def name_editor(editor: QWidget, title: str, hint: str = "") -> None:
    """Give the editor, and the line inside an editable box, its accessible name."""
    editor.setAccessibleName(title)
    if hint:
        editor.setAccessibleDescription(hint)
    if isinstance(editor, QComboBox) and (line := editor.lineEdit()) is not None:
        line.setAccessibleName(title)
        line.setValidator(OnlyStorable(line))


class OnlyStorable(QValidator):
    """Lets no sign stay in a line that could not be kept, however it got there."""

    def validate(self, text: str, position: int) -> object:
        """Hand the text back without what cannot be kept."""
        kept = storable(text)
        return QValidator.State.Acceptable, kept, min(position, len(kept))


def line(
    text: str = "", *, placeholder: str = "", name: str = "", longest: int = 500, watched: bool = True,
    phone: bool = False,
) -> QLineEdit:  # fmt: skip
    """One line of text; what looks like a personnummer is told in it, unless its form refuses that itself."""
    made = WatchedLine(text, phone=phone) if watched else QLineEdit(text)
    made.setMaxLength(longest)
    made.setValidator(OnlyStorable(made))
    made.setPlaceholderText(placeholder)
    made.setAccessibleName(name or placeholder)
    return made


class SearchLine(QLineEdit):
    """Words to look for; told when the typing pauses."""

    paused = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFixedWidth(200)
        self.setMaxLength(_LONGEST_SEARCH)
        self.setValidator(OnlyStorable(self))
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):  # the toolkit's own, which it gives no name
            clear.setAccessibleName(self.tr("Rensa"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.paused)
        self.textChanged.connect(lambda _: self._timer.start())


def choice(options: Sequence[tuple[str, str]], *, chosen: str = "", name: str = "") -> QComboBox:
    """A choice among (value, text) pairs."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(10)
    fill_choice(made, options, chosen=chosen)
    return made


def fill_choice(box: QComboBox, options: Sequence[tuple[str, str]], *, chosen: str = "") -> None:
    """Put other options in a choice without telling anybody that it changed."""
    box.blockSignals(True)
    box.clear()
    for value, text in options:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)


def chosen(box: QComboBox) -> str:
    """The value of the chosen option, or empty."""
    return str(box.currentData() or "")


def offer_words(editor: QLineEdit, words: Sequence[str]) -> None:
    """Let a line be completed with these, whatever part of them is typed."""
    completer = QCompleter(list(words), editor)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    editor.setCompleter(completer)


class DateField(QLineEdit):
    """A date, typed freely (`fre`, `12/3`, `+7`, `2026-03-12`) or picked from a calendar; may be empty."""

    picked = Signal()
    """The date was changed to another that can be read."""

    def __init__(
        self, today: Callable[[], dt.date], day: dt.date | None = None, *, name: str = "", required: bool = False,
        deadline: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._today = today
        self._required, self._deadline = required, deadline
        self._day = day
        self.setPlaceholderText(self.tr("t.ex. fre, 12/3 eller +7"))
        self.setMinimumWidth(104)
        self.setAccessibleName(name)
        self._picker = action = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(self.tr("Välj i kalender"))
        action.triggered.connect(self._open_calendar)
        down = QAction(self)
        down.setShortcut("Alt+Down")
        down.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        down.triggered.connect(self._open_calendar)
        self.addAction(down)
        self.editingFinished.connect(self._read)
        self.set_day(day)

    @property
    def day(self) -> dt.date | None:
        """The date as it can be read now; None when empty or unreadable."""
        text = self.text().strip()
        if self._day is not None and text == self._shown(self._day):
            return self._day
        return read_date(text, today=self._today(), deadline=self._deadline) if text else None

    @property
    def readable(self) -> bool:
        """Whether the text is a date, or empty where that is allowed."""
        return self.day is not None if self.text().strip() else not self._required

    def set_day(self, day: dt.date | None) -> None:
        """Show another date, or none."""
        self._day = day
        self.setText(self._shown(day) if day else "")
        self.setToolTip(day.isoformat() if day else "")
        mark_wrong(self, False)

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._picker.setVisible(not read_only)

    def _shown(self, day: dt.date) -> str:
        return short_date(day) if day.year == self._today().year else f"{short_date(day)} {day.year}"

    def _read(self) -> None:
        before, day = self._day, self.day
        if not self.readable:
            mark_wrong(self, True)
            self.setToolTip(self.tr("Det går inte att läsa som ett datum. Skriv till exempel 12/3."))
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)
            return
        self.set_day(day)
        if day != before:
            self.picked.emit()

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setAccessibleName(self.accessibleName())
        calendar.setSelectedDate(self.day or self._today())  # type: ignore[arg-type]  # the toolkit takes Python's dates
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(_: object = None) -> None:
            day = calendar.selectedDate().toPython()
            menu.close()
            if isinstance(day, dt.date):
                self.setText(day.isoformat())
                self._read()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.setFocus()
        menu.exec(self.mapToGlobal(QPoint(0, self.height())))


class TimeField(QLineEdit):
    """A time of day, typed as `9`, `9.30` or `0930`; may be empty."""

    picked = Signal()

    def __init__(self, moment: dt.time | None = None, *, name: str = "", required: bool = False) -> None:
        super().__init__()
        self._required = required
        self._moment = moment
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("09.00"))
        self.setMaximumWidth(96)
        self.editingFinished.connect(self._read)
        self.set_moment(moment)

    @property
    def moment(self) -> dt.time | None:
        """The time as it can be read now."""
        return read_time(self.text()) if self.text().strip() else None

    @property
    def readable(self) -> bool:
        """Whether the text is a time, or empty where that is allowed."""
        return self.moment is not None if self.text().strip() else not self._required

    def set_moment(self, moment: dt.time | None) -> None:
        """Show another time, or none."""
        self._moment = moment
        self.setText(clock(moment) if moment else "")
        mark_wrong(self, False)

    def _read(self) -> None:
        if not self.readable:
            mark_wrong(self, True)
            return
        before, moment = self._moment, self.moment
        self.set_moment(moment)
        if moment != before:
            self.picked.emit()


class PersonField(QComboBox):
    """A member by name, or anybody else: what is on the list is a member, what is not is somebody from outside."""

    picked = Signal()

    def __init__(
        self, names: Mapping[str, str], person: Person | None = None, *, name: str = "", first: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        name_editor(self, name)
        if (completer := self.completer()) is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._names: dict[str, str] = {}
        self._outside = QAction(icon("circle-help"), QCoreApplication.translate("PersonField", "Inte i teamet"), self)
        self._outside.setVisible(False)
        self.offer(names, first=first)
        self.set_person(person)
        line_edit = self.lineEdit()
        if line_edit is not None:
            line_edit.setPlaceholderText(QCoreApplication.translate("PersonField", "Namn"))
            self._outside.setToolTip(QCoreApplication.translate("PersonField", "Inte i teamet: en person utifrån"))
            line_edit.addAction(self._outside, QLineEdit.ActionPosition.TrailingPosition)
            self._outside.setVisible(True)  # the line shows what is added to it until it is told otherwise
            self._outside.setVisible(isinstance(person, Outsider))
            line_edit.editingFinished.connect(self._tell)
        self.activated.connect(self._tell)

    def offer(self, names: Mapping[str, str], *, first: Sequence[str] = ()) -> None:
        """Offer these members (key and name), `first` at the top, the others by name; what stands there stays."""
        before = self.currentText()
        rest = sorted((key for key in names if key not in first), key=lambda key: sort_key(names[key]))
        self.blockSignals(True)
        self._names = dict(names)
        self.clear()
        self.addItem("", NOBODY)
        for key in (*(key for key in first if key in names), *rest):
            self.addItem(names[key], key)
        self.setCurrentIndex(max(self.findText(before), 0))
        self.setEditText(before)
        self.blockSignals(False)

    @property
    def person(self) -> Person | None:
        """The member's key, an `Outsider`, or None."""
        text = self.currentText().strip()
        if not text:
            return None
        if self.itemText(self.currentIndex()) == text and self.currentData():
            return str(self.currentData())
        matching = [key for key, name in self._names.items() if name.casefold() == text.casefold()]
        return matching[0] if len(matching) == 1 else Outsider(text)

    def _complete(self) -> None:
        """Take the one member whose name has a word that begins so; say it when nobody of the team is meant."""
        found = self.person
        if isinstance(found, Outsider):
            typed = found.name.casefold()
            meant = [key for key, name in self._names.items() if _begins(name.casefold(), typed)]
            if len(meant) == 1:
                self.set_person(meant[0])
        outside = isinstance(self.person, Outsider)
        self._outside.setVisible(outside)

    def set_person(self, person: Person | None) -> None:
        """Show another person, or nobody."""
        if isinstance(person, Outsider):
            self.setCurrentIndex(-1)
            self.setEditText(person.name)
        elif person and (index := self.findData(person)) > 0:
            self.setCurrentIndex(index)
        else:
            self.setCurrentIndex(0)
            self.setEditText(person or "")
        self._outside.setVisible(isinstance(person, Outsider))
        self._told = self.person

    def settle(self) -> None:
        """Take what stands there as final, as when the field is left."""
        self._tell()

    def _tell(self) -> None:
        before = self._told
        self._complete()
        if self.person != before:  # a name that was completed is picked as well
            self._told = self.person
            self.picked.emit()


class Form(QWidget):
    """Fields one under the other, a little apart."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self.setObjectName("body")
        self.setLayout(column(*fields, None, space=12))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - `column` makes one
        layout.setContentsMargins(2, 2, 14, 2)


def _begins(name: str, typed: str) -> bool:
    return name.startswith(typed) or any(word.startswith(typed) for word in name.split())
