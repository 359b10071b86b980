"""What may happen to a meeting: its states, what is locked when, and what a meeting must fulfil to be kept."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum, auto

from app.domain.errors import NotAllowed, Refused
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.roles import MEETING_RIGHTS, RIGHTS, Actor, MeetingRole, Right


class Step(StrEnum):
    """A gesture that moves a meeting to another state."""

    OPEN = auto()
    CLOSE = auto()
    REOPEN = auto()
    APPROVE = auto()
    CANCEL = auto()
    REINSTATE = auto()


_S = MeetingStatus
STEPS: dict[tuple[MeetingStatus, Step], MeetingStatus] = {
    (_S.PLANNED, Step.OPEN): _S.OPEN,
    (_S.PLANNED, Step.CLOSE): _S.DRAFT,
    (_S.PLANNED, Step.CANCEL): _S.CANCELLED,
    (_S.OPEN, Step.CLOSE): _S.DRAFT,
    (_S.OPEN, Step.CANCEL): _S.CANCELLED,
    (_S.DRAFT, Step.REOPEN): _S.OPEN,
    (_S.DRAFT, Step.APPROVE): _S.APPROVED,
    (_S.CANCELLED, Step.REINSTATE): _S.PLANNED,
}
"""From which state each step leads where; approved minutes have no way out, only dated additions."""

AGENDA_FIELDS = (
    "unit", "forum", "ward", "title", "date", "start", "end", "place", "link", "chair", "approver", "participants",
    "customers", "series", "occasion",
)  # fmt: skip
_ITEM_AGENDA = ("key", "heading", "kind", "text", "raised_by", "customer", "presenter", "minutes", "carried_from")


def after(status: MeetingStatus, step: Step) -> MeetingStatus:
    """The state a step leads to. Raises Refused("meeting_state") when the state does not allow it."""
    found = STEPS.get((status, step))
    if found is None:
        raise Refused("meeting_state", status=status.label.lower())
    return found


def check(meeting: Meeting) -> None:
    """Raise Refused when the meeting cannot be kept as it is: times, headings, texts, minutes, anything doubled."""
    if meeting.end <= meeting.start:
        raise Refused("meeting_times")
    if any(not item.heading.strip() for item in meeting.items):
        raise Refused("item_without_heading")
    for item in meeting.items:
        if any(not action.text.strip() for action in item.actions):
            raise Refused("action_without_text", heading=item.heading)
        if item.minutes is not None and item.minutes < 0:
            raise Refused("item_minutes", heading=item.heading)
    keys = [item.key for item in meeting.items]
    if len(set(keys)) != len(keys) or len(set(meeting.participants)) != len(meeting.participants):
        raise Refused("meeting_doubled")
    if len(set(meeting.customers)) != len(meeting.customers):
        raise Refused("meeting_doubled")


def check_approvable(meeting: Meeting) -> None:
    """Raise Refused unless the minutes can be approved: a secretary was named at the meeting (routine 1)."""
    after(meeting.status, Step.APPROVE)
    if meeting.secretary is None:
        raise Refused("approve_needs_secretary")


def roles_at(meeting: Meeting, actor: Actor) -> frozenset[MeetingRole]:
    """What the person is at the meeting, by her member key."""
    if actor.member is None:
        return frozenset()
    named = (
        (meeting.chair, MeetingRole.CONVENOR),
        (meeting.secretary, MeetingRole.SECRETARY),
        (meeting.approver, MeetingRole.APPROVER),
    )
    return frozenset(role for person, role in named if person == actor.member)


def rights_at(meeting: Meeting, actor: Actor) -> frozenset[Right]:
    """The person's rights at this meeting: her account's where it reaches the unit, and those of her roles there."""
    roles = roles_at(meeting, actor)
    account = RIGHTS[actor.role]
    found = set(account if actor.sees(meeting.unit) else account & _ANYWHERE)
    for role in roles:
        found |= MEETING_RIGHTS[role]
    if _left_to_another(meeting, roles) and Right.APPROVE_MINUTES not in account:
        found.discard(Right.APPROVE_MINUTES)
    if Right.PRINT_OWN in found and MeetingRole.SECRETARY in roles:
        found.add(Right.PRINT)
    return frozenset(found)


def _left_to_another(meeting: Meeting, roles: frozenset[MeetingRole]) -> bool:
    """Whether a member of the team other than the person is named to approve: then the convenor does not.

    Somebody from outside has no account: what she approved is entered by the convenor.
    """
    return isinstance(meeting.approver, str) and MeetingRole.APPROVER not in roles


_ANYWHERE = frozenset({Right.READ_MEETINGS, Right.PRINT, Right.PRINT_OWN})
"""What an account keeps at another unit's meeting, to which only a role there lets the person."""


def reaches(meeting: Meeting, actor: Actor) -> bool:
    """Whether the meeting is there for the person: in a unit of hers, or anywhere she has a role at it."""
    return actor.sees(meeting.unit) or bool(roles_at(meeting, actor))


def check_appointments(new: Meeting, actor: Actor, *, old: Meeting | None = None) -> None:
    """Raise NotAllowed when the person takes a role upon herself that lets her see or approve what she else may not.

    Whoever writes agendas names the convenor and the approver: without this she could name herself.
    """
    taken = roles_at(new, actor) - (roles_at(old, actor) if old else frozenset())
    held = rights_at(old, actor) if old else RIGHTS[actor.role]
    gained = frozenset[Right]().union(*(MEETING_RIGHTS[role] for role in taken)) - held
    barred = {Right.READ_EVERY_CUSTOMER}
    if MeetingRole.APPROVER in taken:
        barred.add(Right.APPROVE_MINUTES)
    if gained & barred:
        raise NotAllowed("not_allowed", role=actor.role.label)


def agenda_differs(old: Meeting, new: Meeting) -> bool:
    """Whether the meeting as called differs: time, place, who, and the items as agenda."""
    if any(getattr(old, name) != getattr(new, name) for name in AGENDA_FIELDS):
        return True
    return [agenda_of(item) for item in old.items] != [agenda_of(item) for item in new.items]


_AS_CALLED = ("date", "start", "end", "place", "link")


def counted(old: Meeting, new: Meeting) -> Meeting:
    """`new` with the count raised when somebody called to `old` has to be told: another time, place, or if it is held.

    The count is what calendars tell a newer call from an older one by (RFC 5545, SEQUENCE): it never goes back.
    """
    cancelled = MeetingStatus.CANCELLED in (old.status, new.status) and old.status is not new.status
    moved = cancelled or any(getattr(old, name) != getattr(new, name) for name in _AS_CALLED)
    return replace(new, sequence=old.sequence + (1 if moved else 0))


def minutes_differ(old: Meeting, new: Meeting) -> bool:
    """Whether what is written at or after the meeting differs: attendance, secretary, notes and all under the items."""
    names = ("secretary", "attendance", "appendices", "next_meeting")
    if any(getattr(old, name) != getattr(new, name) for name in names):
        return True
    before = {item.key: item for item in old.items}
    return any(_written(item, before.get(item.key)) for item in new.items) or any(
        item.dealt_with for key, item in before.items() if new.item(key) is None
    )


def agenda_of(item: Item) -> tuple[object, ...]:
    """What the point says on the agenda."""
    return tuple(getattr(item, name) for name in _ITEM_AGENDA)


def _written(item: Item, before: Item | None) -> bool:
    names = (
        "notes",
        "decisions",
        "actions",
        "questions",
        "assessments",
        "participation",
        "lifted_to",
        "lifted_recipient",
        "journaled",
        "presentations",
        "absences",
    )
    blank = Item(key=item.key, heading=item.heading)
    return any(getattr(item, name) != getattr(before or blank, name) for name in names)


def customers_named(meeting: Meeting) -> frozenset[str]:
    """The keys of every customer the meeting names."""
    found = {*meeting.customers, *(meeting.next_meeting.customers if meeting.next_meeting else ())}
    return frozenset(found.union(*(customers_of(item) for item in meeting.items)))


def customers_of(item: Item) -> frozenset[str]:
    """The keys of every customer the item names."""
    found = {key for key in (item.customer, *(action.customer for action in item.actions)) if key}
    found.update(one.customer for one in item.assessments)
    found.update(one.customer for one in item.participation)
    found.update(one.customer for one in item.journaled)
    return frozenset(found)


def customers_changed(old: Meeting, new: Meeting) -> frozenset[str]:
    """The keys of the customers of whom something was written, changed or taken away between two states."""
    before, after = set(old.items), set(new.items)
    found = frozenset[str]().union(*(customers_of(item) for item in before ^ after))
    agreed = [frozenset(one.next_meeting.customers if one.next_meeting else ()) for one in (old, new)]
    return found | (frozenset(old.customers) ^ frozenset(new.customers)) | (agreed[0] ^ agreed[1])


def without_customers(meeting: Meeting) -> Meeting:
    """The meeting for somebody who must not see customers: their items keep their place but say nothing."""
    items = tuple(blanked(item) if about_customer(item) else item for item in meeting.items)
    following = replace(meeting.next_meeting, customers=()) if meeting.next_meeting else None
    hidden = {item.key for item in meeting.items if about_customer(item)}
    additions = tuple(addition for addition in meeting.additions if addition.item not in hidden)
    return replace(meeting, items=items, customers=(), next_meeting=following, additions=additions)


def about_customer(item: Item) -> bool:
    """Whether the item is about a customer, or anything under it is."""
    return item.kind is ItemKind.CUSTOMER or bool(customers_of(item))


HIDDEN = "Kundärende"
"""What stands where a customer's item or action may not be shown."""


def blanked(item: Item) -> Item:
    """The item with its place, kind and minutes, and whether it came late; saying nothing else."""
    return Item(key=item.key, heading=HIDDEN, kind=item.kind, minutes=item.minutes, added_at=item.added_at)
