"""A unit's week to hang on a wall: each day with its meetings by forum and ward, on one page where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.week import WeekDay, WeekMeeting, WeekPaper
from app.reports import blocks, words
from app.reports.blocks import Label
from app.reports.lettering import ACCENT, BOLD, MUTED, SEMIBOLD, Style
from app.reports.pages import Flow, Mark, Page
from app.reports.pdf import Head, PdfFile

KIND = "Veckans möten"
_SIZES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.7)
_MANY_PAGES = 0.8
"""When even the smallest type needs several pages, all are in a size that is read from a step away."""
_WEEKDAYS = 5


def draw(papers: Sequence[WeekPaper], out: BinaryIO) -> None:
    """Write a poster for each unit's week to `out`. Raises ValueError without any."""
    if not papers:
        raise ValueError("no week to draw")
    names = ", ".join(one.unit_name for one in papers)
    file = PdfFile(out, title=title(papers), author=names, subject=KIND)
    for one in papers:
        head = Head(
            unit=one.unit_name, under=one.setting_label, running=f"Vecka {one.number}", kind=KIND, titled=False,
            foot=f"Utskriven {words.day(one.prepared_on)}",
        )  # fmt: skip
        file.write(_pages(one), head, items=len(papers) == 1)
    file.save()


def title(papers: Sequence[WeekPaper]) -> str:
    """Kind, week and unit."""
    first = papers[0]
    where = first.unit_name if len(papers) == 1 else f"{len(papers)} enheter"
    return f"{KIND}, vecka {first.number} {first.days[0].date.isocalendar().year}, {where}"


def _pages(paper: WeekPaper) -> list[Page]:
    for size in _SIZES:
        found = _filled(paper, size)
        if len(found) == 1:
            return found
    return _filled(paper, _MANY_PAGES)


def _filled(paper: WeekPaper, size: float) -> list[Page]:
    flow = Flow()
    first, last = paper.days[0].date, paper.days[-1].date
    mark = Mark(f"{paper.unit_name}, vecka {paper.number}", 0)
    blocks.paragraph(flow, f"Vecka {paper.number}", Style(BOLD, 40, 46).scaled(size), mark=mark, keep=True)
    dates = f"{swedish.long_date(first)} – {swedish.long_date(last)}"
    blocks.paragraph(flow, words.capital(dates), Style(size=15, leading=20, colour=MUTED).scaled(size), gap=2)
    for number, day in enumerate(paper.days):
        # A week-end without meetings needs no lines; a working day says that there is none.
        if number < _WEEKDAYS or day.meetings or day.holiday:
            _day(flow, day, size)
    flow.settle()
    return flow.pages


def _day(flow: Flow, day: WeekDay, size: float) -> None:
    name = words.capital(f"{swedish.WEEKDAYS[day.date.weekday()]} {day.date.day} {swedish.MONTHS[day.date.month - 1]}")
    heading = f"{name} · {day.holiday}" if day.holiday else name
    blocks.paragraph(
        flow, heading, Style(SEMIBOLD, 16, 21, ACCENT).scaled(size), gap=14 * size, mark=Mark(name, 1), keep=True
    )
    if not day.meetings:
        blocks.paragraph(flow, "Inga möten", Style(size=12, leading=17, colour=MUTED).scaled(size), gap=2 * size)
    for meeting in day.meetings:
        _meeting(flow, meeting, size)


def _meeting(flow: Flow, meeting: WeekMeeting, size: float) -> None:
    style = Style(size=13, leading=18).scaled(size)
    labels = (Label(0, Style(SEMIBOLD, 13, 18).scaled(size), swedish.span(meeting.start, meeting.end)),)
    what = f"{meeting.forum} {meeting.ward}" if meeting.ward else meeting.forum
    parts = [what, meeting.place if meeting.place != meeting.ward else "", "Inställt" if meeting.cancelled else ""]
    said = " · ".join(filter(None, parts))
    blocks.paragraph(flow, said, style, indent=92 * size, gap=3 * size, labels=labels, keep=bool(meeting.covers))
    if meeting.covers:
        quiet = Style(size=11, leading=15, colour=MUTED).scaled(size)
        blocks.paragraph(flow, f"Under mötet arbetar: {meeting.covers}", quiet, indent=92 * size)
