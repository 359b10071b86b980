"""Runs of checklists: a template's copy with who does what until when, and the rules of its life.

A run is open until it is done or abandoned, and may be opened again. Its steps are a copy, so that a template that is
changed later rewrites nothing. A step is to be done, done, or not called for (ej aktuellt, with the reason).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.checklists import Outcome, Template, TemplateStep, Tree, outcome_of, walked
from app.domain.errors import Conflict, Refused
from app.domain.people import Person
from app.domain.swedish import number_word, short_date


class RunStatus(StrEnum):
    """A run's life."""

    OPEN = "open"
    DONE = "done"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """The state in Swedish."""
        return {"open": "Pågår", "done": "Klar", "abandoned": "Avbruten"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """One step of a run. `done_at` is Swedish wall-clock time; `skipped` is why it is not called for.

    `item` is the point by which it was put on a meeting's agenda.
    """

    text: str
    guidance: str = ""
    role: str = ""
    responsible: Person | None = None
    done_at: dt.datetime | None = None
    done_by: Person | None = None
    note: str | None = None
    skipped: str | None = None
    item: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.done_at is not None or self.skipped is not None

    @property
    def is_touched(self) -> bool:
        """Whether anybody did or wrote anything in it."""
        return self.is_settled or bool(self.note or self.item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A checklist under way: the template's copy, whose it is, its days, its steps, and for a decision aid the answers.

    `about` says what it is about and never names a customer; `customer` is there for who may see her.
    `hidden` says that it is about a customer whom the reader may not see: notes, answers and reasons are left out.
    """

    key: str
    unit: str
    template: str
    name: str
    purpose: str = ""
    about: str | None = None
    owner: Person | None = None
    started_on: dt.date
    due: dt.date | None = None
    status: RunStatus = RunStatus.OPEN
    ended_on: dt.date | None = None
    reason: str | None = None
    meeting: str | None = None
    customer: str | None = None
    tree: Tree | None = None
    answers: tuple[int, ...] = ()
    steps: tuple[RunStep, ...] = ()
    hidden: bool = False

    @property
    def title(self) -> str:
        """`1177-moment för en grupp: hälsodeklaration`."""
        return f"{self.name}: {self.about}" if self.about else self.name

    @property
    def settled(self) -> int:
        """How many steps are done or not called for."""
        return sum(1 for step in self.steps if step.is_settled)

    @property
    def outcome(self) -> Outcome | None:
        """What a decision aid has come to."""
        return outcome_of(self.tree, self.answers) if self.tree else None

    @property
    def limit(self) -> dt.date | None:
        """The last day of what a decision aid has come to, counted from the day of contact (its first day)."""
        outcome = self.outcome
        return self.started_on + dt.timedelta(days=outcome.days) if outcome and outcome.days is not None else None

    def is_late(self, today: dt.date) -> bool:
        """Whether its last day is past and it is not finished."""
        return self.status is RunStatus.OPEN and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class RunChange:
    """What a gesture did: the run before and after it, and its version now. Enough to take it back."""

    was: Run
    left: Run
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run in a list: nothing of any customer."""

    key: str
    unit: str
    unit_name: str
    title: str
    owner: Person | None
    owner_name: str
    started_on: dt.date
    due: dt.date | None
    status: RunStatus
    ended_on: dt.date | None
    settled: int
    steps: int
    version: int

    def is_late(self, today: dt.date) -> bool:
        """Whether its last day is past and it is not finished."""
        return self.status is RunStatus.OPEN and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSteps:
    """What waits for one person in a run that is to be ready soon, as Idag shows it; `first` is the first step."""

    run: str
    position: int
    title: str
    unit_name: str
    due: dt.date
    count: int
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run as it is opened: names looked up, the customer's label where she may be seen, the meeting in words."""

    run: Run
    version: int
    unit_name: str
    names: Mapping[str, str]
    customer_label: str = ""
    meeting_heading: str = ""
    items: Mapping[str, tuple[str, str]]
    """For each step's point: the key of its meeting and the meeting in words."""
    may_write: bool
    may_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPaper:
    """What a checklist's paper holds: a run, or a template to fill in by hand (`run` is None)."""

    template: Template | None = None
    view: RunView | None = None
    unit_name: str
    setting_label: str = ""
    prepared_on: dt.date


def begin(
    template: Template, *, key: str, unit: str, owner: Person | None, on: dt.date, due: dt.date | None = None,
    about: str | None = None, meeting: str | None = None, customer: str | None = None,
) -> Run:  # fmt: skip
    """A new run of the template: its steps and questions copied. A decision aid gets its steps with its outcome."""
    run = Run(
        key=key, unit=unit, template=template.key, name=template.name, purpose=template.purpose,
        about=_text(about), owner=owner, started_on=on, due=due, meeting=meeting, customer=customer,
        tree=template.tree, steps=copied(template.steps),
    )  # fmt: skip
    check_days(run)
    return run


def proposed_due(template: Template, *, today: dt.date) -> dt.date | None:
    """The last day to propose for a run that begins today."""
    return today + dt.timedelta(days=template.days) if template.days is not None else None


def copied(steps: tuple[TemplateStep, ...]) -> tuple[RunStep, ...]:
    """A template's steps as steps of a run."""
    return tuple(RunStep(text=one.text, guidance=one.guidance, role=one.role) for one in steps)


def check_days(run: Run) -> None:
    """Raise Refused("checklist_days") when it is to be ready before it begins."""
    if run.due is not None and run.due < run.started_on:
        raise Refused("checklist_days", day=short_date(run.started_on))


def tick(run: Run, position: int, *, by: Person, at: dt.datetime) -> Run:
    """A step is done; one that was not called for is after all. Raises Refused."""
    return _with_step(run, position, done_at=at.replace(second=0, microsecond=0), done_by=by, skipped=None)


def untick(run: Run, position: int) -> Run:
    """A step is to be done again, whether it was done or not called for. Raises Refused."""
    return _with_step(run, position, done_at=None, done_by=None, skipped=None)


def skip(run: Run, position: int, *, reason: str) -> Run:
    """A step is not called for. Raises Refused("checklist_reason_missing")."""
    if not reason.strip():
        raise Refused("checklist_reason_missing")
    return _with_step(run, position, done_at=None, done_by=None, skipped=reason.strip())


def write_step(run: Run, position: int, *, responsible: Person | None, note: str | None) -> Run:
    """Who is to do a step, and what is noted of it. Raises Refused."""
    return _with_step(run, position, responsible=responsible, note=_text(note))


def link_item(run: Run, position: int, *, item: str) -> Run:
    """A step stands on a meeting's agenda as that point. Raises Refused."""
    return _with_step(run, position, item=item)


def change(run: Run, *, about: str | None, owner: Person | None, due: dt.date | None, meeting: str | None) -> Run:
    """Whose it is, until when, and of which meeting. Raises Refused("checklist_days" | "checklist_closed")."""
    _require_open(run)
    changed = replace(run, about=_text(about), owner=owner, due=due, meeting=meeting)
    check_days(changed)
    return changed


def answer(run: Run, answers: tuple[int, ...]) -> Run:
    """The answers of a decision aid so far; an outcome brings its steps and its last day with it.

    Going back is refused once a step of the outcome was done or written in. Raises Refused("checklist_answers" |
    "checklist_steps_begun" | "checklist_closed").
    """
    _require_open(run)
    if run.tree is None:
        raise Refused("checklist_answers")
    try:
        walked(run.tree, answers)
    except ValueError as error:
        raise Refused("checklist_answers") from error
    if answers == run.answers:
        return run
    if any(step.is_touched for step in run.steps):
        raise Refused("checklist_steps_begun")
    changed = replace(run, answers=answers)
    outcome = changed.outcome
    return replace(changed, due=changed.limit, steps=copied(outcome.steps) if outcome else ())


def finish(run: Run, *, on: dt.date) -> Run:
    """The run is done. Raises Refused("checklist_unfinished" | "checklist_unanswered" | "checklist_closed")."""
    _require_open(run)
    if run.tree is not None and run.outcome is None:
        raise Refused("checklist_unanswered")
    left = len(run.steps) - run.settled
    if left:
        raise Refused("checklist_unfinished", left=number_word(left, "steg", "steg"))
    return replace(run, status=RunStatus.DONE, ended_on=on, reason=None)


def abandon(run: Run, *, reason: str, on: dt.date) -> Run:
    """The run is given up, with the reason. Raises Refused("checklist_reason_missing" | "checklist_closed")."""
    _require_open(run)
    if not reason.strip():
        raise Refused("checklist_reason_missing")
    return replace(run, status=RunStatus.ABANDONED, ended_on=on, reason=reason.strip())


def reopen(run: Run) -> Run:
    """A run that was finished or given up goes on. Raises Refused("checklist_open")."""
    if run.status is RunStatus.OPEN:
        raise Refused("checklist_open")
    return replace(run, status=RunStatus.OPEN, ended_on=None, reason=None)


_CHANGING = ("about", "owner", "due", "status", "ended_on", "reason", "meeting", "answers")
"""What gestures change of a run besides its steps; never its unit, its questions or whom it is about."""


def put_back(now: Run, *, left: Run, was: Run) -> Run:
    """Take a gesture back that brought a run from `was` to `left`: what it changed has to stand as it left it.

    So several gestures in a row can be taken back, and what others did elsewhere in the run meanwhile stays.
    Raises Conflict when any of it was changed since, Refused("checklist_closed") in a run that ended since.
    """
    changed = {name: getattr(was, name) for name in _CHANGING if getattr(left, name) != getattr(was, name)}
    if any(getattr(now, name) != getattr(left, name) for name in changed):
        raise Conflict("changed_meanwhile")
    if "status" not in changed:
        _require_open(now)
    found = replace(now, **changed, steps=_steps_put_back(now, left=left, was=was))
    if found.status is RunStatus.DONE and found.settled < len(found.steps):
        raise Conflict("changed_meanwhile")
    return found


def _steps_put_back(now: Run, *, left: Run, was: Run) -> tuple[RunStep, ...]:
    if len(left.steps) != len(was.steps):
        if now.steps != left.steps:
            raise Conflict("changed_meanwhile")
        return was.steps
    if len(now.steps) != len(left.steps):
        raise Conflict("changed_meanwhile")
    found = list(now.steps)
    for number, (before, after) in enumerate(zip(was.steps, left.steps, strict=True)):
        if before != after:
            if found[number] != after:
                raise Conflict("changed_meanwhile")
            found[number] = before
    return tuple(found)


def without_customer(run: Run) -> Run:
    """The run as somebody reads it who may not see its customer: what was written of her is left out."""
    if run.customer is None:
        return run
    steps = tuple(
        replace(step, note=None, skipped="" if step.skipped is not None else None, item=None) for step in run.steps
    )
    if run.tree is not None:  # which steps there are tells what was answered
        steps = ()
    return replace(
        run, customer=None, about=None, reason=None, answers=(), due=None if run.tree else run.due, steps=steps,
        meeting=None, hidden=True,
    )  # fmt: skip


def progress_words(settled: int, steps: int) -> str:
    """`7 av 12`; empty while a decision aid has no steps."""
    return f"{settled} av {steps}" if steps else ""


def outcome_words(run: Run) -> str:
    """`Medicinsk bedömning senast tor 5 mars`; empty while questions are left."""
    outcome = run.outcome
    if outcome is None:
        return ""
    return f"{outcome.text} senast {short_date(run.limit)}" if run.limit else outcome.text


def _with_step(run: Run, position: int, **changed: object) -> Run:
    _require_open(run)
    if not 0 <= position < len(run.steps):
        raise Refused("checklist_step_gone")
    steps = list(run.steps)
    steps[position] = replace(steps[position], **changed)  # type: ignore[arg-type] # fields of a step
    return replace(run, steps=tuple(steps))


def _require_open(run: Run) -> None:
    if run.status is not RunStatus.OPEN:
        raise Refused("checklist_closed", status=run.status.label.lower())


def _text(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None if text is None or "\n" not in text else text.strip() or None
