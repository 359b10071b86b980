"""Checklists under way: begun, ticked off, written in, answered, finished or given up, and each gesture taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlalchemy import delete

from app import models as m
from app.domain import checklist_runs as rules
from app.domain.agenda import with_added
from app.domain.checklist_runs import Run, RunChange, RunStatus
from app.domain.errors import NotFound, Refused
from app.domain.keys import free_key
from app.domain.meetings import Item, ItemKind, MeetingStatus
from app.domain.people import Outsider, Person
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import meetings, planning_records, register_records, sight
from app.services.calls import customer_words
from app.services.checklist_records import RUNS, keep_run, log_run, read_run, writable
from app.services.checklists import template_of
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.rows import all_keys, require_unit
from app.storage.unit_of_work import UnitOfWork


@needs(Right.RUN_CHECKLISTS)
def start_run(
    desk: Desk, *, template: str, unit: str, about: str | None = None, started_on: dt.date | None = None,
    due: dt.date | None = None, owner: Person | None = None, meeting: str | None = None, customer: str | None = None,
) -> Stored[Run]:  # fmt: skip
    """Begin a checklist: the template is copied. It is the person's own unless another owner is said.

    Raises NotFound, NotAllowed, Refused("checklist_names_customer" | "checklist_days" | "checklist_first_day" |
    "personnummer_in_name").
    """
    require_unit(desk, unit)
    first = started_on or desk.today
    if first > desk.today:
        raise Refused("checklist_first_day")
    with desk.writing() as work:
        _require_nameless(work, about, owner)
        if customer is not None:
            _require_customer(desk, work, customer)
        if meeting is not None:
            meetings.read(desk, work, meeting)
        run = rules.begin(
            template_of(desk.catalogue, template), unit=unit, owner=owner or meetings.myself(desk), on=first, due=due,
            about=about, meeting=meeting, customer=customer,
            key=free_key(f"{template}-{first.isoformat()}", all_keys(work.session, m.ChecklistRun)),
        )  # fmt: skip
        planning_records.insert(work.session, Directory(work.session), RUNS, [run])
        log_run(work, run, action="start_checklist")
        work.commit()
    return Stored(run, 1)


def _require_nameless(work: UnitOfWork, about: str | None, *people: Person | None) -> None:
    """What a run is called is shown in lists, on Idag and in the log: never whom it is about."""
    if about and customer_words(work).name_somebody(about):
        raise Refused("checklist_names_customer")
    refuse_personnummer(one.name for one in people if isinstance(one, Outsider))


def _require_customer(desk: Desk, work: UnitOfWork, key: str) -> None:
    found = register_records.load_customers(work.session, m.Customer.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Kunden", key=key)
    sight.require_customer(desk, work, found[0])


@needs(Right.RUN_CHECKLISTS)
def remove_run(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take away a run that was begun by mistake: open, and nothing done in it. Raises Refused("checklist_begun")."""
    with desk.writing() as work:
        run = writable(desk, work, key, expected_version=expected_version, ending=True)
        if run.status is not RunStatus.OPEN or any(step.is_touched for step in run.steps):
            raise Refused("checklist_begun")
        work.session.execute(delete(m.ChecklistRun).where(m.ChecklistRun.key == key))
        log_run(work, run, action="remove_checklist")
        work.commit()


def _do(
    desk: Desk, key: str, expected_version: int, rule: Callable[[Run], Run], *, action: str, ending: bool = False
) -> RunChange:
    with desk.writing() as work:
        old = writable(desk, work, key, expected_version=expected_version, ending=ending)
        new = rule(old)
        kept = keep_run(work, old=old, new=new, expected_version=expected_version, action=action)
        work.commit()
    return RunChange(old, new, kept)


@needs(Right.RUN_CHECKLISTS)
def tick_step(desk: Desk, *, key: str, position: int, expected_version: int) -> RunChange:
    """A step is done, by the person, now; gives what it changed. Raises Refused, Conflict, NotAllowed."""
    by, at = meetings.myself(desk), desk.clock.now()
    rule = partial(rules.tick, position=position, by=by, at=at)
    return _do(desk, key, expected_version, rule, action="tick_step")


@needs(Right.RUN_CHECKLISTS)
def untick_step(desk: Desk, *, key: str, position: int, expected_version: int) -> RunChange:
    """A step that was done, or not called for, is to be done. Raises as `tick_step`."""
    return _do(desk, key, expected_version, partial(rules.untick, position=position), action="untick_step")


@needs(Right.RUN_CHECKLISTS)
def skip_step(desk: Desk, *, key: str, position: int, reason: str, expected_version: int) -> RunChange:
    """A step is not called for, with the reason. Raises as `tick_step`, Refused("checklist_reason_missing")."""
    rule = partial(rules.skip, position=position, reason=reason)
    return _do(desk, key, expected_version, rule, action="skip_step")


@needs(Right.RUN_CHECKLISTS)
def write_step(
    desk: Desk, *, key: str, position: int, responsible: Person | None, note: str | None, expected_version: int
) -> RunChange:
    """Who is to do a step, and what is noted of it. Raises as `tick_step`."""
    refuse_personnummer([responsible.name] if isinstance(responsible, Outsider) else [])
    rule = partial(rules.write_step, position=position, responsible=responsible, note=note)
    return _do(desk, key, expected_version, rule, action="write_checklist")


@needs(Right.RUN_CHECKLISTS)
def change_run(
    desk: Desk, *, key: str, about: str | None, owner: Person | None, due: dt.date | None, meeting: str | None,
    expected_version: int,
) -> RunChange:  # fmt: skip
    """What a run is about, whose it is, until when, and of which meeting. Raises as `start_run` and `tick_step`."""
    with desk.writing() as work:
        old = writable(desk, work, key, expected_version=expected_version)
        _require_nameless(work, about, owner)
        if meeting is not None and meeting != old.meeting:
            meetings.read(desk, work, meeting)
        new = rules.change(old, about=about, owner=owner, due=due, meeting=meeting)
        kept = keep_run(work, old=old, new=new, expected_version=expected_version, action="write_checklist")
        work.commit()
    return RunChange(old, new, kept)


@needs(Right.RUN_CHECKLISTS)
def answer_run(desk: Desk, *, key: str, answers: tuple[int, ...], expected_version: int) -> RunChange:
    """The answers of a decision aid so far. Raises as `tick_step`, Refused("checklist_steps_begun")."""
    return _do(desk, key, expected_version, partial(rules.answer, answers=answers), action="answer_checklist")


@needs(Right.RUN_CHECKLISTS)
def finish_run(desk: Desk, *, key: str, expected_version: int) -> RunChange:
    """The run is done. Raises as `tick_step`, Refused("checklist_unfinished" | "checklist_unanswered")."""
    on = desk.today
    rule = partial(rules.finish, on=on)
    return _do(desk, key, expected_version, rule, action="finish_checklist", ending=True)


@needs(Right.RUN_CHECKLISTS)
def abandon_run(desk: Desk, *, key: str, reason: str, expected_version: int) -> RunChange:
    """The run is given up, with the reason. Raises as `tick_step`, NotAllowed("checklist_of_another")."""
    on = desk.today
    rule = partial(rules.abandon, reason=reason, on=on)
    return _do(desk, key, expected_version, rule, action="abandon_checklist", ending=True)


@needs(Right.RUN_CHECKLISTS)
def reopen_run(desk: Desk, *, key: str, expected_version: int) -> RunChange:
    """A run that was finished or given up goes on. Raises as `abandon_run`."""
    return _do(desk, key, expected_version, rules.reopen, action="reopen_checklist", ending=True)


@needs(Right.RUN_CHECKLISTS)
def put_on_meeting(desk: Desk, *, key: str, position: int, meeting: str, expected_version: int) -> RunChange:
    """Put a step as a point on a coming meeting's agenda, where actions are decided; gives what it changed.

    A point of a run about a customer is about her. Raises as `tick_step` and `meetings.propose_item`.
    """
    with desk.writing() as work:
        run = writable(desk, work, key, expected_version=expected_version)
        if not 0 <= position < len(run.steps):
            raise Refused("checklist_step_gone")
        item = _add_point(desk, work, run, position, meeting)
        new = rules.link_item(run, position, item=item)
        kept = keep_run(work, old=run, new=new, expected_version=expected_version, action="write_checklist")
        work.commit()
    return RunChange(run, new, kept)


@needs(Right.RUN_CHECKLISTS)
def take_back(desk: Desk, *, change: RunChange) -> int:
    """Take a gesture back, if what it changed stands as it left it; gives the run's new version.

    Raises Conflict, NotFound, NotAllowed as the gesture itself.
    """
    with desk.writing() as work:
        ending = change.was.status is not change.left.status
        now, version = read_run(desk, work, change.left.key)
        writable(desk, work, change.left.key, expected_version=version, ending=ending)
        new = rules.put_back(now, left=change.left, was=change.was)
        kept = keep_run(work, old=now, new=new, expected_version=version, action="take_back_checklist")
        work.commit()
    return kept


def _add_point(desk: Desk, work: UnitOfWork, run: Run, position: int, key: str) -> str:
    """The point's key. What the run is about stands in its text, so that the meeting knows where it comes from."""
    directory = Directory(work.session)
    old, version = meetings.read(desk, work, key, directory=directory)
    if old.status not in (MeetingStatus.PLANNED, MeetingStatus.OPEN):
        raise Refused("meeting_state", status=old.status.label.lower())
    step = run.steps[position]
    bare = Item(
        key=meetings.new_item_key(old), heading=step.text, kind=ItemKind.CUSTOMER if run.customer else ItemKind.ADDED,
        text=f"Ur checklistan {run.title}.", raised_by=meetings.myself(desk), customer=run.customer,
    )  # fmt: skip
    item = replace(bare, heading=meetings.item_heading(work, directory, bare))
    new = replace(old, items=with_added(old.items, item))
    meetings.keep_change(work, directory, old, new, version)
    sight.log_gesture(work, new, action="propose_item", customers=())
    return item.key
