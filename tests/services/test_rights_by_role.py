"""trust.md's table of roles: for each person and gesture what is allowed, refused or blanked, and what the log says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import TypeVar

import pytest

from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.errors import AccessDenied, NotAllowed, Refused
from app.domain.meeting_papers import MeetingPapers
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Action, Item, ItemKind, Meeting, NextMeeting
from app.domain.roles import Role
from app.services import (
    accounts,
    actions,
    customer_view,
    customers,
    endings,
    meeting_lists,
    meetings,
    papers,
    proposals,
    team,
    today,
    transfer,
)
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.support import TODAY, audit_rows, seated

T = TypeVar("T")


@dataclass(frozen=True)
class Someone:
    """A person of the small unit."""

    role: Role
    member: str | None = None


PEOPLE = {
    "chef": Someone(Role.MANAGER),
    "anna": Someone(Role.LICENSED, "anna-berg"),
    "bo": Someone(Role.CARE_STAFF, "bo-ek"),  # called, works on Norr, fast omsorgskontakt of kund-1
    "cia": Someone(Role.CARE_STAFF, "cia-dahl"),  # not called, works on Söder
    "gun": Someone(Role.CARE_STAFF, "gun-holm"),  # not called, works on both, has two things to do
    "nina": Someone(Role.CARE_STAFF),  # an account of nobody in the team
    "siv": Someone(Role.SECRETARY),
    "dan": Someone(Role.SECRETARY, "dan-falk"),  # the meeting's named secretary
    "lena": Someone(Role.READER),
}
EVERYBODY = " ".join(PEOPLE)


def sit(desk: Desk, name: str) -> Desk:
    return seated(desk, PEOPLE[name].role, member=PEOPLE[name].member)


def written(meeting: Meeting) -> Meeting:
    """The teammöte with minutes: points 2, 3 and 5 about customers, the last of another ward."""
    first, ab, cd, party = meeting.items
    return replace(
        meeting,
        secretary="dan-falk",
        customers=("kund-1", "kund-2", "kund-4"),
        next_meeting=NextMeeting(customers=("kund-2", "kund-4")),
        appendices=("Schema",),
        items=(
            replace(first, notes="Godkändes."),
            replace(ab, notes="Sover bättre.", decisions=("Fortsätt",), actions=(task("a-1", "anna-berg"),)),
            replace(cd, notes="Går mer.", actions=(task("a-2", None),)),
            replace(party, notes="I juni.", actions=(task("a-4", "gun-holm"),)),
            Item(
                key="punkt-5", heading="1201 GH", kind=ItemKind.CUSTOMER, customer="kund-4", notes="Äter mindre.",
                actions=(task("a-5", "gun-holm"),),
            ),
        ),
    )  # fmt: skip


def task(key: str, responsible: str | None) -> Action:
    return Action(key=key, text=f"Ordna {key}", responsible=responsible, due=TODAY)


@pytest.fixture
def minutes(desk: Desk) -> Desk:
    """The enhetschef's desk where the teammöte is under way and its minutes are written."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    saved = meetings.save_meeting(desk, meeting=written(stored.value), expected_version=stored.version)
    meetings.open_meeting(desk, key="teammote-1", expected_version=saved.version)
    return desk


def close(desk: Desk) -> None:
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.close_meeting(desk, key="teammote-1", expected_version=version)


def logged(desk: Desk, gesture: Callable[[], T], *, action: str) -> tuple[T, list[str]]:
    """What a gesture gives, and the customers it put into the log, each as often as it stands there."""
    before = len(audit_rows(desk))
    found = gesture()
    return found, [customer for what, _, customer in audit_rows(desk)[before:] if what == action and customer]


def extent(item: Item, whole: Item) -> str:
    """How much of an item is shown: w(hole), a(genda), t(ask of her own), b(lank)."""
    if item == whole:
        return "w"
    if item.actions:
        assert (item.notes, item.decisions) == (None, ())
        return "t"
    assert (item.notes, item.decisions, item.customer) == (None, (), None)
    return "b" if item.heading == HIDDEN else "a"


THREE = ["kund-1", "kund-2", "kund-4"]
SIGHT = {
    # who: the five points, customers due, agreed for next time, logged as read
    "chef": ("wwwww", 3, 2, THREE),
    "anna": ("wwwww", 3, 2, THREE),
    "bo": ("wwwwb", 2, 1, ["kund-1", "kund-2"]),
    "cia": ("abbab", 0, None, []),
    "gun": ("abbtt", 0, None, ["kund-4"]),
    "nina": ("abbab", 0, None, []),
    "siv": ("wbbwb", 0, 0, []),
    "dan": ("wwwww", 3, 2, THREE),
    "lena": ("abbab", 0, None, []),
}


@pytest.mark.parametrize("name", SIGHT)
def test_each_sees_of_the_minutes_what_the_table_says_and_no_more_is_logged(minutes: Desk, name: str) -> None:
    points, due, agreed, read = SIGHT[name]
    whole = meetings.get_meeting(minutes, key="teammote-1").value
    person = sit(minutes, name)
    looks: tuple[Callable[[], Meeting], ...] = (
        lambda: meetings.get_meeting(person, key="teammote-1").value,
        lambda: meeting_lists.whole_meetings(person)[0],
    )
    for look in looks:
        seen, rows = logged(minutes, look, action="read")
        assert rows == read
        shown = "".join(extent(item, old) for item, old in zip(seen.items, whole.items, strict=True))
        assert (shown, len(seen.customers)) == (points, due)
        assert (None if seen.next_meeting is None else len(seen.next_meeting.customers)) == agreed
        assert bool(seen.appendices) == (agreed is not None)


def test_a_reader_reads_the_minutes_once_the_meeting_is_over_but_no_customers(minutes: Desk) -> None:
    close(minutes)
    whole = meetings.get_meeting(minutes, key="teammote-1").value
    lena = sit(minutes, "lena")
    seen, read = logged(minutes, lambda: meetings.get_meeting(lena, key="teammote-1").value, action="read")
    assert "".join(extent(item, old) for item, old in zip(seen.items, whole.items, strict=True)) == "wbbwb"
    assert read == []
    assert [row.text for row in actions.list_actions(lena)].count(HIDDEN) == 3
    assert today.today(lena).actions == (), "there is nothing for her to do"
    assert [row.key for row in actions.list_actions(lena) if row.text == "Ordna a-4"] == ["a-4"]


PRINTS = {
    # who: customers on the agenda, on the minutes (None: refused)
    "chef": (THREE, THREE), "anna": (THREE, THREE), "bo": ([], []), "cia": ([], None), "gun": ([], None),
    "nina": ([], None), "siv": ([], []), "dan": (THREE, THREE), "lena": ([], None),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTS)
def test_customers_are_on_the_papers_of_those_who_may_print_them_and_logged(minutes: Desk, name: str) -> None:
    person = sit(minutes, name)
    for purpose, expected in zip((Purpose.AGENDA, Purpose.MINUTES), PRINTS[name], strict=True):
        for draw in (one_meeting, a_month):
            if expected is None:
                with pytest.raises((NotAllowed, Refused)):
                    draw(person, purpose)
                continue
            found, rows = logged(minutes, partial(draw, person, purpose), action="print")
            assert rows == expected
            assert (sorted(found.customers), found.has_customer_data) == (expected, bool(expected))
            assert all(item.customer in found.customers for item in found.meeting.items if item.customer)


def one_meeting(person: Desk, purpose: Purpose) -> MeetingPapers:
    return papers.meeting_papers(person, key="teammote-1", purpose=purpose)


def a_month(person: Desk, purpose: Purpose) -> MeetingPapers:
    return papers.papers_of_period(person, from_=TODAY, to=dt.date(2026, 3, 31), purpose=purpose)[0]


LISTED = {
    # who: the actions listed (in small letters those without text and customer)
    "chef": "A1 A2 A4 A5", "anna": "A1 A2 A4 A5", "bo": "A1 A2 A4 a5", "cia": "A5", "gun": "A1 A2 A4 A5", "nina": "",
    "siv": "a1 a2 A4 a5", "dan": "A1 A2 A4 A5", "lena": "",
}  # fmt: skip
ABOUT = {"a-1": "kund-1", "a-2": "kund-2", "a-5": "kund-4"}


@pytest.mark.parametrize("name", LISTED)
def test_actions_are_listed_blank_where_the_customer_is_not_hers_to_see(minutes: Desk, name: str) -> None:
    person = sit(minutes, name)
    rows = actions.list_actions(person)
    shown = [row for row in rows if row.text != HIDDEN]
    letters = [("A" if row in shown else "a") + row.key[-1] for row in rows]
    assert sorted(letters) == sorted(LISTED[name].split())
    assert actions.count_actions(person) == len(rows)
    for row in rows:
        open_to_her = row in shown
        assert row.customer == (ABOUT.get(row.key) if open_to_her else None)
        assert bool(row.customer_label) == (open_to_her and row.key in ABOUT)
        assert (row.item_heading == HIDDEN) != open_to_her
    read = sorted(ABOUT[row.key] for row in shown if row.key in ABOUT)
    assert logged(minutes, lambda: actions.list_actions(person), action="read")[1] == read
    found = [row.key for row in actions.list_actions(person, text="Ordna")]
    assert found == [row.key for row in shown], "a search must not tell what is hidden"
    assert len(actions.list_actions(person, customer="kund-4")) == any(row.key == "a-5" for row in shown)
    if PEOPLE[name].role is not Role.READER:
        for key, version in [(row.key, row.version) for row in actions.list_actions(minutes)]:
            if key in [row.key for row in shown]:
                actions.complete_action(person, key=key, expected_version=version)
            else:
                with pytest.raises(NotAllowed):
                    actions.complete_action(person, key=key, expected_version=version)


CUSTOMERS = {
    "chef": "1234", "anna": "1234", "bo": "123", "cia": "4", "gun": "1234", "nina": "", "siv": None, "dan": None,
    "lena": None,
}  # fmt: skip
LABELS_AT_MEETING = {"bo": "123", "cia": "4", "gun": "1234", "nina": "", "siv": "", "dan": "1234", "lena": ""}


@pytest.mark.parametrize("name", CUSTOMERS)
def test_customers_are_seen_where_assigned(minutes: Desk, name: str) -> None:
    person, hers = sit(minutes, name), CUSTOMERS[name]
    every = [f"kund-{n}" for n in range(1, 5)]
    if hers is None:
        with pytest.raises(NotAllowed):
            customers.list_customers(person)
        with pytest.raises(NotAllowed):
            customers.customer_labels(person)
    else:
        allowed = [f"kund-{n}" for n in hers]
        found, read = logged(minutes, lambda: customers.list_customers(person), action="read")
        assert sorted(one.value.key for one in found) == sorted(read) == allowed
        assert sorted(customers.customer_labels(person)) == allowed
    looks: tuple[Callable[..., object], ...] = (customers.get_customer, customer_view.open_customer)
    for key, look in product(every, looks):
        if key[-1] in (hers or ""):
            assert logged(minutes, partial(look, person, key=key), action="read")[1] == [key]
        else:
            with pytest.raises(NotAllowed):
                look(person, key=key)
    there = customers.customer_labels(person, meeting="teammote-1")
    assert sorted(there) == [f"kund-{n}" for n in LABELS_AT_MEETING.get(name, "1234")]
    assert there.get("kund-3", "Gran 7") == "Gran 7"


def test_a_member_without_a_ward_serves_the_whole_unit_and_one_who_left_nobody(desk: Desk) -> None:
    pool = seated(desk, Role.CARE_STAFF, member="dan-falk")
    assert len(customers.list_customers(pool)) == 4
    stored = team.get_member(desk, key="dan-falk")
    team.save_member(desk, member=replace(stored.value, to=TODAY - dt.timedelta(days=1)), expected_version=1)
    with pytest.raises(AccessDenied, match="assignment_ended"):
        customers.list_customers(pool)
    elsewhere = seated(desk, Role.CARE_STAFF, member="bo-ek", units=frozenset({"annan-enhet"}))
    assert customers.list_customers(elsewhere) == ()
    assert customers.customer_labels(elsewhere) == {}


def bare(key: str = "") -> Customer:
    return Customer(key=key, reference="IJ", unit="solgarden", ward="norr")


def save(person: Desk, **changes: object) -> object:
    stored = meetings.get_meeting(person, key="teammote-1")
    changed = replace(stored.value, **changes)  # type: ignore[arg-type]
    return meetings.save_meeting(person, meeting=changed, expected_version=stored.version)


def note(person: Desk) -> object:
    items = meetings.get_meeting(person, key="teammote-1").value.items
    return save(person, items=(replace(items[0], notes="Rättat."), *items[1:]))


def step(gesture: Callable[..., object], **given: object) -> Callable[[Desk], object]:
    def go(person: Desk) -> object:
        version = meetings.get_meeting(person, key="teammote-1").version
        return gesture(person, key="teammote-1", expected_version=version, **given)

    return go


def point(customer: str | None = None) -> Callable[[Desk], object]:
    return lambda desk: meetings.propose_item(
        desk, meeting="teammote-1", item=Item(key="", heading="Punkt", customer=customer)
    )


def new_meeting(person: Desk) -> object:
    found = proposals.propose_meeting(person, unit="solgarden", forum="teammote", ward="soder")
    return meetings.book_meeting(person, meeting=found)


STAFF = "chef anna bo cia gun nina siv dan"
GESTURES: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "read the meeting": (EVERYBODY, lambda desk: meetings.get_meeting(desk, key="teammote-1")),
    "write the agenda": ("chef anna siv dan", lambda desk: save(desk, place="Sal B")),
    "book a meeting": ("chef anna siv dan", new_meeting),
    "cancel": ("chef anna siv dan", step(meetings.cancel_meeting, reason="Sjukdom")),
    "propose a point": (STAFF, point()),
    "propose one about a customer of Norr": ("chef anna bo gun dan", point("kund-2")),
    "propose one about a customer of Söder": ("chef anna cia gun dan", point("kund-4")),
    "write the minutes": ("chef anna dan", note),
    "end the meeting": ("chef anna dan", step(meetings.close_meeting)),
    "approve": ("chef", step(meetings.approve_minutes)),
    "add a customer": ("chef anna", lambda desk: customers.add_customer(desk, customer=bare())),
    "change a customer": (
        "chef anna", lambda desk: customers.move_customer(
            desk, key="kund-2", unit="solgarden", ward="soder", apartment="1202", expected_version=1
        ),
    ),
    "merge customers": ("chef", lambda desk: customers.merge_customers(desk, keep="kund-1", drop="kund-2")),
    "end a customer": (
        "chef anna",
        lambda desk: endings.end_customer(desk, key="kund-2", on=TODAY, deceased=False, expected_version=1),
    ),
    "export everything": ("chef", transfer.read_document),
    "import": ("chef", lambda desk: transfer.take_in(desk, document=Document(customers=(bare("ny"),)))),
    "see accounts": ("chef", accounts.list_accounts),
    "see the day": (EVERYBODY, today.today),
}  # fmt: skip


ONCE = {
    "cancel": "siv", "end the meeting": "dan", "change a customer": "anna", "merge customers": "chef",
    "end a customer": "anna",
}  # fmt: skip
"""What only one of them can do in the same file: she whose right is least like the enhetschef's."""


@pytest.mark.parametrize("gesture", GESTURES)
def test_each_gesture_is_allowed_to_those_of_the_table(minutes: Desk, gesture: str) -> None:
    allowed, does = GESTURES[gesture]
    if gesture == "approve":
        close(minutes)
    before = transfer.read_document(minutes)
    for name in PEOPLE:
        if name not in allowed.split():
            with pytest.raises(NotAllowed):
                does(sit(minutes, name))
    assert transfer.read_document(minutes) == before
    for name in allowed.split():
        if ONCE.get(gesture, name) == name:
            does(sit(minutes, name))
