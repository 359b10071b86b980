"""To the printer: one page at a time in the worker, so that the window lives on and may be locked meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from app.faultlog import note_fault
from app.ui.papers.pdf_pages import POINTS_PER_INCH, PdfPages
from app.ui.workplace import Workplace

_FINEST = 300
"""Dots an inch that letters need; a printer's own 1200 would be a hundred megabytes a page."""


class PrintRun(QObject):
    """One document on its way to the printer."""

    progressed = Signal(int)
    """So many pages are sent."""
    ended = Signal(bool)
    """Nothing more comes; whether all was sent."""
    troubled = Signal(object)

    def __init__(self, place: Workplace, pages: PdfPages, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._pages, self._printer = place, pages, printer
        self._painter = QPainter()
        self._painting = threading.Lock()
        self._numbers = wanted_pages(printer, len(pages.sizes))
        self._sent = 0
        self._stopped = False

    def start(self) -> None:
        """Send the first page; the others follow by themselves."""
        self._next()

    def stop(self) -> None:
        """Send nothing more; what the printer has not begun is called back."""
        if not self._stopped:
            self._stopped = True
            self._place.runner.start(self._call_back, done=lambda _: None, failed=note_fault)

    def _next(self) -> None:
        number = self._numbers[self._sent]
        self._place.ask(self, lambda _: self._send(number), lambda _: self._after(), otherwise=self._failed)

    def _send(self, number: int) -> None:
        """In the worker: draw one page on the printer's paper."""
        with self._painting:
            if not self._stopped:
                self._paint(number)

    def _paint(self, number: int) -> None:
        if not self._painter.isActive():
            if not self._painter.begin(self._printer):
                raise OSError(self._printer.printerName())
        elif not self._printer.newPage():
            raise OSError(self._printer.printerName())
        dots = min(self._printer.resolution(), _FINEST)
        picture = self._pages.picture(number, dots / POINTS_PER_INCH)
        self._painter.drawImage(paper_area(self._printer, self._pages.sizes[number]), picture)

    def _after(self) -> None:
        if self._stopped:
            return
        self._sent += 1
        self.progressed.emit(self._sent)
        if self._sent < len(self._numbers):
            self._next()
            return
        self._stopped = True
        self._place.ask(self, lambda _: self._painter.end(), lambda _: self.ended.emit(True), otherwise=self._failed)

    def _failed(self, error: Exception) -> bool:
        self.stop()
        self.troubled.emit(error)
        self.ended.emit(False)
        return True

    def _call_back(self) -> None:
        """In the worker, after the page under way."""
        with self._painting:
            if self._painter.isActive():
                self._printer.abort()
                self._painter.end()


def wanted_pages(printer: QPrinter, count: int) -> Sequence[int]:
    """The pages that the person chose in the dialog, counted from 0; all of them when she chose none."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
        return range(count)
    first, last = printer.fromPage() - 1, (printer.toPage() or count) - 1
    return range(min(first, count - 1), min(last, count - 1) + 1)


def paper_area(printer: QPrinter, size: tuple[float, float]) -> QRectF:
    """Where a page of `size` points lies on the paper: at its true size, made smaller only where it does not fit."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    printable = printer.pageRect(QPrinter.Unit.DevicePixel)
    dots = printer.resolution() / POINTS_PER_INCH
    width, height = size[0] * dots, size[1] * dots
    shrink = min(paper.width() / width, paper.height() / height, 1.0)
    left = (paper.width() - width * shrink) / 2 - printable.left()
    top = (paper.height() - height * shrink) / 2 - printable.top()
    if printer.fullPage():
        left, top = left + printable.left(), top + printable.top()
    return QRectF(left, top, width * shrink, height * shrink)
