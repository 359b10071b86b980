"""Whether anybody has the recovery key on paper: a new key waits until it was typed back and opened the database."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_WAITS = {"user": "", "name": "recovery_key_waits"}
"""The preference of the whole database that stands there as long as nobody has typed the key back."""


def key_waits(work: UnitOfWork) -> None:
    """A recovery key was made: until `confirm_recovery_key` nobody is known to have it. In the caller's work."""
    _forget(work)
    work.session.execute(insert(m.Preference).values(**_WAITS, value="true"))


def _forget(work: UnitOfWork) -> None:
    work.session.execute(delete(m.Preference).filter_by(**_WAITS))


@needs(Right.MANAGE_ACCOUNTS)
def recovery_key_waits(desk: Desk) -> bool:
    """Whether the recovery key was never typed back, so that it may lie in no envelope."""
    with desk.reading() as work:
        return work.session.scalar(select(m.Preference.value).filter_by(**_WAITS)) is not None


@needs(Right.MANAGE_ACCOUNTS)
def confirm_recovery_key(desk: Desk, *, typed: str) -> None:
    """Note that somebody has the key that opens the database. Raises AccessDenied when `typed` is another or none."""
    desk.store.keys().unlock_with_recovery(typed)
    with desk.writing() as work:
        _forget(work)
        work.record(Event(action="confirm_recovery_key"))
        work.commit()
