"""How each kind of record is found when its period is over and how it is removed, in the order of `domain.disposal`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, case, delete, func, select, type_coerce

from app import models as m
from app.domain.clock import SWEDEN, to_wall_clock
from app.domain.coordination.states import ENDED
from app.domain.disposal import DueKind, DueRecord, Period, latest_due
from app.services import disposal_meetings as meetings
from app.services.desk import Desk
from app.services.disposal_meetings import chunks
from app.services.references import OWN, pointing_columns
from app.services.sight import label_of
from app.storage.unit_of_work import UnitOfWork

Holds = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Gone:
    """What went of one kind, and the customers whom it named."""

    due: DueKind
    customers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Looking:
    """What every finder is given."""

    desk: Desk
    work: UnitOfWork
    period: Period
    until: dt.date
    holds: Holds

    @property
    def before(self) -> dt.datetime:
        """The instant before which something has to have ended."""
        return dt.datetime.combine(self.until + dt.timedelta(days=1), dt.time(0), tzinfo=SWEDEN)

    def found(self, going: Iterable[DueRecord], staying: Iterable[DueRecord] = ()) -> DueKind:
        """The kind with what was found of it."""
        return DueKind(period=self.period, going=tuple(going), staying=tuple(staying))


def remove_due(desk: Desk, work: UnitOfWork, *, periods: Sequence[Period], holds: Holds, on: dt.date) -> list[Gone]:
    """Remove everything that is due `on` that day, in the caller's unit of work, which may be rolled back.

    A preview is this same removal taken back: what names a customer is gone when it is asked whether anything does.
    """
    found = []
    for period in periods:
        if period.months is None:
            found.append(Gone(DueKind(period=period)))
            continue
        until = latest_due(months=period.months, on=on)
        found.append(REMOVERS[period.kind.key](_Looking(desk, work, period, until, holds)))
    return found


def _remove_meetings(look: _Looking, *, held: bool) -> Gone:
    ids, going, staying = meetings.due(look.desk, look.work, held=held, until=look.until, holds=look.holds)
    customers = meetings.customers_in(look.work.session, ids)
    meetings.remove(look.work.session, ids)
    return Gone(look.found(going, staying), customers)


def _remove_checklists(look: _Looking) -> Gone:
    """Runs that ended in time."""
    run = m.ChecklistRun
    return _remove_of_units(look, run, run.ended_on, kind="checklist", label=lambda row: f"{row.name}, {row.unit}")


def _remove_activities(look: _Looking) -> Gone:
    """Activities that have been."""
    return _remove_of_units(
        look, m.Activity, m.Activity.date, kind="activity", label=lambda row: f"Aktivitet, {row.unit}"
    )


def _remove_deviations(look: _Looking) -> Gone:
    """Deviations of a day that is long past."""
    return _remove_of_units(
        look, m.Deviation, m.Deviation.date, kind="deviation", label=lambda row: f"Avvikelse, {row.unit}"
    )


def _remove_requests(look: _Looking) -> Gone:
    """Cases that ended in time: their last event is as old as that, and nobody is waited for."""
    last = (
        select(func.max(m.RequestEvent.at)).where(m.RequestEvent.request_id == m.CoordinationRequest.id)
        .scalar_subquery()
    )  # fmt: skip
    ended = case(
        (m.CoordinationRequest.status.in_([one.value for one in ENDED]), func.date(last)), else_=None
    )  # fmt: skip
    return _remove_of_units(
        look, m.CoordinationRequest, type_coerce(ended, Date), kind="request", label=lambda row: f"Ärende, {row.unit}"
    )


def _remove_of_units(
    look: _Looking, table: type[Any], ended: Any, *, kind: str, label: Callable[[Any], str]
) -> Gone:  # fmt: skip
    """Rows of a unit's that ended in time. One about a customer stays while anything of her is held back."""
    session = look.work.session
    named = getattr(table, "name", table.key).label("name")
    query = (
        select(
            table.id, table.key, named, ended.label("ended"), table.version, m.Unit.name.label("unit"),
            m.Customer.key.label("customer"),
        )
        .join(m.Unit, m.Unit.id == table.unit_id)
        .outerjoin(m.Customer, m.Customer.id == table.customer_id)
        .where(ended <= look.until)
        .order_by(ended, table.key)
    )  # fmt: skip
    going: list[DueRecord] = []
    staying: list[DueRecord] = []
    ids: list[int] = []
    customers: set[str] = set()
    for row in session.execute(query):
        hold = look.holds.get(("customer", row.customer))
        record = DueRecord(
            key=f"{kind}:{row.key}", label=label(row), ended=row.ended, version=row.version,
            held=f"Stopp för en kund: {hold}" if hold else "",
        )  # fmt: skip
        (staying if hold else going).append(record)
        if not hold:
            ids.append(row.id)
            customers |= {row.customer} - {None}
    for chunk in chunks(ids):
        session.execute(delete(table).where(table.id.in_(chunk)))
    return Gone(look.found(going, staying), frozenset(customers))


def _remove_letters(look: _Looking) -> Gone:
    query = select(m.Letter.id, m.Letter.week, m.Letter.year, m.Letter.sent_at.label("at"))
    return _remove_ended(look, m.Letter, query, m.Letter.sent_at, lambda row: f"Vecka {row.week} {row.year}")


def _remove_customers(look: _Looking) -> Gone:
    session = look.work.session
    query = (
        select(
            m.Customer.id, m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected,
            m.Customer.code, m.Customer.version, m.CustomerPeriod.since,
        )
        .join(m.CustomerPeriod, m.CustomerPeriod.customer_id == m.Customer.id)
        .where(m.CustomerPeriod.status == "left", m.CustomerPeriod.until.is_(None))
        .where(m.CustomerPeriod.since <= look.until)
        .order_by(m.CustomerPeriod.since, m.Customer.key)
    )  # fmt: skip
    rows = session.execute(query).all()
    named = _named(look, m.Customer, [row.id for row in rows])
    going: list[DueRecord] = []
    staying: list[DueRecord] = []
    ids = []
    for row in rows:
        hold = look.holds.get(("customer", row.key))
        held = f"Stopp: {hold}" if hold else "Nämns i handlingar som är kvar" if row.id in named else ""
        record = DueRecord(
            key=f"customer:{row.key}", label=label_of(row), ended=row.since, version=row.version, held=held
        )
        (staying if held else going).append(record)
        if not held:
            ids.append(row.id)
    for chunk in chunks(ids):
        session.execute(delete(m.Customer).where(m.Customer.id.in_(chunk)))
    return Gone(look.found(going, staying), frozenset(one.key.removeprefix("customer:") for one in going))


def _named(look: _Looking, table: type[Any], ids: Sequence[int]) -> set[int]:
    """Which of the ids anything refers to that does not belong to them."""
    return {
        found
        for other, column in pointing_columns(table)
        if other.name not in OWN
        for chunk in chunks(ids)
        for found in look.work.session.scalars(select(column).where(column.in_(chunk)).distinct())
    }


def _remove_members(look: _Looking) -> Gone:
    session = look.work.session
    query = select(m.Member.id, m.Member.key, m.Member.name, m.Member.version, m.Member.active_to)
    rows = session.execute(query.where(m.Member.active_to <= look.until).order_by(m.Member.active_to, m.Member.key))
    members = {
        row.id: DueRecord(key=f"member:{row.key}", label=row.name, ended=row.active_to, version=row.version)
        for row in rows
    }
    named = _named(look, m.Member, list(members))
    for chunk in chunks([found for found in members if found not in named]):
        session.execute(delete(m.Member).where(m.Member.id.in_(chunk)))
    kept = "Nämns i handlingar som är kvar"
    return Gone(
        look.found(
            (record for found, record in members.items() if found not in named),
            (
                DueRecord(key=one.key, label=one.label, ended=one.ended, version=one.version, held=kept)
                for found, one in members.items()
                if found in named
            ),
        )
    )


def _remove_drafts(look: _Looking) -> Gone:
    session = look.work.session
    query = select(m.Draft.user, m.Draft.kind, m.Draft.key, m.Draft.at).where(m.Draft.at < look.before)
    rows = session.execute(query.order_by(m.Draft.at, m.Draft.user, m.Draft.kind, m.Draft.key)).all()
    going = [
        DueRecord(
            key=f"draft:{row.user}:{row.kind}:{row.key}", label=f"Utkast av {row.user}", ended=_day(row.at),
            version=int(row.at.timestamp()),
        )
        for row in rows
    ]  # fmt: skip
    session.execute(delete(m.Draft).where(m.Draft.at < look.before))
    return Gone(look.found(going))


def _remove_accounts(look: _Looking) -> Gone:
    """Ended accounts with their limits and preferences. When one was ended is told by the log alone."""
    session = look.work.session
    ended = (
        select(m.AuditEntry.object, func.max(m.AuditEntry.at).label("at"))
        .where(m.AuditEntry.action.in_(("end_account", "finish_end_account")))
        .group_by(m.AuditEntry.object)
    )
    days = {row.object: row.at for row in session.execute(ended)}
    query = select(m.Account.id, m.Account.user, m.Account.full_name, m.Account.version)
    going, ids = [], []
    for row in session.execute(query.where(m.Account.active.is_(False)).order_by(m.Account.user)):
        at = days.get(f"user:{row.user}")
        if at is None or at >= look.before:
            continue
        ids.append(row.id)
        label = f"{row.full_name} ({row.user})"
        going.append(DueRecord(key=f"user:{row.user}", label=label, ended=_day(at), version=row.version))
    users = [one.key.removeprefix("user:") for one in going]
    for chunk in chunks(users):
        session.execute(delete(m.Preference).where(m.Preference.user.in_(chunk)))
        session.execute(delete(m.Draft).where(m.Draft.user.in_(chunk)))
    for chunk in chunks(ids):
        session.execute(delete(m.Account).where(m.Account.id.in_(chunk)))
    return Gone(look.found(going))


def _remove_emergencies(look: _Looking) -> Gone:
    query = select(m.EmergencyAccess.id, m.EmergencyAccess.user, m.EmergencyAccess.seen_at.label("at"))
    return _remove_ended(look, m.EmergencyAccess, query, m.EmergencyAccess.seen_at, lambda row: f"Öppnad av {row.user}")


def _remove_reviews(look: _Looking) -> Gone:
    query = select(m.LogReview.id, m.LogReview.signed_by, m.LogReview.signed_at.label("at"))
    return _remove_ended(
        look, m.LogReview, query, m.LogReview.signed_at, lambda row: f"Signerad av {row.signed_by}"
    )  # fmt: skip


def _remove_holds(look: _Looking) -> Gone:
    query = select(m.Hold.id, m.Hold.lifted_by, m.Hold.lifted_at.label("at"))
    return _remove_ended(look, m.Hold, query, m.Hold.lifted_at, lambda row: f"Hävt av {row.lifted_by}")


def _remove_ended(look: _Looking, table: type[Any], query: Any, ended: Any, label: Callable[[Any], str]) -> Gone:
    """Remove the rows of a table that ended in time; rows that belong to them go by themselves."""
    rows = look.work.session.execute(query.where(ended < look.before).order_by(ended, table.id)).all()
    going = [DueRecord(key=f"{table.__tablename__}:{row.id}", label=label(row), ended=_day(row.at)) for row in rows]
    for chunk in chunks([row.id for row in rows]):
        look.work.session.execute(delete(table).where(table.id.in_(chunk)))
    return Gone(look.found(going))


def _day(at: dt.datetime) -> dt.date:
    return to_wall_clock(at).date()


REMOVERS: Mapping[str, Callable[[_Looking], Gone]] = {
    "minutes": lambda look: _remove_meetings(look, held=True),
    "not_held": lambda look: _remove_meetings(look, held=False),
    "checklists": _remove_checklists,
    "letters": _remove_letters,
    "activities": _remove_activities,
    "requests": _remove_requests,
    "deviations": _remove_deviations,
    "customers": _remove_customers,
    "members": _remove_members,
    "drafts": _remove_drafts,
    "accounts": _remove_accounts,
    "emergencies": _remove_emergencies,
    "reviews": _remove_reviews,
    "holds": _remove_holds,
}
"""What finds and removes each kind; a test holds it against the list of kinds."""
