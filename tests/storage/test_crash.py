"""What was saved stays saved: over a full disk in the middle of a gesture, and over a process that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import StorageFault
from app.domain.wording import wording
from app.services import checks, drafts, meetings
from app.services.desk import Desk
from tests.support import PASSWORD, log_in, surroundings

ROOT = Path(__file__).resolve().parents[2]
SAVE = """
import sys
from itertools import count
from pathlib import Path
from app.services import drafts
from tests.support import log_in
desk = log_in(Path(sys.argv[1]))
for number in count(1):
    text = f"{number} " + "å" * 20000
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content=text)
    print(number, flush=True)
"""


def test_a_full_disk_is_told_and_what_was_there_stands(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    with desk.store._engine.connect() as connection:  # the one connection of the pool: no page more than there are
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()
    huge = replace(stored.value.items[0], notes="å" * 500_000)
    new = replace(stored.value, items=(huge, *stored.value.items[1:]))
    with pytest.raises(StorageFault, match="disk_full") as caught:
        meetings.save_meeting(desk, meeting=new, expected_version=stored.version)
    assert "Disken är full" in wording(caught.value)
    with desk.store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.rollback()
    assert meetings.get_meeting(desk, key="teammote-1") == stored
    assert meetings.save_meeting(desk, meeting=new, expected_version=stored.version).version == stored.version + 1


@pytest.mark.parametrize("last", [1, 4, 9])
def test_a_killed_process_loses_nothing_it_had_said_was_saved(database: Path, last: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", SAVE, str(database)], cwd=ROOT, stdout=subprocess.PIPE, env=os.environ
    )
    try:
        assert writer.stdout is not None
        acknowledged = 0
        while acknowledged < last:
            acknowledged = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        acknowledged = max(acknowledged, *(int(line) for line in writer.stdout), 0)
        writer.wait()
    finally:
        writer.kill()
        writer.communicate()
    desk = log_in(database)
    try:
        kept = drafts.read_draft(desk, kind="meeting", key="teammote-1")
        assert kept is not None
        assert int(kept.content.split()[0]) >= acknowledged
    finally:
        desk.close()
    assert checks.check_file(surroundings(), database, user="chef", password=PASSWORD).rows["drafts"] == 1
