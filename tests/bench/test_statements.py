"""Statement counts and query plans: what keeps lists and saving quick with twenty years of meetings."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.domain.meetings import Item, Meeting
from app.services import meeting_lists, meetings
from app.services.desk import Desk
from tests.support import TODAY, log_in, make_database


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "count.tfdb"
    make_database(path)
    opened = log_in(path)
    yield opened
    opened.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def meeting(items: int) -> Meeting:
    points = tuple(Item(key="", heading=f"Punkt {n}") for n in range(items))
    start, end = dt.time(13), dt.time(14)
    return Meeting(key="", unit="solgarden", forum="apt", date=TODAY, start=start, end=end, items=points)


def test_a_month_is_one_query(desk: Desk) -> None:
    meetings.book_meeting(desk, meeting=meeting(1))
    with statements() as sent:
        rows = meeting_lists.list_meetings(desk, from_=TODAY, to=TODAY + dt.timedelta(days=30))
    assert len(rows) == 1
    asked = [one for one in sent if one.startswith("SELECT")]
    assert len(asked) == 2, "who the person is now, and the month"
    assert "FROM accounts" in asked[0]


def test_counting_joins_nothing_that_no_filter_asks_for(desk: Desk) -> None:
    with statements() as sent:
        assert meeting_lists.count_meetings(desk) == 0
    assert not [one for one in sent if "JOIN" in one]


def test_saving_takes_as_many_statements_for_twelve_notes_as_for_one(desk: Desk) -> None:
    counts = []
    for items in (1, 12):
        stored = meetings.book_meeting(desk, meeting=meeting(items))
        written = tuple(dataclasses.replace(item, notes="Vi pratade om det.") for item in stored.value.items)
        new = dataclasses.replace(stored.value, items=written)
        with statements() as sent:
            meetings.save_meeting(desk, meeting=new, expected_version=stored.version)
        counts.append(len(sent))
    assert counts[0] == counts[1]
