"""How a meeting is drawn in the calendar: letter and hue of its forum, its words, and hatching where it clashes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from app.ui.calendar.lanes import Block
from app.ui.theme import SMALL_POINTS, Theme, font, hue_of, letter_of

LINE = 20
MARK = 16
HATCHED = 10
"""Pixels at the right of a meeting that clashes which are hatched."""
SHORTEST_TEXT = 26
"""Pixels below which an elided text says nothing."""


def hue(theme: Theme, block: Block) -> QColor:
    """The colour of the forum, or a quiet one for several forums."""
    return hue_of(block.forum, dark=theme.dark) if block.forum else theme.color("muted")


def draw_mark(painter: QPainter, theme: Theme, spot: QRect, block: Block) -> None:
    """The forum's colour and letter."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue(theme, block))
    painter.drawRoundedRect(spot, 3, 3)
    painter.setFont(font(SMALL_POINTS, semibold=True))
    painter.setPen(QColor("#06171B" if theme.dark else "#FFFFFF"))
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, letter_of(block.forum) if block.forum else "+")


def draw_text(painter: QPainter, theme: Theme, area: QRect, block: Block, text: str, *, kept: str = "") -> None:
    """A line of text; what is `kept` stands after it and is never cut away."""
    made = font(SMALL_POINTS)
    made.setStrikeOut(block.cancelled)
    painter.setFont(made)
    painter.setPen(theme.color("muted" if block.cancelled else "text"))
    shown = fitted(text, kept, painter.fontMetrics(), area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def draw_hatching(painter: QPainter, theme: Theme, area: QRect) -> None:
    """The sign of a clash: no text stands on it."""
    painter.save()
    painter.setPen(QPen(theme.color("overdue"), 1))
    painter.setBrush(QBrush(theme.color("overdue"), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(area.adjusted(0, 0, -1, -1))
    painter.restore()


def draw_block(painter: QPainter, theme: Theme, spot: QRect, block: Block, *, chosen: bool, clashing: bool) -> None:
    """A meeting, or several drawn as one, along the hours."""
    edge = theme.color("accent") if chosen else hue(theme, block)
    painter.setPen(QPen(edge, 3 if chosen else 2))
    painter.setBrush(theme.color("soft" if chosen else "raised"))
    painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 3, 3)
    right = spot.right() - 4
    if clashing and spot.width() > MARK + HATCHED + 4:
        draw_hatching(painter, theme, QRect(right - HATCHED, spot.top() + 3, HATCHED, spot.height() - 6))
        right -= HATCHED + 2
    mark = QRect(spot.left() + 2, spot.top() + 2, MARK, min(LINE, spot.height()) - 4)
    draw_mark(painter, theme, mark, block)
    left = mark.right() + 4
    room = right - left
    if room <= SHORTEST_TEXT // 2:
        return
    painter.setClipRect(spot)
    one, words = block.meetings[0], block.words
    if len(block.meetings) == 1 and spot.height() < 2 * LINE:
        words = f"{words}, {one.unit_name}"
    draw_text(painter, theme, QRect(left, spot.top(), room, LINE), block, words, kept=block.count)
    if len(block.meetings) == 1 and spot.height() >= 2 * LINE:
        where = ", ".join(filter(None, (one.unit_name, one.place)))
        draw_text(painter, theme, QRect(left, spot.top() + LINE - 2, room, LINE), block, where)
    painter.setClipping(False)


def fitted(text: str, kept: str, metrics: QFontMetrics, room: int) -> str:
    """The text cut where a few of its letters are left, else its clock; `kept` stands whole after it."""
    end = f" {kept}" if kept else ""
    left = room - metrics.horizontalAdvance(end)
    if metrics.horizontalAdvance(text) <= left:
        return f"{text}{end}".strip()
    # Half a time of day would mislead: it stands whole or not at all.
    start = text.partition(" ")[0] if text[:1].isdigit() else ""
    if start != text and metrics.horizontalAdvance(start) + SHORTEST_TEXT <= left:
        return f"{metrics.elidedText(text, Qt.TextElideMode.ElideRight, left)}{end}"
    return f"{start}{end}".strip() if metrics.horizontalAdvance(start) <= left else kept or start
