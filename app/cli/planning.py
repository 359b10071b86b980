"""`teamforum plan`: the meetings of a period proposed, and booked with --apply."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from typing import Any

from app.cli.output import print_json, print_table


def add_plan(commands: Any, *, period: Callable[[Any], None], json: Callable[[Any], None]) -> None:
    """The words of `plan`."""
    one = commands.add_parser("plan", help="föreslå periodens möten efter rutinen")
    one.add_argument("--unit", action="append", required=True, metavar="ENHET", help="enhetens nyckel, en eller flera")
    period(one)
    one.add_argument("--apply", action="store_true", help="boka förslaget")
    json(one)


def run_plan(found: argparse.Namespace, place: Any) -> int:
    """Propose the year, and book it when asked to."""
    from app.services.year_plan import apply_year, propose_year  # noqa: PLC0415 - the solver only where it is used

    with closing(place.desk()) as desk:
        year = propose_year(desk, units_wanted=tuple(found.unit), from_=found.from_, to=found.to)
        if found.apply:
            apply_year(desk, proposed=year.meetings, series=year.series_of(year.meetings))
    if found.json:
        print_json({
            "meetings": [_meeting(one.meeting) for one in year.meetings],
            "displaced": [
                {"unit": one.unit, "forum": one.forum, "from": one.from_.isoformat(), "to": one.to.isoformat(),
                 "reason": one.reason}
                for one in year.displaced
            ],
            "conflicts": list(year.conflicts),
        })  # fmt: skip
        return 0
    rows = [
        (one.meeting.date, f"{one.meeting.start:%H.%M}–{one.meeting.end:%H.%M}", one.meeting.unit,
         one.meeting.ward or "", one.meeting.forum, "ny" if one.is_new else "flyttas" if one.is_moved else "står kvar")
        for one in year.meetings
    ]  # fmt: skip
    print_table(("Dag", "Tid", "Enhet", "Avdelning", "Forum", "Läge"), rows)
    if year.displaced:
        print()
        print_table(("Flyttad från", "Till", "Enhet", "Avdelning", "Forum", "Varför"), [
            (one.from_, one.to, one.unit, one.ward or "", one.forum, one.reason) for one in year.displaced
        ])  # fmt: skip
    for sentence in year.conflicts:
        print(sentence)
    return 0


def _meeting(meeting: Any) -> dict[str, Any]:
    return {
        "unit": meeting.unit, "ward": meeting.ward, "forum": meeting.forum, "date": meeting.date.isoformat(),
        "start": f"{meeting.start:%H:%M}", "end": f"{meeting.end:%H:%M}", "place": meeting.place,
        "participants": list(meeting.participants), "customers": list(meeting.customers),
        "occasion": meeting.occasion,
    }  # fmt: skip
