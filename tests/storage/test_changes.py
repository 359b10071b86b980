"""Every table is known to what tells other workstations of changes, or is nobody else's business."""

from __future__ import annotations

from app.domain.changes import KINDS, SILENT, kinds_of
from app.models import Base


def test_every_table_is_shown_by_some_page_or_by_none() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables}
    assert set(KINDS) | SILENT == tables
    assert not set(KINDS) & SILENT


def test_a_table_of_a_later_version_changes_everything() -> None:
    everything = frozenset().union(*KINDS.values())
    assert kinds_of(["customers", "audit"]) == {"customers"}
    assert kinds_of(["drafts", "preferences"]) == frozenset()
    assert kinds_of(["not_known_yet"]) == everything
