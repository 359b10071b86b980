"""Whatever is done to the log behind the program's back, each place of it is found, and nothing else is accused."""

# ruff: noqa: S608, E741 - the statements are those of somebody who has the key and no program

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from app.domain.log import Break, BreakKind
from app.models import AuditEntry
from app.services import customers
from app.services.desk import Desk
from app.storage import audit
from app.storage.audit import Event, Who
from app.storage.engine import make_engine
from app.storage.unit_of_work import transaction

KEY = b"k" * 32
ROWS = 30
AT = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = make_engine(tmp_path_factory.mktemp("log") / "log.tfdb", os.urandom(32), create=True)
    with transaction(made, writing=True) as session:
        AuditEntry.__table__.create(session.connection())  # type: ignore[attr-defined]
        for number in range(ROWS):
            who = Who(user=f"user{number % 3}", role="enhetschef", workstation="test")
            event = Event(action="read", object=f"customer:kund-{number}", customer=f"kund-{number}")
            audit.append(session, chain_key=KEY, who=who, at=AT + dt.timedelta(minutes=number), events=[event])
        session.commit()
    yield made
    made.dispose()


def breaks(engine: Engine, *statements: str) -> tuple[Break, ...]:
    """What is found after the statements, which are rolled back."""
    with transaction(engine, writing=True) as session:
        for statement in statements:
            session.execute(text(statement))
        return audit.find_breaks(session, chain_key=KEY)


def shift(first: int, by: int) -> tuple[str, str]:
    """Give every row from `first` on a number `by` higher."""
    return (
        f"UPDATE audit SET sequence = -(sequence + {by}) WHERE sequence >= {first}",
        "UPDATE audit SET sequence = -sequence WHERE sequence < 0",
    )


def swap(one: int, other: int) -> tuple[str, ...]:
    return (
        f"UPDATE audit SET sequence = -{other} WHERE sequence = {one}",
        f"UPDATE audit SET sequence = {one} WHERE sequence = {other}",
        f"UPDATE audit SET sequence = {other} WHERE sequence = -{other}",
    )


def forge(number: int) -> str:
    return (
        "INSERT INTO audit (sequence, at, user, role, workstation, action, mac) "
        f"VALUES ({number}, '2026-03-02 08:00:00.000000', 'bo', 'care_staff', 'x', 'read', randomblob(32))"
    )


def copy(number: int, *, to: int) -> str:
    names = "at, user, role, unit, workstation, action, object, customer, reason, mac"
    return f"INSERT INTO audit (sequence, {names}) SELECT {to}, {names} FROM audit WHERE sequence = {number}"


E, D, I, M, U = BreakKind.EDITED, BreakKind.DELETED, BreakKind.INSERTED, BreakKind.MOVED, BreakKind.UNPROVEN

CASES: dict[str, tuple[tuple[str, ...], list[tuple[int, BreakKind]]]] = {
    "nothing": ((), []),
    "an edit": (("UPDATE audit SET action = 'print' WHERE sequence = 7",), [(7, E)]),
    "an edit of the first row": (("UPDATE audit SET user = 'bo' WHERE sequence = 1",), [(1, E)]),
    "an edit of the last row": ((f"UPDATE audit SET user = 'bo' WHERE sequence = {ROWS}",), [(ROWS, E)]),
    "a changed seal": (("UPDATE audit SET mac = randomblob(32) WHERE sequence = 7",), [(7, E)]),
    "a changed row with a new seal": (
        ("UPDATE audit SET user = 'bo', mac = randomblob(32) WHERE sequence = 7",), [(7, E), (8, U)],
    ),
    "edits far apart": (("UPDATE audit SET reason = 'x' WHERE sequence IN (3, 9, 20)",), [(3, E), (9, E), (20, E)]),
    "edits side by side": (("UPDATE audit SET reason = 'x' WHERE sequence IN (9, 10)",), [(9, E), (10, U)]),
    "a time that is none": (("UPDATE audit SET at = 'i går' WHERE sequence = 5",), [(5, E)]),
    "bytes in a text": (("UPDATE audit SET user = x'00ff' WHERE sequence = 5",), [(5, E)]),
    "a seal that is text": (("UPDATE audit SET mac = 'nej' WHERE sequence = 5",), [(5, E)]),
    "a deleted row": (("DELETE FROM audit WHERE sequence = 7",), [(7, D), (8, U)]),
    "several deleted rows": (("DELETE FROM audit WHERE sequence IN (7, 8, 9)",), [(7, D), (8, D), (9, D), (10, U)]),
    "the first rows deleted": (("DELETE FROM audit WHERE sequence < 3",), [(1, D), (2, D), (3, U)]),
    "every row deleted": (("DELETE FROM audit",), [(1, D)]),
    "a gap closed": (
        ("DELETE FROM audit WHERE sequence = 27", *shift(28, -1)), [(27, D), *((n, M) for n in range(27, ROWS))],
    ),
    "a swap of neighbours": (swap(7, 8), [(7, M), (8, M)]),
    "a swap far apart": (swap(7, 19), [(7, M), (19, M)]),
    "a swap, one of them edited": (
        (*swap(7, 19), "UPDATE audit SET user = 'bo' WHERE sequence = 20"), [(7, M), (19, M), (20, E)],
    ),
    "a forged row at the end": ((forge(ROWS + 1),), [(ROWS + 1, E)]),
    "a forged row far past the end": ((forge(10**6),), [(10**6, I)]),
    "a forged row before the first": ((forge(-4),), [(-4, I)]),
    "a copied row at the end": ((copy(7, to=ROWS + 1),), [(ROWS + 1, I)]),
    "a copied row far past the end": ((copy(7, to=999),), [(999, I)]),
    "a forged row between": ((*shift(28, 1), forge(28)), [(28, I), *((n, M) for n in range(29, ROWS + 2))]),
    "a deleted and an edited row": (
        ("DELETE FROM audit WHERE sequence = 7", "UPDATE audit SET user = 'bo' WHERE sequence = 20"),
        [(7, D), (8, U), (20, E)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_change_is_located_and_named(engine: Engine, case: str) -> None:
    statements, expected = CASES[case]
    assert [(one.sequence, one.kind) for one in breaks(engine, *statements)] == expected


numbers = st.integers(1, ROWS)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.sets(numbers, max_size=4), deletions=st.sets(numbers, max_size=4),
    swapped=st.lists(numbers, min_size=2, max_size=2, unique=True) | st.none(), forged=st.booleans(),
)  # fmt: skip
def test_every_row_that_was_touched_is_located(
    engine: Engine, edits: set[int], deletions: set[int], swapped: list[int] | None, forged: bool
) -> None:
    statements = [f"UPDATE audit SET reason = 'x' WHERE sequence = {number}" for number in edits]
    touched = set(edits)
    if swapped:
        statements += swap(swapped[0], swapped[1])
        touched = {{swapped[0]: swapped[1], swapped[1]: swapped[0]}.get(number, number) for number in touched}
        touched |= set(swapped)
    statements += [f"DELETE FROM audit WHERE sequence = {number}" for number in deletions]
    last = max(set(range(1, ROWS + 1)) - deletions)
    touched = {number for number in touched | deletions if number <= last}
    if forged:
        statements.append(forge(last + 1))
        touched.add(last + 1)
    found = breaks(engine, *statements)
    assert touched <= {number for one in found for number in (one.sequence, one.was)}
    assert {one.sequence for one in found if one.kind is not U} <= touched


def test_the_real_log_of_a_day_holds(desk: Desk) -> None:
    customers.list_customers(desk)
    with desk.reading() as work:
        assert audit.find_breaks(work.session, chain_key=audit.chain_key(work.session)) == ()
