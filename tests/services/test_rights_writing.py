"""Writing by those who see a part: the hidden stays, points of customers are planned unseen, report-back is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus, NextMeeting, Participation
from app.domain.roles import Right, Role
from app.domain.stored import Stored
from app.domain.units import Unit
from app.services import (
    customers,
    meeting_lists,
    meetings,
    papers,
    participation,
    proposals,
    today,
    units,
    year_plan,
)
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.support import TODAY, audit_rows, fill, seated


def read(desk: Desk, key: str = "teammote-1") -> Stored[Meeting]:
    return meetings.get_meeting(desk, key=key)


def keep(desk: Desk, meeting: Meeting) -> Stored[Meeting]:
    return meetings.save_meeting(desk, meeting=meeting, expected_version=read(desk, meeting.key).version)


def logged(desk: Desk, since: int) -> list[tuple[str, str]]:
    return [(action, customer) for action, _, customer in audit_rows(desk)[since:] if customer]


def test_a_secretary_writes_the_agenda_around_what_is_hidden_from_her(desk: Desk) -> None:
    before = read(desk).value
    siv = seated(desk, Role.SECRETARY)
    seen = read(siv)
    assert [item.heading for item in seen.value.items[1:3]] == [HIDDEN, HIDDEN]
    first, ab, cd, party = seen.value.items
    new = Item(key="ny", heading="Nycklar")
    changed = replace(seen.value, place="Sal B", items=(replace(cd, minutes=10), first, ab, new, party))
    saved = meetings.save_meeting(siv, meeting=changed, expected_version=seen.version)
    assert saved.value == replace(changed, sequence=1)
    now, whole = read(desk).value, {item.key: item for item in before.items}
    assert now.place == "Sal B"
    assert now.customers == before.customers
    assert now.items[:3] == (replace(whole["punkt-3"], minutes=10), whole["punkt-1"], whole["punkt-2"])
    with pytest.raises(Conflict):
        meetings.save_meeting(siv, meeting=replace(changed, items=(first,)), expected_version=seen.version)
    for items in ((first, ab, party), (replace(ab, heading="Annat"), first, cd, new, party)):
        with pytest.raises(NotAllowed):
            meetings.save_meeting(siv, meeting=replace(changed, items=items), expected_version=saved.version)
    assert read(desk).value == now


def test_what_comes_back_from_any_gesture_is_what_the_person_may_see(desk: Desk) -> None:
    siv = seated(desk, Role.SECRETARY)
    reason = meetings.cancel_meeting(siv, key="teammote-1", reason="Sjukdom", expected_version=1)
    back = meetings.reinstate_meeting(siv, key="teammote-1", expected_version=2)
    point = meetings.propose_item(siv, meeting="teammote-1", item=Item(key="", heading="Punkt"))
    for found in (reason, back, point):
        assert found.value.customers == ()
        assert found.value.items[1].heading == HIDDEN
    assert read(desk).value.customers == ("kund-1", "kund-2")


def test_a_secretary_plans_customers_without_seeing_them(desk: Desk) -> None:
    stored = read(desk).value
    keep(desk, replace(stored, next_meeting=NextMeeting(customers=("kund-3",))))
    siv, since = seated(desk, Role.SECRETARY), len(audit_rows(desk))
    found = proposals.propose_next(siv, key="teammote-1")
    about = [item for item in found.items if item.kind in (ItemKind.CUSTOMER, ItemKind.CARRIED)]
    assert [item.heading for item in about] == [HIDDEN, HIDDEN, HIDDEN, "Sommarfest"]
    booked = meetings.book_meeting(siv, meeting=found)
    assert booked.value.customers == ()
    assert logged(desk, since) == []
    whole = read(desk, booked.value.key).value
    assert whole.customers == ("kund-3",)
    wanted = ["Gran 7", "1101 AB", "1102 CD", "Sommarfest"]
    assert [item.heading for item in whole.items if item.kind is not ItemKind.STANDING] == wanted
    assert [item.carried_from for item in whole.items if item.kind is ItemKind.CARRIED] == [
        "punkt-2", "punkt-3", "punkt-4",
    ]  # fmt: skip
    assert whole.customers == proposals.propose_next(desk, key="teammote-1").customers


def test_proposing_logs_each_customer_once_for_the_gesture(desk: Desk) -> None:
    month = dt.date(2026, 4, 1)
    april: dict[str, Any] = {"units_wanted": ("solgarden",), "from_": month, "to": dt.date(2026, 4, 30), "seconds": 2.0}
    since = len(audit_rows(desk))
    year_plan.propose_year(desk, **april)
    rows = logged(desk, since)
    assert len(rows) == len(set(rows)) > 0
    siv, since = seated(desk, Role.SECRETARY), len(audit_rows(desk))
    found = year_plan.propose_year(siv, **april).meetings
    assert {item.heading for one in found for item in one.meeting.items if item.customer} == {HIDDEN}
    assert logged(desk, since) == []
    year_plan.apply_year(siv, proposed=found)
    kept = meeting_lists.whole_meetings(desk, from_=month)
    assert {item.heading for one in kept for item in one.items if item.customer} >= {"1201 GH"}
    since = len(audit_rows(desk))
    proposals.propose_next(desk, key="teammote-1")
    rows = logged(desk, since)
    assert {customer for _, customer in rows} >= {"kund-1", "kund-2"}, "carried points name them"
    assert len(rows) == len(set(rows))


def test_the_meeting_before_is_shown_and_logged_like_any_other(desk: Desk) -> None:
    later = replace(read(desk).value, key="teammote-2", date=dt.date(2026, 3, 17), items=(), customers=())
    meetings.book_meeting(desk, meeting=later)
    since = len(audit_rows(desk))
    assert proposals.previous_meeting(desk, key="teammote-2") is not None
    assert logged(desk, since) == [("read", "kund-1"), ("read", "kund-2")]
    siv, since = seated(desk, Role.SECRETARY), len(audit_rows(desk))
    found = proposals.previous_meeting(siv, key="teammote-2")
    assert found is not None
    assert found.value.customers == ()
    assert logged(desk, since) == []


def test_nobody_makes_herself_convenor_to_see_more(desk: Desk) -> None:
    siv = seated(desk, Role.SECRETARY, member="dan-falk")
    seen = read(siv)
    for changed in (replace(seen.value, chair="dan-falk"), replace(seen.value, approver="dan-falk")):
        with pytest.raises(NotAllowed):
            meetings.save_meeting(siv, meeting=changed, expected_version=seen.version)
    with pytest.raises(NotAllowed):
        meetings.book_meeting(siv, meeting=replace(seen.value, key="", chair="dan-falk", items=()))
    keep(desk, replace(read(desk).value, chair="dan-falk"))
    assert read(siv).value.customers == ("kund-1", "kund-2"), "named by another she leads the meeting"


ASKED = Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish="Sova med öppet fönster")


def write(desk: Desk, told: Participation, *, item: str = "punkt-2", version: int) -> Stored[Meeting]:
    return participation.write_participation(
        desk, meeting="teammote-1", item=item, participation=told, expected_version=version
    )


def test_the_permanent_care_contact_writes_participation_and_report_back(desk: Desk) -> None:
    uncalled = replace(read(desk).value, participants=("eva-chef",))
    version = keep(desk, uncalled).version
    bo, since = seated(desk, Role.CARE_STAFF, member="bo-ek"), len(audit_rows(desk))
    saved = write(bo, ASKED, version=version)
    assert audit_rows(desk)[since:] == [("write_participation", "meeting:teammote-1", "kund-1")]
    told = replace(ASKED, reported_by="bo-ek", reported_on=TODAY)
    with pytest.raises(Conflict):
        write(bo, told, version=version)
    saved = write(bo, told, version=saved.version)
    shown = saved.value.item("punkt-2")
    assert shown is not None
    assert (shown.heading, shown.participation) == ("1101 AB", (told,)), "she sees her customer's point, called or not"
    assert read(desk).value.items[1] == shown
    for person, one, item, error in (
        (bo, replace(ASKED, customer="kund-2"), "punkt-3", NotAllowed),
        (bo, ASKED, "punkt-3", Refused),
        (seated(desk, Role.CARE_STAFF, member="gun-holm"), ASKED, "punkt-2", NotAllowed),
        (seated(desk, Role.SECRETARY), ASKED, "punkt-2", NotAllowed),
        (seated(desk, Role.READER, member="bo-ek"), ASKED, "punkt-2", NotAllowed),
        (seated(desk, Role.CARE_STAFF, member="bo-ek", units=frozenset()), ASKED, "punkt-2", NotAllowed),
    ):
        with pytest.raises(error):
            write(person, one, item=item, version=saved.version)
    assert write(seated(desk, Role.LICENSED), ASKED, version=saved.version).value.items[1].participation == (ASKED,)


def test_after_approval_report_back_is_a_dated_addition(desk: Desk) -> None:
    named = keep(desk, replace(read(desk).value, secretary="anna-berg"))
    closed = meetings.close_meeting(desk, key="teammote-1", expected_version=named.version)
    approved = meetings.approve_minutes(desk, key="teammote-1", expected_version=closed.version)
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    with pytest.raises(Refused, match="minutes_locked"):
        write(bo, ASKED, version=approved.version)
    for item in ("punkt-3", None):
        with pytest.raises(NotAllowed):
            meetings.add_addition(bo, key="teammote-1", text="x", item=item, expected_version=approved.version)
    since = len(audit_rows(desk))
    added = meetings.add_addition(
        bo, key="teammote-1", text="Återkopplat.", item="punkt-2", expected_version=approved.version
    )
    assert [(one.by, one.item) for one in added.value.additions] == [("bo-ek", "punkt-2")]
    assert logged(desk, since) == [("add_addition", "kund-1"), ("add_addition", "kund-2")]  # both stand in it


def test_a_role_at_another_units_meeting_opens_that_meeting_alone(desk: Desk) -> None:
    other = Unit(key="lunden", name="Lunden", setting=Setting.SARSKILT_BOENDE)
    there = Customer(key="kund-9", reference="XY", unit="lunden", apartment="9")
    fill(desk, Document(units=(other,), customers=(there,)))
    led = Meeting(
        key="ledd", unit="lunden", forum="reflektionsmote", date=TODAY, start=dt.time(9, 0), end=dt.time(10, 0),
        chair="cia-dahl", secretary="anna-berg", customers=("kund-9",),
    )  # fmt: skip
    for meeting in (led, replace(led, key="annan", chair=None)):
        meetings.book_meeting(desk, meeting=meeting)
    cia = seated(desk, Role.CARE_STAFF, member="cia-dahl", units=frozenset({"solgarden"}))
    assert [row.key for row in meeting_lists.list_meetings(cia, unit="lunden")] == ["ledd"]
    assert meeting_lists.count_meetings(cia, unit="lunden") == 1
    found = read(cia, "ledd")
    assert found.value.customers == ("kund-9",)
    assert customers.customer_labels(cia, meeting="ledd")["kund-9"] == "9 XY"
    assert "kund-9" not in customers.customer_labels(cia)
    assert units.get_unit(cia, key="lunden").value.name == "Lunden"
    rights = meetings.may_at(cia, meeting=found.value)
    assert {Right.WRITE_MEETINGS, Right.APPROVE_MINUTES} <= rights
    assert Right.PRINT not in rights
    closed = meetings.close_meeting(cia, key="ledd", expected_version=found.version)
    approved = meetings.approve_minutes(cia, key="ledd", expected_version=closed.version)
    assert approved.value.status is MeetingStatus.APPROVED
    printed = papers.meeting_papers(cia, key="ledd", purpose=Purpose.MINUTES)
    assert (printed.unit_name, printed.customers) == ("Lunden", {})
    with pytest.raises(NotAllowed):
        read(cia, "annan")
    stranger = seated(desk, Role.MANAGER, member="gun-holm", units=frozenset({"solgarden"}))
    for gesture in (lambda: read(stranger, "ledd"), lambda: units.get_unit(stranger, key="lunden")):
        with pytest.raises(NotAllowed):
            gesture()


def test_the_day_names_only_customers_one_may_see(desk: Desk) -> None:
    people = {
        "Läs på om 1101 AB och 1102 CD": seated(desk, Role.CARE_STAFF, member="bo-ek"),
        "": seated(desk, Role.CARE_STAFF),
    }
    for sentence, person in people.items():
        since = len(audit_rows(desk))
        assert " ".join(one.what for one in today.today(person).prepare) == sentence
        assert len(logged(desk, since)) == 2 * bool(sentence)
    for role in (Role.SECRETARY, Role.READER):
        assert today.today(seated(desk, role)).prepare == ()
