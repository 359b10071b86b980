"""Nobody comes in without a password; a new password or the recovery key changes the way in, never the data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.accounts import Account
from app.domain.catalogue import Setting
from app.domain.errors import AccessDenied, KnownError, Refused, StorageFault
from app.domain.roles import Role
from app.services import access, accounts, customers, meetings, units
from app.services.desk import Desk
from app.storage import attempts, kdf, key_file, recovery_key
from app.storage.kdf import new_salt
from tests.support import (
    PASSWORD,
    FixedClock,
    audit_entries,
    audit_rows,
    choose_own_passwords,
    files_of,
    log_in,
    surroundings,
)

OTHER = "ännu ett långt 'lösenord' med \"tecken\" 🙂 " + "å" * 40


def try_in(path: Path, user: str, password: str) -> str:
    """Log in and out again; who was let in."""
    desk = access.log_in(surroundings(), path, user=user, password=password)
    desk.close()
    return desk.actor.user


@pytest.fixture
def second_hand(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock that throttling looks at; append to move it."""
    times = [1000.0]
    monkeypatch.setattr("app.storage.attempts.time.time", lambda: times[-1])
    return times


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("chef", "fel"),
        ("chef", ""),
        ("chef", PASSWORD + " "),
        ("chef", PASSWORD.upper()),
        ("okänd", PASSWORD),
        ("", ""),
    ],
)
def test_wrong_user_or_password_is_the_same_answer(database: Path, user: str, password: str) -> None:
    with pytest.raises(AccessDenied, match="wrong_password"):
        try_in(database, user, password)


def test_an_a_with_a_ring_is_one_letter_however_it_was_typed(database: Path) -> None:
    assert try_in(database, "chef", "bjo\u0308rkdunge 4417 vinter") == "chef"


def test_wrong_tries_are_slowed_down_counted_and_logged(database: Path, second_hand: list[float]) -> None:
    for _ in range(attempts.FREE_TRIES):
        with pytest.raises(AccessDenied, match="wrong_password"):
            try_in(database, "chef", "fel lösenord")
    with pytest.raises(AccessDenied, match="throttled") as caught:
        try_in(database, "chef", PASSWORD)
    assert caught.value.params["wait"] == 1
    second_hand.append(1001.5)
    for wait in (2, 4, 8):
        with pytest.raises(AccessDenied, match="wrong_password"):
            try_in(database, "chef", "fel lösenord")
        with pytest.raises(AccessDenied) as caught:
            try_in(database, "chef", PASSWORD)
        assert caught.value.params["wait"] == wait
        second_hand.append(second_hand[-1] + wait)
    desk = log_in(database)
    try:
        assert ("failed_log_in", "user:chef", None) in audit_rows(desk)
    finally:
        desk.close()


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of a password that costs nothing: a thousand tries are made."""

    def quick(password: str, *, salt: bytes, cost: kdf.Cost) -> bytes:
        return hashlib.sha256(salt + password.encode() + bytes([cost.iterations])).digest()

    monkeypatch.setattr("app.storage.kdf.derive", quick)


@pytest.mark.usefixtures("no_derivation")
def test_a_thousand_wrong_passwords_take_most_of_a_day_and_keep_nobody_else_out(
    tmp_path: Path, second_hand: list[float]
) -> None:
    path = tmp_path / "enhet.tfdb"
    made = access.create_database(
        surroundings(), path, unit_name="Enheten", setting=Setting.BOENDESTOD, user="chef", full_name="Eva",
        password=PASSWORD,
    )  # fmt: skip
    anna = Account(user="anna", full_name="Anna", role=Role.LICENSED, units=None, member=None, active=True)
    accounts.add_account(made.desk, surroundings(), account=anna, password=PASSWORD)
    choose_own_passwords(made.desk)
    made.desk.close()
    tried, began = 0, second_hand[-1]
    while tried < 1000:
        try:
            access.log_in(surroundings(), path, user="chef", password=f"gissning nummer {tried}")
        except AccessDenied as denied:
            if denied.code == "throttled":
                second_hand.append(second_hand[-1] + float(str(denied.params["wait"])))
            else:
                tried += 1
        if tried == 500:
            log_in(path, "anna").close()  # which enters the failures so far and keeps their count
            tried += 1
    assert second_hand[-1] - began > 16 * 60 * 60
    second_hand.append(second_hand[-1] + attempts.LONGEST_WAIT)
    desk = log_in(path, "chef")
    try:
        counts = [row.reason for row in audit_entries(desk) if row.action == "failed_log_in"]
    finally:
        desk.close()
    assert sum(int(count) for count in counts if count) == 999


def test_a_clock_moved_back_neither_lets_in_nor_locks_out_for_good(tmp_path: Path, second_hand: list[float]) -> None:
    counted = attempts.Attempts(tmp_path / "x.tfdb")
    for _ in range(1000):
        counted.failed("chef")
    assert counted.wait("chef") == attempts.LONGEST_WAIT
    second_hand.append(0.0)
    assert counted.wait("chef") == attempts.LONGEST_WAIT, "moving the clock lets nobody in"
    second_hand.append(30.0)
    assert counted.wait("chef") == attempts.LONGEST_WAIT - 30
    second_hand.append(60.5)
    assert counted.wait("chef") == 0, "and she need not wait until the clock is where it was"
    assert counted.wait("anna") == 0


def test_ones_own_log_in_does_not_let_one_guess_at_a_colleague_again(database: Path, second_hand: list[float]) -> None:
    for _ in range(attempts.FREE_TRIES):
        with pytest.raises(AccessDenied, match="wrong_password"):
            try_in(database, "chef", "fel")
    try_in(database, "anna", PASSWORD)
    with pytest.raises(AccessDenied, match="throttled"):
        try_in(database, "chef", "fel")
    try_in(database, "anna", PASSWORD)
    second_hand.append(second_hand[-1] + attempts.LONGEST_WAIT)
    desk = access.log_in(surroundings(), database, user="chef", password=PASSWORD)
    rows = [row for row in audit_entries(desk) if row.action == "failed_log_in"]
    assert [(row.user, row.object, row.reason) for row in rows] == [("anna", "user:chef", "3")], "told once"
    desk.close()
    with pytest.raises(AccessDenied, match="wrong_password"):  # her own log-in begins anew
        try_in(database, "chef", "fel")


def test_what_the_log_tells_is_counted_for_a_day_and_then_from_the_beginning(
    database: Path, second_hand: list[float]
) -> None:
    counted = attempts.Attempts(database)
    for user in ("chef", "påhittad"):
        for _ in range(attempts.FREE_TRIES):
            counted.failed(user)
    try_in(database, "anna", PASSWORD)
    second_hand.append(second_hand[-1] + attempts.REMEMBERED_SECONDS + 1)
    try_in(database, "anna", PASSWORD)
    assert json.loads(database.with_name(database.name + ".attempts").read_text(encoding="utf-8")) == {}


def test_a_flood_of_made_up_names_is_a_few_rows_in_the_log(database: Path) -> None:
    counted = attempts.Attempts(database)
    for number in range(60):
        counted.failed(f"namn{number}")
    desk = log_in(database)
    rows = [row for row in audit_entries(desk) if row.action == "failed_log_in"]
    assert len(rows) == 51
    assert (rows[-1].object, rows[-1].reason) == ("others", "10")
    desk.close()


def test_guesses_at_the_old_password_wait_and_are_logged(desk: Desk, database: Path, second_hand: list[float]) -> None:
    for _ in range(attempts.FREE_TRIES):
        with pytest.raises(AccessDenied, match="wrong_password"):
            access.change_password(desk, surroundings(), old="fel", new=OTHER)
    with pytest.raises(AccessDenied, match="throttled"):
        access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
    second_hand.append(second_hand[-1] + attempts.LONGEST_WAIT)
    access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
    assert ("failed_log_in", "user:chef", None) in audit_rows(desk)
    desk.close()
    assert try_in(database, "chef", OTHER) == "chef"


def test_a_new_password_lets_in_and_the_old_one_does_not(desk: Desk, database: Path) -> None:
    with pytest.raises(AccessDenied, match="wrong_password"):
        access.change_password(desk, surroundings(), old="fel", new=OTHER)
    with pytest.raises(Refused, match="password_short"):
        access.change_password(desk, surroundings(), old=PASSWORD, new="kort")
    before = database.read_bytes()[:4096]
    access.change_password(desk, surroundings(), old=PASSWORD, new=OTHER)
    desk.close()
    assert database.read_bytes()[:16] == before[:16], "the data is not encrypted anew"
    with pytest.raises(AccessDenied, match="wrong_password"):
        try_in(database, "chef", PASSWORD)
    try_in(database, "chef", OTHER)
    try_in(database, "anna", PASSWORD)


def test_the_recovery_key_gives_a_new_password_and_is_logged(desk: Desk, database: Path) -> None:
    shown = access.issue_recovery_key(desk)
    desk.close()
    typed = shown.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    back = access.recover(surroundings(), database, user="chef", typed_key=typed, new_password=OTHER)
    try:
        assert ("use_recovery_key", "user:chef", None) in audit_rows(back)
        assert meetings.get_meeting(back, key="teammote-1").value.forum == "teammote"
    finally:
        back.close()
    with pytest.raises(AccessDenied, match="wrong_password"):
        try_in(database, "chef", PASSWORD)


def test_a_mistyped_foreign_or_replaced_recovery_key_opens_nothing(desk: Desk, database: Path) -> None:
    old, new = access.issue_recovery_key(desk), access.issue_recovery_key(desk)
    desk.close()
    foreign = recovery_key.written(recovery_key.new_secret())
    wrong = ("2" if new[0] != "2" else "3") + new[1:]
    for typed, code in ((old, "recovery_key_wrong"), (foreign, "recovery_key_wrong"), (wrong, "recovery_key_mistyped"),
                        ("", "recovery_key_mistyped")):  # fmt: skip
        with pytest.raises(KnownError) as caught:
            access.recover(surroundings(), database, user="chef", typed_key=typed, new_password=OTHER)
        assert caught.value.code in (code, "throttled")
    try_in(database, "chef", PASSWORD)


def test_an_ended_account_is_out_and_the_last_enhetschef_stays(desk: Desk, database: Path) -> None:
    with pytest.raises(Refused, match="end_own_account"):
        accounts.end_account(desk, user="chef")
    accounts.end_account(desk, user="bo")
    desk.close()
    with pytest.raises(AccessDenied, match="wrong_password"):
        try_in(database, "bo", PASSWORD)


def test_an_account_for_one_unit_sees_that_unit(desk: Desk, database: Path) -> None:
    other = units.add_unit(desk, name="Björkgården", setting=Setting.BOENDESTOD).value
    account = Account(user="per", full_name="Per Å", role=Role.MANAGER, units=(other.key,), member=None, active=True)
    for user, password, code in (
        ("per", "kort", "password_short"),
        ("CHEF", OTHER, "user_taken"),
        (" ", OTHER, "user_missing"),
    ):
        with pytest.raises(Refused, match=code):
            accounts.add_account(desk, surroundings(), account=replace(account, user=user), password=password)
    accounts.add_account(desk, surroundings(), account=account, password=PASSWORD)
    choose_own_passwords(desk)
    assert [one.user for one in accounts.list_accounts(desk)] == ["anna", "bo", "chef", "lena", "per", "siv"]
    desk.close()
    per = log_in(database, "per")
    try:
        assert [one.value.key for one in units.list_units(per)] == [other.key]
        assert customers.list_customers(per) == ()
    finally:
        per.close()


@pytest.mark.parametrize(
    ("what", "value"), [("memory", 10**9), ("memory", 8), ("memory", -1), ("iterations", 1), ("iterations", 10**6)]
)
def test_an_absurd_cost_in_the_key_file_is_refused_at_once(database: Path, what: str, value: int) -> None:
    for path in key_file.paths(database):
        content = json.loads(path.read_text(encoding="utf-8"))
        content["body"]["users"]["chef"][what] = value
        path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StorageFault, match="key_file_cost"):
        try_in(database, "chef", PASSWORD)


def test_the_cost_is_as_high_as_the_machine_bears_and_never_lower_than_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(kdf.COST_VARIABLE)
    second = 0.0

    def passing() -> float:
        return second

    def derive(password: str, *, salt: bytes, cost: kdf.Cost) -> bytes:
        nonlocal second
        second += cost.iterations * speed
        return bytes(32)

    monkeypatch.setattr("app.storage.kdf.time.perf_counter", passing)
    monkeypatch.setattr("app.storage.kdf.derive", derive)
    for speed in (0.0001, 0.02, 0.04, 0.08, 1.0):
        found = kdf.calibrated()
        taken = found.iterations * speed
        assert kdf.LOWEST_ITERATIONS <= found.iterations <= kdf.HIGHEST_ITERATIONS
        assert taken >= kdf.TARGET_SECONDS or found.iterations == kdf.HIGHEST_ITERATIONS
        assert taken <= 0.5 or found.iterations == kdf.LOWEST_ITERATIONS


def test_each_password_has_a_salt_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "new_salt", new_salt)  # the other tests make do with one
    keys, key = key_file.KeyFile("bas", {}, None), key_file.new_key()
    for user in ("anna", "bo"):
        keys = keys.with_user(user, password=PASSWORD, database_key=key, cost=kdf.LOWEST)
    assert len(keys.users["anna"].salt) == kdf.SALT_BYTES
    assert keys.users["anna"].salt != keys.users["bo"].salt


def test_a_key_file_changed_by_somebody_else_is_noticed(database: Path) -> None:
    for path in key_file.paths(database):
        content = json.loads(path.read_text(encoding="utf-8"))
        content["body"]["users"]["intruder"] = content["body"]["users"]["bo"]
        path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StorageFault, match="key_file_damaged"):
        try_in(database, "chef", PASSWORD)


def test_one_damaged_copy_of_the_key_file_does_not_lock_anybody_out(database: Path) -> None:
    first, second = key_file.paths(database)
    first.write_bytes(b"\0" * 100)
    try_in(database, "chef", PASSWORD)
    assert first.read_bytes() == second.read_bytes()  # mended from the other one
    first.write_bytes(b"\0" * 100)
    second.unlink()
    with pytest.raises(StorageFault, match="key_file_damaged"):
        try_in(database, "chef", PASSWORD)
    first.unlink()
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match="key_file_missing"):
        try_in(database, "chef", PASSWORD)
    assert files_of(database.parent) == before


def test_the_clock_may_be_moved_back_between_two_log_ins(database: Path) -> None:
    late = FixedClock()
    late.moment = late.moment.replace(year=2027)
    log_in(database, clock=late).close()
    desk = log_in(database)
    try:
        assert desk.store.first_broken_audit_row() is None
    finally:
        desk.close()
