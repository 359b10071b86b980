"""Clashes as the database has them, told to whom they may be told; and meetings that are moved to another time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meetings import Meeting, MeetingStatus, Regret
from app.domain.roles import Role
from app.domain.units import Unit
from app.services import clashes, meetings, units
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.services.meeting_times import move_meeting
from app.storage.unit_of_work import UnitOfWork
from tests.support import past_the_desk, seated, team_meeting

DAY = dt.date(2026, 3, 3)
UNITS = ("solgarden", "fyren")
FIRST, LAST = DAY.replace(day=1), DAY.replace(day=31)


def booked(desk: Desk, start: str, end: str, **other: object) -> Meeting:
    """Another meeting on the day of the teammöte, with nurse Anna."""
    whole = replace(
        team_meeting(), key="", forum="pulsmote", ward=None, items=(), customers=(), chair=None, place=None,
        participants=("anna-berg",), start=dt.time.fromisoformat(start), end=dt.time.fromisoformat(end),
    )  # fmt: skip
    return meetings.book_meeting(desk, meeting=replace(whole, **other)).value  # type: ignore[arg-type]


@pytest.fixture
def fyren(desk: Desk) -> Unit:
    """A second unit."""
    return units.add_unit(desk, name="Fyren", setting=Setting.SARSKILT_BOENDE).value


def unit_ids(work: UnitOfWork) -> tuple[int, ...]:
    """The rows of Solgården and Fyren."""
    return tuple(work.session.scalars(select(m.Unit.id).where(m.Unit.key == key)).one() for key in UNITS)


def sentences(desk: Desk, first: str) -> list[str]:
    """What is said to whoever looks at that meeting in the month."""
    return [one.sentence for one in clashes.clashes_in(desk, from_=FIRST, to=LAST) if one.first == first]


def test_a_clash_is_told_from_both_sides(desk: Desk) -> None:
    other = booked(desk, "13:15", "13:20")
    assert sentences(desk, "teammote-1") == ["Anna Berg har pulsmöte på Solgården 13.15–13.20"]
    assert sentences(desk, other.key) == ["Anna Berg har teammöte på Norr 13.00–13.30"]


def test_the_convenor_is_to_be_there_too_and_what_is_cancelled_keeps_nobody(desk: Desk) -> None:
    other = booked(desk, "13:15", "13:20", participants=(), chair="bo-ek")
    assert sentences(desk, "teammote-1") == ["Bo Ek har pulsmöte på Solgården 13.15–13.20"]
    meetings.cancel_meeting(desk, key=other.key, reason="Sjukdom", expected_version=1)
    assert clashes.clashes_in(desk, from_=FIRST, to=LAST) == ()


def test_what_people_typed_is_not_in_the_sentence(desk: Desk) -> None:
    booked(desk, "13:15", "13:20", title="Om Karl Karlsson")
    assert "Karl" not in "".join(sentences(desk, "teammote-1"))


def test_a_room_is_taken_but_any_other_place_is_none(desk: Desk, fyren: Unit) -> None:
    with past_the_desk(desk, writing=True) as work:
        home, other = (
            work.session.scalar(select(m.Unit.id).where(m.Unit.key == key)) for key in ("solgarden", "fyren")
        )
        rows = (("bo-ek", "Personalrummet", home), ("fyrens", "Lilla salen", other), ("aula", "Aulan", None))
        for key, name, unit in rows:
            work.session.add(m.Room(key=key, name=name, unit_id=unit, version=1))
        work.commit()
    for place, taken in (("Personalrummet", True), ("Lilla salen", False), ("Aulan", True), ("På boendet", False)):
        one = booked(desk, "08:00", "08:30", place=place, participants=(), date=DAY + dt.timedelta(days=len(place)))
        booked(desk, "08:20", "08:40", place=f" {place.upper()}", participants=(), date=one.date)
        assert sentences(desk, one.key) == ([f"{place} har pulsmöte på Solgården 08.20–08.40"] if taken else [])


def test_who_sent_regrets_is_free_and_her_substitute_is_not(desk: Desk) -> None:
    other = booked(desk, "13:15", "13:20", participants=("anna-berg", "bo-ek"))
    regret = Regret(member="anna-berg", substitute="gun-holm", at=dt.datetime(2026, 3, 2, 8))  # noqa: DTZ001
    meetings.save_meeting(desk, meeting=replace(other, regrets=(regret,)), expected_version=1)
    assert sentences(desk, "teammote-1") == ["Bo Ek har pulsmöte på Solgården 13.15–13.20"]
    third = booked(desk, "13:18", "13:30", participants=("gun-holm",))
    (one,) = clashes.clashes_with(desk, meeting=third)
    assert one.sentence == "Gun Holm har pulsmöte på Solgården 13.15–13.20"
    (back,) = [
        found for found in clashes.clashes_with(desk, meeting=replace(other, regrets=(regret,)))
        if found.who_or_room == "gun-holm"
    ]  # fmt: skip
    assert back.second == third.key


def test_travel_that_was_set_is_what_counts(desk: Desk, fyren: Unit) -> None:
    booked(desk, "13:40", "13:50", unit=fyren.key)
    with past_the_desk(desk, writing=True) as work:
        home, other = (
            work.session.scalar(select(m.Unit.id).where(m.Unit.key == key)) for key in ("solgarden", "fyren")
        )
        work.session.add(m.Travel(key="vag", from_id=other, to_id=home, minutes=10, version=1))
        work.commit()
    assert sentences(desk, "teammote-1") == []


def test_a_person_needs_time_between_units_but_not_for_a_digital_meeting(desk: Desk, fyren: Unit) -> None:
    there = booked(desk, "13:40", "13:50", unit=fyren.key)
    expected = "Anna Berg har pulsmöte på Fyren 13.40–13.50, och det är 15 minuters väg emellan"
    assert sentences(desk, "teammote-1") == [expected]
    digital = replace(there, place="Digitalt", link="https://exempel.se/mote")
    meetings.save_meeting(desk, meeting=digital, expected_version=1)
    assert sentences(desk, "teammote-1") == []


def test_a_unit_one_may_not_see_keeps_people_busy_without_detail(desk: Desk, fyren: Unit) -> None:
    hidden = booked(desk, "13:00", "13:30", unit=fyren.key)
    person = seated(desk, role=Role.LICENSED, member="bo-ek", units=frozenset({"solgarden"}))
    (one,) = clashes.clashes_in(person, from_=FIRST, to=LAST)
    assert (one.first, one.second, one.sentence) == ("teammote-1", "", "Anna Berg är upptagen 13.00–13.30")
    (same,) = clashes.clashes_with(person, meeting=team_meeting())
    assert same == one
    with pytest.raises(NotAllowed):
        clashes.clashes_with(person, meeting=hidden)
    with pytest.raises(NotAllowed):
        clashes.clashes_if_moved(person, key=hidden.key, date=DAY, start=hidden.start, end=hidden.end)


def test_only_the_clashes_of_one_unit_are_told(desk: Desk, fyren: Unit) -> None:
    there = booked(desk, "13:00", "13:30", unit=fyren.key)
    (one,) = clashes.clashes_in(desk, from_=FIRST, to=LAST, unit=fyren.key)
    assert (one.first, one.second) == (there.key, "teammote-1")


def test_a_meeting_is_tried_elsewhere_without_being_moved(desk: Desk) -> None:
    other = booked(desk, "08:15", "08:20", date=DAY + dt.timedelta(days=1))
    start, end = dt.time(8), dt.time(9)
    (one,) = clashes.clashes_if_moved(desk, key="teammote-1", date=other.date, start=start, end=end)
    assert one.sentence == "Anna Berg har pulsmöte på Solgården 08.15–08.20"
    thought_of = replace(team_meeting(), date=other.date, start=start, end=end)
    assert clashes.clashes_with(desk, meeting=thought_of) == (one,)
    assert sentences(desk, "teammote-1") == []
    with pytest.raises(NotFound):
        clashes.clashes_if_moved(desk, key="inget", date=DAY, start=start, end=end)


class TestMoving:
    def test_day_and_hours_are_changed_and_the_log_says_so(self, desk: Desk) -> None:
        day, start, end = DAY + dt.timedelta(days=2), dt.time(9), dt.time(9, 45)
        version = move_meeting(desk, key="teammote-1", date=day, start=start, end=end, expected_version=1)
        (row,) = [one for one in list_meetings(desk) if one.key == "teammote-1"]
        assert (row.date, row.start, row.end, row.version) == (day, start, end, version)
        with past_the_desk(desk) as work:
            entry = work.session.execute(
                select(m.AuditEntry.action, m.AuditEntry.object).order_by(m.AuditEntry.sequence.desc())
            ).first()
        assert entry is not None
        assert tuple(entry) == ("save_meeting", "meeting:teammote-1")

    def test_somebody_elses_change_is_not_written_over(self, desk: Desk) -> None:
        move_meeting(desk, key="teammote-1", date=DAY, start=dt.time(9), end=dt.time(10), expected_version=1)
        with pytest.raises(Conflict):
            move_meeting(desk, key="teammote-1", date=DAY, start=dt.time(8), end=dt.time(9), expected_version=1)

    def test_only_planned_meetings_are_moved_and_times_must_be_possible(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="meeting_times"):
            move_meeting(desk, key="teammote-1", date=DAY, start=dt.time(9), end=dt.time(9), expected_version=1)
        meetings.open_meeting(desk, key="teammote-1", expected_version=1)
        with pytest.raises(Refused, match="meeting_not_planned"):
            move_meeting(desk, key="teammote-1", date=DAY, start=dt.time(9), end=dt.time(10), expected_version=2)
        assert meetings.get_meeting(desk, key="teammote-1").value.status is MeetingStatus.OPEN

    def test_whoever_may_not_write_agendas_moves_nothing(self, desk: Desk) -> None:
        person = seated(desk, role=Role.CARE_STAFF, member="bo-ek", units=frozenset({"solgarden"}))
        with pytest.raises(NotAllowed):
            move_meeting(person, key="teammote-1", date=DAY, start=dt.time(9), end=dt.time(10), expected_version=1)


def away(desk: Desk, *, kind: str | None = "holiday", member: str = "bo-ek") -> None:
    """She is away on the day of the teammöte."""
    with past_the_desk(desk, writing=True) as work:
        row = work.session.scalars(select(m.Member.id).where(m.Member.key == member)).one()
        since = dt.datetime.combine(DAY, dt.time())
        work.session.add(m.Absence(
            key="borta", member_id=row, since=since, since_is_day=True, until=since, until_is_day=True, kind=kind,
            version=1,
        ))  # fmt: skip
        work.commit()


def test_who_is_away_or_does_not_work_then_is_a_clash_wherever_clashes_are_told(desk: Desk) -> None:
    away(desk)
    with past_the_desk(desk, writing=True) as work:
        anna = work.session.scalars(select(m.Member.id).where(m.Member.key == "anna-berg")).one()
        work.session.add(
            m.MemberHours(member_id=anna, position=0, weekday=1, since=dt.time(8), until=dt.time(12))
        )  # fmt: skip
        work.commit()
    told = ["Anna Berg arbetar inte tisdagar efter 12.00", "Bo Ek är borta (semester) 3 mars"]
    assert sentences(desk, "teammote-1") == told
    meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert [one.sentence for one in clashes.clashes_with(desk, meeting=meeting)] == told
    moved = clashes.clashes_if_moved(desk, key="teammote-1", date=DAY, start=dt.time(9), end=dt.time(10))
    assert [one.sentence for one in moved] == told[1:]
    free = clashes.clashes_if_moved(
        desk, key="teammote-1", date=DAY + dt.timedelta(days=1), start=dt.time(9), end=dt.time(10)
    )  # fmt: skip
    assert [one.sentence for one in free] == ["Anna Berg arbetar inte onsdagar"]


def test_that_a_colleague_is_sick_is_told_only_to_who_keeps_her_absences_and_herself(desk: Desk) -> None:
    away(desk, kind="sick")
    whole, part = "Bo Ek är borta (sjuk) 3 mars", "Bo Ek är borta 3 mars"
    for role, member, expected in (
        (Role.MANAGER, None, whole), (Role.SECRETARY, None, whole), (Role.READER, None, part),
        (Role.CARE_STAFF, "gun-holm", part), (Role.CARE_STAFF, "bo-ek", whole),
    ):  # fmt: skip
        assert sentences(seated(desk, role, member=member), "teammote-1") == [expected], role


def test_nobody_is_told_to_be_away_from_a_meeting_that_was_held(desk: Desk) -> None:
    away(desk)
    later = replace(desk, clock=replace(desk.clock, moment=dt.datetime(2026, 3, 4, 9)))  # type: ignore[type-var]  # noqa: DTZ001
    assert sentences(later, "teammote-1") == []


def test_an_occasion_moves_in_one_piece_and_back(desk: Desk) -> None:
    day = dt.date(2026, 4, 20)
    times = {"reflektionsmote": (13, 14), "apt": (14, 15), "kvalitetsmote": (15, 16)}
    for forum, (start, end) in times.items():
        one = Meeting(
            key=forum, unit="solgarden", forum=forum, date=day, start=dt.time(start), end=dt.time(end), occasion="t-1"
        )
        meetings.book_meeting(desk, meeting=one)

    def held() -> list[tuple[int, int, int, int, int]]:
        found = [meetings.get_meeting(desk, key=key).value for key in times]
        return [(one.date.day, one.start.hour, one.start.minute, one.end.hour, one.end.minute) for one in found]

    before = held()
    to = {"date": dt.date(2026, 4, 22), "start": dt.time(9), "end": dt.time(10, 30)}
    move_meeting(desk, key="apt", expected_version=1, **to)  # type: ignore[arg-type]
    assert held() == [(22, 8, 0, 9, 0), (22, 9, 0, 10, 30), (22, 10, 30, 11, 30)]
    back = {"date": day, "start": dt.time(14), "end": dt.time(15)}
    move_meeting(desk, key="apt", expected_version=2, **back)  # type: ignore[arg-type]
    assert held() == before
    with pytest.raises(Refused, match="meeting_times"):
        move_meeting(desk, key="apt", date=day, start=dt.time(22), end=dt.time(23, 30), expected_version=3)
    assert held() == before
