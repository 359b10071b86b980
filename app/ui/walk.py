"""A walk through the whole window: every page, state of a meeting, panel and dialog, one after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.meetings import MeetingStatus
from app.domain.point_start import PointStart
from app.domain.roles import Right
from app.services.letters import list_letters
from app.services.meeting_lists import list_meetings
from app.services.meetings import get_meeting
from app.services.units import list_units
from app.ui import walk_meetings
from app.ui.walk_meetings import telling_meeting
from app.ui.walk_papers import paper_openings
from app.ui.walk_steps import Stop, go, settle_down

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.registers.team import TeamPage
    from app.ui.shell import MainWindow

_PAGES = (
    "meetings", "plan", "series", "turns", "wheel", "away", "rooms", "customers", "team", "activities", "actions",
    "waiting", "checklists", "letters",
)  # fmt: skip
_SECTIONS = (
    "units", "forums", "templates", "instruments", "accounts", "security", "emergencies", "look", "backups", "data",
    "import", "log",
    "disposal", "writing", "about",
)  # fmt: skip


def walk(window: MainWindow) -> Iterator[Stop]:
    """Every stop of a window in which somebody is logged in: a name for it, and the widget to look at."""
    frame = window.frame
    if frame is None:
        return
    yield from _pages(window, frame)
    yield from _history(window, frame)
    from app.ui.coordination.stops import coordination_stops  # noqa: PLC0415 - only where it is walked

    yield from coordination_stops(window, frame, partial(go, window, frame))
    yield from walk_meetings.meetings(window, frame)
    yield from walk_meetings.short(window, frame)
    yield from _settings(window, frame)
    yield from _dialogs(window, frame)


def _pages(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    from app.ui.calendar.page import CalendarPage  # noqa: PLC0415 - loaded with the page
    from app.ui.calendar.shown import View  # noqa: PLC0415

    for page in ("today", "handover", "calendar"):
        go(window, frame, page)
        yield page, window
    calendar = frame.page
    if isinstance(calendar, CalendarPage):
        for view in View:
            calendar.show_view(view)
            window.runner.wait()
            settle_down()
            yield f"calendar-{view.value}", window
        calendar.show_view(View.MONTH)
    for page in _PAGES:
        go(window, frame, page)
        yield page, window
    yield from _actions(window, frame)
    for name, words in (("search", ""), ("search-hits", "natt"), ("search-nothing", "xyzzy")):
        go(window, frame, "search", words)
        yield name, window
    go(window, frame, "sick", _called_today(frame))
    yield "sick", window
    go(window, frame, "meetings", "new")
    yield "meetings-new", window
    yield from _chosen(window, frame)


def _chosen(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """Registers and lists with a row chosen, the team's wards, a customer followed up."""
    from app.ui.registers.team import TeamPage  # noqa: PLC0415
    from app.ui.widgets.tables import Table  # noqa: PLC0415

    go(window, frame, "team")
    team = frame.page
    if isinstance(team, TeamPage):
        team.tabs.setCurrentWidget(team.wards)
        window.runner.wait()
        settle_down()
        yield "team-wards", window
        team.tabs.setCurrentIndex(0)
        yield from _unsaved(window, frame, team)
    for page in ("series", "away", "customers", "team", "actions", "checklists", "letters"):
        go(window, frame, page)
        table = next((one for one in window.findChildren(Table) if one.isVisible()), None)
        if table is not None and table.model().rowCount():
            table.selectRow(0)
            window.runner.wait()
            settle_down()
            yield f"{page}-chosen", window


def _history(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """The history of a customer of whom minutes say something, and the page where nobody is chosen."""
    held = telling_meeting(frame, MeetingStatus.APPROVED)
    items = get_meeting(frame.place.desk, key=held.key).value.items if held is not None else ()
    go(window, frame, "history")
    yield "history-nobody", window
    if about := next((one.customer for one in items if one.customer), None):
        go(window, frame, "history", about)
        yield "history", window


def _actions(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    """The unit's actions, gathered by customer and by meeting."""
    from app.domain.action_lists import ActionView, Gathered  # noqa: PLC0415
    from app.ui.actions.page import ActionsPage  # noqa: PLC0415 - loaded with the page

    go(window, frame, "actions")
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
    go(window, frame, "team", "new")
    if not team.detail.isVisible():
        return
    team.form.name.setText("Ny medarbetare")
    go(window, frame, "today")
    yield "today-unsaved", window
    go(window, frame, "team")
    team.detail.drop()
    window.runner.wait()
    settle_down()


def _settings(window: MainWindow, frame: Frame) -> Iterator[Stop]:
    for section in _SECTIONS:
        go(window, frame, "settings", section)
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
    from app.ui.coordination.book_dialog import BookDialog  # noqa: PLC0415
    from app.ui.coordination.new_case import NewCase  # noqa: PLC0415
    from app.ui.papers.actions import slips_preview  # noqa: PLC0415
    from app.ui.papers.checklists import blank_preview  # noqa: PLC0415
    from app.ui.papers.handover import handover_preview  # noqa: PLC0415
    from app.ui.papers.letters import letter_preview  # noqa: PLC0415
    from app.ui.papers.period import PeriodPrint  # noqa: PLC0415
    from app.ui.papers.preview import papers_preview  # noqa: PLC0415
    from app.ui.papers.turns import turns_preview  # noqa: PLC0415
    from app.ui.papers.week import week_preview  # noqa: PLC0415
    from app.ui.papers.wheel import wheel_preview  # noqa: PLC0415

    go(window, frame, "today")
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
    openings += paper_openings(frame, partial(go, window, frame), unit=unit, held=held.key if held else "")
    openings += _before_a_meeting(frame)
    openings.append(("checklist-new", lambda: NewRun(frame, frame.place).open()))
    if unit:
        blank = partial(blank_preview, frame, frame.place, template="vardgaranti", unit=unit)
        openings.append(("checklist-print", blank))
    letter = next((one.key for one in list_letters(frame.place.desk)), "")
    if letter:
        openings.append(("letter-print", lambda: letter_preview(frame, frame.place, key=letter)))
    openings.append(("case-new", lambda: NewCase(frame, frame.place).open()))
    openings.append(("address-book", lambda: BookDialog(frame, frame.place).open()))
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


def _before_a_meeting(frame: Frame) -> list[tuple[str, Callable[[], object]]]:
    """What is taken out of a planned meeting, and a point that begins from something."""
    from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when used
    from app.ui.papers.calls import call_preview  # noqa: PLC0415
    from app.ui.papers.preparations import preparations_preview  # noqa: PLC0415

    called = telling_meeting(frame, MeetingStatus.PLANNED)
    if called is None:
        return []
    start = PointStart(unit=called.unit, ward=called.ward or "", text="Ur ett samtal med dottern.")
    return [
        ("call", lambda: call_preview(frame, frame.place, meeting=called.key)),
        ("preparations-print", lambda: preparations_preview(frame, frame.place, meeting=called.key)),
        ("quick-point-more", lambda: QuickPoint(frame, frame.place, start).open()),
    ]


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
