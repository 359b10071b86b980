"""A PDF in memory as pictures of its pages; everything runs in a worker, one at a time: the library knows one."""

from __future__ import annotations

import pypdfium2
from PySide6.QtGui import QImage

from app.reports.pdfium import ALONE

POINTS_PER_INCH = 72


class PdfPages:
    """An open PDF: the size of each page in points, and each page as a picture at any scale."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with ALONE:
            self._document = pypdfium2.PdfDocument(data)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )

    def picture(self, number: int, scale: float) -> QImage:
        """The page, counted from 0, with `scale` pixels a point."""
        with ALONE:
            return self._picture(number, scale)

    def _picture(self, number: int, scale: float) -> QImage:
        page = self._document[number]
        try:
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            try:
                shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
                return shown.copy()
            finally:
                bitmap.close()
        finally:
            page.close()

    def text(self, number: int) -> str:
        """What stands on the page, for those who listen to it."""
        with ALONE:
            return self._text(number)

    def _text(self, number: int) -> str:
        page = self._document[number]
        try:
            found = page.get_textpage()
            try:
                return str(found.get_text_range())
            finally:
                found.close()
        finally:
            page.close()

    def close(self) -> None:
        """Give the memory back."""
        with ALONE:
            self._document.close()
            self.data = b""
