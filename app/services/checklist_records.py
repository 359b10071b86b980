"""Runs of checklists in and out of their tables, as whole values, and who may see and change one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app import models as m
from app.domain.checklist_runs import Run, RunStatus, RunStep
from app.domain.checklists import tree_from_dict, tree_to_dict
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.roles import Right
from app.domain.sight import Reach
from app.services import planning_records as records
from app.services import sight
from app.services.desk import Desk
from app.services.meetings import myself
from app.services.records import Choice, Directory, Plain, Record, Reference, Who
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Questions(Plain):
    """A decision aid's questions, as JSON."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The tree, or None."""
        text = getattr(row, self.name)
        return None if text is None else tree_from_dict(json.loads(text))

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The tree as text."""
        return {self.name: None if value is None else json.dumps(tree_to_dict(value), ensure_ascii=False)}


@dataclass(frozen=True, slots=True)
class _Answers(Plain):
    """The numbers of the answers given, in order."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The numbers."""
        return tuple(int(one) for one in (getattr(row, self.name) or "").split())

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The numbers with spaces between."""
        return {self.name: " ".join(str(one) for one in value) or None}


_STEP = Record(RunStep, m.ChecklistStep, (
    Plain("text"), Plain("guidance"), Plain("role"), Who("responsible"), Plain("done_at"), Who("done_by"),
    Plain("note"), Plain("skipped"), Reference("item", "item_id", m.Item),
))  # fmt: skip
RUNS = records.Kind("checklists", Record(Run, m.ChecklistRun, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Plain("template"), Plain("name"), Plain("purpose"),
    Plain("about"), Who("owner"), Plain("started_on"), Plain("due"), Choice("status", kind=RunStatus),
    Plain("ended_on"), Plain("reason"), Reference("meeting", "meeting_id", m.Meeting),
    Reference("customer", "customer_id", m.Customer), _Questions("tree"), _Answers("answers"),
)), (records.Under("steps", m.ChecklistStep, "run_id", _STEP),))  # fmt: skip


def read_run(desk: Desk, work: UnitOfWork, key: str) -> tuple[Run, int]:
    """The whole run and its version; whoever gives it out shows it by `seen_by`.

    Raises NotFound, NotAllowed("not_your_unit").
    """
    found: tuple[Run, int] | None = records.load(work.session, RUNS, m.ChecklistRun.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Checklistan", key=key)
    if not desk.actor.sees(found[0].unit):
        raise NotAllowed("not_your_unit")
    return found


def sees_customer_of(desk: Desk, work: UnitOfWork, run: Run, known: Reach | None = None) -> bool:
    """Whether the person may see whom the run is about; so she may where it is about nobody."""
    if run.customer is None:
        return True
    home = select(m.Unit.key).join(m.Customer, m.Customer.unit_id == m.Unit.id).where(m.Customer.key == run.customer)
    reach = known or sight.reach(desk, work)
    return sight.sees_customer(desk, reach, key=run.customer, unit=work.session.scalars(home).one())


def is_owner(run: Run, desk: Desk) -> bool:
    """Whether the run is the person's own."""
    return run.owner == myself(desk)


def may_end(run: Run, desk: Desk) -> bool:
    """Whether the person may finish, give up, open again or take away the run: its owner, or an enhetschef."""
    return desk.may(Right.RUN_CHECKLISTS) and (is_owner(run, desk) or desk.may(Right.WRITE_REGISTERS))


def writable(desk: Desk, work: UnitOfWork, key: str, *, expected_version: int, ending: bool = False) -> Run:
    """The run, to be changed. Raises NotFound, NotAllowed, Conflict when it was changed meanwhile."""
    run, version = read_run(desk, work, key)
    if not sees_customer_of(desk, work, run):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if ending and not may_end(run, desk):
        raise NotAllowed("checklist_of_another")
    if version != expected_version:
        raise Conflict("changed_meanwhile")
    return run


def keep_run(work: UnitOfWork, *, old: Run, new: Run, expected_version: int, action: str) -> int:
    """Bring the tables from `old` to `new`, with a row in the log; gives the version after that."""
    if old == new:
        return expected_version
    records.change(work.session, Directory(work.session), RUNS, old=old, new=new)
    log_run(work, new, action=action)
    return expected_version + 1


def log_run(work: UnitOfWork, run: Run, *, action: str) -> None:
    """A row in the log, with the customer whom the run is about."""
    work.record(Event(action=action, object=f"checklist:{run.key}", customer=run.customer, unit=run.unit))
