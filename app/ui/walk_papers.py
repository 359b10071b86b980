"""The walk's stops at papers: the month in one step, the list of actions, and of whom an extract is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.frame import Frame

Go = Callable[[str, str], None]
Opening = tuple[str, Callable[[], object]]


def paper_openings(frame: Frame, go: Go, *, unit: str, held: str) -> list[Opening]:
    """What opens each stop; `unit` and the meeting `held` are empty where there are none."""
    found: list[Opening] = [("actions-print", lambda: _print_list(frame, go))]
    if unit:
        found.append(("month-print", lambda: _print_month(frame, unit)))
    if held:
        found.append(("extract-question", lambda: _ask_extract(frame, go, held)))
    return found


def _print_month(frame: Frame, unit: str) -> None:
    from app.ui.papers.month import month_preview  # noqa: PLC0415 - loaded when used

    month_preview(frame, frame.place, day=frame.place.desk.today, unit=unit)


def _print_list(frame: Frame, go: Go) -> None:
    from app.domain.action_lists import ActionView  # noqa: PLC0415 - loaded when used
    from app.ui.actions.page import ActionsPage  # noqa: PLC0415

    go("actions", "")
    page = frame.page
    if isinstance(page, ActionsPage):
        page.choose(ActionView.UNIT)
        page.print_list()


def _ask_extract(frame: Frame, go: Go, meeting: str) -> None:
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415 - loaded when used

    go("meeting", meeting)
    page = frame.page
    if isinstance(page, MeetingPage):
        page.steps.minutes.ask_customer()
