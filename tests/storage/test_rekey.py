"""Removing a user gives the database a new key: what she kept opens nothing, and a kill at any moment harms nobody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import AccessDenied, StorageFault
from app.domain.wording import wording
from app.services import access, accounts, checks, customers, drafts, meetings
from app.services.desk import Desk
from app.storage import copying, file_store, kdf, key_file, rekey
from app.storage.backup import backup_folder
from app.storage.engine import key_fits, raw_connection
from app.storage.store import Store
from tests.child import KILLED, die_before, exit_code
from tests.storage.tools import tamper
from tests.support import PASSWORD, audit_rows, log_in, quick_desk, solgarden, surroundings

OTHER = "ett helt annat lösenord"
STEPS: list[tuple[object, str]] = [
    (key_file, "write_whole"),
    (rekey, "copy_database"),
    (rekey, "copy_problems"),
    (Path, "replace"),
    (rekey, "sync_folder"),
    (rekey, "announce"),
    (rekey, "settle"),
]
"""The places where the child process dies, counted as they are reached: before each of them, and after the last."""
MOMENTS = (0, 2, 3, 5, 6, 7, 8, 10, 12, 14)
FIRST_WRITTEN = 6
"""From here on the copy of the key file that is read first, and written last, is without the removed user."""


def end_bo(desk: Desk) -> None:
    accounts.end_account(desk, user="bo")


def rows(database: Path) -> dict[str, int]:
    return checks.check_file(surroundings(), database, user="chef", password=PASSWORD).rows


def everything_is_there(database: Path, users: tuple[str, ...] = ("chef", "anna", "siv", "lena")) -> None:
    """Each user comes in and finds all of it; the check finds nothing; nothing is left beside the file."""
    expected = solgarden()
    for user in users:
        desk = log_in(database, user)
        try:
            assert desk.store.first_broken_audit_row() is None
            if user == "chef":
                assert {one.value for one in customers.list_customers(desk)} == {
                    one.shown for one in expected.customers
                }
                assert meetings.get_meeting(desk, key="teammote-1").value == expected.meetings[0]
        finally:
            desk.close()
    assert rows(database)["customers"] == len(expected.customers)
    left = {path.name for path in database.parent.iterdir()}
    suffixes = ("", ".keys", ".keys2", ".backups", ".lock", ".attempts")
    assert left <= {database.name + suffix for suffix in suffixes}


def bo_is_out(database: Path, old_keys: Path, old_key: bytes) -> None:
    """Neither her password, nor the key she remembered, nor a copy of the old key file opens the database."""
    with pytest.raises(AccessDenied):
        log_in(database, "bo")
    database.with_name(database.name + ".attempts").unlink(missing_ok=True)
    assert not key_fits(database, old_key)
    kept = old_keys / "kvar.tfdb"
    shutil.copyfile(database, kept)
    for name, copy in zip(("keys", "keys2"), key_file.paths(kept), strict=True):
        shutil.copyfile(old_keys / name, copy)
    with pytest.raises(StorageFault, match="database_damaged"):
        log_in(kept, "bo")


@pytest.fixture
def kept(database: Path, database_key: bytes, tmp_path: Path) -> tuple[Path, bytes]:
    """What bo took with her: the key file as it was, and the database key."""
    folder = tmp_path / "bos"
    folder.mkdir()
    for name, path in zip(("keys", "keys2"), key_file.paths(database), strict=True):
        shutil.copyfile(path, folder / name)
    return folder, database_key


def test_a_removed_user_cannot_open_what_is_written_later(desk: Desk, database: Path, kept: tuple[Path, bytes]) -> None:
    shown = access.issue_recovery_key(desk)
    counted = rows(database)
    end_bo(desk)
    assert not key_file.unfinished(database)
    assert {one.user for one in accounts.list_accounts(desk) if not one.active} == {"bo"}
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="skrivet efteråt")
    assert checks.check_open(desk).rows == {**counted, "audit": counted["audit"] + 1, "drafts": 1}
    with pytest.raises(StorageFault, match="database_in_use"):
        log_in(database)
    desk.close()
    everything_is_there(database)
    bo_is_out(database, *kept)
    access.recover(surroundings(), database, user="siv", typed_key=shown, new_password=OTHER).close()
    (copy,) = backup_folder(database).glob("*-before-rekey.tfdb")
    log_in(copy, "bo").close()
    assert copying.file_problems(copy, kept[1]) == [], "the backup made before keeps the key it was made with"


def test_two_users_removed_in_one_moment_leave_two_backups(desk: Desk, database: Path) -> None:
    end_bo(desk)
    between = desk.store.key
    accounts.end_account(desk, user="lena")
    assert desk.store.key != between
    desk.close()
    assert len(list(backup_folder(database).glob("*-before-rekey*.tfdb"))) == 2
    everything_is_there(database, ("chef", "anna", "siv"))


def test_somebody_put_into_the_key_file_by_hand_gets_no_new_key(desk: Desk) -> None:
    planted = desk.store.keys().with_user("spöke", password=OTHER, database_key=desk.store.key, cost=kdf.LOWEST)
    desk.store.write_keys(planted)
    end_bo(desk)
    assert set(desk.store.keys().users) == {"anna", "chef", "lena", "siv"}


def end_and_die(database: Path, moment: int, key: bytes) -> None:
    """What the child does."""
    desk = quick_desk(database, key)
    end = die_before(STEPS, left=moment)
    accounts.end_account(desk, user="bo")
    end()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_at_any_moment_leaves_a_database_that_opens(
    database: Path, kept: tuple[Path, bytes], moment: int
) -> None:
    assert exit_code(end_and_die, database, moment, kept[1]) == KILLED
    begun = "bo" not in key_file.read(database)[0].users
    assert begun == (moment >= FIRST_WRITTEN)
    if not begun:
        for half in database.parent.glob(".*"):  # the key file that was not written to its end
            half.unlink()
    everything_is_there(database, ("lena", "chef"))
    if begun:
        bo_is_out(database, *kept)
        assert not key_file.unfinished(database)
    else:
        log_in(database, "bo").close()
        assert key_fits(database, kept[1]), "nothing had begun"


@pytest.mark.parametrize("moment", [6, 7])
def test_the_recovery_key_opens_a_change_that_was_cut_off(
    desk: Desk, database: Path, database_key: bytes, moment: int
) -> None:
    shown = access.issue_recovery_key(desk)
    desk.close()
    assert exit_code(end_and_die, database, moment, database_key) == KILLED
    assert key_file.unfinished(database)
    back = access.recover(surroundings(), database, user="anna", typed_key=shown, new_password=OTHER)
    assert not key_file.unfinished(database)
    back.close()
    everything_is_there(database, ("chef",))


def failing(*_args: object, **_kwargs: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["copy_database", "copy_problems", "sync_folder"])
def test_a_full_disk_keeps_the_account_out_and_the_key_is_changed_later(
    desk: Desk, database: Path, kept: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rekey, step, failing)
        with pytest.raises(StorageFault, match="key_change_waits") as caught:
            end_bo(desk)
        assert "vid nästa inloggning" in wording(caught.value)
        assert not rekey.copy_path(database).exists()
        access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
        access.change_password(desk, surroundings(), old=OTHER, new=PASSWORD)
        drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="arbetet går vidare")
        desk.close()
        if step != "sync_folder":  # the change stood still before the file was changed: again no space, yet she is in
            again = log_in(database)
            assert ("key_change_waits", None, None) in audit_rows(again)
            again.close()
    everything_is_there(database, ("chef",))
    bo_is_out(database, *kept)


def test_a_key_file_that_cannot_be_written_ends_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "write_whole", failing)
    with pytest.raises(StorageFault, match="folder_not_writable"):
        end_bo(desk)
    monkeypatch.undo()
    assert all(one.active for one in accounts.list_accounts(desk))
    assert "bo" in desk.store.keys().users


def test_a_gesture_in_progress_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.file_store.PATIENCE", 0.05)
    with desk.reading(), pytest.raises(StorageFault, match="key_change_waits"):
        end_bo(desk)
    assert customers.list_customers(desk)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path, key: raw(path, key, "DELETE FROM drafts_or_audit"),
        lambda path, key: raw(path, key, "DELETE FROM audit WHERE sequence = 2"),
    ],
    ids=["a table gone", "a row gone"],
)
def test_a_copy_that_is_not_the_same_never_takes_the_place(
    desk: Desk, database: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path, bytes], None]
) -> None:
    whole = copying.copy_database

    def spoilt(source: Path, key: bytes, target: Path, *, target_key: bytes) -> dict[str, int]:
        counts = whole(source, key, target, target_key=target_key)
        spoil(target, target_key)
        return counts

    monkeypatch.setattr(rekey, "copy_database", spoilt)
    key = desk.store.key
    with pytest.raises(StorageFault, match="key_change_waits"):
        end_bo(desk)
    assert desk.store.key == key
    assert key_fits(database, key)
    assert customers.list_customers(desk)


def raw(path: Path, key: bytes, statement: str) -> None:
    connection = raw_connection(path, key)
    try:
        connection.execute(statement.replace("DELETE FROM drafts_or_audit", "DROP TABLE drafts"))
    finally:
        connection.close()


def test_a_log_broken_before_stops_neither_backup_nor_new_key(database: Path) -> None:
    tamper(database, "UPDATE audit SET action = 'print' WHERE sequence = 2")
    desk = log_in(database)
    try:
        end_bo(desk)
        assert desk.store.first_broken_audit_row() == 2
    finally:
        desk.close()


def test_a_program_that_waited_while_the_key_was_changed_comes_in(
    desk: Desk, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = file_store.open_store
    waited: list[bool] = []

    def after_the_change(path: Path, key: bytes, **rest: object) -> Store:
        if not waited:
            waited.append(True)
            end_bo(desk)
            desk.close()
        return whole(path, key, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr("app.storage.place.open_store", after_the_change)
    log_in(database).close()
    assert waited
