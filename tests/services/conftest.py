"""Every service is tried on both kinds of database: what works in a file works on a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.desk import Desk
from tests import support
from tests.throwaway_server import ThrowawayServer


@pytest.fixture(params=["file", "server"])
def desk(request: pytest.FixtureRequest, database_key: bytes, clock: support.FixedClock) -> Iterator[Desk]:
    """The enhetschef's desk on a copy of the small unit's database."""
    if request.param == "file":
        opened = support.quick_desk(request.getfixturevalue("database"), database_key, clock=clock)
    else:
        opened = support.server_desk(request.getfixturevalue("server_address"), database_key, clock=clock)
    yield opened
    opened.close()


@pytest.fixture(params=["file", "server"])
def furnished(
    request: pytest.FixtureRequest, database_key: bytes, tmp_path: Path, clock: support.FixedClock
) -> Iterator[Desk]:
    """The enhetschef's desk on a copy of the unit that has some of everything (`calls.furnish`)."""
    if request.param == "file":
        folder = tmp_path / "data"
        shutil.copytree(request.getfixturevalue("furnished_template"), folder)
        opened = support.quick_desk(folder / support.FILE, database_key, clock=clock)
        yield opened
        opened.close()
        return
    server: ThrowawayServer = request.getfixturevalue("server")
    address = server.copy(request.getfixturevalue("furnished_server_template"))
    opened = support.server_desk(address, database_key, clock=clock)
    yield opened
    opened.close()
    server.drop(address)
