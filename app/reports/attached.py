"""Appendices behind a paper: each page of a PDF or picture in a frame that says which appendix it is.

Of a foreign PDF only what is drawn on its pages is taken: each becomes a picture of its own in ours. Scripts, actions,
forms, links and files inside it stay where they were. A picture is read and written anew, so nothing hidden in it
follows either.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import raw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.domain.attachments import Appendix
from app.domain.file_kinds import FileKind
from app.reports.pages import HEIGHT, MILLIMETRE, WIDTH
from app.reports.pdfium import ALONE, FAULTS, open_pdf

MOST_PAGES = 200
"""A longer appendix is a book: it is listed and not printed behind the paper."""
_MOST_PIXELS = 60_000_000
_SHARPEST = 2200
"""Pixels of a picture's longer side, 200 dots an inch over a page."""
_LARGEST_PAGE = 14_400
"""Points; what PDF itself allows."""
_EDGE = 14 * MILLIMETRE
TOP, _BOTTOM = HEIGHT - 33 * MILLIMETRE, 21 * MILLIMETRE
"""The upper and lower edge of what is printed in a frame."""
_PAGE_WIDTH = 540.0
_PICTURE_FAULTS = (
    OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, AttributeError, EOFError, MemoryError,
    RuntimeError, struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow's readers say of files that are not what they should be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of an appendix goes: which page of the paper, counted from 0, and which page of which PDF."""

    page: int
    data: bytes
    number: int


def why_not(appendix: Appendix) -> str:
    """Why a file is listed and not printed behind the paper, in a few words; empty for one that is, and for texts."""
    if not appendix.key or appendix.data is None:
        return ""
    if appendix.kind is None or not appendix.kind.is_shown:
        return "skrivs inte ut här"
    found = page_count(appendix.kind, appendix.data)
    if found == 0:
        return "är skadad eller låst med lösenord och skrivs inte ut här"
    return f"har {found} sidor och skrivs inte ut här" if found > MOST_PAGES else ""


def page_count(kind: FileKind, data: bytes) -> int:
    """How many pages the file has; none when it cannot be read."""
    if kind.is_image:
        return 1 if _picture(data) is not None else 0
    with ALONE:
        document = open_pdf(data)
        if document is None:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def as_pdf(kind: FileKind, data: bytes) -> bytes | None:
    """The file as a PDF to look at; None when it cannot be read, or is neither a PDF nor a picture."""
    if kind.is_image:
        return _picture_pdf(data)
    return data if kind is FileKind.PDF and page_count(kind, data) else None


def _picture(data: bytes) -> Image.Image | None:
    """The picture, upright, no larger than a page needs, without anything beside what is seen."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.draft("RGB", (_SHARPEST, _SHARPEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_SHARPEST, _SHARPEST))
            clear = upright.convert("RGBA")
            paper = Image.new("RGB", clear.size, "white")
            paper.paste(clear, mask=clear.getchannel("A"))
            return paper
    except _PICTURE_FAULTS:
        return None


def _picture_pdf(data: bytes) -> bytes | None:
    picture = _picture(data)
    if picture is None:
        return None
    packed = io.BytesIO()
    if data.startswith(b"\xff\xd8"):
        picture.save(packed, "JPEG", quality=85)
    else:
        picture.save(packed, "PNG")
    scale = _PAGE_WIDTH / max(picture.width, 1)
    size = (_PAGE_WIDTH, max(picture.height * scale, 1.0))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1)
    packed.seek(0)
    canvas.drawImage(ImageReader(packed), 0, 0, *size)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def fill(paper: bytes, places: Sequence[Place], out: BinaryIO) -> None:
    """Write the paper with what belongs in its frames. A page that PDFium cannot take leaves its frame empty."""
    with ALONE, ExitStack() as opened:
        whole = opened.enter_context(closing(pypdfium2.PdfDocument(paper)))
        for data, found in _by_file(places):
            source = open_pdf(data)
            if source is not None:
                opened.enter_context(closing(source))  # what was taken from it is read when the paper is written
                _fill_from(whole, source, found)
        whole.save(out)


def _by_file(places: Sequence[Place]) -> Iterator[tuple[bytes, list[Place]]]:
    found: dict[int, list[Place]] = {}
    for one in places:
        found.setdefault(id(one.data), []).append(one)
    for several in found.values():
        yield several[0].data, several


def _fill_from(whole: pypdfium2.PdfDocument, source: pypdfium2.PdfDocument, places: Sequence[Place]) -> None:
    for one in places:
        try:
            _put(whole, source, one)
        except FAULTS:
            continue


def _put(whole: pypdfium2.PdfDocument, source: pypdfium2.PdfDocument, place: Place) -> None:
    wide, high = _flat(source, place.number)
    if not (0 < wide <= _LARGEST_PAGE and 0 < high <= _LARGEST_PAGE):
        return
    captured = source.page_as_xobject(place.number, whole)
    drawn = captured.as_pageobject()
    room_wide, room_high = WIDTH - 2 * _EDGE, TOP - _BOTTOM
    scale = min(room_wide / wide, room_high / high)
    left = (WIDTH - wide * scale) / 2
    matrix = pypdfium2.PdfMatrix(scale, 0, 0, scale, left, TOP - high * scale)
    drawn.set_matrix(matrix)
    page = whole[place.page]
    try:
        page.insert_obj(drawn)
        page.gen_content()
    finally:
        page.close()
        captured.close()


def _flat(source: pypdfium2.PdfDocument, number: int) -> tuple[float, float]:
    """Draw filled fields and notes into the page, as they are printed, and say how large it is."""
    page = source[number]
    try:
        raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
        wide, high = page.get_size()
        return float(wide), float(high)
    finally:
        page.close()
