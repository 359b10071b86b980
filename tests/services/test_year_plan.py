"""The year of the demo's six units, looked at pair by pair by code that knows nothing of the planner."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.document import Document
from app.domain.errors import Conflict, Refused
from app.domain.holidays import holiday_names
from app.domain.meetings import Meeting
from app.domain.proposed_year import ProposedYear
from app.domain.series import Pause, Series
from app.services import clashes as clash_service
from app.services import meetings, transfer, year_plan
from app.services.desk import Desk
from tests.support import demo_desk

UNITS = ("solgarden", "hemtjansten-norr", "fyren", "atelje-viken", "assistansen", "boendestodet")
FIRST, LAST = dt.date(2026, 3, 2), dt.date(2027, 2, 28)
TRAVEL = 15
_SET = {frozenset(("fyren", "solgarden")): 20}


@pytest.fixture(scope="module")
def desk(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = demo_desk(demo_template, tmp_path_factory.mktemp("year") / "demo")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def year(desk: Desk) -> ProposedYear:
    return year_plan.propose_year(desk, units_wanted=UNITS, from_=FIRST, to=LAST, seconds=20)


def clashes(found: list[Meeting]) -> list[tuple[str, str, str]]:
    """Everybody and every room that is wanted in two places at once, or without time to get from one to the other."""
    by: dict[str, list[Meeting]] = defaultdict(list)
    for one in found:
        people = {*one.participants, *([one.chair] if isinstance(one.chair, str) else [])}
        for who in people:
            by[who].append(one)
        if one.place and one.place not in ("SEFOS", "Digitalt"):
            by[f"{one.unit}/{one.place}"].append(one)
    bad = []
    for who, theirs in by.items():
        theirs.sort(key=lambda one: (one.date, one.start))
        for n, one in enumerate(theirs):
            for other in theirs[n + 1 :]:
                if other.date != one.date:
                    break
                digital = {"SEFOS", "Digitalt"} & {one.place, other.place}
                way = 0 if digital or one.unit == other.unit else _SET.get(frozenset((one.unit, other.unit)), TRAVEL)
                end = dt.datetime.combine(one.date, one.end) + dt.timedelta(minutes=way)
                if dt.datetime.combine(other.date, other.start) < end:
                    bad.append((who, f"{one.forum} {one.date} {one.start}", f"{other.forum} {other.start}"))
    return bad


def test_the_demo_itself_wants_nobody_in_two_places(desk: Desk) -> None:
    found = clash_service.clashes_in(desk, from_=FIRST, to=FIRST + dt.timedelta(days=120))
    assert [one for one in found if one.second] == []


def test_nobody_and_no_room_is_in_two_places(year: ProposedYear) -> None:
    assert len(year.meetings) > 3000
    assert year.conflicts == ()
    assert clashes([one.meeting for one in year.meetings]) == []


def test_every_interval_of_the_routine_is_met(year: ProposedYear) -> None:
    found = [one.meeting for one in year.meetings]
    monthly = Counter((one.unit, one.forum, one.ward, one.date.strftime("%Y-%m")) for one in found)
    for unit in UNITS:
        for forum in ("reflektionsmote", "apt", "kvalitetsmote"):
            held = [month for u, f, _, month in monthly if (u, f) == (unit, forum)]
            assert len(set(held)) >= 12, (unit, forum, sorted(held))
    fortnightly = defaultdict(list)
    for one in found:
        if one.forum == "teammote" and one.unit in ("solgarden", "hemtjansten-norr"):
            fortnightly[one.ward].append(one.date)
    assert len(fortnightly) == 5
    for ward, days in fortnightly.items():
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert max(gaps) <= 27, (ward, max(gaps))
        assert 25 <= len(days) <= 28
    rounds = Counter((one.ward, one.date) for one in found if one.forum == "daglig-avstamning" and one.ward)
    assert len(rounds) == 3 * 364
    assert set(rounds.values()) == {2}


def test_no_planned_meeting_but_the_daily_ones_lies_on_a_red_day_or_a_weekend(year: ProposedYear) -> None:
    free = {*holiday_names(2026), *holiday_names(2027)}
    for one in year.meetings:
        if one.meeting.forum not in ("pulsmote", "daglig-avstamning"):
            assert one.meeting.date.weekday() < 5
            assert one.meeting.date not in free


def test_the_three_are_held_on_one_occasion_one_directly_after_the_other(year: ProposedYear) -> None:
    by = defaultdict(list)
    for one in year.meetings:
        if one.is_new and one.meeting.occasion:
            by[one.meeting.occasion].append(one.meeting)
    assert by
    for together in by.values():
        assert [one.forum for one in together] == ["reflektionsmote", "apt", "kvalitetsmote"]
        assert all(a.end == b.start for a, b in pairwise(together))


def test_every_customer_of_a_ward_has_her_turn(year: ProposedYear) -> None:
    taken = Counter(
        key for one in year.meetings if one.meeting.unit == "solgarden" for key in one.meeting.customers
    )  # fmt: skip
    assert len(taken) >= 20
    assert min(taken.values()) >= 4, taken


def test_what_is_pinned_stays_and_applying_twice_changes_nothing(desk: Desk) -> None:
    span = {"units_wanted": ("fyren",), "from_": dt.date(2026, 9, 1), "to": dt.date(2026, 12, 31)}
    first = year_plan.propose_year(desk, **span, seconds=10)  # type: ignore[arg-type]
    change = year_plan.apply_year(desk, proposed=first.meetings, series=first.series)
    assert len(change.booked) == len(first.meetings)
    assert first.series == ()  # the demo's units have theirs
    again = year_plan.propose_year(desk, **span, seconds=10)  # type: ignore[arg-type]
    assert not any(one.is_new for one in again.meetings)
    chosen = next(one for one in again.meetings if one.meeting.forum == "teammote")
    stored = meetings.get_meeting(desk, key=chosen.meeting.key)
    odd = replace(stored.value, pinned=True, start=dt.time(15, 5), end=dt.time(15, 35))
    meetings.save_meeting(desk, meeting=odd, expected_version=stored.version)
    last = year_plan.propose_year(desk, **span, seconds=10)  # type: ignore[arg-type]
    assert odd.key not in {one.meeting.key for one in last.meetings if one.is_moved}
    assert meetings.get_meeting(desk, key=odd.key).value.start == dt.time(15, 5)


def test_a_meeting_changed_meanwhile_is_not_moved(desk: Desk) -> None:
    span = {"units_wanted": ("boendestodet",), "from_": dt.date(2026, 9, 1), "to": dt.date(2026, 10, 31)}
    first = year_plan.propose_year(desk, **span, seconds=5)  # type: ignore[arg-type]
    year_plan.apply_year(desk, proposed=first.meetings)
    one = year_plan.propose_year(desk, **span, seconds=5).meetings[0]  # type: ignore[arg-type]
    moved = replace(one, meeting=replace(one.meeting, start=dt.time(8, 35), end=dt.time(9, 5)), version=one.version - 1)
    with pytest.raises(Conflict):
        year_plan.apply_year(desk, proposed=(moved,))


def test_a_pinned_series_is_kept_to_the_minute_and_a_pause_is_rested(desk: Desk) -> None:
    pinned = Series(
        key="apt-fast", unit="assistansen", forum="reflektionsmote", rrule="FREQ=MONTHLY;BYDAY=3WE", pinned=True,
        first=dt.date(2027, 3, 1), start=dt.time(10, 10), end=dt.time(10, 40),
        pauses=(Pause(from_=dt.date(2027, 7, 1), to=dt.date(2027, 7, 31), reason="Sommar"),),
    )  # fmt: skip
    document = Document(series=(pinned,))
    others = [one for one in transfer.read_document(desk).series if one.key == "assistansen-reflektionsmote"]
    ended = tuple(replace(one, until=dt.date(2027, 2, 28)) for one in others)
    transfer.take_in(desk, document=replace(document, series=(pinned, *ended)))
    year = year_plan.propose_year(
        desk, units_wanted=("assistansen",), from_=dt.date(2027, 3, 1), to=dt.date(2027, 9, 30), seconds=5
    )
    held = [one.meeting for one in year.meetings if one.meeting.forum == "reflektionsmote"]
    assert [(one.date, one.start) for one in held if one.series == "apt-fast"] == [
        (dt.date(2027, month, day), dt.time(10, 10))
        for month, day in ((3, 17), (4, 21), (5, 19), (6, 16), (8, 18), (9, 15))
    ]
    assert not [one for one in held if one.date.month == 7]


@pytest.mark.parametrize("last", [FIRST - dt.timedelta(days=1), FIRST + dt.timedelta(days=900)])
def test_a_period_that_cannot_be_planned_is_refused(desk: Desk, last: dt.date) -> None:
    with pytest.raises(Refused, match="plan_period"):
        year_plan.propose_year(desk, units_wanted=("fyren",), from_=FIRST, to=last)
