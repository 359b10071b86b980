"""Every backup restores: backups made while somebody writes, each opened, checked and held against itself."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from app.domain.errors import Conflict, KnownError
from app.services import backups, meetings
from app.services.desk import Desk
from faults import ground as place
from faults.ground import MEETING, check, ground
from faults.outcome import Outcome, Tally
from tests import support

_PATIENCE = 30.0
_BREATH = 0.01
"""Seconds between two saves: without any, the backup's own row in the log would find no gap."""


def try_it(count: int, seed: int) -> Outcome:  # noqa: ARG001 - when the copy is made is chance enough
    """Make `count` backups of a database that is written to all the while."""
    tally = Tally()
    with place.field() as folder:
        desk = ground().desk(ground().copy(folder / "busy"))
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
        if extra := {*(folder / "copies").glob("*.tfdb")} - {*made}:
            tally.broken.append((f"{len(extra)} files look like backups and are none", ""))
    return tally.outcome(f"{writer.saved} saves went on meanwhile", missing=["restore and rotation"])


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
