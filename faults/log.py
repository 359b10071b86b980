"""Who read what is on record: rows of the log changed, removed, moved and slipped in, and each change located."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from sqlalchemy import Connection, text

from app.services.desk import Desk
from app.storage import anchor, audit
from app.storage.audit_breaks import find_breaks
from app.storage.unit_of_work import transaction
from faults import ground as place
from faults.ground import chance, ground
from faults.outcome import Outcome, Tally

ROWS = 300
_COLUMNS = "sequence, at, user, role, unit, workstation, action, object, customer, reason, mac"
_TEXTS = ("user", "role", "workstation", "action", "object", "customer", "reason", "unit")
Change = Callable[[Connection, Random, int], int]
"""Changes the log behind the program's back; returns the row where that must be noticed."""


def try_it(count: int, seed: int) -> Outcome:
    """Make `count` changes, each taken back before the next one."""
    tally = Tally()
    with place.field() as folder:
        desk = ground().desk(ground().copy(folder / "log"))
        try:
            with desk.writing() as work:
                for row in range(ROWS):
                    work.record(audit.Event(action="show", object=f"meeting:{row}", customer=f"kund-{row % 4}"))
                work.commit()
            for number in range(count):
                kind = list(_CHANGES)[number % len(_CHANGES)]
                tally.case(kind, _located(desk, _CHANGES[kind], chance(seed, number)))
        finally:
            desk.close()
    return tally.outcome("the row where each began was named")


def _located(desk: Desk, change: Change, dice: Random) -> str:
    engine = desk.store._engine  # noqa: SLF001 - as somebody would who has the key and another program
    with transaction(engine, writing=True) as session:
        connection = session.connection()
        last = connection.execute(text("SELECT max(sequence) FROM audit")).scalar_one()
        key, end = audit.chain_key(session), anchor.head(session)
        expected = change(connection, dice, last)
        found = [*find_breaks(session, chain_key=key), *(anchor.breaks(session, end) if end else ())]
        located = min((one.sequence for one in found), default=None)
        first = audit.first_broken(session, chain_key=key)
    if located != expected:
        return f"changed {expected - last} from the end, located {'nowhere' if located is None else located - last}"
    return "" if first in (expected, None) else "the chain and the search name different rows"


def _edit(connection: Connection, dice: Random, last: int) -> int:
    """Other text in one field of a row, or another time."""
    at = dice.randint(1, last)
    column = dice.choice((*_TEXTS, "at"))
    value: Any = "annan" if column != "at" else str(dt.datetime(2020, 1, 1))  # noqa: DTZ001 - as it is stored
    connection.execute(text(f'UPDATE audit SET "{column}" = :value WHERE sequence = :at'), {"value": value, "at": at})  # noqa: S608
    return at


def _edit_seal(connection: Connection, dice: Random, last: int) -> int:
    """Another seal."""
    at = dice.randint(1, last)
    connection.execute(text("UPDATE audit SET mac = :mac WHERE sequence = :at"), {"mac": dice.randbytes(32), "at": at})
    return at


def _delete(connection: Connection, dice: Random, last: int) -> int:
    """One to five rows gone, not the last ones."""
    many = dice.randint(1, 5)
    at = dice.randint(1, last - many)
    _run(connection, "DELETE FROM audit WHERE sequence >= :a AND sequence < :b", at, at + many)
    return at


def _delete_and_close_up(connection: Connection, dice: Random, last: int) -> int:
    """One row gone, and the rows after it numbered anew so that there is no gap."""
    at = dice.randint(1, last - 1)
    _run(connection, "DELETE FROM audit WHERE sequence = :a", at, at)
    _run(connection, "UPDATE audit SET sequence = -sequence WHERE sequence > :a", at, at)
    _run(connection, "UPDATE audit SET sequence = -sequence - 1 WHERE sequence < 0", at, at)
    return at


def _cut_off(connection: Connection, dice: Random, last: int) -> int:
    """The latest rows gone: the chain holds, and only the end that was noted elsewhere tells."""
    at = last - dice.randint(0, 20)
    _run(connection, "DELETE FROM audit WHERE sequence >= :a", at, at)
    return at


def _reorder(connection: Connection, dice: Random, last: int) -> int:
    """Two rows in each other's place."""
    first, second = sorted(dice.sample(range(1, last + 1), 2))
    _run(connection, "UPDATE audit SET sequence = -1 WHERE sequence = :a", first, first)
    _run(connection, "UPDATE audit SET sequence = :a WHERE sequence = :b", first, second)
    _run(connection, "UPDATE audit SET sequence = :b WHERE sequence = -1", first, second)
    return first


def _insert(connection: Connection, dice: Random, last: int) -> int:
    """A copy of another row slipped in, those after it moved down."""
    at, other = dice.randint(1, last), dice.randint(1, last)
    _run(connection, "UPDATE audit SET sequence = -sequence - 1 WHERE sequence >= :a", at, at)
    _run(connection, "UPDATE audit SET sequence = -sequence WHERE sequence < 0", at, at)
    values = _COLUMNS.replace("sequence", ":a", 1).replace("user", '"user"').replace("object", '"object"')
    names = _COLUMNS.replace("user", '"user"').replace("object", '"object"')
    source = other if other < at else other + 1
    _run(connection, f"INSERT INTO audit ({names}) SELECT {values} FROM audit WHERE sequence = :b", at, source)  # noqa: S608
    return at if other != at else at + 1  # two of the same: the first stands where it should


def _append(connection: Connection, dice: Random, last: int) -> int:
    """A copy of an earlier row at the end."""
    names = _COLUMNS.replace("user", '"user"').replace("object", '"object"')
    values = names.replace("sequence", ":a", 1)
    source = dice.randint(1, last)
    _run(connection, f"INSERT INTO audit ({names}) SELECT {values} FROM audit WHERE sequence = :b", last + 1, source)  # noqa: S608
    return last + 1


def _run(connection: Connection, statement: str, first: int, second: int) -> None:
    named = {name: value for name, value in (("a", first), ("b", second)) if f":{name}" in statement}
    connection.execute(text(statement), named)


_CHANGES: Mapping[str, Change] = {
    "edit": _edit, "seal": _edit_seal, "deletion": _delete, "deletion closed up": _delete_and_close_up,
    "end cut off": _cut_off,
    "reordering": _reorder, "insertion": _insert, "appending": _append,
}  # fmt: skip
