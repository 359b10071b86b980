"""Checklists as they ship: steps with guidance, and decision aids whose questions lead to one of several outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStep:
    """Something to do: what, how to go about it, and who usually does it."""

    text: str
    guidance: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer to a question: its words, and the question or the outcome it leads to."""

    text: str
    to: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A question of a decision aid."""

    key: str
    text: str
    guidance: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the answers come to: in words, within how many days of the day of contact, and what is to be done then."""

    key: str
    text: str
    guidance: str = ""
    days: int | None = None
    steps: tuple[TemplateStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The questions of a decision aid, the first one first, and its outcomes."""

    questions: tuple[Branch, ...]
    outcomes: tuple[Outcome, ...]

    def question(self, key: str) -> Branch:
        """The question of that key. Raises KeyError."""
        return {one.key: one for one in self.questions}[key]

    def outcome(self, key: str) -> Outcome:
        """The outcome of that key. Raises KeyError."""
        return {one.key: one for one in self.outcomes}[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A checklist to begin runs from; with a `tree` it is a decision aid, and its steps are those of the outcome.

    `days` is how long it usually takes, from which a run's last day is proposed.
    """

    key: str
    name: str
    purpose: str
    days: int | None = None
    steps: tuple[TemplateStep, ...] = ()
    tree: Tree | None = None


def template_from_dict(row: Mapping[str, Any]) -> Template:
    """A template from its JSON shape. Raises ValueError for one that leads nowhere or round in a ring."""
    tree = tree_from_dict(row["tree"]) if "tree" in row else None
    made = Template(
        key=row["key"], name=row["name"], purpose=row["purpose"], days=row.get("days"), tree=tree,
        steps=steps_from(row.get("steps", ())),
    )  # fmt: skip
    if bool(made.steps) == (tree is not None):
        raise ValueError(f"{made.key} has steps or a tree, and not both")
    return made


def steps_from(rows: Iterable[Mapping[str, Any]]) -> tuple[TemplateStep, ...]:
    """Steps from their JSON shapes."""
    return tuple(
        TemplateStep(text=row["text"], guidance=row.get("guidance", ""), role=row.get("role", "")) for row in rows
    )


def tree_from_dict(row: Mapping[str, Any]) -> Tree:
    """A tree from its JSON shape. Raises ValueError where an answer leads nowhere, backwards, or to no outcome."""
    tree = Tree(
        questions=tuple(
            Branch(
                key=one["key"], text=one["text"], guidance=one.get("guidance", ""),
                choices=tuple(Choice(**choice) for choice in one["choices"]),
            )
            for one in row["questions"]
        ),
        outcomes=tuple(
            Outcome(
                key=one["key"], text=one["text"], guidance=one.get("guidance", ""), days=one.get("days"),
                steps=steps_from(one["steps"]),
            )
            for one in row["outcomes"]
        ),
    )  # fmt: skip
    _check(tree)
    return tree


def _check(tree: Tree) -> None:
    """Every answer leads to a later question or to an outcome, so that every way through ends."""
    order = [one.key for one in tree.questions]
    outcomes = {one.key for one in tree.outcomes}
    for number, question in enumerate(tree.questions):
        for choice in question.choices:
            ahead = choice.to in order[number + 1 :]
            if ahead == (choice.outcome in outcomes) or not question.choices:
                raise ValueError(f"the answer {choice.text!r} of {question.key} leads nowhere")


def tree_to_dict(tree: Tree) -> dict[str, Any]:
    """The tree's JSON shape, as a run keeps it from its start."""
    return {
        "questions": [
            {
                "key": one.key, "text": one.text, "guidance": one.guidance,
                "choices": [{"text": own.text, "to": own.to, "outcome": own.outcome} for own in one.choices],
            }
            for one in tree.questions
        ],
        "outcomes": [
            {
                "key": one.key, "text": one.text, "guidance": one.guidance, "days": one.days,
                "steps": [{"text": own.text, "guidance": own.guidance, "role": own.role} for own in one.steps],
            }
            for one in tree.outcomes
        ],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of a path, with the answer that was given."""

    question: Branch
    answer: int

    @property
    def choice(self) -> Choice:
        """The answer itself."""
        return self.question.choices[self.answer]


def walked(tree: Tree, answers: Iterable[int]) -> tuple[Answered, ...]:
    """The questions that the answers were given to, in order. Raises ValueError for answers that fit no way through."""
    found: list[Answered] = []
    here: Branch | None = tree.questions[0]
    for answer in answers:
        if here is None or not 0 <= answer < len(here.choices):
            raise ValueError("these answers fit no way through the questions")
        found.append(Answered(here, answer))
        choice = here.choices[answer]
        here = tree.question(choice.to) if choice.to else None
    return tuple(found)


def next_question(tree: Tree, answers: Iterable[int]) -> Branch | None:
    """The question to answer now; None when the answers have come to an outcome."""
    path = walked(tree, answers)
    if not path:
        return tree.questions[0]
    return tree.question(path[-1].choice.to) if path[-1].choice.to else None


def outcome_of(tree: Tree, answers: Iterable[int]) -> Outcome | None:
    """What the answers have come to; None while questions are left."""
    path = walked(tree, answers)
    return tree.outcome(path[-1].choice.outcome) if path and path[-1].choice.outcome else None
