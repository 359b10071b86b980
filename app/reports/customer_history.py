"""Uppföljning över tid: what meetings have said of one customer, and how her assessments have gone."""

from __future__ import annotations

from itertools import groupby
from typing import BinaryIO

from app.domain import swedish
from app.domain.customer_history import HistoryEntry, HistoryKind, HistoryPaper, Trend, period_words
from app.domain.instruments import number
from app.reports import blocks, words
from app.reports.blocks import BODY, SMALL, STRONG
from app.reports.lettering import ACCENT, SEMIBOLD, Style
from app.reports.pages import MEASURE, Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Uppföljning över tid"
_MEETING = Style(SEMIBOLD, 12, 16, ACCENT)
_WIDTHS = (98.0, MEASURE - 98.0)
_VALUES = (150.0, 92.0, MEASURE - 242.0)
_MOST_VALUES = 12


def draw(paper: HistoryPaper, out: BinaryIO) -> None:
    """Write it to `out`. Raises ValueError for one without entries."""
    history = paper.history
    if not history.entries:
        raise ValueError("no history to draw")
    file = PdfFile(out, title=title(paper), author=history.unit_name, subject=KIND)
    file.write(_filled(paper).pages, Head(
        unit=history.unit_name, under=f"{paper.setting_label} · {KIND}", running=f"{KIND}: {history.label}", kind=KIND,
        titled=True, badges=(Badge("Sekretess"),),
        foot=f"Utskriven {words.day(paper.prepared_on)} av {paper.prepared_by}",
    ))  # fmt: skip
    file.save()


def title(paper: HistoryPaper) -> str:
    """Kind and day; a title goes into the file's own data, and names nobody."""
    return f"{KIND} {words.day(paper.prepared_on)}"


def _filled(paper: HistoryPaper) -> Flow:
    flow, history = Flow(), paper.history
    chosen = ", ".join(kind.several.lower() for kind in paper.kinds) or "allt"
    when = f"{words.capital(period_words(paper))} · {chosen}"
    blocks.masthead(flow, kind=KIND, title=history.label, when=when, mark=Mark(KIND, 0))
    if history.trends and (not paper.kinds or HistoryKind.ASSESSED in paper.kinds):
        blocks.section(flow, "Riskbedömningar över tid", mark=Mark("Riskbedömningar över tid", 1))
        for trend in history.trends:
            _trend(flow, trend, paper)
    blocks.section(flow, "Möten", mark=Mark("Möten", 1))
    for (_, where, date), told in groupby(history.entries, key=lambda one: (one.meeting, one.where, one.date)):
        _meeting(flow, f"{swedish.long_date(date)} · {where}", list(told))
    flow.settle()
    return flow


def _trend(flow: Flow, trend: Trend, paper: HistoryPaper) -> None:
    values = trend.values[-_MOST_VALUES:]
    for count, one in enumerate(reversed(values)):
        name = trend.instrument if count == 0 else ""
        said = ", ".join(
            part for part in (f"{number(one.score)} poäng" if one.score is not None else "", one.risk or "") if part
        )
        cells = (name, swedish.brief_date(one.date, today=paper.prepared_on), said)
        styles = (STRONG, BODY, BODY)
        blocks.columns(flow, cells, _VALUES, gap=6 if count == 0 else 1, styles=styles, keep=count + 1 < len(values))


def _meeting(flow: Flow, heading: str, told: list[HistoryEntry]) -> None:
    blocks.paragraph(flow, words.capital(heading), _MEETING, gap=12, mark=Mark(words.capital(heading), 2), keep=True)
    for one in told:
        blocks.paragraph(flow, one.kind.label, STRONG, gap=3, keep=True)
        blocks.prose(flow, one.text, indent=12, gap=0)
        if one.more:
            blocks.paragraph(flow, words.capital(one.more), SMALL, indent=12)
