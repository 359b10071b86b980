"""The log's end is noted outside the database: an end cut off, or an older file, is told at the next log-in."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from app.domain.errors import NotAllowed, NotFound
from app.domain.log import BreakKind, Head, head_line, read_head
from app.services import access, backups, customers, log_end
from app.services.desk import Desk
from app.storage import anchor, key_file
from tests.storage.tools import tamper
from tests.support import PASSWORD, TODAY, FixedClock, audit_rows, log_in, surroundings


def actions_of(desk: Desk) -> list[str]:
    return [action for action, _, _ in audit_rows(desk)]


def leave(database: Path, *, clock: FixedClock | None = None) -> int:
    """Log in, read, log out; how many rows the log has then."""
    desk = log_in(database, clock=clock)
    customers.list_customers(desk)
    count = len(audit_rows(desk))
    desk.close()
    return count


def test_a_log_that_only_grew_is_nothing_to_tell(database: Path) -> None:
    leave(database)
    desk = log_in(database)
    assert desk.lost_log is None
    assert "log_anchor_missing" not in actions_of(desk)
    desk.close()


def test_an_end_cut_off_is_told_once_and_entered_in_the_log(database: Path) -> None:
    count = leave(database)
    tamper(database, f"DELETE FROM audit WHERE sequence > {count - 2}")  # noqa: S608
    desk = log_in(database)
    assert desk.lost_log is not None
    assert desk.lost_log.sequence == count
    assert actions_of(desk)[-2:] == ["log_anchor_missing", "log_in"]
    desk.close()
    again = log_in(database)
    assert again.lost_log is None
    again.close()


def test_a_lost_end_is_told_to_the_enhetschef_until_she_has_seen_it(database: Path) -> None:
    count = leave(database)
    tamper(database, f"DELETE FROM audit WHERE sequence > {count - 2}")  # noqa: S608
    reader = log_in(database, "lena")
    assert reader.lost_log is not None
    with pytest.raises(NotAllowed):
        log_end.list_lost_ends(reader)
    reader.close()
    log_in(database).close()  # she did not press
    desk = log_in(database)
    assert desk.lost_log is None
    (one,) = log_end.list_lost_ends(desk)
    assert (one.lost, one.user) == (str(count), "lena")
    with pytest.raises(NotFound):
        log_end.mark_lost_end_seen(desk, key=1)
    log_end.mark_lost_end_seen(desk, key=one.key)
    log_end.mark_lost_end_seen(desk, key=one.key)
    assert log_end.list_lost_ends(desk) == ()
    assert actions_of(desk).count("see_lost_log") == 1
    desk.close()


def test_what_was_done_before_the_program_was_cut_off_is_noted_every_few_minutes(database: Path) -> None:
    desk = log_in(database)
    customers.list_customers(desk)
    log_end.note_log_end(desk)
    count = len(audit_rows(desk))
    written = anchor.path().stat().st_mtime_ns
    log_end.note_log_end(desk)
    assert anchor.path().stat().st_mtime_ns == written, "nothing new is not written again"
    desk.store._noted = None  # a killed program notes nothing more
    desk.close()
    tamper(database, f"DELETE FROM audit WHERE sequence >= {count}")  # noqa: S608
    again = log_in(database)
    assert again.lost_log is not None
    assert again.lost_log.sequence == count
    again.close()


def test_an_older_file_put_back_is_noticed_though_it_holds_and_went_on(database: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(database.parent, older)
    count = leave(database)
    shutil.copytree(older, database.parent, dirs_exist_ok=True)
    home = anchor.path().read_bytes()
    anchor.path().unlink()  # somebody works on with the old file on another machine, past the row noted here
    for _ in range(2):
        leave(database, clock=FixedClock(dt.datetime.combine(TODAY, dt.time(10))))
    anchor.path().write_bytes(home)
    desk = log_in(database)
    assert desk.store.first_broken_audit_row() is None
    assert desk.lost_log is not None
    assert desk.lost_log.sequence == count
    desk.close()


def test_a_check_names_the_rows_that_were_cut_off(database: Path) -> None:
    count = leave(database)
    tamper(database, f"DELETE FROM audit WHERE sequence > {count - 2}")  # noqa: S608
    store = log_in_without_telling(database)
    state = store.store.log_state()
    assert [(one.kind, one.sequence) for one in state.breaks] == [
        (BreakKind.CUT_OFF, count - 1), (BreakKind.CUT_OFF, count),
    ]  # fmt: skip
    store.store.close()
    assert log_in(database).lost_log is not None  # one who was not let in has noted nothing


def log_in_without_telling(database: Path) -> Desk:
    """The database as it is before the log-in is entered."""
    from tests.support import quick_desk  # noqa: PLC0415 - by a key that is known

    return quick_desk(database, key_file.read(database)[0].open_as("chef", PASSWORD))


def test_closing_and_backing_up_note_the_end_as_it_is_then(database: Path, tmp_path: Path) -> None:
    desk = log_in(database)
    with desk.reading() as work:
        first = anchor.noted(work.session)
    backups.back_up(desk, folder=tmp_path / "copies")
    with desk.reading() as work:
        second = anchor.noted(work.session)
        assert second == anchor.head(work.session)
    customers.list_customers(desk)
    with desk.reading() as work:
        end = anchor.head(work.session)
    desk.close()
    assert first is not None
    assert second is not None
    assert end is not None
    assert first.sequence < second.sequence < end.sequence
    assert json.loads(anchor.path().read_text())[end.database]["sequence"] == end.sequence


def test_the_note_says_nothing_of_anybody(database: Path) -> None:
    leave(database)
    text = anchor.path().read_text()
    for told in ("kund-1", "AB", "Anna", "chef", "solgarden", "Solgården"):
        assert told not in text


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"x": {"sequence": "a"}}', b"\xff\xfe", b'{"x": 5}'])
def test_a_damaged_note_keeps_nobody_out(database: Path, damage: bytes) -> None:
    leave(database)
    anchor.path().write_bytes(damage)
    desk = log_in(database)
    assert desk.lost_log is None
    desk.close()
    assert len(json.loads(anchor.path().read_text())) == 1


def test_a_note_that_cannot_be_written_is_entered_in_the_log(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(anchor, "write_whole", full)
    desk = log_in(database)
    assert actions_of(desk)[-1] == "log_anchor_not_kept"
    desk.close()


def test_several_databases_are_noted_side_by_side_and_one_can_be_forgotten(tmp_path: Path) -> None:
    ends = [
        Head(database=name, sequence=7, mac=b"\x7f\x3a" * 16, at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
        for name in ("one", "other")
    ]
    for end in ends:
        anchor.keep(end)
    anchor.forget("one")
    assert list(json.loads(anchor.path().read_text())) == ["other"]


def test_the_end_on_paper_can_be_typed_back(desk: Desk) -> None:
    customers.list_customers(desk)
    with desk.reading() as work:
        end = anchor.head(work.session)
        assert end is not None
        line = head_line(end)
        read = read_head(line)
        assert read is not None
        sequence, digits = read
        assert anchor.has_row(work.session, sequence=sequence, digits=digits)
        assert not anchor.has_row(work.session, sequence=sequence - 1, digits=digits)
    assert read_head(line.lower().replace("-", " ")) == read
    for short in ("", "rad 7", "rad 7, 7F3A", "rad x, 7F3A7F3A7F3A7F3A", "rad 7, 7F3A7F3A7F3A7F3G"):
        assert read_head(short) is None


def test_a_new_database_notes_its_end(tmp_path: Path) -> None:
    from app.domain.catalogue import Setting  # noqa: PLC0415

    made = access.create_database(
        surroundings(), tmp_path / "ny.tfdb", unit_name="Ny", setting=Setting.BOENDESTOD, user="chef",
        full_name="Eva", password=PASSWORD,
    )  # fmt: skip
    with made.desk.reading() as work:
        assert anchor.noted(work.session) == anchor.head(work.session)
    made.desk.close()
