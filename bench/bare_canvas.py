"""The floor of the PDF figures: what a finished file shows, read back and drawn again on ReportLab's bare canvas."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.paths import resource

Colour = tuple[float, float, float]
_A4 = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class String:
    """One string as it stands on the page."""

    x: float
    y: float
    font: str
    size: float
    colour: Colour
    text: str


@dataclass(frozen=True, slots=True)
class Rectangle:
    """One filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on one page."""

    strings: tuple[String, ...]
    rectangles: tuple[Rectangle, ...]


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """What each page of a PDF shows: strings and filled rectangles."""
    document = pdfium.PdfDocument(data)
    try:
        return tuple(_sheet(page) for page in document)
    finally:
        document.close()


def words_of(data: bytes) -> tuple[int, list[str]]:
    """How many pages a PDF has, and its words in alphabetical order."""
    document = pdfium.PdfDocument(data)
    try:
        found: list[str] = []
        for page in document:
            found += page.get_textpage().get_text_bounded().split()
        return len(document), sorted(found)
    finally:
        document.close()


def draw(sheets: tuple[Sheet, ...]) -> bytes:
    """The pages on the bare canvas: one text object a page, fonts embedded, streams packed, as the report does it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_A4, pageCompression=1)
    for sheet in sheets:
        for box in sheet.rectangles:
            canvas.setFillColorRGB(*box.colour)
            canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
        text = canvas.beginText()
        font: tuple[str, float] | None = None
        ink: Colour | None = None
        for one in sheet.strings:
            if (one.font, one.size) != font:
                font = (one.font, one.size)
                text.setFont(*font)
            if one.colour != ink:
                ink = one.colour
                text.setFillColorRGB(*ink)
            text.setTextOrigin(one.x, one.y)
            text.textOut(one.text)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sheet(page: pdfium.PdfPage) -> Sheet:
    strings: list[String] = []
    rectangles: list[Rectangle] = []
    reader = page.get_textpage()
    for one in page.get_objects():
        if one.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            strings.append(_string(one, reader))
        elif one.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = one.get_pos() if hasattr(one, "get_pos") else one.get_bounds()
            rectangles.append(Rectangle(left, bottom, right - left, top - bottom, _colour(one)))
    return Sheet(tuple(strings), tuple(rectangles))


def _string(one: pdfium.PdfObject, reader: pdfium.PdfTextPage) -> String:
    length = pdfium_c.FPDFTextObj_GetText(one, reader, None, 0)
    held = ctypes.create_string_buffer(length)
    pdfium_c.FPDFTextObj_GetText(one, reader, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), length)
    size = ctypes.c_float()
    pdfium_c.FPDFTextObj_GetFontSize(one, size)
    place = one.get_matrix()
    text = held.raw[:length].decode("utf-16-le").rstrip("\0")
    return String(place.e, place.f, _font(one), size.value, _colour(one), text)


def _font(one: pdfium.PdfObject) -> str:
    """The shipped font the text is set in, registered under its file's name."""
    used = pdfium_c.FPDFTextObj_GetFont(one)
    length = pdfium_c.FPDFFont_GetBaseFontName(used, None, 0)
    held = ctypes.create_string_buffer(length)
    pdfium_c.FPDFFont_GetBaseFontName(used, held, length)
    name = held.value.decode().rpartition("+")[2]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    return name


def _colour(one: pdfium.PdfObject) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFPageObj_GetFillColor(one, red, green, blue, alpha)
    return red.value / 255, green.value / 255, blue.value / 255
