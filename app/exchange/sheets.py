"""XLSX and CSV files of members or customers: rows to values, each refused row with its line, column and reason."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.customers import Customer
from app.domain.document import Document, Known, Problem
from app.domain.errors import ImportRefused, KnownError
from app.domain.keys import free_key, key_from
from app.domain.personnummer import has_personnummer
from app.domain.storable import is_storable, storable
from app.domain.team import Member
from app.domain.units import Unit, Ward
from app.domain.wording import wording

MEMBER_COLUMNS = ("Namn", "Yrke", "E-post", "Telefon", "Natt", "Enhet", "Avdelning", "Från", "Till")
CUSTOMER_COLUMNS = ("Referens", "Enhet", "Avdelning", "Lägenhet", "Skyddad")
LARGEST_UNPACKED = 200_000_000
_YES, _NO = frozenset({"ja", "j", "x", "true", "1", "sant"}), frozenset({"", "nej", "n", "false", "0", "falskt"})
Rows = Iterable[Sequence[Any]]


def read_sheet(data: bytes, *, name: str, known: Known) -> Document:
    """The members or customers of a file, by its ending. Raises ImportRefused with every refused row.

    A row that names somebody already registered (same name, profession and unit; same reference and unit) is that one.
    """
    rows = _xlsx_rows(data) if name.lower().endswith(".xlsx") else _csv_rows(data)
    iterator = iter(rows)
    header = [str(cell or "").strip().removesuffix("(ja/nej)").strip() for cell in next(iterator, ())]
    kind, columns = _columns(header)
    numbered = [(line, row) for line, row in enumerate(iterator, start=2) if any(_text(cell) for cell in row)]
    if problems := tuple(_unstorable(header, numbered)):
        _refuse(*problems)
    return _members(columns, numbered, known) if kind == "members" else _customers(columns, numbered, known)


def _unstorable(header: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Problem]:
    """Cells whose text cannot be kept."""
    for line, row in ((1, header), *rows):
        for number, cell in enumerate(row):
            if isinstance(cell, str) and not is_storable(cell):
                column = storable(header[number]) if number < len(header) else ""
                reason = "Cellen innehåller NUL eller ett halvt tecken och går inte att spara."
                yield Problem(line=line, column=column, reason=reason)


def _columns(header: Sequence[str]) -> tuple[str, dict[str, int]]:
    folded = [name.casefold() for name in header]
    for kind, wanted, needed in (("members", MEMBER_COLUMNS, "Namn"), ("customers", CUSTOMER_COLUMNS, "Referens")):
        if needed.casefold() in folded:
            names = {name.casefold(): name for name in wanted}
            unknown = [name for name, low in zip(header, folded, strict=True) if low and low not in names]
            if unknown:
                _refuse(
                    Problem(
                        line=1,
                        column=unknown[0],
                        reason=f"Kolumnen {unknown[0]} finns inte. Tillåtna: {', '.join(wanted)}.",
                    )
                )
            return kind, {names[low]: n for n, low in enumerate(folded) if low}
    _refuse(Problem(line=1, column="", reason="Första raden ska ha kolumnerna Namn, Yrke … eller Referens, Enhet …"))
    raise AssertionError  # _refuse never returns


def _refuse(*problems: Problem) -> None:
    raise ImportRefused("import_refused", problems=problems)


def _csv_rows(data: bytes) -> Rows:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    csv.field_size_limit(1_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        _refuse(Problem(line=0, column="", reason="Filen går inte att läsa som CSV."))
        return ()


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _xlsx_rows(data: bytes) -> Rows:
    import openpyxl  # noqa: PLC0415 - only where a workbook is read

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                _refuse(Problem(line=0, column="", reason="Arbetsboken är orimligt stor när den packas upp."))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        try:
            sheet = book.worksheets[0]
            return [[cell.value for cell in row] for row in sheet.iter_rows()]
        finally:
            book.close()
    except ImportRefused:
        raise
    except Exception as error:  # a hostile workbook can make the library raise anything
        raise ImportRefused(
            "import_refused", problems=(Problem(line=0, column="", reason="Filen är ingen läsbar XLSX-arbetsbok."),)
        ) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


class _Row:
    """One row by column name, gathering what is wrong with it."""

    def __init__(self, line: int, cells: Sequence[Any], columns: Mapping[str, int]) -> None:
        self.line, self.problems = line, list[Problem]()
        self._cells, self._columns = cells, columns

    def raw(self, name: str) -> Any:
        place = self._columns.get(name)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    def text(self, name: str) -> str:
        return _text(self.raw(name))

    def fault(self, column: str, reason: str) -> None:
        self.problems.append(Problem(line=self.line, column=column, reason=reason))

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found:
            self.fault(name, f"{name} saknas.")
        return found

    def yes(self, name: str) -> bool:
        word = self.text(name).casefold()
        if word not in _YES and word not in _NO:
            self.fault(name, "Skriv ja eller nej.")
        return word in _YES

    def day(self, name: str) -> dt.date | None:
        cell = self.raw(name)
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if not _text(cell):  # blanks too
            return None
        try:
            return dt.date.fromisoformat(_text(cell))
        except ValueError:
            self.fault(name, "Skriv datumet som 2026-03-02.")
            return None


class _Places:
    """Units and wards by key or name."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = {word.casefold(): unit for unit in units for word in (unit.name, unit.key)}
        self._only = units[0] if len(units) == 1 else None

    def of(self, row: _Row) -> tuple[Unit | None, Ward | None]:
        name, ward_name = row.text("Enhet"), row.text("Avdelning")
        unit = self._units.get(name.casefold()) if name else self._only
        if unit is None:
            row.fault("Enhet", f"Enheten {name} finns inte." if name else "Enhet saknas.")
            return None, None
        if not ward_name:
            return unit, None
        wanted = ward_name.casefold()
        ward = next((one for one in unit.wards if wanted in (one.name.casefold(), one.key)), None)
        if ward is None:
            row.fault("Avdelning", f"Avdelningen {ward_name} finns inte i {unit.name}.")
        return unit, ward


def _members(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Any]]], known: Known) -> Document:
    places, problems = _Places(known.units), list[Problem]()
    taken = {one.key for one in known.members}
    there = {(one.name.casefold(), one.profession.casefold(), unit): one for one in known.members for unit in one.units}
    found: dict[str, Member] = {}
    for line, cells in rows:
        row = _Row(line, cells, columns)
        name, profession = row.needed("Namn"), row.needed("Yrke")
        unit, ward = places.of(row)
        first, last, night = row.day("Från"), row.day("Till"), row.yes("Natt")
        if has_personnummer(name):
            row.fault("Namn", wording(KnownError("personnummer_in_name")))
        if first and last and last < first:
            row.fault("Till", "Slutdatumet ligger före startdatumet.")
        if row.problems or unit is None:
            problems += row.problems
            continue
        listed = known.professions.find(profession)
        profession = listed.name if listed else profession
        same = there.get((name.casefold(), profession.casefold(), unit.key))
        key = same.key if same else free_key(key_from(name, fallback="medarbetare"), taken)
        taken.add(key)
        earlier = found.get(key) or same or Member(key=key, name=name, profession=profession, units=(unit.key,))
        member = replace(
            earlier, name=name, profession=profession, wards=_with(earlier.wards, ward.key if ward else None),
            night=night or earlier.night,
            email=row.text("E-post") or earlier.email, phone=row.text("Telefon") or earlier.phone,
            from_=first or earlier.from_,
            to=last or earlier.to,
        )  # fmt: skip
        found[key] = there[(name.casefold(), profession.casefold(), unit.key)] = member
    if problems:
        _refuse(*problems)
    return Document(members=tuple(found.values()))


def _with(wards: tuple[str, ...], added: str | None) -> tuple[str, ...]:
    return wards if added is None or added in wards else (*wards, added)


def _customers(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Any]]], known: Known) -> Document:
    places, problems = _Places(known.units), list[Problem]()
    taken = {one.key for one in known.customers}
    there = {(one.reference.casefold(), one.unit, one.apartment or ""): one for one in known.customers}
    found: dict[str, Customer] = {}
    for line, cells in rows:
        row = _Row(line, cells, columns)
        reference, protected = row.needed("Referens"), row.yes("Skyddad")
        unit, ward = places.of(row)
        for column in ("Referens", "Lägenhet"):
            if has_personnummer(row.text(column)):
                row.fault(column, wording(KnownError("personnummer_in_reference")))
        if row.problems or unit is None:
            problems += row.problems
            continue
        apartment = row.text("Lägenhet") or None
        same = there.get((reference.casefold(), unit.key, apartment or ""))
        key = same.key if same else known.new_customer_key(taken)
        taken.add(key)
        earlier = same or Customer(key=key, reference=reference, unit=unit.key)
        customer = replace(
            earlier,
            ward=ward.key if ward else earlier.ward,
            apartment=apartment or earlier.apartment,
            protected=protected or earlier.protected,
        )
        if customer.protected and not customer.code:
            customer = replace(customer, code=f"Skyddad {key[-4:]}")
        found[key] = there[(reference.casefold(), unit.key, apartment or "")] = customer
    if problems:
        _refuse(*problems)
    return Document(customers=tuple(found.values()))
