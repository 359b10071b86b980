"""What is asked of a file in its own words: a list of wanted keys is looked up in an index."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import and_, select
from sqlalchemy.dialects import sqlite

from app import models as m
from app.services.desk import Desk
from app.services.records import is_wanted
from tests.support import past_the_desk

COLUMNS: tuple[Any, ...] = (
    m.MeetingMember.meeting_id, m.MeetingRegret.meeting_id, m.Item.meeting_id, m.Member.key,
)  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("beside", [False, True])
def test_wanted_rows_are_searched_for_and_not_scanned(desk: Desk, column: Any, beside: bool) -> None:
    table = column.class_.__table__
    wanted = is_wanted(column)
    query = select(column).where(and_(wanted, column.is_not(None)) if beside else wanted)
    text = str(query.compile(dialect=sqlite.dialect()))
    assert "= 1" not in text
    with past_the_desk(desk) as work:
        plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (json.dumps([1, 2]),)).all()
    steps = [str(row[-1]) for row in plan]
    assert any(step.startswith(f"SEARCH {table.name} USING") for step in steps), steps
