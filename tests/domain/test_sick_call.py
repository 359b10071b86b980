"""The sick call: nobody is proposed who cannot come, and a profession is lost exactly when nobody else brings it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.availability import Absence
from app.domain.catalogue import Forum, Setting
from app.domain.clashes import Booking
from app.domain.presence import Presence
from app.domain.regrets import lost_needs
from app.domain.sick_call import SEARCHED_DAYS, Staff, another_time
from app.domain.team import Hours, Member
from tests.support import surroundings

DAY = dt.date(2026, 3, 3)
LISTS = surroundings()
PROFESSIONS = ("Sjuksköterska", "Fysioterapeut", "Undersköterska", "Vårdbiträde", "Handläggare", "Dietist")
CARE = {"Undersköterska", "Vårdbiträde"}


def forum(key: str = "teammote", setting: Setting = Setting.ORDINART_BOENDE) -> Forum:
    found = LISTS.catalogue.forum(setting, key)
    assert found is not None
    return found


def at(hour: int, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour))


def member(key: str, profession: str, unit: str = "a", **more: object) -> Member:
    return Member(key=key, name=key.title(), profession=profession, units=(unit,), **more)  # type: ignore[arg-type]


people = st.lists(st.sampled_from(PROFESSIONS), min_size=1, max_size=6).map(
    lambda found: [member(f"m{n}", profession) for n, profession in enumerate(found)]
)


@given(missing=people, coming=people)
def test_a_required_profession_is_lost_exactly_when_nobody_who_comes_has_it(
    missing: list[Member], coming: list[Member]
) -> None:
    lost = lost_needs(forum(), missing=missing, coming=coming, professions=LISTS.professions)

    def kind(one: Member) -> str:
        return "omvårdnadspersonal" if one.profession in CARE else one.profession.lower()

    # the teammöte of ordinärt boende asks for all licensed staff, the fast omsorgskontakt and the handläggare
    assert set(lost) == {kind(one) for one in missing} - {kind(one) for one in coming}


def test_who_takes_part_only_when_needed_is_not_missed() -> None:
    aps = forum("reflektionsmote")  # licensed staff v.b.
    assert lost_needs(aps, missing=[member("s", "Sjuksköterska")], coming=[], professions=LISTS.professions) == ()


hours = st.integers(7, 17)
spans = st.tuples(hours, hours).map(lambda pair: (min(pair), max(pair) + 1))
units = st.sampled_from(["a", "b"])


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Member], Presence, list[Booking]]:
    """A unit's people, when they are away and at work, and what else they do that day."""
    there = [
        member(f"m{n}", draw(st.sampled_from(PROFESSIONS[:3])), draw(units)) for n in range(draw(st.integers(1, 6)))
    ]
    away, works, others = {}, {}, []
    for one in there:
        if draw(st.booleans()):
            start, end = draw(spans)
            away[one.key] = (Absence(key="x", member=one.key, from_=at(start), to=at(end)),)
        if draw(st.booleans()):
            start, end = draw(spans)
            works[one.key] = (Hours(weekday=DAY.weekday(), from_=dt.time(start), to=dt.time(end)),)
        if draw(st.booleans()):
            start, end = draw(spans)
            others.append(Booking(key=f"b-{one.key}", start=at(start), end=at(end), who=(one.key,), unit=draw(units)))
    return there, Presence(away=away, hours=works), others


@given(found=days(), start=st.integers(8, 16))
def test_nobody_is_proposed_who_is_away_off_duty_busy_or_too_far_away(
    found: tuple[list[Member], Presence, list[Booking]], start: int
) -> None:
    there, presence, others = found
    sick = member("sick", "Sjuksköterska")
    meeting = Booking(key="m", start=at(start), end=at(start + 1), who=("sick", there[0].key), unit="a")
    staff = Staff(members=[sick, *there], presence=presence, others=others, travel={}, professions=LISTS.professions)
    proposed = staff.stand_ins(sick, meeting, forum=forum(), ward=None, substitutes={})
    travel = dt.timedelta(minutes=15)
    for one in there:
        own = [other for other in others if one.key in other.who]
        gap = [dt.timedelta(0) if other.unit == "a" else travel for other in own]
        busy = any(o.start < meeting.end + g and meeting.start < o.end + g for o, g in zip(own, gap, strict=True))
        able = one.profession == "Sjuksköterska" and one.key not in meeting.who
        free = presence.works(one.key, meeting.start, meeting.end) and not busy
        assert (one.key in {two.key for two in proposed}) is (able and free)


@given(found=days(), start=st.integers(8, 16))
def test_another_time_suits_everybody_who_is_to_come(
    found: tuple[list[Member], Presence, list[Booking]], start: int
) -> None:
    there, presence, others = found
    who = tuple(one.key for one in there)
    meeting = Booking(key="m", start=at(start), end=at(start + 1), who=who, unit="a", room="rummet")
    taken = [Booking(key=f"r{n}", start=at(8, DAY + dt.timedelta(days=n)), end=at(12, DAY + dt.timedelta(days=n)),
                     room="rummet", unit="a") for n in range(1, 8)]  # fmt: skip
    holiday = DAY + dt.timedelta(days=1)
    moved = another_time(meeting, who=who, presence=presence, others=[*others, *taken], travel={}, free_days={holiday})
    if moved is None:
        weekdays = {one.weekday for hours in presence.hours.values() for one in hours}
        assert weekdays, "everybody who has no hours is free some time in three weeks"
        return
    assert DAY < moved.date() <= DAY + dt.timedelta(days=SEARCHED_DAYS)
    assert moved.weekday() < 5
    assert moved.date() != holiday
    end = moved + dt.timedelta(hours=1)
    assert all(presence.works(one, moved, end) for one in who)
    assert not any(one.start < end and moved < one.end for one in taken)


def test_the_nearest_stand_in_comes_first_and_night_staff_sleep() -> None:
    sick = member("sick", "Undersköterska", wards=("norr",))
    there = [
        member("far", "Undersköterska", "b"), member("unit", "Vårdbiträde"),
        member("ward", "Undersköterska", wards=("norr",)),
        member("named", "Undersköterska"), member("night", "Undersköterska", night=True),
        member("gone", "Undersköterska", to=DAY - dt.timedelta(days=1)),
    ]  # fmt: skip
    meeting = Booking(key="m", start=at(13), end=at(14), who=("sick",), unit="a")
    staff = Staff(members=there, presence=Presence(), others=(), travel={}, professions=LISTS.professions)
    proposed = staff.stand_ins(
        sick, meeting, forum=forum("apt"), ward="norr", substitutes={"named": "Norr"}
    )  # fmt: skip
    assert [(one.key, one.why) for one in proposed] == [
        ("named", "ersättare på Norr"), ("ward", "samma avdelning"), ("unit", "samma enhet"), ("far", "annan enhet"),
    ]  # fmt: skip
