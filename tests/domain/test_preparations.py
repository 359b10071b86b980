"""What an agenda asks to be ready, how it is told, and that nothing is asked for twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import preparations as rules
from app.domain.customers import Contacts
from app.domain.errors import Refused
from app.domain.meetings import Assessment, Meeting, Participation
from app.domain.preparations import Preparation, PreparationKind
from tests.support import TODAY, team_meeting

BOTH = {
    "kund-1": Contacts(permanent_care_contact="bo-ek", responsible_nurse="anna-berg"),
    "kund-2": Contacts(occupational_therapist="dan-falk"),
}


def one(kind: PreparationKind = PreparationKind.OTHER, **given: object) -> Preparation:
    return replace(Preparation(key="forb", meeting="teammote-1", kind=kind), **given)  # type: ignore[arg-type]


def asked(meeting: Meeting, *, there: tuple[Preparation, ...] = ()) -> list[tuple[str, str | None, object]]:
    found = rules.suggested(meeting, contacts=BOTH, instruments={"kund-2": ("Downton", "ROAG")}, there=there)
    return [(rules.words(each, customer=str(each.customer)), each.customer, each.responsible) for each in found]


def test_each_customer_is_asked_and_assessed_by_whom_the_routine_names() -> None:
    assert asked(team_meeting()) == [
        ("Fråga kund-1 om önskemål", "kund-1", "bo-ek"),
        ("Riskbedömningar: kund-1", "kund-1", "anna-berg"),
        ("Fråga kund-2 om önskemål", "kund-2", "dan-falk"),
        ("Riskbedömning med Downton: kund-2", "kund-2", None),
        ("Riskbedömning med ROAG: kund-2", "kund-2", None),
    ]


def test_what_is_on_the_list_or_done_under_the_point_is_not_asked_for_again() -> None:
    meeting = team_meeting()
    whole = rules.suggested(meeting, contacts=BOTH, instruments={}, there=())
    assert rules.suggested(meeting, contacts=BOTH, instruments={}, there=whole) == ()
    roag = Assessment(customer="kund-2", instrument="ROAG", date=TODAY)
    wish = Participation(customer="kund-2", wish="Sova längre")
    point = replace(meeting.items[2], assessments=(roag,), participation=(wish,))
    prepared = replace(meeting, items=(*meeting.items[:2], point, meeting.items[3]))
    assert [said for said, customer, _ in asked(prepared) if customer == "kund-2"] == [
        "Riskbedömning med Downton: kund-2"
    ]


def test_what_is_suggested_stands_after_what_is_there() -> None:
    there = (one(PreparationKind.READ, text="Rutinen", position=4),)
    found = rules.suggested(team_meeting(), contacts=BOTH, instruments={}, there=there)
    assert [each.position for each in found] == [5, 6, 7, 8]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (one(PreparationKind.READ, text="nya rutinen"), "Läs på: nya rutinen"),
        (one(PreparationKind.READ, customer="k"), "Läs på om 1101 AB"),
        (one(PreparationKind.READ, customer="k", text="hennes plan"), "Läs på om 1101 AB: hennes plan"),
        (one(text="Ta med kaffe"), "Ta med kaffe"),
        (one(text="Boka tid", customer="k"), "Boka tid (1101 AB)"),
        (one(PreparationKind.PARTICIPATION, customer="k", text="maten"), "Fråga 1101 AB om önskemål – maten"),
    ],
)
def test_it_is_told_in_one_line(given: Preparation, said: str) -> None:
    assert rules.words(given, customer="1101 AB" if given.customer else "") == said


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (one(), "preparation_text"), (one(PreparationKind.READ, text="  "), "preparation_text"),
        (one(PreparationKind.ASSESSMENT, text="något"), "preparation_customer"),
        (one(text="Kaffe", done_by="bo-ek"), "preparation_done"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused(faulty: Preparation, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.checked(faulty)
    assert refused.value.code == code


def test_only_an_assessment_has_an_instrument() -> None:
    assert rules.checked(one(text=" Kaffe ", instrument="ROAG")) == one(text="Kaffe")
    assert rules.checked(one(PreparationKind.ASSESSMENT, customer="k", instrument=" ROAG ")).instrument == "ROAG"


@given(days=st.integers(-3, 5), done=st.booleans())
def test_it_is_late_on_the_meetings_own_day_unless_it_is_done(days: int, done: bool) -> None:
    today = TODAY + dt.timedelta(days=days)
    kept = one(text="Kaffe", done_on=TODAY if done else None)
    assert rules.is_late(kept, meeting=TODAY, today=today) == (days >= 0 and not done)
