"""Nödöppning: one unit's customers for an hour, for reading, logged, and shown to the enhetschef."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.emergency import checked_reason
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Action, Item, ItemKind, Meeting, Participation
from app.domain.roles import Role
from app.domain.units import Unit
from app.models import AuditEntry
from app.services import (
    actions,
    customer_view,
    customers,
    emergency,
    meeting_lists,
    meetings,
    papers,
    participation,
)
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.support import TODAY, FixedClock, audit_rows, fill, past_the_desk, seated, team_meeting

WHY = "Kunden svarar inte på larm"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The small unit with written minutes about a customer of Söder, and another unit with a customer and a meeting."""
    there = Customer(key="kund-9", reference="XY", unit="lunden", apartment="9")
    point = Item(
        key="p-9", heading="9 XY", kind=ItemKind.CUSTOMER, customer="kund-9", notes="Allergisk.",
        actions=(Action(key="a-9", text="Ring", customer="kund-9"),),
    )  # fmt: skip
    chat = Item(key="p-8", heading="Schema", notes="Om personalen.")
    held = Meeting(
        key="annat", unit="lunden", forum="apt", date=TODAY, start=dt.time(9), end=dt.time(10), items=(point, chat),
        customers=("kund-9",),
    )  # fmt: skip
    gh = Item(key="p-4", heading="1201 GH", kind=ItemKind.CUSTOMER, customer="kund-4", notes="Äter mindre.")
    own = replace(team_meeting(), items=(*team_meeting().items, gh), customers=("kund-1", "kund-4"))
    unit = Unit(key="lunden", name="Lunden", setting=Setting.SARSKILT_BOENDE)
    fill(desk, Document(units=(unit,), customers=(there,), meetings=(own, held)))
    return desk


def bo(desk: Desk) -> Desk:
    """Omvårdnadspersonal on Norr, limited to Solgården."""
    return seated(desk, Role.CARE_STAFF, member="bo-ek", units=frozenset({"solgarden"}))


def test_her_own_unit_opens_beyond_those_she_is_assigned_to(desk: Desk) -> None:
    person = bo(desk)
    with pytest.raises(NotAllowed):
        customer_view.open_customer(person, key="kund-4")
    assert meetings.get_meeting(person, key="teammote-1").value.items[-1].heading == HIDDEN
    opened = emergency.open_emergency(person, unit="solgarden", reason=f"  {WHY} ")
    assert (opened.reason, opened.unit_name, opened.seen_by) == (WHY, "Solgården", None)
    assert opened.until - opened.opened_at == dt.timedelta(hours=1)
    before = len(audit_rows(desk))
    assert customer_view.open_customer(person, key="kund-4").stored.value.reference == "GH"
    assert audit_rows(desk)[before:] == [("read", "customer:kund-4", "kund-4")]
    shown = meetings.get_meeting(person, key="teammote-1").value
    assert (shown.items[-1].heading, shown.items[-1].notes) == ("1201 GH", "Äter mindre.")
    assert shown.customers == ("kund-1", "kund-4")
    assert len(customers.list_customers(person)) == 4
    with pytest.raises(NotAllowed):
        customer_view.open_customer(person, key="kund-9")


def test_another_unit_opens_to_its_customers_and_nothing_more(desk: Desk) -> None:
    person = bo(desk)
    for look in (
        lambda: meetings.get_meeting(person, key="annat"),
        lambda: customers.get_customer(person, key="kund-9"),
    ):
        with pytest.raises(NotAllowed):
            look()
    emergency.open_emergency(person, unit="lunden", reason=WHY)
    about, staff = meetings.get_meeting(person, key="annat").value.items
    assert (about.notes, staff.heading, staff.notes) == ("Allergisk.", "Schema", None), "minutes are not opened"
    assert customers.get_customer(person, key="kund-9").value.label == "9 XY"
    assert customers.customer_labels(person)["kund-9"] == "9 XY"
    assert [row.text for row in actions.list_actions(person, unit="lunden")] == ["Ring"]
    assert "annat" in [row.key for row in meeting_lists.list_meetings(person)]
    printed = papers.meeting_papers(person, key="annat", purpose=Purpose.AGENDA)
    assert (printed.customers, printed.has_customer_data) == ({}, False), "her account prints nobody's data"


def test_an_account_of_nobody_in_the_team_opens_too(desk: Desk) -> None:
    nina = seated(desk, Role.CARE_STAFF)
    assert actions.list_actions(nina) == ()
    emergency.open_emergency(nina, unit="lunden", reason=WHY)
    assert [one.value.key for one in customers.list_customers(nina)] == ["kund-9"]
    assert [row.key for row in actions.list_actions(nina)] == ["a-9"]


def test_licensed_staff_read_in_the_opened_unit_what_they_read_in_their_own(desk: Desk) -> None:
    anna = seated(desk, Role.LICENSED, member="anna-berg", units=frozenset({"solgarden"}))
    emergency.open_emergency(anna, unit="lunden", reason=WHY)
    stored = meetings.get_meeting(anna, key="annat")
    assert stored.value.items[1].notes == "Om personalen."
    assert sorted(papers.meeting_papers(anna, key="annat", purpose=Purpose.MINUTES).customers) == ["kund-9"]
    customer = customers.get_customer(anna, key="kund-9")
    for write in (
        lambda: meetings.save_meeting(
            anna, meeting=replace(stored.value, place="Sal"), expected_version=stored.version
        ),
        lambda: customers.save_customer(anna, customer=customer.value, expected_version=customer.version),
        lambda: meetings.book_meeting(anna, meeting=replace(stored.value, key="", items=())),
        lambda: actions.complete_action(anna, key="a-9", expected_version=1),
    ):
        with pytest.raises(NotAllowed, match="not_your_unit"):
            write()


def test_care_staff_write_nothing_by_an_emergency(desk: Desk) -> None:
    person = bo(desk)
    emergency.open_emergency(person, unit="lunden", reason=WHY)
    emergency.open_emergency(person, unit="solgarden", reason=WHY)
    with pytest.raises(NotAllowed):
        actions.complete_action(person, key="a-9", expected_version=1)
    told = Participation(customer="kund-4", asked_by="bo-ek", asked_on=TODAY)
    with pytest.raises(NotAllowed):
        participation.write_participation(
            person, meeting="teammote-1", item="p-4", participation=told, expected_version=2
        )
    with pytest.raises(NotAllowed):
        meetings.propose_item(person, meeting="teammote-1", item=Item(key="", heading="Hej", customer="kund-4"))


@pytest.mark.parametrize(("minutes", "open_still"), [(0, True), (59, True), (60, False), (600, False), (-1, False)])
def test_it_ends_after_the_hour_in_the_middle_of_the_session(
    desk: Desk, clock: FixedClock, minutes: int, open_still: bool
) -> None:
    person = bo(desk)
    emergency.open_emergency(person, unit="lunden", reason=WHY)
    clock.moment += dt.timedelta(minutes=minutes)
    assert bool(emergency.my_emergencies(person)) == open_still
    assert ("kund-9" in [one.value.key for one in customers.list_customers(person)]) == open_still


def test_she_ends_it_herself(desk: Desk) -> None:
    person = bo(desk)
    emergency.open_emergency(person, unit="lunden", reason=WHY)
    emergency.end_emergencies(person)
    assert emergency.my_emergencies(person) == ()
    with pytest.raises(NotAllowed):
        customers.get_customer(person, key="kund-9")
    done = [(action, what) for action, what, _ in audit_rows(desk) if "emergency" in action]
    assert done == [("emergency", "unit:lunden"), ("end_emergency", "unit:lunden")]


def test_the_enhetschef_of_the_unit_sees_it_until_she_has_taken_note(desk: Desk) -> None:
    opened = emergency.open_emergency(bo(desk), unit="lunden", reason=WHY)
    elsewhere = seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))
    assert emergency.list_emergencies(elsewhere) == ()
    with pytest.raises(NotAllowed):
        emergency.mark_seen(elsewhere, key=opened.key)
    with pytest.raises(NotFound):
        emergency.mark_seen(desk, key=opened.key + 1)
    assert [one.reason for one in emergency.list_emergencies(desk, unseen_only=True)] == [WHY]
    emergency.mark_seen(desk, key=opened.key)
    emergency.mark_seen(seated(desk, Role.MANAGER), key=opened.key)
    assert emergency.list_emergencies(desk, unseen_only=True) == ()
    seen = emergency.list_emergencies(desk)[0]
    assert (seen.seen_by, seen.seen_at) == ("Eva Chef", opened.opened_at)
    assert [action for action, _, _ in audit_rows(desk)].count("see_emergency") == 1


def test_the_log_says_unit_and_reason(desk: Desk) -> None:
    emergency.open_emergency(bo(desk), unit="lunden", reason=WHY)
    with past_the_desk(desk) as work:
        rows = work.session.execute(
            select(AuditEntry.unit, AuditEntry.reason).where(AuditEntry.action == "emergency")
        ).all()
    assert [tuple(row) for row in rows] == [("lunden", WHY)]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SECRETARY, Role.READER])
def test_others_do_not_get_it(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowed):
        emergency.open_emergency(seated(desk, role), unit="lunden", reason=WHY)


def test_a_reason_is_asked_for(desk: Desk) -> None:
    for reason in ("", "   ", "larm", "ja ja ja", "a b c d e f"[:9]):
        with pytest.raises(Refused, match="emergency_reason"):
            emergency.open_emergency(bo(desk), unit="lunden", reason=reason)
    with pytest.raises(Refused, match="personnummer_in_reason"):
        emergency.open_emergency(bo(desk), unit="lunden", reason="Kunden 19121212-1212 har ramlat i badrummet")
    with pytest.raises(NotFound):
        emergency.open_emergency(bo(desk), unit="finns-inte", reason=WHY)
    assert emergency.list_emergencies(desk) == ()


@given(st.text(max_size=60))
def test_a_kept_reason_says_something(text: str) -> None:
    try:
        reason = checked_reason(text)
    except Refused:
        return
    assert reason == " ".join(text.split())
    assert len(reason.split()) >= 3
