"""An upgrade never strands anyone: each released schema opened, and killed at every statement of the way there."""

from __future__ import annotations

import functools
import multiprocessing
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from app.domain.errors import KnownError
from app.services import customers, meeting_lists, meetings
from app.services.desk import Desk
from app.storage import key_file, migrate
from app.storage.engine import make_engine
from faults import upgrades_work as work
from faults.ground import FIXTURES, PASSWORD, USER, check, copy_database, field
from faults.outcome import Outcome, Tally
from faults.shares import share
from tests import support

_PATIENCE = 60.0


def try_it(count: int, seed: int) -> Outcome:
    """Kill at every statement, or at `count` of them chosen by the seed where there are more."""
    if not hasattr(signal, "SIGKILL"):
        return Outcome(tried=0, lost=None, note="this system has no SIGKILL")
    fixtures = released()
    with field() as folder:
        statements = min(_statements(one, folder / one.stem) for one in fixtures)
    tally = Tally()
    if statements <= count:
        tally = share(every_case, statements * len(fixtures), seed)
    else:
        with field() as folder:
            for number in sorted(Random(seed).sample(range(statements * len(fixtures)), count)):
                _case(number, fixtures, folder, tally)
    said = f"{len(fixtures)} released schema, {statements} statements from the check before to the log-in after"
    return tally.outcome(said)


def released() -> list[Path]:
    """The fixtures: one database of each released schema before this program's."""
    numbered = {_schema_of(one): one for one in FIXTURES.glob("schema-*.tfdb")}
    return [numbered[number] for number in sorted(numbered) if number < migrate.SCHEMA]


def _schema_of(fixture: Path) -> int:
    return int(fixture.stem.rpartition("-")[2])


def every_case(numbers: range, _seed: int) -> Tally:
    """The kills of these numbers: the fixtures in turn, one statement further each round."""
    tally, fixtures = Tally(), released()
    with field() as folder:
        for number in numbers:
            _case(number, fixtures, folder, tally)
    return tally


def _case(number: int, fixtures: list[Path], folder: Path, tally: Tally) -> None:
    statement, which = divmod(number, len(fixtures))
    database = _laid(fixtures[which], folder / str(number))
    told = _run(database, statement + 1)
    tally.case(fixtures[which].stem, *(["it was not killed"] if told else _lost(database, fixtures[which])))


def _statements(fixture: Path, folder: Path) -> int:
    told = _run(_laid(fixture, folder), 0)
    if told is None:
        raise RuntimeError(f"{fixture.name} does not open at all")
    return told


def _laid(fixture: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    return copy_database(fixture, folder / support.FILE)


def _run(database: Path, last: int) -> int | None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faults.upgrades_work"])
    here: Connection
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=work.run, args=(database, last, there))
    process.start()
    there.close()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        raise RuntimeError("the upgrade stood still")
    try:
        return int(here.recv())
    except EOFError:
        if process.exitcode != -signal.SIGKILL:
            raise RuntimeError("the upgrade failed by itself") from None
        return None
    finally:
        here.close()


@functools.cache
def _held(fixture: Path) -> frozenset[object]:
    """What the fixture holds when it is brought up undisturbed."""
    with field() as folder:
        desk = support.log_in(_laid(fixture, folder / "undisturbed"))
        try:
            return _contents(desk)
        finally:
            desk.close()


def _contents(desk: Desk) -> frozenset[object]:
    rows = [meetings.get_meeting(desk, key=one.key).value for one in meeting_lists.list_meetings(desk)]
    return frozenset([*rows, *(one.value for one in customers.list_customers(desk))])


def _lost(database: Path, fixture: Path) -> Iterator[str]:
    before = _schema(database)
    if before not in (_schema_of(fixture), migrate.SCHEMA):
        yield f"the schema is {before}"
    try:
        desk = support.log_in(database)
    except KnownError as error:
        yield f"does not open: {error.code}"
        return
    try:
        if _contents(desk) != _held(fixture):
            yield "a meeting or a customer is another"
    finally:
        desk.close()
    try:
        if check(database).schema != migrate.SCHEMA:
            yield "it was not brought up"
    except KnownError as error:
        yield f"the check says {error.code}"


def _schema(database: Path) -> int:
    key = key_file.read(database)[0].open_as(USER, PASSWORD)
    engine = make_engine(database, key)
    try:
        return migrate.stored_schema(engine)
    finally:
        engine.dispose()
