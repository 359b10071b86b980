"""The year wheel on one page for the wall: the wheel, and beside it in words what has no room in a sector."""

from __future__ import annotations

from typing import BinaryIO

from app.domain.swedish import MONTHS
from app.domain.year_wheel import WheelPaper
from app.reports import blocks, words
from app.reports.blocks import KIND as KIND_STYLE
from app.reports.blocks import SMALL, STRONG, TITLE
from app.reports.pages import MEASURE, Flow, Mark, Strip
from app.reports.pdf import Badge, Head, PdfFile
from app.reports.wheel_drawing import drawing, left_out

KIND = "Årshjul"
_SUGGESTED = "Ett förslag som enheten inte har tagit ställning till än."
_FOLLOWS = "Månadens teman blir punkter på dagordningen."


def draw(paper: WheelPaper, out: BinaryIO) -> None:
    """Write the wheel to `out`; it names no customer."""
    flow = Flow()
    title = f"{paper.forum_name}, {paper.unit_name}"
    blocks.paragraph(flow, KIND, KIND_STYLE, mark=Mark(f"{KIND}: {title}", 0), keep=True)
    blocks.paragraph(flow, title, TITLE, gap=1, keep=True)
    blocks.paragraph(flow, _SUGGESTED if paper.suggested else _FOLLOWS, SMALL, gap=4, keep=True)
    flow.add(Strip(MEASURE, gap=18, drawing=drawing(paper, size=MEASURE)))
    for month in left_out(paper):
        blocks.paragraph(flow, MONTHS[month - 1].capitalize(), STRONG, gap=10, keep=True)
        for theme in paper.months[month - 1]:
            blocks.paragraph(flow, theme)
    flow.settle()
    file = PdfFile(out, title=f"{KIND} {title}", author=paper.unit_name, subject=KIND)
    file.write(flow.pages, Head(
        unit=paper.unit_name, under=paper.setting_label, running=f"{KIND} · {title}", kind=KIND, titled=True,
        badges=(Badge("Förslag"),) if paper.suggested else (), foot=f"Utskriven {words.day(paper.prepared_on)}",
    ))  # fmt: skip
    file.save()
