"""A file on its way in, read and tried in the worker: its rows as a person reads them, and what each would become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.catalogue import Setting
from app.domain.document import LIST_WORDS, Document, ImportResult, Problem
from app.domain.errors import ImportRefused
from app.domain.swedish import clock, number_word
from app.exchange.files import read_file
from app.exchange.json_file import LARGEST, read_document
from app.exchange.sheets import read_sheet
from app.services.desk import Desk
from app.services.imports import known_to_sheets
from app.services.transfer import take_in
from app.services.units import list_units
from app.ui.settings.incoming_planning import planned_rows

NEW, CHANGED, SAME = "Ny", "Ändras", "Oförändrad"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """One thing of the file: its kind, what it is called, where it belongs, what becomes of it."""

    kind: str
    name: str
    where: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file that may be taken in."""

    file: str
    document: Document
    rows: tuple[IncomingRow, ...]
    summary: str
    warnings: tuple[Problem, ...]
    """Texts that seem to hold a personnummer."""
    anything: bool
    """Whether it would change anything at all."""


def read_incoming(desk: Desk, path: Path) -> Incoming:
    """Read and try the file without keeping anything. Raises ImportRefused or StorageFault."""
    document = _document(desk, path, read_file(path, largest=LARGEST))
    result = take_in(desk, document=document, dry_run=True)
    rows = sorted(_rows(desk, document, result), key=lambda one: (NEW, CHANGED, SAME).index(one.becomes))
    return Incoming(
        file=path.name, document=document, rows=tuple(rows), summary=_summary(result),
        warnings=result.warnings,
        anything=bool(result.added or result.changed),
    )  # fmt: skip


def _document(desk: Desk, path: Path, data: bytes) -> Document:
    ending = path.suffix.lower()
    if ending in (".xlsx", ".csv"):
        return read_sheet(data, name=path.name, known=known_to_sheets(desk))
    if ending == ".json":
        return read_document(data)
    reason = "Filens namn ska sluta på .xlsx, .csv eller .json."
    raise ImportRefused("import_refused", problems=(Problem(line=0, column="", reason=reason),))


def _summary(result: ImportResult) -> str:
    """`3 nya medarbetare, 1 ändrad` in words: counts of new, changed and unchanged."""
    parts = []
    for name, (fresh, one, many) in LIST_WORDS.items():
        new = sum(1 for kind, _ in result.added if kind == name)
        changed = sum(1 for kind, _ in result.changed if kind == name)
        if new:
            parts.append(number_word(new, f"{fresh} {one}", f"nya {many}"))
        if changed:
            parts.append(f"{number_word(changed, one, many)} som ändras")
    if result.untouched:
        parts.append(number_word(result.untouched, "oförändrad", "oförändrade"))
    return ", ".join(parts) or "Filen är tom"


def _rows(desk: Desk, document: Document, result: ImportResult) -> Iterator[IncomingRow]:
    units = {one.value.key: one.value for one in list_units(desk)} | {one.key: one for one in document.units}
    names = {key: one.name for key, one in units.items()}
    wards = {ward.key: ward.name for one in units.values() for ward in one.wards}
    forums = {(one.setting, one.key): one.name for one in desk.catalogue.all}

    def row(kind: str, key: str, name: str, *where: str | None) -> IncomingRow:
        becomes = NEW if (kind, key) in result.added else CHANGED if (kind, key) in result.changed else SAME
        return IncomingRow(
            kind=LIST_WORDS[kind][1].capitalize(), name=name, where=", ".join(filter(None, where)), becomes=becomes
        )

    for unit in document.units:
        yield row("units", unit.key, unit.name, unit.setting.label, _count(len(unit.wards)))
    for member in document.members:
        places = [names.get(key, key) for key in member.units] + [wards.get(key, key) for key in member.wards]
        yield row("members", member.key, f"{member.name}, {member.profession}", *places)
    for customer in document.customers:
        yield row("customers", customer.key, customer.label, names.get(customer.unit), wards.get(customer.ward or ""))
    labels = {one.key: one.label for one in document.customers}
    for kind, key, name, home in planned_rows(document, labels):
        yield row(kind, key, name, names.get(home or "", home))
    for meeting in document.meetings:
        setting = units[meeting.unit].setting if meeting.unit in units else Setting.LEDNING
        forum = forums.get((setting, meeting.forum)) or forums.get((Setting.LEDNING, meeting.forum), meeting.forum)
        when = f"{meeting.date.isoformat()} {clock(meeting.start)}"
        yield row("meetings", meeting.key, f"{meeting.title or forum}, {when}", names.get(meeting.unit))


def _count(wards: int) -> str:
    return number_word(wards, "avdelning", "avdelningar")
