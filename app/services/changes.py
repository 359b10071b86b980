"""Being told of what is changed on other workstations, where a server lets several be at work."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.changes import Following, kinds_of
from app.domain.roles import Right
from app.services.desk import Desk, needs


@needs(Right.OWN_ACCOUNT)
def follow_changes(
    desk: Desk, *, on_change: Callable[[frozenset[str]], object], on_contact: Callable[[bool], object]
) -> Following | None:
    """Call `on_change` with the kinds of what others change, and `on_contact` when the server is lost or back.

    Both are called in a thread of their own, until the result is stopped. None in a file, which nobody shares.
    """
    return desk.store.follow(on_change=lambda tables: on_change(kinds_of(tables)), on_contact=on_contact)
