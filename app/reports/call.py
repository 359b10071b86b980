"""The call (kallelse) to a meeting: when, where, who, the points so far and what to prepare; nothing of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.calls import Call
from app.reports import blocks, lettering, words
from app.reports.blocks import BODY, FACT_INDENT, LABEL, STRONG, Label
from app.reports.pages import MEASURE, Flow, Mark, Page
from app.reports.pdf import Badge, Head, PdfFile

_PAIR = (MEASURE - FACT_INDENT) / 2
_AT = 26.0
_FEW_UNITS = 3


def draw(calls: Sequence[Call], out: BinaryIO) -> None:
    """Write the calls to `out`, each from a new page. Raises ValueError without any."""
    if not calls:
        raise ValueError("no call to draw")
    units = list(dict.fromkeys(one.unit_name for one in calls))
    author = ", ".join(units) if len(units) <= _FEW_UNITS else f"{units[0]} och {len(units) - 1} andra enheter"
    file = PdfFile(out, title=title(calls), author=author, subject="Kallelser")
    for one in calls:
        file.write(_pages(one, alone=len(calls) == 1), _head(one), items=len(calls) == 1)
    file.save()


def title(calls: Sequence[Call]) -> str:
    """Kind, meeting and day; a period has its first and last day."""
    first, last = calls[0], calls[-1]
    if len(calls) == 1:
        return f"{first.kind}: {first.heading}, {swedish.long_date(first.date)}"
    return f"Kallelser {words.day(first.date)} – {words.day(last.date)}"


def _head(call: Call) -> Head:
    return Head(
        unit=call.unit_name, under=f"{call.setting_label} · {call.heading}",
        running=f"{call.heading} · {swedish.long_date(call.date)}", kind=call.kind, titled=True,
        badges=(Badge("Inställt"),) if call.cancelled else (Badge("Ändrad"),) if call.changed else (),
        foot=f"Utskriven {words.day(call.prepared_on)}",
    )  # fmt: skip


def _pages(call: Call, *, alone: bool) -> list[Page]:
    flow = Flow()
    when = f"{swedish.long_date(call.date)}, {swedish.span(call.start, call.end)}"
    short = f"{swedish.short_date(call.date)} {swedish.clock(call.start)} {call.heading}"
    mark = Mark(call.heading if alone else short, 0)
    blocks.masthead(flow, kind=call.kind, title=call.heading, when=words.capital(when), mark=mark)
    if call.cancelled:
        reason = f"Orsak: {call.cancelled_reason}" if call.cancelled_reason else None
        blocks.notice(flow, "Mötet är inställt", reason)
    elif call.changed:
        blocks.notice(flow, "Ändrad kallelse", "Den här kallelsen gäller i stället för den du har fått förut.")
    blocks.facts(flow, (
        ("Plats", call.place), ("Länk", call.link), ("Kallar", call.convenor.words if call.convenor else None),
    ))  # fmt: skip
    _called(flow, call)
    if not call.cancelled:
        _prepare(flow, call)
        _points(flow, call)
    flow.settle()
    return flow.pages


def _called(flow: Flow, call: Call) -> None:
    """Two names a line, which twenty people need."""
    people = [one.words for one in call.called]
    name = "Kallade"
    while people:
        pair = people[:2] if all(lettering.width(one, BODY) <= _PAIR - 8 for one in people[:2]) else people[:1]
        people = people[len(pair) :]
        widths = [FACT_INDENT, _PAIR, _PAIR][: len(pair) + 1]
        blocks.columns(flow, [name, *pair], widths, styles=[LABEL, BODY, BODY][: len(pair) + 1], gap=2.0)
        name = ""


def _prepare(flow: Flow, call: Call) -> None:
    blocks.section(flow, "Förbered")
    for n, line in enumerate(call.prepare):
        blocks.paragraph(flow, line, BODY, indent=_AT, gap=3.0 if n else 2.0, labels=(Label(8.0, BODY, "•"),))


def _points(flow: Flow, call: Call) -> None:
    blocks.section(flow, "Punkter hittills")
    if call.closing:
        blocks.paragraph(flow, call.closing, LABEL, gap=2.0, keep=bool(call.points))
    if not call.points:
        blocks.paragraph(flow, "Inga punkter är anmälda än.", LABEL, gap=2.0)
    for number, point in enumerate(call.points, start=1):
        length = f" ({point.minutes} min)" if point.minutes is not None else ""
        labels = (Label(0.0, STRONG, f"{number}."),)
        blocks.paragraph(flow, point.heading + length, BODY, indent=_AT, gap=4.0, labels=labels)
