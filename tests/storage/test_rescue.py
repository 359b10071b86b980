"""A damaged database: what can be read comes over, what cannot is counted, and the new file is whole."""

from __future__ import annotations

import functools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.backups import Rescued, rescued_in_words
from app.domain.errors import AccessDenied, KnownError, NotAllowed, StorageFault
from app.domain.roles import Role
from app.domain.wording import wording
from app.services import access, checks, customers, meetings, rescuing
from app.services.doors import Proof
from app.storage import key_file
from app.storage.copying import file_problems
from app.storage.engine import raw_connection
from tests.storage.tools import key_of, tamper
from tests.support import (
    FILE,
    PASSWORD,
    audit_rows,
    files_of,
    log_in,
    quick_desk,
    solgarden,
    surroundings,
    team_meeting,
)

PAGE = 4096
MEETINGS = 60


@pytest.fixture(scope="module")
def filled(template: Path, database_key: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with sixty meetings with long notes, tables of many pages, and the recovery key: only copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(template, folder)
    desk = quick_desk(folder / FILE, database_key)
    paper = access.issue_recovery_key(desk)
    for number in range(2, MEETINGS + 1):
        one = team_meeting()
        items = tuple(
            replace(item, key=f"{item.key}-{number}", notes="å" * 1500 if item.key == "punkt-4" else None)
            for item in one.items
        )
        meetings.book_meeting(desk, meeting=replace(one, key=f"teammote-{number}", items=items))
    desk.close()
    return folder, paper


@pytest.fixture
def paper(filled: tuple[Path, str]) -> str:
    """The recovery key, as it lies in its envelope."""
    return filled[1]


@pytest.fixture
def full(filled: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the database with sixty meetings."""
    folder = tmp_path / "data"
    shutil.copytree(filled[0], folder)
    return folder / FILE


@pytest.fixture(scope="module")
def leaves(filled: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[int]]:
    """The pages of a table, looked for once: every `full` has the same ones."""
    folder = tmp_path_factory.mktemp("leaves") / "data"
    shutil.copytree(filled[0], folder)
    return functools.cache(lambda table: pages_of(folder / FILE, table))


def pages_of(database: Path, table: str) -> list[int]:
    """The pages that hold rows of a table and no inner nodes, by trying: a page is of the table if reading needs it."""
    key = key_of(database)
    content = database.read_bytes()
    found = []
    probe = database.with_name("prov.tfdb")
    for page in range(2, len(content) // PAGE + 1):
        broken = bytearray(content)
        broken[(page - 1) * PAGE + 100] ^= 1
        probe.write_bytes(broken)
        try:
            connection = raw_connection(probe, key, read_only=True)
        except StorageFault:
            continue
        try:
            connection.execute(f'SELECT * FROM "{table}" NOT INDEXED').fetchall()  # noqa: S608
        except Exception:  # noqa: BLE001 - the driver's own
            found.append(page)
        finally:
            connection.close()
    probe.unlink()
    return found


def flip(database: Path, *pages: int) -> None:
    content = bytearray(database.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 1000] ^= 0x40
    database.write_bytes(content)


def save(database: Path, *, user: str = "chef", password: str = PASSWORD, key: str = "") -> Rescued:
    out, proof = database.with_name("räddad.tfdb"), Proof(recovery_key=key)
    return rescuing.rescue_database(surroundings(), database, out=out, user=user, password=password, proof=proof)


def counted(done: Rescued, table: str) -> tuple[int, int | None]:
    (found,) = [one for one in done.tables if one.table == table]
    return found.saved, found.lost


def test_a_whole_database_comes_over_whole(database: Path) -> None:
    done = save(database)
    assert done.whole
    assert done.log_broken is None
    assert rescued_in_words(done)[0] == "Allt gick att läsa."
    desk = log_in(done.path)
    assert {one.value for one in customers.list_customers(desk)} == {one.shown for one in solgarden().customers}
    assert audit_rows(desk)[-2] == ("log_in", None, None) or ("rescue", "database:räddad.tfdb", None) in audit_rows(
        desk
    )
    desk.close()
    checks.check_file(surroundings(), done.path, user="chef", password=PASSWORD)


def test_meetings_on_other_pages_are_saved_and_the_lost_ones_counted(
    full: Path, leaves: Callable[[str], list[int]]
) -> None:
    flip(full, leaves("meetings")[-1])  # the first is the table's root
    damaged = files_of(full.parent)
    with pytest.raises(StorageFault, match="database_damaged"):
        checks.check_file(surroundings(), full, user="chef", password=PASSWORD)
    done = save(full)
    saved, lost = counted(done, "meetings")
    assert lost is not None
    assert 0 < lost < MEETINGS
    assert saved + lost == MEETINGS
    assert f"Möten: {saved} av {MEETINGS}, {lost} gick inte att rädda." in rescued_in_words(done)
    items, gone = counted(done, "items")
    assert (items, gone) == (4 * saved, 4 * lost), "the points of a lost meeting go with it"
    assert file_problems(done.path, key_of(done.path)) == []
    assert checks.check_file(surroundings(), done.path, user="chef", password=PASSWORD).rows["meetings"] == saved
    after = files_of(full.parent)
    assert {name: after[name] for name in damaged if not name.endswith(".lock")} == {
        name: content for name, content in damaged.items() if not name.endswith(".lock")
    }


def test_a_table_whose_root_is_gone_is_said_to_be_lost(full: Path, leaves: Callable[[str], list[int]]) -> None:
    flip(full, leaves("meetings")[0])
    done = save(full)
    assert counted(done, "meetings") == (0, MEETINGS)
    assert f"Möten: 0 av {MEETINGS}, {MEETINGS} gick inte att rädda." in rescued_in_words(done)
    desk = log_in(done.path)
    assert {one.value for one in customers.list_customers(desk)} == {one.shown for one in solgarden().customers}
    desk.close()


def test_flips_in_several_pages_anywhere_never_give_a_file_that_is_not_whole(full: Path, paper: str) -> None:
    whole = full.read_bytes()
    rng = random.Random(7)  # noqa: S311 - the same pages each time
    saved, refused = 0, []
    for _ in range(6):
        full.write_bytes(whole)
        flip(full, *(rng.randint(2, len(whole) // PAGE) for _ in range(4)))
        out = full.with_name("räddad.tfdb")
        try:
            done = save(full, key=paper)
        except KnownError as fault:
            refused.append((fault.code, out.exists()))
            continue
        saved += 1
        assert file_problems(out, key_of(out)) == []
        log_in(out).close()
        assert not done.whole or done.log_broken is None
        for path in (out, *key_file.paths(out)):
            path.unlink()
    assert saved >= 3
    assert set(refused) <= {("rescue_impossible", False)}


def test_a_hole_in_the_log_is_told(full: Path, leaves: Callable[[str], list[int]]) -> None:
    flip(full, leaves("audit")[1])
    done = save(full)
    assert counted(done, "audit")[1]
    assert done.log_broken is not None
    assert any("Loggen hänger inte ihop" in sentence for sentence in rescued_in_words(done))
    log_in(done.path).close()


def test_the_second_copy_of_the_key_file_is_enough(full: Path) -> None:
    key_file.paths(full)[0].write_bytes(b"trasig")
    assert save(full).whole


def test_without_the_first_page_nothing_can_be_read_and_that_is_said(full: Path) -> None:
    flip(full, 1)
    before = files_of(full.parent)
    with pytest.raises(StorageFault, match="rescue_impossible") as caught:
        save(full)
    assert "Återställ från en säkerhetskopia" in wording(caught.value)
    assert files_of(full.parent) == before


@pytest.mark.parametrize("table", ["accounts", "members"])
def test_damage_gives_nobody_a_role(full: Path, paper: str, leaves: Callable[[str], list[int]], table: str) -> None:
    flip(full, *leaves(table))
    before = files_of(full.parent)
    for user in ("lena", "chef"):
        with pytest.raises(AccessDenied, match="rescue_needs_recovery"):
            save(full, user=user)
    assert files_of(full.parent) == before
    with pytest.raises(AccessDenied, match="recovery_key_mistyped"):
        save(full, key="fel")
    done = save(full, key=paper)
    desk = log_in(done.path)
    assert desk.actor.role is Role.MANAGER
    assert ("use_recovery_key", "user:chef", None) in audit_rows(desk)
    desk.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [("must_change = 1", "door_handed_over"), ("all_units = 0", "whole_database"), ("active = 0", "rescue_not_manager"),
     ("role = 'reader'", "rescue_not_manager")],
)  # fmt: skip
def test_the_rules_of_the_log_in_hold(full: Path, paper: str, change: str, code: str) -> None:
    tamper(full, f"UPDATE accounts SET {change} WHERE user = 'chef'")  # noqa: S608 - the words above
    with pytest.raises(KnownError, match=code) as caught:
        save(full)
    assert "\n" not in wording(caught.value)
    assert not full.with_name("räddad.tfdb").exists()
    if code == "door_handed_over":
        assert save(full, key=paper).whole
    else:
        with pytest.raises(NotAllowed, match=code):
            save(full, key=paper)


def test_who_may_and_where_to(full: Path) -> None:
    with pytest.raises(NotAllowed, match="rescue_not_manager"):
        save(full, user="anna")
    with pytest.raises(AccessDenied):
        save(full, password="fel")
    assert not full.with_name("räddad.tfdb").exists()
    with pytest.raises(StorageFault, match="database_exists"):
        rescuing.rescue_database(surroundings(), full, out=full, user="chef", password=PASSWORD)
