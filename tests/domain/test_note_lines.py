"""Lines of a note that begin with `/`: what is understood, what is asked again, and what they may be completed with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.completing import Words, offers
from app.domain.errors import Refused
from app.domain.meetings import Item
from app.domain.named import People, take_person
from app.domain.note_lines import LIFTS, Known, Line, is_command, read_line, with_line
from app.domain.people import Outsider, Person
from app.domain.swedish import short_date
from app.domain.wording import wording
from tests.support import TODAY

PEOPLE = People(
    names={
        "anna-berg": "Anna Berg", "anna-dahl": "Anna Dahl", "bo-ek": "Bo Ek", "dan-falk": "Dan Falk",
        "gun-holm": "Gun-Britt Holm", "ove-ek": "Ove Ek",
    },
    called=("bo-ek", "anna-berg"), team=("dan-falk", "gun-holm", "anna-dahl"),
)  # fmt: skip
KNOWN = Known(people=PEOPLE, customers={"kund-1": "1101 AB", "kund-2": "1102 CD"}, today=TODAY)


def read(text: str) -> Line:
    return read_line(text, known=KNOWN)


@pytest.mark.parametrize(
    ("line", "text", "person", "due"),
    [
        ("/åtgärd @anna fredag ring vårdcentralen", "Ring vårdcentralen", "anna-berg", "2026-03-06"),
        ("/å Ring vårdcentralen @Bo Ek om två veckor", "Ring vårdcentralen", "bo-ek", "2026-03-16"),
        ("/åtgärd @bo fre 4 dec, skriv planen", "Skriv planen", "bo-ek", "2026-12-04"),
        ("/atgard @gun boka rum v 12", "Boka rum", "gun-holm", "2026-03-20"),
        ("/åtgärd @dan senast 3/3 att ringa anhöriga", "Ringa anhöriga", "dan-falk", "2026-03-03"),
        ("/åtgärd ring måndag, senast torsdag", "Ring måndag", None, "2026-03-05"),
        ("/åtgärd @vikarie ge 1/2 tablett sista mars", "Ge 1/2 tablett", Outsider("vikarie"), "2026-03-31"),
        ("/åtgärd @Karin Ek Fredag: beställ nycklar", "Beställ nycklar", Outsider("Karin Ek"), "2026-03-06"),
        ("/åtgärd @bo ring kl 9.10 i morgon", "Ring kl 9.10", "bo-ek", "2026-03-03"),
        ("/åtgärd följ upp samtalet i går @bo nästa torsdag", "Följ upp samtalet i går", "bo-ek", "2026-03-12"),
        ("/åtgärd skriv planen", "Skriv planen", None, None),
    ],
)
def test_an_action_is_read_with_who_and_when(line: str, text: str, person: Person | None, due: str | None) -> None:
    found = read(line)
    assert (found.text, found.person) == (text, person)
    assert found.due == (dt.date.fromisoformat(due) if due else None)


def test_a_customer_who_is_named_is_the_actions() -> None:
    assert read("/åtgärd @bo visa 1102 CD rummet").customer == "kund-2"
    assert read("/åtgärd @bo visa 1101 AB och 1102 CD rummet").customer is None
    own = with_line(
        Item(key="p", heading="1102 CD", customer="kund-2"), read("/åtgärd visa 1102 CD rummet"), notes=None,
        action_key="a",
    )  # fmt: skip
    assert own.actions[0].customer is None


@pytest.mark.parametrize(
    ("line", "code", "part"),
    [
        ("/hej du", "line_command", "/hej"),
        ("/åtgärd", "line_empty", "/åtgärd"),
        ("/åtgärd @bo fredag", "line_empty", "/åtgärd"),
        ("/beslut  ", "line_empty", "/beslut"),
        ("/åtgärd @ann ring", "line_person", "Anna Dahl"),
        ("/åtgärd ring måndag och torsdag", "line_days", "måndag, torsdag"),
        ("/åtgärd @bo fre 5 dec skriv planen", "line_days", "5 dec"),
        ("/åtgärd ring senast 31/2", "line_date", "31/2"),
        ("/åtgärd ring senast snart", "line_date", "snart"),
        ("/lyft", "line_lift", "forum"),
        ("/lyft någonstans", "line_lift", "forum"),
    ],
)
def test_what_is_unclear_is_said_in_words(line: str, code: str, part: str) -> None:
    known = Known(people=People(names=PEOPLE.names, team=("anna-berg", "anna-dahl")), today=TODAY)
    with pytest.raises(Refused) as refused:
        read_line(line, known=known)
    assert refused.value.code == code
    assert part in wording(refused.value)
    assert "Raden är kvar" in wording(refused.value)


def test_a_question_may_say_who_is_to_answer() -> None:
    found = read("/fråga till @anna vem tar nyckeln?")
    assert (found.text, found.person) == ("Vem tar nyckeln?", "anna-berg")
    item = with_line(Item(key="p", heading="Punkt"), found, notes="Kvar", action_key="a")
    assert item.notes == "Kvar"
    assert (item.questions[0].question, item.questions[0].answered_by) == ("Vem tar nyckeln?", "anna-berg")
    assert read("/fråga vad gäller?").person is None


@pytest.mark.parametrize(
    ("line", "where", "who", "text"),
    [
        ("/lyft APT nycklar", "apt", None, "Nycklar"),
        ("/lyft till reflektionsmötet", "reflektionsmote", None, ""),
        ("/lyft teammöte @bo frågan om larm", "teammote", "bo-ek", "Frågan om larm"),
        ("/lyft @Lisa Ek ekonomin", "outside", Outsider("Lisa Ek"), "Ekonomin"),
        ("/lyft god man ekonomin", "outside", Outsider("God man"), "Ekonomin"),
        ("/lyft begäran om samordning hjälpmedel", "request", None, "Hjälpmedel"),
    ],
)
def test_a_point_is_lifted_to_a_forum_or_a_recipient(line: str, where: str, who: Person | None, text: str) -> None:
    found = read(line)
    assert (found.lifted_to, found.person, found.text) == (where, who, text)
    item = with_line(Item(key="p", heading="Punkt"), found, notes=None, action_key="a")
    assert (item.lifted_to, item.lifted_recipient) == (where, who)


def test_those_called_are_meant_before_others_with_the_same_name() -> None:
    assert take_person("@anna", PEOPLE) == ("anna-berg", "")
    assert take_person("@anna dahl ring", PEOPLE) == ("anna-dahl", "ring")
    assert take_person("@ek ring", PEOPLE) == ("bo-ek", "ring")
    assert take_person("mejla bo@exempel.se", PEOPLE) == (None, "mejla bo@exempel.se")


@given(st.dates(TODAY, TODAY + dt.timedelta(days=300)), st.sampled_from(sorted(PEOPLE.names)))
def test_what_is_said_of_an_action_can_be_typed_back(day: dt.date, person: str) -> None:
    found = read(f"/åtgärd Ring vården @{PEOPLE.names[person]} senast {short_date(day)}")
    assert (found.text, found.person, found.due) == ("Ring vården", person, day)


@given(st.text(max_size=60))
def test_no_line_is_a_crash_and_no_due_day_is_past_unless_said(text: str) -> None:
    try:
        found = read("/åtgärd " + text.replace("\n", " "))
    except Refused:
        return
    assert found.text.strip()
    said = any(char.isdigit() for char in text) or "senast" in text.casefold()
    assert found.due is None or found.due >= TODAY or said


@pytest.mark.parametrize(
    ("line", "is_one"),
    [("/beslut x", True), (" /å", True), ("/", False), ("1/2", False), ("x /b", False), ("/3", False)],
)
def test_only_a_line_that_begins_so_is_a_command(line: str, is_one: bool) -> None:
    assert is_command(line) is is_one


WORDS = Words(
    people=PEOPLE, professions={"anna-berg": "Sjuksköterska"}, customers={"kund-1": "1101 AB", "kund-2": "1102 CD"},
    sentences=("Inga synpunkter.", "Inget nytt sedan förra mötet.", "Enligt plan."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "shown", "text"),
    [
        ("/", "/beslut vad som beslutades", "/beslut "),
        ("/f", "/fråga till @vem och vad", "/fråga "),
        ("/åtgärd @", "Bo Ek", "@Bo Ek "),
        ("/åtgärd ring @ann", "Anna Berg, sjuksköterska", "@Anna Berg "),
        ("Samtal med @da", "Dan Falk", "Dan Falk "),
        ("Se #11", "1101 AB", "1101 AB "),
        ("/lyft refl", "reflektionsmöte", "reflektionsmöte "),
        ("/lyft god", "god man", "god man "),
        ("Inga", "Inga synpunkter.", "Inga synpunkter."),
    ],
)
def test_a_line_is_completed(before: str, shown: str, text: str) -> None:
    first = offers(before, WORDS)[0]
    assert (first.shown, first.text) == (shown, text)


@pytest.mark.parametrize("before", ["", "In", "Kunden mår bra", "/beslut ny plan", "/åtgärd @Anna Berg ", "a@b.se "])
def test_nothing_is_offered_where_nothing_is_begun(before: str) -> None:
    assert offers(before, WORDS) == ()


@given(st.text(max_size=40))
def test_completing_never_fails_and_keeps_what_stands_before(before: str) -> None:
    for one in offers(before, WORDS):
        assert 0 <= one.length <= len(before)
        assert len(offers(before, WORDS)) <= 12


def test_every_place_to_lift_to_is_known_where_points_are_lifted() -> None:
    from app.reports import words  # noqa: PLC0415 - held against the paper's own words

    assert set(LIFTS) <= set(words._FORUMS)


@pytest.mark.parametrize(
    ("line", "text", "repeat", "due"),
    [
        ("/åtgärd @bo varje fredag prova larmen", "Prova larmen", "FREQ=WEEKLY", "2026-03-06"),
        ("/åtgärd prova larmen varannan torsdag", "Prova larmen", "FREQ=WEEKLY;INTERVAL=2", "2026-03-05"),
        ("/åtgärd @bo varje månad senast 31/3 räkna läkemedel", "Räkna läkemedel", "FREQ=MONTHLY", "2026-03-31"),
        ("/åtgärd varje kvartal brandrond", "Brandrond", "FREQ=MONTHLY;INTERVAL=3", None),
        ("/åtgärd fråga varje kund om maten fre", "Fråga varje kund om maten", None, "2026-03-06"),
    ],
)
def test_how_often_it_comes_again_is_read_too(line: str, text: str, repeat: str | None, due: str | None) -> None:
    found = read(line)
    assert (found.text, found.repeat) == (text, repeat)
    assert found.due == (dt.date.fromisoformat(due) if due else None)
    written = with_line(Item(key="p", heading="Larm"), found, notes=None, action_key="a")
    assert written.actions[0].repeat == repeat
