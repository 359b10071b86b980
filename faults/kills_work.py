"""What a process does until it is killed: one kind of work over and over, each piece acknowledged once it is done."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from app.domain.customers import Customer
from app.domain.document import Document
from app.services import access, accounts, backups, meetings, restoring, transfer
from app.services.desk import Desk
from faults.ground import COST, FIXTURES, MEETING, PASSWORD, USER, copy_database
from tests import support

BATCH = 20
"""Customers taken in by one import: all of them or none."""
ENDED = ("anna", "bo", "siv", "lena")
"""The accounts whose ends give the database a new key, in that order."""
OLD_SCHEMA = "schema-1.tfdb"
Work = Callable[[Desk, Path], Iterator[int | str]]


def password(number: int) -> str:
    """The password after so many changes."""
    return PASSWORD if number == 0 else f"{PASSWORD} {number}"


def save(desk: Desk, _: Path) -> Iterator[int]:
    """Save a meeting's note, numbered."""
    for number in count(1):
        found = meetings.get_meeting(desk, key=MEETING)
        items = (replace(found.value.items[0], notes=f"{number} " + "å" * 3000), *found.value.items[1:])
        meetings.save_meeting(desk, meeting=replace(found.value, items=items), expected_version=found.version)
        yield number


def take_in(desk: Desk, _: Path) -> Iterator[int]:
    """Take in a batch of customers."""
    for number in count(1):
        batch = tuple(
            Customer(key=f"ny-{number}-{n}", reference=f"N{number}-{n}", unit="solgarden") for n in range(BATCH)
        )
        transfer.take_in(desk, document=Document(customers=batch))
        yield number


def back_up(desk: Desk, folder: Path) -> Iterator[str]:
    """Make backups."""
    while True:
        yield str(backups.back_up(desk, folder=folder / "copies"))


def restore(desk: Desk, folder: Path) -> Iterator[int]:
    """Restore one and the same backup, made before the latest save."""
    made = backups.back_up(desk, folder=folder / "copies")
    next(save(desk, folder))
    address = desk.store.address
    desk.close()
    for number in count(1):
        restoring.restore_backup(
            support.surroundings(), address, backup=made, user=USER, password=PASSWORD, reason="prov"
        )  # fmt: skip
        yield number


def change_password(desk: Desk, _: Path) -> Iterator[int]:
    """Change one's own password, to a numbered one."""
    for number in count(1):
        access.change_password(desk, support.surroundings(), old=password(number - 1), new=password(number))
        yield number


def end_accounts(desk: Desk, _: Path) -> Iterator[str]:
    """End the others' accounts; each end gives the database a new key."""
    for user in ENDED:
        accounts.end_account(desk, user=user)
        yield user


def migrate(_: Desk, folder: Path) -> Iterator[str]:
    """Open databases of the first schema, each anew."""
    for number in count(1):
        laying, laid = folder / f"laying-{number}", folder / f"old-{number}"
        laying.mkdir()
        copy_database(FIXTURES / OLD_SCHEMA, laying / support.FILE)
        laying.rename(laid)  # whole or not there at all: a kill while the trial copies says nothing
        old = laid / support.FILE
        support.log_in(old).close()
        yield str(old)


WORKS: Mapping[str, Work] = {
    "save": save, "import": take_in, "backup": back_up, "restore": restore, "password": change_password,
    "re-key": end_accounts, "migration": migrate,
}  # fmt: skip


def run(name: str, database: Path, key: bytes, told: Connection) -> None:
    """Do the work called `name` at the enhetschef's desk, telling each piece that is done, until killed."""
    os.environ[COST] = "lowest"
    clock = support.FixedClock()
    desk = support.quick_desk(database, key, clock=clock)
    try:
        told.send(("begun", ""))
        for done in WORKS[name](desk, database.parent):
            told.send(("done", done))
            clock.moment += dt.timedelta(seconds=1)
        told.send(("over", ""))
    except Exception as error:  # noqa: BLE001 - told to the one who watches: work that fails by itself proves nothing
        told.send(("failed", f"{type(error).__name__}: {error}"))
    finally:
        desk.close()
