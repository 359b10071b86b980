"""Preparations of a meeting: the list with names, what the agenda asks for, and what each has made ready.

Whoever writes the agenda writes the list; she whose it is settles her own. The list stands as it was once the meeting
is held. A meeting that is moved keeps it; of one that is called off it goes with the customers (`preparation_moves`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import case, delete, func, select

from app import models as m
from app.domain import preparations as rules
from app.domain.customers import Contacts
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.keys import free_key
from app.domain.meetings import Meeting
from app.domain.people import Outsider
from app.domain.personnummer import refuse_personnummer
from app.domain.preparations import Preparation, PreparationChange, PreparationRow
from app.domain.roles import Right
from app.services import planning_records as records
from app.services import register_records, sight
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import myself, read
from app.services.preparation_rows import (
    Rows,
    log_gesture,
    log_seen,
    of_meeting,
    one_of,
    require_coming,
    require_writing,
)
from app.services.records import Directory
from app.services.rows import all_keys
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_MEETINGS)
def list_preparations(desk: Desk, *, meeting: str) -> tuple[PreparationRow, ...]:
    """What is to be ready before the meeting, in the order of its list; each customer shown is logged as read."""
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        made = Rows(desk, work)
        rows = tuple(made.row(one, found) for one in of_meeting(work, meeting))
        log_seen(work, rows, {meeting: found.unit}, where=f"meeting:{meeting}")
        work.commit()
    return rows


@needs(Right.READ_MEETINGS)
def count_preparations(desk: Desk, *, meeting: str) -> tuple[int, int]:
    """How many of the meeting's preparations are ready, and of how many."""
    with desk.reading() as work:
        read(desk, work, meeting)
        done = func.sum(case((m.Preparation.done_on.is_not(None), 1), else_=0))
        query = select(done, func.count()).join(m.Meeting, m.Meeting.id == m.Preparation.meeting_id)
        row = work.session.execute(query.where(m.Meeting.key == meeting)).one()
    return int(row[0] or 0), int(row[1])


@needs_at_meeting(Right.WRITE_MEETINGS)
def keep_preparation(desk: Desk, *, preparation: Preparation, expected_version: int | None) -> PreparationRow:
    """Keep a new preparation (`expected_version` None), last in the list, or the one of its key as it is to stand.

    Raises Refused("preparation_customer" | "preparation_text" | "meeting_state" | "personnummer_in_name"), NotFound,
    NotAllowed without the right to write the agenda or to see whom it is about, Conflict.
    """
    new = rules.checked(preparation)
    refuse_personnummer([new.responsible.name] if isinstance(new.responsible, Outsider) else [])
    with desk.writing() as work:
        meeting, _ = read(desk, work, new.meeting)
        rows = Rows(desk, work)
        require_writing(desk, rows, new, meeting)
        if expected_version is None:
            kept = (_insert(work, meeting, [new])[0], 1)
        else:
            kept = _keep_changed(desk, work, rows, new, expected_version)
        log_gesture(work, meeting, "write_preparation", new.customer)
        row = rows.row(kept, meeting)
        work.commit()
    return row


def _insert(work: UnitOfWork, meeting: Meeting, new: Sequence[Preparation]) -> list[Preparation]:
    """Written last in the list unless they have a place of their own there; empty keys are made."""
    taken = all_keys(work.session, m.Preparation)
    there = [one for one, _ in of_meeting(work, meeting.key)]
    last = max((one.position for one in there), default=-1)
    made = []
    for one in new:
        key = one.key or free_key(f"{meeting.key}-forb", taken)
        taken.add(key)
        last = last if one.key else last + 1
        made.append(replace(one, key=key, position=one.position if one.key else last))
    records.insert(work.session, Directory(work.session), records.PREPARATIONS, made)
    return made


def _keep_changed(desk: Desk, work: UnitOfWork, rows: Rows, new: Preparation, expected: int) -> tuple[Preparation, int]:
    old, version, before = one_of(desk, work, new.key)
    require_writing(desk, rows, old, before)
    if version != expected:
        raise Conflict("changed_meanwhile")
    if old.meeting != new.meeting:
        raise Refused("reference_unknown", what="Mötet", key=new.meeting)
    kept = replace(new, position=old.position, done_on=old.done_on, done_by=old.done_by)
    return _write(work, old, kept, version)


def _write(work: UnitOfWork, old: Preparation, new: Preparation, version: int) -> tuple[Preparation, int]:
    if old == new:
        return old, version
    records.change(work.session, Directory(work.session), records.PREPARATIONS, old=old, new=new)
    return new, version + 1


@needs_at_meeting(Right.WRITE_MEETINGS)
def remove_preparation(desk: Desk, *, key: str, expected_version: int) -> Preparation:
    """Take a preparation off the list and give it as it stood, for undoing. Raises as `keep_preparation`."""
    with desk.writing() as work:
        old = _remove(desk, work, key, expected_version)
        work.commit()
    return old


def _remove(desk: Desk, work: UnitOfWork, key: str, expected_version: int) -> Preparation:
    old, version, meeting = one_of(desk, work, key)
    require_writing(desk, Rows(desk, work), old, meeting)
    if version != expected_version:
        raise Conflict("changed_meanwhile")
    work.session.execute(delete(m.Preparation).where(m.Preparation.key == key))
    log_gesture(work, meeting, "remove_preparation", old.customer)
    return old


@needs_at_meeting(Right.COMPLETE_ACTIONS, Right.WRITE_MEETINGS)
def settle_preparation(desk: Desk, *, key: str, note: str | None = None, expected_version: int) -> PreparationRow:
    """A preparation is ready, today, by the person; what was noted before stays where no note is given.

    Raises NotAllowed for somebody else's, where she does not write the agenda either; Refused("meeting_state"),
    Conflict.
    """
    done = partial(replace, done_on=desk.today, done_by=myself(desk))
    return _settle(desk, key, expected_version, "settle_preparation", note=note, done=done)


@needs_at_meeting(Right.COMPLETE_ACTIONS, Right.WRITE_MEETINGS)
def unsettle_preparation(desk: Desk, *, key: str, expected_version: int) -> PreparationRow:
    """A preparation that was ready is to be done. Raises as `settle_preparation`."""
    undone = partial(replace, done_on=None, done_by=None)
    return _settle(desk, key, expected_version, "unsettle_preparation", note=None, done=undone)


def _settle(
    desk: Desk, key: str, expected_version: int, action: str, *, note: str | None, done: partial[Preparation]
) -> PreparationRow:
    with desk.writing() as work:
        old, version, meeting = one_of(desk, work, key)
        rows = Rows(desk, work)
        if not rows.is_own(old):
            require_writing(desk, rows, old, meeting)
        require_coming(meeting)
        if version != expected_version:
            raise Conflict("changed_meanwhile")
        told = (note or "").strip() or old.note
        kept = _write(work, old, replace(done(old), note=told), version)
        log_gesture(work, meeting, action, old.customer)
        row = rows.row(kept, meeting)
        work.commit()
    return row


@needs_at_meeting(Right.WRITE_MEETINGS)
def move_preparation(desk: Desk, *, key: str, by: int, expected_version: int) -> tuple[PreparationRow, ...]:
    """Move a preparation up (-1) or down (1) in its list; the two that changed places, none at the list's end."""
    with desk.writing() as work:
        old, version, meeting = one_of(desk, work, key)
        rows = Rows(desk, work)
        require_writing(desk, rows, old, meeting)
        if version != expected_version:
            raise Conflict("changed_meanwhile")
        there = of_meeting(work, meeting.key)
        place = [one.key for one, _ in there].index(key)
        target = place + (1 if by > 0 else -1)
        if not 0 <= target < len(there):
            return ()
        there[place], there[target] = there[target], there[place]
        moved = []
        for number, (one, stands_at) in enumerate(there):
            kept = _write(work, one, replace(one, position=number), stands_at)
            moved += [rows.row(kept, meeting)] if number in (place, target) else []
        log_gesture(work, meeting, "write_preparation", *(one.preparation.customer for one in moved))
        work.commit()
    return tuple(moved)


@needs_at_meeting(Right.WRITE_MEETINGS)
def add_suggested(desk: Desk, *, meeting: str) -> tuple[PreparationRow, ...]:
    """Put on the list what the agenda asks for and it has not got; what was added. Raises NotAllowed, Refused."""
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        rows = Rows(desk, work)
        if not rows.writes(found):
            require_coming(found)
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        seen = sight.shown(desk, work, found)
        there = [one for one, _ in of_meeting(work, meeting)]
        customers = register_records.load_customers(work.session, m.Customer.key.in_(_customers(seen)))
        wanted = rules.suggested(
            seen, contacts={key: one.contacts or Contacts() for key, (one, _) in customers.items()},
            instruments=_used_before(work, list(customers)), there=there,
        )  # fmt: skip
        made = tuple(rows.row((one, 1), found) for one in (_insert(work, found, wanted) if wanted else ()))
        if made:
            log_gesture(work, found, "write_preparation", *(one.preparation.customer for one in made))
        work.commit()
    return made


def _customers(meeting: Meeting) -> list[str]:
    return sorted({*meeting.customers, *(item.customer for item in meeting.items if item.customer)})


def _used_before(work: UnitOfWork, customers: Sequence[str]) -> dict[str, list[str]]:
    """With what each customer's risks were assessed at earlier meetings, by name."""
    query = (
        select(m.Customer.key, m.Assessment.instrument)
        .join(m.Customer, m.Customer.id == m.Assessment.customer_id)
        .where(m.Customer.key.in_(customers))
        .distinct()
        .order_by(m.Customer.key, m.Assessment.instrument)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for customer, instrument in work.session.execute(query):
        found[customer].append(instrument)
    return found


@needs_at_meeting(Right.COMPLETE_ACTIONS, Right.WRITE_MEETINGS)
def take_back_preparations(desk: Desk, *, changes: Sequence[PreparationChange]) -> None:
    """Undo a gesture of this module, all of it or nothing. Raises Conflict where it does not stand as it was left.

    Who may is who may make the gesture.
    """
    with desk.writing() as work:
        rows, made = Rows(desk, work), []
        for change in changes:
            key = (change.left or change.was or _NOTHING).key
            found = records.load(work.session, records.PREPARATIONS, m.Preparation.key == key).get(key)
            now, version = found or (None, 0)
            one = now or change.was or _NOTHING
            meeting, _ = read(desk, work, one.meeting)
            if not (rules.settles_only(change) and rows.is_own(one)):
                require_writing(desk, rows, rules.blanked(one) if _moves_only(change) else one, meeting)
            require_coming(meeting)
            new = rules.put_back(now, change)
            if now is None and new is not None:
                made.append(new)
            elif new is None:
                work.session.execute(delete(m.Preparation).where(m.Preparation.key == key))
            elif now is not None:
                _write(work, now, new, version)
            log_gesture(work, meeting, "take_back_preparation", one.customer)
        records.insert(work.session, Directory(work.session), records.PREPARATIONS, made)
        work.commit()


_NOTHING = Preparation(key="", meeting="", kind=rules.PreparationKind.OTHER)


def _moves_only(change: PreparationChange) -> bool:
    """Whether only its place in the list was changed, which needs no sight of whom it is about."""
    was, left = change.was, change.left
    return was is not None and left is not None and replace(was, position=left.position) == left
