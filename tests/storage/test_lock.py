"""One program at a time on a file; a lock that a dead process left behind is nobody's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import StorageFault
from app.domain.wording import wording
from app.services.desk import Desk
from tests.support import files_of, log_in

HOLD = """
import sys
from pathlib import Path
from tests.support import log_in
desk = log_in(Path(sys.argv[1]))
print("öppen", flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]


def test_a_second_program_is_told_who_has_the_file_and_writes_nothing(desk: Desk, database: Path) -> None:
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match="database_in_use") as caught:
        log_in(database)
    assert str(os.getpid()) in wording(caught.value)
    assert files_of(database.parent) == before


def test_logging_out_gives_the_file_back(desk: Desk, database: Path) -> None:
    desk.close()
    desk.close()
    log_in(database).close()
    with pytest.raises(StorageFault, match="database_closed"):
        _ = desk.store.key


def test_a_killed_process_leaves_nothing_in_the_way(database: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().decode().strip() == "öppen"
        with pytest.raises(StorageFault, match="database_in_use"):
            log_in(database)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert database.with_name(database.name + ".lock-owner").exists()
        log_in(database).close()
    finally:
        holder.kill()
        holder.communicate()
