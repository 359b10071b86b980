"""What a meeting hands on to the next: points not dealt with, open actions and questions, agreed customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.domain.meetings import ActionStatus, Item, ItemKind, Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.swedish import short_date

NewKey = Callable[[], str]


def carried_items(
    previous: Meeting, *, earlier: Sequence[Item], new_key: NewKey, names: Mapping[str, str]
) -> tuple[Item, ...]:
    """The items the next meeting starts with: what was not dealt with, then follow-ups of open actions and questions.

    `earlier` are items of the series' meetings before `previous`; what is open in them is followed up too.
    """
    undealt = [
        Item(
            key=new_key(), heading=item.heading, kind=ItemKind.CARRIED, text=item.text, raised_by=item.raised_by,
            customer=item.customer, presenter=item.presenter, minutes=item.minutes, carried_from=item.key,
            participation=tuple(replace(p, present=False, reported_by=None,
            reported_on=None) for p in item.participation),
        )
        for item in previous.items
        if item.kind is not ItemKind.STANDING and not item.dealt_with
    ]  # fmt: skip
    follow_ups = [
        Item(
            key=new_key(),
            heading=_follow_up_heading(item),
            kind=ItemKind.CARRIED,
            text=text,
            customer=item.customer,
            carried_from=item.key,
        )
        for item in (*earlier, *previous.items)
        if (text := _left_open(item, names))
    ]
    return (*undealt, *follow_ups)


def agreed_customers(previous: Meeting) -> tuple[str, ...]:
    """The customers the next meeting takes: a cancelled meeting's own come first, else what the meeting agreed."""
    agreed = previous.next_meeting.customers if previous.next_meeting else ()
    return agreed or (previous.customers if previous.status is MeetingStatus.CANCELLED else ())


def _follow_up_heading(item: Item) -> str:
    prefix = "Uppföljning: "
    return item.heading if item.heading.startswith(prefix) else prefix + item.heading


def _left_open(item: Item, names: Mapping[str, str]) -> str:
    lines = []
    for action in item.actions:
        if action.status is ActionStatus.OPEN:
            due = f"klart {short_date(action.due)}" if action.due else ""
            facts = ", ".join(fact for fact in (person_name(action.responsible, names), due) if fact)
            lines.append(f"- {action.text} ({facts})" if facts else f"- {action.text}")
    lines += [f"- Obesvarad fråga: {question.question}" for question in item.questions if not question.answer]
    return "\n".join(lines)
