"""Restoring a backup: the old or the new whatever happens, the old file kept, nobody let in who was out."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.accounts import Account
from app.domain.address import is_missing, restore_mark
from app.domain.backups import Now, Restored
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.errors import AccessDenied, KnownError, NotAllowed, Refused, StorageFault
from app.domain.roles import Role
from app.domain.wording import wording
from app.services import access, accounts, backups, checks, customers, meetings, restoring
from app.services.desk import Desk
from app.services.doors import Proof
from app.storage import key_file, migrate, parts, restore
from app.storage.engine import key_fits, raw_connection
from tests.child import KILLED, die_before, exit_code
from tests.storage.tools import key_of, tamper
from tests.support import (
    FILE,
    PASSWORD,
    FixedClock,
    audit_rows,
    files_of,
    log_in,
    make_database,
    solgarden,
    surroundings,
)

ROOT = Path(__file__).resolve().parents[2]
SCHEMA_1 = ROOT / "tests" / "fixtures" / "schema-1.tfdb"
OTHER = "ett helt annat lösenord"


@pytest.fixture
def paper(desk: Desk) -> str:
    """The recovery key, as it lies in its envelope."""
    return access.issue_recovery_key(desk)


@pytest.fixture
def copy(desk: Desk, tmp_path: Path, paper: str) -> Path:
    """A backup of the small unit; afterwards a customer more came, and everybody logged out."""
    made = backups.back_up(desk, folder=tmp_path / "kopior")
    customers.add_customer(desk, customer=later())
    desk.close()
    return made


def later() -> Customer:
    return Customer(key="kund-9", reference="ZZ", unit="solgarden", ward="norr", apartment="1104")


def put_back(
    database: Path, copy: Path, *, user: str = "chef", password: str = PASSWORD, now: str = "", key: str = "",
    clock: FixedClock | None = None,
) -> Restored:  # fmt: skip
    return restoring.restore_backup(
        surroundings(clock), database, backup=copy, user=user, password=password, reason="prov",
        proof=Proof(password_now=now, recovery_key=key),
    )  # fmt: skip


def customers_of(database: Path, user: str = "chef") -> set[str]:
    desk = log_in(database, user)
    try:
        assert desk.store.first_broken_audit_row() is None
        return {one.value.key for one in customers.list_customers(desk)}
    finally:
        desk.close()


OLD = {"kund-1", "kund-2", "kund-3", "kund-4"}
NEW = OLD | {"kund-9"}


def backed_up_before_nils_was_ended(database: Path, folder: Path) -> Path:
    """A second enhetschef comes, a backup is made, and she is ended."""
    desk = log_in(database)
    second = Account(user="nils", full_name="Nils", role=Role.MANAGER, units=None, member=None, active=True)
    accounts.add_account(desk, surroundings(), account=second, password=PASSWORD)
    made = backups.back_up(desk, folder=folder)
    accounts.end_account(desk, user="nils")
    desk.close()
    return made


class TestInPlace:
    """What is restored, and what is kept."""

    def test_the_backup_takes_the_place_and_the_old_file_is_kept(self, database: Path, copy: Path) -> None:
        before = database.read_bytes()
        done = put_back(database, copy)
        assert customers_of(database) == OLD
        assert done.kept is not None
        assert done.kept.parent == database.parent
        assert done.kept.read_bytes() == before
        assert customers_of(done.kept) == NEW
        assert done.backup is not None
        assert backups.receipt_of(done.backup).rows["customers"] == 5
        desk = log_in(database)
        assert ("restore", f"backup:{copy.name}", None) in audit_rows(desk)
        desk.close()
        left = {path.name for path in database.parent.iterdir()}
        assert not [name for name in left if "restor" in name]
        checks.check_file(surroundings(), database, user="chef", password=PASSWORD)

    def test_where_there_is_none(self, copy: Path, tmp_path: Path) -> None:
        new = tmp_path / "ny" / "enhet.tfdb"
        with pytest.raises(StorageFault, match="folder_missing"):
            put_back(new, copy)
        new.parent.mkdir()
        done = put_back(new, copy)
        assert (done.kept, done.backup, done.preview.now) == (None, None, Now.MISSING)
        assert customers_of(new) == OLD

    @pytest.mark.parametrize("spoil", ["cut", "text", "flip", "no keys", "gone"])
    def test_where_the_database_is_damaged(self, database: Path, copy: Path, paper: str, spoil: str) -> None:
        content = database.read_bytes()
        if spoil == "no keys":
            for path in key_file.paths(database):
                path.unlink()
        elif spoil == "gone":
            database.unlink()
        else:
            middle = len(content) // 2
            flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            database.write_bytes({"cut": content[:9000], "text": b"hej" * 5000, "flip": flipped}[spoil])
        before = database.read_bytes() if database.exists() else None
        if spoil in ("cut", "text", "no keys"):
            with pytest.raises(AccessDenied, match="restore_needs_recovery"):
                put_back(database, copy)
        done = put_back(database, copy, key="" if spoil == "gone" else paper)
        assert done.preview.now is (Now.MISSING if spoil == "gone" else Now.DAMAGED)
        assert customers_of(database) == OLD
        assert (done.kept.read_bytes() if done.kept else None) == before

    def test_a_journal_of_the_old_file_is_not_played_into_the_new(self, database: Path, copy: Path, paper: str) -> None:
        journal = database.with_name(database.name + "-journal")
        database.write_bytes(b"trasig" * 3000)
        journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 4096)
        done = put_back(database, copy, key=paper)
        assert done.kept is not None
        assert done.kept.with_name(done.kept.name + "-journal").exists()
        assert not journal.exists()
        assert customers_of(database) == OLD

    def test_an_older_schema_is_migrated_when_it_is_opened(self, tmp_path: Path) -> None:
        database = tmp_path / FILE
        done = put_back(database, SCHEMA_1)
        assert done.preview.migrates
        assert done.preview.there.customers == len(solgarden().customers)
        assert customers_of(database) == {one.key for one in solgarden().customers}
        assert [path.name for path in (tmp_path / f"{FILE}.backups").glob("*before-migration.tfdb")]

    def test_while_somebody_has_it_open_nothing_is_done(self, database: Path, copy: Path) -> None:
        desk = log_in(database)
        try:
            with pytest.raises(StorageFault, match="database_in_use"):
                put_back(database, copy)
        finally:
            desk.close()
        assert customers_of(database) == NEW


class TestPreview:
    """What is told before anything is done."""

    def test_both_sides_in_numbers_and_not_a_byte_changed(self, database: Path, copy: Path) -> None:
        before, beside = files_of(database.parent), files_of(copy.parent)
        shown = restoring.preview_restore(surroundings(), database, backup=copy, user="chef", password=PASSWORD)
        assert files_of(database.parent) == before
        assert files_of(copy.parent) == beside
        assert (shown.there.customers, shown.there.meetings, shown.there.units) == (4, 1, ("Solgården",))
        assert shown.here is not None
        assert shown.here.customers == 5
        assert shown.here.log_rows > shown.there.log_rows
        assert (shown.now, shown.why, shown.receipt, shown.ended) == (Now.OPENED, "manual", True, ())
        assert shown.there.head == backups.receipt_of(copy).head

    def test_it_can_be_asked_while_the_database_is_open(self, database: Path, copy: Path) -> None:
        desk = log_in(database)
        try:
            shown = restoring.preview_restore(surroundings(), database, backup=copy, user="chef", password=PASSWORD)
        finally:
            desk.close()
        assert shown.now is Now.OPENED

    def test_a_log_that_was_broken_is_told(self, database: Path, copy: Path) -> None:
        tamper(copy, "UPDATE audit SET action = 'print' WHERE sequence = 3")
        shown = restoring.preview_restore(surroundings(), database, backup=copy, user="chef", password=PASSWORD)
        assert shown.there.log_broken == 3


class TestWho:
    """Who may restore, and who comes in afterwards."""

    @pytest.mark.parametrize("user", ["anna", "bo", "siv", "lena"])
    def test_only_an_enhetschef_of_the_backup(self, database: Path, copy: Path, user: str) -> None:
        with pytest.raises(NotAllowed, match="restore_not_manager"):
            put_back(database, copy, user=user)
        assert customers_of(database) == NEW

    def test_wrong_passwords_are_denied_counted_and_delayed(self, database: Path, copy: Path) -> None:
        for _ in range(3):
            with pytest.raises(AccessDenied, match="wrong_password"):
                put_back(database, copy, password="fel")
        with pytest.raises(AccessDenied, match="throttled"):
            put_back(database, copy)
        assert customers_of(database, "anna") == NEW

    def test_a_manager_who_is_none_any_more(self, database: Path, copy: Path) -> None:
        tamper(database, "UPDATE accounts SET role = 'reader' WHERE user = 'chef'")
        with pytest.raises(NotAllowed, match="restore_not_manager_now"):
            put_back(database, copy)

    def test_the_password_of_then_restores_and_logs_in(self, database: Path, copy: Path) -> None:
        desk = log_in(database)
        access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
        desk.close()
        with pytest.raises(AccessDenied):
            put_back(database, copy, password=OTHER)
        with pytest.raises(AccessDenied, match="restore_needs_now"):
            put_back(database, copy)
        with pytest.raises(AccessDenied, match="password_now_wrong"):
            put_back(database, copy, now="fel")
        done = put_back(database, copy, now=OTHER)
        assert done.preview.now is Now.OPENED
        assert done.backup is not None
        assert done.kept is not None
        assert customers_of(database) == OLD

    def test_accounts_ended_since_stay_ended_and_get_no_key(self, database: Path, copy: Path) -> None:
        old_key = key_of(copy)
        desk = log_in(database)
        accounts.end_account(desk, user="bo")
        desk.close()
        done = put_back(database, copy)
        assert done.preview.ended == ("bo",)
        with pytest.raises(AccessDenied):
            log_in(database, "bo")
        assert not key_fits(database, old_key), "what she remembers of the old key opens nothing"
        assert customers_of(database, "anna") == OLD
        desk = log_in(database)
        assert {one.user for one in accounts.list_accounts(desk) if not one.active} == {"bo"}
        assert ("end_account", "user:bo", None) in audit_rows(desk)
        desk.close()

    def test_the_one_who_was_ended_cannot_come_back_that_way(self, database: Path, tmp_path: Path) -> None:
        made = backed_up_before_nils_was_ended(database, tmp_path / "kopior")
        with pytest.raises(NotAllowed, match="restore_account_ended"):
            put_back(database, made, user="nils")
        assert customers_of(database) == OLD

    def test_another_units_backup_takes_no_place(self, database: Path, tmp_path: Path) -> None:
        other = tmp_path / "annan.tfdb"
        make_database(other, unit="Ekbacken")
        with pytest.raises(Refused, match="restore_other_database"):
            put_back(database, other)
        assert customers_of(database) == OLD


class TestDoor:
    """Nobody becomes by a restore what she is no more: not by damage, by absence, or by a password of then."""

    @pytest.fixture
    def demoted(self, database: Path, copy: Path) -> Path:
        """The enhetschef of the backup is läsare now, and has a new password."""
        desk = log_in(database)
        access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
        desk.close()
        tamper_now(database, "UPDATE accounts SET role = 'reader' WHERE user = 'chef'")
        assert copy.exists()
        return database

    def test_a_demoted_enhetschef_does_not_restore_herself(self, demoted: Path, copy: Path) -> None:
        before = demoted.read_bytes()
        with pytest.raises(AccessDenied, match="restore_needs_now"):
            put_back(demoted, copy)
        with pytest.raises(NotAllowed, match="restore_not_manager_now"):
            put_back(demoted, copy, now=OTHER)
        assert demoted.read_bytes() == before

    @pytest.mark.parametrize("spoil", ["keys gone", "keys cut", "first page", "empty", "own keys"])
    def test_hiding_or_damaging_what_is_here_gives_nothing(self, demoted: Path, copy: Path, spoil: str) -> None:
        keys = key_file.paths(demoted)
        if spoil == "keys gone":
            without_keys(demoted)
        elif spoil == "keys cut":
            for path in keys:
                path.write_bytes(b"{")
        elif spoil == "own keys":
            for path, old in zip(keys, key_file.paths(copy), strict=True):
                shutil.copyfile(old, path)
            demoted.write_bytes(b"hej" * 5000)
        else:
            demoted.write_bytes(b"" if spoil == "empty" else b"x" * 4096 + demoted.read_bytes()[4096:])
        before = demoted.read_bytes()
        with pytest.raises(AccessDenied, match=r"restore_needs_recovery|restore_needs_now"):
            put_back(demoted, copy)
        with pytest.raises((AccessDenied, NotAllowed), match=r"restore_needs_recovery|password_now|manager_now"):
            put_back(demoted, copy, now=OTHER)
        assert demoted.read_bytes() == before

    def test_with_the_recovery_key_it_is_done_logged_and_gets_a_new_key(
        self, demoted: Path, copy: Path, paper: str
    ) -> None:
        old_key = key_of(copy)
        with pytest.raises(AccessDenied, match="recovery_key_mistyped"):
            put_back(demoted, copy, key="1234")
        without_keys(demoted)
        done = put_back(demoted, copy, key=paper)
        assert done.preview.now is Now.DAMAGED
        assert not key_fits(demoted, old_key)
        desk = log_in(demoted)
        assert ("use_recovery_key", "user:chef", None) in audit_rows(desk)
        desk.close()

    def test_a_recovery_key_of_another_database_opens_nothing(self, demoted: Path, copy: Path, tmp_path: Path) -> None:
        made = access.create_database(
            surroundings(), tmp_path / "annan.tfdb", unit_name="Ek", setting=Setting.LEDNING, user="chef",
            full_name="", password=PASSWORD,
        )  # fmt: skip
        made.desk.close()
        for _ in range(3):
            with pytest.raises(AccessDenied, match="recovery_key_wrong"):
                put_back(demoted, copy, key=made.recovery_key)
        with pytest.raises(AccessDenied, match="throttled"):
            put_back(demoted, copy, key=made.recovery_key)

    def test_the_present_recovery_key_serves_where_the_old_paper_is_gone(self, database: Path, copy: Path) -> None:
        desk = log_in(database)
        new = access.issue_recovery_key(desk)
        access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
        desk.close()
        done = put_back(database, copy, key=new)
        assert done.preview.now is Now.OPENED
        assert done.backup is not None
        assert customers_of(database) == OLD

    @pytest.mark.parametrize("way", ["hides the keys", "adds herself to them"])
    def test_an_ended_enhetschef_who(self, database: Path, tmp_path: Path, way: str) -> None:
        made = backed_up_before_nils_was_ended(database, tmp_path / "kopior")
        if way == "hides the keys":
            without_keys(database)
        else:
            hers = json.loads(key_file.paths(made)[0].read_text(encoding="utf-8"))["body"]["users"]["nils"]
            for path in key_file.paths(database):
                outer = json.loads(path.read_text(encoding="utf-8"))
                outer["body"]["users"]["nils"] = hers
                outer.pop("sum")
                path.write_text(json.dumps(outer), encoding="utf-8")
        before = database.read_bytes()
        with pytest.raises(AccessDenied, match="restore_needs_recovery"):
            put_back(database, made, user="nils")
        assert database.read_bytes() == before

    def test_with_a_password_that_was_handed_over(self, database: Path, copy: Path, tmp_path: Path, paper: str) -> None:
        tamper(database, "UPDATE accounts SET must_change = 1 WHERE user = 'chef'")
        with pytest.raises(AccessDenied, match="password_handed_over"):
            put_back(database, copy)
        tamper(copy, "UPDATE accounts SET must_change = 1 WHERE user = 'chef'")
        new = tmp_path / "ny.tfdb"
        with pytest.raises(AccessDenied, match="door_handed_over"):
            put_back(new, copy)
        assert not new.exists()
        assert put_back(new, copy, key=paper).preview.now is Now.MISSING

    def test_with_an_assignment_that_has_ended(self, database: Path, copy: Path, tmp_path: Path) -> None:
        ended = (
            "UPDATE accounts SET role = (SELECT role FROM accounts WHERE user = 'chef') WHERE user = 'siv'",
            "UPDATE members SET active_to = '2026-02-01' WHERE key = 'eva-chef'",
            "UPDATE accounts SET member_id = (SELECT id FROM members WHERE key = 'eva-chef') WHERE user = 'chef'",
        )
        tamper(database, *ended)
        with pytest.raises(AccessDenied, match="assignment_ended"):
            put_back(database, copy)
        tamper(copy, *ended)
        with pytest.raises(AccessDenied, match="assignment_ended"):
            put_back(tmp_path / "ny.tfdb", copy)
        back = FixedClock(dt.datetime(2026, 1, 15, 9))  # noqa: DTZ001 - wall-clock time; the log knows of a later day
        with pytest.raises(AccessDenied, match="assignment_ended"):
            put_back(database, copy, clock=back)

    @pytest.mark.parametrize("which", ["database", "copy"])
    def test_with_an_account_of_some_units(self, database: Path, copy: Path, which: str) -> None:
        tamper({"database": database, "copy": copy}[which], "UPDATE accounts SET all_units = 0 WHERE user = 'chef'")
        with pytest.raises(NotAllowed, match="whole_database"):
            put_back(database, copy)


class TestToldAfterwards:
    """A log that nobody could compare is told to be shorter; one that was is not."""

    @pytest.mark.parametrize("way", ["compared", "gone", "older copy"])
    def test_at_the_next_log_in(self, database: Path, copy: Path, way: str) -> None:
        log_in(database).close()
        if way == "gone":
            for path in (database, *key_file.paths(database)):
                path.unlink()
        elif way == "older copy":  # laid there by hand, so that the restore finds nothing to compare with
            for source, path in zip((copy, *key_file.paths(copy)), (database, *key_file.paths(database)), strict=True):
                shutil.copyfile(source, path)
        put_back(database, copy)
        desk = log_in(database, "anna")
        assert (desk.lost_log is None) is (way == "compared")
        desk.close()


def tamper_now(database: Path, statement: str) -> None:
    """As `tamper`, with the password of now."""
    connection = raw_connection(database, key_of(database, password=OTHER))
    connection.execute(statement)
    connection.close()


def hostile(*statements: str) -> Callable[[Path], object]:
    return lambda path: tamper(path, *statements)


def absurd_cost(path: Path) -> None:
    for keys in key_file.paths(path):
        keys.write_text(keys.read_text().replace('"memory": 65536', '"memory": 999999999'))


def without_keys(path: Path) -> None:
    for keys in key_file.paths(path):
        keys.unlink()


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def link(path: Path) -> None:
    real = path.with_name("riktig")
    path.rename(real)
    path.symlink_to(real)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD: list[tuple[str, Callable[[Path], object]]] = [
    ("backup_missing", lambda path: path.unlink()),
    ("backup_damaged", lambda path: path.write_bytes(b"")),
    ("backup_damaged", lambda path: path.write_bytes(path.read_bytes()[:20000])),
    ("backup_damaged", flip),
    ("database_plain", lambda path: path.write_bytes(b"SQLite format 3\0" + b"\0" * 5000)),
    ("backup_no_file", link),
    ("backup_no_file", folder),
    ("backup_keys_missing", without_keys),
    ("backup_keys_damaged", lambda path: [one.write_bytes(b"{") for one in key_file.paths(path)]),
    ("key_file_cost", absurd_cost),
    ("database_newer", hostile("UPDATE facts SET value = '99' WHERE name = 'schema'")),
    ("backup_damaged", hostile("UPDATE facts SET value = 'x' WHERE name = 'schema'")),
    ("backup_damaged", hostile("UPDATE facts SET value = '-5' WHERE name = 'schema'")),
    ("database_foreign", hostile("DROP TABLE facts")),
    ("database_hostile", hostile("CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM audit; END")),
    ("database_hostile", hostile("CREATE VIEW v AS SELECT * FROM customers")),
    ("database_hostile", hostile("ALTER TABLE customers RENAME TO c", "CREATE VIEW customers AS SELECT * FROM c")),
    ("database_hostile", hostile("CREATE VIRTUAL TABLE f USING fts5(x)")),
    ("database_hostile", hostile("CREATE TABLE extra (x)")),
    ("database_hostile", hostile("ALTER TABLE customers ADD COLUMN extra TEXT")),
    ("database_hostile", hostile("CREATE INDEX more ON customers (reference)")),
    ("database_hostile", hostile("DROP INDEX ix_meetings_date")),
    ("database_hostile", hostile("DROP TABLE holds")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "spoil"), BAD, ids=[f"{n} {code}" for n, (code, _) in enumerate(BAD)])
def test_what_is_no_whole_backup_is_refused_with_the_reason(
    database: Path, copy: Path, code: str, spoil: Callable[[Path], object]
) -> None:
    before = files_of(database.parent)
    spoil(copy)
    beside = files_of(copy.parent)
    for use in (
        lambda: restoring.preview_restore(surroundings(), database, backup=copy, user="chef", password=PASSWORD),
        lambda: put_back(database, copy),
    ):
        with pytest.raises(KnownError, match=code) as caught:
            use()
        assert "\n" not in wording(caught.value)
        assert files_of(database.parent) == before
        assert files_of(copy.parent) == beside


@pytest.mark.parametrize(
    "statement",
    ["CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE sequence < new.sequence; END",
     "CREATE VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE f USING fts5(x)"],
)  # fmt: skip
def test_a_database_with_something_that_acts_by_itself_is_not_opened(database: Path, statement: str) -> None:
    tamper(database, statement)
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match="database_hostile"):
        log_in(database)
    assert files_of(database.parent) == before


def test_a_schema_is_known_by_its_own_number_only(database: Path) -> None:
    parts.require_own_parts(SCHEMA_1, key_of(SCHEMA_1), schema=1)
    parts.require_own_parts(database, key_of(database), schema=migrate.SCHEMA)
    with pytest.raises(StorageFault, match="database_hostile"):
        parts.require_own_parts(database, key_of(database), schema=1)


STEPS: list[tuple[object, str]] = [
    (shutil, "copyfile"), (restore, "sync_file"), (restore, "sync_folder"), (restore, "write_whole"),
    (key_file, "write_whole"), (Path, "replace"), (Path, "unlink"), (restore, "prove"), (restore, "decide"),
    (restore, "finish"), (shutil, "rmtree"),
]  # fmt: skip


def restore_and_die(database: Path, copy: Path, moment: int) -> None:
    """What the child does."""
    end = die_before(STEPS, left=moment)
    put_back(database, copy)
    end()


class TestKilled:
    """A restore that is killed at any moment leaves the old or the new."""

    @pytest.mark.parametrize("moment", range(1, 40, 5))
    def test_killed_before_each_step(self, database: Path, copy: Path, moment: int) -> None:
        old = database.read_bytes()
        ended = exit_code(restore_and_die, database, copy, moment)
        assert ended in (0, KILLED)
        decided = restore_mark(database).exists() or ended == 0 or database.read_bytes() != old
        assert not is_missing(database)
        assert customers_of(database) == (OLD if decided else NEW)
        checks.check_file(surroundings(), database, user="chef", password=PASSWORD)
        if decided:
            (kept,) = database.parent.glob("solgarden-ersatt-*.tfdb")
            assert kept.read_bytes() == old
            assert customers_of(kept) == NEW
        assert put_back(database, copy).kept is not None
        assert not [path.name for path in database.parent.iterdir() if "restor" in path.name]


def test_a_mark_that_points_elsewhere_moves_nothing(database: Path, tmp_path: Path) -> None:
    outside = tmp_path / "utanför"
    outside.mkdir()
    (outside / database.name).write_bytes(b"annat")
    before = database.read_bytes()
    for words in ('{"from": "../utanför", "keeps": "x.tfdb"}', '{"from": "utanför", "keeps": "x"}', "nej", "[]"):
        restore_mark(database).write_text(words, encoding="utf-8")
        with pytest.raises(StorageFault, match="restore_failed"):
            log_in(database)
        assert database.read_bytes() == before
    restore_mark(database).unlink()
    assert customers_of(database) == OLD


def test_meetings_come_back_too(database: Path, copy: Path) -> None:
    put_back(database, copy)
    desk = log_in(database)
    assert meetings.get_meeting(desk, key="teammote-1").value == solgarden().meetings[0]
    desk.close()
