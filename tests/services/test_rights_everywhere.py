"""Every service function, none left out, held to the table of roles: tried with a real call on a furnished unit."""

from __future__ import annotations

import pytest

from app.services.desk import Desk
from tests.services.calls import CALLS, furnish, services


def test_every_service_has_its_example_call_and_nothing_else_has_one() -> None:
    assert sorted({one.__name__ for one in services()} ^ set(CALLS)) == []


@pytest.mark.parametrize("name", CALLS)
def test_the_example_call_works(desk: Desk, name: str) -> None:
    furnish(desk)
    CALLS[name](desk)
    assert desk.store.first_broken_audit_row() is None
