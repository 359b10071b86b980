"""Accounts proposed from the team: one for each who has none, by profession, and no user name twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain.accounts import Account, propose, proposed_user, usual_role
from app.domain.roles import Role
from app.domain.team import Member

PROFESSIONS = load_lists().professions
NAMES = st.text(min_size=1, max_size=20) | st.sampled_from(["Anna Berg", "Anna Ek", "anna", "Åsa", "李", "  ", "-"])


def member(key: str, name: str, profession: str = "Undersköterska", units: tuple[str, ...] = ("a",)) -> Member:
    return Member(key=key, name=name, profession=profession, units=units)


def account(user: str, *, active: bool = True, of: str | None = None, name: str = "") -> Account:
    return Account(user=user, full_name=name, role=Role.READER, units=None, member=of, active=active)


@pytest.mark.parametrize(
    ("profession", "role"),
    [
        ("Sjuksköterska", Role.LICENSED), ("ssk", Role.LICENSED), ("Arbetsterapeut", Role.LICENSED),
        ("Enhetschef", Role.MANAGER), ("Undersköterska", Role.CARE_STAFF), ("Vaktmästare", Role.CARE_STAFF),
        ("Sekreterare", Role.SECRETARY), ("Handläggare", Role.READER),
    ],
)  # fmt: skip
def test_the_role_follows_the_profession(profession: str, role: Role) -> None:
    assert usual_role(profession, PROFESSIONS) is role


def test_first_names_then_last_names_then_numbers() -> None:
    taken: list[str] = []
    for name in ("Anna Berg", "Anna Maria Ek", "Anna Ek", "ANNA EK"):
        taken.append(proposed_user(name, taken))
    assert taken == ["anna", "anna-ek", "anna-ek-2", "anna-ek-3"]
    assert proposed_user("", ()) == "anvandare"


def test_who_has_an_account_gets_none_and_a_namesake_is_pointed_out() -> None:
    team = [member("a", "Anna Berg"), member("b", "Bo Ek"), member("c", "Eva Chef", units=("a", "b", "c"))]
    known = [account("anna", of="a"), account("bo", of="b", active=False), account("chef", name="eva chef")]
    found = propose(team, accounts=known, professions=PROFESSIONS, reach=frozenset({"a", "b"}))
    assert [(one.member, one.user, one.units, one.namesake) for one in found] == [
        ("b", "bo-ek", ("a",), ""), ("c", "eva", ("a", "b"), "chef"),
    ]  # fmt: skip


@given(names=st.lists(NAMES, max_size=30), users=st.lists(NAMES, max_size=10))
def test_no_proposed_user_name_stands_twice_or_is_taken(names: list[str], users: list[str]) -> None:
    team = [member(str(number), name) for number, name in enumerate(names)]
    found = propose(team, accounts=[account(user) for user in users], professions=PROFESSIONS, reach=None)
    proposed = [one.user.casefold() for one in found]
    assert len(found) == len(names)
    assert len(set(proposed)) == len(proposed)
    assert not set(proposed) & {user.casefold() for user in users}
    assert all(one.user for one in found)
