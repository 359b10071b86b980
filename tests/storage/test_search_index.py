"""The search index in a file: as if made anew after anything, our own table alone let in, mended where it is wrong."""

# ruff: noqa: S608 - names of our own

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app import models as m
from app.domain.errors import KnownError, StorageFault
from app.domain.meetings import Action, Item
from app.services import checks, meeting_removal, meetings, moving, rescuing, restoring
from app.services.desk import Desk
from app.storage import search as index
from app.storage.search_tables import DOCS, WORDS
from tests import support
from tests.services.test_search_index import change, hits, wrong
from tests.storage.tools import tamper
from tests.support import PASSWORD, TODAY, log_in, quick_desk, surroundings
from tests.throwaway_server import ThrowawayServer

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def contents(connection: Connection) -> set[tuple[object, ...]]:
    """Every word of the index with where it stands."""
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.v USING fts5vocab(main, {WORDS}, instance)")
    return {tuple(row) for row in connection.exec_driver_sql('SELECT term, doc, col, "offset" FROM temp.v')}


WORD = st.sampled_from(["fall", "sömn", "värd", "Åsa", "rullstol", "två gånger", "", "och"])
STEP = st.tuples(
    st.sampled_from(["note", "decide", "act", "drop", "date", "book", "delete", "fail"]), WORD, st.integers(0, 3)
)


def _act(desk: Desk, what: str, word: str, number: int) -> None:
    """One gesture on the meetings there are."""
    found = work_rows(desk)
    if what == "book" or not found:
        items = (Item(key="", heading=word or "Punkt", notes=word or None),)
        day = TODAY + dt.timedelta(days=number)
        meetings.book_meeting(desk, meeting=replace(support.solgarden().meetings[0], key="", items=items, date=day))
        return
    key, version = found[number % len(found)]
    meeting = meetings.get_meeting(desk, key=key).value
    items_now = list(meeting.items)
    place = number % len(items_now) if items_now else -1
    if what == "delete":
        meeting_removal.delete_meeting(desk, key=key, expected_version=version)
        return
    if what == "date":
        meeting = replace(meeting, date=meeting.date + dt.timedelta(days=number - 1), title=word or None)
    elif items_now and what in ("note", "decide", "act", "drop"):
        item = items_now[place]
        changed = {
            "note": replace(item, notes=word or None), "decide": replace(item, decisions=(word,) if word else ()),
            "act": replace(item, actions=(Action(key=f"{item.key}-a", text=word or "gör"),)), "drop": item,
        }  # fmt: skip
        items_now[place : place + 1] = [] if what == "drop" else [changed[what]]
        meeting = replace(meeting, items=tuple(items_now))
    meetings.save_meeting(desk, meeting=meeting, expected_version=version + (what == "fail"))


def work_rows(desk: Desk) -> list[tuple[str, int]]:
    with desk.reading() as work:
        rows = work.session.execute(select(m.Meeting.key, m.Meeting.version).order_by(m.Meeting.key)).all()
    return [(row.key, row.version) for row in rows]


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_after_any_gestures_the_index_is_as_if_made_anew(
    template: Path, database_key: bytes, steps: list[tuple[str, str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(template, Path(folder, "data"))
        desk = quick_desk(Path(folder, "data", support.FILE), database_key)
        for what, word, number in steps:
            with suppress(KnownError):  # a gesture that is refused changes nothing, which is looked at too
                _act(desk, what, word, number)
        assert wrong(desk) == 0
        with desk.writing() as work:
            connection = work.session.connection()
            kept = contents(connection)
            index.rebuild(connection)
            assert contents(connection) == kept
        desk.close()


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_an_older_database_gets_its_index(tmp_path: Path, schema: int) -> None:
    for suffix in ("", ".keys", ".keys2"):
        shutil.copyfile(FIXTURES / f"schema-{schema}.tfdb{suffix}", tmp_path / f"{support.FILE}{suffix}")
    desk = log_in(tmp_path / support.FILE)
    try:
        assert wrong(desk) == 0
        with desk.reading() as work:
            assert work.session.connection().exec_driver_sql(f"SELECT count(*) FROM {DOCS}").scalar()
    finally:
        desk.close()


HOSTILE = (
    f"DROP TABLE {WORDS} ; CREATE VIRTUAL TABLE {WORDS} USING fts5(body)",
    f"DROP TABLE {WORDS}",
    f"CREATE TABLE {WORDS}_content (id INTEGER PRIMARY KEY)",
    f"CREATE VIRTUAL TABLE {WORDS}2 USING fts5(x)",
    "CREATE VIRTUAL TABLE v USING fts5vocab(search_words, row)",
    f"CREATE INDEX {WORDS}_more ON {WORDS}_docsize (sz)",
    f"CREATE TRIGGER {WORDS}_t AFTER INSERT ON items BEGIN DELETE FROM audit; END",
)


@pytest.mark.parametrize("statements", HOSTILE)
def test_no_other_index_than_our_own_is_let_in(database: Path, statements: str) -> None:
    tamper(database, *statements.split(" ; "))
    with pytest.raises(StorageFault, match="database_hostile"):
        log_in(database)


def test_without_any_index_the_file_is_damaged(database: Path) -> None:
    tamper(database, f"DROP TABLE {WORDS}", f"DROP TABLE {DOCS}")
    with pytest.raises(StorageFault, match="database_damaged"):
        log_in(database)


def test_a_check_finds_what_is_wrong_and_mends_it(desk: Desk, database: Path) -> None:
    with desk.writing() as work:
        connection = work.session.connection()
        connection.exec_driver_sql(f"DELETE FROM {WORDS} WHERE rowid = (SELECT max(id) FROM {WORDS}_docsize)")
        connection.exec_driver_sql(f"UPDATE {DOCS} SET sum = 1 WHERE id = (SELECT min(id) FROM {DOCS})")
        work.commit()
    assert wrong(desk) == 2
    assert checks.check_open(desk).search_wrong == 2
    assert wrong(desk) == 0
    assert checks.check_open(desk).search_wrong == 0
    assert ("rebuild_search", None, None) in support.audit_rows(desk)


def test_what_is_rescued_is_found(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "raddad.tfdb"
    desk = log_in(database)
    change(desk, "teammote-1", lambda one: replace(one, place="Ljusgården"))
    desk.close()
    rescuing.rescue_database(surroundings(), database, out=out, user="chef", password=PASSWORD)
    again = log_in(out)
    try:
        assert (hits(again, "ljusg"), wrong(again)) == ([("meeting", "teammote-1")], 0)
    finally:
        again.close()


def test_a_restored_backup_is_searched_truly(database: Path, tmp_path: Path) -> None:
    desk = log_in(database)
    change(desk, "teammote-1", lambda one: replace(one, place="Ljusgården"))
    copy = desk.store.back_up(folder=tmp_path / "kopior", at=desk.clock.now(), why="manual")
    desk.close()
    tamper(copy, f"DELETE FROM {WORDS}", f"DELETE FROM {DOCS}")
    restoring.restore_backup(surroundings(), database, backup=copy, user="chef", password=PASSWORD, reason="prov")
    again = log_in(database)
    try:
        assert (hits(again, "ljusg"), wrong(again)) == ([("meeting", "teammote-1")], 0)
    finally:
        again.close()


def test_a_moved_database_is_searched_there(database: Path, server: ThrowawayServer, tmp_path: Path) -> None:
    desk, address, home = log_in(database), server.address("sokt"), tmp_path / "hemma.tfdb"
    change(desk, "teammote-1", lambda one: replace(one, place="Ljusgården"))
    moving.move_database(desk, to=address)
    desk.close()
    there = log_in(address)
    moving.move_database(there, to=home)
    back = log_in(home)
    for one in (there, back):
        assert (hits(one, "ljusg"), wrong(one)) == ([("meeting", "teammote-1")], 0)
        one.close()
