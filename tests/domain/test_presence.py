"""Who is away or does not work then: words for periods and hours, and what is told of why."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.availability import Absence, AbsenceKind
from app.domain.clashes import Booking
from app.domain.presence import Presence, as_told, away_sentence, hours_sentence, not_there, period_words, windows_of
from app.domain.team import Hours

TUESDAY = dt.date(2026, 3, 3)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(TUESDAY, dt.time(hour, minute))


def absence(first: dt.date, last: dt.date, kind: AbsenceKind | None = AbsenceKind.HOLIDAY) -> Absence:
    return Absence(key="a", member="eva", from_=first, to=last, kind=kind)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (dt.date(2026, 7, 1), dt.date(2026, 7, 14), "1–14 juli"),
        (TUESDAY, TUESDAY, "3 mars"),
        (dt.date(2026, 6, 28), dt.date(2026, 7, 3), "28 juni – 3 juli"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "28 december 2026 – 3 januari 2027"),
        (at(9), at(12), "3 mars 09.00–12.00"),
        (at(9), dt.date(2026, 3, 5), "3 mars 09.00 – 5 mars"),
    ],
)
def test_a_period_is_said_as_people_say_it(first: dt.date, last: dt.date, words: str) -> None:
    assert period_words(absence(first, last)) == words


def test_that_somebody_is_sick_is_told_as_away() -> None:
    sick = absence(TUESDAY, TUESDAY, AbsenceKind.SICK)
    assert away_sentence("Eva Lind", sick) == "Eva Lind är borta (sjuk) 3 mars"
    assert away_sentence("Eva Lind", as_told(sick)) == "Eva Lind är borta 3 mars"
    assert as_told(absence(TUESDAY, TUESDAY)).kind is AbsenceKind.HOLIDAY


def hours(*spans: tuple[int, int], weekday: int = 1) -> tuple[Hours, ...]:
    return tuple(Hours(weekday=weekday, from_=dt.time(a), to=dt.time(b)) for a, b in spans)


@pytest.mark.parametrize(
    ("own", "start", "end", "sentence"),
    [
        ((), 13, 14, ""),
        (hours((8, 12)), 9, 10, ""),
        (hours((8, 12), (12, 16)), 11, 13, ""),
        (hours((8, 12)), 13, 14, "Eva arbetar inte tisdagar efter 12.00"),
        (hours((8, 12)), 11, 13, "Eva arbetar inte tisdagar efter 12.00"),
        (hours((13, 22)), 9, 10, "Eva arbetar inte tisdagar före 13.00"),
        (hours((8, 12), weekday=0), 9, 10, "Eva arbetar inte tisdagar"),
        (hours((7, 10), (14, 20)), 11, 12, "Eva arbetar tisdagar 07.00–10.00 och 14.00–20.00"),
    ],
)
def test_hours_are_told_by_what_is_wrong_with_the_time(
    own: tuple[Hours, ...], start: int, end: int, sentence: str
) -> None:
    assert hours_sentence("Eva", own, at(start), at(end)) == sentence


windows = st.lists(st.tuples(st.integers(0, 22), st.integers(1, 6)), max_size=3).map(
    lambda spans: hours(*((start, min(start + length, 23)) for start, length in spans))
)


@given(own=windows, start=st.integers(0, 21), length=st.integers(1, 2))
def test_nothing_is_said_exactly_when_every_hour_is_worked(own: tuple[Hours, ...], start: int, length: int) -> None:
    worked = {hour for one in own for hour in range(one.from_.hour, one.to.hour)}
    inside = not own or set(range(start, start + length)) <= worked
    assert (hours_sentence("Eva", own, at(start), at(start + length)) == "") is inside
    joined = windows_of(own, 1)
    assert all(end < begin for (_, end), (begin, _) in pairwise(joined))


def test_each_person_of_a_meeting_is_told_once_and_the_absence_comes_before_the_hours() -> None:
    meeting = Booking(key="m", start=at(13), end=at(14), who=("eva", "bo"), unit="norr")
    presence = Presence(
        away={"eva": [absence(TUESDAY, TUESDAY)]}, hours={"eva": hours((8, 12)), "bo": hours((8, 12))}
    )  # fmt: skip
    told = [one.sentence for one in not_there(meeting, presence, names={"eva": "Eva", "bo": "Bo"})]
    assert told == ["Eva är borta (semester) 3 mars", "Bo arbetar inte tisdagar efter 12.00"]
