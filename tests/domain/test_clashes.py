"""Clashes: the sentences people read, and the sweep held against every pair compared with every other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clashes import Booking, Clash, all_clashes, clashes_of, turned

NAMES = {"eva": "Eva Lind", "bo": "Bo Ek"}
DAY = dt.datetime(2026, 3, 3)  # noqa: DTZ001 - wall-clock time, as meetings have it


def at(
    key: str, start: str, end: str, *who: str, unit: str = "solgarden", room: str | None = None, digital: bool = False,
    words: str = "teammöte på Björken",
) -> Booking:  # fmt: skip
    """A booking of 3 March."""
    first, last = (dt.datetime.combine(DAY, dt.time.fromisoformat(text)) for text in (start, end))
    return Booking(key=key, start=first, end=last, who=who, unit=unit, room=room, digital=digital, words=words)


def told(one: Booking, other: Booking, travel: dict[tuple[str, str], int] | None = None) -> list[str]:
    """What is said of the second to whoever reads the first."""
    return [clash.sentence for clash in clashes_of(one, [one, other], travel or {}, names=NAMES)]


class TestOneMeeting:
    def test_it_says_who_has_what_and_when(self) -> None:
        assert told(at("a", "13:15", "14:00", "eva", "bo"), at("b", "13:00", "13:30", "eva")) == [
            "Eva Lind har teammöte på Björken 13.00–13.30"
        ]

    def test_what_may_not_be_known_is_told_without_detail(self) -> None:
        assert told(at("a", "13:15", "14:00", "eva"), at("b", "13:00", "13:30", "eva", words="")) == [
            "Eva Lind är upptagen 13.00–13.30"
        ]

    def test_a_room_has_one_meeting_at_a_time(self) -> None:
        one, other = at("a", "13:00", "14:00", room="Sal A"), at("b", "13:30", "14:30", room="Sal A")
        assert told(one, other) == ["Sal A har teammöte på Björken 13.30–14.30"]
        assert told(one, replace(other, room="Sal B")) == []

    def test_one_meeting_may_begin_when_the_other_ends(self) -> None:
        assert told(at("a", "13:30", "14:00", "eva"), at("b", "13:00", "13:30", "eva")) == []

    def test_from_unit_to_unit_a_person_needs_her_way(self) -> None:
        here, there = at("a", "13:40", "14:00", "eva"), at("b", "13:00", "13:30", "eva", unit="fyren")
        sentence = "Eva Lind har teammöte på Björken 13.00–13.30, och det är {0} minuters väg emellan"
        assert told(here, there) == [sentence.format(15)]
        assert told(here, there, {("fyren", "solgarden"): 10}) == []
        assert told(here, there, {("solgarden", "fyren"): 20}) == [sentence.format(20)]
        assert told(replace(here, digital=True), there) == []
        assert told(here, replace(there, digital=True)) == []

    def test_overlapping_meetings_say_nothing_of_the_way(self) -> None:
        here, there = at("a", "13:10", "14:00", "eva"), at("b", "13:00", "13:30", "eva", unit="fyren")
        assert told(here, there) == ["Eva Lind har teammöte på Björken 13.00–13.30"]

    def test_a_room_goes_nowhere_and_a_meeting_does_not_clash_with_itself(self) -> None:
        assert told(at("a", "13:40", "14:00", room="Sal A"), at("b", "13:00", "13:30", room="Sal A", unit="x")) == []
        assert told(at("a", "13:00", "14:00", "eva"), at("a", "13:00", "13:30", "eva")) == []


@pytest.mark.parametrize("digital", [False, True])
def test_a_clash_is_told_from_the_other_side_too(digital: bool) -> None:
    one = at("a", "13:00", "13:30", "eva", room="Sal A", digital=digital)
    other = at("b", "13:15", "14:00", "eva", room="Sal A", words="pulsmöte på Linden")
    person, room = all_clashes([other, one], {}, names=NAMES)
    assert (person.first, person.second, person.sentence) == ("a", "b", "Eva Lind har pulsmöte på Linden 13.15–14.00")
    assert room.sentence == "Sal A har pulsmöte på Linden 13.15–14.00"
    back = [turned(clash, {"a": one, "b": other}, {}, names=NAMES) for clash in (person, room)]
    assert back == list(clashes_of(other, [one], {}, names=NAMES))


def test_one_meeting_alone_or_none_clashes_with_nothing() -> None:
    assert all_clashes([], {}) == ()
    assert all_clashes([at("a", "13:00", "13:30", "eva", "eva", room="Sal A")], {}) == ()


UNITS = ("solgarden", "fyren", "linden")
PEOPLE = ("eva", "bo", "siv", "per")


@st.composite
def calendars(draw: st.DrawFn) -> list[Booking]:
    """Meetings of a few people, close to each other, over two days."""
    made = []
    for number in range(draw(st.integers(0, 9))):
        start = DAY + dt.timedelta(minutes=5 * draw(st.integers(0, 30)), days=draw(st.integers(0, 1)))
        made.append(Booking(
            key=f"m{draw(st.integers(0, 99)):02d}-{number}", start=start,
            end=start + dt.timedelta(minutes=5 * draw(st.integers(1, 12))),
            who=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=3))),
            room=draw(st.sampled_from([None, "Sal A", "Sal B"])), unit=draw(st.sampled_from(UNITS)),
            digital=draw(st.booleans()), words=draw(st.sampled_from(["", "apt på Fyren"])),
        ))  # fmt: skip
    return made


PAIRS = st.sampled_from([(one, other) for one in UNITS for other in UNITS if one != other])


@given(calendars(), st.dictionaries(PAIRS, st.integers(0, 40)))
def test_the_sweep_finds_what_every_pair_compared_finds(
    bookings: list[Booking], travel: dict[tuple[str, str], int]
) -> None:
    plain: list[Clash] = []
    for one, other in combinations(sorted(bookings, key=lambda booking: (booking.start, booking.key)), 2):
        plain += clashes_of(one, [other], travel, names=NAMES)
    found = all_clashes(bookings, travel, names=NAMES)
    assert sorted(found, key=repr) == sorted(plain, key=repr)
    assert found == all_clashes(reversed(bookings), travel, names=NAMES)
    by_key = {booking.key: booking for booking in bookings}
    told_back = [turned(clash, by_key, travel, names=NAMES) for clash in found]
    assert all(clash in clashes_of(by_key[clash.first], bookings, travel, names=NAMES) for clash in told_back)


@given(calendars(), st.dictionaries(PAIRS, st.integers(0, 40)))
def test_a_clash_is_two_meetings_too_near_for_one_person_or_room(
    bookings: list[Booking], travel: dict[tuple[str, str], int]
) -> None:
    expected = set()
    for one, other in combinations(bookings, 2):
        known = [travel[pair] for pair in ((one.unit, other.unit), (other.unit, one.unit)) if pair in travel]
        apart = one.unit == other.unit or one.digital or other.digital
        between = dt.timedelta(minutes=0 if apart else max(known, default=15))
        for person in set(one.who) & set(other.who):
            if max(one.start, other.start) - min(one.end, other.end) < between:
                expected.add((frozenset({one.key, other.key}), person))
        if one.room and one.room == other.room and max(one.start, other.start) < min(one.end, other.end):
            expected.add((frozenset({one.key, other.key}), one.room))
    found = [(frozenset({clash.first, clash.second}), clash.who_or_room) for clash in all_clashes(bookings, travel)]
    assert len(found) == len(set(found))
    assert set(found) == expected
