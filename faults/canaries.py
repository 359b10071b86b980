"""Never plain text on disk: a day's work with recognisable words, after which every file is searched for them."""

from __future__ import annotations

import base64
import signal
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from faults import ground as place
from faults.ground import chance, child_environment
from faults.outcome import Outcome, Tally

_LONGEST = 180
_KILLED_AFTER = (0.05, 1.5)
_FOLDERS = {
    "HOME": "", "TMPDIR": "tmp", "XDG_DATA_HOME": "share", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run",
}  # fmt: skip


def try_it(count: int, seed: int) -> Outcome:
    """`count` days: every second one ends with a kill while somebody types, the others with a log-out."""
    tally = Tally()
    searched = size = 0
    for number in range(count):
        dice = chance(seed, number)
        token = "zq" + "".join(dice.choices(string.ascii_lowercase, k=10))
        seconds = dice.uniform(*_KILLED_AFTER) if number % 2 else 0.0
        with place.field() as folder:
            faults = [*_lived(folder, token, seconds), *_found(folder, token)]
            files = [one for one in (folder / "home").rglob("*") if one.is_file()]
            searched += len(files)
            size += sum(one.stat().st_size for one in files)
        tally.case("killed" if seconds else "logged out", *faults, number=number)
    said = f"{searched} files, {size / 1e6:.0f} MB searched, in UTF-8, UTF-16, UTF-32, base64, hexadecimal and reversed"
    return tally.outcome(said)


def _lived(folder: Path, token: str, seconds: float) -> Iterator[str]:
    home = folder / "home"
    home.mkdir()
    own = {name: str(home / part) if part else str(home) for name, part in _FOLDERS.items()}
    for name in own.values():
        Path(name).mkdir(mode=0o700, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "faults.canaries_work", str(home), token, str(seconds)], stdout=subprocess.PIPE,
        text=True, env=child_environment(**own),
    )  # fmt: skip
    try:
        if process.stdout is None or process.stdout.readline().strip() != "typing":
            raise RuntimeError("the day did not come to its end")
        if seconds:
            time.sleep(seconds)
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait()
            return
        words = process.stdout.readline().split()
        if process.wait(_LONGEST) or words[:1] != ["left"]:
            raise RuntimeError("the log-out failed")
        yield from (f"open though deleted: {word}" for word in words[1:] if "(deleted)" not in word)
    finally:
        process.kill()
        process.communicate()


def _found(folder: Path, token: str) -> Iterator[str]:
    """Where the token is found in any file, or in any name, of the day's home; and what the search itself must find."""
    needles = _needles(token)
    for path in sorted((folder / "home").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if token in name.casefold():
            yield f"in the name of a {path.suffix} file"
        if path.is_file():
            data = path.read_bytes()
            yield from (f"{_kind(path)} in {how}" for how, needle in needles if needle in data)
            if token.encode() in data.lower():
                yield f"{_kind(path)} in other letters"
    if not any(needle in (folder / "asked" / "allt.json").read_bytes() for _, needle in needles):
        yield "the search does not even find the words in the file that was asked for"
    if not list((folder / "home").rglob("fel.log")):
        yield "the fault in the slot was not logged"
    if len(list((folder / "home").rglob("*.tfdb"))) < 2:
        yield "there was no database and backup to search"


def _kind(path: Path) -> str:
    return path.suffix.lstrip(".") or path.name


def _needles(token: str) -> list[tuple[str, bytes]]:
    raw = token.encode()
    found = [
        ("UTF-8", raw), ("UTF-16", token.encode("utf-16-le")), ("UTF-16", token.encode("utf-16-be")),
        ("UTF-32", token.encode("utf-32-le")), ("hexadecimal", raw.hex().encode()), ("reverse", raw[::-1]),
    ]  # fmt: skip
    for before in range(3):  # a base64 word begins at any of three places in the text
        coded = base64.b64encode(b"\0" * before + raw)
        found.append(("base64", coded[4 if before else 0 : len(coded) - 4]))
    return found
