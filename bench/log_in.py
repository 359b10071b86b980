"""`log_in`: from password to an open desk at twenty years, at this machine's own cost, against one derivation of it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from app.services import access
from app.storage import kdf, key_file
from bench import generator, given, surroundings
from bench.measure import Row, compare, timed


def rows() -> Iterator[Row]:
    """The row; the floor is the key derivation alone, which is slow on purpose."""
    bulk = generator.copy_of(generator.database(years=generator.YEARS), "log-in")
    cost = _at_own_cost(bulk)
    yield compare(
        "log_in",
        subject=timed(lambda: surroundings.log_in(bulk.path).close()),
        floor=timed(lambda: kdf.derive(given.PASSWORD, salt=bytes(kdf.SALT_BYTES), cost=cost)),
        goal=1.5,
        against=f"one derivation, {cost.iterations} passes over {cost.memory // 1024} MiB",
        note="promised besides: under 1 s on the wall",
    )


def _at_own_cost(bulk: generator.Bulk) -> kdf.Cost:
    """Give the account a password at the cost that this machine is calibrated to, as at a real set-up."""
    lowest = os.environ.pop(kdf.COST_VARIABLE, None)
    try:
        cost = kdf.calibrated()
        desk = surroundings.log_in(bulk.path)
        try:
            holder = access.new_holder(desk.store, user=given.USER, password=given.PASSWORD, cost=cost)
            with desk.writing() as work, desk.store.holding({given.USER: holder}, work=work):
                work.commit()
        finally:
            desk.close()
    finally:
        if lowest is not None:
            os.environ[kdf.COST_VARIABLE] = lowest
    kept = key_file.read(bulk.path)[0].users[given.USER].cost
    if kept != cost:
        raise RuntimeError("the key file does not keep the calibrated cost")
    return cost
