"""Actions wherever they were decided: one list, quick completion, with the meeting and point they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Unpack

from sqlalchemy import case, func, select, update

from app import models as m
from app.domain.action_lists import Gathered
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meetings import Action, ActionRow, ActionStatus
from app.domain.people import Outsider, person_name
from app.domain.roles import Right
from app.services import action_rows
from app.services.action_rows import ABOUT, ITEM_ABOUT, ActionFilters
from app.services.action_sight import action_sight
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

READS_ACTIONS: Sequence[Right] = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
"""Of which one is enough to see what was decided; `action_sight` says how far."""


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
    seen = action_sight(desk, work)
    wanted: ActionFilters = {"responsible": responsible, "status": ActionStatus.OPEN}
    query = action_rows.filtered(action_rows.columns(seen), seen, wanted, today=desk.today)
    return action_rows.read_rows(desk, work, action_rows.in_order(query, seen).limit(limit), where=where)


@needs(*READS_ACTIONS)
def count_actions(desk: Desk, **wanted: Unpack[ActionFilters]) -> int:
    """How many actions `list_actions` would give for the same filters."""
    with desk.reading() as work:
        seen = action_sight(desk, work)
        return work.session.scalar(action_rows.filtered(select(func.count()), seen, wanted, today=desk.today)) or 0


@needs(Right.COMPLETE_ACTIONS)
def complete_action(desk: Desk, *, key: str, result: str | None = None, expected_version: int) -> None:
    """Mark an action done today, with its result; what was written of that before stays where none is given."""
    written = {} if result is None else {"result": result}
    _change(desk, key, expected_version, "complete_action", status="done", done_on=desk.today, **written)


@needs(Right.COMPLETE_ACTIONS)
def reopen_action(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take back a completion."""
    _change(desk, key, expected_version, "reopen_action", status="open", done_on=None)


@needs(Right.COMPLETE_ACTIONS)
def set_action(desk: Desk, *, action: Action, expected_version: int) -> None:
    """Change what may change after the minutes: responsible, due, follow-up, status, result; never the text."""
    with desk.reading() as work:
        directory = Directory(work.session)
        outside = isinstance(action.responsible, Outsider)
        if action.responsible is not None and not outside:
            directory.learn_keys(m.Member, [str(action.responsible)])
        member = None if outside else directory.id(m.Member, action.responsible)  # type: ignore[arg-type]
    values = {
        "responsible_id": member, "responsible_name": person_name(action.responsible, {}) if outside else None,
        "due": action.due, "follow_up": action.follow_up, "status": action.status.value, "result": action.result,
        "done_on": action.done_on,
    }  # fmt: skip
    _change(desk, action.key, expected_version, "set_action", **values)


def _change(desk: Desk, key: str, expected_version: int, what: str, **values: Any) -> None:
    with desk.writing() as work:
        seen = action_sight(desk, work)
        row = work.session.execute(
            select(m.Action.id, m.Meeting.id.label("meeting_id"), m.Unit.key.label("unit"),
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
            raise NotAllowed(
                "not_allowed" if desk.actor.sees(row.unit) else "not_your_unit", role=desk.actor.role.label
            )
        changed = update(m.Action).where(m.Action.id == row.id, m.Action.version == expected_version)
        if work.session.execute(changed.values(**values, version=m.Action.version + 1)).rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict("changed_meanwhile")
        work.session.execute(
            update(m.Meeting).where(m.Meeting.id == row.meeting_id).values(version=m.Meeting.version + 1)
        )
        work.record(
            Event(action=what, object=f"action:{key}", customer=row.customer or row.item_customer, unit=row.unit)
        )
        work.commit()


def as_action(row: ActionRow, **changes: Any) -> Action:
    """The action of a list row, with `changes`, to hand to `set_action`. Raises Refused for one without text."""
    if not row.text:
        raise Refused("action_without_text", heading=row.item_heading)
    action = Action(
        key=row.key, text=row.text, responsible=row.responsible, due=row.due, status=row.status,
        follow_up=row.follow_up,
        done_on=row.done_on, result=row.result, customer=row.customer,
    )  # fmt: skip
    return replace(action, **changes)
