"""The file itself: pages drawn on ReportLab's canvas with head, foot, bookmarks, title, language and embedded fonts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.graphics import renderPDF
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFName, PDFPage, PDFStream
from reportlab.pdfgen.canvas import Canvas

from app.reports import lettering
from app.reports.lettering import ACCENT, INK, LINE, MUTED, SEMIBOLD, WARNING, Colour, Style, shortened, shown, width
from app.reports.pages import HEIGHT, LEFT, MILLIMETRE, RIGHT, WIDTH, Box, Page, Text

_UNIT = Style(SEMIBOLD, 11, 14)
_UNDER = Style(size=9.5, leading=12, colour=MUTED)
_KIND = Style(SEMIBOLD, 10.5, 14, ACCENT)
_FOOT = Style(size=9, leading=12, colour=MUTED)
_HEAD_LINE = HEIGHT - 29 * MILLIMETRE
_FOOT_LINE = 18 * MILLIMETRE
_HAIR = 0.6


@dataclass(frozen=True, slots=True)
class Badge:
    """A framed word in the head: how secret or how finished the paper is."""

    word: str
    colour: Colour = WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top and the foot of every page of one meeting's papers."""

    unit: str
    under: str
    running: str
    kind: str
    titled: bool = False
    """Whether the first page says under its head what kind of paper it is, so that the head need not."""
    badges: tuple[Badge, ...] = ()
    foot: str = ""


class _Canvas(Canvas):
    """ReportLab's canvas, which keeps each finished page in its small, packed form: a month of papers stays light."""

    _doc: PDFDocument

    def finish_page(self) -> None:
        """End the page and pack what was drawn on it; ReportLab itself would only do so when the file is saved."""
        name = self._doc.thisPageName()
        self.showPage()
        page = self._doc.idToObject[name]
        if isinstance(page, PDFPage):
            packed = PDFStream(content=zlib.compress(str(page.stream).encode("latin-1")))
            packed.dictionary["Filter"] = PDFName("FlateDecode")
            page.Contents, page.stream = packed, None


class PdfFile:
    """A file being written: one meeting's pages after another, fonts shared by them all."""

    def __init__(self, out: BinaryIO, *, title: str, author: str, subject: str) -> None:
        lettering.prepare()
        self._canvas = _Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1, pdfVersion=(1, 7), lang="sv-SE")
        self._canvas.setTitle(shown(title))
        self._canvas.setAuthor(shown(author))
        self._canvas.setSubject(shown(subject))
        self._canvas.setCreator("Teamforum")
        self._canvas.setProducer("Teamforum")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._marks = 0
        self.pages = 0
        """How many are written."""

    def write(
        self, pages: Sequence[Page], head: Head, *, items: bool = True, first: int = 1, of: int | None = None
    ) -> None:
        """Draw the pages of one meeting, numbered from 1 up; without `items` it has one bookmark only.

        Pages that go on from others begin at `first`, `of` so many in all.
        """
        for number, page in enumerate(pages, start=first):
            texts, boxes = _frame(head, number=number, of=of or len(pages), opens=number == first)
            self._boxes([*page.boxes, *boxes])
            for picture in page.pictures:
                renderPDF.draw(picture.drawing, self._canvas, picture.x, picture.y)
            self._texts([*texts[:-2], *page.texts, *texts[-2:]])
            self._bookmarks(page, deepest=1 if items else 0)
            self._canvas.finish_page()
            self.pages += 1

    def save(self) -> None:
        """Finish the file and write it out."""
        if self._marks:
            self._canvas.showOutline()
        self._canvas.save()

    def _boxes(self, boxes: Sequence[Box]) -> None:
        canvas, ink = self._canvas, None
        for x, y, wide, high, colour in boxes:
            if colour != ink:
                canvas.setFillColorRGB(*colour)
                ink = colour
            canvas.rect(x, y, wide, high, stroke=0, fill=1)

    def _texts(self, texts: Sequence[Text]) -> None:
        """One text object a page: a new one for each string would double the work."""
        drawn = self._canvas.beginText()
        current: Style | None = None
        for x, y, style, text in texts:
            if not text:
                continue
            if style is not current:
                drawn.setFont(style.font, style.size, style.leading)
                if current is None or style.colour != current.colour:
                    drawn.setFillColorRGB(*style.colour)
                current = style
            drawn.setTextOrigin(x, y)
            drawn.textOut(text)
        self._canvas.drawText(drawn)

    def _bookmarks(self, page: Page, *, deepest: int) -> None:
        for y, mark in page.marks:
            if mark.level > deepest:
                continue
            self._marks += 1
            key = f"b{self._marks}"
            self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=y + 12)
            self._canvas.addOutlineEntry(shown(mark.title), key, level=mark.level)


def _frame(head: Head, *, number: int, of: int, opens: bool) -> tuple[list[Text], list[Box]]:
    """The head and foot of one page; the foot's two texts come last, so that they are read last."""
    boxes: list[Box] = [
        Box(LEFT, _HEAD_LINE, RIGHT - LEFT, _HAIR, LINE),
        Box(LEFT, _FOOT_LINE, RIGHT - LEFT, _HAIR, LINE),
    ]
    upper, lower = _HEAD_LINE + 21, _HEAD_LINE + 7
    badges: list[Text] = []
    x = RIGHT
    for badge in reversed(head.badges):
        style = Style(SEMIBOLD, 9, 12, badge.colour)
        wide = width(badge.word, style) + 12
        x -= wide
        badges.insert(0, Text(x + 6, lower, style, badge.word))
        boxes += _framed(x, lower - 4, wide, 14, badge.colour)
        x -= 6
    kind_wide = width(head.kind, _KIND)
    under = head.under if opens else head.running
    page = f"Sida {number} ({of})"
    page_wide = width(page, _FOOT)
    texts = [
        Text(LEFT, upper, _UNIT, shortened(head.unit, _UNIT, RIGHT - LEFT - kind_wide - 16)),
        Text(RIGHT - kind_wide, upper, _KIND, head.kind if not opens or not head.titled else ""),
        Text(LEFT, lower, _UNDER, shortened(under, _UNDER, x - LEFT - 10)),
        *badges,
        Text(LEFT, _FOOT_LINE - 13, _FOOT, shortened(head.foot, _FOOT, RIGHT - LEFT - page_wide - 16)),
        Text(RIGHT - page_wide, _FOOT_LINE - 13, Style(size=9, leading=12, colour=INK), page),
    ]
    return texts, boxes


def _framed(x: float, y: float, wide: float, high: float, colour: Colour) -> list[Box]:
    line = 0.8
    return [
        Box(x, y, wide, line, colour),
        Box(x, y + high - line, wide, line, colour),
        Box(x, y, line, high, colour),
        Box(x + wide - line, y, line, high, colour),
    ]
