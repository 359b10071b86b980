"""Going through samples of the log: drawn at random, remarked row by row, signed, and after that only read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from secrets import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.errors import NotFound, Refused
from app.domain.log_review import LARGEST, USUAL_SIZE, Review, ReviewFacts, ReviewRow, ReviewState, drawn
from app.domain.log_review import fingerprint as fingerprint_of
from app.domain.log_review import overdue as is_overdue
from app.domain.roles import Right
from app.services import log_rows
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_SIGNED = "sign_log_review"


@needs(Right.OVERSEE_LOG)
def draw_review(
    desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None, size: int = USUAL_SIZE,
    dice: Random | None = None,
) -> int:  # fmt: skip
    """Draw a sample of what others did with customers' data from `from_` to `to`, reads and papers before the rest.

    Each of the `size` rows is of another gesture, and what was opened is drawn more readily than what a page showed.

    Its number. Raises Refused("period_backwards" | "review_size" | "review_empty"), NotAllowed for another's unit.
    """
    if to < from_:
        raise Refused("period_backwards")
    if not 1 <= size <= LARGEST:
        raise Refused("review_size", most=LARGEST)
    if unit is not None:
        require_unit(desk, unit)
    with desk.writing() as work:
        others = log_rows.filtered(log_rows.columns(), seen_by=desk, from_=from_, to=to).where(
            m.AuditEntry.customer.is_not(None), m.AuditEntry.user != desk.actor.user
        )
        if unit is not None:
            others = others.where(_in_unit(unit))
        rows = log_rows.read(desk, work, others.order_by(m.AuditEntry.sequence))
        chosen = drawn(rows, size=size, dice=dice or SystemRandom())
        if not chosen:
            raise Refused("review_empty")
        row = {
            "unit": unit, "since": from_, "until": to, "drawn_by": desk.actor.user, "drawn_at": desk.clock.instant()
        }  # fmt: skip
        number = work.session.scalars(insert(m.LogReview).returning(m.LogReview.id), [row]).one()
        work.session.execute(
            insert(m.LogReviewRow), [{"review_id": number, "sequence": sequence} for sequence in chosen]
        )
        work.record(Event(action="draw_log_review", object=f"log_review:{number}", unit=unit, reason=str(len(chosen))))
        work.commit()
    return number


def _in_unit(unit: str) -> ColumnElement[bool]:
    customers = select(m.Customer.key).join(m.Unit, m.Unit.id == m.Customer.unit_id).where(m.Unit.key == unit)
    return or_(m.AuditEntry.unit == unit, and_(m.AuditEntry.unit.is_(None), m.AuditEntry.customer.in_(customers)))


@needs(Right.OVERSEE_LOG)
def list_reviews(desk: Desk) -> tuple[ReviewFacts, ...]:
    """The samples of the person's units, newest first."""
    with desk.reading() as work:
        return tuple(_facts(work, row) for row in _reviews(desk, work).values())


@needs(Right.OVERSEE_LOG)
def open_review(desk: Desk, *, review: int) -> Review:
    """A sample with its rows; each customer whose label is shown is logged as read. Raises NotFound."""
    with desk.writing() as work:
        facts = _facts(work, _one(desk, work, review))
        remarks = _remarks(work, review)
        query = log_rows.columns().where(m.AuditEntry.sequence.in_(remarks)).order_by(m.AuditEntry.sequence)
        rows = log_rows.read(desk, work, query)
        log_rows.note_shown(work, rows, action="read", object_=f"log_review:{review}", already=())
        work.commit()
    return Review(facts=facts, rows=tuple(ReviewRow(row=row, remark=remarks[row.sequence]) for row in rows))


@needs(Right.OVERSEE_LOG)
def remark_row(desk: Desk, *, review: int, sequence: int, remark: str) -> None:
    """Write what is to be said of one row, in place of what was said before; an empty remark takes it away.

    Raises NotFound, or Refused("review_signed").
    """
    with desk.writing() as work:
        _require_open(_one(desk, work, review))
        row = (m.LogReviewRow.review_id == review, m.LogReviewRow.sequence == sequence)
        done = work.session.execute(update(m.LogReviewRow).where(*row).values(remark=remark.strip() or None))
        if done.rowcount != 1:  # type: ignore[attr-defined]
            raise NotFound("not_found", what="Raden", key=str(sequence))
        work.record(Event(action="remark_log_review", object=f"log_review:{review}", reason=str(sequence)))
        work.commit()


@needs(Right.OVERSEE_LOG)
def sign_review(desk: Desk, *, review: int, note: str) -> ReviewFacts:
    """Sign a sample as gone through; from then on it is only read.

    Raises NotFound, or Refused("review_note_missing" | "review_signed").
    """
    if not note.strip():
        raise Refused("review_note_missing")
    with desk.writing() as work:
        row = _one(desk, work, review)
        _require_open(row)
        signed = {"signed_by": desk.actor.user, "signed_at": desk.clock.instant(), "note": note.strip()}
        work.session.execute(update(m.LogReview).where(m.LogReview.id == review).values(**signed))
        facts = _plain_facts(work, _one(desk, work, review))
        mark = fingerprint_of(facts, list(_remarks(work, review).items()))
        work.record(Event(action=_SIGNED, object=f"log_review:{review}", unit=row.unit, reason=mark))
        work.commit()
    return facts


@needs(Right.OVERSEE_LOG)
def review_state(desk: Desk) -> ReviewState:
    """When a sample of the person's units was last signed, and whether a month has gone since."""
    with desk.reading() as work:
        signed = [row.signed_at for row in _reviews(desk, work).values() if row.signed_at]
        begun = work.session.scalar(select(m.AuditEntry.at).order_by(m.AuditEntry.sequence).limit(1))
    last = max(signed, default=None)
    late = is_overdue(last_signed=last, begun=begun, now=desk.clock.instant())
    return ReviewState(last_signed=to_wall_clock(last) if last else None, overdue=late)


def _reviews(desk: Desk, work: UnitOfWork) -> Mapping[int, Any]:
    """The samples that the person may see: of her units, or drawn by herself from all that were hers then."""
    query = select(
        m.LogReview.id, m.LogReview.unit, m.LogReview.since, m.LogReview.until, m.LogReview.drawn_by,
        m.LogReview.drawn_at, m.LogReview.signed_by, m.LogReview.signed_at, m.LogReview.note,
    ).order_by(m.LogReview.id.desc())  # fmt: skip
    if desk.actor.units is not None:
        own = and_(m.LogReview.unit.is_(None), m.LogReview.drawn_by == desk.actor.user)
        query = query.where(or_(m.LogReview.unit.in_(desk.actor.units), own))
    return {row.id: row for row in work.session.execute(query)}


def _one(desk: Desk, work: UnitOfWork, review: int) -> Any:
    found = _reviews(desk, work).get(review)
    if found is None:
        raise NotFound("not_found", what="Stickprovet", key=str(review))
    return found


def _require_open(row: Any) -> None:
    if row.signed_by is not None:
        raise Refused("review_signed")


def _remarks(work: UnitOfWork, review: int) -> dict[int, str | None]:
    query = select(m.LogReviewRow.sequence, m.LogReviewRow.remark).where(m.LogReviewRow.review_id == review)
    return {row.sequence: row.remark for row in work.session.execute(query)}


def _facts(work: UnitOfWork, row: Any) -> ReviewFacts:
    facts = _plain_facts(work, row)
    if facts.signed_by is None:
        return facts
    entered = select(m.AuditEntry.reason).where(
        m.AuditEntry.action == _SIGNED, m.AuditEntry.object == f"log_review:{facts.id}"
    )
    mark = fingerprint_of(facts, list(_remarks(work, facts.id).items()))
    return replace(facts, intact=mark in set(work.session.scalars(entered)))


def _plain_facts(work: UnitOfWork, row: Any) -> ReviewFacts:
    remarks = _remarks(work, row.id)
    names = dict(work.session.execute(select(m.Account.user, m.Account.full_name)).all())
    unit_name = work.session.scalar(select(m.Unit.name).where(m.Unit.key == row.unit)) if row.unit else None
    return ReviewFacts(
        id=row.id, unit=row.unit, unit_name=unit_name, since=row.since, until=row.until, drawn_by=row.drawn_by,
        drawn_name=names.get(row.drawn_by, row.drawn_by), drawn_at=to_wall_clock(row.drawn_at), rows=len(remarks),
        remarks=sum(1 for one in remarks.values() if one), signed_by=row.signed_by,
        signed_name=names.get(row.signed_by, row.signed_by) or "",
        signed_at=to_wall_clock(row.signed_at) if row.signed_at else None, note=row.note,
    )  # fmt: skip
