"""The agenda to hang on a wall: large type, no customers, how to add an item; one page whenever that is possible."""

from __future__ import annotations

from app.domain import swedish
from app.domain.meeting_papers import MeetingPapers
from app.domain.meeting_rules import without_customers
from app.domain.meetings import Item, MeetingStatus
from app.reports import agenda, blocks, lettering, words
from app.reports.blocks import Label
from app.reports.lettering import ACCENT, BOLD, MUTED, SEMIBOLD, Style
from app.reports.pages import MEASURE, Flow, Mark, Page

KIND = "Dagordning"
_SIZES = (1.25, 1.1, 1.0, 0.9, 0.8, 0.7, 0.62)
_MANY_PAGES = 0.8
"""When even the smallest type needs two pages, both are in a size that is read from a step away."""


def pages(papers: MeetingPapers, mark: Mark) -> list[Page]:
    """The poster's pages in the largest type that fits on one."""
    for size in _SIZES:
        found = _filled(papers, mark, size)
        if len(found) == 1:
            return found
    return _filled(papers, mark, _MANY_PAGES)


def _filled(papers: MeetingPapers, mark: Mark, size: float) -> list[Page]:
    flow = Flow()
    _Poster(flow, papers, size).fill(mark)
    flow.settle()
    return flow.pages


class _Poster:
    """One try at the poster, all type in proportion to `size`."""

    def __init__(self, flow: Flow, papers: MeetingPapers, size: float) -> None:
        self._flow, self._papers, self._size = flow, papers, size
        self._meeting = without_customers(papers.meeting)
        self._item = Style(SEMIBOLD, 17, 22).scaled(size)
        self._text = Style(size=14, leading=19).scaled(size)
        self._muted = Style(size=14, leading=19, colour=MUTED).scaled(size)

    def fill(self, mark: Mark) -> None:
        """Place the whole poster."""
        flow, size, meeting = self._flow, self._size, self._meeting
        blocks.paragraph(flow, self._papers.heading, Style(BOLD, 40, 46).scaled(size), gap=4, mark=mark, keep=True)
        when = swedish.long_date(meeting.date)
        blocks.paragraph(
            flow, when[:1].upper() + when[1:], Style(SEMIBOLD, 24, 30, ACCENT).scaled(size), gap=10 * size, keep=True
        )
        place = f"Klockan {swedish.span(meeting.start, meeting.end)}" + (f" · {meeting.place}" if meeting.place else "")
        blocks.paragraph(flow, place, Style(size=19, leading=25).scaled(size), gap=2)
        agenda.cancelled(flow, meeting)
        if meeting.status is MeetingStatus.CANCELLED:
            return
        self._items()
        self._invitation()

    def _items(self) -> None:
        timed = self._meeting.planned_minutes > 0
        times = agenda.starts(self._meeting) if timed else [""] * len(self._meeting.items)
        for number, (item, begins) in enumerate(zip(self._meeting.items, times, strict=True), start=1):
            self._one(item, number=number, begins=begins)

    def _one(self, item: Item, *, number: int, begins: str) -> None:
        size, flow = self._size, self._flow
        labels = [Label(0, Style(SEMIBOLD, 17, 22, ACCENT).scaled(size), f"{number}.")]
        at = 36 * size
        if begins:
            labels.append(Label(at, Style(size=17, leading=22, colour=MUTED).scaled(size), begins))
            at += 64 * size
        gap = (14 if number > 1 else 26) * size
        below = f"Föredras av {words.who(self._papers, item.presenter)}" if item.presenter else ""
        more = bool(below or item.text)
        mark = Mark(f"{number}. {item.heading}", 1)
        blocks.paragraph(flow, item.heading, self._item, indent=at, gap=gap, labels=labels, mark=mark, keep=more)
        if below:
            blocks.paragraph(flow, below, self._muted, indent=at, keep=bool(item.text))
        if item.text:
            blocks.prose(flow, item.text, self._text, indent=at)

    def _invitation(self) -> None:
        size = self._size
        style = Style(size=15, leading=21).scaled(size)
        chair = lettering.shortened(words.who(self._papers, self._meeting.chair), style, MEASURE / 2)
        text = "Lägg till en punkt i Teamforum eller säg till mötesansvarig" + (f", {chair}" if chair else "")
        closes_on = self._papers.closes_on
        open_still = closes_on is not None and self._papers.prepared_on <= closes_on
        text += f", senast {swedish.short_date(closes_on)}." if closes_on and open_still else "."
        blocks.panel(
            self._flow, "Vill du ta upp något?", text,
            title_style=Style(SEMIBOLD, 17, 23, ACCENT).scaled(size), style=style, gap=34 * size,
        )  # fmt: skip
