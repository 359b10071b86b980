"""Accounts changed, reset and made many at once; who may do so to whom; and a password that was handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, true, update

from app import models
from app.domain.accounts import Account, NewAccount
from app.domain.address import Address
from app.domain.catalogue import Setting
from app.domain.errors import AccessDenied, Conflict, KnownError, NotAllowed, NotFound, Refused, StorageFault
from app.domain.roles import Role
from app.services import access, accounts, units
from app.services.desk import Desk
from app.storage.key_file import KeyFile
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork
from tests.support import PASSWORD, audit_entries, audit_rows, log_in, seated, sit_down, surroundings

OWN = "mitt eget tält vid ån"
HANDED = "gagagu-bobobo-dididi"


def account(desk: Desk, user: str) -> Account:
    return next(one for one in accounts.list_accounts(desk) if one.user == user)


def save(desk: Desk, user: str, **changes: object) -> Account:
    one = account(desk, user)
    return accounts.save_account(desk, account=replace(one, **changes), expected_version=one.version)  # type: ignore[arg-type]


def new(user: str, password: str = HANDED, **changes: object) -> NewAccount:
    made = Account(user=user, full_name=user, role=Role.READER, units=None, member=None, active=True)
    return NewAccount(replace(made, **changes), password)  # type: ignore[arg-type]


def local_manager(desk: Desk) -> Desk:
    """An enhetschef of Fyren alone."""
    if "fyren" not in {one.value.key for one in units.list_units(desk)}:
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
    return seated(desk, Role.MANAGER, units=frozenset({"fyren"}))


def test_an_account_is_changed_and_the_change_is_on_record(desk: Desk) -> None:
    kept = save(desk, "bo", full_name=" Bo Ek ", role=Role.SECRETARY, units=("solgarden",), member=None)
    assert kept == account(desk, "bo")
    assert (kept.full_name, kept.role, kept.units, kept.member) == ("Bo Ek", Role.SECRETARY, ("solgarden",), None)
    row = audit_entries(desk)[-1]
    assert (row.action, row.object, row.reason) == ("save_account", "user:bo", "care_staff → secretary")
    back = save(desk, "bo", units=None)
    assert (back.units, back.version) == (None, kept.version + 1)


def test_two_who_change_the_same_account_do_not_write_over_each_other(desk: Desk) -> None:
    seen = account(desk, "bo")
    save(desk, "bo", full_name="Bo Ek")
    with pytest.raises(Conflict):
        accounts.save_account(desk, account=replace(seen, role=Role.MANAGER), expected_version=seen.version)
    assert account(desk, "bo").role is Role.CARE_STAFF


@pytest.mark.parametrize(
    ("changes", "fault", "code"),
    [
        ({"units": ()}, Refused, "account_units_missing"),
        ({"units": ("ingen",)}, NotFound, "reference_unknown"),
        ({"member": "ingen"}, NotFound, "reference_unknown"),
    ],
)
def test_a_change_that_points_nowhere_is_refused(
    desk: Desk, changes: dict[str, object], fault: type[KnownError], code: str
) -> None:
    before = account(desk, "bo")
    with pytest.raises(fault, match=code):
        save(desk, "bo", **changes)
    assert account(desk, "bo") == before


def test_the_last_enhetschef_keeps_role_and_reach(desk: Desk) -> None:
    for changes in ({"role": Role.READER}, {"units": ("solgarden",)}):
        with pytest.raises(Refused, match="last_manager"):
            save(desk, "chef", **changes)
    save(desk, "anna", role=Role.MANAGER, units=("solgarden",))
    with pytest.raises(Refused, match="last_manager"):
        save(desk, "chef", role=Role.READER)  # anna does not reach what comes to
    save(desk, "anna", units=None)
    assert save(desk, "chef", units=("solgarden",)).units == ("solgarden",)
    anna = sit_down(desk, "anna")
    with pytest.raises(Refused, match="end_own_account"):
        accounts.end_account(anna, user="anna")


def test_where_every_enhetschef_is_limited_one_of_them_stays(desk: Desk) -> None:
    save(desk, "anna", role=Role.MANAGER)
    save(desk, "chef", units=("solgarden",))
    limit_everybody(desk)
    chef = sit_down(desk, "chef")
    save(chef, "anna", role=Role.LICENSED)
    with pytest.raises(Refused, match="last_manager"):
        save(chef, "chef", role=Role.LICENSED)


def limit_everybody(desk: Desk) -> None:
    """As a database could have been left by an earlier version."""
    with desk.writing() as work:
        work.session.execute(delete(models.AccountUnit))
        work.session.execute(update(models.Account).values(all_units=False))
        everybody = select(models.Account.id, models.Unit.id).join(models.Unit, true())
        work.session.execute(insert(models.AccountUnit).from_select(["account_id", "unit_id"], everybody))
        work.commit()


def test_nobody_gives_herself_or_others_more_than_she_reaches(desk: Desk) -> None:
    units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
    for user in ("anna", "bo"):
        save(desk, user, units=("fyren",), role=Role.MANAGER if user == "anna" else Role.CARE_STAFF)
    local = local_manager(desk)
    attempts: list[Callable[[], object]] = [
        lambda: save(local, "anna", units=None),
        lambda: save(local, "anna", units=("fyren", "solgarden")),
        lambda: save(local, "siv", full_name="Hon som når allt"),
        lambda: accounts.reset_password(local, surroundings(), user="chef", password=HANDED),
        lambda: accounts.add_account(local, surroundings(), account=new("x").account, password=HANDED),
        lambda: accounts.end_account(local, user="siv"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="account_out_of_reach"):
            attempt()
    assert save(local, "bo", role=Role.READER).role is Role.READER
    accounts.reset_password(local, surroundings(), user="bo", password=HANDED)


def test_a_password_that_was_handed_over_lets_in_only_to_choose_ones_own(desk: Desk) -> None:
    accounts.reset_password(desk, surroundings(), user="bo", password=HANDED)
    assert account(desk, "bo").must_change
    desk.close()
    for own, code in (
        (None, "password_handed_over"), (HANDED, "password_unchanged"), ("kort", "password_short"),
        ("solgården", "password_short"),
    ):  # fmt: skip
        with pytest.raises(KnownError) as caught:
            access.log_in(surroundings(), desk.store.address, user="bo", password=HANDED, own_password=own)
        assert caught.value.code == code
    with pytest.raises(AccessDenied, match="wrong_password"):
        access.log_in(surroundings(), desk.store.address, user="bo", password=PASSWORD, own_password=OWN)
    bo = access.log_in(surroundings(), desk.store.address, user="bo", password=HANDED, own_password=OWN)
    bo.close()
    with pytest.raises(AccessDenied, match="wrong_password"):
        access.log_in(surroundings(), desk.store.address, user="bo", password=HANDED)
    bo = access.log_in(surroundings(), desk.store.address, user="bo", password=OWN)
    rows = [(action, what) for action, what, _ in audit_rows(bo)]
    bo.close()
    first = rows.index(("reset_password", "user:bo"))
    wrong, came_in = ("failed_log_in", "user:bo"), ("log_in", None)
    assert rows[first + 1 :] == [("change_password", "user:bo"), wrong, came_in, wrong, came_in]


def test_a_new_account_has_a_password_handed_over_and_the_recovery_key_gives_ones_own(desk: Desk) -> None:
    accounts.add_accounts(desk, surroundings(), new=[new("per"), new("ulf")])
    key = access.issue_recovery_key(desk)
    desk.close()
    with pytest.raises(AccessDenied, match="password_handed_over"):
        log_in_with(desk.store.address, "per")
    access.recover(surroundings(), desk.store.address, user="per", typed_key=key, new_password=OWN).close()
    with pytest.raises(AccessDenied, match="password_handed_over"):
        log_in_with(desk.store.address, "ulf")


def test_only_who_reaches_every_unit_may_have_the_key_that_opens_every_account(desk: Desk) -> None:
    before = desk.store.keys()
    with pytest.raises(NotAllowed, match="recovery_key_every_unit"):
        access.issue_recovery_key(local_manager(desk))
    assert desk.store.keys() == before, "the key on paper still opens"
    assert "issue_recovery_key" not in {action for action, _, _ in audit_rows(desk)}


def log_in_with(database: Address, user: str) -> None:
    access.log_in(surroundings(), database, user=user, password=HANDED).close()


def test_changing_ones_password_is_enough(desk: Desk) -> None:
    with pytest.raises(Refused, match="password_unchanged"):
        access.change_password(desk, surroundings(), old=PASSWORD, new=PASSWORD)
    with pytest.raises(Refused, match="reset_own_password"):
        accounts.reset_password(desk, surroundings(), user="chef", password=HANDED)
    accounts.end_account(desk, user="bo")
    with pytest.raises(Refused, match="account_not_active"):
        accounts.reset_password(desk, surroundings(), user="bo", password=HANDED)


def test_several_accounts_are_made_in_one_gesture(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    proposals = accounts.propose_accounts(desk)
    assert [(one.user, one.role, one.units, one.namesake) for one in proposals] == [
        ("cia", Role.CARE_STAFF, ("solgarden",), ""), ("dan", Role.LICENSED, ("solgarden",), ""),
        ("eva", Role.MANAGER, ("solgarden",), "chef"), ("gun", Role.CARE_STAFF, ("solgarden",), ""),
    ]  # fmt: skip
    written: list[KeyFile] = []
    kind = type(desk.store)
    write = kind.write_keys

    def counted(store: Store, keys: KeyFile, *, work: UnitOfWork | None = None) -> None:
        written.append(keys)
        write(store, keys, work=work)

    monkeypatch.setattr(kind, "write_keys", counted)
    made = [
        new(one.user, f"{HANDED}-{number}", full_name=one.full_name, role=one.role, units=one.units, member=one.member)
        for number, one in enumerate(proposals)
    ]
    accounts.add_accounts(desk, surroundings(), new=made)
    assert len(written) == 1
    assert accounts.propose_accounts(desk) == ()
    assert all(account(desk, one.user).must_change for one in proposals)
    desk.close()
    gun = access.log_in(surroundings(), desk.store.address, user="gun", password=f"{HANDED}-3", own_password=OWN)
    assert gun.actor.units == frozenset({"solgarden"})
    gun.close()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (new("BO"), "user_taken"), (new("per"), "user_taken"), (new("x", "kort"), "password_short"),
        (new(" "), "user_missing"), (new("x", units=("ingen",)), "reference_unknown"),
        (new("x", "Fyrens gruppbostad"), "password_own_name"), (new("x", units=()), "account_units_missing"),
    ],
)  # fmt: skip
def test_several_accounts_are_made_all_or_none(desk: Desk, wrong: NewAccount, code: str) -> None:
    units.add_unit(desk, name="Fyrens gruppbostad", setting=Setting.GRUPPBOSTAD)
    before, keys = accounts.list_accounts(desk), desk.store.keys()
    with pytest.raises(KnownError) as caught:
        accounts.add_accounts(desk, surroundings(), new=[new("per"), new("ulf"), wrong])
    assert caught.value.code == code
    assert (accounts.list_accounts(desk), desk.store.keys()) == (before, keys)


def test_a_user_name_that_an_ended_account_had_is_taken(desk: Desk) -> None:
    accounts.end_account(desk, user="bo")
    with pytest.raises(Refused, match="user_taken"):
        accounts.add_accounts(desk, surroundings(), new=[new("bo")])


def test_what_cannot_be_committed_leaves_the_keys_as_they_were(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = desk.store.keys()

    def full(work: UnitOfWork) -> None:
        raise StorageFault("disk_full")

    monkeypatch.setattr(UnitOfWork, "commit", full)
    gestures: list[Callable[[], object]] = [
        lambda: accounts.add_accounts(desk, surroundings(), new=[new("per")]),
        lambda: accounts.reset_password(desk, surroundings(), user="bo", password=HANDED),
        lambda: access.change_password(desk, surroundings(), old=PASSWORD, new=OWN),
    ]
    for gesture in gestures:
        with pytest.raises(StorageFault, match="disk_full"):
            gesture()
        assert desk.store.keys() == keys


def test_no_way_in_takes_a_name_or_a_common_word_for_a_password(desk: Desk, tmp_path: Path) -> None:
    units.add_unit(desk, name="Fyrens gruppbostad", setting=Setting.GRUPPBOSTAD)
    save(desk, "bo", full_name="Bo Alexander Ek")
    key = access.issue_recovery_key(desk)
    names = ("fyrens gruppbostad", "FYRENS GRUPPBOSTAD ", "1qaz2wsx3edc", "LeaveMeAlone")

    def each(gesture: Callable[[str], object], *more: str) -> None:
        for weak in (*names, *more):
            with pytest.raises(Refused) as caught:
                gesture(weak)
            assert caught.value.code in ("password_own_name", "password_common"), weak

    each(lambda weak: access.change_password(desk, surroundings(), old=PASSWORD, new=weak))
    each(lambda weak: accounts.add_accounts(desk, surroundings(), new=[new("x", weak)]))
    each(
        lambda weak: accounts.reset_password(desk, surroundings(), user="bo", password=weak),
        "Bo Alexander Ek", "bo alexander ek",
    )  # fmt: skip
    accounts.reset_password(desk, surroundings(), user="bo", password=HANDED)
    desk.close()
    each(
        lambda weak: access.log_in(surroundings(), desk.store.address, user="bo", password=HANDED, own_password=weak),
        "Bo Alexander Ek",
    )
    each(
        lambda weak: access.recover(surroundings(), desk.store.address, user="bo", typed_key=key, new_password=weak),
        "Bo Alexander Ek",
    )
    unit, path = "Fyrens gruppbostad", tmp_path / "ny.tfdb"
    each(
        lambda weak: access.create_database(
            surroundings(), path, unit_name=unit, setting=Setting.GRUPPBOSTAD, user="eva",
            full_name="Eva Margareta Ö", password=weak,
        ),
        "eva margareta o\u0308",
    )  # fmt: skip
    assert not path.exists()
    log_in(desk.store.address).close()
