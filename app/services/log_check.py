"""The check of a log by name and password, without coming in: it reads, and leaves no row and no anchor behind."""

from __future__ import annotations

from app.domain.address import Address
from app.domain.log import LogState
from app.services.access import Surroundings
from app.services.checks import reading
from app.storage import anchor
from app.storage.audit import chain_key


def check_log(around: Surroundings, address: Address, *, user: str, password: str) -> LogState:
    """Check every row of the log, and that it has the end this machine noted. Raises StorageFault or AccessDenied."""
    with reading(around, address, user=user, password=password) as connection:
        return anchor.log_state(connection, chain_key=chain_key(connection))
