"""What is to be done in a case: the duties of the guideline (8) and what the unit adds: who, when and done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select, update

from app import models as m
from app.domain.coordination.duties import CaseTask, Duty
from app.domain.coordination.views import OwnTask, StoredTask
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.keys import free_key
from app.domain.people import Outsider
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.services import coordination_sight as own_sight
from app.services import sight
from app.services.coordination import WRITES
from app.services.desk import Desk, needs
from app.services.meetings import myself
from app.services.records import Choice, Directory, Plain, Record, Who
from app.services.rows import all_keys
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_TASK = Record(CaseTask, m.RequestTask, (
    Plain("key"), Choice("duty", kind=Duty), Plain("text"), Who("responsible"), Plain("due"), Plain("done_on"),
    Who("done_by"), Plain("note"),
))  # fmt: skip


def tasks_of(work: UnitOfWork, request: str) -> tuple[StoredTask, ...]:
    """The kept tasks of a case, in order."""
    query = (
        select(m.RequestTask.version, *_TASK.select_columns())
        .join(m.CoordinationRequest, m.CoordinationRequest.id == m.RequestTask.request_id)
        .where(m.CoordinationRequest.key == request)
        .order_by(m.RequestTask.position)
    )
    rows = work.session.execute(query).all()
    directory = Directory(work.session)
    people = {one for row in rows for one in (row.responsible_id, row.done_by_id) if one is not None}
    directory.learn_ids(m.Member, people)
    return tuple(StoredTask(task=_TASK.read(row, directory), version=row.version) for row in rows)


@needs(*WRITES)
def keep_task(desk: Desk, *, request: str, task: CaseTask, expected_version: int | None = None) -> StoredTask:
    """Keep something to do: a duty's responsible, due and done, or a task of one's own; without a version a new one.

    Done is dated and signed here. Raises Refused("task_words"), NotFound, NotAllowed, Conflict.
    """
    if not task.words.strip():
        raise Refused("task_words")
    refuse_personnummer([task.responsible.name] if isinstance(task.responsible, Outsider) else [])
    with desk.writing() as work:
        found = own_sight.read(desk, work, request)
        own_sight.require_writable(desk.actor, found.value)
        kept = replace(task, done_by=(task.done_by or myself(desk)) if task.done_on else None)
        directory = Directory(work.session)
        people = {one for one in (kept.responsible, kept.done_by) if isinstance(one, str)}
        directory.learn_keys(m.Member, sorted(people))
        if expected_version is None:
            kept = replace(kept, key=free_key(f"{request}-uppgift", all_keys(work.session, m.RequestTask)))
            owner = work.session.scalars(
                select(m.CoordinationRequest.id).where(m.CoordinationRequest.key == request)
            ).one()
            position = len(tasks_of(work, request))
            row = _TASK.write(kept, directory, request_id=owner, position=position)
            work.session.execute(m.RequestTask.__table__.insert().values(**row, version=1))  # type: ignore[attr-defined]
            version = 1
        else:
            version = _require(work, kept.key, expected_version) + 1
            values = {**_TASK.write(kept, directory), "version": version}
            work.session.execute(update(m.RequestTask).where(m.RequestTask.key == kept.key).values(values))
        own_sight.log(work, found.value, action="keep_task")
        work.commit()
    return StoredTask(task=kept, version=version)


def _require(work: UnitOfWork, key: str, expected: int) -> int:
    version = work.session.scalar(select(m.RequestTask.version).where(m.RequestTask.key == key))
    if version is None:
        raise NotFound("not_found", what="Uppgiften", key=key)
    if version != expected:
        raise Conflict("changed_meanwhile")
    return version


@needs(Right.READ_REQUESTS, Right.DRAFT_REQUESTS)
def own_tasks(desk: Desk, *, until: dt.date | None = None) -> tuple[OwnTask, ...]:
    """The person's own open tasks in cases, those due first; each customer named is logged as read."""
    if desk.actor.member is None:
        return ()
    member = select(m.Member.id).where(m.Member.key == desk.actor.member).scalar_subquery()
    query = (
        select(
            m.RequestTask.key, m.RequestTask.duty, m.RequestTask.text, m.RequestTask.due, m.RequestTask.version,
            m.CoordinationRequest.key.label("request"), m.Customer.key.label("customer"),
            m.CoordinationRequest.person_name, m.Unit.key.label("unit"),
        )
        .join(m.CoordinationRequest, m.CoordinationRequest.id == m.RequestTask.request_id)
        .join(m.Unit, m.Unit.id == m.CoordinationRequest.unit_id)
        .outerjoin(m.Customer, m.Customer.id == m.CoordinationRequest.customer_id)
        .where(m.RequestTask.responsible_id == member, m.RequestTask.done_on.is_(None))
    )  # fmt: skip
    if until is not None:
        query = query.where(m.RequestTask.due <= until)
    with desk.writing() as work:
        labels, known = sight.labels_of_everybody(work), sight.reach(desk, work)
        found, named = [], set()
        for row in work.session.execute(query):
            whole = desk.may(Right.READ_REQUESTS)
            hers = row.customer is not None and sight.sees_customer(desk, known, key=row.customer, unit=row.unit)
            if not desk.actor.sees(row.unit) or not (whole or hers):
                continue
            words = row.text or Duty(row.duty).label
            label = labels.get(row.customer or "", "") or row.person_name or ""
            found.append(
                OwnTask(key=row.key, request=row.request, words=words, label=label, due=row.due, version=row.version)
            )
            named |= {row.customer} if row.customer else set()
        for customer in sorted(named):
            work.record(Event(action="read", object="requests", customer=customer))
        work.commit()
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.key)))
