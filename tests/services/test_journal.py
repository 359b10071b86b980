"""Journalförd: who may mark it, that it stands beside the text, and that it follows the meeting everywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import Conflict, ImportRefused, NotAllowed, NotFound, Refused
from app.domain.journal import unmarked
from app.domain.meetings import (
    Action,
    Assessment,
    Journal,
    JournalMark,
    Meeting,
    Participation,
    Presentation,
    Question,
)
from app.domain.merging import merge
from app.domain.people import Outsider
from app.domain.roles import Role
from app.exchange.json_file import read_document, write_document
from app.services import journal, meetings, transfer
from app.services.desk import Desk
from app.services.journal_waits import to_journal
from app.services.meetings import get_meeting
from tests.support import TODAY, audit_rows, seated

MARK = JournalMark(customer="kund-1", journal=Journal.HSL, by="anna-berg", on=TODAY)


@pytest.fixture
def anna(desk: Desk) -> Desk:
    return seated(desk, Role.LICENSED, member="anna-berg")


def noted(desk: Desk, text: str = "Mår bra") -> Meeting:
    """The teammöte with a note about the first customer."""
    stored = get_meeting(desk, key="teammote-1")
    items = tuple(replace(one, notes=text) if one.key == "punkt-2" else one for one in stored.value.items)
    changed = replace(stored.value, items=items)
    return meetings.save_meeting(desk, meeting=changed, expected_version=stored.version).value


def mark(desk: Desk, **other: object) -> tuple[JournalMark, ...]:
    wanted: dict[str, object] = {
        "meeting": "teammote-1", "item": "punkt-2", "customer": "kund-1", "journal": Journal.HSL, **other,
    }  # fmt: skip
    return journal.mark_journaled(desk, **wanted)  # type: ignore[arg-type] # a few keywords changed


def marks(desk: Desk) -> tuple[JournalMark, ...]:
    found = get_meeting(desk, key="teammote-1").value.item("punkt-2")
    assert found is not None
    return found.journaled


def approved(desk: Desk) -> None:
    stored = get_meeting(desk, key="teammote-1")
    named = replace(stored.value, secretary="anna-berg")
    version = meetings.save_meeting(desk, meeting=named, expected_version=stored.version).version
    version = meetings.close_meeting(desk, key="teammote-1", expected_version=version).version
    meetings.approve_minutes(desk, key="teammote-1", expected_version=version)


def test_a_mark_says_which_journal_by_whom_and_when(anna: Desk) -> None:
    assert mark(anna) == (MARK,)
    assert marks(anna) == (MARK,)
    assert ("mark_journaled", "meeting:teammote-1", "kund-1") in audit_rows(anna)


def test_the_same_mark_twice_is_one(anna: Desk) -> None:
    mark(anna)
    assert mark(anna, on=TODAY - dt.timedelta(days=1)) == (MARK,)
    assert len(mark(anna, journal=Journal.SOL)) == 2


def test_it_may_be_set_when_the_minutes_are_approved_and_changes_nothing_else(desk: Desk, anna: Desk) -> None:
    noted(desk)
    approved(desk)
    before = get_meeting(desk, key="teammote-1")
    mark(anna)
    after = get_meeting(desk, key="teammote-1")
    assert after.version == before.version
    assert after.value == replace(before.value, items=tuple(
        replace(one, journaled=(MARK,)) if one.key == "punkt-2" else one for one in before.value.items
    ))  # fmt: skip


def test_a_mark_is_taken_back(anna: Desk) -> None:
    mark(anna)
    where = {"meeting": "teammote-1", "item": "punkt-2", "customer": "kund-1"}
    assert journal.unmark_journaled(anna, **where, journal=Journal.SOL) == (MARK,)
    assert journal.unmark_journaled(anna, **where, journal=Journal.HSL) == ()
    assert marks(anna) == ()
    assert [action for action, _, _ in audit_rows(anna) if "journaled" in action] == [
        "mark_journaled", "unmark_journaled",
    ]  # fmt: skip


def test_someone_from_outside_the_team_is_named(desk: Desk) -> None:
    assert mark(desk)[0].by == Outsider("Eva Chef")
    assert marks(desk)[0].by == Outsider("Eva Chef")


def test_only_a_customer_whom_the_point_names(anna: Desk) -> None:
    with pytest.raises(Refused, match="reference_unknown"):
        mark(anna, customer="kund-2")
    with pytest.raises(NotFound):
        mark(anna, item="punkt-99")


@pytest.mark.parametrize(
    ("role", "member", "may"),
    [
        (Role.MANAGER, None, True),
        (Role.LICENSED, "dan-falk", True),
        (Role.CARE_STAFF, "bo-ek", True),
        (Role.CARE_STAFF, "cia-dahl", False),
        (Role.CARE_STAFF, None, False),
        (Role.SECRETARY, None, False),
        (Role.READER, None, False),
    ],
)
def test_who_may(desk: Desk, role: Role, member: str | None, may: bool) -> None:
    noted(desk)
    person = seated(desk, role, member=member)
    if may:
        assert len(mark(person)) == 1
    else:
        with pytest.raises(NotAllowed):
            mark(person)
        assert marks(desk) == ()


def test_whoever_types_does_not_collide_with_whoever_marks(desk: Desk, anna: Desk) -> None:
    stored = get_meeting(desk, key="teammote-1")
    mark(anna)
    typed = replace(stored.value, items=tuple(
        replace(one, notes="Skrivet") if one.key == "punkt-2" else one for one in stored.value.items
    ))  # fmt: skip
    saved = meetings.save_meeting(desk, meeting=typed, expected_version=stored.version)
    assert (saved.value.items[1].notes, saved.value.items[1].journaled) == ("Skrivet", (MARK,))
    assert marks(desk) == (MARK,)
    with pytest.raises(Conflict):
        meetings.save_meeting(desk, meeting=typed, expected_version=stored.version)
    merged = merge(base=stored.value, mine=typed, theirs=saved.value)
    assert merged.clashes == ()
    assert merged.meeting.items[1].journaled == (MARK,)


def test_a_save_neither_sets_nor_takes_a_mark(desk: Desk) -> None:
    stored = get_meeting(desk, key="teammote-1")
    forged = replace(stored.value, place="Söder", items=tuple(
        replace(one, journaled=(MARK,)) if one.key == "punkt-2" else one for one in stored.value.items
    ))  # fmt: skip
    meetings.save_meeting(desk, meeting=forged, expected_version=stored.version)
    assert marks(desk) == ()


def test_a_secretary_forges_none_on_a_point_of_her_own(desk: Desk) -> None:
    siv = seated(desk, Role.SECRETARY)
    stored = get_meeting(siv, key="teammote-1")
    new = replace(stored.value.items[3], key="ny", journaled=(MARK,))
    with pytest.raises(NotAllowed):
        meetings.save_meeting(
            siv, meeting=replace(stored.value, items=(*stored.value.items, new)), expected_version=stored.version
        )


def test_what_waits_is_told_by_point_and_customer(desk: Desk, anna: Desk) -> None:
    assert unmarked(get_meeting(desk, key="teammote-1").value) == ()
    noted(desk)
    [waiting] = unmarked(get_meeting(desk, key="teammote-1").value)
    assert (waiting.number, waiting.item.key, waiting.customer) == (2, "punkt-2", "kund-1")
    mark(anna, journal=Journal.LSS)
    assert unmarked(get_meeting(desk, key="teammote-1").value) == ()


def test_the_exchange_file_carries_them_and_leaves_them_out_when_there_are_none(desk: Desk, anna: Desk) -> None:
    noted(desk)
    approved(desk)
    bare = write_document(transfer.read_document(desk))
    assert b"journaled" not in bare
    mark(anna)
    marked = write_document(transfer.read_document(desk))
    assert b'"journal": "HSL"' in marked
    assert transfer.take_in(desk, document=read_document(marked)).imported["meetings"] == 0
    journal.unmark_journaled(anna, meeting="teammote-1", item="punkt-2", customer="kund-1", journal=Journal.HSL)
    assert transfer.take_in(desk, document=read_document(marked)).imported["meetings"] == 1
    assert marks(desk) == (MARK,)
    with pytest.raises(ImportRefused):
        transfer.take_in(desk, document=read_document(marked.replace("Mår bra".encode(), "Mår illa".encode())))


def test_a_file_that_says_it_twice_is_refused_by_its_place(desk: Desk, anna: Desk) -> None:
    mark(anna)
    document = transfer.read_document(desk)
    [meeting] = document.meetings
    items = tuple(replace(one, journaled=one.journaled * 2) for one in meeting.items)
    with pytest.raises(ImportRefused) as refused:
        read_document(write_document(replace(document, meetings=(replace(meeting, items=items),))))
    assert refused.value.problems[0].column == "meetings[0].items[1].journaled"


# on its way there


def full(desk: Desk) -> None:
    """The teammöte's first customer with everything that can be said of her, and lines that name the second."""
    stored = get_meeting(desk, key="teammote-1")
    due = dt.date(2026, 3, 6)
    item = replace(
        next(one for one in stored.value.items if one.key == "punkt-2"),
        notes="Sover dåligt.  \n\n\n\n1102 CD:s larm hörs in till henne.\nVill ha nattlampa.",
        decisions=("Ny förflyttningsplan.", "Byter rum med 1102 CD."),
        actions=(
            Action(key="a-1", text="Skriv planen", responsible="bo-ek", due=due),
            Action(key="a-2", text="Laga larmet", customer="kund-2"),
        ),
        questions=(Question(question="Vem tar hjälpmedlet?", answer="Fysio", answered_by="anna-berg"),),
        assessments=(Assessment(customer="kund-1", instrument="Downton", date=TODAY, score=4.5, risk="hög"),),
        participation=(Participation(customer="kund-1", wish="Gå ut mer", asked_by="bo-ek", asked_on=TODAY),),
        presentations=(Presentation(profession="Fysioterapeut", need="gångträning", wish="orka till matsalen"),),
    )
    items = tuple(item if one.key == item.key else one for one in stored.value.items)
    meetings.save_meeting(desk, meeting=replace(stored.value, items=items), expected_version=stored.version)


def copied(desk: Desk, customer: str = "kund-1") -> tuple[str, int]:
    found, _ = journal.copy_to_journal(
        desk, meeting="teammote-1", item="punkt-2", customer=customer, journal=Journal.HSL
    )
    return found.text, found.left_out


def test_a_customers_part_is_clean_text_without_a_word_about_any_other(desk: Desk, anna: Desk) -> None:
    full(desk)
    assert copied(anna) == (
        """\
Teammöte Norr, tisdag 3 mars 2026
Sover dåligt.

Vill ha nattlampa.
Fysioterapeut: behov: gångträning; önskan: orka till matsalen
Riskbedömning: Downton, 4,5 poäng, hög, 2 mars 2026
Kundens önskan: Gå ut mer
Tillfrågad av Bo Ek 2 mars 2026.
Beslut: Ny förflyttningsplan.
Åtgärd: Skriv planen (Bo Ek, senast 6 mars 2026)
Fråga: Vem tar hjälpmedlet? Svar: Fysio (Anna Berg)""",
        2,
    )
    assert copied(anna, "kund-2") == ("Teammöte Norr, tisdag 3 mars 2026\nÅtgärd: Laga larmet", 0)


def test_what_is_copied_is_marked_and_is_one_row_in_the_log(desk: Desk, anna: Desk) -> None:
    noted(desk)
    before = len(audit_rows(anna))
    copied(anna)
    assert marks(anna) == (MARK,)
    rows = [row for row in audit_rows(anna)[before:] if row[2] == "kund-1"]
    assert rows[0] == ("copy_to_journal", "meeting:teammote-1", "kund-1")
    assert [row[0] for row in rows].count("copy_to_journal") == 1
    copied(anna)
    assert marks(anna) == (MARK,), "copied once more: one mark"


def test_who_may_not_mark_may_not_copy(desk: Desk) -> None:
    noted(desk)
    for person in (seated(desk, Role.READER), seated(desk, Role.SECRETARY)):
        with pytest.raises(NotAllowed):
            copied(person)
    with pytest.raises(Refused):
        copied(desk, "kund-3")


def test_what_is_in_no_journal_is_listed_until_it_is(desk: Desk, anna: Desk) -> None:
    assert to_journal(anna) == ()
    noted(desk)
    approved(desk)
    (waits,) = to_journal(anna)
    assert (waits.meeting, waits.item, waits.customers, waits.count) == ("teammote-1", "punkt-2", ("1101 AB",), 1)
    assert audit_rows(anna)[-1] == ("read", "journal", "kund-1")
    copied(anna)
    assert to_journal(anna) == ()


def test_it_is_listed_for_those_who_may_enter_it_and_were_there(desk: Desk) -> None:
    noted(desk)
    approved(desk)
    assert len(to_journal(desk)) == 1, "an account outside the team has its units' meetings"
    assert len(to_journal(seated(desk, Role.CARE_STAFF, member="bo-ek"))) == 1, "bo serves Norr"
    assert to_journal(seated(desk, Role.LICENSED, units=frozenset({"annan"}))) == ()
    with pytest.raises(NotAllowed):
        to_journal(seated(desk, Role.READER))
