"""Twenty years of a large unit, made up and the same each time, written fast by the raw driver into an encrypted file.

Only the audit log is left short: it is appended to and never read by what is measured.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bootstrap import load_lists
from app.domain.catalogue import Setting
from app.services import access
from app.storage import search
from app.storage.engine import make_engine, raw_connection
from app.storage.key_file import paths
from app.storage.unit_of_work import transaction
from bench import history
from bench.given import FULL_NAME, PASSWORD, UNIT_NAME, USER
from bench.surroundings import FixedClock, around, kdf_lowest

CACHE = Path("build/bench")
WORK = CACHE / "work"
YEARS = 20
FEW_YEARS = 2


@dataclass(frozen=True, slots=True)
class Bulk:
    """A generated database: where it lies, its raw key, and how many meetings it holds."""

    path: Path
    key: bytes
    meetings: int


def database(*, years: int) -> Bulk:
    """The database of `years` years, from the cache when the generator is the one that made it."""
    path = CACHE / f"unit-{years}-years-{_digest()}.tfdb"
    stamp = path.with_suffix(".done")
    if not stamp.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        _clear(CACHE, f"unit-{years}-years-*")
        print(f"  making {years} years of a large unit …", end="", flush=True)
        start = time.perf_counter()
        key = _make(path, years=years)
        stamp.write_text(key.hex(), encoding="ascii")
        print(f" {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    key = bytes.fromhex(stamp.read_text(encoding="ascii"))
    return Bulk(path, key, years * 12 * history.PER_MONTH)


def copy_of(bulk: Bulk, name: str) -> Bulk:
    """A copy that may be written to, with its key file; the one of that name before is replaced."""
    WORK.mkdir(parents=True, exist_ok=True)
    target = WORK / f"{name}.tfdb"
    _clear(WORK, f"{name}.tfdb*")
    for source, place in zip((bulk.path, *paths(bulk.path)), (target, *paths(target)), strict=True):
        shutil.copyfile(source, place)
    return Bulk(target, bulk.key, bulk.meetings)


def empty_database(name: str) -> Bulk:
    """A database that holds one unit and nothing else."""
    WORK.mkdir(parents=True, exist_ok=True)
    target = WORK / f"{name}.tfdb"
    _clear(WORK, f"{name}.tfdb*")
    return Bulk(target, _new_file(target), 0)


def _clear(folder: Path, pattern: str) -> None:
    """Remove what was made before: files, and the folders of backups beside them."""
    for old in folder.glob(pattern):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()


def tidy() -> None:
    """Remove the working copies; the generated databases stay for the next time."""
    shutil.rmtree(WORK, ignore_errors=True)


def _new_file(path: Path) -> bytes:
    with kdf_lowest():
        made = access.create_database(
            around(FixedClock()),
            path,
            unit_name=UNIT_NAME,
            setting=Setting.SARSKILT_BOENDE,
            user=USER,
            full_name=FULL_NAME,
            password=PASSWORD,
        )
    key = made.desk.store.key
    made.desk.close()
    return key


def _make(path: Path, *, years: int) -> bytes:
    key = _new_file(path)
    connection = raw_connection(path, key)
    try:
        for setting in ("synchronous = OFF", "journal_mode = MEMORY", "secure_delete = OFF", "cache_size = -600000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in history.tables(catalogue=load_lists().catalogue, years=years, today=FixedClock().today()):
            _insert(connection, table, rows)
        connection.execute("COMMIT")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise RuntimeError("the generated rows do not hold together")
    finally:
        connection.close()
    engine = make_engine(path, key)
    try:
        with transaction(engine, writing=True) as session:
            search.rebuild(session.connection())
            session.commit()
    finally:
        engine.dispose()
    return key


def _insert(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own table names
    connection.executemany(statement, [tuple(row.values()) for row in rows])


def _digest() -> str:
    made_by = hashlib.sha256()
    folder = Path(__file__).resolve().parent
    sources = [folder / "generator.py", folder / "history.py", folder / "given.py"]
    app = folder.parent / "app"
    sources += sorted((app / "models").glob("*.py")) + sorted((app / "storage").rglob("*.py"))
    sources += [app / "services" / "access.py"]  # what makes the file and its key file
    for source in sources:
        made_by.update(source.read_bytes())
    return made_by.hexdigest()[:12]
