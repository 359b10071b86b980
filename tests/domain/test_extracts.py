"""An extract for one customer says all of hers and not a word about anybody else, whatever was typed where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.customer_words import CustomerWords, Known
from app.domain.extracts import SomebodyElse, decisions_only, extract, nobody
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import (
    Action,
    Addition,
    Assessment,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
    NextMeeting,
)
from app.domain.only_one import HIDDEN as HIDDEN_LINE
from app.domain.people import Outsider

DAY = dt.date(2026, 3, 3)
KEYS = frozenset({"key", "customer", "carried_from", "lifted_to", "item", "repeat", "repeats"})
HERS = Known("A.B.", None, "1101")
OTHERS = (
    Known("C.D.", None, "1102"), Known("Xerxes Kvarnqvist", "Gran 7", "1103"), Known("HA", None, "4"),
    Known("Kund 77", None, "77"),
)  # fmt: skip
NAMING = (
    "C.D. har också ramlat", "Som CD i rummet intill", "cd:s dotter ringde", "grannen i 1102 hörs", "C D", "CDs säng",
    "Xerxes Kvarnqvist frågade", "xerxes kvarnqvist", "Kvarnqvists fru var här", "Xerxes sover sämre",
    "Gran 7 ska flytta",
    "H.A. och AB",
    "HA kommer hem",
    "lgh 4 är tom", "rum 4", "Kund 77 blev orolig", "kund 77:s larm", "1103", "c.d.", "(CD)", "AB/CD", "CD-",
)  # fmt: skip
FREE = (
    "A.B. sover bättre", "AB vill ha fönstret öppet i 1101", "Hon har en plan för morgonen", "Anna Berg ringer dottern",
    "D-vitamin och C-vitamin enligt lista", "Vikt 77 kg, 4 poäng", "<b>fet</b> & {0}",
    "1101 AB:s rollator", "granen i trädgården",
)  # fmt: skip
WORDS = SomebodyElse(HERS, OTHERS, staff=("Anna Berg",))


@pytest.mark.parametrize("text", NAMING)
def test_somebody_else_is_found_however_she_is_written(text: str) -> None:
    assert WORDS.name_somebody(text)


@pytest.mark.parametrize("text", FREE)
def test_what_names_nobody_else_is_left_alone(text: str) -> None:
    assert not WORDS.name_somebody(text)


def test_a_namesake_and_a_flat_that_was_somebody_elses_do_not_hide_what_is_hers() -> None:
    words = SomebodyElse(HERS, (Known("AB", None, "2204"), Known("Förra hyresgästen", None, "1101")))
    assert not words.name_somebody("A.B. i 1101")
    assert words.name_somebody("AB i 2204")


def test_a_colleague_is_not_taken_for_a_customer_who_shares_her_name() -> None:
    words = SomebodyElse(Known("QQ"), (Known("Berg Lund"),), staff=("Anna Berg",))
    assert not words.name_somebody("Anna Berg ringer")
    assert words.name_somebody("Berg ringer")


def filled(made: Any, text: str, **given: Any) -> Any:
    """A value whose every field says `text` or is somebody of that name, whatever fields it has come to have."""
    hints = get_type_hints(made)
    values = {name: _value(wanted, text) for name, wanted in hints.items() if name not in given and name not in KEYS}
    if "key" in hints:
        given.setdefault("key", "k")
    if "customer" in hints:
        given.setdefault("customer", None)
    return made(**values, **given)


def _value(wanted: Any, text: str) -> Any:
    choices = get_args(wanted) or (wanted,)
    if get_origin(wanted) is tuple:
        return (text if choices[0] is str else filled(choices[0], text),)
    kinds = {Outsider: Outsider(text), str: text, dt.datetime: dt.datetime.combine(DAY, dt.time(8)), dt.date: DAY}
    enums = [next(iter(one)) for one in choices if isinstance(one, type) and issubclass(one, Enum)]
    return next((found for kind, found in kinds.items() if kind in choices), next(iter(enums), None))


def point(key: str, customer: str | None, text: str, about: str | None = None) -> Item:
    """A point that says `text` everywhere, with parts that are `about` somebody; parts of nobody are left out."""
    made: Item = filled(Item, text, key=key, customer=customer)
    whose = about or customer
    changes: Any = {}
    for one in fields(made):
        parts = getattr(made, one.name)
        if isinstance(parts, tuple) and hasattr(parts[0], "customer"):
            changes[one.name] = tuple(replace(part, customer=whose) for part in parts if whose)
    return replace(made, **changes)


def meeting(*items: Item, text: str) -> Meeting:
    who = Outsider(text)
    return Meeting(
        key="m", unit="solgarden", forum="teammote", title=text, date=DAY, start=dt.time(13), end=dt.time(14),
        place=text, link=text, status=MeetingStatus.APPROVED, chair=who, secretary="anna", approver=who,
        customers=("hers", "other"), participants=("anna",), items=items, appendices=(text,),
        attendance=(Attendance(name=text, organisation=text, note=text, status=AttendanceStatus.PRESENT),),
        additions=(
            Addition(at=dt.datetime.combine(DAY, dt.time(8)), by=who, text=text),
            *(
                Addition(at=dt.datetime.combine(DAY, dt.time(9)), by=who, text=one.notes or "", item=one.key)
                for one in items
            ),
        ),
        next_meeting=NextMeeting(date=DAY, place=text, customers=("hers", "other")),
    )  # fmt: skip


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in KEYS - {"customer"}:
                yield from texts(getattr(value, one.name))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from texts(inner)


def mixed(between: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Lines, some of which name somebody."""
    return st.lists(st.sampled_from(between) | st.text(max_size=20), min_size=1, max_size=5).map("\n".join)


@settings(max_examples=80)
@given(hers=mixed((*NAMING, *FREE)), elsewhere=mixed((*NAMING, *FREE)))
def test_no_word_about_anybody_else_is_in_the_extract(hers: str, elsewhere: str) -> None:
    marked = f"Hemligt\n{elsewhere}"
    whole = meeting(
        point("p1", None, marked), point("p2", "hers", hers), point("p3", "other", marked),
        point("p4", "hers", hers, about="other"),
        text=marked,
    )  # fmt: skip
    found = extract(whole, customer="hers", others=WORDS)
    said = list(texts(found))
    assert [text for text in said if WORDS.name_somebody(text)] == []
    assert "other" not in said
    standing = (found.place, *(getattr(one, "name", "") for one in (found.chair, found.approver)))
    assert not any("Hemligt" in text for text in said if text not in standing and "Hemligt" not in hers)
    assert [item.key for item in found.items] == ["p2", "p4"]
    under = found.items[1]
    assert [under.actions, under.assessments, under.participation, under.journaled] == [()] * 4


@settings(max_examples=40)
@given(lines=st.lists(st.sampled_from(FREE), min_size=1, max_size=4))
def test_what_is_hers_and_names_nobody_else_is_whole(lines: list[str]) -> None:
    text = "\n".join(lines)
    item = point("p1", "hers", text)
    found = extract(meeting(item, text="Möte"), customer="hers", others=WORDS)
    assert found.items == (item,)
    assert [one.text for one in found.additions] == [text]


def test_a_line_that_names_somebody_is_left_out_and_that_is_said() -> None:
    item = Item(key="p", heading="A.B.", customer="hers", notes="Sover bra.\nC.D. väsnas.\nÄter själv.")
    found = extract(meeting(item, text="Möte"), customer="hers", others=WORDS)
    assert found.items[0].notes == f"Sover bra.\n{HIDDEN_LINE}\nÄter själv."


def test_under_anothers_point_only_what_is_entered_as_hers_is_taken_along() -> None:
    both = replace(
        point("p", "other", "Hemligt"),
        actions=(Action(key="a", text="Ring AB", customer="hers"), Action(key="b", text="Hemligt", customer="other")),
        assessments=(Assessment(customer="hers", instrument="Downton", date=DAY, score=4),),
    )
    (found,) = extract(meeting(both, text="Möte"), customer="hers", others=WORDS).items
    assert (found.heading, found.notes, found.decisions, found.questions) == (HIDDEN, None, (), ())
    assert [one.text for one in found.actions] == ["Ring AB"]
    assert [one.instrument for one in found.assessments] == ["Downton"]
    assert found.participation == ()


@settings(max_examples=40)
@given(typed=mixed(NAMING))
def test_without_customers_neither_their_points_nor_a_text_that_names_one_is_left(typed: str) -> None:
    known = CustomerWords((HERS, *OTHERS))
    free = Item(key="free", heading="Sommaren", notes="Semestern är klar.", decisions=("Listan gäller.",))
    whole = meeting(point("p1", "hers", "Något"), Item(key="p2", heading="Övrigt", notes=typed), free, text=typed)
    found = nobody(whole, known)
    naming = any(known.name_somebody(text) for text in typed.splitlines()) or known.name_somebody(typed)
    assert found.items[2] == free
    assert found.items[0].heading == HIDDEN
    assert (found.items[1].heading == HIDDEN) is naming
    assert found.customers == ()
    assert [text for text in texts(found) if known.name_somebody(text)] == []
    assert len(found.appendices) == 1, "a reference to a numbered appendix still finds its number"


def test_decisions_alone() -> None:
    whole = meeting(point("p1", None, "Anteckning"), Item(key="p2", heading="Utan"), text="Möte")
    found = decisions_only(whole)
    decided = Item(key="p1", heading="Anteckning", kind=ItemKind.STANDING, decisions=("Anteckning",))
    assert found.items == (decided,)
    assert (found.attendance, found.appendices, found.additions, found.next_meeting) == ((), (), (), None)
