"""Tables that somebody typed or pasted into a text: lines with tabs or bars between their cells, drawn as a table.

Cells are written out one after the other, so that a reader that follows the file hears each of them whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.reports import lettering
from app.reports.lettering import LINE, SEMIBOLD, Style
from app.reports.pages import Box, Strip, Text

_HEAD = Style(SEMIBOLD, 10, 13.5)
_CELL = Style(size=10, leading=13.5)
_PAD = 12.0
"""Between two columns."""
_ABOVE, _BELOW = 2.5, 3.5
_HAIR = 0.5
_MOST_COLUMNS = 9
_TALLEST = 12
"""Lines; a row with more is text rather than a table."""
_UNDER_HEAD = re.compile(r":?-{2,}:?")
_NUMBER = re.compile(r"[−–-]?\d[\d  .,]*(?:%|kr|tkr|st|min|h)?")

Rows = list[list[str]]


def rows_at(lines: Sequence[str], start: int) -> tuple[Rows, int]:
    """The table that begins at a line, and the number of the line after it; no rows where there is none.

    A table is two lines or more with as many cells. A line of dashes under the head belongs to no row.
    """
    rows: Rows = []
    at = start
    while at < len(lines):
        cells = _cells(lines[at])
        if not 2 <= len(cells) <= _MOST_COLUMNS or (rows and len(cells) != len(rows[0])):
            break
        if not (rows and all(_UNDER_HEAD.fullmatch(cell) for cell in cells)):
            rows.append(cells)
        at += 1
    filled = all(any(row) for row in rows)
    return (rows, at) if len(rows) > 1 and filled else ([], start + 1)


def _cells(line: str) -> list[str]:
    text = line.strip(" ")
    if "\t" in text.strip("\t"):
        return [cell.strip() for cell in text.split("\t")]
    if text.startswith("|") and text.endswith("|"):
        return [cell.strip() for cell in text[1:-1].split("|")] if text.count("|") > 2 else []
    return [cell.strip() for cell in text.split(" | ")] if " | " in text else []


def strips(rows: Rows, *, indent: float, room: float) -> list[Strip]:
    """A strip a row, the head first; none where the table is too wide for the page and has to be written downwards."""
    widths = _widths(rows, room)
    if not widths:
        return []
    right = [_is_numbers(row[n] for row in rows[1:]) for n in range(len(widths))]
    found = []
    for number, row in enumerate(rows):
        style = _CELL if number else _HEAD
        cells = [lettering.wrap(cell, style, wide - _PAD) for cell, wide in zip(row, widths, strict=True)]
        most = max(len(lines) for lines in cells)
        if most > _TALLEST:
            return []
        texts, x = [], indent
        for lines, wide, to_right in zip(cells, widths, right, strict=True):
            for n, line in enumerate(lines):
                shift = wide - _PAD - lettering.width(line, style) if to_right else 0.0
                texts.append(Text(x + shift, _ABOVE + style.leading * n + style.drop, style, line))
            x += wide
        height = _ABOVE + style.leading * most + _BELOW
        rule = Box(indent, height - _HAIR, sum(widths) - _PAD, 2 * _HAIR if number == 0 else _HAIR, LINE)
        found.append(Strip(height, tuple(texts), (rule,)))
    return found


def _is_numbers(cells: Iterable[str]) -> bool:
    texts = [cell for cell in cells if cell]
    return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)


def _widths(rows: Rows, room: float) -> list[float]:
    """As wide as the text where that fits; else short ones first, and the long ones share what is left."""
    whole, least = [], []
    for n in range(len(rows[0])):
        texts = [(lettering.shown(row[n]), _CELL if number else _HEAD) for number, row in enumerate(rows)]
        whole.append(_PAD + max(lettering.width(text, style) for text, style in texts) + 1)
        words = [(word, style) for text, style in texts for word in text.split(" ")]
        least.append(_PAD + max(lettering.width(word, style) for word, style in words) + 1)
    if sum(whole) <= room + _PAD:
        return whole
    spare = room + _PAD - sum(least)
    if spare < 0:
        return []
    found = list(least)
    in_turn = sorted(range(len(found)), key=lambda n: whole[n] - least[n])
    for place, n in enumerate(in_turn):
        given = min(whole[n] - least[n], spare / (len(in_turn) - place))
        found[n] += given
        spare -= given
    return found
