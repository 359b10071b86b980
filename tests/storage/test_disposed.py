"""What is left of disposed records in files: nothing in the database's pages, and backups that go in their time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from app import models as m
from app.domain.errors import Refused, StorageFault
from app.services import disposal, expiry, search
from app.services.access import log_in
from app.services.desk import Desk
from app.storage import search as index
from app.storage.copying import file_problems
from app.storage.engine import raw_connection
from app.storage.file_store import FileStore
from tests import support
from tests.services.test_disposal import CANARY, desk, keep_minutes_for, keys_of, old_meeting, propose, second, take_in
from tests.storage.tools import decrypted_pages
from tests.support import AskedClock, FixedClock, audit_rows

__all__ = ["desk", "second"]


class TestPages:
    def test_nothing_of_it_can_be_read_from_any_page(
        self, desk: Desk, second: Desk, database: Path, database_key: bytes
    ) -> None:
        take_in(desk, *(old_meeting(f"gammalt-{n}") for n in range(40)))
        assert CANARY.encode() in decrypted_pages(database, database_key)
        keep_minutes_for(desk)
        done = disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        assert (done.counts, done.left) == ({"minutes": 40}, "")
        assert CANARY.encode() not in decrypted_pages(database, database_key)
        reader = raw_connection(database, database_key, read_only=True)
        assert reader.execute("PRAGMA freelist_count").fetchone() == (0,)
        reader.close()
        assert file_problems(database, database_key) == []
        assert list(database.parent.glob("*-journal")) == []

    @pytest.mark.parametrize("written_anew", [True, False])
    def test_no_word_of_it_is_left_in_the_search_index(
        self, desk: Desk, second: Desk, database: Path, database_key: bytes, monkeypatch: pytest.MonkeyPatch,
        written_anew: bool,
    ) -> None:  # fmt: skip
        take_in(desk, *(old_meeting(f"gammalt-{n}") for n in range(40)))
        assert len(search.search(desk, words="kanariefåglar").hits) > 45
        keep_minutes_for(desk)
        if not written_anew:
            monkeypatch.setattr(FileStore, "overwrite_freed", lambda _: None)
        disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        assert search.search(desk, words="kanariefåglar").hits == ()
        with desk.reading() as work:
            assert index.differences(work.session.connection()) == 0
            blocks = work.session.connection().exec_driver_sql("SELECT block FROM search_words_data").scalars()
            assert not [block for block in blocks if b"kanarie" in bytes(block)]
        plain = decrypted_pages(database, database_key)
        assert not [part for part in ("kanariefåglar", "anariefå") if part.encode() in plain]

    def test_the_backup_before_still_has_it(self, desk: Desk, second: Desk, database_key: bytes) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        done = disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        backup = Path(done.folders[0]) / done.backup
        assert "before-disposal" in done.backup
        assert CANARY.encode() in decrypted_pages(backup, database_key)

    def test_without_a_backup_nothing_is_removed(
        self, desk: Desk, second: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        proposal = propose(desk)

        def fail(*_: object, **__: object) -> Path:
            raise StorageFault("backup_failed", reason="full")

        monkeypatch.setattr(FileStore, "back_up", fail)
        with pytest.raises(StorageFault, match="backup_failed"):
            disposal.approve_disposal(second, disposal=proposal.id, expected_version=1)
        assert "gammalt" in keys_of(desk, m.Meeting)

    def test_a_file_that_cannot_be_written_anew_is_told_and_holds_nothing_readable(
        self, desk: Desk, second: Desk, database: Path, database_key: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        proposal = propose(desk)

        def fail(*_: object) -> None:
            raise StorageFault("not_overwritten", reason="full")

        monkeypatch.setattr(FileStore, "overwrite_freed", fail)
        done = disposal.approve_disposal(second, disposal=proposal.id, expected_version=1)
        assert "överskrivet där det låg" in done.left
        assert CANARY.encode() not in decrypted_pages(database, database_key)
        assert ("overwrite_disposed_waits", None, None) in audit_rows(desk)


class TestOldBackups:
    @pytest.fixture
    def disposed(self, desk: Desk, second: Desk, clock: FixedClock) -> Callable[[], None]:
        def carry_out() -> None:
            desk.store.back_up(
                folder=desk.store.usual_backup_folder(), at=clock.now() - dt.timedelta(days=3), why="daily"
            )
            desk.store.back_up(
                folder=desk.store.usual_backup_folder(), at=clock.now() - dt.timedelta(days=3), why="manual"
            )
            take_in(desk, old_meeting("gammalt"))
            keep_minutes_for(desk)
            disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)

        return carry_out

    def test_they_are_counted_with_the_day_they_go(self, desk: Desk, disposed: Callable[[], None]) -> None:
        assert expiry.old_backups(desk).count == 0
        disposed()
        found = expiry.old_backups(desk)
        copies = list(desk.store.usual_backup_folder().glob("*.tfdb"))
        assert {name for name in ("daily", "manual", "before-disposal") if name in str(copies)} == {
            "daily", "manual", "before-disposal",
        }  # fmt: skip
        assert (found.count, found.days) == (len(copies), 30)
        assert found.gone_on == support.TODAY + dt.timedelta(days=30)

    def test_the_first_log_in_after_their_time_takes_them_away(
        self, desk: Desk, database: Path, clock: FixedClock, disposed: Callable[[], None]
    ) -> None:
        disposed()
        clock.moment += dt.timedelta(days=29)
        assert expiry.expire_backups(desk) == 0
        later = desk.store.back_up(folder=desk.store.usual_backup_folder(), at=clock.now(), why="daily")
        clock.moment += dt.timedelta(days=1)
        folder = desk.store.usual_backup_folder()
        desk.close()
        again = log_in(support.surroundings(clock), database, user="chef", password=support.PASSWORD)
        left = sorted(path.name for path in folder.iterdir())
        assert [name for name in left if name.endswith(".tfdb")] == [later.name]
        assert ("expire_backups", None, None) in audit_rows(again)
        assert all(name.startswith(later.name) for name in left), "a backup's key files go with it"
        again.close()

    def test_a_day_that_is_asked_for_takes_none_away(
        self, desk: Desk, clock: FixedClock, disposed: Callable[[], None]
    ) -> None:
        disposed()
        count = expiry.old_backups(desk).count
        asked = replace(desk, clock=AskedClock(clock.moment, day=dt.date(2099, 1, 1)))
        assert expiry.expire_backups(asked) == 0
        assert expiry.old_backups(desk).count == count > 0

    def test_one_that_cannot_be_removed_keeps_nobody_out(
        self, desk: Desk, clock: FixedClock, disposed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposed()
        clock.moment += dt.timedelta(days=31)

        def fail(*_: object, **__: object) -> None:
            raise StorageFault("backup_not_removed", reason="locked")

        monkeypatch.setattr(expiry, "discard", fail)
        assert expiry.expire_backups(desk) == 0
        assert audit_rows(desk)[-1] == ("expire_backups_waits", None, None)

    def test_the_days_can_be_chosen(self, desk: Desk, disposed: Callable[[], None]) -> None:
        expiry.set_backup_days(desk, days=0)
        disposed()
        assert expiry.old_backups(desk).count == 0
        with pytest.raises(Refused, match="disposal_backup_days"):
            expiry.set_backup_days(desk, days=366)

    def test_the_second_place_is_in_reach_and_nobody_elses_copies_are_touched(
        self, desk: Desk, tmp_path: Path, clock: FixedClock, disposed: Callable[[], None]
    ) -> None:
        second_place = tmp_path / "usb"
        desk.store.back_up(folder=second_place, at=clock.now() - dt.timedelta(days=9), why="daily")
        strange = second_place / "annan-20200101-080000-daily.tfdb"
        strange.write_bytes(b"somebody else's")
        with desk.writing() as work:
            work.session.execute(
                insert(m.Preference).values(user="", name="backup_place", value=json.dumps(str(second_place)))
            )
            work.commit()
        disposed()
        copies = len([*second_place.glob("*-daily.tfdb"), *desk.store.usual_backup_folder().glob("*.tfdb")]) - 1
        assert copies >= 4, "and the strange one"
        assert expiry.old_backups(desk).count == copies
        clock.moment += dt.timedelta(days=30)
        assert expiry.expire_backups(desk) == copies
        assert list(second_place.iterdir()) == [strange]
