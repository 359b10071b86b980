"""Every backup restores: made while somebody writes, opened, checked and restored; and a year of daily ones rotated."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.domain.errors import Conflict, KnownError
from app.services import backups, customers, meetings, restoring
from app.services.desk import Desk
from faults import ground as place
from faults.ground import MEETING, PASSWORD, USER, check, ground
from faults.outcome import Outcome, Tally
from tests import support

_DAYS, _FULL, _RESTORED = 400, 50, 10
_PATIENCE = 30.0
_BREATH = 0.01
"""Seconds between two saves: without any, the backup's own row in the log would find no gap."""


def try_it(count: int, seed: int) -> Outcome:  # noqa: ARG001 - when a copy is made is chance enough
    """Make `count` backups of a database that is written to all the while; then a year of daily ones, rotated."""
    tally = Tally()
    with place.field() as folder:
        database = ground().copy(folder / "busy")
        desk = ground().desk(database)
        writer = _Writer(desk)
        writer.start()
        made: list[Path] = []
        try:
            made += [backups.back_up(desk, folder=folder / "copies") for _ in range(count)]
        finally:
            writer.stop()
            desk.close()
        latest = 0
        for one in made:
            faults, latest = _held(one, latest)
            tally.case("made while others write", *faults)
        for one in made[:: max(1, len(made) // _RESTORED)]:
            tally.case("restored", *_restored(database, one))
        tally.add(_rotated(folder / "daily", days=_DAYS if count >= _FULL else 3 * count))
    return tally.outcome(f"{writer.saved} saves went on meanwhile")


def _restored(database: Path, backup: Path) -> Iterator[str]:
    expected = _content(backup)
    try:
        restoring.restore_backup(
            support.surroundings(), database, backup=backup, user=USER, password=PASSWORD, reason="prov"
        )  # fmt: skip
        check(database)
    except KnownError as error:
        yield f"the restore is {error.code}"
        return
    if _content(database) != expected:
        yield "another content was restored"


def _content(database: Path) -> object:
    desk = support.log_in(database)
    try:
        return meetings.get_meeting(desk, key=MEETING), {one.value for one in customers.list_customers(desk)}
    finally:
        desk.close()


def _rotated(folder: Path, *, days: int) -> Tally:
    """The day's round once a day for so long; what is left is the 12, 10 and 9, and each of them is whole."""
    tally = Tally()
    database = ground().copy(folder)
    clock = support.FixedClock()
    first = clock.today()
    desk = support.quick_desk(database, ground().key, clock=clock)
    try:
        for _ in range(days):
            made = backups.back_up_daily(desk)
            tally.case("day", "" if made.made is not None and made.trouble is None else "no backup was made")
            clock.moment += dt.timedelta(days=1)
        usual = desk.store.usual_backup_folder()
    finally:
        desk.close()
    left = {backups.receipt_of(one).at.date(): one for one in usual.glob("*.tfdb")}
    wanted = _to_keep([first + dt.timedelta(days=n) for n in range(days)])
    tally.case("rotation", "" if set(left) == wanted else f"{len(left)} left, {len(wanted)} should be")
    for one in left.values():
        try:
            check(one)
            tally.case("kept by the rotation")
        except KnownError as error:
            tally.case("kept by the rotation", f"the backup is {error.code}")
    return tally


def _to_keep(days: list[dt.date]) -> set[dt.date]:
    """The last day of each of the latest 12 days, 10 weeks and 9 months, counted another way than the program does."""
    weeks = {day - dt.timedelta(days=day.weekday()): day for day in days}
    months = {day.replace(day=1): day for day in days}
    return {*days[-12:], *list(weeks.values())[-10:], *list(months.values())[-9:]}


class _Writer(threading.Thread):
    """Saves one number in every point of a meeting, over and over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._over, self.saved = desk, threading.Event(), 0
        self.failed = ""

    def run(self) -> None:
        try:
            while not self._over.wait(_BREATH):
                self._save(self.saved + 1)
                self.saved += 1
        except (Conflict, KnownError) as error:
            self.failed = error.code

    def _save(self, number: int) -> None:
        found = meetings.get_meeting(self._desk, key=MEETING)
        items = tuple(replace(item, notes=f"{number}") for item in found.value.items)
        meetings.save_meeting(
            self._desk, meeting=replace(found.value, items=items), expected_version=found.version
        )  # fmt: skip

    def stop(self) -> None:
        """Stop writing. Raises RuntimeError when it had stopped by itself."""
        self._over.set()
        self.join(_PATIENCE)
        if self.failed:
            raise RuntimeError(f"the writer stopped: {self.failed}")


def _held(backup: Path, latest: int) -> tuple[list[str], int]:
    faults = []
    try:
        check(backup)
        desk = support.log_in(backup)
    except KnownError as error:
        return [f"the backup is {error.code}"], latest
    try:
        numbers, version = _numbers(desk)
    finally:
        desk.close()
    if len(numbers) != 1:
        faults.append("the copy is of no single moment")
    if (number := int(min(numbers) or 0)) < latest:
        faults.append("the copy is older than the one before")
    if version != number + 1:
        faults.append("text and version are of different moments")
    return faults, number


def _numbers(desk: Desk) -> tuple[set[str], int]:
    found = meetings.get_meeting(desk, key=MEETING)
    return {item.notes or "0" for item in found.value.items}, found.version
