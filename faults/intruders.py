"""Nobody in without a password: wrong, empty, ended and foreign credentials are denied, delayed, counted and logged."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from unittest import mock

from sqlalchemy import select

from app import models as m
from app.domain.errors import AccessDenied, KnownError, StorageFault
from app.services import access, accounts, checks
from app.storage import key_file
from faults import ground as place
from faults.ground import PASSWORD, USER, chance, ground, unworded
from faults.outcome import Outcome, Tally
from tests import support

FREE = 3
_LONGEST_WAIT = 60


def try_it(count: int, seed: int) -> Outcome:
    """`count` wrong passwords on one database, and each other way in once."""
    tally = Tally()
    with place.field() as folder:
        _guess(ground().copy(folder / "guesses"), count, seed, tally)
        _ended_account(ground().copy(folder / "ended"), tally)
        _foreign_keys(folder, tally)
        _without_keys(ground().copy(folder / "keyless"), tally)
        _as_another(ground().copy(folder / "other"), tally)
    return tally.outcome("each wait was sat out on a clock of the trial's own")


def _guess(database: Path, count: int, seed: int, tally: Tally) -> None:
    """Guess passwords as fast as is let; then the right one comes in, and the log has the count."""
    clock = mock.Mock(side_effect=_Hands(time.time()))
    failures = 0
    with mock.patch("time.time", clock):
        hands: _Hands = clock.side_effect
        for number in range(count):
            faults = list(_one_guess(database, _guessed(number, chance(seed, number)), failures, hands))
            failures += 1
            tally.case("guess", *faults)
        hands.moment += _LONGEST_WAIT + 1
        desk = support.log_in(database)
    try:
        with desk.reading() as work:
            query = select(m.AuditEntry.reason).where(m.AuditEntry.action == "failed_log_in")
            told = list(work.session.scalars(query.where(m.AuditEntry.object == f"user:{USER}")))
        tally.case("count in the log", "" if told == [str(failures)] else f"{failures} failures, the log says {told}")
    finally:
        desk.close()


class _Hands:
    """The hands of the trial's clock."""

    def __init__(self, moment: float) -> None:
        self.moment = moment

    def __call__(self) -> float:
        return self.moment


def _one_guess(database: Path, password: str, failures: int, hands: _Hands) -> Iterator[str]:
    if failures >= FREE:
        waited = 0
        denied = _denied(database, password)
        if denied is None or denied.code != "throttled":
            yield f"no wait after {failures} failures"
        else:
            yield unworded(denied)
            waited = int(str(denied.params["wait"]))
        if not 1 <= waited <= _LONGEST_WAIT:
            yield f"a wait of {waited} s"
        hands.moment += waited
    denied = _denied(database, password)
    if denied is None:
        yield "let in"
    elif denied.code != "wrong_password":
        yield f"taken for {denied.code}"


def _guessed(number: int, dice: Random) -> str:
    near = ("", PASSWORD[:-1], f"{PASSWORD} ", PASSWORD.upper(), PASSWORD.replace("ö", "o"), f"{PASSWORD}\0", USER)
    return (
        near[number] if number < len(near) else "".join(dice.choices("abcdefghijklmnopqrstuvwxyzåäö 0123456789", k=14))
    )


def _denied(database: Path, password: str, user: str = USER) -> KnownError | None:
    try:
        access.log_in(support.surroundings(), database, user=user, password=password).close()
    except KnownError as error:
        return error
    return None


def _ended_account(database: Path, tally: Tally) -> None:
    """An account that was ended: neither with the key file of now nor with the one she kept."""
    kept = [path.read_bytes() for path in key_file.paths(database)]
    desk = ground().desk(database)
    try:
        accounts.end_account(desk, user="anna")
    finally:
        desk.close()
    denied = _denied(database, PASSWORD, user="anna")
    tally.case("ended account", "" if isinstance(denied, AccessDenied) else f"{denied!r}")
    for path, content in zip(key_file.paths(database), kept, strict=True):
        path.write_bytes(content)
    denied = _denied(database, PASSWORD, user="anna")
    tally.case("ended account with the old key file", "" if denied is not None else "let in")


def _foreign_keys(folder: Path, tally: Tally) -> None:
    """Another database's key file, in which the intruder has an account, put beside this one."""
    database = ground().copy(folder / "foreign")
    other = folder / "annan.tfdb"
    support.make_database(other, unit="Annangård")
    for own, foreign in zip(key_file.paths(database), key_file.paths(other), strict=True):
        shutil.copyfile(foreign, own)
    before = database.read_bytes()
    denied = _denied(database, PASSWORD)
    tally.case("another unit's key file", "" if isinstance(denied, StorageFault) else f"{denied!r}")
    tally.case("the file after it", "" if database.read_bytes() == before else "the database was changed")


def _without_keys(database: Path, tally: Tally) -> None:
    """No key file at all: said, and nothing offered that would erase."""
    for path in key_file.paths(database):
        path.unlink()
    before = database.read_bytes()
    denied = _denied(database, PASSWORD)
    tally.case("no key file", "" if denied is not None and denied.code == "key_file_missing" else f"{denied!r}")
    tally.case("the file after that", "" if database.read_bytes() == before else "the database was changed")


def _as_another(database: Path, tally: Tally) -> None:
    """A user who does not exist, an empty user, and the check in the place of a log-in."""
    for user in ("", "finns-inte", "CHEF", "chef\0"):
        denied = _denied(database, PASSWORD, user=user)
        tally.case("unknown user", "" if isinstance(denied, AccessDenied) else f"{user!r}: {denied!r}")
    try:
        checks.check_file(support.surroundings(), database, user=USER, password="fel")  # noqa: S106 - a wrong one
    except AccessDenied:
        tally.case("check with a wrong password")
    else:
        tally.case("check with a wrong password", "let in")
