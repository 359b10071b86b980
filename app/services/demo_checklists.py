"""The demo's checklists: some under way, one late, one finished, and a decision aid about a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain import checklist_runs as rules
from app.domain.catalogue import Setting
from app.domain.checklist_runs import Run
from app.domain.document import Document
from app.domain.meetings import MeetingStatus
from app.services import planning_records
from app.services.checklist_records import RUNS, log_run
from app.services.checklists import template_of
from app.services.desk import Desk
from app.services.records import Directory


def add_checklists(document: Document, desk: Desk) -> None:
    """Put the runs beside what the document brought in; the first unit's enhetschef has most of them."""
    runs = _runs(document, desk)
    with desk.writing() as work:
        planning_records.insert(work.session, Directory(work.session), RUNS, runs)
        for run in runs:
            log_run(work, run, action="start_checklist")
        work.commit()


def _runs(document: Document, desk: Desk) -> list[Run]:
    today, home = desk.today, document.units[0].key
    leader = document.members[0].key
    staff = [one.key for one in document.members if home in one.units and one.key != leader]
    begun = today - dt.timedelta(days=12)
    opening = _begun(desk, "1177-moment", home, owner=leader, on=begun, due=today + dt.timedelta(days=4))
    opening = replace(opening, about="hälsodeklaration före årskontroll")
    for number in (2, 4, 8):
        opening = rules.write_step(opening, number, responsible=staff[number % len(staff)], note=None)
    opening = _ticked(opening, (0, 1, 2, 4, 5), by=(leader, *staff[:2]))
    opening = rules.write_step(
        opening, 1, responsible=leader, note="Omkring 120 i gruppen. Räkna med 70 svar, en halv dag i veckan."
    )
    opening = rules.skip(opening, 3, reason="Samma väg som för andra formulär; den är beskriven.")
    return [opening, *_others(document, desk, leader=leader, staff=staff)]


def _others(document: Document, desk: Desk, *, leader: str, staff: Sequence[str]) -> list[Run]:
    today, home = desk.today, document.units[0].key
    coming = [
        one for one in document.meetings
        if one.unit == home and one.forum == "apt" and one.date > today and one.status is MeetingStatus.PLANNED
    ]  # fmt: skip
    meeting = min(coming, key=lambda one: one.date, default=None)
    found = []
    if meeting is not None:
        prepare = _begun(desk, "forbereda-mote", home, owner=leader, on=today, due=meeting.date)
        found.append(_ticked(replace(prepare, meeting=meeting.key, about="APT"), (0, 1), by=(leader,)))
    about = next((one.key for one in document.customers if one.unit == home and not one.protected), None)
    aid = replace(_begun(desk, "vardgaranti", home, owner=leader, on=today - dt.timedelta(days=1)), customer=about)
    found.append(_ticked(rules.answer(aid, (0, 0, 1, 0)), (0,), by=(leader,)))
    asked = _begun(desk, "delaktighet", home, owner=staff[0], on=today - dt.timedelta(days=30))
    asked = _ticked(asked, range(len(asked.steps)), by=staff[:2])
    found.append(rules.finish(asked, on=today - dt.timedelta(days=16)))
    late = next((one for one in document.units if one.setting is Setting.ORDINART_BOENDE), document.units[0])
    owner = next((one.key for one in document.members if late.key in one.units), leader)
    first, last = today - dt.timedelta(days=95), today - dt.timedelta(days=5)
    new = _begun(desk, "nytt-arbetssatt", late.key, owner=owner, on=first, due=last)
    found.append(_ticked(replace(new, about="digital nyckelhantering"), range(9), by=(owner,)))
    return found


def _begun(desk: Desk, template: str, unit: str, *, owner: str, on: dt.date, due: dt.date | None = None) -> Run:
    return rules.begin(
        template_of(desk.catalogue, template),
        key=f"{template}-{on.isoformat()}",
        unit=unit,
        owner=owner,
        on=on,
        due=due,
    )


def _ticked(run: Run, positions: Sequence[int], *, by: Sequence[str]) -> Run:
    for number, position in enumerate(positions):
        at = dt.datetime.combine(run.started_on + dt.timedelta(days=number // 2), dt.time(9 + number % 6, 15))
        run = rules.tick(run, position, by=by[number % len(by)], at=at)
    return run
