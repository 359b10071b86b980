"""What the command line prints: one JSON document, or a table a person can read."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

_WIDEST = 48


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows under headings, in columns as wide as they need; long texts are cut with an ellipsis."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max([len(heading), *(len(row[n]) for row in cells)]) for n, heading in enumerate(headings)]
    for row in ([*headings], ["-" * width for width in widths], *cells):
        sys.stdout.write("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n")


def _cell(value: Any) -> str:
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
