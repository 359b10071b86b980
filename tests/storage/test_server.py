"""A database on a server: who gets how far, what is kept when the contact breaks, and what others see of it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import event

from app.domain.accounts import Account
from app.domain.address import ServerAddress
from app.domain.catalogue import Setting
from app.domain.errors import AccessDenied, Conflict, StorageFault
from app.domain.meetings import Item
from app.domain.merging import merge
from app.domain.roles import Role
from app.services import access, accounts, changes, checks, customers, meetings
from app.services.desk import Desk
from app.services.meeting_lists import count_meetings
from app.storage import audit, migrate
from app.storage.engine import make_engine
from app.storage.server import work_connection
from app.storage.server_place import ServerPlace
from app.storage.server_store import ServerStore
from app.storage.unit_of_work import UnitOfWork, transaction
from tests import support
from tests.support import PASSWORD, audit_rows, log_in, server_desk, surroundings
from tests.throwaway_server import ThrowawayServer

SOON = 2.0
"""Seconds within which somebody else sees a change."""


def admin(address: ServerAddress) -> psycopg.Connection[tuple[object, ...]]:
    """The server's administrator in that database."""
    return psycopg.connect(address.url.replace("+psycopg", ""), autocommit=True, options="-c search_path=teamforum")


def try_in(address: ServerAddress, user: str, password: str = PASSWORD) -> None:
    access.log_in(surroundings(), address, user=user, password=password).close()


def workplace(address: ServerAddress, name: str = "workplace") -> ServerAddress:
    """The same database by a plain login of the server's."""
    with admin(address) as boss:
        if boss.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
            boss.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'prov'")
    return ServerAddress(address.url.replace("teamforum_admin", name))


def let_in(address: ServerAddress, name: str) -> None:
    """What the server's keeper does for a workstation's login, as docs/security.md says."""
    with admin(address) as boss:
        found = boss.execute("SELECT role || '_door' FROM door_keys").fetchone()
        assert found is not None
        boss.execute(f"GRANT {found[0]} TO {name}")


def by_work_login(address: ServerAddress, key: bytes) -> psycopg.Connection[tuple[object, ...]]:
    """What somebody with the database key and a tool of her own has: the work login's session."""
    with admin(address) as boss:
        found = boss.execute("SELECT role FROM door_keys").fetchone()
    assert found is not None
    return work_connection(address, role=str(found[0]), key=key)


@pytest.fixture
def there(server_address: ServerAddress, database_key: bytes) -> Desk:
    """The enhetschef's desk on the server."""
    return server_desk(server_address, database_key)


# who gets how far


@pytest.mark.parametrize(("user", "password"), [("chef", "fel"), ("chef", ""), ("okänd", PASSWORD), ("", "")])
def test_a_wrong_password_is_denied_counted_and_logged_at_the_next_log_in(
    server_address: ServerAddress, user: str, password: str
) -> None:
    for _ in range(3):
        with pytest.raises(AccessDenied, match="wrong_password"):
            try_in(server_address, user, password)
    with pytest.raises(AccessDenied, match="throttled"):
        try_in(server_address, user, password)
    if user != "chef":  # a colleague is not held up
        desk = log_in(server_address)
        assert ("failed_log_in", f"user:{user}", None) in audit_rows(desk)
        desk.close()
        with admin(server_address) as boss:  # who logs in clears her own count and nobody else's
            kept = boss.execute("SELECT count(*), bool_and(entered) FROM door_tries WHERE name = %s", [user])
            assert kept.fetchone() == (3, True)


def test_the_login_of_the_address_reads_the_sealed_keys_and_nothing_else(server_address: ServerAddress) -> None:
    plain = workplace(server_address)
    with pytest.raises(StorageFault, match="server_refused"):  # a login of the server's, but not of the database's
        try_in(plain, "chef")
    let_in(server_address, "workplace")
    with admin(plain) as guest:
        assert guest.execute("SELECT count(*) FROM door_keys").fetchone() == (1,)
        for forbidden in (
            "SELECT * FROM customers", "SELECT * FROM audit", "SELECT * FROM facts",
            "UPDATE door_keys SET content = ''", "DELETE FROM door_tries", "SELECT * FROM accounts",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                guest.execute(forbidden)
    desk = log_in(plain)  # and with a Teamforum password it is enough
    assert len(customers.list_customers(desk)) == 4
    desk.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit", "UPDATE facts SET value = '9'",
        "DELETE FROM facts", "UPDATE alembic_version SET version_num = '0'", "DROP TABLE audit",
        "CREATE TABLE later (id int)",
    ],
)  # fmt: skip
def test_the_work_login_only_adds_to_the_log(there: Desk, statement: str) -> None:
    with pytest.raises(StorageFault, match="server_rights"), there.writing() as work:
        work.session.connection().exec_driver_sql(statement)
    there.close()


def test_a_changed_row_in_the_log_is_found(there: Desk, server_address: ServerAddress) -> None:
    with admin(server_address) as boss:
        boss.execute("UPDATE audit SET action = 'export' WHERE sequence = 2")
    assert there.store.first_broken_audit_row() == 2
    there.close()
    with pytest.raises(StorageFault, match="audit_broken"):
        checks.check_file(surroundings(), server_address, user="chef", password=PASSWORD)


def test_an_ended_account_opens_nothing_and_the_old_key_neither(
    there: Desk, server_address: ServerAddress, database_key: bytes
) -> None:
    accounts.end_account(there, user="bo")
    assert there.store.key != database_key
    assert len(customers.list_customers(there)) == 4, "the one at work goes on"
    there.close()
    with pytest.raises(AccessDenied, match="wrong_password"):
        try_in(server_address, "bo")
    with pytest.raises(StorageFault, match="server_refused"):
        server_desk(server_address, database_key)
    try_in(server_address, "anna")
    assert checks.check_file(surroundings(), server_address, user="chef", password=PASSWORD).rows["customers"] == 4


def test_somebody_at_work_while_the_key_is_changed_logs_in_again_for_what_needs_it(
    there: Desk, server_address: ServerAddress, database_key: bytes
) -> None:
    other = log_in(server_address, "anna")
    stays = other.store
    accounts.end_account(there, user="bo")
    assert len(customers.list_customers(other)) == 4, "a colleague notices nothing"
    assert stays.key == there.store.key != database_key
    access.change_password(other, surroundings(), old=PASSWORD, new="vinterstigen 3 och 17")
    other.close()
    there.close()
    try_in(server_address, "anna", "vinterstigen 3 och 17")


def test_the_ended_one_is_out_at_once_with_what_she_has_open(
    there: Desk, server_address: ServerAddress, database_key: bytes, heard: Heard
) -> None:
    other = log_in(server_address, "bo")
    assert customers.list_customers(other) is not None
    stop = follow(other, heard)
    with by_work_login(server_address, database_key) as tool:
        assert tool.execute("SELECT count(*) FROM customers").fetchone() == (4,)
        accounts.end_account(there, user="bo")
        with pytest.raises(psycopg.OperationalError):
            tool.execute("SELECT * FROM customers")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        by_work_login(server_address, database_key)
    with pytest.raises(AccessDenied, match="key_changed"):
        customers.list_customers(other)
    assert not heard.contact, "the server is there, only she is not let in"
    stop()
    other.close()
    there.close()


def test_a_session_let_in_by_the_old_password_while_it_was_changed_ends_at_the_next_log_in(
    there: Desk, server_address: ServerAddress, database_key: bytes
) -> None:
    with by_work_login(server_address, database_key) as tool:
        with admin(server_address) as boss:
            boss.execute("UPDATE door_keys SET changed = clock_timestamp()")
        try_in(server_address, "anna")
        with pytest.raises(psycopg.OperationalError):
            tool.execute("SELECT 1")
    there.close()


def test_an_account_that_cannot_be_made_leaves_no_key(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(there.store.keys().users)
    new = Account(user="ny", full_name="Ny", role=Role.READER, units=None, member=None, active=True)
    monkeypatch.setattr("app.storage.audit.append", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        accounts.add_account(there, surroundings(), account=new, password=PASSWORD)
    assert set(there.store.keys().users) == before
    there.close()


# which database


def test_what_is_no_database_is_said_and_nothing_is_made(server: ThrowawayServer) -> None:
    with pytest.raises(StorageFault, match="database_not_on_server"):
        try_in(server.address("finns_inte"), "chef")
    with pytest.raises(StorageFault, match="database_not_on_server"):
        try_in(server.address("postgres"), "chef")
    nobody = server.address("postgres").url.replace(f":{server.port}/", ":1/")
    with pytest.raises(StorageFault, match="connection_lost"):
        try_in(ServerAddress(nobody), "chef")
    wrong = server.address("postgres").url.replace(":prov@", ":fel@")
    with pytest.raises(StorageFault, match="server_refused"):
        try_in(ServerAddress(wrong), "chef")
    with admin(server.address("postgres")) as boss:
        assert boss.execute("SELECT 1 FROM pg_database WHERE datname = 'finns_inte'").fetchone() is None


def test_a_database_that_is_there_is_not_written_over(server_address: ServerAddress) -> None:
    with pytest.raises(StorageFault, match="database_exists_on_server"):
        support.make_database(server_address)
    try_in(server_address, "chef")


def test_a_newer_schema_is_refused(server_address: ServerAddress) -> None:
    with admin(server_address) as boss:
        boss.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StorageFault, match="database_newer"):
        try_in(server_address, "chef")
    with pytest.raises(StorageFault, match="database_newer"):
        checks.check_file(surroundings(), server_address, user="chef", password=PASSWORD)


def test_an_older_schema_is_backed_up_and_upgraded(server: ThrowawayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.address("gammal")
    whole = migrate.upgrade
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "upgrade", functools.partial(whole, to=1))
        earlier.setattr("app.services.access._first_rows", lambda *_: None)
        access.create_database(
            surroundings(), address, unit_name="Ek", setting=Setting.BOENDESTOD, user="chef", full_name="Eva",
            password=PASSWORD,
        ).desk.close()  # fmt: skip
    with admin(address) as boss:
        boss.execute("INSERT INTO units (key, name, setting) VALUES ('ek', 'Ek', 'boendestod')")
        boss.execute(
            'INSERT INTO accounts ("user", full_name, role, all_units, active) '
            "VALUES ('chef', 'Eva', 'enhetschef', true, true)"
        )
    desk = log_in(address)
    store = desk.store
    assert isinstance(store, ServerStore)
    (copy,) = store.usual_backup_folder().glob("*-before-migration*.tfdb")
    engine = make_engine(copy, store.key, read_only=True)
    assert migrate.stored_schema(engine) == 1
    engine.dispose()
    new = Account(user="ny", full_name="Ny", role=Role.READER, units=None, member=None, active=True)
    accounts.add_account(desk, surroundings(), account=new, password=PASSWORD)
    with pytest.raises(StorageFault, match="server_rights"), desk.writing() as work:
        work.session.connection().exec_driver_sql("DELETE FROM audit")
    desk.close()
    assert checks.check_file(surroundings(), address, user="chef", password=PASSWORD).schema == migrate.SCHEMA


# somebody else on the server, or with a tool of her own


def test_who_may_connect_can_neither_stop_those_at_work_nor_make_a_colleague_wait(
    there: Desk, server_address: ServerAddress
) -> None:
    plain, other = workplace(server_address), workplace(server_address, "other_workplace")
    let_in(server_address, "workplace")
    let_in(server_address, "other_workplace")
    with admin(other) as guest:
        guest.execute("SELECT pg_advisory_lock(7346021)")
        guest.execute("INSERT INTO door_tries (name) SELECT 'chef' FROM generate_series(1, 1000)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            guest.execute("INSERT INTO door_tries (name, login) VALUES ('chef', 'workplace')")
        with pytest.raises(psycopg.errors.CheckViolation):
            guest.execute("INSERT INTO door_tries (name) VALUES (repeat('x', 201))")
        with guest.transaction():
            guest.execute("LOCK TABLE door_keys IN ACCESS SHARE MODE")  # all she may
            meetings.propose_item(there, meeting="teammote-1", item=Item(key="", heading="Nycklar"))
        for forbidden in ("LOCK TABLE door_keys IN ROW SHARE MODE", "LOCK TABLE audit IN ACCESS SHARE MODE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), guest.transaction():
                guest.execute(forbidden)
    try_in(plain, "chef")
    there.close()


def test_two_writers_wait_for_each_other(there: Desk, server_address: ServerAddress, database_key: bytes) -> None:
    other = server_desk(server_address, database_key)
    with there.writing() as work:
        work.session.connection().exec_driver_sql("SELECT 1")
        assert count_meetings(other) > 0, "who reads is not held up"
        held = threading.Thread(target=meetings.propose_item, args=(other,), kwargs={
            "meeting": "teammote-1", "item": Item(key="", heading="Nycklar")
        })  # fmt: skip
        held.start()
        held.join(0.5)
        assert held.is_alive()
        work.session.rollback()
    held.join(10)
    assert not held.is_alive()
    headings = [item.heading for item in meetings.get_meeting(other, key="teammote-1").value.items]
    assert headings.count("Nycklar") == 1
    other.close()
    there.close()


@pytest.mark.parametrize("sequence", [2147483647, 1_000_000, 0, -1])
def test_the_server_takes_rows_of_the_log_in_their_order_alone(
    there: Desk, server_address: ServerAddress, database_key: bytes, sequence: int
) -> None:
    row = (
        'INSERT INTO audit (sequence, at, "user", role, workstation, action, mac) '
        "VALUES (%s, now(), 'x', 'x', 'x', 'x', 'x')"
    )
    with by_work_login(server_address, database_key) as tool, pytest.raises(psycopg.errors.IntegrityError):
        tool.execute(row, [sequence])
    there.close()
    try_in(server_address, "chef")


def test_a_log_without_numbers_left_is_told_in_words(there: Desk, server_address: ServerAddress) -> None:
    with admin(server_address) as boss:
        boss.execute("ALTER TABLE audit DISABLE TRIGGER next_of_log")
        boss.execute(
            'INSERT INTO audit (sequence, at, "user", role, workstation, action, mac) '
            "VALUES (2147483647, now(), 'x', 'x', 'x', 'x', 'x')"
        )
    there.close()
    with pytest.raises(StorageFault, match="number_too_high"):
        try_in(server_address, "chef")


def test_settings_given_to_the_work_login_stop_nobody_and_are_taken_away(
    there: Desk, server_address: ServerAddress, database_key: bytes
) -> None:
    name = server_address.url.rpartition("/")[2]
    with by_work_login(server_address, database_key) as tool:
        for setting in (
            "default_transaction_read_only = on", "statement_timeout = 1", "local_preload_libraries = 'nothing'",
            "search_path = public", "default_transaction_isolation = 'serializable'",
        ):  # fmt: skip
            tool.execute(f"ALTER ROLE CURRENT_USER SET {setting}")
            tool.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET {setting}")
    meetings.propose_item(there, meeting="teammote-1", item=Item(key="", heading="Nycklar"))
    there.close()
    try_in(server_address, "chef")
    with by_work_login(server_address, database_key) as tool:
        left = "SELECT count(*) FROM pg_db_role_setting WHERE setrole = (current_user::regrole)::oid"
        assert tool.execute(left).fetchone() == (0,)


# two at work


def test_two_write_the_same_and_neither_text_is_lost(
    there: Desk, server_address: ServerAddress, database_key: bytes
) -> None:
    other = server_desk(server_address, database_key)
    base = meetings.get_meeting(there, key="teammote-1")

    def noted(text: str) -> object:
        return replace(base.value, items=(replace(base.value.items[0], notes=text), *base.value.items[1:]))

    meetings.save_meeting(there, meeting=noted("Den ena."), expected_version=base.version)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        meetings.save_meeting(other, meeting=noted("Den andra."), expected_version=base.version)  # type: ignore[arg-type]
    theirs = meetings.get_meeting(other, key="teammote-1")
    found = merge(base=base.value, mine=noted("Den andra."), theirs=theirs.value)  # type: ignore[arg-type]
    (clash,) = found.clashes
    assert clash.mine is not None
    assert clash.theirs is not None
    assert (clash.mine.notes, clash.theirs.notes) == ("Den andra.", "Den ena.")
    other.close()
    there.close()


class Heard:
    """What a follower was told."""

    def __init__(self) -> None:
        self.kinds: list[frozenset[str]] = []
        self.contact: list[bool] = []
        self.came = threading.Event()

    def change(self, kinds: frozenset[str]) -> None:
        self.kinds.append(kinds)
        self.came.set()

    def contact_is(self, there: bool) -> None:
        self.contact.append(there)
        self.came.set()

    def wait(self, seconds: float = SOON) -> bool:
        came = self.came.wait(seconds)
        self.came.clear()
        return came


@pytest.fixture
def heard() -> Heard:
    return Heard()


def follow(desk: Desk, heard: Heard) -> Callable[[], None]:
    following = changes.follow_changes(desk, on_change=heard.change, on_contact=heard.contact_is)
    assert following is not None
    query = "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN teamforum_changes'"
    for _ in range(200):  # the ear is open once the server lists it, which it tells a transaction only once
        with desk.reading() as work:
            if work.session.connection().exec_driver_sql(query).scalar():
                break
        heard.came.wait(0.02)
    return following.stop


def test_a_change_is_told_to_the_others_and_only_a_change(
    there: Desk, server_address: ServerAddress, database_key: bytes, heard: Heard
) -> None:
    other = server_desk(server_address, database_key)
    stop = follow(other, heard)
    customers.list_customers(there)  # reading is logged, and nobody's page changes by it
    meetings.propose_item(other, meeting="teammote-1", item=Item(key="", heading="Egen"))  # her own
    assert not heard.wait(0.7)
    meetings.propose_item(there, meeting="teammote-1", item=Item(key="", heading="Nycklar"))
    assert heard.wait()
    assert heard.kinds == [frozenset({"meetings"})]
    stop()
    meetings.propose_item(there, meeting="teammote-1", item=Item(key="", heading="Efteråt"))
    assert not heard.wait(0.7)
    other.close()
    there.close()


def test_what_cannot_be_read_makes_nobody_deaf(
    there: Desk, server_address: ServerAddress, database_key: bytes, heard: Heard
) -> None:
    other = server_desk(server_address, database_key)
    stop = follow(other, heard)
    for payload in ("x", "{}", "[]", '{"by": "x", "tables": 7}', "", "null", "[" * 3000):
        with admin(server_address) as boss:
            boss.execute("SELECT pg_notify('teamforum_changes', %s)", [payload])
        assert heard.wait(), f"{payload[:30]} may have been anything"
        assert "meetings" in heard.kinds[-1]
        heard.kinds.clear()
    meetings.propose_item(there, meeting="teammote-1", item=Item(key="", heading="Nycklar"))
    assert heard.wait()
    assert heard.kinds == [frozenset({"meetings"})]
    stop()
    other.close()
    there.close()


def test_after_a_break_every_page_is_read_anew(
    there: Desk, server_address: ServerAddress, database_key: bytes, heard: Heard
) -> None:
    other = server_desk(server_address, database_key)
    stop = follow(other, heard)
    cut(server_address)
    assert heard.wait(5)
    assert {"meetings", "customers", "actions"} <= heard.kinds[-1]
    stop()
    other.close()
    there.close()


def test_in_a_file_there_is_nobody_to_follow(desk: Desk, heard: Heard) -> None:
    assert changes.follow_changes(desk, on_change=heard.change, on_contact=heard.contact_is) is None


# the contact breaks


@pytest.fixture
def own_server(database_key: bytes, server_template: str, server: ThrowawayServer) -> ServerAddress:
    return server.copy(server_template)


def cut(address: ServerAddress) -> None:
    """End every connection to the database from the server's side."""
    with admin(address) as boss:
        boss.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_cut_connection_is_made_anew_by_the_next_gesture(there: Desk, server_address: ServerAddress) -> None:
    stored = meetings.get_meeting(there, key="teammote-1")
    cut(server_address)
    assert meetings.get_meeting(there, key="teammote-1") == stored
    there.close()


def _cut_inside(work: UnitOfWork, address: ServerAddress) -> None:
    cut(address)
    work.session.connection().exec_driver_sql("SELECT 1")


def test_a_gesture_that_is_cut_off_in_the_middle_changes_nothing_and_can_be_made_again(
    there: Desk, server_address: ServerAddress
) -> None:
    point = Item(key="", heading="Nycklar")
    with pytest.raises(StorageFault, match="connection_lost"), there.writing() as work:
        _cut_inside(work, server_address)
    meetings.propose_item(there, meeting="teammote-1", item=point)
    headings = [item.heading for item in meetings.get_meeting(there, key="teammote-1").value.items]
    assert headings.count("Nycklar") == 1
    there.close()


@pytest.mark.parametrize("kept", [True, False])
def test_a_commit_whose_answer_was_lost_is_looked_up_and_nothing_is_doubled(
    there: Desk, server_address: ServerAddress, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    store = there.store
    assert isinstance(store, ServerStore)
    lost: list[bool] = []

    def lose(connection: object) -> None:
        """The answer to one commit never comes: the server had kept it, or had not."""
        if lost or not getattr(connection, "get_execution_options")().get("teamforum_writing"):  # noqa: B009
            return
        lost.append(True)
        driver = getattr(connection, "connection").driver_connection  # noqa: B009
        if kept:
            driver.commit()
        cut(server_address)

    event.listen(store._engine, "commit", lose)
    point = Item(key="", heading="Nycklar")
    if kept:
        meetings.propose_item(there, meeting="teammote-1", item=point)
    else:
        with pytest.raises(StorageFault, match="connection_lost"):
            meetings.propose_item(there, meeting="teammote-1", item=point)
    assert lost
    headings = [item.heading for item in meetings.get_meeting(there, key="teammote-1").value.items]
    assert headings.count("Nycklar") == int(kept)
    assert store.first_broken_audit_row() is None
    there.close()


def test_a_server_that_stops_is_told_and_found_again_with_everything_there(
    server_template: str, database_key: bytes, template: object, heard: Heard
) -> None:
    own = ThrowawayServer()
    try:
        address = own.address("ensam")
        support.make_solgarden(address)
        desk = log_in(address)
        stop = follow(desk, heard)
        meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading="Före"))
        own.stop()
        assert heard.wait(10)
        assert heard.contact == [False]
        with pytest.raises(StorageFault, match="connection_lost"):
            meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading="Under"))
        own.start_again()
        assert heard.wait(15)
        assert heard.contact == [False, True]
        meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading="Efter"))
        headings = [item.heading for item in meetings.get_meeting(desk, key="teammote-1").value.items]
        assert headings[-2:] == ["Före", "Efter"]
        stop()
        desk.close()
    finally:
        own.remove()


def test_a_reader_sees_one_state_and_may_not_write(there: Desk) -> None:
    store = there.store
    assert isinstance(store, ServerStore)
    with pytest.raises(StorageFault, match="server_read_only"), transaction(store._engine, writing=False) as session:
        audit.append(
            session, chain_key=b"x" * 32, who=audit.Who(user="x", role="x", workstation="x"), at=there.clock.instant(),
            events=[audit.Event(action="x")],
        )  # fmt: skip
    there.close()


def test_a_password_never_shows_in_an_address() -> None:
    address = ServerAddress("postgresql+psycopg://eva:hemligt@vard.example:5432/teamforum")
    assert "hemligt" not in f"{address} {address!r} {address.name}"
    assert address.name == "teamforum på vard.example"
    assert ServerPlace(address).address is address
