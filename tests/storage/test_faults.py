"""A file that cannot be used is refused with its own line and not a byte of it is changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import StorageFault
from app.domain.wording import wording
from app.services import access, checks
from app.storage import key_file, migrate
from tests.storage.tools import tamper
from tests.support import PASSWORD, files_of, make_database, surroundings

PAGE = 4096


def check(database: Path) -> checks.Report:
    return checks.check_file(surroundings(), database, user="chef", password=PASSWORD)


def open_it(database: Path) -> None:
    access.log_in(surroundings(), database, user="chef", password=PASSWORD).close()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * PAGE + 100])


def flip_first_page(path: Path) -> None:
    flip(path, 100)


def flip_in_the_middle(path: Path) -> None:
    flip(path, path.stat().st_size // 2)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def plain(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE x (y)")
    connection.commit()
    connection.close()


def other_key(path: Path) -> None:
    """Another Teamforum database under this one's key file."""
    other = path.parent.parent / "annan.tfdb"
    make_database(other)
    shutil.copyfile(other, path)


def newer(path: Path) -> None:
    tamper(path, "UPDATE facts SET value = '99' WHERE name = 'schema'")


def without_tables(path: Path) -> None:
    tamper(path, "DROP TABLE facts")


FAULTS: list[tuple[str, Callable[[Path], object]]] = [
    ("database_missing", lambda path: path.unlink()),
    ("database_empty", lambda path: path.write_bytes(b"")),
    ("database_plain", plain),
    ("database_damaged", lambda path: path.write_bytes(b"Hej, det var en textfil. " * 2000)),
    ("database_damaged", flip_first_page),
    ("database_damaged", cut),
    ("database_damaged", other_key),
    ("database_newer", newer),
    ("database_foreign", without_tables),
]


# Opening reads the first pages only: that the end is cut off is seen by the check, which reads them all.
SEEN = [(use, code, spoil) for use in (check, open_it) for code, spoil in FAULTS if (use, spoil) != (open_it, cut)]


@pytest.mark.parametrize(("use", "code", "spoil"), SEEN, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_an_unusable_file_is_refused_and_left_alone(
    database: Path, code: str, spoil: Callable[[Path], object], use: Callable[[Path], object]
) -> None:
    spoil(database)
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match=code) as caught:
        use(database)
    after = files_of(database.parent)
    after.pop(f"{database.name}.lock", None)
    before.pop(f"{database.name}.lock", None)
    assert after == before
    line = wording(caught.value)
    assert "\n" not in line
    assert line.endswith(".")


def test_a_missing_database_is_never_made_by_opening(tmp_path: Path) -> None:
    for use in (check, open_it):
        with pytest.raises(StorageFault, match="database_missing"):
            use(tmp_path / "finns-inte.tfdb")
    assert list(tmp_path.iterdir()) == []


def test_a_new_database_never_overwrites_a_file(tmp_path: Path) -> None:
    there = tmp_path / "viktig.tfdb"
    there.write_text("viktigt", encoding="utf-8")
    with pytest.raises(StorageFault, match="database_exists"):
        make_database(there)
    assert files_of(tmp_path) == {"viktig.tfdb": b"viktigt"}
    with pytest.raises(StorageFault, match="folder_missing"):
        make_database(tmp_path / "mapp" / "ny.tfdb")


def test_the_check_sees_one_flipped_bit_anywhere(template: Path, tmp_path: Path) -> None:
    source = template / "solgarden.tfdb"
    size = source.stat().st_size

    @settings(max_examples=12)
    @given(st.integers(0, size - 1), st.integers(0, 7))
    def one_bit(at: int, bit: int) -> None:
        copy = tmp_path / "kopia.tfdb"
        for name in ("", ".keys", ".keys2"):
            shutil.copyfile(f"{source}{name}", f"{copy}{name}")
        content = bytearray(copy.read_bytes())
        content[at] ^= 1 << bit
        copy.write_bytes(content)
        with pytest.raises(StorageFault):
            check(copy)
        assert copy.read_bytes() == content

    one_bit()


def test_a_whole_file_is_said_to_be_whole(database: Path) -> None:
    before = files_of(database.parent)
    report = check(database)
    assert report.schema == migrate.SCHEMA
    assert report.rows["customers"] == 4
    assert report.audit_rows == report.rows["audit"] > 0
    assert files_of(database.parent) == before


def test_a_damaged_second_key_file_is_told_by_the_check(database: Path) -> None:
    key_file.paths(database)[1].write_bytes(b"{}")
    with pytest.raises(StorageFault, match="key_copy_damaged"):
        check(database)


def test_a_change_of_password_cut_off_between_the_copies_is_mended_at_the_next_log_in(database: Path) -> None:
    first, second = key_file.paths(database)
    before = first.read_bytes()
    desk = access.log_in(surroundings(), database, user="chef", password=PASSWORD)
    access.change_password(desk, surroundings(), old=PASSWORD, new="Ett-annat-lösenord-9")
    desk.close()
    first.write_bytes(before)  # the second copy is written first: this is how a kill between them leaves the two
    with pytest.raises(StorageFault, match="key_copy_damaged"):
        check(database)
    access.log_in(surroundings(), database, user="chef", password=PASSWORD).close()
    assert first.read_bytes() == second.read_bytes() == before
    assert check(database).rows["customers"] == 4


def test_a_second_key_file_that_is_gone_comes_back_at_the_next_log_in(database: Path) -> None:
    first, second = key_file.paths(database)
    second.unlink()
    access.log_in(surroundings(), database, user="chef", password=PASSWORD).close()
    assert second.read_bytes() == first.read_bytes()


def test_a_backup_that_cannot_be_written_says_so_and_harms_nothing(database: Path) -> None:
    desk = access.log_in(surroundings(), database, user="chef", password=PASSWORD)
    try:
        (database.parent / "fil").write_text("inte en mapp", encoding="utf-8")
        with pytest.raises(StorageFault, match="backup_failed"):
            desk.store.back_up(folder=database.parent / "fil", at=desk.clock.now(), why="prov")
    finally:
        desk.close()
    assert check(database).rows["members"] == 6
