"""A meeting's list of preparations: who writes, sees and settles it, and where it goes when the meeting does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from app import models as m
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.people import Outsider
from app.domain.preparations import Preparation, PreparationChange, PreparationKind, PreparationRow
from app.domain.roles import Role
from app.domain.team import HandOver
from app.exchange.json_file import read_document, write_document
from app.services import leaving, meetings, own_preparations, preparations, transfer
from app.services.desk import Desk
from tests.support import TODAY, fill, past_the_desk, seated, solgarden, team_meeting

KIND = PreparationKind
TOMORROW = TODAY + dt.timedelta(days=1)


def wanted(kind: PreparationKind = KIND.OTHER, *, text: str | None = "Ta med kaffe", **given: object) -> Preparation:
    return replace(Preparation(key="", meeting="teammote-1", kind=kind, text=text), **given)  # type: ignore[arg-type]


def kept(desk: Desk, kind: PreparationKind = KIND.OTHER, **given: object) -> PreparationRow:
    return preparations.keep_preparation(desk, preparation=wanted(kind, **given), expected_version=None)  # type: ignore[arg-type]


def listed(desk: Desk, meeting: str = "teammote-1") -> list[str]:
    return [row.words for row in preparations.list_preparations(desk, meeting=meeting)]


def later(key: str, days: int, *, customers: tuple[str, ...] = ()) -> Meeting:
    items = tuple(replace(one, key=f"{key}-{one.key}") for one in team_meeting().items if one.customer in customers)
    return replace(
        team_meeting(), key=key, date=TOMORROW + dt.timedelta(days=days), customers=customers, items=items
    )  # fmt: skip


def test_the_list_is_written_by_whoever_writes_the_agenda(desk: Desk) -> None:
    nurse = seated(desk, Role.LICENSED, member="anna-berg")
    row = kept(nurse, KIND.READ, text="Nya rutinen", responsible="bo-ek")
    assert (row.words, row.responsible_name, row.version) == ("Läs på: Nya rutinen", "Bo Ek", 1)
    for person in (seated(desk, Role.CARE_STAFF, member="gun-holm"), seated(desk, Role.READER)):
        with pytest.raises(NotAllowed):
            kept(person)
        with pytest.raises(NotAllowed):
            preparations.remove_preparation(person, key=row.key, expected_version=1)
    convenor = seated(desk, Role.CARE_STAFF, member="eva-chef")
    assert kept(convenor).preparation.position == 1


def test_she_whose_it_is_settles_her_own_and_nobody_elses(desk: Desk) -> None:
    hers, other = kept(desk, responsible="gun-holm"), kept(desk, responsible="bo-ek")
    gun = seated(desk, Role.CARE_STAFF, member="gun-holm")
    done = preparations.settle_preparation(gun, key=hers.key, note=" Står i köket ", expected_version=1)
    assert (done.preparation.done_on, done.preparation.done_by, done.preparation.note) == (
        TODAY, "gun-holm", "Står i köket",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        preparations.settle_preparation(gun, key=other.key, expected_version=1)
    with pytest.raises(Conflict):
        preparations.unsettle_preparation(gun, key=hers.key, expected_version=1)
    again = preparations.unsettle_preparation(gun, key=hers.key, expected_version=2)
    assert (again.preparation.done_on, again.preparation.done_by, again.version) == (None, None, 3)
    assert preparations.count_preparations(desk, meeting="teammote-1") == (0, 2)
    with pytest.raises(NotAllowed):
        preparations.settle_preparation(seated(desk, Role.READER), key=hers.key, expected_version=3)


def test_who_it_is_about_is_shown_to_those_who_may_see_her_and_to_whose_it_is(desk: Desk) -> None:
    kept(desk, KIND.ASSESSMENT, text=None, customer="kund-1", instrument="ROAG", responsible="dan-falk")
    siv = seated(desk, Role.SECRETARY)
    (row,) = preparations.list_preparations(siv, meeting="teammote-1")
    assert (row.words, row.preparation.customer, row.preparation.instrument) == ("Kundärende", None, None)
    assert not row.may_settle
    assert not row.may_write
    with pytest.raises(NotAllowed):
        preparations.settle_preparation(siv, key=row.key, expected_version=1)
    with pytest.raises(NotAllowed):
        kept(siv, KIND.PARTICIPATION, text=None, customer="kund-2")
    assert listed(seated(desk, Role.READER)) == ["Kundärende"]
    assert listed(seated(desk, Role.CARE_STAFF, member="cia-dahl")) == ["Kundärende"], "she works on the other ward"
    for member in ("bo-ek", "dan-falk"):
        assert listed(seated(desk, Role.CARE_STAFF, member=member)) == ["Riskbedömning med ROAG: 1101 AB"]
    assert [row.words for row in own_preparations.own_preparations(seated(desk, Role.READER, member="dan-falk"))] == []


def test_a_protected_customer_is_her_code(desk: Desk) -> None:
    kept(desk, KIND.PARTICIPATION, text=None, customer="kund-3")
    assert listed(desk) == ["Fråga Gran 7 om önskemål"]


def test_suggestions_come_once_and_are_taken_back_in_one_step(desk: Desk) -> None:
    made = preparations.add_suggested(desk, meeting="teammote-1")
    assert listed(desk) == [
        "Fråga 1101 AB om önskemål", "Riskbedömningar: 1101 AB", "Fråga 1102 CD om önskemål",
        "Riskbedömningar: 1102 CD",
    ]  # fmt: skip
    assert [row.responsible_name for row in made] == ["Bo Ek", "Anna Berg", "", ""]
    assert preparations.add_suggested(desk, meeting="teammote-1") == ()
    done = preparations.settle_preparation(desk, key=made[0].key, expected_version=1)
    step = [PreparationChange(was=None, left=row.preparation) for row in made]
    with pytest.raises(Conflict):
        preparations.take_back_preparations(desk, changes=step)
    assert len(listed(desk)) == 4
    settled = PreparationChange(was=made[0].preparation, left=done.preparation)
    for change in ([settled], step):
        preparations.take_back_preparations(desk, changes=change)
    assert listed(desk) == []


def test_whose_it_is_takes_back_that_it_was_ready_and_nothing_else(desk: Desk) -> None:
    hers = kept(desk, responsible="gun-holm")
    gun = seated(desk, Role.CARE_STAFF, member="gun-holm")
    done = preparations.settle_preparation(gun, key=hers.key, expected_version=1)
    settled = PreparationChange(was=hers.preparation, left=done.preparation)
    for other in (
        PreparationChange(was=None, left=done.preparation),
        PreparationChange(was=replace(done.preparation, text="Annat"), left=done.preparation),
    ):
        with pytest.raises(NotAllowed):
            preparations.take_back_preparations(gun, changes=[other])
    preparations.take_back_preparations(gun, changes=[settled])
    with pytest.raises(Conflict):
        preparations.take_back_preparations(gun, changes=[settled])
    assert preparations.count_preparations(desk, meeting="teammote-1") == (0, 1)


def test_it_is_moved_changed_and_taken_away_with_a_way_back(desk: Desk) -> None:
    first, second = kept(desk, text="Ett"), kept(desk, text="Två")
    moved = preparations.move_preparation(desk, key=second.key, by=-1, expected_version=1)
    assert listed(desk) == ["Två", "Ett"]
    assert preparations.move_preparation(desk, key=second.key, by=-1, expected_version=2) == ()
    assert {row.key: row.version for row in moved} == {first.key: 2, second.key: 2}
    changed = preparations.keep_preparation(
        desk, preparation=replace(second.preparation, text="Andra"), expected_version=2
    )  # fmt: skip
    assert (changed.words, changed.preparation.position) == ("Andra", 0)
    with pytest.raises(Conflict):
        preparations.keep_preparation(desk, preparation=second.preparation, expected_version=2)
    gone = preparations.remove_preparation(desk, key=second.key, expected_version=3)
    preparations.take_back_preparations(desk, changes=[PreparationChange(was=gone, left=None)])
    assert listed(desk) == ["Andra", "Ett"]


def test_a_held_meetings_list_stands_as_it_was(desk: Desk) -> None:
    row = kept(desk)
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.close_meeting(desk, key="teammote-1", expected_version=version)
    for gesture in (
        lambda: kept(desk), lambda: preparations.add_suggested(desk, meeting="teammote-1"),
        lambda: preparations.settle_preparation(desk, key=row.key, expected_version=1),
        lambda: preparations.remove_preparation(desk, key=row.key, expected_version=1),
    ):  # fmt: skip
        with pytest.raises(Refused):
            gesture()
    assert listed(desk) == ["Ta med kaffe"]


def test_it_follows_the_customers_of_a_meeting_that_is_called_off_and_comes_back(desk: Desk) -> None:
    fill(desk, replace(solgarden(), meetings=(team_meeting(), later("nasta", 7, customers=("kund-4",)))))
    preparations.add_suggested(desk, meeting="teammote-1")
    kept(desk, text="Boka rummet")
    there = kept(desk, KIND.PARTICIPATION, text=None, customer="kund-1", meeting="nasta")
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.cancel_meeting(desk, key="teammote-1", reason="Sjukdom", expected_version=version)
    assert listed(desk) == ["Fråga 1101 AB om önskemål", "Boka rummet"], "what the next has already is not doubled"
    assert listed(desk, "nasta") == [
        "Fråga 1101 AB om önskemål", "Riskbedömningar: 1101 AB", "Fråga 1102 CD om önskemål",
        "Riskbedömningar: 1102 CD",
    ]  # fmt: skip
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.reinstate_meeting(desk, key="teammote-1", expected_version=version)
    assert sorted(listed(desk)) == [
        "Boka rummet", "Fråga 1101 AB om önskemål", "Fråga 1102 CD om önskemål", "Riskbedömningar: 1101 AB",
        "Riskbedömningar: 1102 CD",
    ]  # fmt: skip
    (row,) = preparations.list_preparations(desk, meeting="nasta")
    assert row.key == there.key


def test_it_waits_for_the_next_meeting_when_there_is_none_yet(desk: Desk) -> None:
    preparations.add_suggested(desk, meeting="teammote-1")
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.cancel_meeting(desk, key="teammote-1", reason="Sjukdom", expected_version=version)
    assert len(listed(desk)) == 4
    meetings.book_meeting(desk, meeting=replace(later("nasta", 7, customers=("kund-2",)), items=()))
    assert listed(desk, "nasta") == ["Fråga 1102 CD om önskemål", "Riskbedömningar: 1102 CD"]
    assert len(listed(desk)) == 2


def test_a_meeting_that_is_moved_keeps_its_list(desk: Desk) -> None:
    kept(desk)
    stored = meetings.get_meeting(desk, key="teammote-1")
    moved = replace(stored.value, date=TODAY + dt.timedelta(days=9))
    meetings.save_meeting(desk, meeting=moved, expected_version=stored.version)
    assert listed(desk) == ["Ta med kaffe"]


def test_her_own_are_told_by_meeting_and_the_convenor_hears_of_the_rest(desk: Desk) -> None:
    fill(desk, replace(solgarden(), meetings=(team_meeting(), later("nasta", 7))))
    kept(desk, text="Sedan", responsible="bo-ek", meeting="nasta")
    kept(desk, text="Först", responsible="bo-ek")
    done = kept(desk, text="Klart", responsible="bo-ek")
    preparations.settle_preparation(desk, key=done.key, expected_version=1)
    kept(desk, text="Annans", responsible="anna-berg")
    kept(desk, text="Vikariens", responsible=Outsider("Vera Vikarie"))
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert [row.words for row in own_preparations.own_preparations(bo)] == ["Först", "Sedan"]
    assert own_preparations.unprepared(bo) == ()
    (near,) = own_preparations.unprepared(seated(desk, Role.MANAGER, member="eva-chef"))
    assert (near.words, near.names) == (
        "3 av 4 förberedelser är inte klara", ("Bo Ek", "Anna Berg", "Vera Vikarie"),
    )  # fmt: skip


def test_the_paper_has_customers_only_for_who_prints_them(desk: Desk) -> None:
    preparations.add_suggested(desk, meeting="teammote-1")
    whole = own_preparations.preparation_paper(desk, meeting="teammote-1")
    assert whole.has_customer_data
    bare = own_preparations.preparation_paper(seated(desk, Role.CARE_STAFF, member="bo-ek"), meeting="teammote-1")
    assert not bare.has_customer_data
    assert {row.words for row in bare.rows} == {"Kundärende"}
    with past_the_desk(desk) as work:
        printed = select(m.AuditEntry.customer).where(m.AuditEntry.action == "print")
        assert set(work.session.scalars(printed)) == {"kund-1", "kund-2"}


def test_an_exchange_file_carries_them_and_leaves_an_empty_list_out(desk: Desk) -> None:
    assert b'"preparations"' not in write_document(transfer.read_document(desk))
    preparations.add_suggested(desk, meeting="teammote-1")
    row = kept(desk, responsible=Outsider("Vera Vikarie"))
    preparations.settle_preparation(desk, key=row.key, note="Två kannor", expected_version=1)
    document = transfer.read_document(desk)
    assert len(document.preparations) == 5
    again = read_document(write_document(document))
    assert again.preparations == tuple(sorted(document.preparations, key=lambda one: one.key))
    assert transfer.take_in(desk, document=again, dry_run=True).imported["preparations"] == 0
    with past_the_desk(desk, writing=True) as work:
        work.session.execute(delete(m.Preparation))
        work.commit()
    fill(desk, again)
    assert transfer.read_document(desk) == document


def test_a_meeting_under_way_still_takes_what_is_ready(desk: Desk) -> None:
    row = kept(desk, responsible="bo-ek")
    version = meetings.get_meeting(desk, key="teammote-1").version
    opened = meetings.open_meeting(desk, key="teammote-1", expected_version=version)
    assert opened.value.status is MeetingStatus.OPEN
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert preparations.settle_preparation(bo, key=row.key, expected_version=1).preparation.done


def test_who_leaves_hands_over_what_she_was_to_have_ready(desk: Desk) -> None:
    row = kept(desk, KIND.ASSESSMENT, text=None, customer="kund-2", responsible="gun-holm")
    (held,) = [one for one in leaving.held_by(desk, key="gun-holm") if one.kind == "preparation"]
    assert held.sentence == "Förberedelse: Riskbedömningar: 1102 CD"
    takers = [HandOver(kind="preparation", key=row.key, to="bo-ek")]
    leaving.hand_over(desk, key="gun-holm", last_day=TODAY, takers=takers)
    (after,) = preparations.list_preparations(desk, meeting="teammote-1")
    assert (after.responsible_name, after.version) == ("Bo Ek", 2)
