"""Where trials happen: copies of one small encrypted unit, with the tests' own content, clock and password."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from random import Random

from app.domain.errors import KnownError
from app.domain.wording import SENTENCES, wording
from app.services import checks
from app.services.checks import Report
from app.services.desk import Desk
from app.storage import key_file
from tests import support

USER, PASSWORD = "chef", support.PASSWORD
MEETING = "teammote-1"
FIXTURES = Path(support.__file__).with_name("fixtures")
COST = "TEAMFORUM_KDF_COST"
_OWN = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@dataclass(frozen=True, slots=True)
class Ground:
    """The template that is copied for each case and never opened again, and its key."""

    template: Path
    key: bytes

    def copy(self, folder: Path) -> Path:
        """A copy of the template, with its key file, in `folder`, which is made."""
        folder.mkdir(parents=True)
        return copy_database(self.template, folder / self.template.name)

    def desk(self, database: Path) -> Desk:
        """The enhetschef's desk by the key known already: a log-in without the time that a password takes."""
        return support.quick_desk(database, self.key)


@cache
def ground() -> Ground:
    """The template, made once in a process and taken away at its end."""
    os.environ[COST] = "lowest"  # key derivation is not what is tried
    folder = Path(tempfile.mkdtemp(prefix="teamforum-faults-"))
    Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=1)  # also at the end of a worker, unlike atexit
    template = folder / support.FILE
    support.make_solgarden(template)
    return Ground(template, key_file.read(template)[0].open_as(USER, PASSWORD))


@contextmanager
def field() -> Iterator[Path]:
    """A folder for the cases of one trial, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="teamforum-faults-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def where(error: BaseException) -> str:
    """The last place in the program's own code that an error came from."""
    trace, found = error.__traceback__, "outside"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/app/" in code.co_filename:
            found = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


@contextmanager
def nobodys_machine() -> Iterator[None]:
    """A home of the trials' own, also for their children: the person's own folders are neither read nor written."""
    before = {name: os.environ.get(name) for name in _OWN}
    with field() as home:
        for name in _OWN:
            folder = home if name == "HOME" else home / name.lower()
            folder.mkdir(mode=0o700, exist_ok=True)
            os.environ[name] = str(folder)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def copy_database(source: Path, target: Path) -> Path:
    """The closed file `source` with its two key files under another name."""
    for old, new in zip((source, *key_file.paths(source)), (target, *key_file.paths(target)), strict=True):
        shutil.copyfile(old, new)
    return target


def chance(seed: int, number: int) -> Random:
    """The dice of one case: the same for the same seed and number, however the cases are shared out."""
    return Random(f"{seed}/{number}")


def check(database: Path, *, password: str = PASSWORD) -> Report:
    """The full check of a file, as `teamforum check` makes it."""
    return checks.check_file(support.surroundings(), database, user=USER, password=password)


def unworded(error: KnownError) -> str:
    """What is wrong with an error's sentence, or nothing: it has one, on one line."""
    line = wording(error)
    return (
        "" if error.code in SENTENCES and "\n" not in line and line.endswith(".") else f"no sentence for {error.code}"
    )


def colleague(desk: Desk, user: str) -> Desk:
    """The same open database with another person at the desk: a file can be opened by one program only."""
    return replace(desk, actor=replace(desk.actor, user=user))


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a child process: no screen, cheap keys, nothing of the person's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEAMFORUM_")}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", COST: "lowest", **more}
