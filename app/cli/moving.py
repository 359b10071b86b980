"""The command `move`: a database from a file to a server or back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.cli.output import print_json, print_table
from app.domain.address import Address, read_address

if TYPE_CHECKING:
    from app.cli.commands import Place
    from app.cli.parser import Parser


def add_move(commands: argparse._SubParsersAction[Parser]) -> None:
    """Declare the command."""
    one = commands.add_parser("move", help="kopiera databasen till en server eller en fil, kontrollerad rad för rad")
    one.add_argument("to", metavar="MÅL", help="en fil, eller postgresql+psycopg://användare@server/databas")
    one.add_argument("--json", action="store_true", help="skriv JSON")


def run_move(found: argparse.Namespace, place: Place) -> int:
    """Move, and print what each table holds."""
    from app.services.moving import move_database  # noqa: PLC0415 - only here

    target = read_address(found.to)
    desk = place.desk()
    try:
        tables = move_database(desk, to=target)
    finally:
        desk.close()
    if found.json:
        print_json({
            "to": str(target), "tables": [{"name": one.name, "rows": one.rows, "digest": one.digest} for one in tables]
        })  # fmt: skip
        return 0
    print_table(("Tabell", "Rader", "Kontrollsumma"), [(one.name, one.rows, one.digest[:16]) for one in tables])
    print(f"Alla rader finns i {target.name} och är likadana. Den gamla databasen är orörd: lägg undan den.")
    tell_letting_in(target)
    return 0


def tell_letting_in(address: Address) -> None:
    """On a server: what its keeper does so that more workstations get in. Nothing for a file."""
    from app.services.access import letting_in  # noqa: PLC0415 - only here

    if statement := letting_in(address):
        print(f"Fler arbetsplatser släpps in av den som sköter servern, en i taget med sin inloggning: {statement}")
