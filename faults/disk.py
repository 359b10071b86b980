"""A failing disk is an honest error: each write of each kind of work fails in turn, in four ways."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from faults.disk_work import WORKS
from faults.ground import chance, child_environment
from faults.outcome import Outcome, Tally
from faults.shares import share

WAYS: dict[str, tuple[int, bool]] = {
    "full": (errno.ENOSPC, True), "bad block": (errno.EIO, False), "read-only": (errno.EROFS, True),
    "unplugged": (errno.EIO, True),
}  # fmt: skip
"""What the disk says, and whether it goes on saying so."""
_FEW = ("save", "backup", "password", "export")
_WINDOWS = ("window", "window vanished")
_SOURCE = Path(__file__).with_name("failing.c")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One case: which kind of work, which of its writes fails, and how."""

    work: str
    nth: int
    error: int
    lasting: bool
    way: str = ""


def try_it(count: int, seed: int) -> Outcome:
    """Fail each write in turn, or `count` of them chosen by the seed where there are more."""
    why = _why_not()
    if why:
        return Outcome(tried=0, lost=None, note=why)
    with child() as answers:
        cases = len(plan(answers, seed))
    tally = share(some, min(count, cases), seed)
    with child() as answers:
        for work in _WINDOWS:
            asked = Asked(work=work, nth=1, error=errno.ENOSPC, lasting=True)
            tally.case(work, *answers(asked)["faults"])
    some_of = "all of them" if count >= cases else f"{count} of them by chance, all with --count {cases}"
    return tally.outcome(f"{cases} writes in {len(WORKS)} kinds of work and {len(WAYS)} ways to fail: {some_of}")


def try_few(seed: int) -> Outcome:
    """The first and one other write of some kinds of work, on a disk that is full, and the window: for every run."""
    if why := _why_not():
        return Outcome(tried=0, lost=None, note=why)
    tally, dice = Tally(), chance(seed, 0)
    error, lasting = WAYS["full"]
    with child() as answers:
        for work in _FEW:
            for nth in (1, dice.randint(2, 12)):
                asked = Asked(work=work, nth=nth, error=error, lasting=lasting)
                tally.case(work, *answers(asked)["faults"], number=f"write {nth}")
        for work in _WINDOWS:
            tally.case(work, *answers(Asked(work=work, nth=1, error=error, lasting=True))["faults"])
    return tally.outcome()


def _why_not() -> str:
    if not sys.platform.startswith("linux"):
        return "only Linux lets a library be put before the system's own"
    return "" if shutil.which("cc") else "there is no C compiler (cc) to build faults/failing.c with"


def some(numbers: range, seed: int) -> Tally:
    """The cases of these numbers."""
    tally = Tally()
    with child() as answers:
        cases = plan(answers, seed)
        for number in numbers:
            asked = cases[number]
            faults = answers(asked)["faults"]
            tally.case(
                asked.work, *(f"{asked.way}: {fault}" for fault in faults), number=f"{number}, write {asked.nth}"
            )
    return tally


def plan(answers: Answers, seed: int) -> list[Asked]:
    """Every write of every kind of work in every way to fail, shuffled."""
    cases = []
    for work in WORKS:
        for way, (error, lasting) in WAYS.items():
            calls = answers(Asked(work=work, nth=0, error=error, lasting=False))["calls"]
            cases += [Asked(work=work, nth=n, error=error, lasting=lasting, way=way) for n in range(1, calls + 1)]
    chance(seed, 0).shuffle(cases)
    return cases


class Answers:
    """A child that is asked for one case after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, asked: Asked) -> dict[str, Any]:
        """What the child found."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the child has no pipes")
        self._process.stdin.write(json.dumps(asdict(asked)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the child died at {asked}")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def child() -> Iterator[Answers]:
    """A child with the failing calls preloaded, working in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="teamforum-disk-", ignore_cleanup_errors=True) as name:
        library = Path(name) / "failing.so"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "faults.disk_work", str(Path(name) / "work")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=child_environment(LD_PRELOAD=str(library)),
        )  # fmt: skip
        try:
            yield Answers(process)
        finally:
            process.kill()
            process.communicate()
