"""When members are away: listed, kept and removed by who plans for their units, and by each member for herself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import and_

from app import models as m
from app.domain.availability import Absence
from app.domain.errors import NotAllowed, NotFound
from app.domain.meetings import MeetingStatus
from app.domain.presence import Called
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk, needs
from app.services.diary import read_diary, wanted_there
from app.services.presence import homes_of, knows_why, told
from app.storage.unit_of_work import UnitOfWork

KIND = records.ABSENCES


@needs(Right.READ_REGISTERS)
def list_absences(desk: Desk, *, unit: str | None = None, past: bool = False) -> tuple[Stored[Absence], ...]:
    """The absences of the units the person sees: those not over yet, soonest first, or the past ones, latest first.

    Why somebody is away is told as far as the person may know it.
    """
    today = dt.datetime.combine(desk.today, dt.time())
    condition = m.Absence.until < today if past else m.Absence.until >= today
    with desk.reading() as work:
        found = records.load(work.session, KIND, condition)
        homes = homes_of(work, {one.member for one, _ in found.values()})
        seen = [
            Stored(one, version)
            for one, version in found.values()
            if any(desk.actor.works_in(home) for home in homes.get(one.member, ()))
            and (unit is None or unit in homes.get(one.member, ()))
        ]
        values = told(desk, work, (one.value for one in seen))
    shown = [replace(one, value=value) for one, value in zip(seen, values, strict=True)]
    return tuple(sorted(shown, key=lambda one: (one.value.begins, one.value.key), reverse=past))


@needs(Right.READ_REGISTERS)
def get_absence(desk: Desk, *, key: str) -> Stored[Absence]:
    """One absence. Raises NotFound for one of a unit that the person does not see, too."""
    with desk.reading() as work:
        found = keeping.kept(work, KIND, key)
        homes = homes_of(work, {found.value.member})
        if not any(desk.actor.works_in(home) for home in homes.get(found.value.member, ())):
            raise NotFound("not_found", what="Frånvaron", key=key)
        return Stored(told(desk, work, [found.value])[0], found.version)


@needs(Right.WRITE_MEETINGS, Right.TELL_ABSENCE)
def keep_absence(desk: Desk, *, absence: Absence, expected_version: int | None) -> Stored[Absence]:
    """Keep a new absence (version None; an empty key is made) or a changed one.

    Raises NotAllowed("absence_of_another") for a colleague's without the right to it, and what `keeping.keep` raises.
    """
    with desk.writing() as work:
        named = absence
        if expected_version is None and not absence.key:
            wanted = f"borta-{absence.member}-{absence.begins.date()}"
            named = replace(absence, key=keeping.fresh_key(work, KIND, wanted))
        if expected_version is not None:
            _require_own(desk, work, keeping.kept(work, KIND, absence.key).value)
        _require_own(desk, work, named)
        kept: Stored[Absence] = keeping.keep(desk, work, KIND, named, expected_version=expected_version)
        work.commit()
    return kept


@needs(Right.WRITE_MEETINGS, Right.TELL_ABSENCE)
def remove_absence(desk: Desk, *, key: str, expected_version: int) -> Absence:
    """Take an absence away and give it as it stood. Raises NotAllowed, NotFound, Conflict."""
    with desk.writing() as work:
        _require_own(desk, work, keeping.kept(work, KIND, key).value)
        removed: Absence = keeping.remove(desk, work, KIND, key, expected_version=expected_version)
        work.commit()
    return removed


def _require_own(desk: Desk, work: UnitOfWork, absence: Absence) -> None:
    homes: Iterable[str] = homes_of(work, {absence.member}).get(absence.member, ())
    if not knows_why(desk, absence.member, homes):
        raise NotAllowed("absence_of_another")


@needs(Right.WRITE_MEETINGS, Right.TELL_ABSENCE)
def called_meanwhile(desk: Desk, *, absence: Absence) -> tuple[Called, ...]:
    """The planned meetings from today on that the member is to be at while she is away, by time.

    One of a unit that the person does not see has neither key nor words.
    """
    first, last = max(absence.begins.date(), desk.today), absence.ends.date()
    with desk.reading() as work:
        _require_own(desk, work, absence)
        planned = m.Meeting.status == MeetingStatus.PLANNED.value
        condition = and_(m.Meeting.date.between(first, last), planned, wanted_there({absence.member}))
        diary = read_diary(desk, work, condition)
    found = [
        Called(meeting=key if key in diary.seen else "", words=one.words, start=one.start, end=one.end)
        for key, one in diary.bookings.items()
        if absence.member in one.who and one.start < absence.ends and absence.begins < one.end
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.meeting)))
