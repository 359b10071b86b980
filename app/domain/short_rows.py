"""The rows of a pulsmöte or an avstämning: a customer or a matter, what is to be done, who does it, done or not.

A row is an ordinary point with an action under it, so that minutes, hand-over, lists of actions and papers know it as
they know every other. What was not done last time stands first (routine 3.1: needs and problems that cannot wait).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.agenda import with_added
from app.domain.meetings import Action, ActionRow, ActionStatus, Item, ItemKind, Meeting
from app.domain.named import People, fits, take_person
from app.domain.people import Person
from app.domain.short_forms import FOLLOWED_UP
from app.domain.swedish import short_date

_DONE = "Klart: "
_LONGEST_HEADING = 60
CLEARED = "Avklarat."
"""What stands under a row in which nothing was to be done, once it is dealt with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A row as it was typed: whom or what it is about, what is to be done, and by whom."""

    customer: str | None
    heading: str
    text: str
    person: Person | None


def read_row(about: str, text: str, *, people: People, customers: Mapping[str, str]) -> Typed:
    """The row of two typed fields, with the name after `@` taken out of the text.

    `about` is a customer's label or the beginning of one, else a matter in words. Where it is empty the matter is what
    is to be done. Raises Refused("line_person") when several are meant by the name.
    """
    person, left = take_person(text, people)
    said = " ".join(left.strip(" ,:;").split())
    said = said[:1].upper() + said[1:]
    customer = meant_customer(about, customers)
    heading = customers[customer] if customer else " ".join(about.split()) or said
    if len(heading) > _LONGEST_HEADING and customer is None:
        heading = heading[:_LONGEST_HEADING].rsplit(" ", 1)[0] + " …"
    return Typed(customer=customer, heading=heading, text=said, person=person)


def meant_customer(about: str, customers: Mapping[str, str]) -> str | None:
    """The one customer whose label was typed, or begun so that it fits nobody else."""
    typed = " ".join(about.split())
    if not typed:
        return None
    whole = [key for key, label in customers.items() if label.casefold() == typed.casefold()]
    found = whole or [key for key, label in customers.items() if fits(label, typed)]
    return found[0] if len(found) == 1 else None


def with_row(meeting: Meeting, typed: Typed, *, item_key: str, action_key: str, raised_by: Person | None) -> Meeting:
    """The meeting with one more row, last of those there are."""
    item = Item(
        key=item_key, heading=typed.heading, kind=ItemKind.CUSTOMER if typed.customer else ItemKind.ADDED,
        customer=typed.customer, raised_by=raised_by, actions=_actions((), typed, action_key),
    )  # fmt: skip
    return replace(meeting, items=with_added(meeting.items, item))


def _actions(there: tuple[Action, ...], typed: Typed, key: str) -> tuple[Action, ...]:
    if not typed.text:
        return there
    return (*there, Action(key=key, text=typed.text, responsible=typed.person))


# rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a point, and the action under it where there is one; `left` is what an earlier meeting decided."""

    item: Item
    action: Action | None = None
    left: ActionRow | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the row is stood on by."""
        found = self.left or self.action
        return self.item.key, found.key if found else ""

    @property
    def text(self) -> str:
        """What is to be done, else what the point says of itself."""
        if self.left is not None or self.action is not None:
            return (self.left or self.action).text  # type: ignore[union-attr]
        said = "" if self.item.notes == CLEARED else self.item.notes
        return (said or self.item.text or "").strip()

    @property
    def responsible(self) -> Person | None:
        """Who is to do it."""
        found = self.left or self.action
        return found.responsible if found else None

    @property
    def done(self) -> bool:
        """Whether it is done, or dealt with where nothing was to be done."""
        found = self.left or self.action
        return self.item.notes == CLEARED if found is None else found.status is ActionStatus.DONE

    @property
    def matter(self) -> str:
        """What the row is about, without the word that it is followed up."""
        heading = self.item.heading
        while heading.startswith(FOLLOWED_UP):
            heading = heading.removeprefix(FOLLOWED_UP)
        return heading


def rows_of(meeting: Meeting, left: Mapping[str, Sequence[ActionRow]]) -> tuple[Row, ...]:
    """The meeting's rows: what earlier meetings left stands first, then what is new, in the agenda's order.

    `left` are the actions that each carried point follows up, by the point's key. A standing point is a row only when
    something is written under it.
    """
    old: list[Row] = []
    new: list[Row] = []
    for item in meeting.items:
        if item.kind is ItemKind.STANDING and not item.dealt_with:
            continue
        place = old if item.kind is ItemKind.CARRIED else new
        found = [Row(item=item, left=one) for one in left.get(item.key, ())]
        found += [Row(item=item, action=one) for one in item.actions]
        place += found or [Row(item=item)]
    return (*old, *new)


def since(row: Row, *, today: dt.date) -> str:
    """`Klar`, `Kvar sedan mån 1 dec`, `Öppen`, or nothing where nothing is to be done."""
    if row.done:
        return "Klar"
    found = row.left or row.action
    if found is not None and found.status is ActionStatus.DROPPED:
        return found.status.label
    if row.left is not None and row.left.meeting_date < today:
        return f"Kvar sedan {short_date(row.left.meeting_date)}"
    return "Öppen" if found is not None else ""


def settled(item: Item, action: Action | None, *, done: bool, today: dt.date) -> Item:
    """The point with its action done today, or open again; without one, dealt with or not."""
    if action is None:
        return item if item.notes not in (None, CLEARED) else replace(item, notes=CLEARED if done else None)
    status = ActionStatus.DONE if done else ActionStatus.OPEN
    changed = replace(action, status=status, done_on=today if done else None)
    return replace(item, actions=tuple(changed if one.key == action.key else one for one in item.actions))


def noted(item: Item, text: str, *, done: bool) -> Item:
    """The point with the line that says what was done since last time, or without it."""
    line = f"{_DONE}{text}"
    lines = [one for one in (item.notes or "").splitlines() if one != line]
    return replace(item, notes="\n".join([*lines, line] if done else lines) or None)


def rewritten(meeting: Meeting, row: Row, typed: Typed, *, action_key: str) -> Meeting:
    """The meeting with a row typed anew. What an earlier meeting decided keeps its words; see `Row.left`."""
    item = row.item
    if row.action is not None and typed.text:
        changed = replace(row.action, text=typed.text, responsible=typed.person)
        actions = tuple(changed if one.key == row.action.key else one for one in item.actions)
    elif row.action is not None:
        actions = tuple(one for one in item.actions if one.key != row.action.key)
    else:
        actions = _actions(item.actions, typed, action_key)
    about = {}
    if item.kind in (ItemKind.ADDED, ItemKind.CUSTOMER):
        kind = ItemKind.CUSTOMER if typed.customer else ItemKind.ADDED
        about = {"heading": typed.heading, "customer": typed.customer, "kind": kind}
    new = replace(item, actions=actions, **about)  # type: ignore[arg-type] # the three fields of the point
    return replace(meeting, items=tuple(new if one.key == item.key else one for one in meeting.items))


def without_row(meeting: Meeting, row: Row) -> Meeting:
    """The meeting without a row; its point goes with it when nothing else is written under it."""
    item = row.item
    actions = tuple(one for one in item.actions if row.action is None or one.key != row.action.key)
    rest = replace(item, actions=actions)
    gone = item.kind is not ItemKind.STANDING and not actions and not (rest.dealt_with and row.action)
    items = tuple(rest if one.key == item.key else one for one in meeting.items if not (gone and one.key == item.key))
    return replace(meeting, items=items)
