"""An information letter: notices and invitations in large type, contents with page numbers, minutes and files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from app.domain import swedish
from app.domain.letters import LetterPaper, LetterPart, PartKind, week_days, when_words
from app.domain.meeting_papers import MeetingPapers
from app.reports import blocks, minutes, words
from app.reports.appendices import Frames, frames_of
from app.reports.attached import Place, fill
from app.reports.blocks import Label
from app.reports.lettering import ACCENT, MUTED, SEMIBOLD, Style
from app.reports.pages import MEASURE, Flow, Mark, Page
from app.reports.pdf import Head, PdfFile

KIND = "Informationsbrev"
_BODY = Style(size=12.5, leading=17.5)
_FACT = Style(size=12.5, leading=17.5, colour=MUTED)
_HEADING = Style(SEMIBOLD, 15, 20)
_ENTRY = Style(size=12, leading=17)
_PAGE = Style(SEMIBOLD, 12, 17)
_SMALL = Style(SEMIBOLD, 11, 15, ACCENT)
_INDENT = 96.0
_ENTRY_WIDTHS = (26.0, MEASURE - 26 - 30, 30.0)


@dataclass(frozen=True, slots=True)
class _Behind:
    """Minutes of one part, and the files behind them."""

    part: int
    papers: MeetingPapers
    pages: list[Page]
    frames: list[Frames]

    @property
    def count(self) -> int:
        """How many pages they take."""
        return len(self.pages) + sum(len(one.pages) for one in self.frames)


def draw(paper: LetterPaper, out: BinaryIO) -> None:
    """Write the letter: the letter itself first, then the minutes in the order of its parts, pages numbered through."""
    behind = [_minutes(number, papers) for number, papers in sorted(paper.minutes.items())]
    pages = _pages(paper, _starts(paper, behind, front=0))
    for _ in range(2):  # the numbers are known when the letter's own pages are; they may make it a page longer
        pages = _pages(paper, _starts(paper, behind, front=len(pages), pages=pages))
    filled = any(one.frames for one in behind)
    drawn: BinaryIO = io.BytesIO() if filled else out
    places = _write(paper, pages, behind, drawn)
    if filled:
        drawn.seek(0)
        fill(drawn.read(), places, out)


def _minutes(number: int, papers: MeetingPapers) -> _Behind:
    flow = Flow()
    title = f"{papers.heading}, {swedish.short_date(papers.meeting.date)}"
    minutes.fill(flow, papers, Mark(title, 0), signed=False)
    flow.settle()
    return _Behind(number, papers, flow.pages, list(frames_of(papers.appendices)))


def _starts(
    paper: LetterPaper, behind: Sequence[_Behind], *, front: int, pages: Sequence[Page] = ()
) -> dict[int, int]:  # fmt: skip
    """The page on which each part begins, counted from 1; what is not known yet is left out."""
    found: dict[int, int] = {}
    headings = {_mark(number, part).title: number for number, part in enumerate(paper.letter.parts)}
    for page, one in enumerate(pages, start=1):
        found |= {headings[mark.title]: page for _, mark in one.marks if mark.title in headings}
    begins = front + 1
    for part in behind:
        found[part.part] = begins
        begins += part.count
    return found


def _mark(number: int, part: LetterPart) -> Mark:
    return Mark(f"{number + 1}. {part.heading}", 0)


def _pages(paper: LetterPaper, starts: dict[int, int]) -> list[Page]:
    letter, flow = paper.letter, Flow()
    first, last = week_days(letter.year, letter.week)
    when = f"Vecka {letter.week}, {swedish.plain_date(first)} – {swedish.plain_date(last)}"
    blocks.masthead(
        flow, kind=f"{KIND} · {paper.unit_name}", title=letter.heading, when=when, mark=Mark(letter.heading, 0)
    )
    if letter.recipients:
        blocks.paragraph(flow, f"Till: {letter.recipients}", _FACT, gap=4.0)
    if letter.intro:
        blocks.prose(flow, letter.intro, _BODY, gap=14.0)
    _contents(flow, paper, starts)
    for number, part in enumerate(letter.parts):
        if not part.kind.is_minutes:
            _part(flow, number, part)
    flow.settle()
    return flow.pages


def _contents(flow: Flow, paper: LetterPaper, starts: dict[int, int]) -> None:
    """Each part with its page; minutes without a meeting any more say that they are gone."""
    if not paper.letter.parts:
        return
    blocks.section(flow, "Innehåll", gap=22.0)
    for number, part in enumerate(paper.letter.parts):
        gone = part.kind.is_minutes and number not in paper.minutes
        page = "" if gone else str(starts.get(number, ""))
        kind = f" ({part.kind.label.lower()})" if part.kind is not PartKind.NOTICE else ""
        text = f"{part.heading}{kind}" + (", har gallrats" if gone else "")
        blocks.columns(flow, (f"{number + 1}.", text, page), _ENTRY_WIDTHS, gap=2.0, styles=(_ENTRY, _ENTRY, _PAGE))


def _part(flow: Flow, number: int, part: LetterPart) -> None:
    invitation = part.kind is PartKind.INVITATION
    if invitation:
        blocks.paragraph(flow, "Inbjudan", _SMALL, gap=24.0, keep=True)
    gap = 0.0 if invitation else 24.0
    blocks.paragraph(flow, part.heading, _HEADING, gap=gap, mark=_mark(number, part), keep=True)
    if part.text:
        blocks.prose(flow, part.text, _BODY, gap=3.0)
    if invitation:
        _facts(flow, part)


def _facts(flow: Flow, part: LetterPart) -> None:
    by = f"senast {swedish.long_date(part.register_by)}" if part.register_by else ""
    lines = (
        ("När", when_words(part)), ("Var", part.place), ("För", part.target),
        ("Anmälan", ", ".join(one for one in (part.register, by) if one)),
    )  # fmt: skip
    gap = 6.0
    for name, value in lines:
        if value:
            text = words.capital(value)
            blocks.prose(flow, text, _BODY, indent=_INDENT, gap=gap, labels=(Label(0, _FACT, name),))
            gap = 2.0


def _write(paper: LetterPaper, pages: list[Page], behind: Sequence[_Behind], out: BinaryIO) -> list[Place]:
    letter = paper.letter
    subject = f"Vecka {letter.week} {letter.year}"
    file = PdfFile(out, title=f"{letter.heading}, {paper.unit_name}", author=paper.unit_name, subject=subject)
    total = len(pages) + sum(one.count for one in behind)
    head = Head(
        unit=paper.unit_name, under=paper.setting_label, running=f"{letter.heading} · {paper.unit_name}", kind=KIND,
        titled=True, foot=_foot(paper),
    )  # fmt: skip
    file.write(pages, head, first=1, of=total)
    places: list[Place] = []
    for one in behind:
        named = f"{one.papers.heading} · {swedish.long_date(one.papers.meeting.date)}"
        of_minutes = replace(head, kind=one.papers.part.form.label, under=named, running=named, titled=False)
        file.write(one.pages, of_minutes, items=False, first=file.pages + 1, of=total)
        for frames in one.frames:
            places += frames.places(file.pages)
            file.write(frames.pages, frames.head(of_minutes), first=file.pages + 1, of=total)
    file.save()
    return places


def _foot(paper: LetterPaper) -> str:
    sent = paper.letter.sent_at
    return f"Skickat {words.day(sent.date())}" if sent else f"Utkast {words.day(paper.prepared_on)}"
