"""Large type for residents: at least sixteen points, sober, no pictures; for the wall or for somebody's room."""

from __future__ import annotations

from collections.abc import Callable

from app.reports.lettering import ACCENT, BOLD, MUTED, SEMIBOLD, Style
from app.reports.pages import Flow, Page

TITLE = Style(BOLD, 30, 36)
UNDER = Style(size=18, leading=24, colour=MUTED)
HEADING = Style(SEMIBOLD, 19, 25, ACCENT)
BODY = Style(size=16, leading=22)
STRONG = Style(SEMIBOLD, 16, 22)
QUIET = Style(size=16, leading=22, colour=MUTED)
_SIZES = (1.25, 1.12, 1.0)
_MOST_PAGES = 2


def fitted(fill: Callable[[Flow, float], object]) -> list[Page]:
    """The pages in the largest type that needs one page, else two, else in the least that is large."""
    tries = []
    for size in _SIZES:
        flow = Flow()
        fill(flow, size)
        flow.settle()
        if len(flow.pages) == 1:
            return flow.pages
        tries.append(flow.pages)
    return next((pages for pages in tries if len(pages) <= _MOST_PAGES), tries[-1])
