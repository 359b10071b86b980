"""A proposal as lines to accept one by one: what is new, what moves from where, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.proposed_year import ProposedMeeting, ProposedYear
from app.domain.swedish import short_date, span
from app.services.desk import Desk
from app.services.proposals import own_forum
from app.services.units import get_unit
from app.services.year_plan import Solver, propose_year
from app.ui.theme import Theme
from app.ui.widgets.tables import Column, Table

SECONDS = 120.0
"""How long a better plan is looked for, unless it is proved that there is none or the person has seen enough."""
_TICKED, _EMPTY = "☑", "☐"


@dataclass(slots=True, kw_only=True)
class Line:
    """One meeting that is new or moves; `wanted` is the person's to change."""

    proposed: ProposedMeeting
    name: str
    unit_name: str
    why: str
    daily: bool
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was proposed, and its lines in order of time."""

    year: ProposedYear
    lines: tuple[Line, ...]


def propose(
    desk: Desk, *, units_wanted: tuple[str, ...], first: dt.date, last: dt.date, stopped: Callable[[], bool],
    heard: Callable[[int], object], solver: Solver,
) -> Proposal:  # fmt: skip
    """Propose the period, with the names that its lines are read by."""
    year = propose_year(
        desk,
        units_wanted=units_wanted,
        from_=first,
        to=last,
        seconds=SECONDS,
        stopped=stopped,
        heard=heard,
        solver=solver,
    )
    units = {key: get_unit(desk, key=key).value for key in units_wanted}
    why = {(one.unit, one.forum, one.ward, one.to): f"{short_date(one.from_)}: {one.reason}" for one in year.displaced}
    lines = []
    for one in year.meetings:
        if not one.is_new and not one.is_moved:
            continue
        meeting, unit = one.meeting, units[one.meeting.unit]
        forum = own_forum(desk, unit=unit, forum=meeting.forum)
        ward = unit.ward(meeting.ward) if meeting.ward else None
        reason = why.get((meeting.unit, meeting.forum, meeting.ward, meeting.date), one.why if one.is_moved else "")
        lines.append(Line(
            proposed=one, name=f"{forum.name} {ward.name}" if ward else forum.name, unit_name=unit.name, why=reason,
            daily=forum.interval is not None and forum.interval.frequency == "daily",
        ))  # fmt: skip
    return Proposal(year=year, lines=tuple(lines))


class ProposalTable(Table[Line]):
    """The lines; the space bar ticks one and takes the tick away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            (
                Column(
                    self.tr("Boka"), lambda one: _TICKED if one.wanted else _EMPTY, width=60,
                    hover=lambda one: self.tr("Bokas") if one.wanted else self.tr("Bokas inte"),
                ),
                Column(self.tr("Dag"), lambda one: short_date(one.proposed.meeting.date), width=110),
                Column(
                    self.tr("Tid"), lambda one: span(one.proposed.meeting.start, one.proposed.meeting.end), width=110
                ),
                Column(self.tr("Möte"), lambda one: one.name),
                Column(self.tr("Enhet"), lambda one: one.unit_name, width=160, drop_below=760),
                Column(self.tr("Bokat nu"), self._before, width=180),
                Column(
                    self.tr("Varför"), lambda one: one.why, hover=lambda one: one.why, width=250, drop_below=900,
                    color=lambda one: theme.color("due") if one.why else None,
                ),
            ),
            name=self.tr("Föreslagna möten"),
        )  # fmt: skip
        self.clicked.connect(lambda index: self.space_pressed.emit(self.rows_model.rows[index.row()])
                             if index.column() == 0 else None)  # fmt: skip

    def _before(self, line: Line) -> str:
        before = line.proposed.before
        if before is None:
            return self.tr("ny")
        return f"{short_date(before.date)} {span(before.start, before.end)}"

    def turn(self, line: Line) -> None:
        """Want a line, or want it no more."""
        line.wanted = not line.wanted
        self.viewport().update()

    def mark_all(self, *, wanted: bool) -> None:
        """Want every line, or none."""
        for one in self.rows_model.rows:
            one.wanted = wanted
        self.viewport().update()
