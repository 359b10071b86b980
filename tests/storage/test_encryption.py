"""Nothing is ever plain on the disk: not the database, not what lies beside it, not a backup."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.meetings import Item
from app.services import customers, drafts, meetings
from app.services.desk import Desk
from app.storage import backup, copying
from tests.storage.tools import key_of
from tests.support import PASSWORD, log_in

CANARY = "Kanariefågel Öst 4417"


def test_the_file_is_no_database_to_others(database: Path) -> None:
    connection = sqlite3.connect(database)
    with pytest.raises(sqlite3.DatabaseError, match="file is not a database"):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()
    assert not database.read_bytes().startswith(b"SQLite format 3")


def test_what_is_typed_is_found_in_no_file(desk: Desk, database: Path) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    item = Item(key="punkt-9", heading=CANARY, notes=CANARY)
    meetings.save_meeting(
        desk, meeting=replace(stored.value, items=(*stored.value.items, item)), expected_version=stored.version
    )
    kund = customers.get_customer(desk, key="kund-2")
    customers.save_customer(desk, customer=replace(kund.value, reference=CANARY), expected_version=kund.version)
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content=CANARY * 1000)
    desk.store.back_up(folder=database.parent / "kopior", at=dt.datetime(2026, 3, 2, 9, 0), why="prov")  # noqa: DTZ001
    wanted = [text.encode(coding) for text in (CANARY, PASSWORD, "Anna Berg") for coding in ("utf-8", "utf-16-le")]
    for path in database.parent.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(text in content for text in wanted), path.name
    desk.close()
    assert log_in(database).store.address == database


def test_two_databases_of_one_content_share_no_page(template: Path, tmp_path: Path, database: Path) -> None:
    key = key_of(database)
    copy = backup.make_backup(database, key, folder=tmp_path / "kopior", at=dt.datetime(2026, 3, 2), why="prov")  # noqa: DTZ001
    size = 4096
    pages = {database.read_bytes()[at : at + size] for at in range(0, database.stat().st_size, size)}
    others = {copy.read_bytes()[at : at + size] for at in range(size, copy.stat().st_size, size)}
    assert copy.read_bytes()[:16] != b"SQLite format 3\0"
    assert pages
    assert others


def test_a_backup_is_whole_and_opens_with_the_same_password(desk: Desk, database: Path, tmp_path: Path) -> None:
    copy = desk.store.back_up(folder=tmp_path / "kopior", at=dt.datetime(2026, 3, 2, 9, 0), why="prov")  # noqa: DTZ001
    desk.close()
    assert copy.name == "solgarden-20260302-090000-prov.tfdb"
    assert copying.file_problems(copy, key_of(copy)) == []
    other = log_in(copy)
    try:
        assert meetings.get_meeting(other, key="teammote-1").value.forum == "teammote"
    finally:
        other.close()
