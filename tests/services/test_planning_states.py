"""Any order of planning, moving, pausing, changing series and taking back: what clashes is told, and nothing else does.

Whatever makes a clash is taken back at once, as a person does who sees it; so no clash is left after any sequence, and
when everything is taken back the calendar is as it was.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app import models as m
from app.domain.errors import Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.series import Series
from app.domain.stored import Stored
from app.services import clashes, meeting_records, meeting_times, series, year_plan
from app.services.desk import Desk
from app.services.series_meetings import SeriesChange
from tests import support
from tests.support import past_the_desk

FIRST, LAST = dt.date(2026, 4, 1), dt.date(2026, 5, 31)
NUMBER = st.integers(0, 10_000)


def called(meeting: Meeting) -> set[str]:
    return {*meeting.participants, *([meeting.chair] if isinstance(meeting.chair, str) else [])}


class Planning(RuleBasedStateMachine):
    """One enhetschef at the calendar of one unit."""

    template: Path
    key: bytes
    played = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "data")
        self.desk: Desk = support.quick_desk(self.folder / "data" / support.FILE, self.key)
        self.undo: list[Callable[[], object]] = []

    def teardown(self) -> None:
        while self.undo:
            self.undo.pop()()
        assert self.state() == self.before, "everything taken back, the calendar is as it was"
        type(self).played += 1
        self.desk.close()
        shutil.rmtree(self.folder)

    # what is there

    def meetings(self) -> list[tuple[Meeting, int]]:
        with past_the_desk(self.desk) as work:
            found = meeting_records.load(work.session, m.Meeting.date >= FIRST).values()
        return sorted(found, key=lambda one: (one[0].date, one[0].start, one[0].key))

    def planned(self) -> list[tuple[Meeting, int]]:
        return [one for one in self.meetings() if one[0].status is MeetingStatus.PLANNED]

    def series(self) -> list[Stored[Series]]:
        return list(series.list_series(self.desk))

    def state(self) -> object:
        return [replace(one, sequence=0) for one, _ in self.meetings()], [one.value for one in self.series()]

    def told(self) -> set[frozenset[str]]:
        return {
            frozenset((one.first, one.second)) for one in clashes.clashes_in(self.desk, from_=FIRST, to=LAST)
        }  # fmt: skip

    def seen(self) -> set[frozenset[str]]:
        """The same by looking at every pair, without the program's help."""
        found = set()
        for one, other in combinations([one for one, _ in self.planned()], 2):
            if one.date == other.date and one.start < other.end and other.start < one.end:
                people = [
                    {*each.participants, *([each.chair] if isinstance(each.chair, str) else [])}
                    for each in (one, other)
                ]
                if people[0] & people[1]:
                    found.add(frozenset((one.key, other.key)))
        return found

    def did(self, take_back: Callable[[], object]) -> None:
        """Keep the gesture unless it clashes."""
        assert self.told() == self.seen()
        if self.told():
            take_back()
        else:
            self.undo.append(take_back)

    def took(self, change: SeriesChange) -> None:
        self.did(lambda: series.take_back_series(self.desk, change=change))

    # what is done

    @initialize()
    def plan_april(self) -> None:
        self.before = self.state()
        self.plan()

    @rule()
    def plan(self) -> None:
        found = year_plan.propose_year(
            self.desk, units_wanted=("solgarden",), from_=FIRST, to=dt.date(2026, 4, 30), seconds=20
        )
        wanted = tuple(one for one in found.meetings if one.meeting.forum not in ("pulsmote", "daglig-avstamning"))
        self.took(year_plan.apply_year(self.desk, proposed=wanted, series=found.series_of(wanted)))

    @precondition(lambda self: self.planned())
    @rule(which=NUMBER, days=st.integers(-3, 3), quarter=st.integers(32, 64))
    def move(self, which: int, days: int, quarter: int) -> None:
        listed = self.planned()
        one, version = listed[which % len(listed)]
        date = max(one.date + dt.timedelta(days=days), FIRST)
        start = dt.datetime.combine(date, dt.time(quarter // 4, quarter % 4 * 15))
        end = start + dt.timedelta(minutes=one.length)
        at = {"date": date, "start": start.time(), "end": end.time()}
        said = clashes.clashes_if_moved(self.desk, key=one.key, **at)  # type: ignore[arg-type]
        meeting_times.move_meeting(self.desk, key=one.key, expected_version=version, **at)  # type: ignore[arg-type]
        assert bool(said) == any(one.key in pair for pair in self.seen())

        def back() -> None:
            now = next(now for other, now in self.meetings() if other.key == one.key)
            meeting_times.move_meeting(
                self.desk, key=one.key, date=one.date, start=one.start, end=one.end, expected_version=now
            )

        self.did(back)

    @precondition(lambda self: self.series())
    @rule(which=NUMBER, day=st.integers(0, 40), length=st.integers(0, 14))
    def pause(self, which: int, day: int, length: int) -> None:
        listed = self.series()
        one = listed[which % len(listed)]
        first = FIRST + dt.timedelta(days=day)
        last = first + dt.timedelta(days=length)
        self.took(series.pause_series(
            self.desk, key=one.value.key, first=first, last=last, reason="Uppehåll", expected_version=one.version
        ))  # fmt: skip

    @precondition(lambda self: any(one.value.pauses for one in self.series()))
    @rule(which=NUMBER)
    def hold(self, which: int) -> None:
        listed = [one for one in self.series() if one.value.pauses]
        one = listed[which % len(listed)]
        day = one.value.pauses[0].from_
        self.took(series.hold_day(self.desk, key=one.value.key, day=day, expected_version=one.version))

    @precondition(lambda self: self.series())
    @rule(which=NUMBER, day=st.integers(0, 40), hour=st.integers(8, 15), every=st.sampled_from([1, 2]))
    def change(self, which: int, day: int, hour: int, every: int) -> None:
        listed = self.series()
        one = listed[which % len(listed)]
        changed = replace(one.value, start=dt.time(hour), end=dt.time(hour, 30))
        if changed.rrule.startswith("FREQ=WEEKLY"):
            changed = replace(changed, rrule=f"FREQ=WEEKLY;INTERVAL={every};BYDAY=WE")
        with contextlib.suppress(Refused):  # the series may be over by then
            self.took(series.change_series(
                self.desk, series=changed, from_=FIRST + dt.timedelta(days=day), expected_version=one.version
            ))  # fmt: skip

    @precondition(lambda self: self.undo)
    @rule()
    def take_back(self) -> None:
        self.undo.pop()()

    @invariant()
    def nobody_is_wanted_in_two_places(self) -> None:
        assert self.told() == self.seen() == set()


def test_no_clash_is_left_after_any_sequence_of_edits_and_everything_can_be_taken_back(
    template: Path, database_key: bytes
) -> None:
    class Planned(Planning):
        pass

    Planned.template, Planned.key = template, database_key
    run_state_machine_as_test(
        Planned,
        settings=settings(
            max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert Planned.played >= 5
