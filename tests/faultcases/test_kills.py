"""A migration that is killed after any of its statements leaves the old schema or the new, never something between."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.services import checks, meetings
from app.storage import backup, migrate
from app.storage.engine import make_engine
from tests.child import exit_code
from tests.storage.tools import key_of
from tests.support import FILE, PASSWORD, log_in, solgarden, surroundings

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "schema-1.tfdb"


def upgrade_and_die(database: Path, left: int) -> None:
    """What the child does: it is killed before the statement of the migration that comes after `left` others."""
    whole = migrate.upgrade

    def upgrade(engine: Engine, **given: Any) -> None:
        @event.listens_for(engine, "before_cursor_execute")
        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        whole(engine, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "upgrade", upgrade)
        log_in(database).close()


@pytest.mark.parametrize("statements", [1, 4, 9, 15, 22, 30, 45])
def test_a_kill_in_the_middle_of_a_migration_leaves_the_old_schema(tmp_path: Path, statements: int) -> None:
    database = tmp_path / FILE
    for suffix in ("", ".keys", ".keys2"):
        shutil.copyfile(f"{FIXTURE}{suffix}", f"{database}{suffix}")
    ended = exit_code(upgrade_and_die, database, statements)
    assert ended in (0, -signal.SIGKILL)
    if ended:
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
