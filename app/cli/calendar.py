"""`teamforum calendar`: the meetings of a period as an iCalendar file, without customers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from app.domain.clock import day_begins


def add_calendar(commands: Any, *, period: Callable[[Any], None]) -> None:
    """The words of `calendar`."""
    one = commands.add_parser("calendar", help="skriv möten som en kalenderfil (.ics)")
    period(one)
    one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
    one.add_argument("--member", metavar="MEDARBETARE", help="bara de möten som en medarbetare är kallad till")
    one.add_argument("-o", dest="out", required=True, metavar="UT.ics", help="filen att skriva")


def run_calendar(found: argparse.Namespace, place: Any) -> int:
    """Write the file; what is cancelled is in it, marked so."""
    from app.exchange.calendar_file import write_calendar  # noqa: PLC0415 - the library only where used
    from app.exchange.files import write_file  # noqa: PLC0415
    from app.services.calls import calls_of_period  # noqa: PLC0415

    with closing(place.desk()) as desk:
        calls = calls_of_period(
            desk, from_=found.from_, to=found.to, unit=found.unit, member=found.member, calendar=True
        )
        # A day that was asked for gives the same file whenever it is written.
        at = desk.clock.instant() if desk.today == desk.true_day else day_begins(desk.today)
    write_file(Path(found.out), write_calendar(calls, at=at))
    return 0
