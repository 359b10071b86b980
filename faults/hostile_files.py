"""Hostile files stay files: mutated imports, key files, backups and appendices are taken whole or refused in words."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

from sqlalchemy import func, select

from app.domain.document import Document, ImportResult
from app.domain.errors import KnownError
from app.exchange.json_file import read_document, write_document
from app.exchange.sheets import read_sheet
from app.models import Base
from app.services import transfer
from app.services.desk import Desk
from app.services.imports import known_to_sheets
from app.storage import key_file
from faults import attachments, mutations
from faults import ground as place
from faults.ground import chance, check, ground, unworded, where
from faults.outcome import Outcome, Tally
from faults.shares import share
from tests import support

LONGEST = 10.0
_ROWS = 1000
_NEXT_TO_LAST = 999
_MEMBERS = "Namn;Yrke;E-post;Telefon;Natt;Enhet;Avdelning;Från;Till\n" + "".join(
    f"Person {n};Undersköterska;p{n}@exempel.se;;nej;Solgården;Norr;2026-01-01;\n" for n in range(12)
)
_CUSTOMERS = "Referens;Enhet;Avdelning;Lägenhet;Skyddad\n" + "".join(
    f"R{n};Solgården;Norr;110{n % 4 + 1};nej\n" for n in range(12)
)
_OTHERS = ("json",) * 6 + ("csv",) * 4 + ("xlsx",) * 4 + ("row 999 wrong",) + ("key file",) * 3 + ("backup",) * 2
KINDS = tuple(kind for other in _OTHERS for kind in (other, "attachment"))
"""What each case is about, in turn: every second an appendix, the costly ones seldom."""


class _Hung(BaseException):
    """The case took too long; no `except Exception` in the program may take it for a fault of its own."""


def try_it(count: int, seed: int) -> Outcome:
    """Hand the program `count` mutated files."""
    missing: list[str] = []
    if not hasattr(signal, "setitimer"):
        missing.append("stopping what hangs, which this system cannot")
    said = f"longest allowed {LONGEST:.0f} s each"
    return share(cases, count, seed).outcome(said, missing=missing)


def cases(numbers: range, seed: int) -> Tally:
    """The files of these numbers."""
    tally = Tally()
    with place.field() as folder:
        bench = _Bench(folder)
        for number in numbers:
            kind = KINDS[number % len(KINDS)]
            dice = chance(seed, number)
            try:
                with _alarm():
                    start = time.monotonic()
                    faults = list(_TRIALS[kind](bench, dice))
                    if (taken := time.monotonic() - start) > LONGEST:
                        faults.append(f"took {taken:.0f} s")
            except _Hung:
                faults = ["hung"]
            except Exception as error:  # noqa: BLE001 - exactly what may not happen
                faults = [f"crashed: {type(error).__name__} {where(error)}"]
            if faults:
                bench.start_over()
            tally.case(kind, *faults, number=number)
        bench.close()
    return tally


@contextmanager
def _alarm() -> Iterator[None]:
    """Break off what takes too long; a timer that runs already goes on afterwards."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _Hung

    before = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)


class _Bench:
    """The open database that files are taken into, and whole files to change."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self.json = write_document(support.solgarden())
        self.desk, self.before = self._open()
        self.backup = folder / "copy" / support.FILE
        ground().copy(self.backup.parent)
        self.whole = self.backup.read_bytes()
        self.keys = key_file.paths(self.backup)[0].read_bytes()
        self.meaning = key_file.read(self.backup)
        self.files = attachments.sources()

    def _open(self) -> tuple[Desk, dict[str, int]]:
        self._number += 1
        desk = ground().desk(ground().copy(self._folder / str(self._number)))
        return desk, rows_of(desk)

    def start_over(self) -> None:
        """Another copy, as it was in the beginning."""
        self.desk.close()
        self.desk, self.before = self._open()

    def close(self) -> None:
        """Close the database."""
        self.desk.close()


def rows_of(desk: Desk) -> dict[str, int]:
    """How many rows each table has, but for the log, in which a refusal may be noted."""
    with desk.reading() as work:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "audit"]
        return {
            table.name: work.session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


def _take(bench: _Bench, read: Callable[[], Document]) -> Iterator[str]:
    """Taken in whole, or refused in words with nothing changed."""
    try:
        document = read()
        result = transfer.take_in(bench.desk, document=document)
    except KnownError as error:
        if fault := unworded(error):
            yield fault
        if (after := rows_of(bench.desk)) != bench.before:
            yield f"refused, but changed {sorted(name for name in after if after[name] != bench.before[name])}"
        return
    yield from _not_whole(bench, result)
    if sum(result.imported.values()):
        bench.start_over()


def _not_whole(bench: _Bench, result: ImportResult) -> Iterator[str]:
    after = rows_of(bench.desk)
    for name in ("units", "members", "customers", "meetings"):
        added = sum(kind == name for kind, _ in result.added)
        if after[name] != bench.before[name] + added:
            yield f"{added} {name} said to be added, but {after[name] - bench.before[name]} were"


def _json(bench: _Bench, dice: Random) -> Iterator[str]:
    change = mutations.json_tree if dice.random() < 0.7 else mutations.any_bytes
    data = change(bench.json, dice)
    return _take(bench, lambda: read_document(data))


def _csv(bench: _Bench, dice: Random) -> Iterator[str]:
    source = dice.choice((_MEMBERS, _CUSTOMERS)).encode()
    change = mutations.odd_csv if dice.random() < 0.6 else mutations.any_bytes
    data = change(source, dice)
    return _take(bench, lambda: read_sheet(data, name="personal.csv", known=known_to_sheets(bench.desk)))


def _xlsx(bench: _Bench, dice: Random) -> Iterator[str]:
    source = mutations.members_xlsx(12, dice, wrong=None)
    change = mutations.odd_xlsx if dice.random() < 0.7 else mutations.any_bytes
    data = change(source, dice)
    return _take(bench, lambda: read_sheet(data, name="personal.xlsx", known=known_to_sheets(bench.desk)))


def _late_fault(bench: _Bench, dice: Random) -> Iterator[str]:
    """A thousand rows of which number 999 is wrong: none is taken in, and that row is named."""
    if dice.random() < 0.5:
        name, data = "personal.csv", mutations.members_csv(_ROWS, dice, wrong=_NEXT_TO_LAST)
    else:
        name, data = "personal.xlsx", mutations.members_xlsx(_ROWS, dice, wrong=_NEXT_TO_LAST)
    try:
        document = read_sheet(data, name=name, known=known_to_sheets(bench.desk))
        transfer.take_in(bench.desk, document=document)
    except KnownError as error:
        lines = [one.line for one in getattr(error, "problems", ())]
        if lines != [_NEXT_TO_LAST]:
            yield f"row {_NEXT_TO_LAST} was wrong, named were {lines[:5]}"
    else:
        yield "taken in with a row without a name"
    if rows_of(bench.desk) != bench.before:
        yield "a part was taken in"


def _keys(bench: _Bench, dice: Random) -> Iterator[str]:
    changed = mutations.key_file(bench.keys, dice)
    for path in key_file.paths(bench.backup):
        path.write_bytes(changed)
    yield from _checked(bench, same=_meaning(bench) == bench.meaning)
    for path in key_file.paths(bench.backup):
        path.write_bytes(bench.keys)


def _backup(bench: _Bench, dice: Random) -> Iterator[str]:
    changed = mutations.any_bytes(bench.whole, dice)
    bench.backup.write_bytes(changed)
    yield from _checked(bench, same=changed == bench.whole)
    bench.backup.write_bytes(bench.whole)


def _checked(bench: _Bench, *, same: bool) -> Iterator[str]:
    try:
        check(bench.backup)
    except KnownError as error:
        if fault := unworded(error):
            yield fault
    else:
        if not same:
            yield "taken for whole"
    bench.backup.with_name(f"{bench.backup.name}.attempts").unlink(missing_ok=True)


def _attachment(bench: _Bench, dice: Random) -> Iterator[str]:
    yield from attachments.trial(bench.desk, bench.files, dice)
    if rows_of(bench.desk) != bench.before:
        yield "something is left"


def _meaning(bench: _Bench) -> tuple[key_file.KeyFile, key_file.Seals] | None:
    """What the key file says; one more property that nobody reads changes nothing of it."""
    try:
        return key_file.read(bench.backup)
    except KnownError:
        return None


_TRIALS: Mapping[str, Callable[[_Bench, Random], Iterator[str]]] = {
    "json": _json, "csv": _csv, "xlsx": _xlsx, "row 999 wrong": _late_fault, "key file": _keys, "backup": _backup,
    "attachment": _attachment,
}  # fmt: skip
