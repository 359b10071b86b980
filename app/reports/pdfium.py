"""PDFium, which knows one thread at a time: its lock, and opening what came from anywhere."""

from __future__ import annotations

import threading

import pypdfium2

ALONE = threading.RLock()
"""Held by whoever uses PDFium: a window that locks may have two workers for a moment."""
FAULTS = (pypdfium2.PdfiumError, ValueError, OSError)
"""What PDFium says of a file that it cannot read."""


def open_pdf(data: bytes) -> pypdfium2.PdfDocument | None:
    """The document, or None when it is damaged or locked with a password. Under the lock, and closed by the caller."""
    try:
        document = pypdfium2.PdfDocument(data)
    except FAULTS:
        return None
    try:
        pages = len(document)
    except FAULTS:
        pages = 0
    if pages < 1:
        document.close()
        return None
    return document
