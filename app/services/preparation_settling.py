"""Preparations that are settled by what is written at the meeting: nobody has to tick off what stands in the point."""

from __future__ import annotations

from dataclasses import replace

from app import models as m
from app.domain.meetings import Meeting
from app.domain.people import Outsider
from app.domain.preparations import is_settled_by, made_ready
from app.services import planning_records as records
from app.services.desk import Desk
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork


def settle_written(desk: Desk, work: UnitOfWork, *, old: Meeting, new: Meeting) -> None:
    """Settle, in the gesture that wrote them, the assessments and the questions to customers that were asked for.

    They are ready today, by whoever wrote them. The gesture's own row in the log says for whom.
    """
    identity = desk.catalogue.instruments().identity
    ready = made_ready(old, new, identity=identity)
    if not ready:
        return
    directory = Directory(work.session)
    directory.learn_keys(m.Meeting, [new.key])
    waiting = (m.Preparation.meeting_id == directory.id(m.Meeting, new.key)) & m.Preparation.done_on.is_(None)
    by = desk.actor.member or Outsider(desk.actor.full_name)
    for one, _ in records.load(work.session, records.PREPARATIONS, waiting).values():
        if is_settled_by(one, ready, identity=identity):
            done = replace(one, done_on=desk.today, done_by=by)
            records.change(work.session, directory, records.PREPARATIONS, old=one, new=done)
