"""The year plan: what units demand, put to the planner, and its answer as meetings to book and to move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain.errors import Refused
from app.domain.proposed_year import Displaced, ProposedMeeting, ProposedYear
from app.domain.roles import Right
from app.domain.series import Series
from app.domain.year_plan.solve import solve
from app.domain.year_plan.values import Plan
from app.services import clashes, unseen
from app.services.desk import Desk, needs
from app.services.proposals import log_read
from app.services.series_meetings import Gesture, SeriesChange
from app.services.year_meetings import YearMeetings
from app.services.year_reading import read_problem
from app.services.year_series import with_new_series

LONGEST_DAYS = 800


Solver = Callable[..., Plan]
"""`domain.year_plan.solve.solve`, or what stands in its place, such as `plan_process.solve_apart`."""


def _never() -> bool:
    return False


@needs(Right.WRITE_MEETINGS)
def propose_year(
    desk: Desk, *, units_wanted: tuple[str, ...], from_: dt.date, to: dt.date, seconds: float = 30.0,
    stopped: Callable[[], bool] = _never, heard: Callable[[int], object] = lambda _: None, solver: Solver = solve,
) -> ProposedYear:  # fmt: skip
    """Every meeting that the routine asks of the units from day to day, without clashes; nothing is kept.

    What is held, announced or pinned stays; what is booked otherwise may get another time. `heard` is told of how many
    meetings each plan on the way has; `stopped` ends the search with the best so far. The window hands over a `solver`
    that works in another process. Raises Refused("plan_period") for a period that ends before it begins or is longer
    than two years, and what the solver raises.
    """
    if to < from_ or (to - from_).days > LONGEST_DAYS:
        raise Refused("plan_period", days=LONGEST_DAYS)
    asked, problem, known = read_problem(desk, units_wanted, first=from_, last=to)

    def tell(plan: Plan) -> None:
        heard(len(plan.placements))

    plan = solver(problem, seconds=seconds, on_plan=tell, stopped=stopped)
    asked, series = with_new_series(desk, asked, plan)
    found = YearMeetings(asked, problem, plan, known).all()
    log_read(desk, *(one.meeting for one in found))
    demands = {one.demand.key: one.demand for one in asked}
    return ProposedYear(
        meetings=tuple(_shown(desk, one) for one in found),
        displaced=tuple(
            Displaced(
                unit=demands[one.demand].unit, forum=demands[one.demand].forum, ward=demands[one.demand].ward,
                from_=one.was, to=one.date, reason=one.reason or "",
            )
            for one in plan.displaced
            if one.was is not None and from_ <= one.was != one.date
        ),
        conflicts=tuple(one.sentence for one in plan.conflicts),
        series=series,
    )  # fmt: skip


def _shown(desk: Desk, one: ProposedMeeting) -> ProposedMeeting:
    before = None if one.before is None else unseen.without_details(desk, one.before)
    return replace(one, meeting=unseen.without_details(desk, one.meeting), before=before)


@needs(Right.WRITE_MEETINGS)
def apply_year(desk: Desk, *, proposed: tuple[ProposedMeeting, ...], series: tuple[Series, ...] = ()) -> SeriesChange:
    """Book what is new with its series, and move what got another time, all or none; what to take it back with.

    Clashes are counted: with a meeting that was not moved along, or that somebody booked meanwhile.

    Raises Conflict when a meeting to be moved was changed meanwhile, Refused("planning_doubled") when somebody made a
    series of the same forum meanwhile.
    """
    with desk.writing() as work:
        gesture = Gesture(desk, work)
        for one in series:
            gesture.keep(old=None, new=one, version=None)
        for item in proposed:
            if item.before is not None and item.is_moved:
                gesture.move(item.before, item.version, to=item.meeting)
        gesture.book([one.meeting for one in proposed if one.is_new])
        work.commit()
    return replace(gesture.change, clashing=_clashing(desk, gesture.change))


def _clashing(desk: Desk, change: SeriesChange) -> int:
    """How many of the meetings that were booked or moved clash now: others of the plan may have been left out."""
    days = {one.key: one.date for one, _ in change.made} | {now.key: now.date for _, now in change.moved}
    if not days:
        return 0
    found = clashes.clashes_in(desk, from_=min(days.values()), to=max(days.values()))
    return len({one.first for one in found}.intersection(days))
