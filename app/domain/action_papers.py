"""What is taken out about actions: a list for a spreadsheet, and slips for those who have no account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.action_lists import Gathered
from app.domain.meetings import ActionRow
from app.domain.swedish import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSheet:
    """The actions of a list as they leave the program; without customers where the person may not take them out."""

    rows: tuple[ActionRow, ...]
    unit_names: dict[str, str]
    with_customers: bool
    """Whether the file has columns for customers at all."""
    has_customer_data: bool
    about: str
    """What was asked for, in words: `Försenade`."""
    made_by: str
    made_on: dt.date
    gathered: Gathered = Gathered.BY_DUE
    """How the rows are put in order, and under which headings they stand on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTask:
    """One thing to do: of whom, when, where it was decided, and whom to tell how it went."""

    text: str
    due: dt.date | None
    customer_label: str | None
    decided: str
    """`Teammöte Norr, tis 3 mars`."""
    report_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSlip:
    """What somebody without an account is to do (routine 1: whoever is named responsible has to know it)."""

    name: str
    unit_name: str
    tasks: tuple[SlipTask, ...]
    has_customer_data: bool
    prepared_on: dt.date


def in_turn(tasks: Iterable[SlipTask]) -> tuple[SlipTask, ...]:
    """The earliest due first, undated ones last."""
    return tuple(sorted(tasks, key=lambda one: (one.due is None, one.due or dt.date.max)))


def by_name(slips: Iterable[TaskSlip]) -> tuple[TaskSlip, ...]:
    """The slips by the names on them."""
    return tuple(sorted(slips, key=lambda one: (sort_key(one.name), one.unit_name)))
