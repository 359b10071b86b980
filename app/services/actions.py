"""Actions wherever they were decided: one list, quick completion, with the meeting and point they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Unpack

from sqlalchemy import Row, case, delete, func, select, update

from app import models as m
from app.domain.action_lists import Gathered
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meetings import Action, ActionRow, ActionStatus
from app.domain.people import Outsider, person_name
from app.domain.recurring import every_of, with_following
from app.domain.roles import Right
from app.services import action_rows, meeting_records, sight
from app.services.action_rows import ABOUT, ITEM_ABOUT, ActionFilters
from app.services.action_sight import action_sight
from app.services.desk import Desk, needs
from app.services.following import new_key
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

READS_ACTIONS: Sequence[Right] = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
"""Of which one is enough to see what was decided; `action_sight` says how far."""
_MOST_TIMES = 60
"""So many earlier times of an action are looked up: a weekly one's of more than a year."""


@needs(*READS_ACTIONS)
def list_actions(
    desk: Desk, *, gathered: Gathered = Gathered.BY_DUE, offset: int = 0, limit: int | None = None,
    **wanted: Unpack[ActionFilters],
) -> tuple[ActionRow, ...]:  # fmt: skip
    """Actions the person sees, the earliest due first, undated ones last, or gathered by customer or meeting.

    An action of a customer whom she may not see is listed without text and customer, and found by neither.
    """
    with desk.writing() as work:
        seen = action_sight(desk, work)
        query = action_rows.filtered(action_rows.columns(seen), seen, wanted, today=desk.today)
        query = action_rows.in_order(query, seen, gathered).offset(offset or None).limit(limit)
        found = action_rows.read_rows(desk, work, query, where="actions")
        work.commit()
    return found


def open_actions(
    desk: Desk, work: UnitOfWork, *, responsible: str | None, limit: int, where: str
) -> tuple[ActionRow, ...]:
    """Open actions inside another page's unit of work, so that a customer shown twice there is logged once."""
    wanted: ActionFilters = {"responsible": responsible, "status": ActionStatus.OPEN}
    return _inside(desk, work, wanted, limit=limit, where=where)


def follow_ups(desk: Desk, work: UnitOfWork, *, member: str | None, limit: int, where: str) -> tuple[ActionRow, ...]:
    """What is to be followed up by now, by a person or by anybody, inside another page's unit of work."""
    wanted: ActionFilters = {"followed_by": member, "to_follow_up": True, "follow_up_to": desk.today}
    return _inside(desk, work, wanted, limit=limit, where=where, order=Gathered.BY_FOLLOW_UP)


def _inside(
    desk: Desk, work: UnitOfWork, wanted: ActionFilters, *, limit: int, where: str, order: Gathered = Gathered.BY_DUE
) -> tuple[ActionRow, ...]:  # fmt: skip
    seen = action_sight(desk, work)
    query = action_rows.filtered(action_rows.columns(seen), seen, wanted, today=desk.today)
    return action_rows.read_rows(desk, work, action_rows.in_order(query, seen, order).limit(limit), where=where)


@needs(*READS_ACTIONS)
def count_actions(desk: Desk, **wanted: Unpack[ActionFilters]) -> int:
    """How many actions `list_actions` would give for the same filters."""
    with desk.reading() as work:
        seen = action_sight(desk, work)
        return work.session.scalar(action_rows.filtered(select(func.count()), seen, wanted, today=desk.today)) or 0


@needs(Right.COMPLETE_ACTIONS)
def complete_action(desk: Desk, *, key: str, result: str | None = None, expected_version: int) -> None:
    """Mark an action done today, with its result; what was written of that before stays where none is given.

    One that comes again is followed by the next, open, under the same point.
    """
    written = {} if result is None else {"result": result}
    _change(desk, key, expected_version, "complete_action", status="done", done_on=desk.today, **written)


@needs(Right.COMPLETE_ACTIONS)
def reopen_action(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take back a completion; the next one goes, where nobody has touched it."""
    _change(desk, key, expected_version, "reopen_action", status="open", done_on=None)


@needs(Right.COMPLETE_ACTIONS)
def set_action(desk: Desk, *, action: Action, expected_version: int) -> None:
    """Change what may change after the minutes: responsible, due, follow-up, status, result, how often.

    The text of the decision never does. Raises Refused("action_repeat") for a repetition that is none of ours.
    """
    if action.repeat:
        every_of(action.repeat)
    with desk.reading() as work:
        directory = Directory(work.session)
        outside = isinstance(action.responsible, Outsider)
        if action.responsible is not None and not outside:
            directory.learn_keys(m.Member, [str(action.responsible)])
        member = None if outside else directory.id(m.Member, action.responsible)  # type: ignore[arg-type]
    values = {
        "responsible_id": member, "responsible_name": person_name(action.responsible, {}) if outside else None,
        "due": action.due, "follow_up": action.follow_up, "status": action.status.value, "result": action.result,
        "done_on": action.done_on, "repeat": action.repeat, "effect": action.effect,
    }  # fmt: skip
    _change(desk, action.key, expected_version, "set_action", **values)


@needs(Right.COMPLETE_ACTIONS)
def follow_up_action(
    desk: Desk, *, key: str, effect: str | None = None, again: dt.date | None = None, expected_version: int
) -> None:
    """Note that an action was followed up today and what it led to; `again` is when that is done once more.

    What was written of the effect before stays where none is given. Raises Refused("follow_up_past").
    """
    if again is not None and again <= desk.today:
        raise Refused("follow_up_past")
    written: dict[str, Any] = {} if effect is None else {"effect": effect}
    if again is not None:
        _change(desk, key, expected_version, "follow_up_action", follow_up=again, **written)
        return
    with desk.reading() as work:
        me = sight.myself_id(desk, work)
    _change(
        desk, key, expected_version, "follow_up_action", followed_up_on=desk.today, followed_up_by_id=me,
        followed_up_by_name=None if me else desk.actor.user, **written,
    )  # fmt: skip


@needs(Right.COMPLETE_ACTIONS)
def take_back_follow_up(
    desk: Desk, *, key: str, effect: str | None, follow_up: dt.date | None, expected_version: int
) -> None:
    """Take back a follow-up: the effect and the day stand as they did before it."""
    _change(
        desk, key, expected_version, "take_back_follow_up", followed_up_on=None, followed_up_by_id=None,
        followed_up_by_name=None, effect=effect, follow_up=follow_up,
    )  # fmt: skip


@needs(*READS_ACTIONS)
def earlier_times(desk: Desk, *, key: str) -> tuple[ActionRow, ...]:
    """The times before that an action came again, the latest first, as far as the person sees them."""
    with desk.writing() as work:
        keys: list[str] = []
        before = work.session.scalar(select(m.Action.repeats).where(m.Action.key == key))
        while before is not None and before not in keys and len(keys) < _MOST_TIMES:
            keys.append(before)
            before = work.session.scalar(select(m.Action.repeats).where(m.Action.key == before))
        if not keys:
            return ()
        seen = action_sight(desk, work)
        query = action_rows.filtered(action_rows.columns(seen), seen, {}, today=desk.today)
        found = action_rows.read_rows(
            desk, work, query.where(m.Action.key.in_(keys), seen.blank == 0), where=f"action:{key}"
        )
        work.commit()
    return tuple(sorted(found, key=lambda row: keys.index(row.key)))


def settle_action(desk: Desk, work: UnitOfWork, *, key: str, done: bool, expected_version: int) -> None:
    """Mark an action done today, or open again, in the caller's unit of work. Raises as `complete_action` does."""
    what, status = ("complete_action", "done") if done else ("reopen_action", "open")
    _change_in(desk, work, key, expected_version, what, status=status, done_on=desk.today if done else None)


def _change(desk: Desk, key: str, expected_version: int, what: str, **values: Any) -> None:
    with desk.writing() as work:
        _change_in(desk, work, key, expected_version, what, **values)
        work.commit()


def _change_in(desk: Desk, work: UnitOfWork, key: str, expected_version: int, what: str, **values: Any) -> None:
    row = _open_to_her(desk, work, key)
    changed = update(m.Action).where(m.Action.id == row.id, m.Action.version == expected_version)
    if work.session.execute(changed.values(**values, version=m.Action.version + 1)).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("changed_meanwhile")
    _follow_on(desk, work, row, status=values.get("status", row.status))
    work.session.execute(update(m.Meeting).where(m.Meeting.id == row.meeting_id).values(version=m.Meeting.version + 1))
    work.record(Event(action=what, object=f"action:{key}", customer=row.customer or row.item_customer, unit=row.unit))


def _open_to_her(desk: Desk, work: UnitOfWork, key: str) -> Row[Any]:
    """The action with its meeting. Raises NotFound, or NotAllowed for one that is not shown to the person."""
    seen = action_sight(desk, work)
    row = work.session.execute(
        select(m.Action.id, m.Action.key, m.Action.status, m.Meeting.id.label("meeting_id"),
        m.Meeting.key.label("meeting"), m.Unit.key.label("unit"),
        ABOUT.key.label("customer"), ITEM_ABOUT.key.label("item_customer"),
        case((seen.listed, 1 - seen.blank), else_=0).label("open_to_her"))
        .join(m.Item, m.Item.id == m.Action.item_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(ABOUT, ABOUT.id == m.Action.customer_id)
        .outerjoin(ITEM_ABOUT, ITEM_ABOUT.id == m.Item.customer_id)
        .where(m.Action.key == key)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound("not_found", what="Åtgärden", key=key)
    if not row.open_to_her:
        raise NotAllowed("not_allowed" if desk.actor.sees(row.unit) else "not_your_unit", role=desk.actor.role.label)
    return row


def _follow_on(desk: Desk, work: UnitOfWork, row: Row[Any], *, status: str) -> None:
    """What a change of state means for the next time: done, it comes; open again, it goes where nobody touched it."""
    session = work.session
    if (row.status, status) == ("open", "done"):
        directory = Directory(session)
        done, _ = meeting_records.load(session, m.Meeting.id == row.meeting_id, directory=directory)[row.meeting]
        new = with_following(done, done={row.key}, today=desk.today, new_key=lambda: new_key(near=row.meeting))
        meeting_records.write_changes(session, directory, old=done, new=new, meeting_id=row.meeting_id)
    elif (row.status, status) == ("done", "open"):
        untouched = (m.Action.repeats == row.key, m.Action.status == "open", m.Action.version == 1)
        session.execute(delete(m.Action).where(*untouched))


def as_action(row: ActionRow, **changes: Any) -> Action:
    """The action of a list row, with `changes`, to hand to `set_action`. Raises Refused for one without text."""
    if not row.text:
        raise Refused("action_without_text", heading=row.item_heading)
    action = Action(
        key=row.key, text=row.text, responsible=row.responsible, due=row.due, status=row.status,
        follow_up=row.follow_up,
        done_on=row.done_on, result=row.result, customer=row.customer, effect=row.effect, repeat=row.repeat,
        repeats=row.repeats,
    )  # fmt: skip
    return replace(action, **changes)
