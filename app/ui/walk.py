"""A walk through the whole window: every page, state of a meeting, panel and dialog, one after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.services.meeting_lists import list_meetings
from app.services.meetings import get_meeting
from app.services.units import list_units
from app.ui.walk_papers import paper_openings

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.meetings.page import MeetingPage
    from app.ui.registers.team import TeamPage
    from app.ui.shell import MainWindow

Stop = tuple[str, QWidget]
_SECTIONS = (
    "units", "forums", "instruments", "accounts", "security", "emergencies", "look", "backups", "data", "import", "log",
    "disposal", "writing", "about",
)  # fmt: skip
_STATES = (MeetingStatus.PLANNED, MeetingStatus.DRAFT, MeetingStatus.APPROVED, MeetingStatus.CANCELLED)


def settle_down() -> None:
    """Let everything that waits to be drawn or told be done."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def walk(window: MainWindow) -> Iterator[Stop]:
    """Every stop of a window in which somebody is logged in: a name for it, and the widget to look at."""
    frame = window.frame
    if frame is None:
        return
    yield from _pages(window, frame)
    yield from _meetings(window, frame)
    yield from _settings(window, frame)
    yield from _dialogs(window, frame)


def _go(window: MainWindow, frame: Frame, page: str, key: str = "") -> None:
    frame.visit(page, key)
    window.runner.wait()
    window.aside.wait()
    settle_down()


def _pages(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.ui.calendar.page import CalendarPage  # noqa: PLC0415 - loaded with the page
    from app.ui.calendar.shown import View  # noqa: PLC0415
    from app.ui.registers.team import TeamPage  # noqa: PLC0415
    from app.ui.widgets.tables import Table  # noqa: PLC0415

    for page in ("today", "handover", "calendar"):
        _go(window, frame, page)
        yield page, window
    calendar = frame.page
    if isinstance(calendar, CalendarPage):
        for view in View:
            calendar.show_view(view)
            window.runner.wait()
            settle_down()
            yield f"calendar-{view.value}", window
        calendar.show_view(View.MONTH)
    for page in (
        "meetings",
        "plan",
        "series",
        "turns",
        "wheel",
        "away",
        "rooms",
        "customers",
        "team",
        "actions",
        "waiting",
        "checklists",
    ):
        _go(window, frame, page)
        yield page, window
    yield from _actions(window, frame)
    _go(window, frame, "sick", _called_today(frame))
    yield "sick", window
    _go(window, frame, "meetings", "new")
    yield "meetings-new", window
    _go(window, frame, "team")
    team = frame.page
    if isinstance(team, TeamPage):
        team.tabs.setCurrentWidget(team.wards)
        window.runner.wait()
        settle_down()
        yield "team-wards", window
        team.tabs.setCurrentIndex(0)
        yield from _unsaved(window, frame, team)
    for page in ("series", "away", "customers", "team", "actions", "checklists"):
        _go(window, frame, page)
        table = next((one for one in window.findChildren(Table) if one.isVisible()), None)
        if table is not None and table.model().rowCount():
            table.selectRow(0)
            window.runner.wait()
            settle_down()
            yield f"{page}-chosen", window
    if about := _followed_up(frame):
        _go(window, frame, "history", about)
        yield "history", window


def _followed_up(frame: Frame) -> str:
    """A customer of whom minutes say something, or empty."""
    held = telling_meeting(frame, MeetingStatus.APPROVED)
    meeting = get_meeting(frame.place.desk, key=held.key).value if held is not None else None
    return next((one.customer for one in meeting.items if one.customer), "") if meeting is not None else ""


def _actions(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """The unit's actions, gathered by customer and by meeting."""
    from app.domain.action_lists import ActionView, Gathered  # noqa: PLC0415
    from app.ui.actions.page import ActionsPage  # noqa: PLC0415 - loaded with the page

    _go(window, frame, "actions")
    page = frame.page
    if not isinstance(page, ActionsPage):
        return
    page.choose(ActionView.UNIT)
    for gathered in (Gathered.BY_CUSTOMER, Gathered.BY_MEETING, Gathered.BY_DUE):
        page.gather(gathered)
        window.runner.wait()
        settle_down()
        yield f"actions-{gathered.value}", window


def _called_today(frame: Frame) -> str:
    """A member who is called to most of the day's meetings."""
    desk = frame.place.desk
    called = Counter(
        key
        for row in list_meetings(desk, from_=desk.today, to=desk.today, status=MeetingStatus.PLANNED)
        for key in get_meeting(desk, key=row.key).value.participants
    )
    return max(called, key=lambda key: called[key], default="")


def _unsaved(window: MainWindow, frame: Frame, team: TeamPage) -> Iterator[Stop]:
    """Idag when something was written and not saved."""
    _go(window, frame, "team", "new")
    if not team.detail.isVisible():
        return
    team.form.name.setText("Ny medarbetare")
    _go(window, frame, "today")
    yield "today-unsaved", window
    _go(window, frame, "team")
    team.detail.drop()
    window.runner.wait()
    settle_down()


def _meetings(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415 - loaded with the page

    for status in _STATES:
        found = telling_meeting(frame, status)
        if found is None:
            continue
        _go(window, frame, "meeting", found.key)
        page = frame.page
        if not isinstance(page, MeetingPage):
            continue
        _stand_on_written(page)
        settle_down()
        yield f"meeting-{status.value}", window
        if status is MeetingStatus.DRAFT:
            yield from _live(window, page)
        parts = (
            ("about", page.details), ("attendance", page.attendance), ("after", page.closing), ("minutes", page.after),
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
    _go(window, frame, "meeting", found.key)
    page.show_part(page.after)
    settle_down()
    yield "meeting-out", window
    page.after.show_compared(1, 0)
    window.runner.wait()
    settle_down()
    yield "meeting-out-compared", window


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


def _settings(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    for section in _SECTIONS:
        _go(window, frame, "settings", section)
        yield f"settings-{section}", window
        if section == "accounts":
            yield from _accounts(window, frame)
        if section == "log":
            yield from _log(window, frame)


def _accounts(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.domain.accounts import Slip  # noqa: PLC0415
    from app.ui.settings.accounts import AccountsSection  # noqa: PLC0415 - loaded with the page
    from app.ui.settings.page import SettingsPage  # noqa: PLC0415

    page = frame.page
    section = page.section if isinstance(page, SettingsPage) else None
    if not isinstance(section, AccountsSection):
        return
    for name, begin in (
        ("several", section.begin_several), ("new", section.begin), ("change", section.begin_change),
        ("handed", lambda: section.hand_over([Slip("Anna Berg", "anna", "bafefi-dodigu")])),
    ):  # fmt: skip
        begin()
        window.runner.wait()
        settle_down()
        yield f"settings-accounts-{name}", window
    section.handed.leave()


def _log(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.ui.settings.log import LogSection  # noqa: PLC0415 - loaded with the page
    from app.ui.settings.page import SettingsPage  # noqa: PLC0415

    page = frame.page
    if not isinstance(page, SettingsPage) or not isinstance(page.section, LogSection):
        return
    log = page.section
    log.list.check()
    window.runner.wait()
    settle_down()
    yield "settings-log-checked", window
    log.list.ask_compare()
    settle_down()
    yield "settings-log-compare", log.list.question
    log.list.question.reject()
    if frame.place.desk.may(Right.OVERSEE_LOG):
        log.show_reviews()
        window.runner.wait()
        settle_down()
        yield "settings-log-reviews", window
        log.reviews.ask_draw()
        window.runner.wait()
        settle_down()
        yield "settings-log-draw", log.reviews.question
        log.reviews.question.reject()


def _dialogs(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.services.papers import Purpose  # noqa: PLC0415
    from app.ui.checklists.new_run import NewRun  # noqa: PLC0415 - loaded when used
    from app.ui.papers.actions import slips_preview  # noqa: PLC0415
    from app.ui.papers.calls import call_preview  # noqa: PLC0415
    from app.ui.papers.checklists import blank_preview  # noqa: PLC0415
    from app.ui.papers.handover import handover_preview  # noqa: PLC0415
    from app.ui.papers.period import PeriodPrint  # noqa: PLC0415
    from app.ui.papers.preview import papers_preview  # noqa: PLC0415
    from app.ui.papers.turns import turns_preview  # noqa: PLC0415
    from app.ui.papers.week import week_preview  # noqa: PLC0415
    from app.ui.papers.wheel import wheel_preview  # noqa: PLC0415

    _go(window, frame, "today")
    openings: list[tuple[str, Callable[[], object]]] = [
        ("finder", frame.seek), ("quick-point", frame.add_point), ("guide", frame.help),
        ("week-print", lambda: week_preview(frame, frame.place, day=frame.place.desk.today)),
        ("handover-print", lambda: handover_preview(frame, frame.place)),
        ("handover-board", lambda: handover_preview(frame, frame.place, without_customers=True)),
        ("slips-print", lambda: slips_preview(frame, frame.place)),
        ("period-print", lambda: PeriodPrint(frame, frame.place).open()),
    ]  # fmt: skip
    unit = next((one.value.key for one in list_units(frame.place.desk)), "")
    if unit and frame.place.desk.may(Right.PRINT):
        openings.append(("turns-print", lambda: turns_preview(frame, frame.place, unit=unit)))
    if unit:
        openings.append(("wheel-print", lambda: wheel_preview(frame, frame.place, unit=unit, forum="apt")))
    held = telling_meeting(frame, MeetingStatus.APPROVED)
    if held is not None:
        openings.append(
            ("preview", lambda: papers_preview(frame, frame.place, purpose=Purpose.MINUTES, meeting=held.key))
        )
    openings += paper_openings(frame, partial(_go, window, frame), unit=unit, held=held.key if held else "")
    called = telling_meeting(frame, MeetingStatus.PLANNED)
    if called is not None:
        openings.append(("call", lambda: call_preview(frame, frame.place, meeting=called.key)))
    openings.append(("checklist-new", lambda: NewRun(frame, frame.place).open()))
    if unit:
        blank = partial(blank_preview, frame, frame.place, template="vardgaranti", unit=unit)
        openings.append(("checklist-print", blank))
    openings.append(("busy-import", lambda: _busy_times(frame)))
    openings.append(("own-password", lambda: _own_password(window)))
    for name, open_it in openings:
        before = set(QApplication.topLevelWidgets())
        open_it()
        window.runner.wait()
        settle_down()
        for shown in set(QApplication.topLevelWidgets()) - before:
            if shown.isVisible() and shown.isWindow():
                yield name, shown
                shown.close()
        settle_down()


def _busy_times(frame: Frame) -> None:
    """What a calendar file would bring in for somebody."""
    from app.domain.busy import BusyFile, BusyTime, change_of  # noqa: PLC0415 - loaded when used
    from app.ui.planning.busy_import import BusyQuestion  # noqa: PLC0415

    day = frame.place.desk.today
    starts = [dt.datetime.combine(day + dt.timedelta(days=7 * n), dt.time(9)) for n in range(6)]
    times = [BusyTime(uid="tandvard", from_=one, to=one + dt.timedelta(minutes=90)) for one in starts]
    holiday = BusyTime(uid="ledig", from_=day + dt.timedelta(days=60), to=day + dt.timedelta(days=66))
    found = BusyFile(first=day, last=day + dt.timedelta(days=366), times=(*times, holiday), free=4, ours=2, unread=1)
    BusyQuestion(frame, "Anna Berg", found, change_of(found, member="anna-berg", kept=())).open()


def _own_password(window: MainWindow) -> None:
    """The page that is met once, at the first log-in, in a window of its own."""
    from app.ui.access.own_password import OwnPassword  # noqa: PLC0415 - seen once

    page = OwnPassword(user="anna", handed_over="")
    page.setParent(window, Qt.WindowType.Window)
    page.setAccessibleName(page.tr("Välj ett eget lösenord"))
    page.show()
