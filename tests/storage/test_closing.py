"""A store that closes while others work in it: they are broken off, the key goes at once, the lock once they left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update

from app import models as m
from app.domain.address import Address
from app.domain.errors import KnownError, StorageFault
from app.services.desk import Desk
from app.services.drafts import save_draft
from app.services.preferences import set_preference
from tests.support import FixedClock, quick_desk, server_desk

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


class Elsewhere:
    """Work in a thread of its own, at a point that the test knows."""

    def __init__(self, work: Callable[[Elsewhere], object]) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()
        assert self.begun.wait(5)

    def _run(self, work: Callable[[Elsewhere], object]) -> None:
        try:
            work(self)
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            self.fault = fault

    def end(self) -> None:
        """Let it go on, and wait until it is over."""
        self.go_on.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture(params=["file", "server"])
def closing(request: pytest.FixtureRequest, database_key: bytes, clock: FixedClock) -> Iterator[Desk]:
    """A desk that a failed test closes too, so that no thread outlives it."""
    where = request.getfixturevalue("database" if request.param == "file" else "server_address")
    opened = open_again(where, database_key, clock)
    yield opened
    opened.close()


def open_again(address: Address, key: bytes, clock: FixedClock) -> Desk:
    if isinstance(address, Path):
        return quick_desk(address, key, clock=clock)
    return server_desk(address, key, clock=clock)


def close_at_once(desk: Desk) -> None:
    began = time.monotonic()
    desk.give_way(grace=0.1)
    save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="halvskrivet")
    desk.close()
    assert time.monotonic() - began < 2.5, "promised is one second, on a machine that does nothing else"
    with pytest.raises(StorageFault, match="database_closed"):
        desk.store.key.hex()


def kept(desk: Desk, key: bytes, clock: FixedClock) -> tuple[str | None, int]:
    """The draft and how many members have their names, read by a new log-in."""
    again = open_again(desk.store.address, key, clock)
    try:
        with again.reading() as work:
            draft = work.session.scalar(select(m.Draft.content))
            return draft, work.session.scalar(select(func.count(m.Member.id)).where(m.Member.name != "borta")) or 0
    finally:
        again.close()


@pytest.mark.parametrize("writing", [True, False])
def test_a_statement_that_takes_for_ever_is_broken_off(
    closing: Desk, database_key: bytes, clock: FixedClock, writing: bool
) -> None:
    def work(there: Elsewhere) -> None:
        with closing.writing() if writing else closing.reading() as unit:
            if writing:
                unit.session.execute(update(m.Member).values(name="borta"))
            there.begun.set()
            unit.session.execute(text(ENDLESS))
            unit.commit()

    there = Elsewhere(work)
    close_at_once(closing)
    there.end()
    assert isinstance(there.fault, StorageFault)
    assert there.fault.code == "broken_off"
    assert kept(closing, database_key, clock) == ("halvskrivet", 6)


@pytest.mark.parametrize("at", ["statement", "commit"])
def test_work_between_two_statements_ends_at_its_next(
    closing: Desk, database_key: bytes, clock: FixedClock, at: str
) -> None:
    def work(there: Elsewhere) -> None:
        with closing.reading() as unit:
            unit.session.scalar(select(func.count()).select_from(m.Unit))
            there.begun.set()
            there.go_on.wait(10)
            if at == "statement":
                unit.session.execute(select(m.Unit.key))
            unit.commit()

    there = Elsewhere(work)
    close_at_once(closing)
    if isinstance(closing.store.address, Path):  # her connection is still open: nobody else opens the file meanwhile
        with pytest.raises(KnownError, match="database_in_use"):
            quick_desk(closing.store.address, database_key, clock=clock)
    there.end()
    assert isinstance(there.fault, StorageFault)
    assert there.fault.code == "broken_off"
    assert kept(closing, database_key, clock)[0] == "halvskrivet"


def test_short_work_is_waited_for(closing: Desk, database_key: bytes, clock: FixedClock) -> None:
    def work(there: Elsewhere) -> None:
        with closing.writing() as unit:
            unit.session.execute(delete(m.Draft))
            there.begun.set()
            time.sleep(0.05)
            unit.commit()
        set_preference(closing, name="kept", value=1)

    there = Elsewhere(work)
    closing.give_way(grace=1.0)
    closing.close()
    there.end()
    assert there.fault is None or isinstance(there.fault, StorageFault)
    assert kept(closing, database_key, clock) == (None, 6)


def test_a_closed_store_opens_nothing_and_closes_once(closing: Desk) -> None:
    closing.close()
    closing.close()
    with pytest.raises(StorageFault, match="database_closed"), closing.reading():
        pass
    with pytest.raises(StorageFault, match="database_closed"):
        closing.store.change_key()
    assert not hasattr(closing.store, "_engine"), "the engine knows the key, to open connections with"
