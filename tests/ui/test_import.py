"""Taking in a file through the window: what it would do is shown first, a refused row by row, and nothing by halves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.exchange.json_file import write_document
from app.services import customers, meetings, team, transfer
from app.services.desk import Desk
from app.ui.operations import DirectRunner
from app.ui.settings.imports import ImportSection
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.support import audit_rows, surroundings


@pytest.fixture
def told() -> list[str]:
    """Which kinds of change the window was told of."""
    return []


@pytest.fixture
def section(desk: Desk, qtbot: QtBot, told: list[str]) -> ImportSection:
    """The section on a shown page."""
    load_fonts()
    place = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False))
    place.changed.connect(told.append)
    made = ImportSection(place)
    place.setParent(made)
    qtbot.addWidget(made)
    made.resize(860, 600)
    made.show()
    return made


def table(section: ImportSection) -> list[tuple[str, ...]]:
    return [(one.kind, one.name, one.where, one.becomes) for one in section.rows.rows_model.rows]


def members_file(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Namn", "Yrke", "Enhet", "Avdelning", "Natt", "Från"])
    sheet.append(["Åsa Öst", "usk", "Solgården", "Norr", "ja", dt.date(2026, 4, 1)])
    sheet.append(["Bo Ek", "Undersköterska", "Solgården", "Söder", "", None])
    sheet.append(["Dan Falk", "Fysioterapeut", "Solgården", "", "", None])
    path = folder / "team.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_shown_before_anything_is_kept(
    section: ImportSection, desk: Desk, tmp_path: Path, told: list[str]
) -> None:
    before = team.list_members(desk)
    section.read(members_file(tmp_path))
    assert section.state.text() == "team.xlsx: 1 ny medarbetare, 1 medarbetare som ändras, 1 oförändrad."
    assert table(section) == [
        ("Medarbetare", "Åsa Öst, Undersköterska", "Solgården, Norr", "Ny"),
        ("Medarbetare", "Bo Ek, Undersköterska", "Solgården, Norr, Söder", "Ändras"),
        ("Medarbetare", "Dan Falk, Fysioterapeut", "Solgården", "Oförändrad"),
    ]
    assert team.list_members(desk) == before
    assert told == []
    QTest.keyClick(section.take_button, Qt.Key.Key_Space)
    new = next(one.value for one in team.list_members(desk) if one.value.name == "Åsa Öst")
    assert (new.night, new.wards, new.from_) == (True, ("norr",), dt.date(2026, 4, 1))
    assert sorted(told) == ["members", "units"]
    assert section.state.text().startswith("Intaget ur team.xlsx: 1 ny medarbetare")
    assert not section.take_button.isVisible()


def test_a_file_that_is_not_wanted_leaves_no_trace(section: ImportSection, desk: Desk, tmp_path: Path) -> None:
    rows = audit_rows(desk)
    section.read(members_file(tmp_path))
    section.drop_button.click()
    assert section.incoming is None
    assert not section.take_button.isVisible()
    assert audit_rows(desk) == rows


def test_refused_rows_are_listed_with_line_column_and_reason(
    section: ImportSection, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "kunder.csv"
    path.write_bytes(
        "Referens;Enhet;Avdelning\nÖL;Solgården;Väst\n19121212-1212;Solgården;\nÅÄ;;Norr\n".encode("cp1252")
    )
    before = customers.list_customers(desk)
    section.read(path)
    assert [(one.line, one.column) for one in section.refused.rows_model.rows] == [(2, "Avdelning"), (3, "Referens")]
    assert section.refused.rows_model.rows[0].reason == "Avdelningen Väst finns inte i Solgården."
    assert section.state.text() == ("Filen tas inte in och ingenting är ändrat. Rätta 2 fel i filen och välj den igen.")
    assert not section.take_button.isVisible()
    assert customers.list_customers(desk) == before
    path.write_text("Referens;Enhet;Avdelning\nÖL;Solgården;Norr\n", encoding="utf-8")
    section.read(path)
    section.take()
    assert [one.value.reference for one in customers.list_customers(desk) if one.value.reference == "ÖL"] == ["ÖL"]


def test_an_exchange_file_shows_its_meetings_and_a_known_one_changes_nothing(
    section: ImportSection, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "allt.json"
    path.write_bytes(write_document(transfer.read_document(desk)))
    section.read(path)
    assert section.state.text() == "allt.json: 12 oförändrade. Det finns inget att ta in."
    assert not section.take_button.isVisible()
    assert ("Möte", "Teammöte, 2026-03-03 13.00", "Solgården", "Oförändrad") in table(section)
    assert ("Kund", "Gran 7", "Solgården, Norr", "Oförändrad") in table(section)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"teammote-1"', '"teammote-2"').replace("punkt-", "p-"), encoding="utf-8")
    section.read(path)
    assert section.state.text() == "allt.json: 1 nytt möte, 11 oförändrade."
    section.take()
    assert meetings.get_meeting(desk, key="teammote-2").value.items[3].heading == "Sommarfest"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lista.txt", b"Namn", "sluta på .xlsx, .csv eller .json"),
        ("trasig.xlsx", b"PK nej", "ingen läsbar XLSX"),
        ("annat.json", b"{}", "ingen utväxlingsfil"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(
    section: ImportSection, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    section.read(tmp_path / name)
    assert words in section.refused.rows_model.rows[0].reason
    assert section.choose_button.isEnabled()


def test_a_file_that_is_gone_is_told(section: ImportSection, tmp_path: Path) -> None:
    section.read(tmp_path / "borta.csv")
    assert "borta.csv gick inte att läsa" in section.state.text()


def test_a_file_may_be_dropped_on_the_page(section: ImportSection, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(members_file(tmp_path)))])
    none = Qt.KeyboardModifier.NoModifier
    section.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert len(table(section)) == 3
