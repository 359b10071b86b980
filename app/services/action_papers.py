"""Actions taken out of the program: the list as it is shown for a spreadsheet, and slips for those without an account.

Customers' data leaves with whoever may print it; for others what is about a customer keeps its row and says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Unpack

from sqlalchemy import select

from app import models as m
from app.domain.action_lists import Gathered
from app.domain.action_papers import ActionSheet, SlipTask, TaskSlip, by_name, in_turn
from app.domain.errors import Refused
from app.domain.meetings import ActionRow, ActionStatus
from app.domain.roles import Right
from app.domain.swedish import short_date
from app.services import action_rows
from app.services.action_rows import ActionFilters
from app.services.action_sight import on_paper
from app.services.actions import READS_ACTIONS
from app.services.desk import Desk, needs
from app.services.records import fetch, is_wanted
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_FILE, _LIST, _SLIP = "spreadsheet", "list", "slip"


@needs(*READS_ACTIONS)
def export_actions(
    desk: Desk, *, about: str = "", gathered: Gathered = Gathered.BY_DUE, **wanted: Unpack[ActionFilters]
) -> ActionSheet:
    """The actions of a list for a file, all of them; `about` is what the list is called.

    Each customer in it is logged as exported; where there is none, the export itself.
    """
    return _sheet(desk, wanted, about=about, gathered=gathered, action="export", reason=_FILE)


@needs(*READS_ACTIONS)
def print_actions(
    desk: Desk, *, about: str = "", gathered: Gathered = Gathered.BY_DUE, **wanted: Unpack[ActionFilters]
) -> ActionSheet:
    """The actions of a list for paper, as it is shown: view, filters and headings.

    Each customer in it is logged as printed. Raises Refused("actions_empty").
    """
    sheet = _sheet(desk, wanted, about=about, gathered=gathered, action="print", reason=_LIST)
    if not sheet.rows:
        raise Refused("actions_empty")
    return sheet


def _sheet(
    desk: Desk, wanted: ActionFilters, *, about: str, gathered: Gathered, action: str, reason: str
) -> ActionSheet:
    with desk.writing() as work:
        seen = on_paper(desk, work)
        query = action_rows.filtered(action_rows.columns(seen), seen, wanted, today=desk.today)
        query = action_rows.in_order(query, seen, gathered)
        rows = action_rows.read_rows(desk, work, query, where="actions", action=action, reason=reason)
        units = {row.key: row.name for row in work.session.execute(select(m.Unit.key, m.Unit.name))}
        named = any(row.customer for row in rows)
        if not named and action == "export":
            work.record(Event(action=action, object="actions", unit=wanted.get("unit"), reason=reason))
        work.commit()
    return ActionSheet(
        rows=rows, unit_names={row.unit: units[row.unit] for row in rows}, has_customer_data=named,
        with_customers=named or desk.may(Right.PRINT), about=about, made_by=desk.actor.full_name, made_on=desk.today,
        gathered=gathered,
    )  # fmt: skip


@needs(*READS_ACTIONS)
def task_slips(
    desk: Desk, *, unit: str | None = None, meeting: str | None = None, name: str | None = None
) -> tuple[TaskSlip, ...]:
    """A slip for each person without an account who has something to do, of one unit, meeting or name.

    Each customer on them is logged as printed. Raises Refused("slips_empty").
    """
    wanted: ActionFilters = {
        "unit": unit, "meeting": meeting, "outsider": name, "outsiders_only": True, "status": ActionStatus.OPEN,
    }  # fmt: skip
    with desk.writing() as work:
        seen = on_paper(desk, work)
        query = action_rows.filtered(action_rows.columns(seen), seen, wanted, today=desk.today)
        rows = action_rows.read_rows(
            desk, work, action_rows.in_order(query, seen), where="actions", action="print", reason=_SLIP
        )
        if not rows:
            raise Refused("slips_empty")
        units = {row.key: row.name for row in work.session.execute(select(m.Unit.key, m.Unit.name))}
        leads = _who_leads(work, {row.meeting for row in rows})
        work.commit()
    gathered: dict[tuple[str, str], list[ActionRow]] = defaultdict(list)
    for row in rows:
        gathered[row.responsible_name, row.unit].append(row)
    return by_name(
        TaskSlip(
            name=who, unit_name=units[of], tasks=in_turn(_task(row, leads) for row in tasks),
            has_customer_data=any(row.customer for row in tasks), prepared_on=desk.today,
        )
        for (who, of), tasks in gathered.items()
    )  # fmt: skip


def _task(row: ActionRow, leads: dict[str, str]) -> SlipTask:
    return SlipTask(
        text=row.text, due=row.due, customer_label=row.customer_label,
        decided=f"{row.meeting_heading}, {short_date(row.meeting_date)}", report_to=leads.get(row.meeting, ""),
    )  # fmt: skip


def _who_leads(work: UnitOfWork, meetings: set[str]) -> dict[str, str]:
    """Whom to tell how it went: the meeting's convenor, by name."""
    query = (
        select(m.Meeting.key, m.Member.name, m.Meeting.chair_name)
        .outerjoin(m.Member, m.Member.id == m.Meeting.chair_id)
        .where(is_wanted(m.Meeting.key))
    )
    return {key: member or name or "" for key, member, name in fetch(work.session, query, wanted=sorted(meetings))}
