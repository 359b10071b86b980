"""An extract of the audit log on paper: day by day who did what, when and where, with the log's end at every foot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from app.domain import log_words, swedish
from app.domain.log import LogExtract, LogRow, gestures, head_line
from app.domain.log_reasons import reason_words, role_words
from app.reports import blocks
from app.reports.blocks import BODY, SMALL, STRONG
from app.reports.pages import MEASURE, Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Loggutdrag"
_WIDTHS = (46.0, 148.0, MEASURE - 194.0)
_TITLES = ("Tid", "Vem", "Vad")
_FEW_UNITS = 3
_HARD_SPACE = "\N{NO-BREAK SPACE}"
_ABOUT_HEAD = (
    "Loggens slut är den sista radens nummer och början av dess sigill. Spara papperet: stämmer inte raden längre med "
    "databasen har loggen klippts av eller en äldre kopia lagts tillbaka. Pröva det i Teamforum: Inställningar, Logg."
)


def draw(extract: LogExtract, out: BinaryIO) -> None:
    """Write the extract to `out`."""
    flow = Flow()
    blocks.masthead(
        flow, kind=KIND, title=extract.about, when=_period(extract), mark=Mark(f"{KIND}: {extract.about}", 0)
    )
    blocks.facts(
        flow,
        (
            ("Uttaget", f"{_moment(extract.drawn_at)} av {extract.drawn_by}"),
            ("Rader", str(len(extract.rows))),
            ("Loggens slut", extract.head.words if extract.head else None),
        ),
    )
    _rows(flow, extract.rows)
    if extract.head is not None:
        blocks.section(flow, "Loggens slut", gap=24)
        blocks.paragraph(flow, extract.head.words, STRONG, gap=6, keep=True)
        blocks.paragraph(flow, _ABOUT_HEAD, SMALL, gap=4)
    flow.settle()
    file = PdfFile(out, title=f"{KIND} {_period(extract)}", author=_units(extract), subject=KIND)
    file.write(flow.pages, _head(extract))
    file.save()


def _head(extract: LogExtract) -> Head:
    named = any(row.label for row in extract.rows) or extract.about.startswith("Kund ")
    end = head_line(extract.head) if extract.head else ""
    return Head(
        unit=_units(extract), under=_period(extract), running=f"{extract.about} · {_period(extract)}", kind=KIND,
        badges=(Badge("Sekretess"),) if named else (), titled=True,
        foot=" · ".join(part for part in (f"Uttaget {swedish.plain_date(extract.drawn_at.date())}", end) if part),
    )  # fmt: skip


def _rows(flow: Flow, rows: Sequence[LogRow]) -> None:
    if not rows:
        blocks.paragraph(flow, "Loggen har inga sådana rader.", BODY, gap=16)
        return
    heads = blocks.column_heads(flow, _TITLES, _WIDTHS, gap=16)
    day: dt.date | None = None
    for gesture in gestures(rows):
        if gesture[0].at.date() != day:
            day = gesture[0].at.date()
            blocks.subheading(flow, swedish.long_date(day).capitalize(), indent=0, gap=10)
        _row(flow, gesture)
        flow.repeated = heads
    flow.repeated = None


def _row(flow: Flow, gesture: Sequence[LogRow]) -> None:
    row, last = gesture[0], gesture[-1]
    what = [log_words.action_words(row.action), log_words.object_words(row)]
    if row.customer:
        named = ", ".join((one.label or one.customer or "").replace(" ", _HARD_SPACE) for one in gesture)
        what.append(f"kund {named}" if len(gesture) == 1 else f"kunder {named}")
    cells = (swedish.clock(row.at.time()), row.name, ": ".join(part for part in what if part))
    blocks.columns(flow, cells, _WIDTHS, gap=5, styles=(BODY, STRONG), keep=True)
    numbers = f"Rad {row.sequence}" if row is last else f"Rad {row.sequence}–{last.sequence}"
    around = [numbers, role_words(row.role), row.unit_name or "", f"dator {row.workstation}"]
    if row.name != row.user:
        around.insert(1, row.user)
    if reason := reason_words(row):
        around.append(reason)
    blocks.paragraph(flow, blocks.joined(around, style=SMALL), SMALL, indent=_WIDTHS[0])


def _period(extract: LogExtract) -> str:
    return log_words.period_words(extract.from_, extract.to).capitalize()


def _moment(at: dt.datetime) -> str:
    return f"{swedish.plain_date(at.date())} {swedish.clock(at.time())}"


def _units(extract: LogExtract) -> str:
    names = extract.unit_names
    if len(names) <= _FEW_UNITS:
        return ", ".join(names) or "Teamforum"
    return f"{names[0]} och {len(names) - 1} andra enheter"
