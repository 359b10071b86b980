"""Busy times kept as absences: once however often they are read in, whose they are, and the way back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.availability import Absence, AbsenceKind
from app.domain.busy import BusyFile, BusyTime
from app.domain.errors import NotAllowed, NotFound
from app.domain.roles import Role
from app.services import busy_times, planning_keeping
from app.services import planning_records as records
from app.services.desk import Desk
from tests.support import TODAY, past_the_desk, seated


def found(*hours: int, day: dt.date = dt.date(2026, 3, 3)) -> BusyFile:
    """An hour's busy time at each of the hours."""
    starts = [dt.datetime.combine(day, dt.time(hour)) for hour in hours]
    times = tuple(BusyTime(uid=f"e{one.hour}", from_=one, to=one + dt.timedelta(hours=1)) for one in starts)
    return BusyFile(first=TODAY, last=TODAY + dt.timedelta(days=366), times=times)


def kept(desk: Desk) -> list[Absence]:
    with past_the_desk(desk) as work:
        values = [one for one, _ in records.load(work.session, records.ABSENCES).values()]
    return sorted(values, key=lambda one: one.begins)


def test_the_same_file_twice_is_the_same_absences_and_what_is_gone_goes(desk: Desk) -> None:
    done = busy_times.keep_busy_times(desk, member="bo-ek", found=found(8, 10), remove_gone=True)
    assert [(one.begins.hour, one.kind, one.substitute) for one in kept(desk)] == [
        (8, AbsenceKind.OTHER, None), (10, AbsenceKind.OTHER, None),
    ]  # fmt: skip
    change = busy_times.preview_busy_times(desk, member="bo-ek", found=found(8, 10))
    assert (change.new, change.same, change.gone) == ((), 2, ())
    assert busy_times.keep_busy_times(desk, member="bo-ek", found=found(8, 10), remove_gone=True).kept == ()
    other = busy_times.keep_busy_times(desk, member="bo-ek", found=found(8, 14), remove_gone=True)
    assert [one.begins.hour for one in kept(desk)] == [8, 14]
    busy_times.take_back_busy_times(desk, done=other)
    assert [one.begins.hour for one in kept(desk)] == [8, 10]
    busy_times.take_back_busy_times(desk, done=done)
    assert kept(desk) == []


def test_what_was_written_by_hand_stays(desk: Desk) -> None:
    by_hand = Absence(key="semester", member="bo-ek", from_=dt.date(2026, 7, 6), to=dt.date(2026, 7, 31))
    busy_times.keep_busy_times(desk, member="bo-ek", found=found(8), remove_gone=True)
    with desk.writing() as work:
        planning_keeping.keep(desk, work, records.ABSENCES, by_hand, expected_version=None)
        (mine,) = [one for one in kept(desk) if one.key != "semester"]
        instead = replace(mine, substitute="gun-holm")
        planning_keeping.keep(desk, work, records.ABSENCES, instead, expected_version=1)
        work.commit()
    assert busy_times.preview_busy_times(desk, member="bo-ek", found=found(8)).same == 1
    longer = replace(found(8).times[0], to=dt.datetime.combine(dt.date(2026, 3, 3), dt.time(11)))
    busy_times.keep_busy_times(desk, member="bo-ek", found=replace(found(), times=(longer,)), remove_gone=True)
    assert [(one.key == "semester", one.substitute, one.ends.hour) for one in kept(desk)] == [
        (False, "gun-holm", 11), (True, None, 0),
    ]  # fmt: skip
    busy_times.keep_busy_times(desk, member="bo-ek", found=found(), remove_gone=True)
    assert [one.key for one in kept(desk)] == ["semester"]


def test_each_reads_in_her_own_calendar_and_who_plans_anybodys(desk: Desk) -> None:
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert len(busy_times.keep_busy_times(bo, member="bo-ek", found=found(8), remove_gone=True).kept) == 1
    with pytest.raises(NotAllowed, match="busy_of_another"):
        busy_times.preview_busy_times(bo, member="gun-holm", found=found(8))
    other = seated(desk, Role.MANAGER, units=frozenset({"annan-enhet"}))
    with pytest.raises(NotAllowed, match="not_your_unit"):
        busy_times.keep_busy_times(other, member="gun-holm", found=found(8), remove_gone=True)
    with pytest.raises(NotAllowed, match="not_allowed"):
        busy_times.preview_busy_times(seated(desk, Role.READER, member="bo-ek"), member="bo-ek", found=found(8))
    with pytest.raises(NotFound):
        busy_times.preview_busy_times(desk, member="ingen", found=found(8))
    assert len(busy_times.keep_busy_times(desk, member="gun-holm", found=found(8), remove_gone=True).kept) == 1


def test_of_an_event_only_the_times_are_in_the_database(desk: Desk) -> None:
    busy_times.keep_busy_times(desk, member="bo-ek", found=found(13), remove_gone=True)
    (one,) = kept(desk)
    assert (one.member, one.begins.hour, one.ends.hour) == ("bo-ek", 13, 14)
    assert "e13" not in one.key
