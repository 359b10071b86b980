"""A series with its meetings: booked without doubling, moved "from here on", paused, called off and taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app import models as m
from app.domain.catalogue import Setting
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Role
from app.domain.series import Series
from app.domain.stored import Stored
from app.services import (
    calls,
    meeting_records,
    meeting_times,
    meetings,
    planning_records,
    regrets,
    series,
    series_booking,
    units,
)
from app.services.desk import Desk
from app.services.series_meetings import SeriesChange
from tests.services.planning_calls import TEAM_SERIES
from tests.support import TODAY, audit_rows, past_the_desk, seated

UNTIL = TODAY + dt.timedelta(weeks=10)
ASCENSION = dt.date(2026, 5, 14)


@pytest.fixture
def kept(desk: Desk) -> Stored[Series]:
    return series.add_series(desk, series=replace(TEAM_SERIES, key=""))


def booked(desk: Desk) -> list[Meeting]:
    with past_the_desk(desk) as work:
        found = meeting_records.load(work.session, m.Meeting.series.is_not(None)).values()
    return sorted((one for one, _ in found), key=lambda one: (one.date, one.start))


def state(desk: Desk) -> tuple[object, ...]:
    """Everything that a gesture on a series may change, versions and sequence numbers apart."""
    with past_the_desk(desk) as work:
        found = {key: one for key, (one, _) in planning_records.load(work.session, planning_records.SERIES).items()}
    return found, [replace(one, sequence=0) for one in booked(desk)]


def test_every_day_gets_its_meeting_once_with_people_and_the_next_customers(desk: Desk, kept: Stored[Series]) -> None:
    change = series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    found = booked(desk)
    assert len(change.booked) == len(found) == 10
    assert {one.date.weekday() for one in found} == {1}
    assert all(one.participants and one.customers and one.end == dt.time(13, 30) for one in found)
    assert len({one.customers for one in found[:2]}) == 2  # another two each time (routine 3.1)
    assert series_booking.book_series(desk, key=kept.value.key, until=UNTIL).booked == ()
    assert found[0].series_day == found[0].date


def test_from_here_on_moves_what_is_to_come_and_leaves_what_is_announced_or_pinned(
    desk: Desk, kept: Stored[Series]
) -> None:
    series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    before = booked(desk)
    pinned = replace(before[-1], pinned=True)
    meetings.save_meeting(desk, meeting=pinned, expected_version=1)
    was = state(desk)
    from_ = before[3].date
    changed = replace(kept.value, rrule="FREQ=WEEKLY;BYDAY=TH", start=dt.time(14), end=dt.time(14, 45))
    change = series.change_series(desk, series=changed, from_=from_, expected_version=1)
    after = booked(desk)
    by_key = {one.key: one for one in after}
    assert [by_key[one.key].date for one in before[:3]] == [one.date for one in before[:3]]
    for one in before[3:-1]:
        now = by_key[one.key]
        assert (now.date.weekday(), now.start, now.end) == (3, dt.time(14), dt.time(14, 45)) or now.date > ASCENSION
        assert abs((now.date - one.date).days) <= 6
        assert (now.participants, now.items) == (one.participants, one.items)
    assert by_key[pinned.key].date == pinned.date
    ended, new = (one.value for one in series.list_series(desk))
    assert (ended.until, new.continues) == (from_ - dt.timedelta(days=1), ended.key)
    series.take_back_series(desk, change=change)
    assert state(desk) == was


@pytest.mark.parametrize("weeks", [0, 3])
def test_the_day_of_a_meeting_that_was_called_to_is_not_booked_again_when_the_series_changes(
    desk: Desk, kept: Stored[Series], weeks: int
) -> None:
    series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    told, pinned = booked(desk)[4], booked(desk)[6]
    calls.announce(desk, keys=[told.key])
    meetings.save_meeting(desk, meeting=replace(pinned, pinned=True), expected_version=1)
    was = state(desk)
    changed = replace(kept.value, rrule="FREQ=WEEKLY;BYDAY=TH", start=dt.time(14), end=dt.time(14, 30))
    from_ = TODAY + dt.timedelta(weeks=weeks)
    change = series.change_series(desk, series=changed, from_=from_, expected_version=1)
    new = change.series[-1][1]
    again = series_booking.book_series(desk, key=new.key, until=UNTIL)
    there = [one for one in booked(desk) if one.status is MeetingStatus.PLANNED]
    held = [one.series_day.isocalendar().week for one in there if one.series_day]
    assert len(held) == len(set(held)), "one a week, as the rule says"
    days = {one.meeting: one for one in series.series_days(desk, key=new.key, first=from_, last=UNTIL)}
    assert (days[told.key].date, days[pinned.key].date) == (told.date, pinned.date)
    series.take_back_series(desk, change=again)
    series.take_back_series(desk, change=change)
    assert state(desk) == was


def test_a_booking_is_not_taken_back_over_what_somebody_did_since(desk: Desk, kept: Stored[Series]) -> None:
    change = series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    called, sick = booked(desk)[3:5]
    sent = calls.announce(desk, keys=[called.key])
    with pytest.raises(Conflict):
        series.take_back_series(desk, change=change)
    calls.take_back_announcements(desk, announced=sent)
    regrets.tell_regret(desk, meeting=sick.key, member="bo-ek")
    with pytest.raises(Conflict):
        series.take_back_series(desk, change=change)
    regrets.take_back_regret(desk, meeting=sick.key, member="bo-ek")
    series.take_back_series(desk, change=change)
    assert booked(desk) == []


def test_who_was_due_at_a_meeting_that_a_pause_cancels_stands_in_the_log(desk: Desk, kept: Stored[Series]) -> None:
    key = kept.value.key
    series_booking.book_series(desk, key=key, until=UNTIL)
    one = booked(desk)[2]
    rested = series.pause_series(desk, key=key, first=one.date, last=one.date, reason="Ledigt", expected_version=1)
    series.take_back_series(desk, change=rested)
    rows = audit_rows(desk)
    for action in ("cancel_meeting", "reinstate_meeting"):
        named = {customer for what, thing, customer in rows if (what, thing) == (action, f"meeting:{one.key}")}
        assert named == set(one.customers)


def test_a_rule_with_fewer_days_calls_the_others_off_with_a_reason(desk: Desk, kept: Stored[Series]) -> None:
    series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    changed = replace(kept.value, rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    change = series.change_series(desk, series=changed, from_=TODAY, expected_version=1)
    cancelled = [one for one in booked(desk) if one.status is MeetingStatus.CANCELLED]
    assert len(cancelled) == len(change.cancelled) == 5
    assert {one.cancelled_reason for one in cancelled} == {"Serien är ändrad"}


def test_a_pause_cancels_what_lies_in_it_a_day_can_be_held_after_all_and_both_are_undone(
    desk: Desk, kept: Stored[Series]
) -> None:
    key = kept.value.key
    series_booking.book_series(desk, key=key, until=UNTIL)
    was = state(desk)
    first, last = booked(desk)[2].date, booked(desk)[4].date
    rested = series.pause_series(desk, key=key, first=first, last=last, reason="Sommar", expected_version=1)
    days = {one.was: one for one in series.series_days(desk, key=key, first=TODAY, last=UNTIL)}
    assert [days[day].off for day in (first, last)] == ["Sommar", "Sommar"]
    assert len(rested.cancelled) == 3
    assert series_booking.book_series(desk, key=key, until=UNTIL).booked == ()
    held = series.hold_day(desk, key=key, day=first, expected_version=2)
    days = {one.was: one for one in series.series_days(desk, key=key, first=TODAY, last=UNTIL)}
    assert (days[first].off, days[first].status, days[last].off) == (None, MeetingStatus.PLANNED, "Sommar")
    series.take_back_series(desk, change=held)
    series.take_back_series(desk, change=rested)
    assert state(desk) == was


def test_a_cancellation_needs_a_reason_and_a_booked_series_is_not_removed(desk: Desk, kept: Stored[Series]) -> None:
    key = kept.value.key
    with pytest.raises(Refused, match="cancel_needs_reason"):
        series.pause_series(desk, key=key, first=TODAY, last=TODAY, reason=" ", expected_version=1)
    series_booking.book_series(desk, key=key, until=UNTIL)
    with pytest.raises(Refused, match="series_booked"):
        series.remove_series(desk, key=key, expected_version=1)


def test_a_day_that_was_moved_is_known_to_the_series_wherever_it_was_moved_from(
    desk: Desk, kept: Stored[Series]
) -> None:
    key = kept.value.key
    series_booking.book_series(desk, key=key, until=UNTIL)
    one, other = booked(desk)[:2]
    to = one.date + dt.timedelta(days=1)
    series.move_day(desk, key=key, day=one.date, date=to, start=dt.time(9), end=dt.time(9, 30), expected_version=1)
    meeting_times.move_meeting(
        desk, key=other.key, date=other.date, start=dt.time(15), end=dt.time(15, 30), expected_version=1
    )
    found = {move.was: (move.date, move.start) for move in series.get_series(desk, key=key).value.moved}
    assert found == {one.date: (to, dt.time(9)), other.date: (other.date, dt.time(15))}
    meeting_times.move_meeting(
        desk, key=other.key, date=other.date, start=other.start, end=other.end, expected_version=2
    )
    assert [move.was for move in series.get_series(desk, key=key).value.moved] == [one.date]
    assert series_booking.book_series(desk, key=key, until=UNTIL).booked == ()


def test_of_two_meetings_a_day_one_is_moved_and_the_other_stays(desk: Desk) -> None:
    twice = replace(TEAM_SERIES, key="", rrule="FREQ=WEEKLY;BYDAY=TU;BYHOUR=9,13", start=dt.time(9), end=dt.time(9, 10))
    key = series.add_series(desk, series=twice).value.key
    day, away = dt.date(2026, 3, 10), {"date": dt.date(2026, 3, 11), "start": dt.time(15), "end": dt.time(15, 10)}
    with pytest.raises(Refused, match="series_several"):
        series.move_day(desk, key=key, day=day, expected_version=1, at=dt.time(13), **away)  # type: ignore[arg-type]
    series_booking.book_series(desk, key=key, until=day)
    was = state(desk)
    change = series.move_day(desk, key=key, day=day, expected_version=1, at=dt.time(13), **away)  # type: ignore[arg-type]
    held = [(one.date, one.start) for one in booked(desk) if one.series_day == day]
    assert held == [(day, dt.time(9)), (away["date"], dt.time(15))]
    series.take_back_series(desk, change=change)
    assert state(desk) == was
    changed = replace(twice, key=key, place="Söder")
    assert series.change_series(desk, series=changed, from_=TODAY, expected_version=1).cancelled == ()


def test_ending_a_series_calls_off_what_lies_after(desk: Desk, kept: Stored[Series]) -> None:
    series_booking.book_series(desk, key=kept.value.key, until=UNTIL)
    last = booked(desk)[5].date
    change = series.change_series(desk, series=replace(kept.value, until=last), from_=TODAY, expected_version=1)
    assert [one.status.value for one in booked(desk)] == ["planned"] * 6 + ["cancelled"] * 4
    assert change.moved == ()


def test_somebody_else_was_quicker_and_other_units_are_not_touched(desk: Desk, kept: Stored[Series]) -> None:
    key = kept.value.key
    series.pause_series(desk, key=key, first=TODAY, last=TODAY, reason="Ledigt", expected_version=1)
    with pytest.raises(Conflict):
        series.pause_series(desk, key=key, first=TODAY, last=TODAY, reason="Ledigt", expected_version=1)
    elsewhere = units.add_unit(desk, name="Björken", setting=Setting.GRUPPBOSTAD).value.key
    now = series.get_series(desk, key=key).value
    other = seated(desk, Role.MANAGER, units=frozenset({elsewhere}))
    assert series.list_series(other) == ()
    with pytest.raises(NotAllowed):
        series.get_series(other, key=key)
    with pytest.raises(NotAllowed):
        series.take_back_series(other, change=SeriesChange(series=((None, now),)))


def test_a_series_of_a_forum_outside_the_routine_is_booked_too(desk: Desk) -> None:
    made = series.add_series(
        desk,
        series=replace(
            TEAM_SERIES, key="", ward=None, forum="styrgrupp", rrule="FREQ=MONTHLY;BYDAY=2WE", place="Sal A"
        ),
    )
    change = series_booking.book_series(desk, key=made.value.key, until=TODAY + dt.timedelta(days=100))
    assert len(change.booked) == len(booked(desk)) >= 3
    assert {(one.date.weekday(), one.place, one.customers) for one in booked(desk)} == {(2, "Sal A", ())}
