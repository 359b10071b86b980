"""What a person may see of one meeting, by trust.md's table of roles, and how her changes fit under what she does not.

Hidden is blanked, never left out: a point keeps its place, so that numbers and order are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.errors import NotAllowed
from app.domain.meeting_rules import about_customer, blanked, customers_of, rights_at, roles_at
from app.domain.meetings import Action, Item, ItemKind, Meeting, MeetingStatus, NextMeeting, Regret
from app.domain.roles import Actor, Right

HELD = (MeetingStatus.DRAFT, MeetingStatus.APPROVED)
"""States in which minutes are shared with readers: the meeting is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The customers a person is assigned to, by key, and among them those whose fast omsorgskontakt she is.

    `opened` are those of a unit that she has opened in an emergency: what is about them is shown to her anywhere.
    """

    assigned: frozenset[str] = frozenset()
    permanent: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()


def invited(meeting: Meeting, actor: Actor) -> bool:
    """Whether the person was called, is on the list of those present, or has a role at the meeting."""
    if actor.member is None:
        return False
    there = actor.member in meeting.participants or any(one.member == actor.member for one in meeting.attendance)
    return there or bool(roles_at(meeting, actor))


def reads_minutes(meeting: Meeting, actor: Actor) -> bool:
    """Whether the person reads the minutes of the meeting, customers apart."""
    rights = rights_at(meeting, actor)
    shared = Right.READ_SHARED_MINUTES in rights and meeting.status in HELD
    return Right.READ_MINUTES in rights or shared or (Right.READ_OWN_MINUTES in rights and invited(meeting, actor))


def shown(meeting: Meeting, *, actor: Actor, reach: Reach) -> Meeting:
    """The meeting as the person may see it.

    Her own points are those she raised or presents, and those about a customer whose fast omsorgskontakt she is, who
    has to report back what was decided (routine 2). An action she is responsible for is shown to her anywhere.
    """
    rights = rights_at(meeting, actor)
    if {Right.READ_MINUTES, Right.READ_EVERY_CUSTOMER} <= rights:
        return meeting
    reads = reads_minutes(meeting, actor)
    seen = reach.opened | (reach.assigned if reads and Right.READ_CUSTOMERS in rights else frozenset())
    owner = actor.member if Right.READ_OWN_MINUTES in rights else None
    items = tuple(_item(item, owner=owner, reads=reads, seen=seen, reach=reach) for item in meeting.items)
    whole = {item.key for item, old in zip(items, meeting.items, strict=True) if item == old}
    additions = (one for one in meeting.additions if one.item in whole or (one.item is None and reads))
    return replace(
        meeting, items=items, customers=tuple(key for key in meeting.customers if key in seen),
        additions=tuple(additions),
        attendance=meeting.attendance if reads else (), appendices=meeting.appendices if reads else (),
        next_meeting=_next(meeting.next_meeting, seen) if reads else None,
        regrets=meeting.regrets if Right.WRITE_MEETINGS in rights else _regrets(meeting, actor),
    )  # fmt: skip


def _regrets(meeting: Meeting, actor: Actor) -> tuple[Regret, ...]:
    """Who cannot come, without why: that is for her and for whoever calls to the meeting."""
    return tuple(one if one.member == actor.member else replace(one, note=None) for one in meeting.regrets)


def _next(following: NextMeeting | None, seen: frozenset[str]) -> NextMeeting | None:
    return following and replace(following, customers=tuple(key for key in following.customers if key in seen))


def _item(item: Item, *, owner: str | None, reads: bool, seen: frozenset[str], reach: Reach) -> Item:
    if owner is not None and (owner in (item.raised_by, item.presenter) or item.customer in reach.permanent):
        return item
    named = customers_of(item)
    if named and named <= reach.opened:
        return item
    open_to_her = not about_customer(item) or (bool(named) and named <= seen)
    if open_to_her and reads:
        return item
    hers = tuple(action for action in item.actions if owner is not None and action.responsible == owner)
    return _agenda_only(item, hers) if open_to_her else _blanked(item, hers)


def _blanked(item: Item, hers: tuple[Action, ...]) -> Item:
    bare = blanked(item)
    # Who has something to do for a customer has to know for whom.
    return replace(bare, heading=item.heading, customer=item.customer, actions=hers) if hers else bare


def _agenda_only(item: Item, hers: tuple[Action, ...]) -> Item:
    return Item(
        key=item.key, heading=item.heading, kind=item.kind, raised_by=item.raised_by, presenter=item.presenter,
        minutes=item.minutes, carried_from=item.carried_from, actions=hers, added_at=item.added_at,
        # What was carried or lifted here quotes the minutes it comes from.
        text=None if item.kind in (ItemKind.CARRIED, ItemKind.LIFTED) else item.text,
    )  # fmt: skip


def restored(new: Meeting, *, old: Meeting, actor: Actor, reach: Reach) -> Meeting:
    """`new`, changed by somebody who saw `old` only in part, with all that was hidden from her put back.

    Hidden points may be moved and given other minutes. Raises NotAllowed when one was removed or written over.
    """
    seen = shown(old, actor=actor, reach=reach)
    if seen == old:
        return new
    hidden = {item.key for item, whole in zip(seen.items, old.items, strict=True) if item != whole}
    if hidden - {item.key for item in new.items}:
        raise NotAllowed("not_allowed", role=actor.role.label)
    items = tuple(_put_back(item, old, seen, actor) if item.key in hidden else item for item in new.items)
    return replace(
        new, items=items, customers=_merged(new.customers, seen=seen.customers, old=old.customers),
        attendance=old.attendance if new.attendance == seen.attendance else new.attendance,
        appendices=old.appendices if new.appendices == seen.appendices else new.appendices,
        next_meeting=_next_restored(new.next_meeting, seen=seen.next_meeting, old=old.next_meeting),
        regrets=old.regrets if new.regrets == seen.regrets else new.regrets,
    )  # fmt: skip


def _put_back(item: Item, old: Meeting, seen: Meeting, actor: Actor) -> Item:
    whole, part = old.item(item.key), seen.item(item.key)
    if whole is None or part is None or replace(item, minutes=part.minutes) != part:
        raise NotAllowed("not_allowed", role=actor.role.label)
    return replace(whole, minutes=item.minutes)


def _merged(new: Iterable[str], *, seen: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...]:
    """`new` with the customers she did not see in their old order; what she removed or added stands."""
    wanted = tuple(new)
    if seen == old:
        return wanted
    kept = [key for key in old if key in wanted or key not in seen]
    return (*kept, *(key for key in wanted if key not in kept))


def _next_restored(new: NextMeeting | None, *, seen: NextMeeting | None, old: NextMeeting | None) -> NextMeeting | None:
    if new == seen or old is None:
        return old if new == seen else new
    unseen = tuple(key for key in old.customers if seen is None or key not in seen.customers)
    if new is None:
        return NextMeeting(customers=unseen) if unseen else None
    known = seen.customers if seen else ()
    return replace(new, customers=_merged(new.customers, seen=known, old=old.customers))
