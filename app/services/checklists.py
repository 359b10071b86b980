"""Checklists as they are read: templates, runs in a list, one run opened, what waits for a person, papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from app import models as m
from app.domain.catalogue import Catalogue
from app.domain.checklist_runs import (
    ChecklistPaper,
    OwnSteps,
    Run,
    RunRow,
    RunStatus,
    RunView,
    without_customer,
)
from app.domain.checklists import Template
from app.domain.errors import NotFound
from app.domain.people import Outsider, Person
from app.domain.roles import Right
from app.domain.sight import Reach
from app.services import sight
from app.services.checklist_records import log_run, may_end, read_run, sees_customer_of
from app.services.desk import Desk, needs
from app.services.log_names import object_names
from app.services.rows import require_unit
from app.services.units import get_unit
from app.storage.unit_of_work import UnitOfWork

_SOON = 7
"""Days ahead within which a run's last day makes it show on Idag."""


@needs(Right.READ_CHECKLISTS)
def list_templates(desk: Desk) -> tuple[Template, ...]:
    """The checklists that can be begun, by name."""
    return desk.catalogue.checklists


def template_of(catalogue: Catalogue, key: str) -> Template:
    """The template of that key. Raises NotFound."""
    found = catalogue.checklist(key)
    if found is None:
        raise NotFound("not_found", what="Checklistan", key=key)
    return found


@needs(Right.READ_CHECKLISTS)
def list_runs(
    desk: Desk, *, unit: str | None = None, mine: bool = False, status: RunStatus | None = None, text: str = ""
) -> tuple[RunRow, ...]:
    """The runs of the person's units: the open ones first by their last day, then the latest ended.

    `mine` are those that she owns or has a step in. Nothing of any customer is in a row.
    """
    query = _runs()
    if unit is not None:
        query = query.where(m.Unit.key == unit)
    if status is not None:
        query = query.where(m.ChecklistRun.status == status.value)
    with desk.reading() as work:
        if mine:
            query = query.where(or_(_owned(desk, work), m.ChecklistRun.id.in_(_with_own_step(desk, work))))
        known = sight.reach(desk, work)
        rows = [row for row in work.session.execute(query) if desk.actor.sees(row.unit)]
        found = [_row(row, hidden=_is_hidden(desk, known, row)) for row in rows]
    words = text.strip().casefold()
    found = [one for one in found if words in one.title.casefold() or words in one.owner_name.casefold()]
    return tuple(sorted(found, key=_order))


def _order(row: RunRow) -> tuple[object, ...]:
    if row.status is RunStatus.OPEN:
        return (0, row.due or dt.date.max, row.started_on, row.key)
    return (1, -(row.ended_on or row.started_on).toordinal(), row.started_on, row.key)


def _runs() -> Select[*tuple[Any, ...]]:
    settled = or_(m.ChecklistStep.done_at.is_not(None), m.ChecklistStep.skipped.is_not(None))
    counts = (
        select(
            m.ChecklistStep.run_id, func.count().label("steps"),
            func.sum(case((settled, 1), else_=0)).label("settled"),
        )
        .group_by(m.ChecklistStep.run_id)
        .subquery()
    )  # fmt: skip
    home = (
        select(m.Unit.key).where(m.Unit.id == m.Customer.unit_id).correlate(m.Customer).scalar_subquery()
    )  # fmt: skip
    return (
        select(
            m.ChecklistRun.key, m.Unit.key.label("unit"), m.Unit.name.label("unit_name"), m.ChecklistRun.name,
            m.ChecklistRun.about, m.Member.key.label("owner"), m.Member.name.label("member_name"),
            m.ChecklistRun.owner_name, m.ChecklistRun.started_on, m.ChecklistRun.due, m.ChecklistRun.status,
            m.ChecklistRun.ended_on, m.ChecklistRun.version, m.ChecklistRun.tree, counts.c.steps, counts.c.settled,
            m.Customer.key.label("customer"), home.label("home"),
        )
        .join(m.Unit, m.Unit.id == m.ChecklistRun.unit_id)
        .outerjoin(m.Member, m.Member.id == m.ChecklistRun.owner_id)
        .outerjoin(m.Customer, m.Customer.id == m.ChecklistRun.customer_id)
        .outerjoin(counts, counts.c.run_id == m.ChecklistRun.id)
    )  # fmt: skip


def _is_hidden(desk: Desk, known: Reach, row: Any) -> bool:
    return bool(row.customer) and not sight.sees_customer(desk, known, key=row.customer, unit=row.home)


def _row(row: Any, *, hidden: bool) -> RunRow:
    """The list row; of a decision aid about somebody who may not be seen, not what it came to."""
    bare = hidden and row.tree is not None
    owner: Person | None = row.owner or (Outsider(row.owner_name) if row.owner_name else None)
    return RunRow(
        key=row.key, unit=row.unit, unit_name=row.unit_name,
        title=f"{row.name}: {row.about}" if row.about and not hidden else row.name, owner=owner,
        owner_name=row.member_name or row.owner_name or "", started_on=row.started_on, due=None if bare else row.due,
        status=RunStatus(row.status), ended_on=row.ended_on, settled=0 if bare else int(row.settled or 0),
        steps=0 if bare else int(row.steps or 0), version=row.version,
    )  # fmt: skip


def _owned(desk: Desk, work: UnitOfWork) -> Any:
    me = sight.myself_id(desk, work)
    if me is not None:
        return m.ChecklistRun.owner_id == me
    return and_(m.ChecklistRun.owner_id.is_(None), m.ChecklistRun.owner_name == desk.actor.full_name)


def _with_own_step(desk: Desk, work: UnitOfWork) -> Any:
    return select(m.ChecklistStep.run_id).where(m.ChecklistStep.responsible_id == (sight.myself_id(desk, work) or 0))


@needs(Right.READ_CHECKLISTS)
def get_run(desk: Desk, *, key: str) -> RunView:
    """One run as the person may see it; whom it is about is logged as read, where she may be seen."""
    with desk.writing() as work:
        found = _view(desk, work, key)
        if found.run.customer:
            log_run(work, found.run, action="read")
        work.commit()
    return found


def _view(desk: Desk, work: UnitOfWork, key: str) -> RunView:
    whole, version = read_run(desk, work, key)
    seen = sees_customer_of(desk, work, whole)
    run = whole if seen else without_customer(whole)
    writes = seen and desk.may(Right.RUN_CHECKLISTS) and desk.actor.works_in(run.unit) and _not_by_emergency(desk, run)
    labels = sight.labels_of_everybody(work) if run.customer else {}
    items = _items(desk, work, run)
    heading = object_names(desk, work, [f"meeting:{run.meeting}"] if run.meeting else [])
    return RunView(
        run=run, version=version, unit_name=_unit_name(work, run.unit), names=_names(work, run),
        customer_label=labels.get(run.customer or "", ""), items=items,
        meeting_heading=next(iter(heading.values()), ""), may_write=writes, may_end=writes and may_end(run, desk),
    )  # fmt: skip


def _not_by_emergency(desk: Desk, run: Run) -> bool:
    """Whether she saw it without an emergency, which opens reading alone."""
    return run.customer is None or not desk.actor.emergency


def _unit_name(work: UnitOfWork, key: str) -> str:
    return work.session.scalars(select(m.Unit.name).where(m.Unit.key == key)).one()


def _names(work: UnitOfWork, run: Run) -> dict[str, str]:
    people = {run.owner, *(one.responsible for one in run.steps), *(one.done_by for one in run.steps)}
    wanted = [one for one in people if isinstance(one, str)]
    query = select(m.Member.key, m.Member.name).where(m.Member.key.in_(wanted))
    return {row.key: row.name for row in work.session.execute(query)}


def _items(desk: Desk, work: UnitOfWork, run: Run) -> dict[str, tuple[str, str]]:
    wanted = [one.item for one in run.steps if one.item]
    if not wanted:
        return {}
    query = select(m.Item.key, m.Meeting.key.label("meeting")).join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
    rows = work.session.execute(query.where(m.Item.key.in_(wanted))).all()
    headings = object_names(desk, work, [f"meeting:{row.meeting}" for row in rows])
    return {row.key: (row.meeting, headings.get(f"meeting:{row.meeting}", "")) for row in rows}


@needs(Right.READ_CHECKLISTS)
def own_steps(desk: Desk) -> tuple[OwnSteps, ...]:
    """What waits for the person in open runs that are to be ready within a week, or were, the earliest first.

    Hers is a step that she is responsible for, and in a run of her own every step that nobody else is.
    """
    until = desk.today + dt.timedelta(days=_SOON)
    with desk.reading() as work:
        me, known = sight.myself_id(desk, work), sight.reach(desk, work)
        nobody = and_(m.ChecklistStep.responsible_id.is_(None), m.ChecklistStep.responsible_name.is_(None))
        hers = or_(m.ChecklistStep.responsible_id == (me or 0), and_(nobody, _owned(desk, work)))
        query = (
            _runs()
            .join(m.ChecklistStep, m.ChecklistStep.run_id == m.ChecklistRun.id)
            .add_columns(m.ChecklistStep.text, m.ChecklistStep.position)
            .where(m.ChecklistRun.status == RunStatus.OPEN.value, m.ChecklistRun.due <= until, hers)
            .where(m.ChecklistStep.done_at.is_(None), m.ChecklistStep.skipped.is_(None))
            .order_by(m.ChecklistRun.due, m.ChecklistRun.id, m.ChecklistStep.position)
        )
        rows = [
            row for row in work.session.execute(query)
            if desk.actor.works_in(row.unit) and not _is_hidden(desk, known, row)
        ]  # fmt: skip
    return _gathered(rows)


def _gathered(rows: Iterable[Any]) -> tuple[OwnSteps, ...]:
    by: dict[str, list[Any]] = {}
    for row in rows:
        by.setdefault(row.key, []).append(row)
    return tuple(
        OwnSteps(
            run=key, position=own[0].position, title=_row(own[0], hidden=False).title, unit_name=own[0].unit_name,
            due=own[0].due, count=len(own), first=own[0].text,
        )
        for key, own in by.items()
    )  # fmt: skip


@needs(Right.READ_CHECKLISTS)
def run_paper(desk: Desk, *, key: str) -> ChecklistPaper:
    """A run as it is printed; without whom it is about for a person who may not print that."""
    with desk.writing() as work:
        view = _view(desk, work, key)
        if view.run.customer and not desk.may(Right.PRINT):
            view = replace(view, run=without_customer(view.run), customer_label="", items={})
        if view.run.customer:
            log_run(work, view.run, action="print")
        work.commit()
    unit = get_unit(desk, key=view.run.unit).value
    return ChecklistPaper(
        view=view, unit_name=unit.name, setting_label=unit.setting.label, prepared_on=desk.today
    )  # fmt: skip


@needs(Right.READ_CHECKLISTS)
def blank_paper(desk: Desk, *, template_key: str, unit: str) -> ChecklistPaper:
    """A template to fill in by hand, with the unit's name on it. Raises NotFound, NotAllowed."""
    require_unit(desk, unit)
    found = get_unit(desk, key=unit).value
    return ChecklistPaper(
        template=template_of(desk.catalogue, template_key), unit_name=found.name, setting_label=found.setting.label,
        prepared_on=desk.today,
    )  # fmt: skip
