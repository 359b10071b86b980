"""`teamforum import`: an exchange file or a sheet, all or nothing, with each refused row."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import print_json
from app.domain.document import LIST_WORDS, ImportResult, Problem
from app.domain.errors import ImportRefused, NotAllowed
from app.domain.roles import Right
from app.domain.swedish import number_word
from app.domain.wording import wording

if TYPE_CHECKING:
    from app.cli.commands import Place
    from app.services.desk import Desk

LARGEST_IMPORT = 500_000_000


def run_import(found: argparse.Namespace, place: Place) -> int:
    """Take a file in, all or nothing, and print what was refused."""
    from app.exchange.files import read_file  # noqa: PLC0415
    from app.services import transfer  # noqa: PLC0415

    path = Path(found.data)
    data = read_file(path, largest=LARGEST_IMPORT)
    desk = place.desk()
    try:
        if not desk.may(Right.EXCHANGE):  # before the file is read: what is wrong with it is not hers to know
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        document = _document(desk, path, data)
        result = transfer.take_in(desk, document=document, dry_run=found.dry_run)
    except ImportRefused as error:
        _print_import(found, ImportResult(refused=error.problems))
        print(wording(error), file=sys.stderr)
        return 1
    finally:
        desk.close()
    _print_import(found, result)
    taken = (
        ", ".join(number_word(count, *LIST_WORDS[name][1:]) for name, count in result.imported.items() if count)
        or "inget nytt"
    )
    print(f"{'Prövat' if found.dry_run else 'Inläst'}: {taken}, {result.untouched} oförändrade.", file=sys.stderr)
    return 0


def _document(desk: Desk, path: Path, data: bytes) -> Any:
    if path.suffix.lower() in (".xlsx", ".csv"):
        from app.exchange.sheets import read_sheet  # noqa: PLC0415
        from app.services.imports import known_to_sheets  # noqa: PLC0415

        return read_sheet(data, name=path.name, known=known_to_sheets(desk))
    if path.suffix.lower() == ".json":
        from app.exchange.json_file import read_document  # noqa: PLC0415

        return read_document(data)
    raise ImportRefused(
        "import_refused",
        problems=(Problem(line=0, column="", reason="Filens namn ska sluta på .json, .xlsx eller .csv."),),
    )


def _print_import(found: argparse.Namespace, result: ImportResult) -> None:
    if found.json:
        whole: dict[str, Any] = {"imported": result.imported, "refused": [_as_json(one) for one in result.refused]}
        if result.warnings:
            whole["warnings"] = [_as_json(one) for one in result.warnings]
        print_json(whole)
        return
    for one in result.refused:
        print(_as_text(one))
    for one in result.warnings:
        print(f"varning, {_as_text(one)}")


def _as_json(one: Problem) -> dict[str, Any]:
    return {"line": one.line, "column": one.column, "reason": one.reason}


def _as_text(one: Problem) -> str:
    where = ", ".join(part for part in (f"rad {one.line}" if one.line else "", one.column) if part)
    return f"{where}: {one.reason}" if where else one.reason
