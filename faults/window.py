"""The real window in this process, offscreen: somebody logged in, looked over for text that is taken for mark-up."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget

from app.services.desk import Desk
from app.ui.application import make_window
from app.ui.frame import Frame
from app.ui.meetings.page import MeetingPage
from app.ui.operations import DirectRunner
from app.ui.shell import MainWindow
from tests import support

_rich_text = QtGui.Qt.mightBeRichText
_MOST_ROWS = 200
_BYTE_ORDER = "\ufeff"
"""Taken away by the toolkit where a text begins with it."""
_PAGES = ("today", "calendar", "meetings", "customers", "team", "actions")


class Window:
    """The window of a database with one user in; closed at the end."""

    def __init__(self, database: Path, *, user: str, password: str) -> None:
        self._crashed: list[str] = []
        self._hook = sys.excepthook
        self.window: MainWindow = make_window(
            database, user=user, around=support.surroundings, runner=DirectRunner()
        )  # fmt: skip
        self.window.show()
        self.window.entrance.prepare()
        self.window.entrance.try_log_in(user, password)

    def __enter__(self) -> Self:
        sys.excepthook = self._note
        return self

    def __exit__(self, *_: object) -> None:
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        sys.excepthook = self._hook

    def _note(self, kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
        self._crashed.append(kind.__name__)

    @property
    def frame(self) -> Frame:
        """What is inside once somebody is in."""
        if self.window.frame is None:
            raise RuntimeError("nobody is in")
        return self.window.frame

    @property
    def desk(self) -> Desk:
        """The desk of who is in."""
        return self.frame.place.desk

    def meeting(self, key: str) -> MeetingPage:
        """The page of a meeting."""
        self._touch()
        self.frame.visit("meeting", key)
        page = self.frame.page
        if not isinstance(page, MeetingPage):
            raise TypeError("the meeting's page is not shown")
        return page

    def _touch(self) -> None:
        """Press a key that does nothing, for the window would lock itself on somebody who is away so long."""
        shift = QtGui.QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift.value, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self.window.windowHandle(), shift)

    def look(self, meeting: str, texts: Sequence[str]) -> Iterator[str]:
        """Go through the pages with that meeting's texts on them; yields what was active, changed or crashed."""
        page = self.meeting(meeting)
        items = page.editor.meeting.items if page.editor.meeting is not None else ()
        for item in items:
            page.agenda.choose(item.key)
            QApplication.processEvents()
            if _lines(page.point.note.toPlainText()) != _lines(item.notes or ""):
                yield "window: the note shows another text"
            yield from self._active(texts)
        for text in texts:
            self.frame.place.troubled.emit(text)
            if self.frame.bar.text.text() != text.removeprefix(_BYTE_ORDER) or _rich(self.frame.bar.text):
                yield "window: a message is read as mark-up"
        for name in _PAGES:
            self.frame.visit(name, "")
            QApplication.processEvents()
            self.window.grab()
            yield from self._active(texts)
        yield from (f"window: crashed: {kind}" for kind in self._crashed)
        self._crashed.clear()

    def _active(self, texts: Sequence[str]) -> Iterator[str]:
        """Whether any of the texts is shown where the toolkit would read it as mark-up."""
        marked = [text for text in texts if _rich_text(text)]
        for widget in (self.window, *self.window.findChildren(QWidget)):
            if _holds(widget.toolTip(), marked) and _rich_text(widget.toolTip()):
                yield f"window: a tooltip of {type(widget).__name__} is read as mark-up"
            if isinstance(widget, QLabel) and _holds(widget.text(), marked) and _rich(widget):
                yield f"window: a label in {type(widget.parent()).__name__} is read as mark-up"
            if isinstance(widget, QTextEdit) and "<a href" in widget.toHtml():
                yield f"window: {type(widget).__name__} has a link"
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                yield from _active_rows(widget.model(), marked)


def press(field: QWidget, text: str) -> None:
    """Press the keys of a text one after another; the toolkit's own helper knows no å, ä and ö."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QtGui.QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(field, event)


def _active_rows(model: QAbstractItemModel, marked: Sequence[str]) -> Iterator[str]:
    """Cells are drawn as they are; their tooltips would be read as mark-up."""
    for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and _holds(tip, marked) and _rich_text(tip):
                yield f"window: a tooltip of {type(model).__name__} is read as mark-up"


def _holds(shown: str, texts: Sequence[str]) -> bool:
    return bool(shown) and any(text in shown for text in texts)


def _rich(label: QLabel) -> bool:
    return label.textFormat() is Qt.TextFormat.RichText or (
        label.textFormat() is Qt.TextFormat.AutoText and _rich_text(label.text())
    )


def _lines(text: str) -> list[str]:
    """Text as the toolkit's fields hold it: one sign for the end of a line, one for blanks, no byte order mark."""
    for sign, held in (("\r\n", "\n"), ("\r", "\n"), ("\u2029", "\n"), ("\u2028", "\n"), ("\xa0", " ")):
        text = text.replace(sign, held)
    return text.removeprefix(_BYTE_ORDER).split("\n")
