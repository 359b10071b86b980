"""What a meeting hands on to the next: points not dealt with, open actions and questions, agreed customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.agenda import with_first
from app.domain.meetings import Action, ActionStatus, Item, ItemKind, Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.swedish import short_date

NewKey = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """A point of which something goes on to the next meeting: the whole point, or what it has left open."""

    item: Item
    undealt: bool
    held: dt.date
    """The day of the meeting that it goes on from."""

    @property
    def heading(self) -> str:
        """The heading it has at the next meeting."""
        return self.item.heading if self.undealt else _follow_up_heading(self.item)

    def text(self, names: Mapping[str, str]) -> str:
        """What is told of it at the next meeting; `names` are members' names by key."""
        return self.item.text or "" if self.undealt else left_open(self.item, names, held=self.held)


def going_on(previous: Meeting, *, earlier: Sequence[Item]) -> tuple[GoingOn, ...]:
    """What goes on from a meeting, what is left out of it too: points not dealt with, then what is open in others.

    `earlier` are items of the series' meetings before `previous`; what is open in them is followed up too.
    """
    cancelled = previous.status is MeetingStatus.CANCELLED
    undealt = [
        GoingOn(item=item, undealt=True, held=previous.date)
        for item in previous.items
        if item.kind is not ItemKind.STANDING and not _dealt_with(item, cancelled=cancelled)
    ]
    on_its_way = {one.item.carried_from for one in undealt}
    followed = [
        GoingOn(item=item, undealt=False, held=previous.date)
        for item in (*earlier, *previous.items)
        if item.key not in on_its_way and left_open(item, {}, held=previous.date)
    ]
    return (*undealt, *followed)


def is_open(item: Item) -> bool:
    """Whether something under the point waits: an action that is not done, or a question without an answer."""
    waits = any(action.status is ActionStatus.OPEN for action in item.actions)
    return waits or any(not question.answer for question in item.questions)


def carried_items(
    previous: Meeting, *, earlier: Sequence[Item], new_key: NewKey, names: Mapping[str, str]
) -> tuple[Item, ...]:
    """The items the next meeting starts with: all that goes on and is not left out.

    Of a cancelled meeting the risk assessments go on as well, which were made in good time before it (routine 3.1).
    """
    cancelled = previous.status is MeetingStatus.CANCELLED
    return tuple(
        carried_item(one, new_key=new_key, names=names, with_assessments=cancelled)
        for one in going_on(previous, earlier=earlier)
        if not one.item.left_out
    )


def carried_item(one: GoingOn, *, new_key: NewKey, names: Mapping[str, str], with_assessments: bool = False) -> Item:
    """The item that the next meeting starts with for something that goes on."""
    item = one.item
    if not one.undealt:
        return Item(
            key=new_key(), heading=one.heading, kind=ItemKind.CARRIED, text=one.text(names), customer=item.customer,
            carried_from=item.key,
        )  # fmt: skip
    asked = (replace(p, present=False, reported_by=None, reported_on=None) for p in item.participation)
    return Item(
        key=new_key(), heading=item.heading, kind=ItemKind.CARRIED, text=item.text, raised_by=item.raised_by,
        customer=item.customer, presenter=item.presenter, minutes=item.minutes, carried_from=item.key,
        participation=tuple(asked), assessments=item.assessments if with_assessments else (),
        presentations=item.presentations,
    )  # fmt: skip


def agreed_customers(previous: Meeting) -> tuple[str, ...]:
    """The customers the next meeting takes: a cancelled meeting's own come first, else what the meeting agreed."""
    agreed = previous.next_meeting.customers if previous.next_meeting else ()
    return agreed or (previous.customers if previous.status is MeetingStatus.CANCELLED else ())


def put_off(following: Meeting, cancelled: Meeting, *, new_key: NewKey, names: Mapping[str, str]) -> Meeting:
    """The meeting after a cancelled one, which takes up its customers first, with their assessments and wishes.

    The customers it had stay on it: which of them waits is for the convenor to say. One who is on both keeps her point
    there, and gets the other only when something was prepared under it.
    """
    there = {item.carried_from for item in following.items}
    own = {item.customer for item in following.items}
    bare = {item.key for item in cancelled.items if untouched(item)}
    due = agreed_customers(cancelled)
    moved = [
        item
        for item in carried_items(cancelled, earlier=(), new_key=new_key, names=names)
        if item.customer in due
        and item.carried_from not in there
        and not (item.customer in own and item.carried_from in bare)
    ]
    first = tuple(key for key in due if key not in following.customers)
    return replace(
        following, customers=(*first, *following.customers), items=with_first(following.items, *moved)
    )  # fmt: skip


def taken_back(following: Meeting, again: Meeting) -> Meeting:
    """The meeting after one that is held after all: what `put_off` put on it is taken away where nobody wrote there."""
    sources = {item.key for item in again.items}
    given = {item.key for item in following.items if item.carried_from in sources and not _written_on(item, again)}
    rest = tuple(item for item in following.items if item.key not in given)
    back = {item.customer for item in following.items if item.key in given} - {item.customer for item in rest}
    return replace(following, customers=tuple(key for key in following.customers if key not in back), items=rest)


def untouched(item: Item) -> bool:
    """Whether nothing was put under a customer's point but her name."""
    return item.kind is ItemKind.CUSTOMER and not (item.text or item.participation or item.dealt_with)


def _written_on(item: Item, again: Meeting) -> bool:
    source = again.item(item.carried_from or "")
    rest = item
    if source is not None and item.assessments == source.assessments:
        rest = replace(rest, assessments=())
    if source is not None and item.presentations == source.presentations:
        rest = replace(rest, presentations=())
    return rest.dealt_with


def _dealt_with(item: Item, *, cancelled: bool) -> bool:
    said = replace(item, presentations=(), assessments=() if cancelled else item.assessments)
    return said.dealt_with  # what the professions wrote beforehand is no answer


def _follow_up_heading(item: Item) -> str:
    prefix = "Uppföljning: "
    return item.heading if item.heading.startswith(prefix) else prefix + item.heading


def in_its_time(action: Action, *, held: dt.date) -> bool:
    """Whether it comes again by itself and its day had not come at the meeting: nothing there to take up."""
    return bool(action.repeat and action.due and action.due > held)


def left_open(item: Item, names: Mapping[str, str], *, held: dt.date) -> str:
    """What is to be done and to be answered of a point, a line each."""
    lines = []
    for action in item.actions:
        if action.status is ActionStatus.OPEN and not in_its_time(action, held=held):
            due = f"klart {short_date(action.due)}" if action.due else ""
            facts = ", ".join(fact for fact in (person_name(action.responsible, names), due) if fact)
            lines.append(f"- {action.text} ({facts})" if facts else f"- {action.text}")
    lines += [f"- Obesvarad fråga: {question.question}" for question in item.questions if not question.answer]
    return "\n".join(lines)
