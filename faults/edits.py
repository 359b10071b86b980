"""No silent overwrite: two desks change the same points over and over, and every change is still there at the end."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from typing import ParamSpec, Protocol, TypeVar

from app.domain.address import Address
from app.domain.errors import Conflict, StorageFault
from app.domain.meetings import Item, Meeting
from app.domain.merging import Clash, merge, with_mine
from app.domain.roles import Role
from app.domain.stored import Stored
from app.services import meetings
from app.services.desk import Desk
from faults import ground as place
from faults.ground import chance, ground
from faults.outcome import Outcome, Tally
from faults.shares import hush_libraries
from tests import support
from tests.throwaway_server import ThrowawayServer

MEETING = "samtidigt"
ITEMS = 6
NAMES = ("ett", "två")
_BUSY_TRIES = 50
_TOGETHER = 0.5
"""How often both have read before either saves."""
P = ParamSpec("P")
T = TypeVar("T")


class Meet(Protocol):
    """Where the two wait for each other: a barrier of threads or of processes."""

    def wait(self) -> object:
        """Wait until the other one is there too."""

    def abort(self) -> None:
        """Let nobody wait any more."""


@dataclass(slots=True)
class Ledger:
    """What one client did: changes acknowledged by point, conflicts met, and what was wrong with any of them."""

    made: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    clashes: int = 0
    faults: list[str] = field(default_factory=list)


def try_it(count: int, seed: int) -> Outcome:
    """`count` changes from each of two desks at once, on a file and on a server; each counter against the ledgers."""
    with on_one_file() as pair:
        tally, note = try_on(pair, count, seed, where="two threads on one file")
    notes, missing = [note], []
    try:
        server = ThrowawayServer()
    except (OSError, subprocess.CalledProcessError) as error:
        missing.append(f"PostgreSQL, which does not start here ({type(error).__name__})")
    else:
        try:
            more, note = _on_server(server, count, seed)
        finally:
            server.remove()
        tally.add(more)
        notes.append(note)
    return tally.outcome(". ".join(notes), missing=missing)


def on_file(count: int, seed: int) -> Outcome:
    """The same on a file alone."""
    with on_one_file() as pair:
        tally, note = try_on(pair, count, seed, where="two threads on one file")
    return tally.outcome(note)


def try_on(desks: Sequence[Desk], count: int, seed: int, *, where: str) -> tuple[Tally, str]:
    """The changes of a thread for each desk."""
    ledgers = [Ledger() for _ in desks]
    meet = threading.Barrier(len(ledgers))
    threads = [
        threading.Thread(target=play, args=(desk, name, count, seed, ledger, meet))
        for desk, name, ledger in zip(desks, NAMES, ledgers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return settle(desks[0], ledgers, where=where)


def _on_server(server: ThrowawayServer, count: int, seed: int) -> tuple[Tally, str]:
    """The changes of a process for each desk, as on two workstations."""
    address = server.address("faults_edits")
    support.make_solgarden(address)
    desk = support.log_in(address)
    try:
        lay_out(desk)
        context = multiprocessing.get_context("spawn")
        meet = context.Barrier(len(NAMES))
        with ProcessPoolExecutor(len(NAMES), context, initializer=_seat, initargs=(meet,)) as pool:
            futures = [pool.submit(_workstation, address, name, count, seed) for name in NAMES]
            ledgers = [future.result() for future in futures]
        return settle(desk, ledgers, where="two processes on PostgreSQL")
    finally:
        desk.close()


_seats: list[Meet] = []
"""Of a workstation's process: where it waits for the other one. A barrier is inherited and cannot be sent."""


def _seat(meet: Meet) -> None:
    hush_libraries()
    _seats.append(meet)


def _workstation(address: Address, name: str, count: int, seed: int) -> Ledger:
    ledger = Ledger()
    desk = support.log_in(address)
    try:
        play(desk, name, count, seed, ledger, _seats[0])
    finally:
        desk.close()
    return ledger


@contextmanager
def on_one_file() -> Iterator[tuple[Desk, Desk]]:
    """The program's own arrangement: one store, two people at it."""
    with place.field() as folder:
        desk = ground().desk(ground().copy(folder / "edits"))
        try:
            lay_out(desk)
            yield desk, support.seated(desk, Role.MANAGER)
        finally:
            desk.close()


def lay_out(desk: Desk) -> None:
    """Book the meeting whose points are changed."""
    items = tuple(Item(key=f"samtidigt-{n}", heading=f"Punkt {n}", notes=_written({})) for n in range(ITEMS))
    meeting = Meeting(
        key=MEETING, unit="solgarden", forum="apt", date=dt.date(2026, 3, 4), start=dt.time(9, 0), end=dt.time(10, 0),
        items=items,
    )  # fmt: skip
    meetings.book_meeting(desk, meeting=meeting)


def play(desk: Desk, name: str, count: int, seed: int, ledger: Ledger, meet: Meet) -> None:
    """Count one's own counter up in a point chosen by chance, `count` times, merging on conflict as the window does."""
    dice = chance(seed, NAMES.index(name))
    together = chance(seed, len(NAMES))
    try:
        for _ in range(count):
            _change(desk, name, dice, ledger, meet if together.random() < _TOGETHER else None)
    except Exception as error:  # noqa: BLE001 - carried to the one who counts
        ledger.faults.append(f"{type(error).__name__}: {error}")
        meet.abort()


def _change(desk: Desk, name: str, dice: Random, ledger: Ledger, meet: Meet | None) -> None:
    found = _patiently(_get, desk)
    base, version = found.value, found.version
    item = base.items[dice.randrange(ITEMS)]
    mine = _with_note(base, item.key, _counted(item.notes, name))
    if meet is not None:
        meet.wait()
    while True:
        try:
            _patiently(_save, desk, mine, version)
        except Conflict:
            ledger.conflicts += 1
            theirs = _patiently(_get, desk)
            mine = _merged(base, mine, theirs.value, name, ledger)
            base, version = theirs.value, theirs.version
        else:
            ledger.made[item.key] += 1
            return


def _merged(base: Meeting, mine: Meeting, theirs: Meeting, name: str, ledger: Ledger) -> Meeting:
    """As the window does it: points that both changed are shown with both texts, and the user writes what holds."""
    found = merge(base=base, mine=mine, theirs=theirs)
    merged = found.meeting
    for clash in found.clashes:
        ledger.clashes += 1
        ledger.faults += _not_shown(clash, mine, theirs)
        if clash.mine is not None and clash.theirs is not None:
            both = replace(clash.mine, notes=_counted(clash.theirs.notes, name))
            merged = with_mine(merged, replace(clash, mine=both))
    return merged


def _not_shown(clash: Clash, mine: Meeting, theirs: Meeting) -> list[str]:
    shown = (clash.mine, clash.theirs) == (mine.item(clash.key), theirs.item(clash.key))
    return [] if shown and clash.mine is not None else ["a conflict does not show both texts"]


def _get(desk: Desk) -> Stored[Meeting]:
    return meetings.get_meeting(desk, key=MEETING)


def _save(desk: Desk, meeting: Meeting, version: int) -> Stored[Meeting]:
    return meetings.save_meeting(desk, meeting=meeting, expected_version=version)


def _patiently(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Try again when the other one holds the database too long, as its sentence says."""
    for _ in range(_BUSY_TRIES):
        try:
            return call(*args, **kwargs)
        except StorageFault as error:
            if error.code != "database_busy":
                raise
    return call(*args, **kwargs)


def settle(desk: Desk, ledgers: Sequence[Ledger], *, where: str) -> tuple[Tally, str]:
    """Hold each counter against what its client was told is saved; and what to say about it."""
    tally = Tally()
    named = dict(zip(NAMES, ledgers, strict=True))
    for name, ledger in named.items():
        tally.cases[where] += ledger.made.total()
        tally.broken += [(f"client {name}: {fault}", "") for fault in ledger.faults]
    for item in meetings.get_meeting(desk, key=MEETING).value.items:
        found = _read(item.notes)
        for name, ledger in named.items():
            if found.get(name, 0) != ledger.made[item.key]:
                lost = ledger.made[item.key] - found.get(name, 0)
                tally.broken.append((f"changes of client {name} were lost", f"{lost} of point {item.key}"))
    met, asked = (sum(getattr(one, name) for one in ledgers) for name in ("conflicts", "clashes"))
    return tally, f"{where}: {met} conflicts, of which {asked} showed both texts for the user to choose"


def _with_note(meeting: Meeting, key: str, notes: str) -> Meeting:
    return replace(meeting, items=tuple(replace(one, notes=notes) if one.key == key else one for one in meeting.items))


def _counted(notes: str | None, name: str) -> str:
    counters = _read(notes)
    return _written({**counters, name: counters.get(name, 0) + 1})


def _read(notes: str | None) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", notes or "")}


def _written(counters: dict[str, int]) -> str:
    return "Räknat: " + " ".join(f"{name}={counters.get(name, 0)}" for name in NAMES)
