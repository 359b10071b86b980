"""Damage is noticed: bytes flipped in and ends cut off databases, backups and key files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from app.domain.errors import AccessDenied, KnownError, StorageFault
from app.domain.wording import wording
from app.storage import key_file
from faults import ground as place
from faults.ground import chance, check, copy_database, ground
from faults.outcome import Outcome, Tally
from faults.shares import share
from tests import support

PAGE = 4096
_OTHERS = 5
"""One in so many of the database's own cases is tried with each of: key file, both key files, backup."""
_CUT = 0.2


def try_it(count: int, seed: int) -> Outcome:
    """Damage `count` databases, and a fifth as many key files, pairs of key files and backups."""
    tally = share(database_cases, count, seed)
    for cases in (key_cases, pair_cases, backup_cases):
        tally.add(share(cases, max(1, count // _OTHERS), seed))
    return tally.outcome("each refused with its sentence and left as it was")


def database_cases(numbers: range, seed: int) -> Tally:
    """One byte flipped, or the end cut off, in the database."""
    tally = Tally()
    with place.field() as folder:
        database = ground().copy(folder / "whole")
        whole = database.read_bytes()
        for number in numbers:
            kind, damaged = damage(whole, chance(seed, number))
            database.write_bytes(damaged)
            tally.case(kind, *_unnoticed(database, damaged))
    return tally


def backup_cases(numbers: range, seed: int) -> Tally:
    """The same in a backup that the program made."""
    tally = Tally()
    with place.field() as folder:
        desk = ground().desk(ground().copy(folder / "whole"))
        try:
            made = desk.store.back_up(folder=folder / "copies", at=desk.clock.now(), why="trial")
        finally:
            desk.close()
        whole = made.read_bytes()
        for number in numbers:
            _, damaged = damage(whole, chance(seed, number))
            made.write_bytes(damaged)
            tally.case("backup", *_unnoticed(made, damaged))
    return tally


def damage(whole: bytes, dice: Random) -> tuple[str, bytes]:
    """The file with one byte other than it was, or with its end cut off: anywhere, or between two pages."""
    if dice.random() < _CUT:
        end = dice.randrange(len(whole))
        return "truncation", whole[: end - end % PAGE if dice.random() < 1 / 2 else end]
    at = dice.randrange(len(whole))
    return "flip", whole[:at] + bytes([whole[at] ^ dice.randrange(1, 256)]) + whole[at + 1 :]


def _unnoticed(database: Path, damaged: bytes) -> Iterator[str]:
    try:
        check(database)
    except StorageFault as error:
        if "säkerhetskopia" not in wording(error):
            yield f"{error.code} does not say what to do"
    except KnownError as error:
        yield f"taken for {error.code}"
    else:
        yield "not noticed"
    if database.read_bytes() != damaged:
        yield "the damaged file was changed"


def key_cases(numbers: range, seed: int) -> Tally:
    """One byte flipped in one of the two copies of the key file: the other copy lets in, and the check tells."""
    tally = Tally()
    with place.field() as folder:
        for number in numbers:
            database = ground().copy(folder / str(number))
            dice = chance(seed, number)
            copy = key_file.paths(database)[dice.randrange(2)]
            same = _flip(copy, dice)
            tally.case("key file", *_key_faults(database, same=same))
    return tally


def _key_faults(database: Path, *, same: bool) -> Iterator[str]:
    try:
        check(database)
    except StorageFault as error:
        if not error.code.startswith("key_"):
            yield f"the check says {error.code}"
    except AccessDenied as error:
        yield f"the check takes it for {error.code}"
    else:
        if not same:
            yield "the check does not notice"
    database.with_name(f"{database.name}.attempts").unlink(missing_ok=True)
    try:
        support.log_in(database).close()
    except KnownError as error:
        yield f"the other copy is whole, but log-in says {error.code}"


def pair_cases(numbers: range, seed: int) -> Tally:
    """The same byte flipped in both copies: refused, whatever it is taken for."""
    tally = Tally()
    with place.field() as folder:
        for number in numbers:
            database = copy_database(ground().template, folder / f"{number}.tfdb")
            first, second = key_file.paths(database)
            same = _flip(first, chance(seed, number))
            shutil.copyfile(first, second)
            try:
                check(database)
            except KnownError:
                tally.case("both key files")
            else:
                tally.case("both key files", "" if same else "not noticed")
    return tally


def _flip(path: Path, dice: Random) -> bool:
    """Flip one byte; whether the file says the same nonetheless, as another blank between two words does."""
    before = path.read_bytes()
    at = dice.randrange(len(before))
    after = before[:at] + bytes([before[at] ^ dice.randrange(1, 256)]) + before[at + 1 :]
    path.write_bytes(after)
    try:
        return bool(json.loads(after) == json.loads(before))
    except ValueError:
        return False
