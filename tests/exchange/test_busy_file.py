"""Busy times out of calendar files: right on the Swedish clock, without titles, and never in the way of anybody."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.busy import BusyFile, absence_of
from app.domain.calls import uid_of
from app.domain.errors import KnownError, Refused
from app.exchange.busy_file import LARGEST_CALENDAR, read_busy
from app.exchange.busy_rules import is_usual

FIRST, LAST = dt.date(2027, 1, 1), dt.date(2027, 12, 31)


def event(*lines: str, uid: str = "a@b", summary: str = "Tandläkare kanarie") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *events, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> BusyFile:
    return read_busy(calendar(*events), first=FIRST, last=LAST)


def times(found: BusyFile) -> list[str]:
    return [f"{one.from_:%m-%d %H:%M}–{one.to:%H:%M}" for one in found.times]


DAILY = ("DTSTART:19900101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")
SWEDISH = ("DTSTART;TZID=Europe/Stockholm:20270322T090000", "DTEND;TZID=Europe/Stockholm:20270322T100000")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("DTSTART;TZID=Europe/Stockholm:20270329T090000", "DTEND;TZID=Europe/Stockholm:20270329T100000", "09:00–10:00"),
        ("DTSTART:20270329T070000Z", "DTEND:20270329T080000Z", "09:00–10:00"),
        ("DTSTART:20270329T090000", "DURATION:PT1H", "09:00–10:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20270329T090000", "DURATION:PT1H", "09:00–10:00"),
        ('DTSTART;TZID="/citadel.org/20190914_1/America/New_York":20270329T030000', "DURATION:PT1H", "09:00–10:00"),
        ("DTSTART;TZID=Påhittad tid:20270329T090000", "DURATION:PT1H", "09:00–10:00"),
        ("DTSTART:20270329T070020Z", "DTEND:20270329T075940Z", "09:00–10:00"),
    ],
)
def test_a_time_is_read_on_the_swedish_clock(start: str, end: str, expected: str) -> None:
    found = read(event(start, end))
    assert times(found) == [f"03-29 {expected}"]
    assert found.unknown_zones == (("Påhittad tid",) if "Påhittad" in start else ())
    assert "kanarie" not in repr(found)


def test_nine_is_nine_over_the_change_of_clocks_and_exceptions_hold() -> None:
    found = read(
        event(*SWEDISH, "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Stockholm:20270405T090000"),
        event(
            "RECURRENCE-ID;TZID=Europe/Stockholm:20270412T090000", "DTSTART;TZID=Europe/Stockholm:20270413T140000",
            "DTEND;TZID=Europe/Stockholm:20270413T150000",
        ),
        event(
            "RECURRENCE-ID;TZID=Europe/Stockholm:20270419T090000", "STATUS:CANCELLED",
            "DTSTART;TZID=Europe/Stockholm:20270419T090000", "DTEND;TZID=Europe/Stockholm:20270419T100000",
        ),
    )  # fmt: skip
    assert times(found) == ["03-22 09:00–10:00", "03-29 09:00–10:00", "04-13 14:00–15:00"]
    assert found.free == 1


@pytest.mark.parametrize("until", ["20270405T070000Z", "20270405T090000", "20270405"])
def test_a_series_ends_when_it_says(until: str) -> None:
    found = read(event(*SWEDISH, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))
    assert len(found.times) in (2, 3)
    assert found.unread == 0


def test_whole_days_are_both_inclusive_and_night_work_ends_the_next_day() -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20270712", "DTEND;VALUE=DATE:20270717"),
        event("DTSTART;VALUE=DATE:20270801", uid="en dag"),
        event("DTSTART;TZID=Europe/Stockholm:20271030T220000", "DTEND;TZID=Europe/Stockholm:20271031T060000", uid="n"),
    )
    assert [(one.from_, one.to) for one in found.times[:2]] == [
        (dt.date(2027, 7, 12), dt.date(2027, 7, 16)), (dt.date(2027, 8, 1), dt.date(2027, 8, 1)),
    ]  # fmt: skip
    assert times(found)[2] == "10-30 22:00–06:00"


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT", "STATUS:CANCELLED", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
    ],
)  # fmt: skip
def test_what_takes_no_time_is_left_out_and_counted(line: str) -> None:
    found = read(event(*SWEDISH, line), event(*SWEDISH, "X-MICROSOFT-CDO-BUSYSTATUS:OOF", uid="borta"))
    assert (len(found.times), found.free) == (1, 1)


def test_our_own_meetings_are_no_absence() -> None:
    found = read(event(*SWEDISH, uid=uid_of(unit="solgarden", meeting="apt")))
    assert (found.times, found.ours) == ((), 1)


def test_the_same_file_gives_the_same_keys_and_another_member_others() -> None:
    first, again = (read(event(*SWEDISH, "RRULE:FREQ=DAILY;COUNT=4")) for _ in range(2))
    keys = [absence_of(one, member="bo-ek").key for one in first.times]
    assert keys == [absence_of(one, member="bo-ek").key for one in again.times]
    assert len(set(keys) | {absence_of(one, member="gun-holm").key for one in first.times}) == 8
    assert all(key.isascii() and not any(sign.isdigit() for sign in key) for key in keys)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO",
        "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=5;BYDAY=1SA", "FREQ=YEARLY",
    ],
)  # fmt: skip
def test_the_rules_of_calendar_programs_are_read(rule: str) -> None:
    assert is_usual(rule)
    assert is_usual(f"{rule};COUNT=10")
    assert is_usual(f"{rule};UNTIL=20271231T235959Z")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYSECOND=1", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYMONTH=2",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;FREQ=DAILY", "COUNT=3", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "", ";;;",
        "FREQ=DAILY;UNTIL=igår", "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2FR", "FREQ=YEARLY;BYWEEKNO=54",
    ],
)  # fmt: skip
def test_a_rule_that_may_never_come_to_a_day_is_not_followed(rule: str) -> None:
    assert not is_usual(rule)
    found = read(event(*SWEDISH, f"RRULE:{rule}"), event(*SWEDISH, uid="hel"))
    assert (len(found.times), found.unread) == (1, 1)


@pytest.mark.parametrize(
    "broken",
    [
        ("DTSTART:igår",), ("DTSTART:20271332T990000Z",), ("DTEND:20270329T090000Z",), ("DTSTART",),
        ("DTSTART:20270329T090000Z", "DTSTART:20270330T090000Z"),
        ("DTSTART:20270329T090000Z", "DURATION:P99999999999W"),
        ("DTSTART;TZID=../../etc/passwd:20270329T090000", "DTEND:20260101T000000Z"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_read_harms_no_other(broken: tuple[str, ...]) -> None:
    found = read(event(*broken, uid="trasig"), event(*SWEDISH, uid="hel"))
    assert [one for one in times(found) if one.startswith("03-22")] == ["03-22 09:00–10:00"]


def test_a_time_zone_of_the_files_own_is_never_worked_out() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+1100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    began = time.perf_counter()
    assert times(read(zone, event(*SWEDISH))) == ["03-22 09:00–10:00"]
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "busy_no_calendar"), (b"PK\x03\x04", "busy_no_calendar"),
        ("Schema för vår".encode("cp1252"), "busy_no_calendar"),
        (b"x" * (LARGEST_CALENDAR + 1), "busy_too_large"),
        (calendar(event(*SWEDISH) * 20_001), "busy_too_many"),
        (calendar(*(event(*DAILY, uid=str(n)) for n in range(40))), "busy_too_many"),
    ],
    ids=["empty", "zip", "text", "large", "events", "repetitions"],
)  # fmt: skip
def test_what_is_no_calendar_or_too_much_is_refused_in_words(data: bytes, code: str) -> None:
    began = time.perf_counter()
    with pytest.raises(Refused, match=code):
        read_busy(data, first=FIRST, last=LAST)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_whatever_coding_and_with_folded_lines(coding: str) -> None:
    text = calendar(event("DTSTART;TZID=Europe/\r\n Stockholm:2027032\r\n\t2T090000", "DURATION:PT1H")).decode()
    assert times(read_busy(text.encode(coding), first=FIRST, last=LAST)) == ["03-22 09:00–10:00"]


_WORDS = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "UID:a", "UID:",
    "DTSTART:20270301T090000Z", "DTSTART;VALUE=DATE:20270301", "DTSTART;TZID=Europe/Stockholm:20270328T023000",
    "DTEND:20270301T100000Z", "DTEND;VALUE=DATE:20270101", "DURATION:-PT1H", "DURATION:P1D", "RRULE:FREQ=WEEKLY",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "RDATE:20270305T090000Z", "RDATE;VALUE=PERIOD:20270305T090000Z/PT2H",
    "EXDATE:20270308T090000Z", "RECURRENCE-ID:20270308T090000Z", "RECURRENCE-ID;VALUE=DATE:20270308", "SEQUENCE:x",
    "DTSTART:99991231T235959Z", "DTSTART:00010101T000000", "STATUS:CANCELLED", "TRANSP:OPAQUE", " DTSTART", "\x00",
    ";:",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(
    st.lists(_WORDS | st.text(max_size=20), max_size=25).map(lambda some: "\r\n".join(["BEGIN:VCALENDAR", *some])),
    st.text(max_size=200),
))  # fmt: skip
def test_no_lines_whatever_raise_anything_but_a_known_error(text: str) -> None:
    for data in (text.encode("utf-8", "surrogatepass"), f"BEGIN:VCALENDAR\r\n{text}".encode("utf-16", "surrogatepass")):
        try:
            found = read_busy(data, first=FIRST, last=LAST)
        except KnownError:
            continue
        assert all(one.from_ <= one.to for one in found.times)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_mutated_file_raises_anything_but_a_known_error(data: st.DataObject) -> None:
    whole = bytearray(
        calendar(event(*SWEDISH, "RRULE:FREQ=WEEKLY;COUNT=5"), event("DTSTART;VALUE=DATE:20270712", uid="b"))
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    try:
        found = read_busy(bytes(whole), first=FIRST, last=LAST)
    except KnownError:
        return
    assert len(found.times) <= 400


def test_ten_years_of_a_full_calendar_are_read_while_one_waits(tmp_path: Path) -> None:
    days = [dt.date(2018, 1, 1) + dt.timedelta(days=n) for n in range(3650)]
    singles = [event(f"DTSTART:{day:%Y%m%d}T090000Z", "DURATION:PT1H", uid=f"e{day}") for day in days]
    series = [
        event(f"DTSTART:2020010{n}T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", uid=f"s{n}") for n in range(1, 9)
    ]
    began = time.perf_counter()
    found = read(*singles, *series)
    assert len(found.times) > 700
    assert time.perf_counter() - began < 8
