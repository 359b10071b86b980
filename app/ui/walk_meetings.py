"""The walk's stops at meetings: each state, live, out for comments, as rows, and the month's activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.meetings import MeetingRow, MeetingStatus
from app.services.meeting_lists import list_meetings
from app.services.meetings import get_meeting
from app.ui.walk_steps import Stop, go, settle_down

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.meetings.page import MeetingPage
    from app.ui.shell import MainWindow

_STATES = (MeetingStatus.PLANNED, MeetingStatus.DRAFT, MeetingStatus.APPROVED, MeetingStatus.CANCELLED)


def meetings(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """A meeting in each state, with its parts."""
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415 - loaded with the page

    for status in _STATES:
        found = telling_meeting(frame, status)
        if found is None:
            continue
        go(window, frame, "meeting", found.key)
        page = frame.page
        if not isinstance(page, MeetingPage):
            continue
        _stand_on_written(page)
        settle_down()
        yield f"meeting-{status.value}", window
        if status is MeetingStatus.DRAFT:
            yield from _live(window, page)
        parts = (
            ("about", page.details), ("before", page.preparing), ("attendance", page.attendance),
            ("after", page.closing), ("minutes", page.after),
        )  # fmt: skip
        if status in (MeetingStatus.PLANNED, MeetingStatus.APPROVED):
            for name, part in parts:
                page.show_part(part)
                settle_down()
                yield f"meeting-{status.value}-{name}", window
        if status is MeetingStatus.DRAFT:
            yield from _out_for_comments(window, frame, page)


def _out_for_comments(window: MainWindow, frame: Frame, page: MeetingPage) -> Iterator[Stop]:
    """Minutes that are out for comments, and how they differ from what went out."""
    drafts = list_meetings(frame.place.desk, status=MeetingStatus.DRAFT, newest_first=True, limit=60)
    out = (one for one in drafts if get_meeting(frame.place.desk, key=one.key).value.circulated_at is not None)
    found = next(out, None)
    if found is None:
        return
    go(window, frame, "meeting", found.key)
    page.show_part(page.after)
    settle_down()
    yield "meeting-out", window
    page.after.show_compared(1, 0)
    window.runner.wait()
    settle_down()
    yield "meeting-out-compared", window


def short(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """A pulsmöte under way as its rows, with what may be typed, and a whole week of activities."""
    from app.ui.activities.page import ActivitiesPage  # noqa: PLC0415 - loaded with the page
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415
    from app.ui.meetings.short_start import open_now  # noqa: PLC0415

    open_now(frame, frame.place)
    window.runner.wait()
    settle_down()
    if isinstance(frame.page, MeetingPage) and frame.page.forms.shows_rows:
        yield "meeting-rows", window
    go(window, frame, "activities")
    if isinstance(frame.page, ActivitiesPage):
        frame.page.show_weeks(True)
        settle_down()
        yield "activities-week", window
        frame.page.show_weeks(False)


def _live(window: MainWindow, page: MeetingPage) -> Iterator[Stop]:
    page.steps.resume()
    window.runner.wait()
    _stand_on_written(page)
    settle_down()
    yield "meeting-open", window
    yield from _written_live(window, page)
    page.show_part(page.attendance)
    settle_down()
    yield "meeting-open-attendance", window
    page.steps.close()
    window.runner.wait()


def _written_live(window: MainWindow, page: MeetingPage) -> Iterator[Stop]:
    """A command that is begun, the word that goes round, and a customer in the room."""
    meeting = page.editor.meeting
    about = next((one for one in meeting.items if one.customer and one.dealt_with), None) if meeting else None
    if about is None:
        return
    page.agenda.choose(about.key)
    page.point.round.go_on()
    page.point.note.offer("/")
    settle_down()
    yield "meeting-open-command", window
    page.point.note.offers.hide()
    page.only_customer()
    settle_down()
    yield "meeting-only-customer", window
    page.only_customer()
    settle_down()


def _stand_on_written(page: MeetingPage) -> None:
    meeting = page.editor.meeting
    if meeting is None:
        return
    rich = max(
        meeting.items, key=lambda item: len(item.decisions) + 2 * len(item.actions) + bool(item.notes), default=None
    )
    if rich is not None and rich.dealt_with:
        page.agenda.choose(rich.key)


def telling_meeting(frame: Frame, status: MeetingStatus) -> MeetingRow | None:
    """A meeting in that state that shows much: a teammöte where there is one."""
    day = frame.place.desk.today
    rows = list_meetings(
        frame.place.desk, status=status, from_=day - dt.timedelta(days=120), to=day + dt.timedelta(days=60), limit=400
    )
    return next((row for row in rows if row.forum == "teammote"), rows[0] if rows else None)
