"""The only place that wires parts together: clock, shipped lists, command line and window."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.address import Address, read_address
from app.domain.clock import to_wall_clock
from app.domain.errors import AccessDenied, KnownError, Refused
from app.domain.wording import wording
from app.paths import default_database, resource

if TYPE_CHECKING:
    import argparse

    from app.domain.catalogue import Catalogue
    from app.domain.team import Professions
    from app.services.access import Surroundings

USER_VARIABLE, PASSWORD_VARIABLE = "TEAMFORUM_USER", "TEAMFORUM_PASSWORD"
TODAY_VARIABLE = "TEAMFORUM_TODAY"
COMMAND_WAIT = 5.0
"""Seconds a command waits for a database that somebody else has open."""


class SystemClock:
    """The machine's clock in Swedish time; `$TEAMFORUM_TODAY` sets the date for tests and trials."""

    def __init__(self, today: dt.date | None = None) -> None:
        self._today = today

    @classmethod
    def from_environment(cls) -> SystemClock:
        """The clock as the environment asks for it. Raises Refused("today_unreadable") for a bad date."""
        text = os.environ.get(TODAY_VARIABLE)
        try:
            return cls(dt.date.fromisoformat(text) if text else None)
        except ValueError as error:
            raise Refused("today_unreadable", text=text) from error

    def today(self) -> dt.date:
        """Today's date in Sweden."""
        return self.now().date()

    def now(self) -> dt.datetime:
        """Swedish wall-clock time, without zone."""
        now = to_wall_clock(self.instant())
        return now if self._today is None else dt.datetime.combine(self._today, now.time())

    def instant(self) -> dt.datetime:
        """This instant in UTC; the log always has the true time."""
        return dt.datetime.now(dt.UTC)


_FOR_OTHERS = 0o077
"""What other users of the computer may not do with any file or folder that the program makes: read, write, enter."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What ships with the program as data."""

    catalogue: Catalogue
    professions: Professions
    common_passwords: frozenset[str]


def load_lists() -> Lists:
    """The catalogue, the professions and the most common passwords, from `resources/`."""
    from app.domain.catalogue import catalogue_from_json  # noqa: PLC0415 - not needed before the first paint
    from app.domain.checklists import template_from_dict  # noqa: PLC0415
    from app.domain.swedish import sort_key  # noqa: PLC0415
    from app.domain.team import Professions  # noqa: PLC0415

    forums = json.loads(resource("catalogue", "forums.json").read_text(encoding="utf-8"))
    professions = json.loads(resource("professions.json").read_text(encoding="utf-8"))
    common = resource("passwords", "common.txt").read_text(encoding="utf-8").split()
    checklists = [json.loads(one.read_text(encoding="utf-8")) for one in sorted(resource("checklists").glob("*.json"))]
    themes = json.loads(resource("catalogue", "year_wheel.json").read_text(encoding="utf-8"))
    templates = sorted((template_from_dict(row) for row in checklists), key=lambda one: sort_key(one.name))
    instruments = json.loads(resource("instruments.json").read_text(encoding="utf-8"))
    catalogue = catalogue_from_json(forums, themes=themes, checklists=templates, instruments=instruments)
    return Lists(catalogue, Professions.from_json(professions), frozenset(common))


def make_surroundings(*, wait: float) -> Surroundings:
    """What every desk gets; `wait` is how many seconds to wait for a database somebody else has open."""
    from app.services.access import Surroundings  # noqa: PLC0415 - the ORM comes after the first paint

    lists = load_lists()
    clock = SystemClock.from_environment()
    return Surroundings(
        clock, lists.catalogue, lists.professions, lists.common_passwords, wait=wait,
        dictionary=resource("spelling", "sv_SE"),
    )  # fmt: skip


def _window_surroundings() -> Surroundings:
    """The window does not wait for a database that is open elsewhere: it says so at once."""
    return make_surroundings(wait=0.0)


def run(arguments: Sequence[str]) -> int:
    """Run the window or one command; every fault is one Swedish line and status 1, wrong usage status 2."""
    from app.cli.parser import parse  # noqa: PLC0415

    _use_utf8()
    os.umask(_FOR_OTHERS)
    found = parse(arguments)
    try:
        database = read_address(found.database or default_database())
        user = found.user if found.user is not None else os.environ.get(USER_VARIABLE, "")
        if found.self_test:
            from app.ui.self_test import self_test  # noqa: PLC0415

            return self_test(around=_window_surroundings, material=demo_material())
        if found.draw:
            from app.ui.tour import tour  # noqa: PLC0415

            folder = Path(found.draw)
            return tour(folder, around=_window_surroundings, material=demo_material(), everything=found.draw_all)
        if found.command is None:
            from app.ui.application import open_window  # noqa: PLC0415

            return open_window(database, user=user, around=_window_surroundings)
        return _command(found, database=database, user=user)
    except KnownError as error:
        print(wording(error), file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 1
    except Exception as error:  # noqa: BLE001 - a bug: one line for the person, the place of it for us
        from app.faultlog import note_fault  # noqa: PLC0415

        note_fault(error)
        print(wording(KnownError("unexpected")), file=sys.stderr)
        return 1


def _command(found: argparse.Namespace, *, database: Address, user: str) -> int:
    from app.cli.commands import Place, run_command  # noqa: PLC0415

    place = Place(
        database=database,
        user=user,
        password=_password,
        around=lambda: make_surroundings(wait=COMMAND_WAIT),
        catalogue=lambda: load_lists().catalogue,
        demo_material=demo_material,
        ask=_ask,
    )
    return run_command(found, place)


def demo_material() -> dict[str, object]:
    """The made-up names and texts of the demo municipality."""
    found: dict[str, object] = json.loads(resource("demo", "municipality.json").read_text(encoding="utf-8"))
    return found


def _password() -> str:
    """The password from the environment, else typed unseen. An empty variable is a wrong password."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        if not given:
            raise AccessDenied("wrong_password")
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise AccessDenied("password_missing")
    return getpass.getpass("Lösenord: ")


def _ask(words: str) -> str:
    """What is typed unseen, whatever the environment says of the password; empty without a terminal."""
    return getpass.getpass(f"{words}: ") if sys.stdin and sys.stdin.isatty() else ""


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
