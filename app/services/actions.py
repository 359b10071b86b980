"""Actions wherever they were decided: one list, quick completion, with the meeting and point they come from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, case, func, or_, select, update
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.catalogue import Setting
from app.domain.customers import hidden_in
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import HERS, Action, ActionRow, ActionStatus, ItemKind
from app.domain.people import Outsider, Person, person_name
from app.domain.roles import Right
from app.services.action_sight import ActionSight, action_sight
from app.services.desk import Desk, needs
from app.services.protection import customer_of
from app.services.records import Directory
from app.services.rows import LONGEST_SEARCH
from app.services.sight import labels_of_everybody
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_MINUTES = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
_Responsible = aliased(m.Member)
_About = aliased(m.Customer)
_ItemAbout = aliased(m.Customer)


@needs(*_MINUTES)
def list_actions(  # noqa: PLR0913 - each filter is one keyword
    desk: Desk,
    *,
    unit: str | None = None,
    responsible: str | None = None,
    status: ActionStatus | None = None,
    overdue_only: bool = False,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    customer: str | None = None,
    meeting: str | None = None,
    text: str = "",
    offset: int = 0,
    limit: int | None = None,
) -> tuple[ActionRow, ...]:
    """Actions the person sees, the earliest due first, undated ones last; `from_` and `to` bound the due date.

    An action of a customer whom she may not see is listed without text and customer, and found by neither.
    """
    with desk.writing() as work:
        seen = action_sight(desk, work)
        query = _filtered(
            desk, _columns(seen), seen, unit=unit, responsible=responsible, status=status, overdue_only=overdue_only,
            from_=from_, to=to, customer=customer, meeting=meeting, text=text,
        )  # fmt: skip
        query = _in_order(query).offset(offset or None).limit(limit)
        found = _read_rows(desk, work, query, where="actions")
        work.commit()
    return found


def _read_rows(desk: Desk, work: UnitOfWork, query: Select[*tuple[Any, ...]], *, where: str) -> tuple[ActionRow, ...]:
    """The rows of a query; each customer named in what is shown is logged as read at `where`."""
    rows = work.session.execute(query).all()
    labels = labels_of_everybody(work)
    for key in sorted({row.customer or row.item_customer for row in rows if not row.blank} - {None}):
        work.record(Event(action="read", object=where, customer=key))
    return tuple(_row(desk, row, labels) for row in rows)


def open_actions(
    desk: Desk, work: UnitOfWork, *, responsible: str | None, limit: int, where: str
) -> tuple[ActionRow, ...]:
    """Open actions inside another page's unit of work, so that a customer shown twice there is logged once."""
    seen = action_sight(desk, work)
    query = _filtered(
        desk, _columns(seen), seen, unit=None, responsible=responsible, status=ActionStatus.OPEN, overdue_only=False,
        from_=None, to=None, customer=None, meeting=None, text="",
    )  # fmt: skip
    return _read_rows(desk, work, _in_order(query).limit(limit), where=where)


def _in_order(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(m.Action.due.is_(None), m.Action.due, m.Meeting.date, m.Action.id)


@needs(*_MINUTES)
def count_actions(
    desk: Desk,
    *,
    unit: str | None = None,
    responsible: str | None = None,
    status: ActionStatus | None = None,
    overdue_only: bool = False,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    customer: str | None = None,
    meeting: str | None = None,
    text: str = "",
) -> int:
    """How many actions `list_actions` would give for the same filters."""
    with desk.reading() as work:
        query = _filtered(
            desk, select(func.count()), action_sight(desk, work), unit=unit, responsible=responsible, status=status,
            overdue_only=overdue_only, from_=from_, to=to, customer=customer, meeting=meeting, text=text,
        )  # fmt: skip
        return work.session.scalar(query) or 0


def _columns(seen: ActionSight) -> Select[*tuple[Any, ...]]:
    return select(
        m.Action.key, m.Action.text, _Responsible.key.label("member"), _Responsible.name.label("member_name"),
        m.Action.responsible_name, m.Action.due, m.Action.status, m.Action.follow_up, m.Action.done_on, m.Action.result,
        _About.key.label("customer"), _ItemAbout.key.label("item_customer"), m.Unit.key.label("unit"), m.Unit.setting,
        m.Meeting.key.label("meeting"), m.Meeting.title, m.Meeting.forum, m.Meeting.date, m.Ward.name.label("ward"),
        m.Item.key.label("item"), m.Item.heading,
        m.Item.kind.label("item_kind"), m.Action.version, _ItemAbout.reference, _ItemAbout.apartment,
        _ItemAbout.protected, _ItemAbout.code,
        seen.blank.label("blank"),
    )  # fmt: skip


def _filtered(  # noqa: PLR0913 - the same filters once more
    desk: Desk,
    query: Select[*tuple[Any, ...]],
    seen: ActionSight,
    *,
    unit: str | None,
    responsible: str | None,
    status: ActionStatus | None,
    overdue_only: bool,
    from_: dt.date | None,
    to: dt.date | None,
    customer: str | None,
    meeting: str | None,
    text: str,
) -> Select[*tuple[Any, ...]]:
    query = (
        query.select_from(m.Action)
        .join(m.Item, m.Item.id == m.Action.item_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .outerjoin(_Responsible, _Responsible.id == m.Action.responsible_id)
        .outerjoin(_About, _About.id == m.Action.customer_id)
        .outerjoin(_ItemAbout, _ItemAbout.id == m.Item.customer_id)
    )
    query = query.where(seen.listed)
    if overdue_only:
        query = query.where(m.Action.status == "open", m.Action.due < desk.today)
    for value, column in (
        (unit, m.Unit.key),
        (responsible, _Responsible.key),
        (status, m.Action.status),
        (meeting, m.Meeting.key),
    ):
        if value is not None:
            query = query.where(column == value)
    if from_ is not None:
        query = query.where(m.Action.due >= from_)
    if to is not None:
        query = query.where(m.Action.due <= to)
    if customer is not None:
        query = query.where(or_(_About.key == customer, _ItemAbout.key == customer))
    if customer is not None or text.strip():
        query = query.where(seen.blank == 0)  # a search that hits tells what is hidden
    if text.strip():
        query = query.where(m.Action.text.icontains(text.strip()[:LONGEST_SEARCH], autoescape=True))
    return query


def _row(desk: Desk, row: Any, labels: dict[str, str]) -> ActionRow:
    """The list row; of a blank one only who is to do something when, and at which meeting that was decided."""
    forum = desk.catalogue.forum(Setting(row.setting), row.forum) or desk.catalogue.forum(Setting.LEDNING, row.forum)
    name = forum.name if forum else row.forum
    person: Person | None = row.member or (Outsider(row.responsible_name) if row.responsible_name else None)
    about = None if row.blank else row.customer or row.item_customer
    return ActionRow(
        key=row.key, text=HIDDEN if row.blank else row.text, responsible=person,
        responsible_name=row.member_name or row.responsible_name or "",
        due=row.due,
        status=ActionStatus(row.status), follow_up=row.follow_up, done_on=row.done_on,
        result=None if row.blank else row.result,
        customer=about,
        customer_label=labels.get(about) if about else None, unit=row.unit, meeting=row.meeting,
        meeting_heading=row.title or (f"{name} {row.ward}" if row.ward else name), meeting_date=row.date, item=row.item,
        item_heading=HIDDEN if row.blank else _heading(row), version=row.version,
    )  # fmt: skip


def _heading(row: Any) -> str:
    if not row.protected:
        return str(row.heading)
    return hidden_in(row.heading, customer_of(row), hers=ItemKind(row.item_kind) in HERS)


@needs(Right.COMPLETE_ACTIONS)
def complete_action(desk: Desk, *, key: str, result: str | None = None, expected_version: int) -> None:
    """Mark an action done today, with its result."""
    _change(desk, key, expected_version, "complete_action", status="done", done_on=desk.today, result=result)


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
            _About.key.label("customer"), _ItemAbout.key.label("item_customer"),
            case((seen.listed, 1 - seen.blank), else_=0).label("open_to_her"))
            .join(m.Item, m.Item.id == m.Action.item_id)
            .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
            .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
            .outerjoin(_About, _About.id == m.Action.customer_id)
            .outerjoin(_ItemAbout, _ItemAbout.id == m.Item.customer_id)
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
