"""A hand-over as text to read: ward by ward, each meeting a link to its minutes; typed text is never markup."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from app.domain.handover import (
    HandoverMeeting,
    HandoverPoint,
    ShiftHandover,
    day_words,
)
from app.domain.swedish import clock
from app.ui.theme import GRID, SMALL_POINTS, Theme, font

_HEADING_POINTS = 13
_AT_ONCE = 12
"""Meetings laid out before the window is let go on."""
_MEASURE = 720
"""Pixels: lines of some eighty characters."""


class HandoverText(QTextBrowser):
    """What was decided, laid out once for each reading."""

    opened = Signal(str)
    """A meeting, and the point of it, to go to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("Det som har bestämts"))
        self.setOpenLinks(False)
        self.setMaximumWidth(_MEASURE)
        self.document().setDocumentMargin(2 * GRID)
        self._waiting: list[tuple[str, HandoverMeeting]] = []
        self._today = dt.date.min
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._lay_out_more)
        self.anchorClicked.connect(lambda url: self.opened.emit(url.toString()))

    def show_handover(self, found: ShiftHandover) -> None:
        """Lay it out: what is seen first at once, the rest a little at a time, so that the window never waits."""
        self.clear()
        self._today = found.until.date()
        self._waiting = [
            (place.heading if number == 0 else "", meeting)
            for place in found.places
            for number, meeting in enumerate(place.meetings)
        ]
        self._lay_out_more()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _lay_out_more(self) -> None:
        """Some meetings more below what stands there."""
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for heading, meeting in now:
            if heading:
                self._line(cursor, heading, self._format(points=_HEADING_POINTS, semibold=True), above=2 * GRID)
            when = f"{day_words(meeting.date, today=self._today)} {clock(meeting.start)}"
            self._meeting(cursor, meeting, when)
        cursor.endEditBlock()
        if self._waiting:
            self._timer.start()

    def _meeting(self, cursor: QTextCursor, meeting: HandoverMeeting, when: str) -> None:
        live = self.tr(" (pågår)") if meeting.live else ""
        link = self._format(semibold=True, role="accent")
        link.setAnchor(True)
        link.setAnchorHref(meeting.key)
        self._line(cursor, meeting.heading, link, above=GRID)
        cursor.insertText(f"  {when}{live}", self._format(points=SMALL_POINTS, role="muted"))
        for point in meeting.points:
            self._point(cursor, point)

    def _point(self, cursor: QTextCursor, point: HandoverPoint) -> None:
        heading = " · ".join(part for part in (*point.labels, point.heading) if part)
        self._line(cursor, heading, self._format(semibold=True), above=4, indent=2 * GRID)
        if point.note:
            self._line(cursor, point.note, self._format(), indent=2 * GRID)
        for text in point.decisions:
            self._named(cursor, self.tr("Beslut: "), text)
        for action in point.actions:
            self._named(cursor, self.tr("Klart: ") if action.done else self.tr("Att göra: "), action.words)
        for question in point.questions:
            self._named(cursor, self.tr("Fråga: "), question.words)

    def _named(self, cursor: QTextCursor, name: str, text: str) -> None:
        self._line(cursor, name, self._format(role="muted"), indent=4 * GRID)
        cursor.insertText(text, self._format())

    def _line(self, cursor: QTextCursor, text: str, look: QTextCharFormat, *, above: int = 0, indent: int = 0) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLeftMargin(indent)
        if cursor.position():
            cursor.insertBlock(block)
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(text, look)

    def _format(self, *, points: int = 0, semibold: bool = False, role: str = "text") -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font(points, semibold=semibold) if points else font(semibold=semibold))
        made.setForeground(self._theme.color(role))
        return made
