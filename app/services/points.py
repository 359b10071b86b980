"""Points that somebody added to a coming meeting, taken back by the one who did."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import Conflict, NotAllowed
from app.domain.meeting_rules import customers_of
from app.domain.roles import Right
from app.services import sight
from app.services.desk import Desk, needs
from app.services.meetings import keep_change, myself, read
from app.services.records import Directory


@needs(Right.PROPOSE_ITEMS)
def take_back_item(desk: Desk, *, meeting: str, item: str, expected_version: int) -> None:
    """Undo `meetings.propose_item`, while nobody has changed the meeting since.

    Raises Conflict when somebody has, NotAllowed for somebody else's point.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, version = read(desk, work, meeting, directory=directory)
        point = old.item(item)
        if point is None or version != expected_version:
            raise Conflict("changed_meanwhile")
        if point.raised_by != myself(desk):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        new = replace(old, items=tuple(one for one in old.items if one.key != item))
        keep_change(work, directory, old, new, version)
        sight.log_gesture(work, new, action="take_back_item", customers=customers_of(point))
        work.commit()
