"""The time of a meeting under way, whose turn it is, who was out when, and what another customer may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.comings import (
    absence_words,
    came,
    comes_back,
    goes_out,
    left,
    out_of,
    points_without,
    points_words,
    without,
)
from app.domain.meetings import Attendance, AttendanceStatus, Item, ItemAbsence, ItemKind
from app.domain.only_one import HIDDEN, Others
from app.domain.pace import Pace, around_the_table, from_text, goes_round, to_text
from tests.support import team_meeting

START = dt.datetime.combine(dt.date(2026, 3, 3), dt.time(13))
PEOPLE = ("anna-berg", "bo-ek", "Karin Ek")


def begun() -> Pace:
    return Pace(meeting="m", began=START, since=START)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 900)), max_size=12))
def test_every_second_of_the_meeting_belongs_to_one_point(steps: list[tuple[str, int]]) -> None:
    pace, now = begun().at("a", START), START
    for item, seconds in steps:
        pace = from_text(to_text(pace)) or begun()  # the program was left and came back
        now += dt.timedelta(seconds=seconds)
        pace = pace.at(item, now)
    whole = sum(pace.seconds(item, now) for item in ("a", "b", "c"))
    assert whole == (now - START).total_seconds()
    assert pace.minutes(now) == whole // 60


def test_what_another_version_kept_is_no_crash() -> None:
    for text in ("", "{}", "[]", '{"meeting": 1}', "x", "null"):
        assert from_text(text) is None


@given(st.lists(st.sampled_from(["next", "back", *PEOPLE]), max_size=15))
def test_everybody_has_the_word_once_and_one_at_a_time(gestures: list[str]) -> None:
    pace = begun()
    for one in gestures:
        if one == "next":
            pace = pace.next_speaker("a", PEOPLE)
        elif one == "back":
            pace = pace.back("a")
        else:
            pace = pace.give_word("a", one)
        spoken = pace.spoken.get("a", ())
        assert len(set(spoken)) == len(spoken)
        assert not pace.has_spoken("a", pace.speaker("a") or "nobody")
    for _ in range(len(PEOPLE) + 1):
        pace = pace.next_speaker("a", PEOPLE)
    assert all(pace.has_spoken("a", one) for one in PEOPLE)
    assert pace.speaker("a") == ""
    assert pace.next_speaker("a", PEOPLE) == pace


def test_the_word_goes_round_where_the_routine_says_so() -> None:
    meeting = team_meeting()
    assert [goes_round(meeting, item) for item in meeting.items] == [False, True, True, False]
    reflection = replace(meeting, forum="reflektionsmote")
    lap = Item(key="x", heading="Laget runt", kind=ItemKind.STANDING)
    assert goes_round(reflection, lap)
    assert not goes_round(meeting, lap)
    assert not goes_round(replace(meeting, forum="apt"), meeting.items[1])


def test_those_who_are_here_are_asked_else_those_called() -> None:
    meeting = team_meeting()
    assert around_the_table(meeting) == ("eva-chef", "anna-berg", "bo-ek")
    ill = Attendance(member="bo-ek", status=AttendanceStatus.EXCUSED)
    assert around_the_table(replace(meeting, attendance=(ill,))) == ("eva-chef", "anna-berg")
    here = (Attendance(member="anna-berg", status=AttendanceStatus.PRESENT),
            Attendance(name="Karin Ek", status=AttendanceStatus.PRESENT), ill)  # fmt: skip
    assert around_the_table(replace(meeting, attendance=here)) == ("anna-berg", "Karin Ek")


def test_comings_and_leavings_have_their_minute() -> None:
    one = Attendance(member="bo-ek", status=AttendanceStatus.ABSENT)
    late = came(one, dt.time(13, 5))
    assert (late.status, late.from_, late.to) == (AttendanceStatus.PRESENT, dt.time(13, 5), None)
    assert left(late, dt.time(13, 25)).to == dt.time(13, 25)


_TIMES = st.times(max_value=dt.time(23, 58)).map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.tuples(st.sampled_from(["bo-ek", "anna-berg"]), _TIMES, _TIMES), max_size=5), st.booleans())
def test_who_was_out_of_a_point_stands_on_it_and_comes_back_by_the_minute(
    rows: list[tuple[str, dt.time, dt.time]], begun: bool
) -> None:
    item = Item(key="punkt-1", heading="Nycklar", notes="Sagt" if begun else None)
    for person, from_, to in rows:
        item = goes_out(item, person, at=from_)
        assert out_of(item) == (person,)
        assert goes_out(item, person, at=to) == item, "she is out already"
        item = comes_back(item, person, at=to)
        assert out_of(item) == ()
    found = [(one.person, one.from_, one.to) for one in item.absences]
    assert found == [(person, from_ if begun else None, to) for person, from_, to in rows]
    assert comes_back(item, "bo-ek", at=dt.time(12)) == item
    assert all(one not in without(item, one).absences for one in item.absences)


@pytest.mark.parametrize(
    ("from_", "to", "reason", "said"),
    [
        (None, None, "jäv", "Anna Berg deltog inte i punkten (jäv)"),
        (dt.time(13, 5), None, "jäv", "Anna Berg deltog inte i punkten från 13.05 (jäv)"),
        (None, dt.time(13, 12), None, "Anna Berg deltog inte i punkten före 13.12"),
        (dt.time(13, 5), dt.time(13, 12), "telefon", "Anna Berg deltog inte i punkten 13.05–13.12 (telefon)"),
    ],
)
def test_the_minutes_say_who_took_no_part(
    from_: dt.time | None, to: dt.time | None, reason: str | None, said: str
) -> None:
    assert absence_words(ItemAbsence(person="anna-berg", from_=from_, to=to, reason=reason), "Anna Berg") == said


def test_the_attendance_says_which_points_she_missed() -> None:
    missed = ItemAbsence(person="bo-ek")
    items = [Item(key=f"punkt-{n}", heading="x", absences=(missed,) if n in (1, 3, 4) else ()) for n in range(1, 5)]
    assert points_words(points_without(items, "bo-ek")) == "utom § 1, § 3 och § 4"
    assert points_words(points_without(items[:2], "bo-ek")) == "utom § 1"
    assert points_words(points_without(items, "anna-berg")) == ""


LABELS = {"own": "1101 AB", "other": "1102 CD", "same": "1103 AB", "coded": "Gran 7", "named": "Karl"}


def test_a_line_that_names_somebody_else_is_left_out() -> None:
    others = Others(LABELS, own="own")
    assert not others.named_in("1101 AB sover bättre. Hen har ont, cd-spelaren ska lagas.")
    for text in ("Grannen 1102 stör", "CD ropar", "CDs dörr", "som karl sa", "Karls rum", "se Gran 7", "1103"):
        assert others.named_in(text), text
    assert others.cleared("AB mår bra.\\nCD ropar.\\nSlut.".replace("\\n", "\n")) == f"AB mår bra.\n{HIDDEN}\nSlut."


@given(st.sampled_from(sorted(LABELS)), st.text(max_size=20), st.text(max_size=20))
def test_no_label_of_another_is_left(key: str, before: str, after: str) -> None:
    if key == "own":
        return
    text = f"{before} {LABELS[key]} {after}".replace("\r", " ")
    cleared = Others(LABELS, own="own").cleared(text)
    assert LABELS[key] not in cleared
