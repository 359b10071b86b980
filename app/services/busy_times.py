"""A member's busy times, read out of her own calendar, kept as absences: times alone, and the same file never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import models as m
from app.domain.availability import Absence
from app.domain.busy import BusyChange, BusyFile, change_of
from app.domain.errors import NotAllowed, NotFound
from app.domain.roles import Right
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk, needs
from app.storage.unit_of_work import UnitOfWork

KIND = records.ABSENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyKept:
    """What was kept and what was taken away: enough to take it back."""

    member: str
    kept: tuple[Absence, ...]
    replaced: tuple[Absence, ...]
    removed: tuple[Absence, ...]


@needs(Right.WRITE_MEETINGS, Right.PROPOSE_ITEMS)
def preview_busy_times(desk: Desk, *, member: str, found: BusyFile) -> BusyChange:
    """What keeping the file's times would change among the member's absences; nothing is kept.

    Everybody in the team reads in her own calendar, who plans meetings anybody's. Raises NotAllowed, NotFound.
    """
    with desk.reading() as work:
        _require(desk, work, member)
        return change_of(found, member=member, kept=[one for one, _ in _of(work, member).values()])


@needs(Right.WRITE_MEETINGS, Right.PROPOSE_ITEMS)
def keep_busy_times(desk: Desk, *, member: str, found: BusyFile, remove_gone: bool) -> BusyKept:
    """Keep the file's times as absences; with `remove_gone` those read in before that are not in it go away.

    Raises NotAllowed, NotFound.
    """
    with desk.writing() as work:
        _require(desk, work, member)
        before = _of(work, member)
        change = change_of(found, member=member, kept=[one for one, _ in before.values()])
        replaced = tuple(before[one.key][0] for one in change.new if one.key in before)
        for one in change.new:
            version = before[one.key][1] if one.key in before else None
            keeping.keep(desk, work, KIND, one, expected_version=version)
        removed = change.gone if remove_gone else ()
        for one in removed:
            keeping.remove(desk, work, KIND, one.key, expected_version=before[one.key][1])
        work.commit()
    return BusyKept(member=member, kept=change.new, replaced=replaced, removed=removed)


@needs(Right.WRITE_MEETINGS, Right.PROPOSE_ITEMS)
def take_back_busy_times(desk: Desk, *, done: BusyKept) -> None:
    """Put the member's absences back as they were before; one that was changed or removed since is left alone."""
    with desk.writing() as work:
        _require(desk, work, done.member)
        now = _of(work, done.member)
        before = {one.key: one for one in done.replaced}
        for one in done.kept:
            stands, version = now.get(one.key, (None, 0))
            if stands == one:
                keeping.remove(desk, work, KIND, one.key, expected_version=version)
        _put_back(desk, work, [*before.values(), *done.removed])
        work.commit()


def _put_back(desk: Desk, work: UnitOfWork, absences: Sequence[Absence]) -> None:
    there = _of(work, absences[0].member) if absences else {}
    for one in absences:
        if one.key not in there:
            keeping.keep(desk, work, KIND, one, expected_version=None)


def _of(work: UnitOfWork, member: str) -> dict[str, tuple[Absence, int]]:
    hers = select(m.Member.id).where(m.Member.key == member)
    return records.load(work.session, KIND, m.Absence.member_id.in_(hers))


def _require(desk: Desk, work: UnitOfWork, member: str) -> None:
    units = select(m.Unit.key).join(m.MemberUnit, m.MemberUnit.unit_id == m.Unit.id)
    units = units.join(m.Member, m.Member.id == m.MemberUnit.member_id).where(m.Member.key == member)
    if work.session.scalar(select(m.Member.id).where(m.Member.key == member)) is None:
        raise NotFound("not_found", what="Medarbetaren", key=member)
    if desk.actor.member != member and not desk.may(Right.WRITE_MEETINGS):
        raise NotAllowed("busy_of_another")
    if not any(desk.actor.works_in(unit) for unit in work.session.scalars(units)):
        raise NotAllowed("not_your_unit")
