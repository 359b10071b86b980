"""Handing a meeting's rest on: to the series' next meeting where there is one, else to one that is booked now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.agenda import with_added
from app.domain.carrying import untouched
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import sight
from app.services.desk import Desk, needs
from app.services.following import following_key, new_key
from app.services.meetings import book_meeting, read, save_meeting
from app.services.proposals import next_meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """The next meeting's key, whether it was booked now, and how many points it took over."""

    meeting: str
    booked: bool
    points: int


@needs(Right.WRITE_MEETINGS)
def hand_on(desk: Desk, *, key: str) -> HandedOn:
    """See that the series' next meeting takes over what was not dealt with, open actions and the customers agreed on.

    Where the next meeting is booked already it gets what it has not got; one that has begun is left as it is.
    """
    proposal = next_meeting(desk, key=key)
    carried = [item for item in proposal.items if item.carried_from]
    with desk.reading() as work:
        following = following_key(work, key)
    if following is None:
        made = book_meeting(desk, meeting=proposal)
        return HandedOn(meeting=made.value.key, booked=True, points=len(carried))
    with desk.reading() as work:  # nobody is shown either meeting: what is written of a customer is logged by saving
        previous = sight.shown(desk, work, read(desk, work, key)[0])
        there_now, version = read(desk, work, following)
        stored = Stored(sight.shown(desk, work, there_now), version)
    if stored.value.status is not MeetingStatus.PLANNED:
        return HandedOn(meeting=following, booked=False, points=0)
    there = {item.carried_from for item in stored.value.items}
    fresh = [replace(item, key=new_key(near=following)) for item in carried if item.carried_from not in there]
    changed = _with_agreed(stored.value, previous, proposal)
    changed = replace(changed, items=with_added(changed.items, *fresh))
    if changed != stored.value:
        save_meeting(desk, meeting=changed, expected_version=stored.version)
    return HandedOn(meeting=following, booked=False, points=len(fresh))


def _with_agreed(meeting: Meeting, previous: Meeting, proposal: Meeting) -> Meeting:
    """The customers agreed at the earlier meeting win over those the rotation had put on this one (routine 3.1)."""
    agreed = previous.next_meeting.customers if previous.next_meeting else ()
    if not agreed or agreed == meeting.customers:
        return meeting
    dropped = set(meeting.customers) - set(agreed)
    kept = tuple(item for item in meeting.items if not (item.customer in dropped and untouched(item)))
    about = {item.customer for item in kept}
    headings = {item.customer: item.heading for item in proposal.items if item.kind is ItemKind.CUSTOMER}
    new = [
        Item(
            key=new_key(near=meeting.key), heading=headings.get(customer, customer), kind=ItemKind.CUSTOMER,
            customer=customer,
        )
        for customer in agreed
        if customer not in about
    ]  # fmt: skip
    return replace(meeting, customers=agreed, items=with_added(kept, *new))
