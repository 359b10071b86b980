"""Opening an old database in a process that kills itself at one of its statements, or counts them."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from faults.ground import COST
from tests import support


def run(database: Path, last: int, told: Connection) -> None:
    """Log in, which brings the database up; killed right before statement number `last`, if there are so many.

    Every statement of every connection counts: of the check before, the backup, the migration, and the log-in after.
    """
    os.environ[COST] = "lowest"
    begun = 0
    connect = sqlcipher.connect

    def count(_statement: str) -> None:
        nonlocal begun
        begun += 1
        if begun == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(*args: Any, **kwargs: Any) -> Any:
        made = connect(*args, **kwargs)
        made.set_trace_callback(count)
        return made

    sqlcipher.connect = watched
    support.log_in(database).close()
    told.send(begun)
