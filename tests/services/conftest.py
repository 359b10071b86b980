"""Every service is tried on both kinds of database: what works in a file works on a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.services.desk import Desk
from tests import support


@pytest.fixture(params=["file", "server"])
def desk(request: pytest.FixtureRequest, database_key: bytes, clock: support.FixedClock) -> Iterator[Desk]:
    """The enhetschef's desk on a copy of the small unit's database."""
    if request.param == "file":
        opened = support.quick_desk(request.getfixturevalue("database"), database_key, clock=clock)
    else:
        opened = support.server_desk(request.getfixturevalue("server_address"), database_key, clock=clock)
    yield opened
    opened.close()
