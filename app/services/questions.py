"""Questions that wait for an answer, wherever they were asked, and what is asked outside the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, auto

from sqlalchemy import or_, select, true, update

from app import models as m
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.lifting import OUTWARD, begins_case
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Item, Meeting, Question
from app.domain.people import Outsider, Person, person_name
from app.domain.roles import Right
from app.domain.sight import HELD
from app.services import meeting_records, sight
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.lifting import heading_of, point_of
from app.services.meetings import may_at, myself
from app.storage.unit_of_work import UnitOfWork

_MOST = 150
"""Meetings whose questions are listed, the latest first: older ones are found by their meeting."""
_READS = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)


class Asked(StrEnum):
    """What kind of answer is awaited."""

    QUESTION = auto()
    """An answer to what was asked at a meeting."""
    OUTSIDE = auto()
    """An answer from somebody outside: god man, handläggare, own nurse."""
    REQUEST = auto()
    """Another provider's outpatient care is asked for: a coordination case is to be begun (`lifting.begins_case`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question without an answer, with where it was asked."""

    asked: Asked
    question: str
    answers: Person | None
    answers_name: str
    meeting: str
    meeting_heading: str
    date: dt.date
    item: str
    item_heading: str
    customer: str | None
    customer_label: str | None
    may_answer: bool


@needs(*_READS)
def open_questions(desk: Desk, *, mine: bool = False) -> tuple[OpenQuestion, ...]:
    """The questions of held meetings that wait, the oldest first, as far as the person sees the points.

    With `mine` those that she is to answer. Each customer whose point is listed is logged as read.
    """
    with desk.writing() as work:
        meetings = _with_open(desk, work, mine=mine)
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        labels = sight.labels_of_everybody(work)
        found: list[OpenQuestion] = []
        told: list[tuple[Meeting, frozenset[str]]] = []
        for meeting in sight.shown_all(desk, work, meetings):
            rows = _rows(desk, work, meeting, names, labels, only=desk.actor.member if mine else None)
            points = (meeting.item(one.item) for one in rows)
            told += [(meeting, customers_of(point)) for point in points if point is not None]
            found += rows
        sight.log_shown(work, told)
        work.commit()
    return tuple(sorted(found, key=lambda one: (one.date, one.meeting)))


def _with_open(desk: Desk, work: UnitOfWork, *, mine: bool) -> list[Meeting]:
    within = sight.within_reach(desk)
    hers = m.Question.answered_by_id == (sight.myself_id(desk, work) or 0) if mine else true()
    query = (
        select(m.Meeting.id)
        .join(m.Item, m.Item.meeting_id == m.Meeting.id)
        .join(m.Question, m.Question.item_id == m.Item.id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .where(or_(m.Question.answer.is_(None), m.Question.answer == ""), hers)
        .where(m.Meeting.status.in_([status.value for status in HELD]))
        .group_by(m.Meeting.id, m.Meeting.date)
        .order_by(m.Meeting.date.desc())
        .limit(_MOST)
    )
    ids = work.session.scalars(query if within is None else query.where(within)).all()
    return [one for one, _ in meeting_records.load(work.session, m.Meeting.id.in_(ids)).values()] if ids else []


def _rows(
    desk: Desk, work: UnitOfWork, meeting: Meeting, names: dict[str, str], labels: dict[str, str], *, only: str | None
) -> list[OpenQuestion]:
    heading = heading_of(desk, work, meeting)
    may = _may_answer(desk, meeting)
    return [
        OpenQuestion(
            asked=_kind(item, one), question=one.question, answers=one.answered_by,
            answers_name=person_name(one.answered_by, names), meeting=meeting.key, meeting_heading=heading,
            date=meeting.date, item=item.key, item_heading=item.heading, customer=item.customer,
            customer_label=labels.get(item.customer) if item.customer else None,
            may_answer=may,
        )
        for item in meeting.items
        for one in item.questions
        if not one.answer and only in (None, one.answered_by)
    ]  # fmt: skip


def _kind(item: Item, one: Question) -> Asked:
    if item.lifted_to in OUTWARD and one.answered_by == item.lifted_recipient:
        return Asked.REQUEST if begins_case(item) else Asked.OUTSIDE
    return Asked.QUESTION


def _may_answer(desk: Desk, meeting: Meeting) -> bool:
    """Whoever may say that an action is done may write an answer too, and who writes the minutes."""
    return desk.may(Right.COMPLETE_ACTIONS) or Right.WRITE_MINUTES in may_at(desk, meeting=meeting)


@needs_at_meeting(Right.WRITE_MINUTES, Right.COMPLETE_ACTIONS)
def answer_question(desk: Desk, *, item: str, question: str, answer: str, by: Person | None = None) -> None:
    """Write the answer that a question waited for, also when the minutes are approved; dated today.

    Who sees the point whole may, as with actions: somebody outside answers through her who writes it down.

    Raises Refused("answer_empty" | "question_answered"), NotFound, NotAllowed.
    """
    if not answer.strip():
        raise Refused("answer_empty")
    with desk.writing() as work:
        meeting, point, row_id, asked = _one(desk, work, item, question, answered=False)
        who = by or asked.answered_by or myself(desk)
        _write(work, meeting, row_id, answer=answer.strip(), by=who, on=desk.today)
        sight.log_gesture(work, meeting, action="answer_question", customers=customers_of(point))
        work.commit()


@needs_at_meeting(Right.WRITE_MINUTES, Right.COMPLETE_ACTIONS)
def take_back_answer(desk: Desk, *, item: str, question: str, answer: str, asked_of: Person | None) -> None:
    """Take back such an answer while it stands as it was written; `asked_of` is who was to answer before.

    Raises as `answer_question`.
    """
    with desk.writing() as work:
        meeting, point, row_id, asked = _one(desk, work, item, question, answered=True)
        if asked.answer != answer.strip() or asked.answered_on != desk.today:
            raise Refused("question_answered")
        _write(work, meeting, row_id, answer=None, by=asked_of, on=None)
        sight.log_gesture(work, meeting, action="take_back_answer", customers=customers_of(point))
        work.commit()


def _one(
    desk: Desk, work: UnitOfWork, item: str, question: str, *, answered: bool
) -> tuple[Meeting, Item, int, Question]:
    """The question with its row, where the person sees its point whole and may answer it."""
    meeting, point = point_of(desk, work, item)
    if sight.shown(desk, work, meeting).item(item) != point or meeting.status not in HELD:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    found = [
        (number, one) for number, one in enumerate(point.questions)
        if one.question == question and bool(one.answer) is answered
    ]  # fmt: skip
    if not found:
        if any(one.question == question for one in point.questions):
            raise Refused("question_answered")
        raise NotFound("not_found", what="Frågan", key="")
    number, asked = found[0]
    if not _may_answer(desk, meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    rows = select(m.Question.id).join(m.Item, m.Item.id == m.Question.item_id).where(m.Item.key == item)
    return meeting, point, work.session.scalars(rows.order_by(m.Question.position)).all()[number], asked


def _write(
    work: UnitOfWork, meeting: Meeting, row_id: int, *, answer: str | None, by: Person | None, on: dt.date | None
) -> None:
    member = by if isinstance(by, str) else None
    member_id = work.session.scalar(select(m.Member.id).where(m.Member.key == member)) if member else None
    work.session.execute(
        update(m.Question).where(m.Question.id == row_id).values(
            answer=answer, answered_by_id=member_id, answered_by_name=by.name if isinstance(by, Outsider) else None,
            answered_on=on,
        )
    )  # fmt: skip
    # Whoever writes in the same minutes meanwhile merges, as when an action is completed.
    bumped = update(m.Meeting).where(m.Meeting.key == meeting.key).values(version=m.Meeting.version + 1)
    work.session.execute(bumped)
