"""CSV and XLSX of members and customers: the ways people save them, and each bad row with its line and column."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import partial
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.customers import Customer
from app.domain.document import Document, Problem
from app.domain.errors import ImportRefused
from app.domain.team import Member
from app.exchange.sheets import read_sheet
from app.services import customers, imports, team, transfer
from app.services.desk import Desk
from tests.exchange.material import refusal_of

MEMBERS = (
    "Namn;Yrke;E-post;Telefon;Natt (ja/nej);Enhet;Avdelning;Från;Till\n"
    "Åsa Öberg;usk;asa@exempel.se;070-123;ja;Solgården;Norr;2026-01-01;\n"
    "Bo Ek;Undersköterska;;;nej;solgarden;Söder;;2026-12-31\n"
)
CUSTOMERS = "Referens;Enhet;Avdelning;Lägenhet;Skyddad\nÅÖ;Solgården;Norr;1104;nej\nXY;Solgården;;;ja\n"


def read(desk: Desk, data: bytes, name: str = "fil.csv") -> Document:
    return read_sheet(data, name=name, known=imports.known_to_sheets(desk))


def refused(desk: Desk, data: bytes, name: str = "fil.csv") -> tuple[Problem, ...]:
    with pytest.raises(ImportRefused) as caught:
        read(desk, data, name)
    return caught.value.problems


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_members_come_in_however_they_were_saved(desk: Desk, coding: str, delimiter: str) -> None:
    found = read(desk, MEMBERS.replace(";", delimiter).replace("\n", "\r\n").encode(coding))
    assert found.members == (
        Member(
            key="asa-oberg", name="Åsa Öberg", profession="Undersköterska", units=("solgarden",), wards=("norr",),
            email="asa@exempel.se", phone="070-123", night=True, from_=dt.date(2026, 1, 1),
        ),
        Member(
            key="bo-ek", name="Bo Ek", profession="Undersköterska", units=("solgarden",), wards=("norr", "soder"),
            to=dt.date(2026, 12, 31),
        ),
    )  # fmt: skip
    transfer.take_in(desk, document=found)
    assert team.get_member(desk, key="bo-ek").value.wards == ("norr", "soder")
    assert set(transfer.take_in(desk, document=read(desk, MEMBERS.encode())).imported.values()) == {0}


def test_customers_get_keys_that_say_nothing_of_them(desk: Desk) -> None:
    found = read(desk, CUSTOMERS.encode("cp1252"))
    plain, hidden = found.customers
    assert plain == Customer(key=plain.key, reference="ÅÖ", unit="solgarden", ward="norr", apartment="1104")
    assert plain.key.startswith("kund-")
    assert hidden.protected
    assert "XY" not in hidden.label
    transfer.take_in(desk, document=found)
    assert len(customers.list_customers(desk)) == 6
    again = read(desk, CUSTOMERS.encode())
    assert {one.key for one in again.customers} == {plain.key, hidden.key}, "the same row is the same customer"


def test_a_workbook_with_dates_and_numbers(desk: Desk) -> None:
    data = workbook(
        ("Namn", "Yrke", "Natt", "Telefon", "Från"),
        ("Åsa Öberg", "Sjuksköterska", "nej", 701234567.0, dt.datetime(2026, 1, 1)),  # noqa: DTZ001
        (None, None, None, None, None),
        ("Ny Person", "Kock", None, None, "2026-02-01"),
    )
    first, second = read(desk, data, "Personal.XLSX").members
    assert (first.phone, first.from_) == ("701234567", dt.date(2026, 1, 1))
    assert (second.profession, second.from_, second.units) == ("Kock", dt.date(2026, 2, 1), ("solgarden",))


def test_each_bad_cell_is_told_with_line_and_column(desk: Desk) -> None:
    rows = "Namn;Yrke;Natt;Enhet;Avdelning;Från;Till\n" + "Åsa Berg;Kock;;Solgården;;;\n" * 998
    rows += ";Kock;kanske;Månen;;igår;\nBo;;;Solgården;Väst;2026-02-01;2026-01-01\n"
    assert [(one.line, one.column) for one in refused(desk, rows.encode())] == [
        (1000, "Namn"), (1000, "Enhet"), (1000, "Från"), (1000, "Natt"),
        (1001, "Yrke"), (1001, "Avdelning"), (1001, "Till"),
    ]  # fmt: skip
    assert [(one.line, one.column) for one in refused(desk, b"Namn;Yrke;Lon\nBo;Kock;1")] == [(1, "Lon")]
    assert refused(desk, b"Kolumn;Annan\n1;2")[0].line == 1
    number = refused(desk, "Referens;Enhet\n811218-9876;Solgården\n".encode())
    assert [(one.line, one.column) for one in number] == [(2, "Referens")]


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-x", "@SUM(A1)", "\t=1", "<b>fet</b>", "' OR 1=1 --"])
def test_what_looks_like_a_formula_is_only_text(desk: Desk, text: str) -> None:
    for data, name in (
        (workbook(("Namn", "Yrke"), (text, "Kock")), "a.xlsx"),
        (f"Namn;Yrke\n{text};Kock".encode(), "a.csv"),
    ):
        (found,) = read(desk, data, name).members
        assert found.name == text.strip()


def test_no_workbook_no_zip_bomb_no_null(desk: Desk) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 210_000_000)
    hostile = (
        (out.getvalue(), "a.xlsx"),
        (b"PK\x03\x04trasig", "a.xlsx"),
        (b"", "a.xlsx"),
        (b"", "a.csv"),
        (b"Namn;Yrke\nA\0B;Kock", "a.csv"),
        (b"\0\1\2" * 99, "a.csv"),
    )
    for data, name in hostile:
        assert refused(desk, data, name)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.integers(0, 60))
@example(b"\x81\x8d", 10)
def test_scratched_files_are_read_or_refused(desk: Desk, put: bytes, at: int) -> None:
    for data in (MEMBERS.encode(), CUSTOMERS.encode()):
        problems = refusal_of(partial(read, desk, data[:at] + put + data[at:]))
        assert problems is None or problems
