"""What the program makes is its owner's alone, on a computer that several people have a log-in of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.paths import user_data_dir
from app.services import access, backups, rescuing, restoring
from app.services.desk import Desk
from app.storage.file_store import FileStore
from tests.support import PASSWORD, FixedClock, log_in, make_database, surroundings
from tests.terminal import in_this_process

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems inherit the rights of the folder")
OTHERS = 0o077


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """What most computers begin with: everybody may read what one makes."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What others may read, write or enter, in a folder and below."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.lstat().st_mode & OTHERS
    )  # fmt: skip


def end_bo(desk: Desk) -> None:
    """Take somebody out, so that the file is written anew under another key."""
    store = desk.store
    assert isinstance(store, FileStore)
    store.announce_key(users={"chef"})
    store.change_key()


def test_database_keys_backups_restored_and_rescued_files_are_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "arbete"
    folder.mkdir(mode=0o755)
    database = folder / "enhet.tfdb"
    make_database(database)
    desk = log_in(database)
    made = backups.back_up(desk, folder=folder / "kopior")
    end_bo(desk)
    assert open_to_others(folder) == [], "while it is open too"
    desk.close()
    for path in (made, made.with_name(made.name + ".keys"), made.with_name(made.name + ".keys2")):
        path.chmod(0o644)  # as it comes from a stick or a share
    restoring.restore_backup(
        surroundings(FixedClock()), database, backup=made, user="chef", password=PASSWORD, reason="prov"
    )
    rescuing.rescue_database(surroundings(), database, out=folder / "räddad.tfdb", user="chef", password=PASSWORD)
    for path in (made, made.with_name(made.name + ".keys"), made.with_name(made.name + ".keys2")):
        path.chmod(0o600)
    assert open_to_others(folder) == []
    access.log_in(surroundings(), database, user="chef", password=PASSWORD).close()
    assert open_to_others(user_data_dir()) == []


def test_every_command_makes_files_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "arbete"
    folder.mkdir(mode=0o755)
    environment = {
        "TEAMFORUM_DATABASE": str(folder / "enhet.tfdb"), "TEAMFORUM_USER": "chef", "TEAMFORUM_PASSWORD": PASSWORD,
        "TEAMFORUM_TODAY": "2026-03-02",
    }  # fmt: skip
    for words in (
        ("init", "--unit", "Ek", "--setting", "boendestod"), ("backup", "kopior"), ("export", "ut.json"),
    ):  # fmt: skip
        said = in_this_process(words, folder, environment)
        assert said.status == 0, said.err
    assert len(list(folder.iterdir())) > 4
    assert open_to_others(folder) == []
