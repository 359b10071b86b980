"""The log cannot be edited, thinned out or reordered without the check naming the row."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import StorageFault
from app.services import checks, customers
from app.services.desk import Desk
from tests.storage.tools import tamper
from tests.support import PASSWORD, audit_rows, log_in, surroundings

SWAP = """
    UPDATE audit SET sequence = CASE sequence WHEN 3 THEN -4 WHEN 4 THEN -3 END WHERE sequence IN (3, 4);
    UPDATE audit SET sequence = -sequence WHERE sequence < 0
"""
COPY = """
    INSERT INTO audit (sequence, at, user, role, workstation, action, mac)
    SELECT 999, at, user, role, workstation, action, mac FROM audit WHERE sequence = 2
"""
EDITS = {
    "an edited action": ("UPDATE audit SET action = 'print' WHERE sequence = 3", 3),
    "an edited user": ("UPDATE audit SET user = 'bo' WHERE sequence = 2", 2),
    "a changed reason": ("UPDATE audit SET reason = 'x' WHERE sequence = 4", 4),
    "a moved time": ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 1", 1),
    "a deleted row": ("DELETE FROM audit WHERE sequence = 3", 3),
    "the first row deleted": ("DELETE FROM audit WHERE sequence = 1", 1),
    "two rows swapped": (SWAP, 3),
    "a row put in": (COPY, 999),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_change_to_the_log_is_located(database: Path, edit: str) -> None:
    statements, row = EDITS[edit]
    desk = log_in(database)
    customers.list_customers(desk)
    assert desk.store.first_broken_audit_row() is None
    desk.close()
    tamper(database, *statements.split(";"))
    with pytest.raises(StorageFault, match="audit_broken") as caught:
        checks.check_file(surroundings(), database, user="chef", password=PASSWORD)
    assert caught.value.params["row"] == row


def test_rows_are_numbered_from_one_without_gaps_over_log_ins(database: Path) -> None:
    for _ in range(2):
        log_in(database).close()
    desk = log_in(database)
    try:
        actions = [action for action, _, _ in audit_rows(desk)]
        assert actions[0] == "create_database"
        assert actions[-3:] == ["log_in"] * 3
        assert desk.store.first_broken_audit_row() is None
    finally:
        desk.close()


def test_the_log_holds_no_content(desk: Desk) -> None:
    customers.list_customers(desk)
    told = " ".join(str(part) for row in audit_rows(desk) for part in row)
    for content in ("AB", "Gran 7", "1101", "Anna Berg", "Sommarfest"):
        assert content not in told
