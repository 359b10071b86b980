"""A backup's receipt on paper: what was copied and checked, and the log's end to hold later copies against."""

from __future__ import annotations

from typing import BinaryIO

from app.domain.backups import Receipt, rows_in_words
from app.domain.receipts import TITLE, facts
from app.domain.swedish import clock, long_date
from app.reports import blocks
from app.reports.blocks import BODY, SMALL
from app.reports.pages import Flow, Mark
from app.reports.pdf import Head, PdfFile

_INDENT = 150.0
_ABOUT = (
    "Spara kvittot skilt från kopian. Loggens slut visar längre fram om någon har lagt tillbaka en äldre databas eller "
    "tagit bort slutet av loggen: raden ska finnas kvar i loggen, med samma tecken."
)


def draw(receipt: Receipt, unit: str, out: BinaryIO) -> None:
    """Write the receipt of one backup of `unit` to `out`."""
    flow = Flow()
    when = f"{long_date(receipt.at.date())} {clock(receipt.at.time())}"
    blocks.masthead(flow, kind="Säkerhetskopia", title=TITLE, when=when, mark=Mark(TITLE, 0))
    gap = 14.0
    for name, value in facts(receipt):
        shown = f"{value[:32]}\n{value[32:]}" if value == receipt.digest else value
        blocks.fact(flow, name, shown, gap=gap, indent=_INDENT)
        gap = 3.0
    blocks.section(flow, "Innehåll")
    for name, count in rows_in_words(receipt.rows):
        if count:
            blocks.columns(flow, (name, f"{count}"), (220.0, 60.0), styles=(BODY, BODY))
    blocks.paragraph(flow, _ABOUT, SMALL, gap=16)
    head = Head(unit=unit, under=receipt.name, running=receipt.name, kind=TITLE, titled=True, foot="Teamforum")
    file = PdfFile(out, title=f"{TITLE} {receipt.name}", author=unit, subject=TITLE)
    file.write(flow.pages, head)
    file.save()
