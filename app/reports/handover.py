"""What was decided since the last shift, on one page a unit: ward by ward, meeting by meeting, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.handover import (
    HandoverMeeting,
    HandoverPlace,
    HandoverPoint,
    ShiftHandover,
)
from app.reports import blocks, words
from app.reports.blocks import Label
from app.reports.lettering import ACCENT, BOLD, MUTED, SEMIBOLD, Style
from app.reports.pages import Flow, Mark, Page
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Sedan förra passet"
_SIZES = (1.0, 0.92, 0.85, 0.78, 0.72)
_MANY_PAGES = 0.92
"""When even the smallest type needs several pages, all are in a size that is easy to read."""
_UNNAMED = "Kundärende"


def draw(found: ShiftHandover, out: BinaryIO) -> None:
    """Write a page for each unit to `out`. Raises ValueError without any."""
    if not found.places:
        raise ValueError("nothing to hand over")
    units = [[one for one in found.places if one.unit == unit] for unit in found.units]
    file = PdfFile(out, title=title(found), author=", ".join(of[0].unit_name for of in units), subject=KIND)
    for places in units:
        secret = any(point.customers for one in places for meeting in one.meetings for point in meeting.points)
        file.write(_pages(found, places), Head(
            unit=places[0].unit_name, under=f"{places[0].setting_label} · {KIND}", running=KIND, kind=KIND, titled=True,
            badges=(Badge("Sekretess"),) if secret else (),
            foot=f"Utskriven {words.day(found.until.date())} {swedish.clock(found.until.time())}",
        ), items=len(units) == 1)  # fmt: skip
    file.save()


def title(found: ShiftHandover) -> str:
    """Kind, from when, and of which unit."""
    names = list(dict.fromkeys(place.unit_name for place in found.places))
    where = names[0] if len(names) == 1 else f"{len(names)} enheter"
    return f"{KIND}, {_moment(found.since)}, {where}"


def _moment(at: dt.datetime) -> str:
    return f"{swedish.short_date(at.date())} {swedish.clock(at.time())}"


def _pages(found: ShiftHandover, places: Sequence[HandoverPlace]) -> list[Page]:
    for size in _SIZES:
        flow = _Sheet(found, size).filled(places)
        if len(flow.pages) == 1:
            return flow.pages
    return _Sheet(found, _MANY_PAGES).filled(places).pages


class _Sheet:
    """One try at a unit's page, all type in proportion to `size`."""

    def __init__(self, found: ShiftHandover, size: float) -> None:
        self._found, self._size = found, size
        self._body = Style().scaled(size)
        self._strong = Style(SEMIBOLD).scaled(size)
        self._quiet = Style(size=9.5, leading=12.5, colour=MUTED).scaled(size)

    def filled(self, places: Sequence[HandoverPlace]) -> Flow:
        flow, size = Flow(), self._size
        when = f"Från {_moment(self._found.since)} till {_moment(self._found.until)}"
        mark = Mark(f"{KIND}: {places[0].unit_name}", 0)
        blocks.paragraph(flow, KIND, Style(BOLD, 19, 23).scaled(size), mark=mark, keep=True)
        blocks.paragraph(flow, when, Style(size=12, leading=16, colour=MUTED).scaled(size), gap=1)
        for place in places:
            name = place.ward_name or "Hela enheten"
            if len(places) > 1 or place.ward_name:
                heading = Style(SEMIBOLD, 13, 17, ACCENT).scaled(size)
                blocks.paragraph(flow, name, heading, gap=12 * size, mark=Mark(name, 1), keep=True)
            for meeting in place.meetings:
                self._meeting(flow, meeting)
        flow.settle()
        return flow

    def _meeting(self, flow: Flow, meeting: HandoverMeeting) -> None:
        live = " · pågår" if meeting.live else ""
        when = f"{swedish.short_date(meeting.date)} {swedish.span(meeting.start, meeting.end)}{live}"
        blocks.paragraph(flow, f"{meeting.heading} · {when}", self._quiet, gap=6 * self._size, keep=True)
        for point in meeting.points:
            self._point(flow, point)

    def _point(self, flow: Flow, point: HandoverPoint) -> None:
        heading = blocks.joined((*point.labels, point.heading or _UNNAMED))
        blocks.paragraph(flow, heading, self._strong, gap=3 * self._size, keep=True)
        if point.note:
            blocks.prose(flow, point.note, self._body, indent=10 * self._size, gap=1)
        for text in point.decisions:
            self._line(flow, "Beslut", text)
        for action in point.actions:
            self._line(flow, "☑" if action.done else "☐", action.words)
        for question in point.questions:
            self._line(flow, "Fråga", question.words)

    def _line(self, flow: Flow, name: str, text: str) -> None:
        labels = (Label(10 * self._size, self._quiet if len(name) > 1 else self._body, name),)
        blocks.prose(flow, text, self._body, indent=48 * self._size, gap=1, labels=labels)
