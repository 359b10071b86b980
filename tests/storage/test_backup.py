"""Backups: each is opened again and checked, kept in rotation, copied to a second place; what fails leaves nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest

from app.domain.errors import Refused, StorageFault
from app.domain.roles import Role
from app.domain.rotation import DAYS
from app.domain.wording import wording
from app.services import access, accounts, backups, checks, drafts, transfer
from app.services.desk import Desk
from app.storage import backup, copying
from tests.storage.tools import key_of
from tests.support import PASSWORD, FixedClock, audit_rows, files_of, log_in, seated, solgarden, surroundings


def databases(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.tfdb"))


def test_a_backup_is_the_whole_database_with_keys_and_receipt(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, folder=tmp_path / "kopior")
    assert sorted(path.name for path in made.parent.iterdir()) == sorted(path.name for path in backup.files_of(made))
    report = checks.check_file(surroundings(), made, user="chef", password=PASSWORD)
    receipt = backups.receipt_of(made)
    assert receipt.rows == {table: count for table, count in report.rows.items() if table != "alembic_version"}
    assert receipt.log_broken is None
    assert receipt.head.startswith(f"rad {report.audit_rows}, ")
    text = backup.receipt_path(made).read_text(encoding="utf-8")
    assert "Kunder: 4" in text
    assert not [word for word in ("Solgården", "Anna", "Gran 7", "kund-") if word in text]
    assert ("back_up", f"backup:{made.name}", None) in audit_rows(desk)


@pytest.mark.parametrize("where", [5000, -9000])
def test_a_copy_that_was_written_wrong_is_no_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: int
) -> None:
    whole = copying.copy_database

    def spoilt(source: Path, key: bytes, target: Path, **rest: object) -> dict[str, int]:
        counts = whole(source, key, target, **rest)  # type: ignore[arg-type]
        content = bytearray(target.read_bytes())
        content[where] ^= 1
        target.write_bytes(content)
        return counts

    monkeypatch.setattr(backup, "copy_database", spoilt)
    with pytest.raises(StorageFault, match="backup_failed"):
        backups.back_up(desk, folder=tmp_path / "kopior")
    assert list((tmp_path / "kopior").iterdir()) == []


class TestDaily:
    """The day's own backup."""

    def test_the_first_log_in_of_a_day_makes_one_whoever_it_is(self, desk: Desk, clock: FixedClock) -> None:
        folder = desk.store.usual_backup_folder()
        assert backups.back_up_daily(seated(desk, Role.READER)).made == databases(folder)[0]
        assert backups.back_up_daily(desk) == backups.Round()
        clock.moment += dt.timedelta(hours=5)
        assert backups.back_up_daily(desk).made is not None
        clock.moment += dt.timedelta(hours=19)
        assert backups.back_up_daily(desk).made is not None
        assert [one.verified for one in backups.list_backups(desk)[0]] == [True, True]
        assert len(databases(folder)) == 2, "the newest of the day took the place of the one before"

    def test_a_clock_moved_back_makes_one_all_the_same(self, desk: Desk, clock: FixedClock) -> None:
        backups.back_up_daily(desk)
        clock.moment -= dt.timedelta(days=400)
        assert backups.back_up_daily(desk).made is not None
        assert len(databases(desk.store.usual_backup_folder())) == 2

    def test_days_go_by_and_the_rotation_deletes_keys_and_receipts_too(self, desk: Desk, clock: FixedClock) -> None:
        for _ in range(DAYS + 3):
            backups.back_up_daily(desk)
            clock.moment += dt.timedelta(days=1)
        folder = desk.store.usual_backup_folder()
        left = databases(folder)
        assert len(left) == DAYS
        assert {path.name for path in folder.iterdir()} == {
            part.name for path in left for part in backup.files_of(path)
        }

    def test_another_databases_backups_are_left_alone(self, desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
        made = backups.back_up(desk)
        other = tmp_path / "annan.tfdb"
        access.create_database(
            surroundings(), other, unit_name="Ekbacken", setting=solgarden().units[0].setting, user="chef",
            full_name="Eva", password=PASSWORD,
        ).desk.close()  # fmt: skip
        stranger = made.with_name("solgarden-20200101-090000-daily.tfdb")
        for source, target in zip(backup.files_of(other)[1:], backup.files_of(stranger)[1:], strict=True):
            shutil.copyfile(source, target)
        shutil.copyfile(backup.receipt_path(made), backup.receipt_path(stranger))
        clock.moment += dt.timedelta(days=60)
        backups.back_up_daily(desk)
        assert stranger.exists()
        assert stranger not in [one.path for one in backups.list_backups(desk)[0]]

    def test_what_fails_is_told_once_a_day_and_tried_again(self, desk: Desk, clock: FixedClock) -> None:
        folder = desk.store.usual_backup_folder()
        folder.write_text("ingen mapp", encoding="utf-8")
        told = backups.back_up_daily(desk)
        assert told.made is None
        assert told.trouble is not None
        assert "Säkerhetskopian kunde inte göras" in wording(told.trouble)
        assert backups.back_up_daily(desk) == backups.Round()
        clock.moment += dt.timedelta(days=1)
        assert backups.back_up_daily(desk).trouble is not None
        folder.unlink()
        assert backups.back_up_daily(desk).made is not None

    def test_a_killed_rounds_half_copy_is_swept_away(self, desk: Desk, clock: FixedClock) -> None:
        backups.back_up_daily(desk)
        made = databases(desk.store.usual_backup_folder())[0]
        backup.receipt_path(made).unlink()
        assert [one.verified for one in backups.list_backups(desk)[0]] == [False]
        clock.moment += dt.timedelta(days=2)
        backups.back_up_daily(desk)
        assert not any(path.exists() for path in backup.files_of(made))


class TestSecondPlace:
    """The other folder."""

    @pytest.fixture
    def usb(self, desk: Desk, tmp_path: Path) -> Path:
        folder = tmp_path / "usb"
        folder.mkdir()
        backups.set_second_place(desk, folder=folder)
        return folder

    def test_each_automatic_backup_is_copied_there_and_opens_there(self, desk: Desk, usb: Path) -> None:
        made = backups.back_up_daily(desk).made
        assert made is not None
        assert files_of(usb) == files_of(made.parent)
        checks.check_file(surroundings(), usb / made.name, user="chef", password=PASSWORD)
        there = backups.list_backups(desk)[1]
        assert [(one.path, one.verified) for one in there] == [(usb / made.name, True)]

    def test_usb_removed_is_told_once_a_day_and_stops_nothing(self, desk: Desk, usb: Path, clock: FixedClock) -> None:
        usb.rmdir()
        told = backups.back_up_daily(desk)
        assert told.made is not None
        assert told.trouble is not None
        assert "går inte att nå" in wording(told.trouble)
        assert not usb.exists(), "no folder is made where a disk should be"
        clock.moment += dt.timedelta(hours=5)
        again = backups.back_up_daily(desk)
        assert again.made is not None
        assert again.trouble is None

    def test_a_copy_damaged_on_its_way_does_not_stay(
        self, desk: Desk, usb: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = shutil.copyfile

        def spoilt(source: Path, target: Path) -> None:
            whole(source, target)
            if target.parent == usb and target.suffix == ".tfdb":
                target.write_bytes(target.read_bytes()[:-1] + b"x")

        monkeypatch.setattr(shutil, "copyfile", spoilt)
        told = backups.back_up_daily(desk)
        assert told.trouble is not None
        assert list(usb.iterdir()) == []

    def test_what_was_made_while_it_was_away_or_before_something_big_follows_later(
        self, desk: Desk, usb: Path, clock: FixedClock
    ) -> None:
        usb.rmdir()
        backups.back_up_daily(desk)
        accounts.end_account(desk, user="bo")
        usb.mkdir()
        clock.moment += dt.timedelta(days=1)
        assert backups.back_up_daily(desk).trouble is None
        assert sorted(one.why for one in backups.list_backups(desk)[1]) == ["before-rekey", "daily", "daily"]
        assert files_of(usb) == files_of(desk.store.usual_backup_folder())

    def test_it_rotates_there_too(self, desk: Desk, usb: Path, clock: FixedClock) -> None:
        for _ in range(DAYS + 2):
            backups.back_up_daily(desk)
            clock.moment += dt.timedelta(days=1)
        assert len(databases(usb)) == DAYS

    def test_the_usual_place_is_no_second_one(self, desk: Desk, tmp_path: Path) -> None:
        backups.back_up(desk)
        with pytest.raises(Refused, match="backup_place_same"):
            backups.set_second_place(desk, folder=desk.store.usual_backup_folder())
        with pytest.raises(StorageFault, match="backup_place_missing"):
            backups.set_second_place(desk, folder=tmp_path / "finns inte")
        backups.set_second_place(desk, folder=None)
        assert backups.second_place(desk) is None


def test_an_import_is_preceded_by_a_backup_and_a_trial_is_not(desk: Desk) -> None:
    transfer.take_in(desk, document=solgarden(), dry_run=True)
    assert backups.list_backups(desk)[0] == ()
    transfer.take_in(desk, document=solgarden())
    assert [(one.why, one.verified) for one in backups.list_backups(desk)[0]] == [("before-import", True)]


def test_no_import_without_a_backup(desk: Desk) -> None:
    desk.store.usual_backup_folder().write_text("ingen mapp", encoding="utf-8")
    before = len(audit_rows(desk))
    with pytest.raises(StorageFault, match="backup_failed"):
        transfer.take_in(desk, document=solgarden())
    assert len(audit_rows(desk)) == before


def test_locking_breaks_off_a_backup_under_way(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = log_in(database)
    folder = desk.store.usual_backup_folder()
    copying_now, go_on = threading.Event(), threading.Event()
    whole = copying.copy_problems

    def slow(*args: object, **rest: object) -> list[str]:
        copying_now.set()
        assert go_on.wait(10)
        return whole(*args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "copy_problems", slow)
    ended: list[object] = []
    at_work = threading.Thread(target=lambda: ended.append(backups.back_up_daily(desk)))
    at_work.start()
    assert copying_now.wait(10)
    desk.close()
    go_on.set()
    at_work.join(10)
    assert ended == [backups.Round()]
    assert list(folder.iterdir()) == []
    log_in(database).close()


def test_what_is_typed_is_in_no_file_of_a_backup(desk: Desk, tmp_path: Path) -> None:
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="KANARIEFÅGEL")
    made = backups.back_up(desk, folder=tmp_path / "kopior")
    assert not [path.name for path in made.parent.iterdir() if "KANARIEFÅGEL".encode() in path.read_bytes()]
    assert key_of(made) == desk.store.key
