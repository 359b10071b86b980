"""From a file to a server and back: every row, every password, and nothing left behind when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.address import Address, ServerAddress
from app.domain.errors import NotAllowed, StorageFault
from app.domain.roles import Role
from app.exchange.json_file import write_document
from app.services import access, accounts, attachments, backups, checks, moving, restoring, transfer
from app.services.desk import Desk
from app.storage import moving as copying
from tests.support import PASSWORD, log_in, seated, surroundings
from tests.throwaway_server import ThrowawayServer


def exported(address: Address) -> bytes:
    desk = log_in(address)
    try:
        return write_document(transfer.read_document(desk))
    finally:
        desk.close()


def move(source: Address, target: Address) -> dict[str, tuple[int, str]]:
    desk = log_in(source)
    try:
        return {one.name: (one.rows, one.digest) for one in moving.move_database(desk, to=target)}
    finally:
        desk.close()


def test_a_database_moves_to_a_server_and_back_with_everything_and_everybody(
    database: Path, server: ThrowawayServer, tmp_path: Path
) -> None:
    before = exported(database)
    there, home = server.address("flyttad"), tmp_path / "hemma.tfdb"
    first = move(database, there)
    assert first["customers"][0] == 4
    assert exported(there) == before == exported(database)
    for user in ("anna", "bo", "siv", "lena"):
        access.log_in(surroundings(), there, user=user, password=PASSWORD).close()
    second = move(there, home)
    assert exported(home) == before
    assert {name: rows for name, rows in second.items() if name not in ("audit", "drafts")} == {
        name: rows for name, rows in first.items() if name not in ("audit", "drafts")
    }
    for address in (database, there, home):
        checks.check_file(surroundings(), address, user="chef", password=PASSWORD)


def test_a_file_beside_a_meeting_moves_byte_for_byte(database: Path, server: ThrowawayServer, tmp_path: Path) -> None:
    data = bytes(range(256)) * 4000
    desk = log_in(database)
    key = attachments.add_attachment(desk, meeting="teammote-1", name="matning.dat", data=data).key
    desk.close()
    there, home = server.address("med-filer"), tmp_path / "hemma.tfdb"
    first, second = move(database, there), move(there, home)
    assert first["attachment_contents"] == second["attachment_contents"]
    for address in (there, home):
        desk = log_in(address)
        assert attachments.take_out(desk, key=key, reason=attachments.Reason.SAVE).data == data
        desk.close()


def test_a_file_beside_a_meeting_is_in_backups_and_under_a_new_key(database: Path, tmp_path: Path) -> None:
    desk = log_in(database)
    key = attachments.add_attachment(desk, meeting="teammote-1", name="lista.txt", data=b"stolar").key
    copy = backups.back_up(desk, folder=tmp_path / "kopior")
    accounts.end_account(desk, user="siv")
    desk.close()
    desk = log_in(database)
    assert attachments.take_out(desk, key=key, reason=attachments.Reason.SAVE).data == b"stolar"
    desk.close()
    checks.check_file(surroundings(), database, user="chef", password=PASSWORD)
    restored = tmp_path / "ater.tfdb"
    restoring.restore_backup(surroundings(), restored, backup=copy, user="chef", password=PASSWORD, reason="prov")
    desk = log_in(restored)
    assert attachments.take_out(desk, key=key, reason=attachments.Reason.SAVE).data == b"stolar"
    desk.close()


def test_new_rows_get_numbers_of_their_own_after_a_move(database: Path, server: ThrowawayServer) -> None:
    there = server.address("numrerad")
    move(database, there)
    desk = log_in(there)
    document = transfer.read_document(desk)
    desk.close()
    desk = log_in(there)
    with desk.writing() as work:  # every table with numbers takes a row more: the numbering goes on where it was
        numbered = [table for table in copying.tables_of(work.session.connection()) if "id" in table.c]
        for table in numbered:
            query = (
                f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) > coalesce(max(id), 0) FROM {table.name}"  # noqa: S608
            )
            assert work.session.connection().exec_driver_sql(query).scalar() is True, table.name
    assert len(numbered) > 15
    assert document.customers
    desk.close()


def test_what_is_there_already_is_left_alone(database: Path, server_address: ServerAddress, tmp_path: Path) -> None:
    taken = tmp_path / "upptagen.tfdb"
    taken.write_bytes(b"viktigt")
    with pytest.raises(StorageFault, match="database_exists"):
        move(database, taken)
    assert taken.read_bytes() == b"viktigt"
    with pytest.raises(StorageFault, match="database_exists_on_server"):
        move(database, server_address)
    log_in(server_address).close()


@pytest.mark.parametrize("to_server", [True, False])
def test_a_copy_that_differs_is_taken_away(
    database: Path, server: ThrowawayServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to_server: bool
) -> None:
    target: Address = server.address("olik") if to_server else tmp_path / "olik.tfdb"
    whole = copying._copy_table

    def lossy(source: object, into: object, table: object, place: object) -> None:
        whole(source, into, table, place)  # type: ignore[arg-type]
        if getattr(table, "name") == "customers":  # noqa: B009
            into.exec_driver_sql("UPDATE customers SET reference = 'XX' WHERE key = 'kund-2'")  # type: ignore[attr-defined]

    monkeypatch.setattr(copying, "_copy_table", lossy)
    with pytest.raises(StorageFault, match="move_differs"):
        move(database, target)
    monkeypatch.undo()
    monkeypatch.setenv("TEAMFORUM_KDF_COST", "lowest")
    with pytest.raises(StorageFault, match=r"database_(missing|not_on_server)"):
        log_in(target)
    assert [path.name for path in tmp_path.glob("olik*") if not path.name.endswith(".lock")] == []
    move(database, target)


def test_only_who_answers_for_everything_moves_it(desk: Desk, tmp_path: Path) -> None:
    for person in (
        seated(desk, Role.LICENSED),
        seated(desk, Role.MANAGER, units=frozenset({"solgarden"})),
    ):
        with pytest.raises(NotAllowed):
            moving.move_database(person, to=tmp_path / "ny.tfdb")
    assert not (tmp_path / "ny.tfdb").exists()
