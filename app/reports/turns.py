"""A unit's list of turns on paper: customers in the order they are taken up, with when they last were and next are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.turn_list import TurnPaper, TurnRow, interval_words, mark_words
from app.reports import blocks, words
from app.reports.blocks import BODY, SMALL, STRONG
from app.reports.pages import MEASURE, Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Turordning"
_TITLES = ("", "Kund", "Senast", "Nästa", "Senaste dag", "Att se upp med")
_FIRST = (24.0, 108.0, 76.0, 76.0, 80.0)
_WIDTHS = (*_FIRST, MEASURE - sum(_FIRST))


def draw(paper: TurnPaper, out: BinaryIO) -> None:
    """Write the list to `out`."""
    where = f"{paper.unit_name}, {paper.ward_name}" if paper.ward_name else paper.unit_name
    flow = Flow()
    blocks.masthead(
        flow, kind=KIND, title=where, when=words.capital(swedish.long_date(paper.prepared_on)),
        mark=Mark(f"{KIND}: {where}", 0),
    )  # fmt: skip
    blocks.facts(flow, (("Forum", paper.forum_name), ("Ordning", _rule(paper))))
    groups = {row.ward: [one for one in paper.rows if one.ward == row.ward] for row in paper.rows}
    several = paper.ward_name is None and len(groups) > 1 and paper.by_need
    for ward, rows in groups.items() if several else [(None, paper.rows)]:
        if several:
            name = paper.wards.get(ward or "", "Utan avdelning")
            blocks.section(flow, name, mark=Mark(name, 1))
        _table(flow, paper, rows)
    flow.settle()
    file = PdfFile(out, title=f"{KIND} {where}", author=paper.unit_name, subject=KIND)
    file.write(flow.pages, Head(
        unit=paper.unit_name, under=paper.setting_label, running=f"{KIND} · {where}", kind=KIND, titled=True,
        badges=(Badge("Sekretess"),), foot=f"Utskriven {words.day(paper.prepared_on)}",
    ))  # fmt: skip
    file.save()


def _rule(paper: TurnPaper) -> str:
    if paper.months:
        return f"Alla följs upp inom {paper.months} månader."
    return "Störst behov först." if paper.by_need else "De som är bokade, sedan den vars tid går ut först."


def _table(flow: Flow, paper: TurnPaper, rows: Sequence[TurnRow]) -> None:
    heads = blocks.column_heads(flow, _TITLES, _WIDTHS, gap=14)
    for number, row in enumerate(rows, start=1):
        _row(flow, paper, row, number)
        flow.repeated = heads
    flow.repeated = None


def _row(flow: Flow, paper: TurnPaper, row: TurnRow, number: int) -> None:
    today = paper.prepared_on
    told_marks = [mark_words(mark, row, today=today) for mark in row.marks]
    marks = words.capital(", ".join(swedish.in_sentence(one) for one in told_marks))
    cells = (
        str(row.turn.priority or "–") if paper.by_need else str(number), row.label,
        swedish.brief_date(row.last, today=today) if row.last else "aldrig",
        swedish.brief_date(row.next.date, today=today) if row.next else "–",
        swedish.brief_date(row.latest, today=today) if row.latest else "–", marks,
    )  # fmt: skip
    turn = row.turn
    told = [
        interval_words(turn, None), turn.put_in_why if turn.is_put_in(row.last) else "",
        turn.passed_why if turn.is_kept(row.last) else "",
    ]  # fmt: skip
    under = blocks.joined((one for one in told if one), style=SMALL)
    blocks.columns(flow, cells, _WIDTHS, gap=5, styles=(BODY, STRONG), keep=bool(under))
    if under:
        blocks.paragraph(flow, under, SMALL, indent=_WIDTHS[0])
