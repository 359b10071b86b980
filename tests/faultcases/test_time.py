"""Days and clocks at their edges: hours that come twice or never, leap days, week 53, a clock that is moved back."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.catalogue import Interval
from app.domain.clock import SWEDEN, to_wall_clock
from app.domain.meetings import Meeting
from app.domain.recurrence import next_date
from app.domain.swedish import clock as clock_words
from app.domain.typed import read_date, read_time
from app.exchange.json_file import read_document, write_document
from app.models import AuditEntry
from app.services import drafts, meetings, transfer
from app.services.desk import Desk
from app.services.proposals import propose_meeting
from app.storage.attempts import Attempts
from app.ui.shell import IdleWatch
from app.ui.toolkit import make_application
from tests import support

FORWARD, BACK = dt.date(2026, 3, 29), dt.date(2026, 10, 25)
"""The nights when half past two does not exist, and when it comes twice."""
HALF_PAST_TWO = dt.time(2, 30)


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_half_past_two_on_the_days_the_clock_changes_is_kept_as_it_was_written(desk: Desk, day: dt.date) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    night = replace(stored.value, date=day, start=HALF_PAST_TWO, end=dt.time(3, 0))
    meetings.save_meeting(desk, meeting=night, expected_version=stored.version)
    found = meetings.get_meeting(desk, key="teammote-1").value
    assert (found.date, found.start, found.end) == (day, HALF_PAST_TWO, dt.time(3, 0))
    written = write_document(transfer.read_document(desk))
    back = next(one for one in read_document(written).meetings if one.key == "teammote-1")
    assert (back.date, back.start, back.end) == (day, HALF_PAST_TWO, dt.time(3, 0))
    assert clock_words(back.start) == "02.30"
    assert read_time("02.30") == HALF_PAST_TWO


@pytest.mark.parametrize(
    ("instant", "shown"),
    [("2026-03-29T00:59", "01:59"), ("2026-03-29T01:00", "03:00"), ("2026-10-25T00:30", "02:30"),
     ("2026-10-25T01:30", "02:30"), ("2026-10-25T02:00", "03:00")],
)  # fmt: skip
def test_an_instant_of_such_a_night_is_shown_as_the_wall_clock_had_it(
    desk: Desk, clock: support.FixedClock, instant: str, shown: str
) -> None:
    at = dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC)
    assert to_wall_clock(at).strftime("%H:%M") == shown
    clock.instant = lambda: at  # type: ignore[method-assign]  # the very instant, whatever the wall clock says
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="x")
    (note,) = drafts.list_drafts(desk)
    assert note.at.strftime("%H:%M") == shown


def at_nine(day: dt.date) -> dt.timedelta:
    """How far Swedish nine o'clock of that day lies from UTC."""
    offset = dt.datetime.combine(day, dt.time(9, 0), SWEDEN).utcoffset()
    assert offset is not None
    return offset


@pytest.mark.parametrize("change", [FORWARD, BACK])
def test_a_biweekly_nine_o_clock_stays_nine_over_the_change_of_the_clock(
    desk: Desk, clock: support.FixedClock, change: dt.date
) -> None:
    before = change - dt.timedelta(days=5)
    stored = meetings.get_meeting(desk, key="teammote-1")
    held = replace(stored.value, date=before, start=dt.time(9, 0), end=dt.time(9, 30))
    meetings.save_meeting(desk, meeting=held, expected_version=stored.version)
    clock.moment = dt.datetime.combine(before, dt.time(10, 0))
    proposed = propose_meeting(desk, unit="solgarden", forum="teammote", ward="norr")
    assert (proposed.date, proposed.start) == (before + dt.timedelta(days=14), dt.time(9, 0))
    assert at_nine(before) != at_nine(proposed.date), "the change lies between the two"


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("31/1", "2026-01-15", "2026-01-31"), ("31 mars", "2026-03-02", "2026-03-31"),
        ("31/4", "2026-03-02", None), ("31 juni", "2026-03-02", None), ("31/12", "2026-12-31", "2026-12-31"),
        ("29/2", "2028-01-10", "2028-02-29"), ("29 februari", "2027-11-01", "2028-02-29"), ("29/2", "2026-03-02", None),
        ("2028-02-29", "2026-03-02", "2028-02-29"), ("2027-02-29", "2026-03-02", None),
        ("v 53", "2026-11-02", "2026-12-28"), ("vecka 53", "2027-01-02", "2026-12-28"), ("v 53", "2027-03-01", None),
        ("v 1", "2026-12-30", "2027-01-04"), ("v 54", "2026-11-02", None), ("v 0", "2026-11-02", None),
        ("+1", "2028-02-28", "2028-02-29"), ("i morgon", "2026-12-31", "2027-01-01"),
    ],
)  # fmt: skip
def test_day_31_29_february_and_week_53_as_they_are_typed(text: str, today: str, day: str | None) -> None:
    found = read_date(text, today=dt.date.fromisoformat(today))
    assert found == (dt.date.fromisoformat(day) if day else None)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2048, 12, 31)), st.sampled_from([1, 2, 3, 6, 12]))
def test_a_monthly_forum_from_any_day_31_or_29_february_comes_in_the_month_meant(after: dt.date, every: int) -> None:
    found = next_date(Interval(frequency="monthly", every=every), after=after)
    months = (found.year - after.year) * 12 + found.month - after.month
    assert months == every
    assert found.weekday() == after.weekday() or after.weekday() > 4


@pytest.mark.parametrize("day", ["2026-12-31", "2028-02-29", "2026-12-28", "2027-01-01", "2026-08-31"])
def test_a_meeting_on_such_a_day_goes_out_and_comes_back(desk: Desk, day: str) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    on = dt.date.fromisoformat(day)
    meetings.save_meeting(desk, meeting=replace(stored.value, date=on), expected_version=stored.version)
    found: Meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert found.date == on
    assert next(one for one in read_document(write_document(transfer.read_document(desk))).meetings).date == on


# the clock moved back


def test_the_log_is_in_the_order_things_were_done_though_the_clock_was_moved_back(
    desk: Desk, clock: support.FixedClock
) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    clock.moment -= dt.timedelta(days=400)
    meetings.save_meeting(desk, meeting=replace(stored.value, place="Söder"), expected_version=stored.version)
    with desk.reading() as work:
        query = select(AuditEntry.sequence, AuditEntry.at, AuditEntry.action).order_by(AuditEntry.sequence)
        rows = work.session.execute(query).all()
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1].at < rows[-2].at, "the true time stands there, however odd"
    assert desk.store.first_broken_audit_row() is None


def test_a_draft_of_an_earlier_clock_takes_the_place_of_a_later_one(desk: Desk, clock: support.FixedClock) -> None:
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="först")
    clock.moment -= dt.timedelta(days=400)
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="sist")
    found = drafts.read_draft(desk, kind="meeting", key="teammote-1")
    assert found is not None
    assert found.content == "sist"


@pytest.mark.parametrize("moved", [-10_000_000.0, -3600.0, 3600.0, 10_000_000.0])
def test_wrong_passwords_wait_no_longer_though_the_clock_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: float
) -> None:
    tries = Attempts(tmp_path / "x.tfdb")
    for _ in range(12):
        tries.failed("chef")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + moved)
    assert 0 <= tries.wait("chef") <= 60


@pytest.mark.parametrize("moved", [-10_000_000.0, -3600.0, -1.0])
def test_the_idle_watch_neither_locks_nor_forgets_when_the_clock_is_moved_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, moved: float
) -> None:
    make_application()
    locked: list[bool] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    watch = IdleWatch(owner, lambda: locked.append(True))
    watch.start()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + moved)
    watch._tick()
    assert locked == []
    watch._touched -= watch.minutes * 60
    watch._tick()
    watch.stop()
    assert locked == [True], "how long nobody touched anything is not asked of the wall clock"
