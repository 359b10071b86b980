"""The list of actions as an XLSX workbook: dates as dates, texts as texts however they begin, and nothing active."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from app.domain.action_lists import state_words
from app.domain.action_papers import ActionSheet
from app.domain.keys import key_from
from app.domain.meetings import ActionRow
from app.domain.recurring import repeat_words
from app.domain.swedish import plain_date

_LIST, _ABOUT = "Åtgärder", "Om listan"
_LONGEST_CELL = 32_767
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a spreadsheet may take for a formula when such a cell is edited or saved as CSV."""
_SHOWN_FOR_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


class _Column(NamedTuple):
    title: str
    width: int
    value: Callable[[ActionRow, ActionSheet], str | dt.date | None]
    of_customer: bool = False


_COLUMNS = (
    _Column("Åtgärd", 52, lambda row, _: row.text),
    _Column("Kund", 18, lambda row, _: row.customer_label, of_customer=True),
    _Column("Ansvarig", 24, lambda row, _: row.responsible_name),
    _Column("Klart senast", 13, lambda row, _: row.due),
    _Column("Läge", 11, lambda row, of: state_words(row, today=of.made_on)),
    _Column("Klar", 13, lambda row, _: row.done_on),
    _Column("Följs upp", 13, lambda row, _: row.follow_up),
    _Column("Resultat", 40, lambda row, _: row.result),
    _Column("Uppföljd", 13, lambda row, _: row.followed_up_on),
    _Column("Effekt", 40, lambda row, _: row.effect),
    _Column("Upprepas", 14, lambda row, _: repeat_words(row.repeat)),
    _Column("Enhet", 20, lambda row, of: of.unit_names.get(row.unit, row.unit)),
    _Column("Möte", 28, lambda row, _: row.meeting_heading),
    _Column("Mötesdag", 13, lambda row, _: row.meeting_date),
    _Column("Punkt", 34, lambda row, _: row.item_heading),
)


def write_actions(of: ActionSheet) -> bytes:
    """The workbook: a sheet with the actions, and one that says what the list is, from when and by whom."""
    import openpyxl  # noqa: PLC0415 - only where a workbook is written
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Teamforum"
    book.properties.title = _LIST
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = _LIST
    columns = [one for one in _COLUMNS if of.with_customers or not one.of_customer]
    _write_row(sheet, 1, [one.title for one in columns])
    for number, row in enumerate(of.rows, start=2):
        _write_row(sheet, number, [one.value(row, of) for one in columns])
    for number, one in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = one.width
        sheet.cell(1, number).font = Font(bold=True)
    top = Alignment(vertical="top", wrap_text=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = top
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(of.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if of.has_customer_data:
        sheet.HeaderFooter.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(text="Sekretess"))
    _write_about(book.create_sheet(_ABOUT), of)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_about(sheet: Any, of: ActionSheet) -> None:
    secret = "Ja. Filen skyddas inte av Teamforums lösenord." if of.has_customer_data else "Nej."
    facts = (
        ("Urval", of.about or "Alla"), ("Antal", str(len(of.rows))), ("Uttagen", plain_date(of.made_on)),
        ("Av", of.made_by), ("Kunduppgifter", secret),
    )  # fmt: skip
    for number, pair in enumerate(facts, start=1):
        _write_row(sheet, number, pair)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 60


def _write_row(sheet: Any, number: int, values: Iterable[str | dt.date | None]) -> None:
    for place, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(number, place)
        if isinstance(value, dt.date):
            cell.value = value
            cell.number_format = "yyyy-mm-dd"
            continue
        _write_text(cell, value)


def _write_text(cell: Any, text: str) -> None:
    """The text as text: never a formula, and marked so that it does not become one when somebody edits the cell."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - only where a workbook is written

    shown = ILLEGAL_CHARACTERS_RE.sub(_SHOWN_FOR_UNSHOWN, text)
    cell.value = shown if len(shown) <= _LONGEST_CELL else shown[: _LONGEST_CELL - 1] + "…"
    cell.data_type = "s"
    if shown.startswith(_RISKY):
        cell.quotePrefix = True


def file_name(of: ActionSheet) -> str:
    """`atgarder-solgarden-2026-03-02.xlsx`; of several units without a name. Nothing of what it was narrowed by."""
    unit = key_from(next(iter(of.unit_names)), fallback="enhet") if len(of.unit_names) == 1 else "alla-enheter"
    return f"atgarder-{unit}-{of.made_on.isoformat()}.xlsx"
