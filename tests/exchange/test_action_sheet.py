"""The workbook of actions, read back: texts as texts, dates as dates, and no cell that could become a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from app.domain.action_papers import ActionSheet
from app.domain.meetings import ActionRow, ActionStatus
from app.exchange.action_sheet import file_name, write_actions
from tests.support import TODAY


def row(text: str, *, customer: bool = True, due: dt.date | None = TODAY) -> ActionRow:
    return ActionRow(
        key="a", text=text, responsible="bo-ek", responsible_name="Bo Ek", due=due, status=ActionStatus.OPEN,
        follow_up=None, done_on=None, result=None, customer="kund-1" if customer else None,
        customer_label="1101 AB" if customer else None, unit="solgarden", meeting="m", meeting_heading="Teammöte Norr",
        meeting_date=TODAY, item="i", item_heading="Nutrition", version=1,
    )  # fmt: skip


def sheet(*rows: ActionRow, customers: bool = True) -> ActionSheet:
    return ActionSheet(
        rows=rows, unit_names={"solgarden": "Solgården"}, with_customers=customers, has_customer_data=customers,
        about="Försenade", made_by="Eva Chef", made_on=TODAY + dt.timedelta(days=1),
    )  # fmt: skip


def read_back(of: ActionSheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_actions(of)))


def header(book: openpyxl.Workbook) -> str | None:
    """What stands at the top right of each printed page."""
    item = book["Åtgärder"].HeaderFooter.oddHeader
    return item.right.text if item is not None and item.right is not None else None


def test_the_list_comes_back_with_real_dates_and_its_own_description() -> None:
    book = read_back(sheet(row("Ring dottern"), row("Väg", due=None)))
    head, first, second = (list(cells) for cells in book["Åtgärder"].iter_rows(values_only=True))
    assert head[:6] == ["Åtgärd", "Kund", "Ansvarig", "Klart senast", "Läge", "Klar"]
    assert first[:5] == ["Ring dottern", "1101 AB", "Bo Ek", dt.datetime.combine(TODAY, dt.time()), "Försenad"]
    assert second[3] is None
    about = {cells[0]: cells[1] for cells in book["Om listan"].iter_rows(values_only=True)}
    assert about["Urval"] == "Försenade"
    assert "lösenord" in str(about["Kunduppgifter"])
    assert header(book) == "Sekretess"


def test_without_customers_there_is_no_column_for_them() -> None:
    book = read_back(sheet(row("Köp tårta", customer=False), customers=False))
    cells = [cell for cells in book["Åtgärder"].iter_rows(values_only=True) for cell in cells]
    assert "Kund" not in cells
    assert "1101 AB" not in cells
    assert header(book) is None


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "=HYPERLINK(", "=cmd|' /C calc'!A0", "%0A=", "\n="])
def test_nothing_that_is_typed_is_a_formula(begin: str) -> None:
    data = write_actions(sheet(row(f"{begin}1+1")))
    cell = openpyxl.load_workbook(io.BytesIO(data))["Åtgärder"]["A2"]
    assert (cell.data_type, cell.value) == ("s", f"{begin}1+1".replace("\r", "\n"))
    assert cell.quotePrefix, "edited, it stays text"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_comes_back_and_is_text(text: str) -> None:
    cell = read_back(sheet(row(text)))["Åtgärder"]["A2"]
    shown = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    assert cell.data_type in ("s", "n")
    assert (cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == shown.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_an_endless_text_is_cut_where_a_cell_ends() -> None:
    value = read_back(sheet(row("x" * 40_000)))["Åtgärder"]["A2"].value
    assert isinstance(value, str)
    assert len(value) == 32_767


def test_the_file_is_named_by_unit_and_day_and_nothing_else() -> None:
    assert file_name(sheet(row("Ring"))) == "atgarder-solgarden-2026-03-03.xlsx"
    assert file_name(sheet()) == "atgarder-solgarden-2026-03-03.xlsx"
