"""Answers that come after the meeting: in the question while the minutes are open, as a dated addition once approved.

Approved minutes are never rewritten: the addition begins with words by which its question is known again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.meetings import Addition, Item, Meeting, MeetingStatus, Question
from app.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, by whom and when."""

    text: str
    by: Person | None
    on: dt.date | None


def addition_text(question: Question, answer: str) -> str:
    """`Svar på ”Vem tar nyckeln?”: Anna.`."""
    return f"{_begins(question)}{answer.strip()}"


def _begins(question: Question) -> str:
    return f"Svar på ”{question.question}”: "


def answer_of(meeting: Meeting, item: Item, question: Question) -> Answer | None:
    """The answer to a question of the meeting: the latest that was added, else the one of the minutes."""
    start = _begins(question)
    for one in reversed(meeting.additions):
        if one.item == item.key and one.text.startswith(start):
            return Answer(text=one.text.removeprefix(start), by=one.by, on=one.at.date())
    if question.answer:
        return Answer(text=question.answer, by=question.answered_by, on=question.answered_on)
    return None


def unanswered(meeting: Meeting) -> tuple[tuple[Item, Question], ...]:
    """The meeting's questions without an answer."""
    return tuple(
        (item, one) for item in meeting.items for one in item.questions if answer_of(meeting, item, one) is None
    )  # fmt: skip


def may_answer(question: Question, *, member: str | None, writes: bool) -> bool:
    """Whether somebody may answer: whoever writes the minutes, and who was named to."""
    return writes or (member is not None and question.answered_by == member)


def answered(
    meeting: Meeting, *, item: str, number: int, answer: str, by: Person, at: dt.datetime
) -> Meeting:  # fmt: skip
    """The meeting with a question of a point answered; of approved minutes as a dated addition. Swedish time."""
    point = meeting.item(item)
    assert point is not None  # noqa: S101 - the caller has looked
    question = point.questions[number]
    if meeting.status is MeetingStatus.APPROVED:
        added = Addition(at=at, by=by, text=addition_text(question, answer), item=item)
        return replace(meeting, additions=(*meeting.additions, added))
    told = replace(question, answer=answer.strip(), answered_by=by, answered_on=at.date())
    asked = tuple(told if n == number else one for n, one in enumerate(point.questions))
    items = tuple(replace(one, questions=asked) if one.key == item else one for one in meeting.items)
    return replace(meeting, items=items)
