"""`python -m bench [name …]`: take every figure, or those named; a table, and build/bench.json."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import generator
from bench.measure import Row

RESULT = Path("build/bench.json")
MODULES: dict[str, tuple[str, ...]] = {
    "windows": ("first_paint", "today_ready", "idle_memory", "list_growth"),
    "openlp": ("openlp",),
    "log_in": ("log_in",),
    "gui_gap": ("gui_gap",),
    "agenda_pdf": ("agenda_pdf", "merged_bytes"),
    "month_pdf": ("agenda_pdf_word", "month_pdf", "month_pdf_memory"),
    "month_view": ("month_view", "month_view_growth"),
    "search": ("search", "search_growth", "search_index_size"),
    "save_meeting": ("save_meeting",),
    "import_rows": ("import_rows",),
    "expand_year": ("expand_year",),
    "plan": ("plan_first", "plan_municipality", "plan_quality"),
    "clashes": ("clashes", "clash_one"),
}
"""Each module with the figures it takes, in the order of the table."""


def main(wanted: Sequence[str]) -> int:
    """Take the figures; status 1 when one could not be taken, 2 for a name that is none."""
    known = {name for names in MODULES.values() for name in names}
    if unknown := [name for name in wanted if name not in known]:
        print(f"No such figure: {', '.join(unknown)}. There are: {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    faults = 0
    print(_line("figure", "ratio", "goal", "", "min-max", "n", "median", "load", "against"), flush=True)
    for module, names in MODULES.items():
        if wanted and not set(wanted) & set(names):
            continue
        try:
            for row in _rows(module):
                rows.append(row)
                print(_shown(row), flush=True)
        except Exception:  # noqa: BLE001 - one figure's fault must not cost the others; it is shown and counted
            faults += 1
            print(f"{module} could not be taken:", file=sys.stderr)
            traceback.print_exc()
    generator.tidy()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps([row.as_json() for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    unmet = [row.name for row in rows if row.met is False]
    print(f"\n{len(rows)} figures in {RESULT}; over their goal: {', '.join(unmet) or 'none'}")
    return 1 if faults else 0


def _rows(module: str) -> Iterator[Row]:
    found: Iterator[Row] = importlib.import_module(f"bench.{module}").rows()
    return found


def _shown(row: Row) -> str:
    ratio = "missing" if row.ratio is None else f"{row.ratio:.3g}"
    spread = "" if row.min is None or row.max is None else f"{row.min:.3g}-{row.max:.3g}"
    median = "" if row.median is None else f"{row.median:.4g} {row.unit}"
    verdict = {True: "met", False: "OVER", None: "-"}[row.met]
    shown = _line(row.name, ratio, f"{row.goal:g}", verdict, spread, str(row.n), median, f"{row.load:.2f}", row.against)
    return f"{shown}\n{'':18}{row.note}" if row.note else shown


def _line(*cells: str) -> str:
    widths = (18, 8, 6, 5, 14, 4, 14, 6)
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False)) + cells[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
