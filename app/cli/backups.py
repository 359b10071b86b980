"""The commands that keep and bring back: backup, restore and rescue."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.cli.output import print_json
from app.domain.backups import Contents, Preview, contents_in_words, notes_on, rescued_in_words, why_label
from app.domain.clock import to_wall_clock
from app.domain.errors import AccessDenied, Refused

if TYPE_CHECKING:
    from app.cli.commands import Place
    from app.cli.parser import Parser
    from app.services.doors import Proof

T = TypeVar("T")


def add_parsers(commands: argparse._SubParsersAction[Parser]) -> None:
    """The words of these commands."""
    one = commands.add_parser("backup", help="gör en säkerhetskopia som öppnas och kontrolleras")
    one.add_argument("folder", metavar="MAPP", help="mappen för kopian")
    one.add_argument("--json", action="store_true", help="skriv JSON")
    one = commands.add_parser("restore", help="återställ databasen från en säkerhetskopia; den gamla filen behålls")
    one.add_argument("backup", metavar="KOPIA", help="säkerhetskopians fil (.tfdb)")
    one.add_argument("--reason", default="", metavar="TEXT", help="varför, till loggen")
    one.add_argument("--dry-run", action="store_true", help="visa vad som finns i den utan att ändra något")
    one.add_argument("--json", action="store_true", help="skriv JSON")
    one = commands.add_parser("rescue", help="rädda det som går att läsa ur en skadad databas till en ny fil")
    one.add_argument("out", metavar="UT.tfdb", help="den nya filen")
    one.add_argument("--json", action="store_true", help="skriv JSON")


def backup(found: argparse.Namespace, place: Place) -> int:
    """Make a verified backup in the folder; prints its path and its receipt's line."""
    from app.services.backups import back_up, receipt_of  # noqa: PLC0415 - loaded when used

    with closing(place.desk()) as desk:
        made = back_up(desk, folder=Path(found.folder))
    receipt = receipt_of(made)
    if found.json:
        print_json({"path": str(made), "rows": dict(receipt.rows), "head": receipt.head})
        return 0
    print(made)
    print(f"Öppnad på nytt och kontrollerad: {sum(receipt.rows.values())} rader. Loggens slut: {receipt.head}.")
    return 0


def restore(found: argparse.Namespace, place: Place) -> int:
    """Show what is in the backup, and put it in the database's place unless it is only tried."""
    from app.services.restoring import preview_restore, restore_backup  # noqa: PLC0415 - loaded when used

    if not place.user:
        raise Refused("user_missing_cli")
    around, path, password = place.around(), Path(found.backup), place.password()
    if found.dry_run:
        shown = _proving(
            place,
            lambda proof: preview_restore(
                around, place.database, backup=path, user=place.user, password=password, proof=proof
            ),
        )
        _print_preview(shown, as_json=found.json)
        return 0
    done = _proving(
        place,
        lambda proof: restore_backup(
            around, place.database, backup=path, user=place.user, password=password,
            reason=found.reason or "kommandoraden", proof=proof,
        ),
    )  # fmt: skip
    if found.json:
        kept = {"kept": None if done.kept is None else str(done.kept), "restored": str(place.database)}
        print_json({**_as_json(done.preview), **kept})
        return 0
    _print_preview(done.preview, as_json=False)
    print(f"Återställd: {place.database}")
    if done.kept is not None:
        print(f"Den gamla filen finns kvar: {done.kept}")
    return 0


def rescue(found: argparse.Namespace, place: Place) -> int:
    """Write what can be read to a new file, and say of each kind of record how much it was."""
    from app.services.rescuing import rescue_database  # noqa: PLC0415 - loaded when used

    if not place.user:
        raise Refused("user_missing_cli")
    around, out, password = place.around(), Path(found.out), place.password()
    done = _proving(
        place,
        lambda proof: rescue_database(around, place.database, out=out, user=place.user, password=password, proof=proof),
    )
    if found.json:
        tables = {one.table: {"saved": one.saved, "lost": one.lost} for one in done.tables}
        print_json(
            {"path": str(done.path), "whole": done.whole, "tables": tables, "cleared": done.cleared,
             "log_broken": done.log_broken}
        )  # fmt: skip
        return 0
    for sentence in rescued_in_words(done):
        print(sentence)
    return 0


def _proving(place: Place, act: Callable[[Proof], T]) -> T:
    """Do it; where the database does not say who she is now, ask at the terminal for what shows it, and do it then."""
    from app.services.doors import ASK_FOR_KEY, ASK_FOR_PASSWORD, Proof  # noqa: PLC0415 - loaded when used

    try:
        return act(Proof())
    except AccessDenied as refused:
        if refused.code not in ASK_FOR_KEY:
            raise
        asks_password = refused.code in ASK_FOR_PASSWORD
        password = place.ask("Lösenordet du har nu, eller Enter för nyckeln") if asks_password else ""
        key = "" if password else place.ask("Återställningsnyckel ur kuvertet")
        if not password and not key:
            raise
        return act(Proof(password_now=password, recovery_key=key))


def _print_preview(shown: Preview, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(shown))
        return
    made = f", gjord {shown.at:%Y-%m-%d %H.%M} ({why_label(shown.why)})" if shown.at else ""
    print(f"Säkerhetskopian {shown.name}{made}")
    _print_contents("I kopian", shown.there)
    if shown.here is not None:
        _print_contents("Nu", shown.here)
    for note in notes_on(shown):
        print(note)


def _print_contents(name: str, contents: Contents) -> None:
    newest = "" if contents.newest is None else f"; senast ändrad {to_wall_clock(contents.newest):%Y-%m-%d %H.%M}"
    print(f"{name}: {'; '.join(contents_in_words(contents))}{newest}.")
    print(f"  Loggens slut: {contents.head}")


def _as_json(shown: Preview) -> dict[str, Any]:
    return {
        "backup": shown.name, "at": shown.at.isoformat() if shown.at else None, "why": shown.why or None,
        "receipt": shown.receipt, "there": _contents_json(shown.there), "now": shown.now.value,
        "here": None if shown.here is None else _contents_json(shown.here), "ended": list(shown.ended),
        "migrates": shown.migrates,
    }  # fmt: skip


def _contents_json(contents: Contents) -> dict[str, Any]:
    return {
        "schema": contents.schema, "units": list(contents.units), "members": contents.members,
        "customers": contents.customers, "meetings": contents.meetings, "approved": contents.approved,
        "newest": None if contents.newest is None else contents.newest.isoformat(), "log_rows": contents.log_rows,
        "head": contents.head, "log_broken": contents.log_broken, "accounts": list(contents.accounts),
    }  # fmt: skip
