"""A migration that is killed after any of its statements leaves the old schema or the new, never something between."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.services import checks, meetings
from app.storage import backup, migrate
from app.storage.engine import make_engine
from tests.storage.tools import key_of
from tests.support import FILE, PASSWORD, log_in, solgarden, surroundings

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "schema-1.tfdb"
UPGRADE = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from app.storage import migrate
from tests.support import log_in
left = int(sys.argv[2])
real = migrate.upgrade
def upgrade(engine):
    @event.listens_for(engine, "before_cursor_execute")
    def count(*_):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    real(engine)
migrate.upgrade = upgrade
log_in(Path(sys.argv[1])).close()
"""


@pytest.mark.parametrize("statements", [1, 4, 9, 15, 22, 30, 45])
def test_a_kill_in_the_middle_of_a_migration_leaves_the_old_schema(tmp_path: Path, statements: int) -> None:
    database = tmp_path / FILE
    for suffix in ("", ".keys", ".keys2"):
        shutil.copyfile(f"{FIXTURE}{suffix}", f"{database}{suffix}")
    ended = subprocess.run(
        [sys.executable, "-c", UPGRADE, str(database), str(statements)], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.returncode in (0, -9), ended.stderr
    if ended.returncode == -9:
        (copy,) = backup.backup_folder(database).glob("*.tfdb")
        assert copy.stat().st_size > 0, "a backup was made first"
        engine = make_engine(database, key_of(database))
        try:
            assert migrate.stored_schema(engine) in (1, migrate.SCHEMA)
        finally:
            engine.dispose()
    desk = log_in(database)
    try:
        assert meetings.get_meeting(desk, key="teammote-1").value == solgarden().meetings[0]
    finally:
        desk.close()
    assert checks.check_file(surroundings(), database, user="chef", password=PASSWORD).schema == migrate.SCHEMA
