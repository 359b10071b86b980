"""The building stones of every document: paragraphs, labelled texts, rows in columns, headings, facts and notices.

No column of text ever has another beside it that goes on for more lines: a row that does not fit is written downwards
instead, so that nobody's sentence is interrupted, on paper or read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.reports import lettering, tables
from app.reports.lettering import ACCENT, BOLD, LINE, MUTED, SEMIBOLD, TINT, WARNING, Style
from app.reports.pages import MEASURE, Box, Flow, Mark, Strip, Text

BODY = Style()
STRONG = Style(SEMIBOLD, 10.5, 14)
SMALL = Style(size=9.5, leading=13, colour=MUTED)
LABEL = Style(size=10.5, leading=14, colour=MUTED)
KIND = Style(SEMIBOLD, 11, 15, ACCENT)
TITLE = Style(BOLD, 21, 25)
WHEN = Style(size=12.5, leading=17)
SECTION = Style(SEMIBOLD, 13, 17, ACCENT)
COLUMN_HEAD = Style(SEMIBOLD, 9.5, 13, MUTED)
ALERT = Style(SEMIBOLD, 11.5, 16, WARNING)
HAIR = 0.6
FACT_INDENT = 96.0

KEPT = 8
"""Paragraphs up to so many lines are never parted by a page break; longer ones keep two lines on either side."""
LOOSE = 3
"""The same for running notes, which fill the page: only what is too short for two lines on either side."""
_LIST = re.compile(r"( *)([-*•–]|\d{1,3}[.)]) +(.*)", re.DOTALL)
_HARD_SPACE = "\N{NO-BREAK SPACE}"
_NEST = 3.0
_DEEPEST = 12


class Label(NamedTuple):
    """A short text beside the first line of another."""

    x: float
    style: Style
    text: str


def paragraph(
    flow: Flow, text: str, style: Style = BODY, *, indent: float = 0.0, gap: float = 0.0,
    labels: Sequence[Label] = (), bar: float | None = None, mark: Mark | None = None, keep: bool = False,
    kept: int = KEPT,
) -> None:  # fmt: skip
    """One typed line, wrapped; `labels` stand beside its first line, `bar` is an edge, `keep` holds it to the next."""
    lines = lettering.wrap(text, style, MEASURE - indent)
    pieces = [lines] if len(lines) <= kept else [lines[:2], *([line] for line in lines[2:-2]), lines[-2:]]
    for number, piece in enumerate(pieces):
        first = number == 0
        height = style.leading * len(piece)
        texts = [Text(indent, style.leading * n + style.drop, style, line) for n, line in enumerate(piece)]
        if first:
            texts[:0] = [Text(x, style.drop, look, lettering.shown(word)) for x, look, word in labels if word]
        boxes = () if bar is None else (Box(bar, 0, 1.8, height, ACCENT),)
        strip = Strip(height, tuple(texts), boxes, mark if first else None, gap if first else 0.0)
        if keep and number == len(pieces) - 1:
            flow.glue(strip)
        else:
            flow.add(strip)


def prose(
    flow: Flow, text: str, style: Style = BODY, *, indent: float = 0.0, gap: float = 0.0, labels: Sequence[Label] = (),
    bar: float | None = None, kept: int = KEPT,
) -> None:  # fmt: skip
    """Typed text with its own line breaks, paragraphs, lists ("- ", "1. ") and tables, each as it was written."""
    space, at, lines = gap, 0, lettering.paragraphs(text)
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            space = max(space, style.leading * 0.5)
            at += 1
            continue
        rows, after = tables.rows_at(lines, at)
        if rows:
            _table(flow, rows, style, indent=indent, gap=space, labels=labels, bar=bar)
            space = 6.0
        else:
            _line(flow, line, style, indent=indent, gap=space, labels=labels, bar=bar, kept=kept)
            space = 0.0
        at, labels = after, ()


def _line(
    flow: Flow, line: str, style: Style, *, indent: float, gap: float, labels: Sequence[Label], bar: float | None,
    kept: int,
) -> None:  # fmt: skip
    """One typed line; an entry of a list hangs beside its mark."""
    found = _LIST.match(line.replace("\t", "    "))
    if not found:
        paragraph(flow, line, style, indent=indent, gap=gap, labels=labels, bar=bar, kept=kept)
        return
    at = indent + min(len(found[1]), _DEEPEST) * _NEST
    marker = Label(at, style, found[2])
    hang = at + max(11.0, lettering.width(lettering.shown(found[2]), style) + 4)
    paragraph(flow, found[3], style, indent=hang, gap=gap, labels=(*labels, marker), bar=bar, kept=kept)


def _table(
    flow: Flow, rows: tables.Rows, style: Style, *, indent: float, gap: float, labels: Sequence[Label],
    bar: float | None,
) -> None:  # fmt: skip
    """A table with its head over every page that it goes on to; one that has no room is written downwards."""
    drawn = tables.strips(rows, indent=indent, room=MEASURE - indent)
    if not drawn:
        for row in rows[1:]:
            for n, (title, cell) in enumerate(zip(rows[0], row, strict=True)):
                told = ": ".join(part for part in (title, cell) if part)
                paragraph(flow, told, style, indent=indent + (12 if n else 0), gap=0 if n else gap, labels=labels)
                labels = ()
            gap = style.leading * 0.5
        return
    if labels or bar is not None:
        # What stands beside the first line of a text stands over a table.
        paragraph(flow, "", style, indent=indent, gap=gap, labels=labels, bar=bar, keep=True)
        gap = 0.0
    before = flow.repeated
    for number, strip in enumerate(drawn):
        (flow.add if number else flow.glue)(replace(strip, gap=gap if number == 0 else 0.0))
        if number == 1:
            flow.repeated = replace(drawn[0], gap=0.0)
    flow.repeated = before


def joined(facts: Iterable[str], *, style: Style = BODY, room: float = MEASURE / 2) -> str:
    """Short facts on a line with dots between; a line ends between them rather than inside a name or a date."""
    whole = []
    for fact_ in facts:
        text = lettering.shown(fact_).strip()
        if text:
            whole.append(text.replace(" ", _HARD_SPACE) if lettering.width(text, style) <= room else text)
    return f"{_HARD_SPACE}· ".join(whole)


def section(flow: Flow, title: str, *, gap: float = 20.0, mark: Mark | None = None) -> None:
    """A heading of the document with a thin rule under it, held to what follows."""
    heading = Text(0, SECTION.drop, SECTION, title)
    rule = Box(0, SECTION.leading + 1, MEASURE, HAIR, LINE)
    flow.glue(Strip(SECTION.leading + 6, (heading,), (rule,), mark, gap))


def subheading(flow: Flow, title: str, *, indent: float, gap: float = 7.0) -> None:
    """A small heading inside an item, held to what follows."""
    flow.glue(Strip(STRONG.leading, (Text(indent, STRONG.drop, STRONG, title),), gap=gap))


def columns(
    flow: Flow, cells: Sequence[str], widths: Sequence[float], *, indent: float = 0.0, gap: float = 0.0,
    styles: Sequence[Style] = (), keep: bool = False,
) -> None:  # fmt: skip
    """One row; only the last cell may take several lines, and a row with another that would is written downwards."""
    looks = [*styles, *[BODY] * (len(cells) - len(styles))]
    fits = all(
        lettering.width(lettering.shown(cell), look) <= wide - 8
        for cell, look, wide in zip(cells[:-1], looks, widths, strict=False)
    )
    if not fits:
        filled = [(cell, look) for cell, look in zip(cells, looks, strict=True) if cell]
        for n, (cell, look) in enumerate(filled):
            paragraph(flow, cell, look, indent=indent + (12 if n else 0), gap=0 if n else gap, keep=n < len(filled) - 1)
        return
    places = [indent + sum(widths[:n]) for n in range(len(cells))]
    labels = [Label(x, look, cell) for x, look, cell in zip(places[:-1], looks, cells, strict=False)]
    paragraph(flow, cells[-1], looks[-1], indent=places[-1], gap=gap, labels=labels, keep=keep)


def column_heads(flow: Flow, titles: Sequence[str], widths: Sequence[float], *, gap: float = 4.0) -> Strip:
    """The names over the columns, held to the first row; give it to `flow.repeated` after that row."""
    places = [sum(widths[:n]) for n in range(len(titles))]
    texts = tuple(Text(x, COLUMN_HEAD.drop, COLUMN_HEAD, title) for x, title in zip(places, titles, strict=True))
    rule = Box(0, COLUMN_HEAD.leading + 2, MEASURE, HAIR, LINE)
    strip = Strip(COLUMN_HEAD.leading + 5, texts, (rule,), gap=gap)
    flow.glue(strip)
    return strip


def fact(flow: Flow, label: str, value: str | None, *, gap: float = 1.5, indent: float = FACT_INDENT) -> None:
    """A line of the paper's head: a name and what it is; nothing when there is none."""
    if value and value.strip():
        prose(flow, value, indent=indent, gap=gap, labels=(Label(0, LABEL, label),))


def facts(flow: Flow, lines: Iterable[tuple[str, str | None]]) -> None:
    """The lines of the paper's head that have something to say."""
    gap = 12.0
    for name, value in lines:
        if value and value.strip():
            fact(flow, name, value, gap=gap)
            gap = 2.0


def rule(flow: Flow, *, below: float = 4.0, indent: float = 0.0) -> None:
    """A thin line under what was placed last; the next block's gap is counted from above it."""
    flow.line(Box(indent, below, MEASURE - indent, HAIR, LINE))


def notice(flow: Flow, title: str, text: str | None = None, *, gap: float = 12.0) -> None:
    """Something that must not be missed, with a coloured edge."""
    paragraph(flow, title, ALERT, indent=10, gap=gap, bar=0.0, keep=bool(text))
    if text:
        prose(flow, text, indent=10, bar=0.0)


def panel(flow: Flow, title: str, text: str, *, title_style: Style, style: Style, gap: float) -> None:
    """A tinted box with a heading and a sentence or two."""
    inside, pad = MEASURE - 32, 14.0
    heads = lettering.wrap(title, title_style, inside)
    lines = lettering.wrap(text, style, inside)
    texts = [
        Text(16, pad + title_style.leading * n + title_style.drop, title_style, line) for n, line in enumerate(heads)
    ]
    start = pad + title_style.leading * len(heads)
    texts += [Text(16, start + style.leading * n + style.drop, style, line) for n, line in enumerate(lines)]
    height = start + style.leading * len(lines) + pad
    flow.add(Strip(height, tuple(texts), (Box(0, 0, MEASURE, height, TINT), Box(0, 0, 3, height, ACCENT)), gap=gap))


def masthead(flow: Flow, *, kind: str, title: str, when: str, mark: Mark) -> None:
    """What the paper is, of what, and when."""
    paragraph(flow, kind, KIND, mark=mark, keep=True)
    paragraph(flow, title, TITLE, gap=1, keep=True)
    paragraph(flow, when, WHEN, gap=3)
