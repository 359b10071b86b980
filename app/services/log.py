"""The audit log to its readers: a list, a check of every row, and extracts for one customer, one user or one day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, or_, select

from app import models as m
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.log import LogExtract, LogRow, LogState, read_head
from app.domain.log_words import Kind
from app.domain.roles import Right
from app.domain.swedish import sort_key
from app.services import log_rows, sight
from app.services import register_records as registers
from app.services.desk import Desk, needs
from app.storage import anchor
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_PLACE = "log"
"""What the log names as the place where a customer was seen."""


@needs(Right.SEE_OWN_LOG)
def list_log(  # noqa: PLR0913 - each filter is one keyword
    desk: Desk,
    *,
    from_: dt.date | None = None,
    to: dt.date | None = None,
    user: str | None = None,
    customer: str | None = None,
    kind: Kind | None = None,
    lists: bool = True,
    emergency: int | None = None,
    already: frozenset[str] = frozenset(),
    below: int | None = None,
    limit: int | None = None,
) -> tuple[LogRow, ...]:
    """The rows of the log that the person may see, newest first, `from_`–`to` inclusive; `below` a row's number.

    Without `lists`, what was only shown in passing on a page with many is left out; with an `emergency`, all that the
    person who opened it did not do while it lasted.

    Each customer whose label is shown is logged as read, but for those she was shown `already` in the same list: who
    reads the log must not fill it.
    """
    query = log_rows.filtered(
        log_rows.columns(), seen_by=desk, from_=from_, to=to, user=user, customer=customer, kind=kind, lists=lists,
        emergency=emergency,
    )  # fmt: skip
    if below is not None:  # not by an offset: reading the log makes it longer
        query = query.where(m.AuditEntry.sequence < below)
    query = query.order_by(m.AuditEntry.sequence.desc()).limit(limit)
    with desk.writing() as work:
        rows = log_rows.read(desk, work, query)
        log_rows.note_shown(work, rows, action="read", object_=_PLACE, already=already)
        work.commit()
    return rows


@needs(Right.SEE_OWN_LOG)
def count_log(
    desk: Desk, *, from_: dt.date | None = None, to: dt.date | None = None, user: str | None = None,
    customer: str | None = None, kind: Kind | None = None, lists: bool = True, emergency: int | None = None,
) -> int:  # fmt: skip
    """How many rows `list_log` would give for the same filters."""
    query = log_rows.filtered(
        select(func.count()), seen_by=desk, from_=from_, to=to, user=user, customer=customer, kind=kind, lists=lists,
        emergency=emergency,
    )  # fmt: skip
    with desk.reading() as work:
        return work.session.scalar(query) or 0


@needs(Right.SEE_OWN_LOG)
def log_users(desk: Desk) -> dict[str, str]:
    """User name → full name of those whose rows the person may ask for, by name."""
    accounts = select(m.Account.user, m.Account.full_name)
    if not desk.may(Right.OVERSEE_LOG):
        accounts = accounts.where(m.Account.user == desk.actor.user)
    elif desk.actor.units is not None:
        here = (
            select(m.AccountUnit.account_id)
            .join(m.Unit, m.Unit.id == m.AccountUnit.unit_id)
            .where(m.Unit.key.in_(desk.actor.units))
        )
        accounts = accounts.where(or_(m.Account.all_units, m.Account.id.in_(here)))
    with desk.reading() as work:
        rows = work.session.execute(accounts).all()
    return {row.user: row.full_name for row in sorted(rows, key=lambda row: sort_key(row.full_name))}


@needs(Right.SEE_OWN_LOG)
def verify_log(desk: Desk) -> LogState:
    """Check every row of the log, and that it still has the end this machine noted; nothing is changed."""
    return desk.store.log_state()


@needs(Right.SEE_OWN_LOG)
def holds_head(desk: Desk, *, typed: str) -> bool:
    """Whether the log still has the row that a receipt or an extract names. Raises Refused("head_unreadable")."""
    found = read_head(typed)
    if found is None:
        raise Refused("head_unreadable")
    with desk.reading() as work:
        return anchor.has_row(work.session, sequence=found[0], digits=found[1])


@needs(Right.OVERSEE_LOG)
def customer_extract(
    desk: Desk, *, customer: str, from_: dt.date | None = None, to: dt.date | None = None
) -> LogExtract:
    """Who did what with one customer's data, oldest first; logged.

    Raises NotFound for a key that the log does not know either, NotAllowed for a customer of another unit.
    """
    with desk.writing() as work:
        label = _label(desk, work, customer)
        rows = _read(desk, work, from_=from_, to=to, customer=customer)
        if label is None and not rows:
            raise NotFound("not_found", what="Kunden", key=customer)
        work.record(Event(action="extract_log", object=f"customer:{customer}", customer=customer))
        about = f"Kund {label or customer}"
        found = _extract(desk, work, rows, about=about, from_=from_, to=to)
        work.commit()
    return found


def _label(desk: Desk, work: UnitOfWork, customer: str) -> str | None:
    """The customer's label; None for one that is gone, whose rows only somebody in charge of every unit may have."""
    found = registers.load_customers(work.session, m.Customer.key == customer).get(customer)
    if found is not None:
        sight.require_customer(desk, work, found[0])
        return found[0].label
    if desk.actor.units is not None:
        raise NotFound("not_found", what="Kunden", key=customer)
    return None


@needs(Right.SEE_OWN_LOG)
def user_extract(desk: Desk, *, user: str, from_: dt.date | None = None, to: dt.date | None = None) -> LogExtract:
    """What one user did, oldest first; logged. Others' than one's own only for those who read the units' log.

    Raises NotAllowed, or NotFound for a name that the log does not know.
    """
    if user != desk.actor.user and not desk.may(Right.OVERSEE_LOG):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    with desk.writing() as work:
        rows = _read(desk, work, from_=from_, to=to, user=user)
        name = work.session.scalar(select(m.Account.full_name).where(m.Account.user == user))
        if name is None and not rows:
            raise NotFound("not_found", what="Användaren", key=user)
        about = f"{name} ({user})" if name else user
        found = _taken_out(desk, work, rows, object_=f"user:{user}", about=about, from_=from_, to=to)
        work.commit()
    return found


@needs(Right.OVERSEE_LOG)
def daily_extract(desk: Desk, *, day: dt.date) -> LogExtract:
    """What everybody did on one day in the person's units, oldest first; logged."""
    with desk.writing() as work:
        rows = _read(desk, work, from_=day, to=day)
        found = _taken_out(desk, work, rows, object_=_PLACE, about="Dagens logg", from_=day, to=day)
        work.commit()
    return found


def _read(desk: Desk, work: UnitOfWork, **wanted: object) -> tuple[LogRow, ...]:
    first, last = wanted.get("from_"), wanted.get("to")
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        raise Refused("period_backwards")
    query = log_rows.filtered(log_rows.columns(), seen_by=desk, **wanted)  # type: ignore[arg-type] # by their names
    return log_rows.read(desk, work, query.order_by(m.AuditEntry.sequence))


def _taken_out(
    desk: Desk, work: UnitOfWork, rows: tuple[LogRow, ...], *, object_: str, about: str, from_: dt.date | None,
    to: dt.date | None,
) -> LogExtract:  # fmt: skip
    """An extract in which any customer may stand: one row for each that does, one row where none does."""
    log_rows.note_shown(work, rows, action="extract_log", object_=object_, already=())
    if not any(row.label for row in rows):
        work.record(Event(action="extract_log", object=object_))
    return _extract(desk, work, rows, about=about, from_=from_, to=to)


def _extract(
    desk: Desk, work: UnitOfWork, rows: tuple[LogRow, ...], *, about: str, from_: dt.date | None, to: dt.date | None
) -> LogExtract:
    """The extract; its head is the log's end before the extract itself was entered."""
    named = work.session.execute(select(m.Unit.key, m.Unit.name).order_by(m.Unit.id)).all()
    return LogExtract(
        about=about, from_=from_, to=to, rows=rows, drawn_by=desk.actor.full_name, drawn_at=desk.clock.now(),
        unit_names=tuple(name for key, name in named if desk.actor.sees(key)), head=anchor.head(work.session),
    )  # fmt: skip
