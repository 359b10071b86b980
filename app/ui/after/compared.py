"""Two versions of the minutes side by side: words that went are struck through, words that came are underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextLength, QTextTableFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from app.domain.comparing import Mark, Pieces, PointPair
from app.domain.swedish import number_word
from app.ui.theme import GRID, Theme, font
from app.ui.widgets.controls import chip, column, label, row


class ComparedView(QWidget):
    """A row for each point, the older version left; points that did not change may be left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pairs: Sequence[PointPair] = ()
        self._names = ("", "")
        self.only_changed = chip(self.tr("Bara det som skiljer"), lambda _: self._draw(), checked=True)
        self.said = label(role="muted")
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Versionerna bredvid varandra"))
        self.setLayout(column(row(self.only_changed, self.said, None), self.text))

    def show_pairs(self, pairs: Sequence[PointPair], *, older: str, newer: str) -> None:
        """Show two versions by their names."""
        self._pairs, self._names = pairs, (older, newer)
        self._draw()

    def _draw(self) -> None:
        changed = [one for one in self._pairs if one.differs]
        shown = changed if self.only_changed.isChecked() else list(self._pairs)
        count = number_word(len(changed), self.tr("punkt skiljer"), self.tr("punkter skiljer")).capitalize()
        self.said.setText(count if changed else self.tr("Inget skiljer mellan dem."))
        self.text.clear()
        cursor = self.text.textCursor()
        frame = QTextTableFormat()
        frame.setCellPadding(GRID)
        frame.setCellSpacing(0)
        frame.setBorder(1)
        frame.setBorderCollapse(True)
        frame.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        frame.setBorderBrush(self._theme.color("line"))
        frame.setWidth(_share(100))
        frame.setColumnWidthConstraints([_share(50), _share(50)])
        table = cursor.insertTable(len(shown) + 1, 2, frame)
        for place, name in enumerate(self._names):
            self._write(table.cellAt(0, place).firstCursorPosition(), ((Mark.SAME, name),), bold=True)
        for number, one in enumerate(shown, start=1):
            self._write(table.cellAt(number, 0).firstCursorPosition(), one.left)
            self._write(table.cellAt(number, 1).firstCursorPosition(), one.right)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, pieces: Pieces, *, bold: bool = False) -> None:
        cursor.setBlockFormat(QTextBlockFormat())
        for mark, text in pieces:
            how = QTextCharFormat()
            how.setFont(font(semibold=bold))
            how.setForeground(self._theme.color("text"))
            if mark is Mark.GONE:
                how.setFontStrikeOut(True)
                how.setForeground(self._theme.color("overdue"))
            elif mark is Mark.NEW:
                how.setFontUnderline(True)
                how.setForeground(self._theme.color("ok"))
            cursor.insertText(text, how)


def _share(percent: int) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, percent)
