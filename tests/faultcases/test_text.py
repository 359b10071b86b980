"""Hostile and odd text: it stays text on every page, comes back as it was, or is refused by its place."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from app.domain.errors import ImportRefused, Refused
from app.domain.file_names import file_stem
from app.domain.meetings import Action
from app.domain.storable import is_storable, storable
from app.exchange.json_file import read_document
from app.exchange.sheets import read_sheet
from app.services import customers, drafts, imports, meetings, preferences, team, transfer, units
from app.services.actions import list_actions
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.services.search import search
from app.ui.settings.incoming import read_incoming
from app.ui.shell import MainWindow
from app.ui.walk import walk
from app.ui.walk_steps import settle_down
from tests.exchange.material import small_file
from tests.exchange.test_sheets import workbook

HTML = "<b>fet</b><img src='file:///etc/passwd'><a href='https://exempel.se'>länk</a>&amp;"
UNSTORABLE = "a\x00b\ud800c"


def hostile_everywhere(desk: Desk) -> None:
    """Give the unit, its people and its meeting names that are markup."""
    unit = units.get_unit(desk, key="solgarden")
    wards = tuple(replace(ward, name=HTML + ward.name) for ward in unit.value.wards)
    units.save_unit(desk, unit=replace(unit.value, name=HTML, wards=wards), expected_version=unit.version)
    for member in team.list_members(desk):
        new = replace(member.value, name=HTML + member.value.name, profession=HTML, email=HTML, phone=HTML)
        team.save_member(desk, member=new, expected_version=member.version)
    for customer in customers.list_customers(desk):
        changed = replace(customer.value, reference=HTML[:70], code=HTML if customer.value.protected else None)
        customers.save_customer(desk, customer=changed, expected_version=customer.version)
    stored = meetings.get_meeting(desk, key="teammote-1")
    action = Action(key="atgard-1", text=HTML, responsible="anna-berg")
    items = tuple(replace(item, heading=HTML, text=HTML, notes=HTML, decisions=(HTML,)) for item in stored.value.items)
    items = (replace(items[0], actions=(action,)), *items[1:])
    new_meeting = replace(stored.value, title=HTML, place=HTML, items=items, appendices=(HTML,))
    stored = meetings.save_meeting(desk, meeting=new_meeting, expected_version=stored.version)
    stored = meetings.open_meeting(desk, key="teammote-1", expected_version=stored.version)
    meetings.close_meeting(desk, key="teammote-1", expected_version=stored.version)
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content=json.dumps([HTML, HTML]))


def marked_up(shown: QWidget) -> list[str]:
    """What of a window would be drawn as markup, or opened when it is pressed."""
    found = []
    for part in [shown, *shown.findChildren(QWidget)]:
        if isinstance(part, QLabel) and part.text() and part.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"label: {part.text()[:60]}")
        if isinstance(part, QMessageBox) and part.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"message box: {part.text()[:60]}")
        if part.toolTip() and drawn(part.toolTip()) != part.toolTip() and "<b>fet" not in drawn(part.toolTip()):
            found.append(f"tooltip: {part.toolTip()[:60]}")
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            found += cells(part)
        if isinstance(part, QLabel) and part.openExternalLinks():
            found.append(f"link: {part.text()[:60]}")
    return found


def cells(view: QAbstractItemView) -> list[str]:
    model, found = view.model(), []
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 30)):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and "fet" in tip and "<b>fet</b>" not in drawn(tip):
                found.append(f"cell: {tip[:60]}")
    return found


def drawn(tip: str) -> str:
    """What a person reads in a tooltip: markup is interpreted where the toolkit takes it for such."""
    if not GuiQt.mightBeRichText(tip):
        return tip
    edit = QTextEdit()
    edit.setHtml(tip)
    return edit.toPlainText()


def test_html_in_labels_tooltips_and_message_boxes_is_only_text(window: MainWindow) -> None:
    assert window.place is not None
    assert window.frame is not None
    hostile_everywhere(window.place.desk)
    faults, seen = {}, 0
    for name, shown in walk(window):
        faults[name] = marked_up(shown)
        seen += sum("<b>fet</b>" in one.text() for one in shown.findChildren(QLabel))
        assert not window.frame.bar.is_fault, f"{name}: {window.frame.bar.text.text()}"
    assert {name: found for name, found in faults.items() if found} == {}
    assert seen > 10, "the hostile names were shown, as they were written"


def test_what_is_shown_as_a_notice_or_fault_is_only_text(window: MainWindow) -> None:
    assert window.frame is not None
    for tell in (window.frame.bar.show_fault, window.frame.bar.show_notice, window.entrance.bar.show_fault):
        tell(HTML)
    assert window.frame.bar.text.textFormat() is Qt.TextFormat.PlainText
    assert window.entrance.bar.text.textFormat() is Qt.TextFormat.PlainText
    assert window.frame.bar.text.text() == HTML


# what no database can hold


@given(st.text(st.characters(), max_size=40))
def test_any_other_text_can_be_kept(text: str) -> None:
    assert is_storable(storable(text))
    assert storable(text) == "".join(
        sign for sign in text if sign not in "\0\ufffe\uffff" and not "\ud800" <= sign <= "\udfff"
    )


def test_every_line_drops_nul_however_it_got_there(window: MainWindow) -> None:
    tried = 0
    for _, shown in walk(window):
        lines = [one for one in shown.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly()]
        for one in lines:
            if one.echoMode() is QLineEdit.EchoMode.Password or type(one).__name__ in ("DateField", "TimeField"):
                continue
            if isinstance(one.parent(), QWidget) and one.objectName() == "qt_spinbox_lineedit":
                continue
            before = one.text()
            one.setText("a\0b")
            assert "\0" not in one.text(), one.accessibleName()
            one.setText(before)
            tried += 1
    assert tried > 10


def test_pasted_nul_is_dropped_in_fields_of_several_lines(window: MainWindow) -> None:
    from app.ui.widgets.texts import TextField  # noqa: PLC0415

    field = TextField("")
    QApplication.clipboard().setText("a\0b")
    field.paste()
    assert field.toPlainText() == "ab"


def test_the_tables_are_the_last_line(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    for bad in ("a\0b", "\ud800", UNSTORABLE):
        with pytest.raises(Refused, match="text_unstorable"):
            meetings.save_meeting(desk, meeting=replace(stored.value, title=bad), expected_version=stored.version)
        with pytest.raises(Refused, match="text_unstorable"):
            preferences.set_preference(desk, name=bad, value=1)
        with pytest.raises(Refused, match="text_unstorable"):
            list_actions(desk, text=bad)
    assert meetings.get_meeting(desk, key="teammote-1") == stored


@pytest.mark.parametrize("bad", ["a\0b", "\ud800", "b\udfff"])
@pytest.mark.parametrize(
    ("path", "column"),
    [("meetings.1.items.0.notes", "meetings[1].items[0].notes"), ("units.0.name", "units[0].name"),
     ("customers.1.reference", "customers[1].reference"), ("members.0.units.0", "members[0].units[0]")],
)  # fmt: skip
def test_nul_in_an_exchange_file_is_refused_by_its_place(bad: str, path: str, column: str) -> None:
    content: Any = small_file()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = content
    for step in steps:
        place = place[step]
    place[last] = bad
    with pytest.raises(ImportRefused) as caught:
        read_document(json.dumps(content).encode())
    assert [(one.column, "NUL" in one.reason) for one in caught.value.problems] == [(column, True)]


def test_text_that_only_speaks_of_nul_is_taken_in(desk: Desk) -> None:
    content: Any = small_file()
    content["units"][0]["name"] = "Skriv \\u0000 så här"
    assert read_document(json.dumps(content).encode()).units[0].name == "Skriv \\u0000 så här"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252", "latin-1"])
def test_utf_16_latin_1_bom_and_nul_in_a_sheet(desk: Desk, coding: str) -> None:
    rows = "Namn;Yrke\nÅsa Öberg;Kock\n"
    data = ("\ufeff" + rows).encode("utf-16-le") if coding == "utf-16-le-bom" else rows.encode(coding)
    known = imports.known_to_sheets(desk)
    assert read_sheet(data, name="fil.csv", known=known).members[0].name == "Åsa Öberg"
    with pytest.raises(ImportRefused) as caught:
        read_sheet(rows.replace("Öberg", "Ö\0berg").encode(), name="fil.csv", known=known)
    assert [(one.line, one.column) for one in caught.value.problems] == [(2, "Namn")]


def test_utf_16_in_an_exchange_file_is_refused_in_words() -> None:
    for coding in ("utf-16", "latin-1"):
        with pytest.raises(ImportRefused) as caught:
            read_document('{"format": "teamforum", "version": 1, "å": 1}'.encode(coding))
        assert "UTF-8" in caught.value.problems[0].reason


def thousand(bad: int) -> list[tuple[str, str]]:
    return [(f"Person {number}", "" if number == bad else "Kock") for number in range(1, 1001)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_row_999_of_1000_invalid_takes_in_none(desk: Desk, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"personal.{ending}"
    rows = [("Namn", "Yrke"), *thousand(999)]
    if ending == "csv":
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    else:
        path.write_bytes(workbook(*rows))
    before = team.list_members(desk)
    with pytest.raises(ImportRefused) as caught:
        read_incoming(desk, path)
    assert [(one.line, one.column) for one in caught.value.problems] == [(1000, "Yrke")]
    assert team.list_members(desk) == before
    content: Any = small_file()
    content["members"] = [
        {"key": f"person-{n}", "name": f"Person {n}", "profession": "Kock", "units": ["solgarden"]}
        for n in range(1, 1001)
    ]
    content["members"][998]["units"] = ["manen"]
    document = read_document(json.dumps(content).encode())
    with pytest.raises(ImportRefused):
        transfer.take_in(desk, document=document)
    assert team.list_members(desk) == before, "not even those before it"


def test_the_same_import_twice_adds_nobody(desk: Desk) -> None:
    data = "\n".join(["Namn;Yrke", *(";".join(row) for row in thousand(0))]).encode()
    take = partial(transfer.take_in, desk)
    first = take(document=read_sheet(data, name="a.csv", known=imports.known_to_sheets(desk)))
    again = take(document=read_sheet(data, name="a.csv", known=imports.known_to_sheets(desk)))
    assert first.imported["members"] == 1000
    assert set(again.imported.values()) == {0}
    assert len(team.list_members(desk)) == 1006


# names of files


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\Windows\\system32", "CON", "con", "Lpt1", "NUL", "aux", "rapport.pdf.exe", "/etc",
     "C:\\x", "a\0b", "\u202egnp.exe", "...", " ", "x" * 500, "<b>|?*\"", "COM0", "~/.ssh"],
)  # fmt: skip
def test_path_traversal_reserved_and_double_extension_names_lead_nowhere(name: str) -> None:
    stem = file_stem(name, fallback="teamforum")
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert stem.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com0", "com1", "lpt1"}
    assert 0 < len(stem) <= 90
    assert Path("/mapp", f"{stem}.tfdb").parent == Path("/mapp")


@given(st.text(max_size=120))
def test_any_unit_gives_a_file_name_of_its_own(name: str) -> None:
    stem = file_stem(name, fallback="teamforum")
    assert Path(stem).name == stem


@pytest.mark.parametrize("name", ["lista.xlsx.exe", "lista.csv.js", "lista", "lista.pdf", ".csv.lnk", "lista.xlsm"])
def test_a_file_of_another_kind_is_refused_by_its_last_ending(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Namn;Yrke\nEva;Kock\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as caught:
        read_incoming(desk, path)
    assert "ska sluta på" in caught.value.problems[0].reason


# words to look for


@pytest.mark.parametrize(
    ("words", "found"),
    [("%", 0), ("_", 0), ("100%", 1), ("50_50", 1), ("\\", 1), ("'", 1), ('"', 1), ("a OR b", 1), ("NEAR(", 1),
     ("*", 1), ("-minus", 1), ("[a-z]", 1), ("Åtgärd", 1), ("åtgärd", 1), ("' OR 1=1 --", 0), ("(", 1), ("^", 0),
     ("{", 0), (":", 0), ("x" * 5000, 0), ("", 12)],
)  # fmt: skip
def test_like_and_fts_syntax_in_the_search_box_is_only_text(desk: Desk, words: str, found: int) -> None:
    texts = ["100% klart", "dela 50_50", "sökväg C:\\mapp", "det's", 'ett "citat"', "a OR b", "NEAR(", "stjärna *",
             "-minus", "[a-z]", "Åtgärd", "vanlig"]  # fmt: skip
    stored = meetings.get_meeting(desk, key="teammote-1")
    actions = tuple(Action(key=f"atgard-{n}", text=text) for n, text in enumerate(texts))
    items = (replace(stored.value.items[3], actions=actions), *stored.value.items[:3])
    new = replace(stored.value, items=items)
    kept = meetings.save_meeting(desk, meeting=new, expected_version=stored.version)
    expected = sum(words.strip().casefold() in text.casefold() for text in texts)
    assert found in (expected, 0, 12)
    assert len(list_actions(desk, text=words)) == expected
    titled = replace(kept.value, title="Möte 100% _ \\ '")  # actions are found by their meeting's title too
    meetings.save_meeting(desk, meeting=titled, expected_version=kept.version)
    assert len(list_meetings(desk, text=words)) in (0, 1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_no_words_to_look_for_are_a_crash(desk: Desk, words: str) -> None:
    assert len(list_meetings(desk, text=words)) <= 1
    assert list_actions(desk, text=words) == ()
    assert all(hit.snippet.marks or hit.title for hit in search(desk, words=words).hits)


def test_hostile_words_in_the_search_fields_leave_the_page_standing(window: MainWindow) -> None:
    from app.ui.widgets.fields import SearchLine  # noqa: PLC0415

    assert window.frame is not None
    tried = 0
    for page in ("meetings", "customers", "team", "actions", "search"):
        window.frame.visit(page, "")
        for one in window.findChildren(SearchLine):
            if not one.isVisible():
                continue
            for words in ("%", "_%", "' OR 1=1 --", '"', "NEAR(a b)", "\\", "\ud800", HTML, "å" * 5000):
                one.setText(words)
                one.paused.emit()
                settle_down()
                assert not window.frame.bar.is_fault, (page, words)
                tried += 1
            one.clear()
    assert tried >= 30
