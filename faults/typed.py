"""What is being typed survives a crash: the real window is killed while somebody types, and her text looked for."""

from __future__ import annotations

import json
import multiprocessing
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from app.exchange.json_file import meeting_from_text
from app.services import drafts, meetings
from app.services.desk import Desk
from faults import ground as place
from faults import typed_work as work
from faults.ground import MEETING, USER, chance, check, ground
from faults.outcome import Outcome, Tally
from faults.shares import share
from tests import support

OLDEST = 2.0
"""Seconds from a key to a draft that holds it."""
_SHORTEST, _LONGEST = 0.5, 9.0
_PATIENCE = 90.0
_LOOKED_AT = 4
"""In one of so many cases the window is opened again, by the writer and by a colleague."""
Keys = list[tuple[float, str]]


def try_it(count: int, seed: int) -> Outcome:
    """Kill `count` windows while somebody types in them."""
    if not hasattr(signal, "SIGKILL"):
        return Outcome(tried=0, lost=None, note="this system has no SIGKILL")
    return share(cases, count, seed).outcome(f"killed {_SHORTEST:g} to {_LONGEST:g} s after the first key")


def cases(numbers: range, seed: int) -> Tally:
    """The kills of these numbers."""
    tally = Tally()
    with place.field() as folder:
        for number in numbers:
            database = ground().copy(folder / str(number))
            keys, killed = _typed(database, chance(seed, number))
            tally.case("kill", *_lost(database, keys, killed), number=number)
            if number % _LOOKED_AT == 0:
                tally.case("offered", *_offered(database, keys), number=number)
    return tally


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faults.typed_work"])
    return context


def _typed(database: Path, dice: Random) -> tuple[Keys, float]:
    """Every key with its moment, and the moment of the kill."""
    context = _context()
    here, there = context.Pipe(duplex=False)
    every = dice.uniform(0.03, 0.15)
    process = context.Process(target=work.type_on, args=(database, USER, there, every))
    process.start()
    there.close()
    keys: Keys = []
    try:
        if here.poll(_PATIENCE):
            with suppress(EOFError):
                keys.append(here.recv())
                _gather(here, keys, until=time.monotonic() + dice.uniform(_SHORTEST, _LONGEST))
    finally:
        killed = time.monotonic()
        process.kill()
        process.join()
    if process.exitcode != -signal.SIGKILL:
        raise RuntimeError(f"the window ended by itself with {process.exitcode}")
    with suppress(EOFError, OSError):
        while True:
            keys.append(here.recv())
    here.close()
    if not keys:
        raise RuntimeError("nothing could be typed")
    return keys, killed


def _gather(here: Connection, keys: Keys, *, until: float) -> None:
    while (left := until - time.monotonic()) > 0:
        if here.poll(left):
            keys.append(here.recv())


def _lost(database: Path, keys: Keys, killed: float) -> Iterator[str]:
    desk = support.log_in(database)
    try:
        kept, version = _kept(desk)
        colleague = place.colleague(desk, "anna")
        if drafts.read_draft(colleague, kind="meeting", key=MEETING) is not None:
            yield "a colleague can read the draft"
        if version not in (None, meetings.get_meeting(desk, key=MEETING).version):
            yield "the draft is tied to another version"
    finally:
        desk.close()
    if not keys[-1][1].startswith(kept) and not kept.startswith(keys[-1][1]):
        yield "another text was kept"
    old = [text for moment, text in keys if moment <= killed - OLDEST]
    if old and len(kept) < len(old[-1]):
        yield "keys pressed more than 2 s before the kill are gone"
    check(database)


def _kept(desk: Desk) -> tuple[str, int | None]:
    """What is kept of the note, in a draft or saved, and the version the draft started from."""
    draft = drafts.read_draft(desk, kind="meeting", key=MEETING)
    if draft is None:
        item = meetings.get_meeting(desk, key=MEETING).value.item(work.ITEM)
        return (item.notes or "" if item is not None else ""), None
    item = meeting_from_text(json.loads(draft.content)[1]).item(work.ITEM)
    return (item.notes or "" if item is not None else ""), draft.started_from


def _offered(database: Path, keys: Keys) -> Iterator[str]:
    """The window again: the colleague is offered nothing and sees nothing, the writer gets her text back."""
    expected = bool(_kept_in(database))
    offered, seen, _ = _looked(database, "anna")
    if offered or (seen and seen in keys[-1][1] and expected):
        yield "a colleague was offered the draft"
    offered, _, taken = _looked(database, USER)
    if offered is not expected:
        yield "the writer was not offered her text" if expected else "a draft was offered that is none"
    if offered and not keys[-1][1].startswith(taken):
        yield "another text came back"


def _kept_in(database: Path) -> bool:
    desk = support.log_in(database)
    try:
        return drafts.read_draft(desk, kind="meeting", key=MEETING) is not None
    finally:
        desk.close()


def _looked(database: Path, user: str) -> tuple[bool, str, str]:
    context = _context()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=work.look, args=(database, user, there))
    process.start()
    there.close()
    try:
        if not here.poll(_PATIENCE):
            raise RuntimeError("the window stood still")
        offered, before, after = here.recv()
    finally:
        process.kill()
        process.join()
        here.close()
    return bool(offered), str(before), str(after)
