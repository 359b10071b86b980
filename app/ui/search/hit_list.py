"""The hits of a search, drawn on three lines each: what it is, the words where they stand, and at which meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.search import SearchHit, SearchKind, Snippet, Words, marks_in
from app.domain.swedish import near_day
from app.ui.icons import icon
from app.ui.theme import GRID, SMALL_POINTS, Theme, font
from app.ui.widgets.controls import as_plain

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_HIT = Qt.ItemDataRole.UserRole
ICONS = {
    SearchKind.MEETING: "clipboard-list", SearchKind.ITEM: "message-square", SearchKind.DECISION: "gavel",
    SearchKind.ACTION: "list-checks", SearchKind.QUESTION: "circle-help", SearchKind.LETTER: "mail",
    SearchKind.CHECKLIST: "clipboard-check",
}  # fmt: skip
_ICON, _EDGE = 20, 6


def place_of(hit: SearchHit) -> tuple[str, str]:
    """The page that a hit lies on, and what to open there."""
    if hit.kind is SearchKind.ACTION:
        return "actions", hit.key
    if hit.kind is SearchKind.CHECKLIST:
        return "checklists", hit.key
    if hit.kind is SearchKind.LETTER:
        return "letters", hit.key
    return "meeting", f"{hit.meeting}#{hit.item}" if hit.item else hit.meeting


def about(hit: SearchHit) -> str:
    """What it is, and where: `Beslut · Teammöte Eken · Solgården · 1204 RE`."""
    parts = (hit.kind.label, hit.about if hit.about != hit.title else "", hit.unit_name, hit.customer_label)
    shown = [part for part in parts if part and part != hit.title]
    return " · ".join(shown)


class HitModel(QAbstractListModel):
    """The hits in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[SearchHit] = []
        self.words = Words(())

    def show(self, hits: Sequence[SearchHit], words: Words) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.hits, self.words = list(hits), words
        self.endResetModel()

    def add(self, hits: Sequence[SearchHit]) -> None:
        """Show these below."""
        if hits:
            self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(hits) - 1)
            self.hits.extend(hits)
            self.endInsertRows()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The hit itself, and as text for who listens."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == _HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.title}. {hit.snippet.text}. {about(hit)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_plain(f"{hit.title}\n{hit.snippet.text}\n{about(hit)}")
        return None


class HitList(QListView):
    """The hits; Enter or a click opens one, arrow up from the first goes back to the words."""

    opened = Signal(object)
    left_upwards = Signal()

    def __init__(self, theme: Theme, *, today: dt.date, name: str) -> None:
        super().__init__()
        self.today = today
        self.hits = HitModel()
        self.setModel(self.hits)
        self.setItemDelegate(_HitDelegate(self, theme))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.activated.connect(self._open)
        self.clicked.connect(self._open)

    def stand_on_first(self) -> None:
        """Stand on the first hit."""
        self.setCurrentIndex(self.hits.index(0))

    def open_current(self) -> None:
        """Open the hit one stands on, or the first."""
        self._open(self.currentIndex() if self.currentIndex().isValid() else self.hits.index(0))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.data(_HIT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)


class _HitDelegate(QStyledItemDelegate):
    """Draws a hit: icon and heading, the words marked where they stand, and what is known of the place."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - the toolkit's names
        height = 2 * QFontMetrics(font()).height() + QFontMetrics(font(SMALL_POINTS)).height()
        return QSize(100, height + 2 * _EDGE + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: SearchHit = index.data(_HIT)
        area: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._theme.color("soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, self._theme.color("hover"))
        painter.setPen(self._theme.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(GRID + _ICON + GRID, _EDGE, -2 * GRID, -_EDGE)
        icon(ICONS[hit.kind], color=self._theme.color("muted")).paint(
            painter, QRect(area.left() + GRID, inside.top() + 1, _ICON, _ICON)
        )
        self._lines(painter, inside, hit, self.parent().hits.words)  # type: ignore[union-attr]
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _lines(self, painter: QPainter, area: QRect, hit: SearchHit, words: Words) -> None:
        day = near_day(hit.date, today=self.parent().today)  # type: ignore[union-attr]
        small, body, heavy = font(SMALL_POINTS), font(), font(semibold=True)
        height = QFontMetrics(body).height()
        painter.setFont(small)
        painter.setPen(self._theme.color("muted"))
        first = QRect(area.left(), area.top(), area.width(), height)
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, day)
        room = area.width() - QFontMetrics(small).horizontalAdvance(day) - 2 * GRID
        self._marked(painter, area.topLeft(), room, Snippet(hit.title, marks_in(words, hit.title)), heavy)
        second = area.topLeft() + QPoint(0, height)
        self._marked(painter, second, area.width(), hit.snippet, body)
        third = QRect(area.left(), area.top() + 2 * height + 2, area.width(), QFontMetrics(small).height())
        painter.setFont(small)
        painter.setPen(self._theme.color("muted"))
        said = QFontMetrics(small).elidedText(about(hit), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(third, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)

    def _marked(self, painter: QPainter, at: QPoint, width: int, shown: Snippet, of: QFont) -> None:
        """One line of text, elided at its end, with what was found on a soft ground and in heavy letters."""
        text = QFontMetrics(of).elidedText(shown.text, Qt.TextElideMode.ElideRight, max(width - 2, 10))
        mark = QTextCharFormat()
        mark.setFontWeight(QFont.Weight.Bold)
        mark.setBackground(self._theme.color("soft"))
        mark.setForeground(self._theme.color("accent_strong"))
        plain = QTextCharFormat()
        plain.setForeground(self._theme.color("text"))
        formats = [_format(0, len(text), plain)]
        formats += [_format(start, min(end, len(text)), mark) for start, end in shown.marks if start < len(text)]
        layout = QTextLayout(text, of)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        painter.save()
        point = QPointF(at)
        painter.setClipRect(QRectF(point.x(), point.y(), width, line.height() + 2))
        layout.draw(painter, point)
        painter.restore()


def _format(start: int, end: int, of: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    made.format = of
    return made
