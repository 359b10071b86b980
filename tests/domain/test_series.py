"""Series: RRULE days near and far, holidays displaced, exceptions, moves, pauses."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import Interval
from app.domain.errors import Refused
from app.domain.holidays import holiday_names
from app.domain.series import Move, Pause, Series, check_rule, days_of, expand, in_words, rule_of

DAY = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
INTERVALS = st.builds(
    Interval, frequency=st.sampled_from(["daily", "weekly", "monthly"]), every=st.sampled_from([1, 2, 3, 6])
)


def series(rule: str = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", **more: object) -> Series:
    given_: dict[str, object] = {
        "key": "s", "unit": "solgarden", "forum": "teammote", "rrule": rule, "first": dt.date(2026, 1, 13),
        "start": dt.time(13), "end": dt.time(13, 30), **more,
    }  # fmt: skip
    return Series(**given_)  # type: ignore[arg-type]


def days(found: Series, first: dt.date, last: dt.date, *, red_days: bool = False) -> list[dt.date]:
    free = {day: name for year in range(first.year, last.year + 2) for day, name in holiday_names(year).items()}
    return [one.date for one in expand(found, first=first, last=last, free=free, red_days=red_days)]


@given(interval=INTERVALS, first=DAY, on=DAY, length=st.integers(0, 400))
def test_days_near_are_those_counted_from_the_beginning(
    interval: Interval, first: dt.date, on: dt.date, length: int
) -> None:
    """The rule is asked from near the days wanted; leap years and turns of the clock change nothing."""
    one = series(rule_of(interval, on=first), first=first)
    last = on + dt.timedelta(days=length)
    whole = rrulestr(one.rrule, dtstart=dt.datetime.combine(first, dt.time(13)))
    wanted = whole.between(dt.datetime.combine(on, dt.time()), dt.datetime.combine(last, dt.time(23, 59)), inc=True)
    assert days_of(one, first=on, last=last) == [(moment.date(), moment.time()) for moment in wanted]


def test_a_meeting_at_nine_is_at_nine_in_summer_and_in_winter() -> None:
    one = series("FREQ=DAILY", start=dt.time(9), end=dt.time(9, 5), first=dt.date(2026, 3, 27))
    found = expand(one, first=dt.date(2026, 3, 27), last=dt.date(2026, 4, 2), free={}, red_days=True)
    assert [(moment.date.day, moment.start) for moment in found][1:4] == [
        (28, dt.time(9)), (29, dt.time(9)), (30, dt.time(9)),
    ]  # fmt: skip


def test_a_holiday_displaces_to_the_next_working_day_and_says_which() -> None:
    one = series("FREQ=WEEKLY;BYDAY=TH", first=dt.date(2026, 5, 7))
    free = holiday_names(2026)
    found = expand(one, first=dt.date(2026, 5, 14), last=dt.date(2026, 5, 14), free=free, red_days=False)
    assert [(moment.was, moment.date, moment.reason) for moment in found] == [
        (dt.date(2026, 5, 14), dt.date(2026, 5, 15), "Kristi himmelsfärdsdag")
    ]


def test_daily_forums_rest_on_red_days_but_not_where_care_goes_on_round_the_clock() -> None:
    one = series("FREQ=DAILY", first=dt.date(2026, 1, 1), start=dt.time(9), end=dt.time(9, 5))
    christmas = dt.date(2026, 12, 24), dt.date(2026, 12, 28)
    assert days(one, *christmas) == [dt.date(2026, 12, 28)]
    assert len(days(one, *christmas, red_days=True)) == 5


def test_exceptions_moves_and_pauses() -> None:
    one = series(
        exdates=(dt.date(2026, 1, 27),), moved=(Move(was=dt.date(2026, 2, 10), date=dt.date(2026, 2, 11)),),
        pauses=(Pause(from_=dt.date(2026, 2, 20), to=dt.date(2026, 3, 1), reason="Sportlov"),),
    )  # fmt: skip
    assert days(one, dt.date(2026, 1, 1), dt.date(2026, 3, 15)) == [
        dt.date(2026, 1, 13), dt.date(2026, 2, 11), dt.date(2026, 3, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rule", ["", "BYDAY=TU", "FREQ=SOMETIMES", "FREQ=HOURLY", "DTSTART:20260101\nFREQ=DAILY", "FREQ=WEEKLY;BYDAY=XX"]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match="rule_unreadable"):
        check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "varannan tisdag 13.00"),
        ("FREQ=MONTHLY;BYDAY=2TH", "2:a torsdagen i månaden 13.00"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "sista fredagen i månaden 13.00"),
        ("FREQ=DAILY", "varje dag 13.00"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "vardagar 13.00"),
    ],
)
def test_a_rule_in_words(rule: str, words: str) -> None:
    check_rule(rule)
    assert in_words(series(rule)) == words
