"""`teamforum audit`: the check of the log, and extracts of it as PDF."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import print_json
from app.domain.errors import Refused
from app.domain.log import Head, LogExtract, LogState
from app.domain.log_words import break_words, state_words

if TYPE_CHECKING:
    from app.cli.commands import Place
    from app.cli.parser import Parser


def add_audit(commands: argparse._SubParsersAction[Parser], *, period: Callable[[Parser], None]) -> None:
    """Add the words of `audit verify` and `audit extract`; `period` adds --from and --to."""
    whole = commands.add_parser("audit", help="kontrollera loggen eller ta ut den som PDF")
    parts = whole.add_subparsers(
        prog="teamforum audit", dest="what", metavar="VAD", parser_class=type(whole), required=True
    )
    one = parts.add_parser("verify", help="kontrollera varje rad i loggen")
    one.add_argument("--json", action="store_true", help="skriv JSON")
    one = parts.add_parser("extract", help="skriv ett loggutdrag som PDF")
    about = one.add_mutually_exclusive_group(required=True)
    about.add_argument("--customer", metavar="KUND", help="vem som gjort vad med en kunds uppgifter")
    about.add_argument("--user", dest="name", metavar="ANVÄNDARE", help="vad en användare har gjort")
    period(one)
    one.add_argument("-o", dest="out", required=True, metavar="UT.pdf", help="filen att skriva")


def run_audit(found: argparse.Namespace, place: Place) -> int:
    """Run `audit verify` or `audit extract`."""
    return _verify(found, place) if found.what == "verify" else _extract(found, place)


def _verify(found: argparse.Namespace, place: Place) -> int:
    from app.services.log_check import check_log  # noqa: PLC0415 - `forums` needs no database

    if not place.user:
        raise Refused("user_missing_cli")
    state = check_log(place.around(), place.database, user=place.user, password=place.password())
    if found.json:
        print_json(_state(state))
    elif state.whole:
        print(state_words(state))
        if state.head is not None:
            print(f"Loggens slut: {state.head.words}")
    else:
        for one in state.breaks:
            print(break_words(one))
    if state.whole:
        return 0
    print(state_words(state), file=sys.stderr)
    return 1


def _state(state: LogState) -> dict[str, Any]:
    return {
        "ok": state.whole,
        "rows": state.rows,
        "head": _head(state.head),
        "anchor": _head(state.anchor),
        "breaks": [
            {"kind": one.kind.value, "sequence": one.sequence, "was": one.was, "text": break_words(one)}
            for one in state.breaks
        ],
    }


def _head(head: Head | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {"sequence": head.sequence, "mac": head.mac.hex(), "at": head.at.isoformat(), "text": head.words}


def _extract(found: argparse.Namespace, place: Place) -> int:
    from app.exchange.files import write_file  # noqa: PLC0415
    from app.reports import log_extract  # noqa: PLC0415
    from app.services import log  # noqa: PLC0415

    with closing(place.desk()) as desk:
        extract: LogExtract = (
            log.customer_extract(desk, customer=found.customer, from_=found.from_, to=found.to)
            if found.customer
            else log.user_extract(desk, user=found.name, from_=found.from_, to=found.to)
        )
    out = io.BytesIO()
    log_extract.draw(extract, out)
    write_file(Path(found.out), out.getvalue())
    return 0
