"""Minutes in their forms: who gets which, what stands in them, and whom the log says was printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import NotAllowed, Refused
from app.domain.log import LogRow
from app.domain.log_reasons import reason_words
from app.domain.meeting_papers import MeetingPapers
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Action, Assessment, Item, ItemKind
from app.domain.minutes_forms import MinutesForm
from app.domain.only_one import HIDDEN as HIDDEN_LINE
from app.reports import words
from app.services import meetings, papers
from app.services.desk import Desk
from app.services.log import list_log
from app.services.papers import Purpose
from tests.support import TODAY, sit_down, tied

MONTH = (dt.date(2026, 3, 1), dt.date(2026, 3, 31))


@pytest.fixture
def held(desk: Desk) -> Desk:
    """The teammöte with something written under every point, one customer spoken of under another's."""
    found = meetings.get_meeting(desk, key="teammote-1")
    first, ab, cd, party = found.value.items
    changed = replace(found.value, items=(
        replace(first, notes="Inga tillägg.", decisions=("Anteckningarna läggs till handlingarna.",)),
        replace(
            ab, notes="Sover bättre.\nSom CD i 1102 vill hon ha fönstret öppet.", decisions=("Nattlampa prövas.",),
            actions=(Action(key="a-1", text="Köp nattlampa", responsible="bo-ek"),),
        ),
        replace(
            cd, notes="Har ramlat.", decisions=("Rörelselarm.",),
            assessments=(Assessment(customer="kund-1", instrument="Downton", date=TODAY, score=4),),
        ),
        replace(party, notes="AB:s dotter bakar.", decisions=("Festen blir i juni.",)),
        Item(key="punkt-5", heading="Gran 7 flyttar in", kind=ItemKind.ADDED, notes="Nyckeln finns."),
    ))  # fmt: skip
    meetings.save_meeting(desk, meeting=changed, expected_version=found.version)
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.close_meeting(desk, key="teammote-1", expected_version=version)
    return desk


def minutes(desk: Desk, form: MinutesForm, customer: str | None = None) -> MeetingPapers:
    return papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.MINUTES, form=form, customer=customer)


def printed(desk: Desk) -> list[tuple[str | None, str | None]]:
    return [(row.customer, row.reason) for row in list_log(desk) if row.action == "print"]


def test_an_extract_has_her_points_alone_and_is_logged_as_hers(held: Desk) -> None:
    found = minutes(sit_down(held, "anna"), MinutesForm.EXTRACT, "kund-1")
    assert [(number, item.heading) for number, item in words.numbered(found)] == [(2, "1101 AB"), (3, HIDDEN)]
    assert found.meeting.items[0].notes == f"Sover bättre.\n{HIDDEN_LINE}"
    assert [one.instrument for one in found.meeting.items[1].assessments] == ["Downton"]
    assert found.customers == {"kund-1": "1101 AB"}
    for secret in ("CD", "1102", "kund-2", "Gran", "Festen", "ramlat"):
        assert secret not in repr(replace(found, names={}, professions={}))
    assert printed(held) == [("kund-1", "extract")]


def test_without_customers_nobody_is_named_where_nobody_was_meant_either(held: Desk) -> None:
    found = minutes(held, MinutesForm.NO_CUSTOMERS)
    assert [item.heading for item in found.meeting.items] == ["Föregående minnesanteckningar", *[HIDDEN] * 4]
    assert found.meeting.items[0].notes == "Inga tillägg."
    assert not found.has_customer_data
    assert printed(held) == []


def test_decisions_keep_the_numbers_of_their_points(held: Desk) -> None:
    found = minutes(sit_down(held, "anna"), MinutesForm.DECISIONS)
    assert [(number, item.decisions) for number, item in words.numbered(found)] == [
        (1, ("Anteckningarna läggs till handlingarna.",)), (2, ("Nattlampa prövas.",)), (3, ("Rörelselarm.",)),
        (4, ("Festen blir i juni.",)),
    ]  # fmt: skip
    assert not any(item.notes or item.actions or item.assessments for item in found.meeting.items)
    assert sorted(printed(held)) == [("kund-1", "decisions"), ("kund-2", "decisions")]


def test_whoever_may_not_print_customers_gets_no_extract_and_decisions_without_them(held: Desk) -> None:
    for user in ("bo", "siv", "lena"):
        person = sit_down(held, user)
        with pytest.raises(NotAllowed):
            minutes(person, MinutesForm.EXTRACT, "kund-1")
        found = minutes(person, MinutesForm.DECISIONS)
        assert [number for number, _ in words.numbered(found)] == [1, 4]
        assert found.customers == {}
        assert not minutes(person, MinutesForm.NO_CUSTOMERS).has_customer_data
    assert printed(held) == []


def test_the_meetings_secretary_takes_an_extract_out_of_hers(held: Desk) -> None:
    found = meetings.get_meeting(held, key="teammote-1")
    siv = tied(held, user="siv", member="cia-dahl")
    with pytest.raises(NotAllowed):
        minutes(siv, MinutesForm.EXTRACT, "kund-1")
    meetings.save_meeting(held, meeting=replace(found.value, secretary="cia-dahl"), expected_version=found.version)
    assert minutes(siv, MinutesForm.EXTRACT, "kund-1").customers == {"kund-1": "1101 AB"}


def test_a_protected_customers_extract_bears_her_code_alone(held: Desk) -> None:
    found = meetings.get_meeting(held, key="teammote-1")
    point = Item(key="punkt-6", heading="Gran 7", kind=ItemKind.CUSTOMER, customer="kund-3", notes="Trivs bra.")
    changed = replace(found.value, items=(*found.value.items, point))
    meetings.save_meeting(held, meeting=changed, expected_version=found.version)
    extract = minutes(held, MinutesForm.EXTRACT, "kund-3")
    assert extract.customers == {"kund-3": "Gran 7"}
    assert [item.notes for item in extract.meeting.items] == ["Trivs bra."]
    for secret in ("EF", "1103"):
        assert secret not in repr(replace(extract, names={}, professions={}))


def test_a_form_that_has_nothing_to_say_is_refused(held: Desk) -> None:
    for customer in ("kund-4", "finns-inte"):
        with pytest.raises(Refused, match="extract_empty"):
            minutes(held, MinutesForm.EXTRACT, customer)
    with pytest.raises(Refused, match="extract_of_nobody"):
        minutes(held, MinutesForm.EXTRACT)
    found = meetings.get_meeting(held, key="teammote-1")
    bare = tuple(replace(item, decisions=()) for item in found.value.items)
    meetings.save_meeting(held, meeting=replace(found.value, items=bare), expected_version=found.version)
    with pytest.raises(Refused, match="decisions_empty"):
        minutes(held, MinutesForm.DECISIONS)


def test_a_period_has_the_form_of_each_meeting_that_says_something(held: Desk) -> None:
    first, last = MONTH
    for form, customer in ((MinutesForm.EXTRACT, "kund-1"), (MinutesForm.DECISIONS, None)):
        found = papers.papers_of_period(
            held, from_=first, to=last, purpose=Purpose.MINUTES, form=form, customer=customer
        )
        assert [(one.meeting.key, one.part.form, one.part.about) for one in found] == [("teammote-1", form, customer)]
    with pytest.raises(Refused, match="period_empty"):
        papers.papers_of_period(
            sit_down(held, "siv"), from_=first, to=last, purpose=Purpose.MINUTES, form=MinutesForm.EXTRACT,
            customer="kund-1",
        )  # fmt: skip


def test_an_agenda_has_no_form(held: Desk) -> None:
    found = papers.meeting_papers(held, key="teammote-1", purpose=Purpose.AGENDA, form=MinutesForm.DECISIONS)
    assert (found.part.form, len(found.meeting.items)) == (MinutesForm.FULL, 5)


def test_the_log_says_in_swedish_which_form_it_was(held: Desk) -> None:
    minutes(held, MinutesForm.EXTRACT, "kund-1")
    row: LogRow = next(one for one in list_log(held) if one.action == "print")
    assert reason_words(row) == "utdrag ur minnesanteckningar"
