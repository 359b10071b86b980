"""The one way of a matter: from where it was raised, through each meeting that took it up, to what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.meetings import Action, ActionStatus, Item, ItemKind, MeetingStatus
from app.domain.swedish import number_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One point on the way, at its meeting; `came` is what came of it there, in words.

    A station that the person may not see says when it was and nothing of the matter, and cannot be opened.
    """

    meeting: str
    meeting_heading: str
    date: dt.date
    status: MeetingStatus
    item: str
    heading: str
    kind: ItemKind
    customer: str | None
    how: str
    came: tuple[str, ...]
    open: bool
    """Whether something waits there: an action, an answer, a place on an agenda."""
    hidden: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The stations by time, those before the point that was asked about and those after it."""

    stations: tuple[Station, ...]

    @property
    def has_way(self) -> bool:
        """Whether there is more than the point itself."""
        return len(self.stations) > 1

    @property
    def returned(self) -> bool:
        """Whether the point that was asked about was taken up again somewhere."""
        places = [number for number, one in enumerate(self.stations) if one.here]
        return bool(places) and places[0] < len(self.stations) - 1


def came_here(item: Item, *, raised_by: str) -> str:
    """How the matter came to the meeting, in words."""
    if item.carried_from and item.kind is ItemKind.LIFTED:
        return "Lyft hit"
    if item.kind is ItemKind.CARRIED:
        return "Följde med från förra mötet"
    if item.kind is ItemKind.CUSTOMER and not raised_by:
        return "Kundens tur på mötet"
    return f"Anmäld av {raised_by}" if raised_by else "På dagordningen"


def outcomes(item: Item, *, held: bool, lifted_name: str) -> tuple[str, ...]:
    """What came of the point, in short lines; of a meeting that is not held, that it is planned."""
    if not held and not item.dealt_with:
        return ("Planerad",)
    lines = [_counted(len(item.assessments), "riskbedömning", "riskbedömningar")]
    lines += [f"Beslut: {text}" for text in item.decisions]
    lines += [_action(one) for one in item.actions]
    for asked in item.questions:
        lines.append(f"Fråga: {asked.question} – {'besvarad' if asked.answer else 'väntar på svar'}")
    if item.lifted_to:
        lines.append(f"Lyft till {lifted_name}")
    if held and not item.dealt_with:
        lines.append("Togs inte upp")
    elif held and not any(lines):
        lines.append("Behandlad")
    return tuple(line for line in lines if line)


def waits(item: Item) -> bool:
    """Whether an action or a question of the point waits."""
    undone = any(one.status is ActionStatus.OPEN for one in item.actions)
    return undone or any(not one.answer for one in item.questions)


def _counted(count: int, one: str, many: str) -> str:
    return number_word(count, one, many).capitalize() if count else ""


def _action(one: Action) -> str:
    state = one.status.label.lower()
    done = f" {one.done_on.day}/{one.done_on.month}" if one.done_on else ""
    result = f": {one.result}" if one.result else ""
    return f"Åtgärd: {one.text} – {state}{done}{result}"
