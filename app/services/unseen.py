"""Planning for somebody who may not see customers: what she cannot be shown is put in when the meeting is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from app import models as m
from app.domain.carrying import carried_items
from app.domain.meeting_rules import HIDDEN, about_customer, reaches
from app.domain.meetings import Item, Meeting
from app.services import meeting_records, sight
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork


def without_details(desk: Desk, meeting: Meeting) -> Meeting:
    """A proposed meeting for the person: which customers are due stays as keys, which say nothing of them."""
    if sight.sees_every_customer(desk):
        return meeting
    return replace(meeting, items=tuple(_bare(item) if about_customer(item) else item for item in meeting.items))


def _bare(item: Item) -> Item:
    return Item(
        key=item.key, heading=HIDDEN, kind=item.kind, customer=item.customer, minutes=item.minutes,
        carried_from=item.carried_from,
    )  # fmt: skip


def completed(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Meeting:
    """The meeting to be booked, with labels and carried points where `without_details` took them away."""
    if sight.sees_every_customer(desk) or not any(item.heading == HIDDEN for item in meeting.items):
        return meeting
    labels = sight.labels_of_everybody(work)
    return replace(meeting, items=tuple(_whole(desk, work, item, labels) for item in meeting.items))


def _whole(desk: Desk, work: UnitOfWork, item: Item, labels: Mapping[str, str]) -> Item:
    if item.heading != HIDDEN:
        return item
    if item.carried_from is not None:
        return _carried(desk, work, item, item.carried_from)
    return replace(item, heading=labels.get(item.customer or "", HIDDEN))


def _carried(desk: Desk, work: UnitOfWork, item: Item, source: str) -> Item:
    held = select(m.Item.meeting_id).where(m.Item.key == source)
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    for previous, _ in meeting_records.load(work.session, m.Meeting.id.in_(held)).values():
        one = previous.item(source)
        if one is not None and reaches(previous, desk.actor):
            found = carried_items(replace(previous, items=(one,)), earlier=(), new_key=lambda: item.key, names=names)
            return replace(found[0], minutes=item.minutes) if found else item
    return item
