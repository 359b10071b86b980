"""Moving a database between a file and a server: everything copied, counted and compared; the old one stays."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.address import Address
from app.domain.errors import NotAllowed
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage import moving
from app.storage.audit import Event
from app.storage.place import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTable:
    """One table as both databases have it: rows, and a figure made of all of them."""

    name: str
    rows: int
    digest: str


@needs(Right.RESTORE)
def move_database(desk: Desk, *, to: Address) -> tuple[MovedTable, ...]:
    """Copy the open database to `to`, with everybody's keys, and prove that both hold the same.

    Everybody logs in there with the password she has. Raises NotAllowed for an account limited to some units, and
    StorageFault when something is there already, cannot be written or differs; nothing is left there then.
    """
    if desk.actor.units is not None:
        raise NotAllowed("not_your_unit")
    place = place_of(to)
    keys = desk.store.keys()
    with desk.writing() as work:  # in the old and the new log alike
        work.record(Event(action="move", object="database", reason=to.name))
        work.commit()
    sums = moving.move_into(place, desk.store, keys=keys)
    return tuple(MovedTable(name=one.name, rows=one.rows, digest=one.digest) for one in sums)
