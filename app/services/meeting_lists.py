"""Meetings as rows: for lists and calendars, by column queries that stay quick with twenty years behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.meetings import Meeting, MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import sort_key
from app.services import meeting_records, sight
from app.services.desk import Desk, needs
from app.services.rows import LONGEST_SEARCH

_COLUMNS = (
    m.Meeting.key, m.Unit.key, m.Unit.name, m.Unit.setting, m.Meeting.forum, m.Meeting.title, m.Ward.key, m.Ward.name,
    m.Meeting.date, m.Meeting.start, m.Meeting.end, m.Meeting.place, m.Meeting.status, m.Meeting.version,
)  # fmt: skip


@needs(Right.READ_MEETINGS)
def list_meetings(  # noqa: PLR0913 - each filter is one keyword
    desk: Desk,
    *,
    unit: str | None = None,
    forum: str | None = None,
    ward: str | None = None,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    status: MeetingStatus | None = None,
    member: str | None = None,
    place: str | None = None,
    text: str = "",
    newest_first: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[MeetingRow, ...]:
    """The meetings the person sees, by date and time, `from_`–`to` inclusive; `text` is in title, forum or ward."""
    order = (m.Meeting.date.desc(), m.Meeting.start.desc()) if newest_first else (m.Meeting.date, m.Meeting.start)
    query = _filtered(
        desk,
        select(*_COLUMNS),
        unit=unit,
        forum=forum,
        ward=ward,
        from_=from_,
        to=to,
        status=status,
        member=member,
        text=text,
        place=place,
    )
    query = query.order_by(*order, m.Meeting.key).offset(offset or None).limit(limit)
    with desk.reading() as work:
        # Plain columns: past the ORM's row loading, which would cost as much again as the query.
        rows = work.session.connection().execute(query).all()
    names = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    statuses = {status.value: status for status in MeetingStatus}
    return tuple(
        MeetingRow(
            key, unit_key, unit_name, setting, of, names.get((setting, of), of), title, ward_key, ward_name,
            date, start, end, place, statuses[state], version,
        )
        for (
            key, unit_key, unit_name, setting, of, title, ward_key, ward_name, date, start, end, place, state, version,
        ) in rows
    )  # fmt: skip


@needs(Right.READ_MEETINGS)
def whole_meetings(
    desk: Desk,
    *,
    unit: str | None = None,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    status: MeetingStatus | None = None,
) -> tuple[Meeting, ...]:
    """Meetings as far as the person may see them, by key; each customer named in what she sees is logged as read."""
    wanted = _filtered(
        desk,
        select(m.Meeting.id),
        unit=unit,
        forum=None,
        ward=None,
        from_=from_,
        to=to,
        status=status,
        member=None,
        text="",
    )
    with desk.writing() as work:
        found = [meeting for meeting, _ in meeting_records.load(work.session, m.Meeting.id.in_(wanted)).values()]
        seen = sight.shown_all(desk, work, found)
        sight.log_customers(work, *seen, action="read")
        work.commit()
    return tuple(seen)


@needs(Right.READ_MEETINGS)
def count_meetings(
    desk: Desk,
    *,
    unit: str | None = None,
    forum: str | None = None,
    ward: str | None = None,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    status: MeetingStatus | None = None,
    member: str | None = None,
    text: str = "",
) -> int:
    """How many meetings `list_meetings` would give for the same filters."""
    query = _filtered(
        desk,
        select(func.count()),
        unit=unit,
        forum=forum,
        ward=ward,
        from_=from_,
        to=to,
        status=status,
        member=member,
        text=text,
        named=False,
    )
    with desk.reading() as work:
        return work.session.scalar(query) or 0


@needs(Right.READ_MEETINGS)
def forums_by_day(
    desk: Desk,
    *,
    from_: dt.date,
    to: dt.date,
    unit: str | None = None,
    ward: str | None = None,
    member: str | None = None,
    place: str | None = None,
) -> Mapping[dt.date, Mapping[str, int]]:
    """How many meetings of each forum are held on each day of a period (inclusive), cancelled ones left out."""
    query = _filtered(
        desk,
        select(m.Meeting.date, m.Meeting.forum, func.count()),
        unit=unit,
        ward=ward,
        from_=from_,
        to=to,
        member=member,
        place=place,
        named=False,
    ).where(m.Meeting.status != MeetingStatus.CANCELLED.value)
    query = query.group_by(m.Meeting.date, m.Meeting.forum).order_by(m.Meeting.date, m.Meeting.forum)
    found: dict[dt.date, dict[str, int]] = {}
    with desk.reading() as work:
        for date, forum, count in work.session.connection().execute(query):
            found.setdefault(date, {})[forum] = count
    return found


@needs(Right.READ_MEETINGS)
def places_in_use(desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None) -> tuple[str, ...]:
    """The places of the meetings of a period (inclusive), by name."""
    query = _filtered(
        desk,
        select(m.Meeting.place).distinct(),
        unit=unit,
        from_=from_,
        to=to,
        named=False,
    ).where(m.Meeting.place.is_not(None))
    with desk.reading() as work:
        return tuple(sorted(work.session.scalars(query), key=sort_key))


def _filtered(  # noqa: PLR0913 - each filter is one keyword
    desk: Desk,
    query: Select[*tuple[Any, ...]],
    *,
    unit: str | None = None,
    forum: str | None = None,
    ward: str | None = None,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    status: MeetingStatus | None = None,
    member: str | None = None,
    text: str = "",
    place: str | None = None,
    named: bool = True,
) -> Select[*tuple[Any, ...]]:
    """The query with its filters; without `named`, unit and ward are joined only where a filter asks for them."""
    query = query.select_from(m.Meeting)
    if named or desk.actor.units is not None or unit is not None or text.strip():
        query = query.join(m.Unit, m.Unit.id == m.Meeting.unit_id)
    if named or ward is not None or text.strip():
        query = query.outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    wanted: list[Any] = []
    within = sight.within_reach(desk)
    if within is not None:
        wanted.append(within)
    exact = (
        (unit, m.Unit.key),
        (forum, m.Meeting.forum),
        (ward, m.Ward.key),
        (status and status.value, m.Meeting.status),
        (place, m.Meeting.place),
    )
    wanted += [column == value for value, column in exact if value is not None]
    if from_ is not None:
        wanted.append(m.Meeting.date >= from_)
    if to is not None:
        wanted.append(m.Meeting.date <= to)
    if member is not None:
        me = select(m.Member.id).where(m.Member.key == member).scalar_subquery()
        called = select(m.MeetingMember.meeting_id).where(m.MeetingMember.member_id == me)
        instead = select(m.MeetingRegret.meeting_id).where(m.MeetingRegret.substitute_id == me)
        wanted.append(m.Meeting.id.in_(called.union(instead)))
    if text.strip():
        wanted.append(_has_text(desk, text.strip()[:LONGEST_SEARCH]))
    return query.where(and_(*wanted)) if wanted else query


def _has_text(desk: Desk, text: str) -> Any:
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    forums = {
        one.key
        for setting in Setting
        for one in desk.catalogue.forums(setting)
        if text.casefold() in one.name.casefold()
    }
    return or_(
        m.Meeting.title.ilike(pattern, escape="\\"), m.Ward.name.ilike(pattern, escape="\\"),
        m.Unit.name.ilike(pattern, escape="\\"),
        m.Meeting.forum.in_(forums),
    )  # fmt: skip
