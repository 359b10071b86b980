"""The month's activities in large type: the common ones for the wall, or one customer's own for her room."""

from __future__ import annotations

from typing import BinaryIO

from app.domain import swedish
from app.domain.activities import Activity, ActivityDay, ActivityPaper
from app.domain.people import person_name
from app.reports import blocks, words
from app.reports import large_print as large
from app.reports.blocks import Label
from app.reports.pages import Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Aktiviteter"
_DAY, _TIME = 66.0, 58.0
"""The width of a day's name and of an activity's time, in points of the ordinary size."""


def draw(paper: ActivityPaper, out: BinaryIO) -> None:
    """Write the month's schedule to `out`."""
    file = PdfFile(out, title=title(paper), author=paper.unit_name, subject=KIND)
    head = Head(
        unit=paper.unit_name, under=paper.ward_name, running=_month(paper), kind=KIND, titled=True,
        badges=(Badge("Sekretess"),) if paper.customer else (), foot=f"Utskriven {words.day(paper.prepared_on)}",
    )  # fmt: skip
    file.write(large.fitted(lambda flow, size: _fill(flow, paper, size)), head, items=False)
    file.save()


def title(paper: ActivityPaper) -> str:
    """Kind, month and where: never whose."""
    return f"{KIND}, {_month(paper)}, {paper.ward_name or paper.unit_name}"


def _month(paper: ActivityPaper) -> str:
    return f"{swedish.MONTHS[paper.month.month - 1]} {paper.month.year}"


def _fill(flow: Flow, paper: ActivityPaper, size: float) -> None:
    mark = Mark(title(paper), 0)
    blocks.paragraph(flow, words.capital(_month(paper)), large.TITLE.scaled(size), mark=mark, keep=True)
    whose = f"Egna och gemensamma aktiviteter, {paper.customer}" if paper.customer else "Gemensamma aktiviteter"
    where = paper.ward_name or paper.unit_name
    blocks.paragraph(flow, f"{whose} · {where}", large.UNDER.scaled(size), gap=2, keep=True)
    week = 0
    for day in paper.days:
        number = day.date.isocalendar().week
        if number != week:
            blocks.paragraph(flow, f"Vecka {number}", large.HEADING.scaled(size), gap=12 * size, keep=True)
            week = number
        _day(flow, paper, day, size)


def _day(flow: Flow, paper: ActivityPaper, day: ActivityDay, size: float) -> None:
    name = f"{swedish.WEEKDAYS[day.date.weekday()][:3]} {day.date.day}"
    free = paper.free_days.get(day.date, "")
    for number, one in enumerate(day.activities):
        labels = [Label(0, large.STRONG.scaled(size), words.capital(name))] if number == 0 else []
        labels.append(Label(_DAY * size, large.STRONG.scaled(size), one.when[:5]))
        style = (large.STRONG if paper.customer and one.customer else large.BODY).scaled(size)
        said = _said(paper, one, free=free if number == 0 else "")
        blocks.paragraph(
            flow, said, style, indent=(_DAY + _TIME) * size, gap=4 * size if number == 0 else 1, labels=labels
        )  # fmt: skip


def _said(paper: ActivityPaper, one: Activity, *, free: str) -> str:
    """`Gympa, matsalen, med Anna`: the first name alone, as residents know her; and the holiday's name."""
    who = f"med {person_name(one.leader, paper.names).split()[0]}" if one.leader else ""
    ward = paper.wards.get(one.ward or "", "")
    parts = (one.text, one.place or "", ward, who, free)
    return ", ".join(part for part in parts if part)
