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
        yield opened
        opened.close()
        return
    template = request.getfixturevalue("server_template")
    yield from on_server(request.getfixturevalue("server"), template, database_key, clock)


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
    template = request.getfixturevalue("furnished_server_template")
    yield from on_server(request.getfixturevalue("server"), template, database_key, clock)


def on_server(server: ThrowawayServer, template: str, key: bytes, clock: support.FixedClock) -> Iterator[Desk]:
    """The enhetschef's desk on a copy on the server."""
    with server.lent(template) as (address, role):
        opened = support.quick_server_desk(address, key, role=role, clock=clock)
        yield opened
        opened.close()
