"""The minutes of a boråd or aktivitetsråd for the residents, in large type: what was said, wished for and answered."""

from __future__ import annotations

from typing import BinaryIO

from app.domain import swedish
from app.domain.councils import CouncilPaper, CouncilPoint, Wish
from app.reports import blocks, words
from app.reports import large_print as large
from app.reports.blocks import Label
from app.reports.pages import Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Från borådet"
_INDENT = 24.0


def draw(paper: CouncilPaper, out: BinaryIO) -> None:
    """Write the minutes to `out`."""
    file = PdfFile(out, title=title(paper), author=paper.unit_name, subject=KIND)
    head = Head(
        unit=paper.unit_name, under="", running=paper.title, kind="Minnesanteckningar", titled=True,
        badges=() if paper.approved else (Badge("Ej justerade"),), foot=f"Utskriven {words.day(paper.prepared_on)}",
    )  # fmt: skip
    file.write(large.fitted(lambda flow, size: _fill(flow, paper, size)), head, items=False)
    file.save()


def title(paper: CouncilPaper) -> str:
    """What and when."""
    return f"{paper.title}, {swedish.short_date(paper.date)} {paper.date.year}"


def _fill(flow: Flow, paper: CouncilPaper, size: float) -> None:
    blocks.paragraph(flow, paper.title, large.TITLE.scaled(size), mark=Mark(title(paper), 0), keep=True)
    when = f"{words.capital(swedish.long_date(paper.date))}, klockan {swedish.span(paper.start, paper.end)}"
    blocks.paragraph(flow, when, large.UNDER.scaled(size), gap=2, keep=bool(paper.place))
    if paper.place:
        blocks.paragraph(flow, paper.place, large.UNDER.scaled(size))
    for point in paper.points:
        _point(flow, point, size)
    if paper.next_date is not None:
        at = f" klockan {swedish.clock(paper.next_start)}" if paper.next_start else ""
        blocks.paragraph(flow, "Nästa möte", large.HEADING.scaled(size), gap=14 * size, keep=True)
        text = f"{words.capital(swedish.long_date(paper.next_date))}{at}"
        blocks.paragraph(flow, text, large.BODY.scaled(size), gap=2)


def _point(flow: Flow, point: CouncilPoint, size: float) -> None:
    blocks.paragraph(flow, point.heading, large.HEADING.scaled(size), gap=14 * size, keep=True)
    if point.notes:
        blocks.prose(flow, point.notes, large.BODY.scaled(size), gap=2)
    for text in point.decisions:
        blocks.prose(flow, f"Vi bestämde: {text}", large.STRONG.scaled(size), gap=4)
    for text in point.actions:
        blocks.prose(flow, f"Det här ska göras: {text}", large.BODY.scaled(size), gap=4)
    for wish in point.wishes:
        _wish(flow, wish, size)
    if not (point.notes or point.decisions or point.actions or point.wishes):
        blocks.paragraph(flow, "Vi pratade om det.", large.QUIET.scaled(size), gap=2)


def _wish(flow: Flow, wish: Wish, size: float) -> None:
    mark = (Label(0, large.STRONG.scaled(size), "–"),)
    blocks.prose(flow, wish.text, large.STRONG.scaled(size), indent=_INDENT * size, gap=6 * size, labels=mark)
    look = (large.BODY if wish.answered else large.QUIET).scaled(size)
    blocks.prose(flow, f"Svar: {wish.sentence}" if wish.answered else wish.sentence, look, indent=_INDENT * size)
