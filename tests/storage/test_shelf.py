"""A draft typed while the server is out of reach lies sealed on the workstation, and comes back to its writer alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.address import ServerAddress
from app.domain.errors import StorageFault
from app.domain.roles import Role
from app.services import drafts, meetings
from app.services.desk import Desk
from app.storage.server_store import ServerStore
from app.storage.shelf import Shelf, Shelved
from tests.support import log_in, seated, server_desk

TYPED = "Kanariemening som ingen har sparat"
PLACE = {"kind": "meeting", "key": "teammote-1"}


@pytest.fixture
def there(server_address: ServerAddress, database_key: bytes) -> Iterator[Desk]:
    desk = server_desk(server_address, database_key)
    yield desk
    desk.close()


def out_of_reach(desk: Desk, *, yes: bool = True) -> None:
    """As the follower finds it."""
    assert isinstance(desk.store, ServerStore)
    desk.store._lost = yes


def on_disk(folder: Path) -> list[bytes]:
    return [path.read_bytes() + path.name.encode() for path in folder.rglob("*") if path.is_file()]


def test_what_is_typed_without_contact_is_kept_sealed_and_offered_at_the_next_log_in(
    there: Desk, server_address: ServerAddress, nobodys_machine: Path
) -> None:
    out_of_reach(there)
    drafts.save_draft(there, **PLACE, started_from=3, content=TYPED)
    assert there.store.shelf is not None
    assert len(list(there.store.shelf.of("chef"))) == 1
    for content in on_disk(nobodys_machine):
        assert TYPED.encode() not in content
        assert b"teammote" not in content
    with pytest.raises(StorageFault, match="connection_lost"):
        meetings.get_meeting(there, key="teammote-1")
    again = log_in(server_address)
    found = drafts.read_draft(again, **PLACE)
    assert found is not None
    assert (found.content, found.started_from) == (TYPED, 3)
    assert list(again.store.shelf.of("chef")) == [] if again.store.shelf else False
    again.close()


def test_a_later_draft_in_the_database_stands(there: Desk, clock: object) -> None:
    out_of_reach(there)
    drafts.save_draft(there, **PLACE, started_from=1, content="först")
    out_of_reach(there, yes=False)
    shelf = there.store.shelf
    assert shelf is not None
    (kept,) = shelf.of("chef")
    drafts.save_draft(there, **PLACE, started_from=1, content="sedan")
    assert list(shelf.of("chef")) == [], "what the database has is not kept beside it"
    shelf.put(kept)
    assert drafts.bring_back_drafts(there) == 0
    found = drafts.read_draft(there, **PLACE)
    assert found is not None
    assert found.content == "sedan"


def test_saving_the_meeting_leaves_nothing_behind(there: Desk) -> None:
    out_of_reach(there)
    drafts.save_draft(there, **PLACE, started_from=1, content=TYPED)
    out_of_reach(there, yes=False)
    stored = meetings.get_meeting(there, key="teammote-1")
    meetings.save_meeting(there, meeting=stored.value, expected_version=stored.version)
    assert there.store.shelf is not None
    assert list(there.store.shelf.of("chef")) == []


def test_the_next_person_at_the_workstation_is_not_offered_it(there: Desk) -> None:
    anna = seated(there, Role.LICENSED, member="anna-berg")
    out_of_reach(there)
    drafts.save_draft(there, **PLACE, started_from=1, content=TYPED)
    out_of_reach(there, yes=False)
    assert drafts.bring_back_drafts(anna) == 0
    assert drafts.read_draft(anna, **PLACE) is None
    assert drafts.bring_back_drafts(there) == 1


def test_another_key_opens_nothing_and_a_cut_file_is_passed_over(tmp_path: Path) -> None:
    draft = Shelved(user="chef", kind="meeting", key="m", started_from=1, content=TYPED, at="2026-03-02T08:00:00+00:00")
    Shelf(tmp_path, database_key=b"a" * 32).put(draft)
    assert list(Shelf(tmp_path, database_key=b"b" * 32).of("chef")) == []
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert list(Shelf(tmp_path, database_key=b"a" * 32).of("chef")) == []
    assert path.exists(), "nothing is thrown away that somebody may still want mended"


def test_a_file_has_no_shelf(desk: Desk) -> None:
    assert desk.store.shelf is None
    assert drafts.bring_back_drafts(desk) == 0
