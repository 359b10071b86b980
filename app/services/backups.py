"""Backups that a person asks for: a whole encrypted copy in a folder of her choice, opened and checked."""

from __future__ import annotations

from pathlib import Path

from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.audit import Event


@needs(Right.RESTORE)
def back_up(desk: Desk, *, folder: Path) -> Path:
    """A verified copy of the database with its key file; its path. Raises StorageFault("backup_failed")."""
    made = desk.store.back_up(folder=folder, at=desk.clock.now(), why="manual")
    with desk.writing() as work:
        work.record(Event(action="back_up"))
        work.commit()
    desk.note_end()
    return made
