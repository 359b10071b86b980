"""The command line's words: commands, options and help, all in Swedish."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from typing import NoReturn

from app.cli import backups
from app.cli.audit import add_audit
from app.cli.calendar import add_calendar
from app.cli.moving import add_move
from app.cli.planning import add_plan

_WINDOW_OPTIONS = frozenset({"-d", "-u"})
"""With nothing but these the window is wanted, and the commands need not be made: it opens the sooner."""


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions, groups, prefix: str | None = None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Begin the usage line in Swedish."""
        super().add_usage(usage, actions, groups, prefix or "användning: ")


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Swedish and ends with status 2 on wrong usage."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **kwargs)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "kommando", "val"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Say in Swedish that the command was wrong, and where help is to be had."""
        place = next((word.strip("':,") for word in message.split() if word.startswith(("-", "'-"))), "")
        named = f" vid {place}" if place else ""
        self.exit(2, f"{self.prog}: kommandot är fel skrivet{named}. Skriv teamforum --help för hjälp.\n")


def _day(text: str) -> dt.date:
    if len(text) != 10:
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def _window_parser() -> Parser:
    """What the window alone understands."""
    parser = Parser(
        prog="teamforum", description="Möten, minnesanteckningar och uppföljning för vård- och omsorgsenheter."
    )
    parser.add_argument("-d", dest="database", metavar="DATABAS", help="databasfilen (annars TEAMFORUM_DATABASE)")
    parser.add_argument("-u", dest="user", metavar="ANVÄNDARE", help="användaren (annars TEAMFORUM_USER)")
    parser.add_argument("--self-test", action="store_true", help="prova hela programmet i en ny databas")
    parser.add_argument("--draw", metavar="MAPP", help="rita varje sida och dokument av demokommunen till en mapp")
    parser.add_argument("--draw-all", action="store_true", help="rita även mörkt utseende och 150 procents skala")
    return parser


def make_parser() -> Parser:
    """The parser of `teamforum`."""
    parser = _window_parser()
    commands = parser.add_subparsers(prog="teamforum", dest="command", metavar="KOMMANDO", parser_class=Parser)
    _databases(commands)
    backups.add_parsers(commands)
    _lists(commands)
    _search(commands)
    _papers(commands)
    add_plan(commands, period=lambda one: _period(one, required=True), json=_json)
    add_calendar(commands, period=lambda one: _period(one, required=True))
    add_move(commands)
    add_audit(commands, period=lambda one: _period(one, required=False))
    return parser


def _databases(commands: argparse._SubParsersAction[Parser]) -> None:
    from app.domain.catalogue import Setting  # noqa: PLC0415 - the window opens without it

    one = commands.add_parser("init", help="skapa en ny databas med en enhet")
    one.add_argument("--unit", required=True, metavar="NAMN", help="enhetens namn")
    one.add_argument(
        "--setting",
        required=True,
        choices=[setting.value for setting in Setting],
        metavar="NYCKEL",
        help="verksamhetsform",
    )
    one.add_argument("--full-name", default="", metavar="NAMN", help="ditt namn")
    commands.add_parser("demo", help="skapa en databas med en påhittad kommun")
    one = commands.add_parser("forums", help="visa rutinens mötesforum")
    one.add_argument(
        "--setting", choices=[setting.value for setting in Setting], metavar="NYCKEL", help="bara en verksamhetsform"
    )
    _json(one)
    one = commands.add_parser("import", help="läs in en fil: JSON, XLSX eller CSV")
    one.add_argument("data", metavar="FIL")
    one.add_argument("--dry-run", action="store_true", help="prova utan att ändra något")
    _json(one)
    one = commands.add_parser("export", help="skriv allt till en JSON-fil")
    one.add_argument("out", metavar="UT.json")
    one = commands.add_parser("check", help="kontrollera databasen")
    _json(one)


def _lists(commands: argparse._SubParsersAction[Parser]) -> None:
    one = commands.add_parser("units", help="lista enheter")
    one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
    _json(one)
    one = commands.add_parser("members", help="lista medarbetare")
    one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
    _json(one)
    from app.domain.customers import CustomerStatus  # noqa: PLC0415 - as above
    from app.domain.meetings import ActionStatus, MeetingStatus  # noqa: PLC0415

    statuses = (
        ("customers", "lista kunder", CustomerStatus),
        ("meetings", "lista möten", MeetingStatus),
        ("actions", "lista åtgärder", ActionStatus),
    )
    for name, words, kind in statuses:
        one = commands.add_parser(name, help=words)
        one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
        one.add_argument("--status", choices=[status.value for status in kind], metavar="STATUS", help="bara en status")
        if name != "customers":
            _period(one, required=False)
        _json(one)


def _search(commands: argparse._SubParsersAction[Parser]) -> None:
    one = commands.add_parser("search", help="sök i allt som är skrivet")
    one.add_argument("words", nargs="+", metavar="ORD", help='ord, början på ord, eller "en fras"')
    one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
    _period(one, required=False)
    _json(one)


def _papers(commands: argparse._SubParsersAction[Parser]) -> None:
    for name, words in (("agenda", "skriv agendor som PDF"), ("minutes", "skriv minnesanteckningar som PDF")):
        one = commands.add_parser(name, help=words)
        one.add_argument("--meeting", metavar="MÖTE", help="mötets nyckel")
        _period(one, required=False)
        one.add_argument("--unit", metavar="ENHET", help="bara en enhet")
        one.add_argument("-o", dest="out", required=True, metavar="UT.pdf", help="filen att skriva")
        one.add_argument("--appendices", action="store_true", help="med bilagor som är PDF eller bild bakom")
        if name == "agenda":
            one.add_argument("--poster", action="store_true", help="som anslag utan uppgifter om kunder")
        else:
            _forms(one)


def _forms(one: argparse.ArgumentParser) -> None:
    from app.domain.minutes_forms import MinutesForm  # noqa: PLC0415 - the window opens without it

    one.add_argument(
        "--form", choices=[form.value for form in MinutesForm], default=MinutesForm.FULL.value, metavar="FORM",
        help="full (hela), no-customers (utan kunduppgifter), decisions (bara besluten) eller extract (en kunds del)",
    )  # fmt: skip
    one.add_argument("--customer", metavar="KUND", help="kundens nyckel, för --form extract")
    one.add_argument("--archive", action="store_true", help="för långtidsarkivet (PDF/A-2b)")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv JSON")


def _period(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--from", dest="from_", type=_day, required=required, metavar="DATUM", help="från och med")
    parser.add_argument("--to", type=_day, required=required, metavar="DATUM", help="till och med")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace; wrong usage ends the program with status 2."""
    if len(arguments) % 2 == 0 and set(arguments[::2]) <= _WINDOW_OPTIONS:
        return argparse.Namespace(command=None, **vars(_window_parser().parse_args(arguments)))
    parser = make_parser()
    found = parser.parse_args(arguments)
    if found.command in ("agenda", "minutes") and bool(found.meeting) == bool(found.from_ and found.to):
        parser.error("--meeting")
    if found.command in ("agenda", "minutes") and found.meeting and (found.from_ or found.to):
        parser.error("--from")
    if found.command == "minutes" and (found.form == "extract") != bool(found.customer):
        parser.error("--customer")
    return found
