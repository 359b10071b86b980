"""Templates of meetings: what comes along, what never does, and meetings and series begun from them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import Conflict, Refused
from app.domain.meeting_templates import Wanted, begun_from, content_from_json, content_to_json
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.people import Outsider
from app.services import meeting_templates, meetings, proposals, series, series_booking, transfer
from app.services.desk import Desk
from app.services.team import member_names
from tests.services.planning_calls import TEAM_SERIES
from tests.support import TODAY


def booked(desk: Desk, *more: Item) -> Meeting:
    """A styrgrupp of the unit with an agenda of its own."""
    found = meetings.get_meeting(desk, key="teammote-1").value
    items = (
        Item(key="", heading="Lägesrapport", minutes=20, presenter="dan-falk", text="Se bilaga 1."),
        Item(key="", heading="Upphandling", minutes=15, presenter=Outsider("Lars Engström")), *more,
    )  # fmt: skip
    new = replace(found, key="", forum="styrgrupp", ward=None, title="Styrgrupp Nära vård", items=items, customers=())
    return meetings.book_meeting(desk, meeting=new).value


def test_a_template_has_the_agenda_and_nothing_of_customers(desk: Desk) -> None:
    hers = (
        Item(key="", heading="1101 AB", kind=ItemKind.CUSTOMER, customer="kund-1"),
        Item(key="", heading="Fråga om 1102 CD"), Item(key="", heading="Larm", text="Gran 7 fick nytt larm."),
        Item(key="", heading="Kvar", kind=ItemKind.CARRIED),
    )  # fmt: skip
    made = meeting_templates.make_meeting_template(
        desk, meeting=booked(desk, *hers).key, name=" Styrgrupp  Nära vård ", wanted=Wanted()
    ).value
    assert (made.key, made.name) == ("styrgrupp-nara-vard", "Styrgrupp Nära vård")
    assert [(one.heading, one.text, one.minutes, one.presenter) for one in made.content.items] == [
        ("Lägesrapport", "Se bilaga 1.", 20, "dan-falk"), ("Upphandling", None, 15, Outsider("Lars Engström")),
        ("Larm", None, None, None),
    ]  # fmt: skip
    assert content_from_json(content_to_json(made.content)) == made.content


def test_what_is_not_wanted_stays_behind(desk: Desk) -> None:
    bare = Wanted(texts=False, minutes=False, presenters=False, participants=True)
    made = meeting_templates.make_meeting_template(desk, meeting=booked(desk).key, name="Kort", wanted=bare).value
    first = made.content.items[0]
    assert (first.text, first.minutes, first.presenter) == (None, None, None)
    assert made.content.participants == ("eva-chef", "anna-berg", "bo-ek")
    assert made.content.minutes is None


def test_a_meeting_begins_from_it_without_whom_has_left(desk: Desk) -> None:
    wanted = Wanted(participants=True)
    made = meeting_templates.make_meeting_template(desk, meeting=booked(desk).key, name="Vår", wanted=wanted).value
    proposal = proposals.propose_meeting(desk, unit="solgarden", forum="styrgrupp", date=TODAY, start=dt.time(9))
    names = {key: name for key, name in member_names(desk).items() if key != "dan-falk"}
    begun = begun_from(proposal, made, members=names)
    assert [one.heading for one in begun.items] == ["Lägesrapport", "Upphandling"]
    assert [one.presenter for one in begun.items] == [None, Outsider("Lars Engström")]
    assert begun.end == dt.time(9, 30)
    kept = meetings.book_meeting(desk, meeting=begun).value
    assert kept.title == "Styrgrupp Nära vård"


def test_what_the_meeting_has_of_customers_stays_on_it(desk: Desk) -> None:
    made = meeting_templates.make_meeting_template(desk, meeting="teammote-1", name="Team", wanted=Wanted()).value
    proposal = proposals.propose_meeting(desk, unit="solgarden", forum="teammote", ward="norr", date=TODAY)
    begun = begun_from(proposal, made, members=member_names(desk))
    assert [one.customer for one in begun.items if one.customer] == list(proposal.customers)
    assert "Sommarfest" in [one.heading for one in begun.items]


def test_a_series_is_booked_with_a_template(desk: Desk) -> None:
    made = meeting_templates.make_meeting_template(desk, meeting=booked(desk).key, name="Vår", wanted=Wanted()).value
    kept = series.add_series(
        desk, series=replace(TEAM_SERIES, key="", forum="styrgrupp", ward=None, rrule="FREQ=WEEKLY;BYDAY=FR")
    )
    change = series_booking.book_series(
        desk, key=kept.value.key, until=TODAY + dt.timedelta(days=12), template=made.key
    )
    found = [meetings.get_meeting(desk, key=one).value for one in change.booked]
    assert len(found) == 2
    assert all([item.heading for item in one.items] == ["Lägesrapport", "Upphandling"] for one in found)
    assert {one.length for one in found} == {30}


def test_names_are_one_each_and_taken_away_ones_come_back(desk: Desk) -> None:
    key = booked(desk).key
    first = meeting_templates.make_meeting_template(desk, meeting=key, name="Vår", wanted=Wanted())
    with pytest.raises(Refused, match="template_taken"):
        meeting_templates.make_meeting_template(desk, meeting=key, name="vår", wanted=Wanted())
    with pytest.raises(Refused, match="template_names_customer"):
        meeting_templates.make_meeting_template(desk, meeting=key, name="1101 AB", wanted=Wanted())
    renamed = meeting_templates.keep_meeting_template(
        desk, template=replace(first.value, name="Höst"), expected_version=1
    )
    with pytest.raises(Conflict):
        meeting_templates.remove_meeting_template(desk, key=first.value.key, expected_version=1)
    meeting_templates.remove_meeting_template(desk, key=first.value.key, expected_version=renamed.version)
    assert meeting_templates.list_meeting_templates(desk) == ()
    meeting_templates.keep_meeting_template(desk, template=renamed.value, expected_version=None)
    assert [one.value.name for one in meeting_templates.list_meeting_templates(desk)] == ["Höst"]


def test_both_go_out_and_in_with_the_exchange_file(desk: Desk) -> None:
    meeting_templates.make_meeting_template(desk, meeting=booked(desk).key, name="Vår", wanted=Wanted())
    document = transfer.read_document(desk)
    assert [one.name for one in document.templates] == ["Vår"]
    result = transfer.take_in(desk, document=document, dry_run=True)
    assert not any(result.imported.values())
