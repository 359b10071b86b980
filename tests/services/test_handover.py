"""Since the last shift: which meetings count, who is told what, and what leaves on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import insert

from app import models as m
from app.domain.errors import NotAllowed, Refused
from app.domain.handover import ShiftHandover
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.services import handover, meetings
from app.services.desk import Desk
from tests.services.calls import SECRET
from tests.support import TODAY, FixedClock, audit_rows, fill, past_the_desk, sit_down, solgarden, team_meeting

LONG_AGO = dt.datetime.combine(TODAY - dt.timedelta(days=21), dt.time(7))
LAST_WEEK = dt.datetime.combine(TODAY - dt.timedelta(days=8), dt.time(7))


def keys(found: ShiftHandover) -> list[str]:
    return [meeting.key for place in found.places for meeting in place.meetings]


def held(key: str, *, date: dt.date, forum: str = "pulsmote", notes: str | None = None) -> Meeting:
    """A pulsmöte with one point about no customer."""
    item = Item(key=f"{key}-1", heading="Läget", notes=notes, decisions=() if notes else ("Vi byter larm.",))
    return replace(
        team_meeting(), key=key, forum=forum, date=date, start=dt.time(8), end=dt.time(8, 15), customers=(),
        items=(item,), status=MeetingStatus.DRAFT,
    )  # fmt: skip


def logged_in(desk: Desk, at: dt.datetime) -> None:
    """A row of the log as by a log-in at that time (UTC)."""
    with past_the_desk(desk, writing=True) as work:
        last = work.session.query(m.AuditEntry).order_by(m.AuditEntry.sequence.desc()).first()
        row = {"at": at, "user": desk.actor.user, "role": "enhetschef", "workstation": "test", "action": "log_in"}
        sequence = 1 if last is None else last.sequence + 1
        work.session.execute(insert(m.AuditEntry).values(**row, sequence=sequence, mac=b"x" * 32))
        work.commit()


def test_what_was_decided_stands_under_its_ward_with_names(furnished: Desk) -> None:
    found = handover.shift_handover(furnished, since=LONG_AGO)
    (place,) = found.places
    assert place.heading == "Norr, Solgården"
    assert keys(found) == ["hallet", "justerat"], "the latest first"
    points = place.meetings[0].points
    assert [one.heading for one in points] == [f"{SECRET} rubrik", "Sommarfest"]
    assert [(one.text, one.who, one.done) for one in points[1].actions] == [
        ("Köp tårta", "Bo Ek", False), ("Boka sal", "Bo Ek", True),
    ]  # fmt: skip
    assert points[0].labels == (f"{SECRET} lgh 1 {SECRET} 1",)
    count = found.counted()
    assert (count.meetings, count.decisions, count.questions) == (2, 2, 2)


def test_each_customer_is_logged_once_as_read_or_printed(furnished: Desk) -> None:
    before = len(audit_rows(furnished))
    handover.shift_handover(furnished, since=LONG_AGO)
    handover.handover_paper(furnished, since=LONG_AGO)
    handover.handover_paper(furnished, since=LONG_AGO, without_customers=True)
    handover.count_handover(furnished)
    rows = [row for row in audit_rows(furnished)[before:] if row[0] in ("read", "print")]
    assert rows == [("read", "handover", "kund-1"), ("print", "handover", "kund-1")]


def test_the_noticeboard_says_nothing_of_customers_not_even_in_free_text(furnished: Desk) -> None:
    found = meetings.get_meeting(furnished, key="teammote-1")
    *rest, party = found.value.items
    told = replace(party, decisions=(f"Fira {SECRET} 1 i matsalen.", "Festen är den 5 juni."))
    changed = replace(found.value, items=(*rest, told), date=TODAY - dt.timedelta(days=1))
    saved = meetings.save_meeting(furnished, meeting=changed, expected_version=found.version)
    meetings.close_meeting(furnished, key="teammote-1", expected_version=saved.version)
    board = handover.handover_paper(furnished, since=LAST_WEEK, without_customers=True)
    assert not board.has_customer_data
    assert SECRET not in repr(board)
    assert "Festen är den 5 juni." in repr(board)


@pytest.mark.parametrize("user", ["bo", "siv", "lena"])
def test_paper_of_one_who_may_not_print_customers_names_none(furnished: Desk, user: str) -> None:
    found = handover.handover_paper(sit_down(furnished, user), since=LONG_AGO)
    assert found.places
    assert SECRET not in repr(found)


def test_care_staff_are_told_what_they_may_read_in_the_minutes(furnished: Desk) -> None:
    bo = sit_down(furnished, "bo")
    assert keys(handover.shift_handover(bo, since=LONG_AGO)) == ["hallet", "justerat"], "he was present"
    with past_the_desk(furnished, writing=True) as work:
        work.session.query(m.Attendance).delete()
        work.session.query(m.MeetingMember).delete()
        work.commit()
    found = handover.shift_handover(bo, since=LONG_AGO)
    points = [point for place in found.places for one in place.meetings for point in one.points]
    assert "Köp tårta" in [action.text for point in points for action in point.actions], "what is his is told anyway"
    assert all(point.customers for point in points if point.decisions), "and what is of customers whose contact he is"


def test_it_counts_from_the_last_shift(furnished: Desk, clock: FixedClock) -> None:
    now = clock.instant()
    logged_in(furnished, now - dt.timedelta(days=8))
    logged_in(furnished, now - dt.timedelta(minutes=5))
    found = handover.shift_handover(furnished)
    assert found.of_last_shift
    assert found.since == clock.now() - dt.timedelta(days=8)
    assert "hallet" in keys(found)


def test_a_meeting_ended_before_counts_when_its_minutes_were_written_since(desk: Desk, clock: FixedClock) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    fill(desk, replace(solgarden(), meetings=(held("puls", date=yesterday), held("aldre", date=yesterday))))
    since = dt.datetime.combine(yesterday, dt.time(20))
    assert keys(handover.shift_handover(desk, since=since)) == []
    found = meetings.get_meeting(desk, key="puls")
    item = replace(found.value.items[0], decisions=("Vi byter larm i kväll.",))
    meetings.save_meeting(desk, meeting=replace(found.value, items=(item,)), expected_version=found.version)
    assert keys(handover.shift_handover(desk, since=since)) == ["puls"]


def test_a_short_forums_note_is_told_where_nothing_else_is(desk: Desk) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    fill(desk, replace(solgarden(), meetings=(
        held("puls", date=yesterday, notes="Hissen står still."),
        held("team", date=yesterday, forum="teammote", notes="Vi pratade."),
    )))  # fmt: skip
    found = handover.shift_handover(desk, since=dt.datetime.combine(yesterday, dt.time(7)))
    assert keys(found) == ["puls"]
    assert found.places[0].meetings[0].points[0].note == "Hissen står still."


def test_moments_ahead_and_long_ago_and_foreign_units_are_refused(furnished: Desk, clock: FixedClock) -> None:
    with pytest.raises(Refused, match="since_ahead"):
        handover.shift_handover(furnished, since=clock.now() + dt.timedelta(minutes=1))
    with pytest.raises(Refused, match="since_too_long"):
        handover.shift_handover(furnished, since=clock.now() - dt.timedelta(days=60))
    with pytest.raises(Refused, match="handover_empty"):
        handover.handover_paper(furnished, since=clock.now())
    limited = replace(furnished, actor=replace(furnished.actor, units=frozenset({"lunden"})), in_gesture=True)
    with pytest.raises(NotAllowed, match="not_your_unit"):
        handover.shift_handover(limited, since=LONG_AGO, unit="solgarden")
