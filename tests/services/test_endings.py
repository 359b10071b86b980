"""The days that come: customers move, die and are merged; members leave and hand over; nobody inherits by mistake."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.catalogue import Setting
from app.domain.customers import Contacts, Customer, CustomerStatus
from app.domain.document import Document
from app.domain.errors import Conflict, ImportRefused, NotAllowed, NotFound, Refused
from app.domain.meetings import Action, ActionStatus, Attendance, AttendanceStatus, Item, NextMeeting
from app.domain.roles import Role
from app.domain.team import HandOver, Member
from app.domain.units import WardSubstitute
from app.services import actions, checks, customers, endings, leaving, meetings, proposals, team, transfer, units
from app.services.desk import Desk
from tests.support import PASSWORD, TODAY, audit_rows, seated, surroundings, team_meeting

DUE = Action(key="atgard-1", text="Boka tandläkare", responsible="bo-ek", due=dt.date(2026, 4, 1))


def write_action(desk: Desk, *, customer: str = "kund-1", item: str = "punkt-2") -> None:
    """An open action about a customer, decided in the teammöte."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    items = tuple(
        replace(one, actions=(replace(DUE, customer=customer),)) if one.key == item else one
        for one in stored.value.items
    )
    agreed = NextMeeting(customers=("kund-1", "kund-3"))
    new = replace(stored.value, items=items, next_meeting=agreed)
    meetings.save_meeting(desk, meeting=new, expected_version=stored.version)


def test_one_step_ends_rotation_invitations_and_open_actions(desk: Desk) -> None:
    write_action(desk, item="punkt-4")
    foretold = endings.what_ends(desk, key="kund-1")
    version = customers.get_customer(desk, key="kund-1").version
    ended = endings.end_customer(desk, key="kund-1", on=TODAY, deceased=True, expected_version=version)
    assert ended == foretold
    assert (ended.meetings, ended.items, ended.actions) == (1, 1, 1)
    meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert meeting.customers == ("kund-2",)
    assert [item.key for item in meeting.items] == ["punkt-1", "punkt-3", "punkt-4"]
    assert meeting.next_meeting is not None
    assert meeting.next_meeting.customers == ("kund-3",)
    (action,) = meeting.items[2].actions
    assert (action.status, action.result) == (ActionStatus.DROPPED, "Kunden avliden mån 2 mars.")
    assert "kund-1" not in proposals.propose_next(desk, key="teammote-1").customers
    assert "kund-1" not in [one.value.key for one in customers.list_customers(desk)]
    assert customers.get_customer(desk, key="kund-1").value.status_on(TODAY) is CustomerStatus.LEFT


def test_what_is_written_about_her_stays(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    items = tuple(replace(one, notes="Mår bra.") if one.key == "punkt-2" else one for one in stored.value.items)
    meetings.save_meeting(desk, meeting=replace(stored.value, items=items), expected_version=stored.version)
    version = customers.get_customer(desk, key="kund-1").version
    endings.end_customer(desk, key="kund-1", on=TODAY, deceased=False, expected_version=version)
    assert meetings.get_meeting(desk, key="teammote-1").value.item("punkt-2") is not None


def test_who_moves_into_the_same_apartment_inherits_nothing(desk: Desk) -> None:
    write_action(desk)
    version = customers.get_customer(desk, key="kund-1").version
    endings.end_customer(desk, key="kund-1", on=TODAY, deceased=False, expected_version=version)
    arrived = Customer(key="", reference="ÅÖ", unit="solgarden", ward="norr", apartment="1101")
    new = customers.add_customer(desk, customer=arrived).value
    assert new.key.startswith("kund-")
    assert "1101" not in new.key
    assert new.contacts is None
    assert new.status_history == ()
    assert actions.list_actions(desk, customer=new.key) == ()
    assert new.key not in meetings.get_meeting(desk, key="teammote-1").value.customers
    with pytest.raises(Refused, match="end_customer_instead"):
        customers.change_status(desk, key=new.key, status=CustomerStatus.LEFT, on=TODAY, expected_version=1)


def test_a_move_to_another_unit_keeps_the_person_and_drops_contacts_who_do_not_work_there(desk: Desk) -> None:
    units.add_unit(desk, name="Björkgården", setting=units.get_unit(desk, key="solgarden").value.setting)
    anna = team.get_member(desk, key="anna-berg")
    team.save_member(
        desk, member=replace(anna.value, units=("solgarden", "bjorkgarden")), expected_version=anna.version
    )
    moved, lost = customers.move_customer(
        desk, key="kund-1", unit="bjorkgarden", ward=None, apartment="7", expected_version=1
    )
    assert lost == ("Bo Ek",)
    assert moved.value.contacts is not None
    assert moved.value.contacts.responsible_nurse == "anna-berg"
    assert moved.value.contacts.permanent_care_contact is None
    with pytest.raises(Conflict):
        customers.move_customer(desk, key="kund-1", unit="solgarden", ward=None, apartment=None, expected_version=1)
    with pytest.raises(Refused, match="reference_unknown"):
        customers.move_customer(desk, key="kund-1", unit="solgarden", ward="vast", apartment=None, expected_version=2)


def test_a_customer_with_a_personnummer_or_no_reference_is_refused(desk: Desk) -> None:
    kund = customers.get_customer(desk, key="kund-2")
    for reference, code in (("811218-9876", "personnummer_in_reference"), (" ", "customer_reference_missing")):
        with pytest.raises(Refused, match=code):
            customers.save_customer(
                desk, customer=replace(kund.value, reference=reference), expected_version=kund.version
            )
    assert customers.get_customer(desk, key="kund-2") == kund


def test_a_member_leaves_and_all_she_holds_is_handed_over_in_one_list(desk: Desk) -> None:
    write_action(desk)
    stored = meetings.get_meeting(desk, key="teammote-1")
    meetings.save_meeting(desk, meeting=replace(stored.value, chair="bo-ek"), expected_version=stored.version)
    unit = units.get_unit(desk, key="solgarden")
    norr, soder = unit.value.wards
    stand_in = (WardSubstitute(profession="Undersköterska", member="bo-ek"),)
    wards = (norr, replace(soder, substitutes=stand_in))
    units.save_unit(desk, unit=replace(unit.value, wards=wards), expected_version=unit.version)

    held = leaving.held_by(desk, key="bo-ek")
    assert sorted(one.kind for one in held) == ["action", "contact", "convenor", "meeting", "substitute"]
    assert [one.sentence for one in held if one.kind != "action"] == [
        "Är fast omsorgskontakt för 1101 AB",
        "Leder teammöte tis 3 mars",
        "Är kallad till teammöte tis 3 mars",
        "Är ersättare för undersköterska på Söder",
    ]
    without = [HandOver(kind=one.kind, key=one.key, to=None) for one in held]
    with pytest.raises(Refused, match="action_needs_taker"):
        leaving.hand_over(desk, key="bo-ek", last_day=TODAY, takers=without)
    assert leaving.held_by(desk, key="bo-ek") == held, "all or nothing"

    takers = [HandOver(kind=one.kind, key=one.key, to="gun-holm") for one in held]
    leaving.hand_over(desk, key="bo-ek", last_day=TODAY, takers=takers)
    assert leaving.held_by(desk, key="bo-ek") == ()
    assert {one.kind for one in leaving.held_by(desk, key="gun-holm")} == {one.kind for one in held}
    assert team.get_member(desk, key="bo-ek").value.to == TODAY
    meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert meeting.participants == ("eva-chef", "anna-berg", "gun-holm")
    with pytest.raises(NotFound):
        leaving.held_by(desk, key="ingen")


class TestAnotherUnit:
    """What an enhetschef of one unit is told and does of a member who is a contact in another."""

    @pytest.fixture
    def local(self, desk: Desk) -> Desk:
        """The enhetschef of Fyren, where Bo works too for once; his customers live on Solgården."""
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
        write_action(desk)
        bo = team.get_member(desk, key="bo-ek")
        team.save_member(desk, member=replace(bo.value, units=("fyren",), wards=()), expected_version=bo.version)
        hers = Customer(
            key="kund-9", reference="ZZ", unit="fyren", contacts=Contacts(responsible_nurse="bo-ek"),
        )  # fmt: skip
        customers.add_customer(desk, customer=hers)
        return seated(desk, Role.MANAGER, units=frozenset({"fyren"}))

    def test_only_her_own_is_listed_and_each_customer_is_on_record(self, desk: Desk, local: Desk) -> None:
        before = len(audit_rows(desk))
        assert [one.sentence for one in leaving.held_by(local, key="bo-ek")] == ["Är ansvarig sjuksköterska för ZZ"]
        assert audit_rows(desk)[before:] == [("read", "member:bo-ek", "kund-9")]
        every = leaving.held_by(desk, key="bo-ek")
        assert {one.sentence for one in every} >= {
            "Är fast omsorgskontakt för 1101 AB", "Åtgärd: Boka tandläkare (1101 AB)"
        }  # fmt: skip
        assert {row[2] for row in audit_rows(desk)[before + 1 :]} == {"kund-1", "kund-9"}

    @pytest.mark.parametrize(
        ("kind", "key"),
        [
            ("contact", "kund-1/permanent_care_contact"),
            ("contact", "kund-9/physiotherapist"),
            ("contact", "kund-9/unit"),
            ("convenor", "teammote-1/chair"),
            ("convenor", "teammote-1/unit"),
            ("action", "atgard-1"),
            ("meeting", "teammote-1"),
            ("substitute", "1"),
            ("substitute", "ett"),
            ("annat", "kund-9"),
        ],
    )
    def test_nothing_else_is_handed_over(self, desk: Desk, local: Desk, kind: str, key: str) -> None:
        before = customers.get_customer(desk, key="kund-1").value, actions.list_actions(desk)
        with pytest.raises(Refused, match="hand_over_changed"):
            leaving.hand_over(local, key="bo-ek", last_day=TODAY, takers=[HandOver(kind=kind, key=key, to="gun-holm")])
        assert (customers.get_customer(desk, key="kund-1").value, actions.list_actions(desk)) == before
        assert team.get_member(desk, key="bo-ek").value.to is None

    def test_what_is_handed_over_is_on_record_for_each_customer(self, desk: Desk, local: Desk) -> None:
        takers = [HandOver(kind="contact", key="kund-9/responsible_nurse", to="gun-holm")]
        leaving.hand_over(local, key="bo-ek", last_day=TODAY, takers=takers)
        assert customers.get_customer(desk, key="kund-9").value.contacts == Contacts(responsible_nurse="gun-holm")
        rows = [row for row in audit_rows(desk) if row[0] == "hand_over"]
        assert rows == [("hand_over", "member:bo-ek", "kund-9"), ("hand_over", "member:bo-ek", None)]

    def test_a_member_of_hers_and_another_unit_is_not_hers_to_end(self, desk: Desk, local: Desk) -> None:
        bo = team.get_member(desk, key="bo-ek")
        both = replace(bo.value, units=("fyren", "solgarden"))
        team.save_member(desk, member=both, expected_version=bo.version)
        ended = replace(both, units=("fyren",), to=TODAY - dt.timedelta(days=1))
        for gesture in (
            lambda: leaving.hand_over(local, key="bo-ek", last_day=TODAY, takers=()),
            lambda: team.save_member(local, member=ended, expected_version=bo.version + 1),
            lambda: team.delete_member(local, key="bo-ek", expected_version=bo.version + 1),
            lambda: transfer.take_in(local, document=Document(members=(ended,))),
        ):
            with pytest.raises((NotAllowed, ImportRefused)):
                gesture()
        assert team.get_member(desk, key="bo-ek").value == both

    def test_nor_is_one_of_another_unit_taken_over_by_a_file(self, desk: Desk, local: Desk) -> None:
        eva = team.get_member(desk, key="eva-chef").value
        ended = replace(eva, units=("fyren",), to=TODAY - dt.timedelta(days=1))
        with pytest.raises(ImportRefused) as refused:
            transfer.take_in(local, document=Document(members=(ended,)))
        assert [one.reason for one in refused.value.problems] == ["Ditt konto gäller inte enheten solgarden."]
        assert team.get_member(desk, key="eva-chef").value == eva


def test_two_rows_of_a_member_become_one_with_all_that_named_either(desk: Desk) -> None:
    write_action(desk)
    double = Member(key="bo-ek-2", name="Bo Ek", profession="Undersköterska", units=("solgarden",), wards=("soder",))
    double = replace(double, email="bo@exempel.se")
    team.add_member(desk, member=double)
    stored = meetings.get_meeting(desk, key="teammote-1")
    both = replace(
        stored.value,
        participants=(*stored.value.participants, "bo-ek-2"),
        attendance=(Attendance(member="bo-ek-2", status=AttendanceStatus.PRESENT),),
        items=(*stored.value.items, Item(key="punkt-9", heading="Ny", raised_by="bo-ek-2")),
    )
    meetings.save_meeting(desk, meeting=both, expected_version=stored.version)
    merged = endings.merge_members(desk, keep="bo-ek", drop="bo-ek-2").value
    assert (merged.wards, merged.email) == (("norr", "soder"), "bo@exempel.se")
    meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert meeting.participants == team_meeting().participants
    assert meeting.attendance[0].member == "bo-ek"
    assert meeting.items[-1].raised_by == "bo-ek"
    with pytest.raises(NotFound):
        team.get_member(desk, key="bo-ek-2")
    with pytest.raises(Refused, match="merge_same"):
        endings.merge_members(desk, keep="bo-ek", drop="bo-ek")


def test_two_rows_of_a_customer_become_one(desk: Desk) -> None:
    write_action(desk, customer="kund-2")
    merged = customers.merge_customers(desk, keep="kund-1", drop="kund-2").value
    assert merged.reference == "AB"
    meeting = meetings.get_meeting(desk, key="teammote-1").value
    assert meeting.customers == ("kund-1",)
    assert {item.customer for item in meeting.items if item.customer} == {"kund-1"}
    with pytest.raises(NotFound):
        customers.get_customer(desk, key="kund-2")
    path = desk.store.address
    desk.close()
    checks.check_file(surroundings(), path, user="chef", password=PASSWORD)


def test_a_member_is_deleted_only_when_nothing_names_her(desk: Desk) -> None:
    with pytest.raises(Refused, match="member_referenced"):
        team.delete_member(desk, key="bo-ek", expected_version=1)
    team.delete_member(desk, key="cia-dahl", expected_version=1)
    with pytest.raises(NotFound):
        team.get_member(desk, key="cia-dahl")


def test_a_ward_in_use_is_not_removed_and_the_last_state_stands(desk: Desk) -> None:
    unit = units.get_unit(desk, key="solgarden")
    with pytest.raises(Refused, match="ward_in_use"):
        units.save_unit(desk, unit=replace(unit.value, wards=unit.value.wards[:1]), expected_version=unit.version)
    new = units.new_ward(desk, unit="solgarden", name="Väst", beside=unit.value.wards)
    saved = units.save_unit(
        desk, unit=replace(unit.value, wards=(*unit.value.wards, new)), expected_version=unit.version
    )
    assert [ward.key for ward in units.get_unit(desk, key="solgarden").value.wards] == ["norr", "soder", "vast"]
    units.save_unit(desk, unit=unit.value, expected_version=saved.version)
    twice = replace(unit.value.wards[0], apartments=("1101", "1101"))
    with pytest.raises(Refused, match="apartment_doubled"):
        units.save_unit(desk, unit=replace(unit.value, wards=(twice,)), expected_version=saved.version + 1)
