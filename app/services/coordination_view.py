"""One case with all that its page shows, read in one gesture."""

from __future__ import annotations

from sqlalchemy import select

from app import models as m
from app.domain.coordination.views import CaseView
from app.domain.coordination.waiting import Limits, waits
from app.domain.meeting_rules import HIDDEN
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import clock, short_date
from app.services import coordination_sight as own_sight
from app.services import sight
from app.services.coordination import READS
from app.services.coordination_lists import limits_of
from app.services.coordination_tasks import tasks_of
from app.services.desk import Desk, needs
from app.storage.unit_of_work import UnitOfWork


@needs(*READS, Right.PREPARE_REQUESTS)
def open_request(desk: Desk, *, key: str) -> CaseView:
    """The case's page as the person may see it; its customer is logged as read where she is shown.

    Raises NotFound, NotAllowed.
    """
    with desk.writing() as work:
        found = own_sight.read(desk, work, key, preparing=True)
        case, bare = found.value, own_sight.prepares_only(desk.actor)
        label = sight.labels_of_everybody(work).get(case.customer or "", "")
        label = label or (case.person.name if case.person else "")
        view = CaseView(
            stored=Stored(own_sight.shown(desk.actor, case), found.version), label=HIDDEN if bare else label,
            unit_name=own_sight.unit_names(work).get(case.unit, case.unit),
            waits=waits(case, limits_of(work).get(case.unit, Limits())),
            tasks=() if bare else tasks_of(work, key), names=_names(work),
            meetings={} if bare else _meetings(work, case.sip.meetings if case.sip else ()),
            may_record_consent=own_sight.records_consent(desk, work, case.unit),
            item_meeting="" if bare or case.item is None else _meeting_of(work, case.item),
        )  # fmt: skip
        if not bare:
            own_sight.log(work, case, action="read")
        work.commit()
    return view


def _names(work: UnitOfWork) -> dict[str, str]:
    return {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}


def _meetings(work: UnitOfWork, keys: tuple[str, ...]) -> dict[str, str]:
    query = select(m.Meeting.key, m.Meeting.title, m.Meeting.date, m.Meeting.start).where(m.Meeting.key.in_(keys))
    return {
        row.key: f"{row.title or 'Möte'} {short_date(row.date)} {clock(row.start)}"
        for row in work.session.execute(query)
    }


def _meeting_of(work: UnitOfWork, item: str) -> str:
    query = select(m.Meeting.key).join(m.Item, m.Item.meeting_id == m.Meeting.id).where(m.Item.key == item)
    meeting = work.session.scalar(query)
    return f"{meeting}#{item}" if meeting else ""
