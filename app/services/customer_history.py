"""A customer's history: everything that meetings have said of her, as far as the person may see it, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain.catalogue import Setting
from app.domain.customer_history import History, HistoryEntry, HistoryKind, HistoryPaper, Trend, entries, trends
from app.domain.customers import Customer
from app.domain.errors import NotFound, Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes_forms import MinutesForm
from app.domain.roles import Right
from app.domain.units import Unit
from app.services import meeting_records, sight
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.own_forums import OwnForums
from app.services.paper_forms import FormMaker
from app.services.review import earlier_values
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_PAGE = 15
"""So many meetings are read at a time."""
_MOST_ENTRIES = 60
_MOST_VALUES = 40


@needs(Right.READ_CUSTOMERS)
def customer_history(desk: Desk, *, key: str, kinds: Collection[HistoryKind] = (), after: int = 0) -> History:
    """What was said of one customer, of these `kinds` or all, from the meeting numbered `after` on; logged as read.

    Her assessments over time come with the first page. Raises NotFound or NotAllowed.
    """
    with desk.writing() as work:
        customer, unit = _customer(desk, work, key)
        reader = _Reader(desk, work, customer)
        found = reader.page(kinds, after)
        history = _history(customer, unit, found, reader.trends(unit) if after == 0 else ())
        work.record(Event(action="read", object=f"customer:{key}", customer=key, unit=customer.unit))
        work.commit()
    return history


@needs(Right.PRINT)
def history_paper(
    desk: Desk, *, key: str, kinds: Collection[HistoryKind] = (), from_: dt.date | None = None,
    to: dt.date | None = None,
) -> HistoryPaper:  # fmt: skip
    """The whole of it between two days, for paper; logged as printed. Raises Refused("history_empty")."""
    with desk.writing() as work:
        customer, unit = _customer(desk, work, key)
        reader = _Reader(desk, work, customer, printing=True)
        found = reader.whole(kinds, from_, to)
        if not found.entries:
            raise Refused("history_empty")
        history = _history(customer, unit, found, reader.trends(unit))
        work.record(Event(action="print", object=f"customer:{key}", customer=key, unit=customer.unit, reason="history"))
        work.commit()
    return HistoryPaper(
        history=history, setting_label=Setting(unit.setting).label, kinds=tuple(kinds), from_=from_, to=to,
        prepared_on=desk.today, prepared_by=desk.actor.full_name,
    )  # fmt: skip


def _customer(desk: Desk, work: UnitOfWork, key: str) -> tuple[Customer, Unit]:
    found = records.load_customers(work.session, m.Customer.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Kunden", key=key)
    sight.require_customer(desk, work, found[0])
    return found[0], records.load_units(work.session)[found[0].unit][0]


@dataclass(frozen=True, slots=True)
class _Found:
    entries: tuple[HistoryEntry, ...]
    following: int | None
    meetings: int


def _history(customer: Customer, unit: Unit, found: _Found, over_time: tuple[Trend, ...]) -> History:
    return History(
        customer=customer.key, label=customer.label, unit=unit.key, unit_name=unit.name, entries=found.entries,
        following=found.following, trends=over_time, meetings=found.meetings,
    )  # fmt: skip


class _Reader:
    """Reads one customer's meetings, newest first, cut down to her as an extract is."""

    def __init__(self, desk: Desk, work: UnitOfWork, customer: Customer, *, printing: bool = False) -> None:
        self._desk, self._work, self._customer, self._printing = desk, work, customer, printing
        self._maker = FormMaker(work, MinutesForm.EXTRACT, customer.key)
        self._forums = OwnForums(desk, work.session)
        rows = work.session.execute(select(m.Member.key, m.Member.name))
        self._names = {row.key: row.name for row in rows}
        self._wards = {row.key: row.name for row in work.session.execute(select(m.Ward.key, m.Ward.name))}

    def page(self, kinds: Collection[HistoryKind], after: int) -> _Found:
        """As many meetings from there on as fill a page."""
        ids = self._meetings()
        found: list[HistoryEntry] = []
        at = after
        while at < len(ids) and len(found) < _MOST_ENTRIES:
            found += self._entries(ids[at : at + _PAGE], kinds)
            at += _PAGE
        return _Found(tuple(found), at if at < len(ids) else None, len(ids))

    def whole(self, kinds: Collection[HistoryKind], from_: dt.date | None, to: dt.date | None) -> _Found:
        """Every meeting between two days."""
        ids = self._meetings(from_, to)
        found = [one for at in range(0, len(ids), _PAGE) for one in self._entries(ids[at : at + _PAGE], kinds)]
        return _Found(tuple(found), None, len(ids))

    def trends(self, unit: Unit) -> tuple[Trend, ...]:
        """How each instrument has gone."""
        return trends(earlier_values(
            self._desk, self._work, self._customer.key, before=None, most=_MOST_VALUES,
            instruments=self._desk.catalogue.instruments(unit.instruments),
        ))  # fmt: skip

    def _meetings(self, from_: dt.date | None = None, to: dt.date | None = None) -> Sequence[int]:
        mine = select(m.Customer.id).where(m.Customer.key == self._customer.key).scalar_subquery()
        due = select(m.MeetingCustomer.meeting_id).where(
            m.MeetingCustomer.customer_id == mine, m.MeetingCustomer.for_next.is_(False)
        )
        under = (m.Assessment, m.Participation, m.Action, m.JournalMark)
        items = or_(
            m.Item.customer_id == mine,
            *(m.Item.id.in_(select(one.item_id).where(one.customer_id == mine)) for one in under),
        )
        points = select(m.Item.meeting_id).where(items)
        query: Any = (
            select(m.Meeting.id).join(m.Unit, m.Unit.id == m.Meeting.unit_id)
            .where(or_(m.Meeting.id.in_(due), m.Meeting.id.in_(points)))
            .where(m.Meeting.status != MeetingStatus.CANCELLED.value)
            .order_by(m.Meeting.date.desc(), m.Meeting.start.desc(), m.Meeting.id.desc())
        )  # fmt: skip
        if (within := sight.within_reach(self._desk)) is not None:
            query = query.where(within)
        if from_ is not None:
            query = query.where(m.Meeting.date >= from_)
        if to is not None:
            query = query.where(m.Meeting.date <= to)
        found: Sequence[int] = self._work.session.scalars(query).all()
        return found

    def _entries(self, ids: Sequence[int], kinds: Collection[HistoryKind]) -> list[HistoryEntry]:
        whole = [one for one, _ in meeting_records.load(self._work.session, m.Meeting.id.in_(ids)).values()]
        whole.sort(key=lambda one: (one.date, one.start, one.key), reverse=True)
        shown = sight.shown_all(self._desk, self._work, whole)
        found: list[HistoryEntry] = []
        for seen, meeting in zip(shown, whole, strict=True):
            if self._printing and Right.PRINT not in rules.rights_at(meeting, self._desk.actor):
                continue
            cut, _ = self._maker.made(seen, whole=meeting)
            told = entries(
                cut, customer=self._customer.key, where=self._where(meeting), names=self._names, today=self._desk.today
            )
            found += [one for one in told if not kinds or one.kind in kinds]
        return found

    def _where(self, meeting: Meeting) -> str:
        forum = self._forums.of(meeting.unit, meeting.forum)
        name = forum.name if forum is not None else meeting.forum
        return " ".join(part for part in (name, self._wards.get(meeting.ward or "", "")) if part)
