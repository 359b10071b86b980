"""Slips for those who have no account: what one person is to do, by when, and whom to tell; a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.action_papers import SlipTask, TaskSlip
from app.reports import blocks, words
from app.reports.blocks import Label
from app.reports.lettering import MUTED, SEMIBOLD, Style
from app.reports.pages import MEASURE, Box, Flow, Mark, Page, Strip
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Uppgiftslapp"
_TASK = Style(SEMIBOLD, 13, 18)
_DETAIL = Style(size=11, leading=15.5)
_BOX = Style(size=17, leading=18)
_INDENT = 30.0
_LINES = 2
"""Ruled lines to write on how it went."""
_LINE_HEIGHT = 24.0


def draw(slips: Sequence[TaskSlip], out: BinaryIO) -> None:
    """Write the slips to `out`, each from a new page. Raises ValueError without any."""
    if not slips:
        raise ValueError("no slip to draw")
    units = list(dict.fromkeys(one.unit_name for one in slips))
    file = PdfFile(out, title=title(slips), author=", ".join(units), subject=KIND)
    for one in slips:
        file.write(_pages(one), Head(
            unit=one.unit_name, under="Lämnas i handen", running=one.name, kind=KIND, titled=True,
            badges=(Badge("Sekretess"),) if one.has_customer_data else (),
            foot=f"Utskriven {words.day(one.prepared_on)}",
        ), items=len(slips) == 1)  # fmt: skip
    file.save()


def title(slips: Sequence[TaskSlip]) -> str:
    """Kind and name; of several how many."""
    return f"{KIND}: {slips[0].name}" if len(slips) == 1 else f"Uppgiftslappar för {len(slips)} personer"


def _pages(slip: TaskSlip) -> list[Page]:
    flow = Flow()
    count = swedish.number_word(len(slip.tasks), "uppgift", "uppgifter")
    blocks.masthead(flow, kind=KIND, title=slip.name, when=count, mark=Mark(slip.name, 0))
    for task in slip.tasks:
        _task(flow, task)
    told = "Kryssa när det är klart och skriv hur det gick. Lämna lappen till den som står vid uppgiften."
    if slip.has_customer_data:
        told += " Lappen är sekretess: ha den på dig och lägg den inte där andra kan läsa."
    blocks.panel(
        flow, "När du är klar", told, title_style=Style(SEMIBOLD, 12, 17), style=Style(size=11, leading=15.5), gap=22
    )
    flow.settle()
    return flow.pages


def _task(flow: Flow, task: SlipTask) -> None:
    blocks.paragraph(flow, task.text, _TASK, indent=_INDENT, gap=18, labels=(Label(0, _BOX, "☐"),), keep=True)
    for name, value in (
        ("Klart", f"senast {swedish.short_date(task.due)}" if task.due else "så snart du kan"),
        ("Gäller", task.customer_label or ""), ("Bestämt på", task.decided), ("Berätta för", task.report_to),
    ):  # fmt: skip
        if value:
            quiet = Style(size=11, leading=15.5, colour=MUTED)
            labels = (Label(_INDENT, quiet, name),)
            blocks.paragraph(flow, value, _DETAIL, indent=_INDENT + 76, gap=1, labels=labels, keep=True)
    rules = [Box(_INDENT, _LINE_HEIGHT * (n + 1), MEASURE - _INDENT, 0.5, MUTED) for n in range(_LINES)]
    flow.add(Strip(_LINE_HEIGHT * _LINES + 2, (), tuple(rules), gap=2))
