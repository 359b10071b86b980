"""The log's end: noted outside the database while somebody is at work, and what an enhetschef is told was cut off.

Whoever comes in first may be anybody; the enhetschef is told until one of them has taken note. Both are rows of the log
itself, which nobody changes: what was found, and that it was seen.
"""

from __future__ import annotations

from sqlalchemy import select

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.errors import NotFound
from app.domain.log import LostEnd
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

FOUND, SEEN = "log_anchor_missing", "see_lost_log"


@needs(Right.OVERSEE_LOG)
def list_lost_ends(desk: Desk) -> tuple[LostEnd, ...]:
    """Each time the log lacked rows that were known to have been there, until an enhetschef has taken note of it."""
    with desk.reading() as work:
        return _unseen(work)


@needs(Right.OVERSEE_LOG)
def mark_lost_end_seen(desk: Desk, *, key: int) -> None:
    """Take note of one of them; who did so first stands. Raises NotFound for one that there is not."""
    with desk.writing() as work:
        if work.session.scalar(select(m.AuditEntry.action).where(m.AuditEntry.sequence == key)) != FOUND:
            raise NotFound("not_found", what="Raden i loggen", key=str(key))
        if key in {one.key for one in _unseen(work)}:
            work.record(Event(action="see_lost_log", object=f"row:{key}"))
            work.commit()


@needs(Right.OWN_ACCOUNT)
def note_log_end(desk: Desk) -> None:
    """Note the log's end on this machine, where it is another than the one noted last."""
    desk.store.note_latest()


def _unseen(work: UnitOfWork) -> tuple[LostEnd, ...]:
    columns = (m.AuditEntry.sequence, m.AuditEntry.at, m.AuditEntry.user, m.AuditEntry.workstation)
    query = select(*columns, m.AuditEntry.action, m.AuditEntry.object, m.AuditEntry.reason)
    rows = work.session.execute(query.where(m.AuditEntry.action.in_((FOUND, SEEN))).order_by(m.AuditEntry.sequence))
    found: dict[str, LostEnd] = {}
    for row in rows:
        if row.action == SEEN:
            found.pop(row.object or "", None)
        else:
            found[f"row:{row.sequence}"] = LostEnd(
                key=row.sequence, lost=row.reason or "", at=to_wall_clock(row.at), user=row.user,
                workstation=row.workstation,
            )  # fmt: skip
    return tuple(reversed(found.values()))
