"""Actions as rows out of the database: the filters and orders of every list, export and paper, as far as one sees.

A part of services that have a unit of work; nothing here is a gesture of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, null, or_, select
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.action_lists import Gathered
from app.domain.catalogue import Setting
from app.domain.customers import hidden_in
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import HERS, ActionRow, ActionStatus, ItemKind
from app.domain.people import Outsider, Person
from app.services.action_sight import ActionSight
from app.services.desk import Desk
from app.services.protection import customer_of
from app.services.rows import LONGEST_SEARCH
from app.services.sight import labels_of_everybody
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

RESPONSIBLE = aliased(m.Member)
FOLLOWER = aliased(m.Member)
ABOUT = aliased(m.Customer)
ITEM_ABOUT = aliased(m.Customer)


class ActionFilters(TypedDict, total=False):
    """What a list of actions is narrowed by; what is left out or None narrows nothing."""

    unit: str | None
    responsible: str | None
    """A member's key."""
    waiting_for: str | None
    """A member's key: others are to do it, decided at a meeting she leads or writes, or under a point of hers."""
    outsiders_only: bool
    """Only what somebody without an account, known by name, is to do."""
    outsider: str | None
    """Only what the person of that name is to do."""
    status: ActionStatus | None
    overdue_only: bool
    followed_by: str | None
    """A member's key: what she did herself, or what was decided at a meeting she leads or writes."""
    follow_up_to: dt.date | None
    to_follow_up: bool
    """Only what has a day to be followed up and was not; what is dropped needs none."""
    from_: dt.date | None
    to: dt.date | None
    """The due date's bounds, inclusive."""
    customer: str | None
    meeting: str | None
    text: str
    """In the action, its result or effect, the point's heading, the responsible's name or the customer's label."""


def columns(seen: ActionSight) -> Select[*tuple[Any, ...]]:
    """What a row shows, before its filters."""
    return select(
        m.Action.key, m.Action.text, RESPONSIBLE.key.label("member"), RESPONSIBLE.name.label("member_name"),
        m.Action.responsible_name, m.Action.due, m.Action.status, m.Action.follow_up, m.Action.done_on, m.Action.result,
        ABOUT.key.label("customer"), ITEM_ABOUT.key.label("item_customer"), m.Unit.key.label("unit"), m.Unit.setting,
        m.Meeting.key.label("meeting"), m.Meeting.title, m.Meeting.forum, m.Meeting.date, m.Ward.name.label("ward"),
        m.Item.key.label("item"), m.Item.heading,
        m.Item.kind.label("item_kind"), m.Action.version, ITEM_ABOUT.reference, ITEM_ABOUT.apartment,
        ITEM_ABOUT.protected, ITEM_ABOUT.code,
        m.Action.effect, m.Action.followed_up_on, m.Action.followed_up_by_name, FOLLOWER.name.label("follower"),
        m.Action.repeat, m.Action.repeats,
        seen.blank.label("blank"),
    )  # fmt: skip


def joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The query on actions with their points, meetings, units, wards, people and customers."""
    return (
        query.select_from(m.Action)
        .join(m.Item, m.Item.id == m.Action.item_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .outerjoin(RESPONSIBLE, RESPONSIBLE.id == m.Action.responsible_id)
        .outerjoin(FOLLOWER, FOLLOWER.id == m.Action.followed_up_by_id)
        .outerjoin(ABOUT, ABOUT.id == m.Action.customer_id)
        .outerjoin(ITEM_ABOUT, ITEM_ABOUT.id == m.Item.customer_id)
    )


def filtered(
    query: Select[*tuple[Any, ...]], seen: ActionSight, wanted: ActionFilters, *, today: dt.date
) -> Select[*tuple[Any, ...]]:
    """The query narrowed to what the person sees and asked for."""
    query = joined(query).where(seen.listed)
    query = _to_follow_up(_outstanding(query, wanted, today=today), wanted)
    for value, column in (
        (wanted.get("unit"), m.Unit.key), (wanted.get("responsible"), RESPONSIBLE.key),
        (wanted.get("status"), m.Action.status), (wanted.get("meeting"), m.Meeting.key),
        (wanted.get("outsider"), m.Action.responsible_name),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if (first := wanted.get("from_")) is not None:
        query = query.where(m.Action.due >= first)
    if (last := wanted.get("to")) is not None:
        query = query.where(m.Action.due <= last)
    if (who := wanted.get("waiting_for")) is not None:
        query = query.where(_waited_for_by(who))
    return _searched(query, seen, customer=wanted.get("customer"), text=wanted.get("text", ""))


def _outstanding(
    query: Select[*tuple[Any, ...]], wanted: ActionFilters, *, today: dt.date
) -> Select[*tuple[Any, ...]]:  # fmt: skip
    if wanted.get("overdue_only"):
        query = query.where(m.Action.status == "open", m.Action.due < today)
    if wanted.get("outsiders_only"):
        query = query.where(m.Action.responsible_name.is_not(None))
    return query


def _to_follow_up(query: Select[*tuple[Any, ...]], wanted: ActionFilters) -> Select[*tuple[Any, ...]]:
    if wanted.get("to_follow_up"):
        asked, waits = m.Action.follow_up.is_not(None), m.Action.followed_up_on.is_(None)
        query = query.where(asked, waits, m.Action.status != "dropped")
    if (day := wanted.get("follow_up_to")) is not None:
        query = query.where(m.Action.follow_up <= day)
    if (follower := wanted.get("followed_by")) is not None:
        query = query.where(or_(RESPONSIBLE.key == follower, _waited_for_by(follower)))
    return query


def _waited_for_by(member: str) -> ColumnElement[bool]:
    me = select(m.Member.id).where(m.Member.key == member).scalar_subquery()
    hers = (m.Meeting.chair_id, m.Meeting.secretary_id, m.Item.raised_by_id, m.Item.presenter_id)
    others = or_(m.Action.responsible_id.is_(None), m.Action.responsible_id != me)
    return and_(others, or_(*(column == me for column in hers)))


def _searched(
    query: Select[*tuple[Any, ...]], seen: ActionSight, *, customer: str | None, text: str
) -> Select[*tuple[Any, ...]]:
    """A search that hits tells what is hidden: nothing is found by what is not shown."""
    if customer is not None:
        query = query.where(or_(ABOUT.key == customer, ITEM_ABOUT.key == customer))
    words = text.strip()[:LONGEST_SEARCH]
    if customer is not None or words:
        query = query.where(seen.blank == 0)
    if not words:
        return query
    shown = [
        m.Action.text,
        m.Action.result,
        m.Action.effect,
        m.Action.responsible_name,
        RESPONSIBLE.name,
        m.Meeting.title,
    ]
    found = [column.icontains(words, autoescape=True) for column in shown]
    open_heading = or_(ITEM_ABOUT.id.is_(None), not_(ITEM_ABOUT.protected))
    found.append(and_(open_heading, m.Item.heading.icontains(words, autoescape=True)))
    found += [and_(who.id.is_not(None), _label(who).icontains(words, autoescape=True)) for who in (ABOUT, ITEM_ABOUT)]
    return query.where(or_(*found))


def _label(who: type[m.Customer]) -> ColumnElement[Any]:
    """How a customer is shown: apartment and reference, or the code alone."""
    return case(
        (who.protected, func.coalesce(who.code, "")),
        else_=func.coalesce(who.apartment + " ", "") + who.reference,
    )


def in_order(
    query: Select[*tuple[Any, ...]], seen: ActionSight, gathered: Gathered = Gathered.BY_DUE
) -> Select[*tuple[Any, ...]]:
    """The earliest due first, undated ones last; gathered by customer or, the latest first, by meeting.

    What is to be followed up stands by the day of that.
    """
    if gathered is Gathered.BY_FOLLOW_UP:
        return query.order_by(m.Action.follow_up.is_(None), m.Action.follow_up, m.Action.id)
    due = (m.Action.due.is_(None), m.Action.due, m.Meeting.date, m.Action.id)
    if gathered is Gathered.BY_MEETING:
        return query.order_by(m.Meeting.date.desc(), m.Meeting.start.desc(), m.Meeting.id, *due)
    if gathered is Gathered.BY_DUE:
        return query.order_by(*due)
    key = case((seen.blank == 1, null()), (ABOUT.id.is_not(None), ABOUT.key), else_=ITEM_ABOUT.key)
    label = case((seen.blank == 1, null()), (ABOUT.id.is_not(None), _label(ABOUT)), else_=_label(ITEM_ABOUT))
    last = case((seen.blank == 1, 1), (key.is_(None), 2), else_=0)
    return query.order_by(last, label, key, *due)


def read_rows(
    desk: Desk, work: UnitOfWork, query: Select[*tuple[Any, ...]], *, where: str, action: str = "read",
    reason: str | None = None, known: frozenset[str] = frozenset(),
) -> tuple[ActionRow, ...]:  # fmt: skip
    """The rows of a query; each customer named in what is shown is logged at `where`.

    Those `known` were shown and logged by the same gesture already.
    """
    rows = work.session.execute(query).all()
    labels = labels_of_everybody(work)
    for key in sorted({row.customer or row.item_customer for row in rows if not row.blank} - {None} - known):
        work.record(Event(action=action, object=where, customer=key, reason=reason))
    return tuple(_row(desk, row, labels) for row in rows)


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
        effect=None if row.blank else row.effect, followed_up_on=row.followed_up_on,
        followed_up_by_name=row.follower or row.followed_up_by_name or "", repeat=row.repeat, repeats=row.repeats,
    )  # fmt: skip


def _heading(row: Any) -> str:
    if not row.protected:
        return str(row.heading)
    return hidden_in(row.heading, customer_of(row), hers=ItemKind(row.item_kind) in HERS)
