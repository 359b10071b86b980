"""A meeting's preparations on paper: what is to be ready, whose it is, a box to tick, and what is done already."""

from __future__ import annotations

from typing import BinaryIO

from app.domain import swedish
from app.domain.preparations import PreparationPaper, PreparationRow, count_words, ready_by
from app.reports import blocks, words
from app.reports.blocks import BODY, LABEL, SMALL
from app.reports.pages import MEASURE, Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Förberedelser"
_FIRST = (24.0, 234.0)
_WIDTHS = (*_FIRST, MEASURE - sum(_FIRST) - 64.0, 64.0)
_TITLES = ("", "Ska vara klart", "Vem", "Klart")


def draw(paper: PreparationPaper, out: BinaryIO) -> None:
    """Write the list to `out`."""
    flow = Flow()
    when = f"{swedish.long_date(paper.date)} {swedish.span(paper.start, paper.end)}"
    mark = Mark(f"{KIND}: {paper.heading}", 0)
    blocks.masthead(flow, kind=KIND, title=paper.heading, when=words.capital(when), mark=mark)
    done = sum(1 for row in paper.rows if row.preparation.done)
    blocks.facts(flow, (
        ("Plats", paper.place), ("Senast", swedish.long_date(ready_by(paper.date))),
        ("Läget", count_words(done, len(paper.rows))),
    ))  # fmt: skip
    if paper.rows:
        _table(flow, paper)
    else:
        blocks.paragraph(flow, "Ingenting behöver vara klart före mötet.", LABEL, gap=14)
    flow.settle()
    file = PdfFile(out, title=f"{KIND} {paper.forum_and_ward}", author=paper.unit_name, subject=KIND)
    file.write(flow.pages, Head(
        unit=paper.unit_name, under=paper.setting_label, running=f"{paper.heading} · {swedish.long_date(paper.date)}",
        kind=KIND, titled=True, badges=(Badge("Sekretess"),) if paper.has_customer_data else (),
        foot=f"Utskriven {words.day(paper.prepared_on)}",
    ))  # fmt: skip
    file.save()


def _table(flow: Flow, paper: PreparationPaper) -> None:
    heads = blocks.column_heads(flow, _TITLES, _WIDTHS, gap=14)
    for row in paper.rows:
        _row(flow, row)
        flow.repeated = heads
    flow.repeated = None


def _row(flow: Flow, row: PreparationRow) -> None:
    one = row.preparation
    done = swedish.short_date(one.done_on) if one.done_on else ""
    cells = ("☑" if one.done else "☐", row.words, row.responsible_name or "ingen än", done)
    blocks.columns(flow, cells, _WIDTHS, gap=6, styles=(BODY,), keep=bool(one.note))
    if one.note:
        blocks.paragraph(flow, one.note, SMALL, indent=_WIDTHS[0])
