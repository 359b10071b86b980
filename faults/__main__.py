"""`python -m faults [--only NAME …] [--seed N] [--count N]`: try every promise; build/faults.md and faults.json."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faults.ground import nobodys_machine
from faults.outcome import Outcome
from faults.shares import hush_libraries

RESULT = Path("build")
SEED = 20260302


@dataclass(frozen=True, slots=True)
class Promise:
    """One row of the promise table: the trial's module, the promise, its figure, and how many cases make it full."""

    name: str
    promise: str
    figure: str
    count: int


PROMISES = (
    Promise("kills", "what was saved stays saved", "500 kills: 0 acknowledged items lost, 0 corrupt files", 500),
    Promise(
        "typed",
        "what is being typed survives a crash",
        "50 kills: a draft at most 2 s old, for its writer only",
        50,
    ),
    Promise("disk", "a failing disk is an honest error", "every write failed in turn: told, kept, nothing half", 900),
    Promise("damage", "damage is noticed", "1,000 flips and truncations: every one detected", 1000),
    Promise("canaries", "never plain text on disk", "canary strings typed in the app: 0 hits", 6),
    Promise("intruders", "nobody in without a password", "denied, delayed, counted, entered in the log", 1000),
    Promise("backups", "every backup restores", "opened and checked; rotation 12 daily, 10 weekly, 9 monthly", 60),
    Promise("upgrades", "an upgrade never strands anyone", "killed after every statement: old or new", 5000),
    Promise("edits", "no silent overwrite", "2 × 10,000 edits: 0 lost, both texts shown", 10_000),
    Promise("log", "who read what is on record", "1,000 changes to the log: all located", 1000),
    Promise("hostile_text", "hostile text stays text", "5,000 strings: 0 active, 0 crashes, unchanged", 5000),
    Promise("hostile_files", "hostile files stay files", "10,000 files: 0 crashes, 0 hangs, 0 partial", 10_000),
)
"""In the order of the promise table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A promise and what was found."""

    promise: Promise
    outcome: Outcome
    seed: int
    seconds: float

    @property
    def verdict(self) -> str:
        """The word of the table."""
        if self.outcome.lost is None:
            return "NOT TRIED"
        return "kept" if self.outcome.kept else "BROKEN"


def main(arguments: Sequence[str]) -> int:
    """Try the promises; status 1 when one is broken or its trial failed, 2 for a name that is none."""
    asked = _parser().parse_args(arguments)
    hush_libraries()
    with nobodys_machine():
        rows, failed = _tried(asked)
    _write(rows)
    broken = [row.promise.promise for row in rows if not row.outcome.kept]
    print(f"\n{len(rows)} promises in {RESULT / 'faults.md'}; broken: {', '.join(broken) or 'none'}")
    return 1 if broken or failed else 0


def _tried(asked: argparse.Namespace) -> tuple[list[Row], bool]:
    """The rows, and whether a trial itself failed."""
    rows: list[Row] = []
    failed = False
    for one in PROMISES:
        if asked.only and one.name not in asked.only:
            continue
        count = one.count if asked.count is None else asked.count
        print(f"{one.promise}: {one.name}, seed {asked.seed}, up to {count} …", flush=True)
        start = time.monotonic()
        try:
            outcome = importlib.import_module(f"faults.{one.name}").try_it(count, asked.seed)
        except Exception as error:  # noqa: BLE001 - a trial that fails must not cost the others; it is shown and counted
            traceback.print_exc()
            failed = True
            outcome = Outcome(tried=0, lost=None, note=f"the trial itself failed: {type(error).__name__}")
        rows.append(Row(one, outcome, asked.seed, time.monotonic() - start))
        print(f"    {rows[-1].verdict}: {outcome.tried} in {rows[-1].seconds:.0f} s. {outcome.note}", flush=True)
    return rows, failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    names = [one.name for one in PROMISES]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--seed", type=int, default=SEED, help="the dice; the same seed tries the same cases")
    parser.add_argument("--count", type=int, help="how many cases, instead of the full count of each")
    return parser


def _write(rows: Sequence[Row]) -> None:
    RESULT.mkdir(exist_ok=True)
    found = [
        {
            "promise": row.promise.promise, "tried": row.outcome.tried, "lost": row.outcome.lost,
            "note": row.outcome.note, "seed": row.seed, "seconds": round(row.seconds, 1),
        }
        for row in rows
    ]  # fmt: skip
    (RESULT / "faults.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = ["# Promised and measured", "", _line("promise", "promised", "", "tried", "lost", "s", "seed", "note")]
    lines.append(_line(*["---"] * 8))
    for row in rows:
        lost = "–" if row.outcome.lost is None else row.outcome.lost
        shown = (row.outcome.tried, lost, f"{row.seconds:.0f}", row.seed, row.outcome.note)
        lines.append(_line(row.promise.promise, row.promise.figure, row.verdict, *shown))
    lines += ["", "Again: `python -m faults --only NAME --seed SEED --count COUNT`. Names, in the order of the table:"]
    lines += [", ".join(row.promise.name for row in rows) + "."]
    (RESULT / "faults.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
