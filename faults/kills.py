"""What was saved stays saved: a process that saves, copies, imports, migrates is killed at random moments."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from sqlalchemy import select

from app import models as m
from app.domain.errors import AccessDenied, KnownError
from app.services import access, backups, meetings
from app.services.desk import Desk
from app.storage import key_file
from faults import ground as place
from faults import kills_work as work
from faults.ground import MEETING, PASSWORD, USER, chance, check, ground
from faults.outcome import Outcome, Tally
from faults.shares import share
from tests import support

_PATIENCE = 60.0
_MOST_PIECES = 3
_RIGHT_AWAY = 0.25
"""How often the kill comes at once after an acknowledgement; otherwise somewhere in the piece that follows."""


@dataclass(slots=True)
class Heard:
    """What the process told before it was killed."""

    done: list[int | str] = field(default_factory=list)
    failed: str = ""


def try_it(count: int, seed: int) -> Outcome:
    """Kill `count` processes; open and check each database after."""
    if not hasattr(signal, "SIGKILL"):
        return Outcome(tried=0, lost=None, note="this system has no SIGKILL")
    return share(cases, count, seed).outcome("each file opened and fully checked after")


def cases(numbers: range, seed: int) -> Tally:
    """The kills of these numbers, each of the kinds in turn."""
    tally = Tally()
    names = list(work.WORKS)
    paces = dict.fromkeys(names, 0.1)
    with place.field() as folder:
        for number in numbers:
            name = names[number % len(names)]
            database = ground().copy(folder / str(number))
            heard = _killed(name, database, chance(seed, number), paces)
            tally.case(name, *([heard.failed] if heard.failed else _lost(name, database, heard)), number=number)
    return tally


def _killed(name: str, database: Path, dice: Random, paces: dict[str, float]) -> Heard:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faults.kills_work"])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=work.run, args=(name, database, ground().key, there))
    process.start()
    there.close()
    heard = Heard()
    try:
        _listen(here, heard, until=dice.randrange(_MOST_PIECES), pace=lambda taken: paces.update({name: taken}))
        time.sleep(0.0 if dice.random() < _RIGHT_AWAY else dice.uniform(0, 1.1 * paces[name]))
    finally:
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    with suppress(EOFError, OSError):  # what it had told and nobody had heard yet; the last word may be cut
        while True:
            _hear(here, heard)
    here.close()
    return heard


def _listen(here: Connection, heard: Heard, *, until: int, pace: Callable[[float], object]) -> None:
    """Wait until that many pieces are done, or the work is over."""
    start = 0.0
    while len(heard.done) < until or not start:
        if not here.poll(_PATIENCE):
            heard.failed = "the work stood still"
            return
        if not _hear(here, heard):
            return
        if start:
            pace(time.monotonic() - start)
        start = time.monotonic()


def _hear(here: Connection, heard: Heard) -> bool:
    kind, what = here.recv()
    if kind == "done":
        heard.done.append(what)
    elif kind == "failed":
        heard.failed = f"the work failed by itself: {what}"
    return kind in ("begun", "done")


def _lost(name: str, database: Path, heard: Heard) -> Iterator[str]:
    """Everything that is not as it was acknowledged."""
    password = _fitting_password(database, heard) if name == "password" else work.password(0)
    if password is None:
        yield "neither the old nor the new password opens"
        return
    try:
        desk = access.log_in(support.surroundings(), database, user=USER, password=password)
    except KnownError as error:
        yield f"does not open: {error.code}"
        return
    try:
        yield from _LOOKS.get(name, _nothing_more)(desk, database, heard)
    finally:
        desk.close()
    yield _check_faults(database, password)


def _fitting_password(database: Path, heard: Heard) -> str | None:
    """The password that was acknowledged last, or the one on its way when the kill came."""
    keys = key_file.read(database)[0]
    for number in (len(heard.done), len(heard.done) + 1):
        try:
            keys.open_as(USER, work.password(number))
        except AccessDenied:
            continue
        return work.password(number)
    return None


def _check_faults(database: Path, password: str = PASSWORD) -> str:
    try:
        check(database, password=password)
    except KnownError as error:
        return f"the check says {error.code} {error.params.get('reason', '')}"
    return ""


def _saved(desk: Desk, _: Path, heard: Heard) -> Iterator[str]:
    found = meetings.get_meeting(desk, key=MEETING)
    number = int((found.value.items[0].notes or "0 ").split()[0])
    if number not in (len(heard.done), len(heard.done) + 1) or found.version != number + 1:
        yield f"acknowledged {len(heard.done)}, found {number} in version {found.version}"


def _taken_in(desk: Desk, _: Path, heard: Heard) -> Iterator[str]:
    with desk.reading() as unit:
        keys = set(unit.session.scalars(select(m.Customer.key).where(m.Customer.key.like("ny-%"))))
    batches = Counter(key.split("-")[1] for key in keys)
    if any(size != work.BATCH for size in batches.values()):
        yield f"half a batch: {dict(batches)}"
    if len(batches) not in (len(heard.done), len(heard.done) + 1):
        yield f"acknowledged {len(heard.done)}, found {len(batches)}"


def _backed_up(_: Desk, database: Path, heard: Heard) -> Iterator[str]:
    """What nobody vouches for counts as no backup; what was acknowledged, or has a receipt, must be whole."""
    for path in sorted({*(database.parent / "copies").glob("*.tfdb"), *(Path(str(done)) for done in heard.done)}):
        if fault := _receipt_fault(path):
            if str(path) in heard.done:
                yield f"an acknowledged backup: {fault}"
        elif fault := _check_faults(path):
            yield f"a backup with its receipt: {fault}"


def _receipt_fault(path: Path) -> str:
    try:
        backups.receipt_of(path)
    except KnownError as error:
        return error.code
    return ""


def _restored(desk: Desk, _: Path, heard: Heard) -> Iterator[str]:
    found = meetings.get_meeting(desk, key=MEETING)
    as_backed_up = found.value == support.team_meeting()
    if heard.done and not as_backed_up:
        yield "a restore was acknowledged, but the later text is there"
    if not as_backed_up and not (found.value.items[0].notes or "").startswith("1 "):
        yield "neither the restored nor the later text is there"


def _ended(desk: Desk, database: Path, heard: Heard) -> Iterator[str]:
    keys = key_file.trusted(database, database_key=desk.store.key)
    if keys.changing:
        yield "the change of key is not brought to its end by a log-in"
    if still := keys.users.keys() & set(heard.done):
        yield f"an ended account still has a key: {sorted(still)}"
    with desk.reading() as unit:
        active = set(unit.session.scalars(select(m.Account.user).where(m.Account.active)))
    if active != set(keys.users):
        yield "accounts and keys differ"


def _migrated(_: Desk, database: Path, heard: Heard) -> Iterator[str]:
    for old in sorted(database.parent.glob("old-*/*.tfdb")):
        try:
            support.log_in(old).close()
        except KnownError as error:
            yield f"does not open: {error.code}"
            continue
        if fault := _check_faults(old):
            yield fault
    if missing := [done for done in heard.done if not Path(str(done)).exists()]:
        yield f"gone: {len(missing)}"


def _nothing_more(_: Desk, __: Path, ___: Heard) -> Iterator[str]:
    return iter(())


_LOOKS: Mapping[str, Callable[[Desk, Path, Heard], Iterator[str]]] = {
    "save": _saved, "import": _taken_in, "backup": _backed_up, "restore": _restored, "re-key": _ended,
    "migration": _migrated,
}  # fmt: skip
