"""A customer's history and what stands beside her point: as far as the person sees, logged once, cut down to her."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.customer_history import HistoryKind
from app.domain.document import Document
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.instruments import Band, Instrument
from app.domain.meetings import (
    Action,
    Assessment,
    Item,
    ItemKind,
    Journal,
    JournalMark,
    Meeting,
    MeetingStatus,
    Participation,
    Presentation,
)
from app.domain.participation import Wait, addition_text
from app.domain.roles import Role
from app.services import instruments, meetings, units
from app.services.customer_history import customer_history, history_paper
from app.services.desk import Desk
from app.services.participation_waits import participation_waits
from app.services.review import read_review
from tests.support import TODAY, audit_rows, fill, seated, team_meeting


def held(number: int, **about: object) -> Meeting:
    """A teammöte so many weeks ago, with both customers' points."""
    first, second = team_meeting().items[1:3]
    hers = replace(first, key=f"h{number}-1", notes=f"Läget {number}", **about)  # type: ignore[arg-type]
    day = TODAY - dt.timedelta(weeks=number)
    falls = Assessment(customer="kund-1", instrument="Downton", date=day, score=float(number))
    return replace(
        team_meeting(), key=f"h{number}", date=day, status=MeetingStatus.APPROVED, secretary="anna-berg",
        items=(
            replace(hers, assessments=(falls,)),
            replace(second, key=f"h{number}-2", notes="Om den andra", decisions=("D",)),
        ),
    )  # fmt: skip


def rich() -> Meeting:
    return held(
        1, decisions=("Frukt varje dag",),
        presentations=(Presentation(profession="Sjuksköterska", by="anna-berg", need="Sömn"),),
        actions=(
            Action(key="h1-a", text="Köp frukt", responsible="bo-ek", due=TODAY, result="Köpt", effect="Äter mer"),
        ),
        participation=(
            Participation(
                customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish="Mer frukt", reported_by="bo-ek",
                reported_on=TODAY,
            ),
        ),
        journaled=(JournalMark(customer="kund-1", journal=Journal.HSL, by="anna-berg", on=TODAY),),
    )  # fmt: skip


def test_everything_that_was_said_of_her_and_nothing_of_another(desk: Desk) -> None:
    fill(desk, Document(meetings=(rich(), held(2))))
    since = len(audit_rows(desk))
    found = customer_history(desk, key="kund-1")
    assert audit_rows(desk)[since:] == [("read", "customer:kund-1", "kund-1")]
    of_first = [(one.kind, one.text) for one in found.entries if one.meeting == "h1"]
    assert of_first == [
        (HistoryKind.MEETING, "Läget 1"), (HistoryKind.PART, "Mer frukt"), (HistoryKind.PART, "Återrapporterat"),
        (HistoryKind.PRESENTED, "Behov: Sömn."), (HistoryKind.ASSESSED, "Downton: 1 poäng"),
        (HistoryKind.DECIDED, "Frukt varje dag"), (HistoryKind.ACTION, "Köp frukt"),
        (HistoryKind.JOURNAL, "Journalfört (HSL)"),
    ]  # fmt: skip
    assert "effekt: Äter mer" in next(one.more for one in found.entries if one.kind is HistoryKind.ACTION)
    assert not [one for one in found.entries if "andra" in one.text]
    assert found.entries[0].meeting == "teammote-1", "the newest first, what is planned too"
    assert found.trends[0].scores == (2.0, 1.0)
    only = customer_history(desk, key="kund-1", kinds={HistoryKind.DECIDED})
    assert [one.text for one in only.entries] == ["Frukt varje dag"]


def test_it_is_read_a_page_at_a_time_without_a_gap(desk: Desk) -> None:
    fill(desk, Document(meetings=tuple(held(number) for number in range(1, 41))))
    first = customer_history(desk, key="kund-1", kinds={HistoryKind.MEETING})
    assert (first.following, first.meetings) == (None, 41)
    found = customer_history(desk, key="kund-1")
    seen = list(found.entries)
    while found.following is not None:
        found = customer_history(desk, key="kund-1", after=found.following)
        assert found.trends == ()
        seen += found.entries
    told = [one.meeting for one in seen if one.kind is HistoryKind.MEETING]
    assert told == ["teammote-1", *(f"h{number}" for number in range(1, 41))]


def test_a_colleague_reads_only_what_the_minutes_show_her(desk: Desk) -> None:
    fill(
        desk,
        Document(
            meetings=(
                replace(
                    rich(),
                    participants=("eva-chef",),
                    items=(
                        replace(
                            rich().items[0],
                        ),
                    ),
                ),
            )
        ),
    )
    gun = seated(desk, Role.CARE_STAFF, member="gun-holm")
    assert [one.meeting for one in customer_history(gun, key="kund-1").entries] == []
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert {one.meeting for one in customer_history(bo, key="kund-1").entries} >= {"h1"}, "her fast omsorgskontakt"
    for person in (seated(desk, Role.READER), seated(desk, Role.SECRETARY)):
        with pytest.raises(NotAllowed):
            customer_history(person, key="kund-1")
    with pytest.raises(NotAllowed):
        customer_history(seated(desk, Role.LICENSED, units=frozenset({"annan"})), key="kund-1")
    with pytest.raises(NotAllowed):
        customer_history(bo, key="kund-4")


def test_a_protected_identity_is_a_code_also_over_time(desk: Desk) -> None:
    about = replace(team_meeting().items[1], key="h9-1", customer="kund-3", heading="1103 EF", notes="EF sov gott")
    fill(desk, Document(meetings=(replace(held(9), customers=("kund-3",), items=(about,)),)))
    found = customer_history(desk, key="kund-3")
    assert found.label == "Gran 7"
    assert "1103" not in "".join(one.text + one.where for one in found.entries)


def test_the_paper_is_logged_as_printed_and_is_for_who_prints(desk: Desk) -> None:
    fill(desk, Document(meetings=(rich(), held(2))))
    since = len(audit_rows(desk))
    paper = history_paper(desk, key="kund-1", to=TODAY - dt.timedelta(days=8))
    assert {one.meeting for one in paper.history.entries} == {"h2"}
    assert audit_rows(desk)[since:] == [("print", "customer:kund-1", "kund-1")]
    with pytest.raises(Refused, match="history_empty"):
        history_paper(desk, key="kund-1", kinds={HistoryKind.QUESTION})
    with pytest.raises(NotAllowed):
        history_paper(seated(desk, Role.CARE_STAFF, member="bo-ek"), key="kund-1")


def test_beside_a_point_stand_her_turn_and_earlier_values_as_far_as_they_are_seen(desk: Desk) -> None:
    fill(desk, Document(meetings=(replace(held(2), participants=("eva-chef",)), held(1))))
    since = len(audit_rows(desk))
    found = read_review(desk, meeting="teammote-1", customer="kund-1")
    assert [one.score for one in found.earlier] == [2.0, 1.0]
    assert {one.identity for one in found.earlier} == {"downton"}
    assert (found.contact, found.may_turn, found.may_participate) == ("bo-ek", True, True)
    assert audit_rows(desk)[since:] == [("read", "customer:kund-1", "kund-1")]
    gun = seated(desk, Role.CARE_STAFF, member="gun-holm")
    with pytest.raises(NotAllowed):
        read_review(gun, meeting="teammote-1", customer="kund-1")
    bo = read_review(seated(desk, Role.CARE_STAFF, member="bo-ek"), meeting="teammote-1", customer="kund-1")
    assert (bo.may_turn, bo.may_participate, len(bo.earlier)) == (False, True, 2)
    with pytest.raises(NotAllowed):
        read_review(desk, meeting="teammote-1", customer="kund-4")


def test_her_contact_is_reminded_to_ask_and_to_tell_until_it_is_done(desk: Desk) -> None:
    fill(desk, Document(meetings=(replace(held(1), status=MeetingStatus.DRAFT), held(2))))
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    since = len(audit_rows(desk))
    waits = participation_waits(bo)
    assert [(one.wait, one.meeting, one.label, one.approved) for one in waits] == [
        (Wait.REPORT, "h2", "1101 AB", True), (Wait.REPORT, "h1", "1101 AB", False),
        (Wait.ASK, "teammote-1", "1101 AB", False),
    ]  # fmt: skip
    assert audit_rows(desk)[since:] == [("read", "today", "kund-1")]
    stands = meetings.get_meeting(bo, key="h2")
    meetings.add_addition(bo, key="h2", text=addition_text(""), item="h2-1", expected_version=stands.version)
    assert "h2" not in {one.meeting for one in participation_waits(bo)}
    assert participation_waits(seated(desk, Role.CARE_STAFF, member="gun-holm")) == ()
    assert participation_waits(seated(desk, Role.LICENSED, member="anna-berg")) == (), "she has a fast omsorgskontakt"
    assert participation_waits(desk) == ()


def test_who_was_not_come_to_is_asked_again_and_once(desk: Desk) -> None:
    carried = replace(team_meeting().items[1], key="c-1", kind=ItemKind.CARRIED)
    later = replace(team_meeting(), key="nasta", date=TODAY + dt.timedelta(days=8), items=(carried,))
    both = replace(
        later, key="bada", items=(replace(carried, key="b-1"), replace(carried, key="b-2", kind=ItemKind.CUSTOMER))
    )
    fill(
        desk,
        Document(
            meetings=(later, both, replace(later, key="inte", customers=(), items=(replace(carried, key="i-1"),)))
        ),
    )
    waits = participation_waits(seated(desk, Role.CARE_STAFF, member="bo-ek"))
    assert [(one.meeting, one.item) for one in waits] == [("teammote-1", "punkt-2"), ("nasta", "c-1"), ("bada", "b-2")]


OWN = Instrument(key="", name="Oro", bands=(Band(from_=0, risk="Lugn"), Band(from_=3, risk="Orolig")))


def test_a_unit_changes_an_instrument_takes_it_back_and_makes_its_own(desk: Desk) -> None:
    shipped = instruments.unit_instruments(desk, unit="solgarden").find("Downton")
    assert shipped is not None
    fewer = replace(shipped, bands=(Band(from_=0, risk="Låg"), Band(from_=4, risk="Hög")))
    nurse = seated(desk, Role.LICENSED)
    kept = instruments.keep_instrument(nurse, unit="solgarden", instrument=fewer, expected=shipped)
    assert units.get_unit(desk, key="solgarden").value.instruments == (kept,)
    with pytest.raises(Conflict):
        instruments.keep_instrument(desk, unit="solgarden", instrument=fewer, expected=shipped)
    own = instruments.keep_instrument(desk, unit="solgarden", instrument=OWN, expected=None)
    assert (own.key, own.least) == ("oro", 0)
    with pytest.raises(Refused, match="instrument_doubled"):
        instruments.keep_instrument(desk, unit="solgarden", instrument=replace(OWN, name="ORO"), expected=None)
    with pytest.raises(Refused, match="personnummer"):
        instruments.keep_instrument(
            desk, unit="solgarden", instrument=replace(OWN, name="19121212-1212"), expected=None
        )
    instruments.keep_instrument(desk, unit="solgarden", instrument=shipped, expected=kept)
    assert units.get_unit(desk, key="solgarden").value.instruments == (own,), "as shipped is no departure"
    instruments.remove_instrument(desk, unit="solgarden", expected=own)
    instruments.keep_instrument(desk, unit="solgarden", instrument=own, expected=None)
    for person in (seated(desk, Role.CARE_STAFF), seated(desk, Role.SECRETARY), seated(desk, Role.READER)):
        with pytest.raises(NotAllowed):
            instruments.keep_instrument(person, unit="solgarden", instrument=OWN, expected=None)


def test_a_units_form_that_was_opened_before_does_not_undo_an_instrument(desk: Desk) -> None:
    before = units.get_unit(desk, key="solgarden")
    instruments.keep_instrument(desk, unit="solgarden", instrument=OWN, expected=None)
    with pytest.raises(Conflict):
        units.save_unit(desk, unit=replace(before.value, name="Nytt"), expected_version=before.version)


def test_a_point_about_nobody_has_no_history(desk: Desk) -> None:
    item = Item(key="h8-1", heading="Lunch", kind=ItemKind.STANDING, notes="1101 AB nämns")
    fill(desk, Document(meetings=(replace(held(8), customers=(), items=(item,)),)))
    assert "h8" not in {one.meeting for one in customer_history(desk, key="kund-1").entries}
