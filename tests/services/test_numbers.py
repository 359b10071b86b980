"""A personnummer is refused wherever something is named by it, and told where it is written in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.accounts import Account
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.errors import ImportRefused, Refused
from app.domain.meetings import Action, Item
from app.domain.roles import Role
from app.domain.team import Member
from app.domain.units import Unit, Ward
from app.exchange.sheets import read_sheet
from app.services import accounts, customers, team, transfer, units
from app.services.access import create_database
from app.services.desk import Desk
from app.services.imports import known_to_sheets
from tests import support

NUMBER = "811218-9876"
KEY = "19811218-9876"


def customer(**other: str) -> Customer:
    return Customer(**{"key": "", "reference": "ÅÄ", "unit": "solgarden", **other})  # type: ignore[arg-type]


def account(*, user: str = "ny", full_name: str = "Ny") -> Account:
    return Account(user=user, full_name=full_name, role=Role.READER, units=None, member=None, active=True)


def whole_unit(desk: Desk, **other: object) -> None:
    stored = units.get_unit(desk, key="solgarden")
    units.save_unit(desk, unit=replace(stored.value, **other), expected_version=stored.version)  # type: ignore[arg-type]


GESTURES: dict[str, Callable[[Desk], object]] = {
    "reference": lambda desk: customers.add_customer(desk, customer=customer(reference=NUMBER)),
    "code": lambda desk: customers.add_customer(desk, customer=customer(code=NUMBER)),
    "apartment": lambda desk: customers.add_customer(desk, customer=customer(apartment=NUMBER)),
    "customer's key": lambda desk: customers.add_customer(desk, customer=customer(key=KEY)),
    "member's name": lambda desk: team.add_member(
        desk, member=Member(key="", name=f"Eva {NUMBER}", profession="Kock", units=("solgarden",))
    ),
    "member's key": lambda desk: team.add_member(
        desk, member=Member(key=KEY, name="Eva", profession="Kock", units=("solgarden",))
    ),
    "unit": lambda desk: units.add_unit(desk, name=NUMBER, setting=Setting.BOENDESTOD),
    "new ward": lambda desk: units.new_ward(desk, unit="solgarden", name=NUMBER),
    "unit's name": lambda desk: whole_unit(desk, name=NUMBER),
    "ward": lambda desk: whole_unit(desk, wards=(Ward(key="ny", name=NUMBER),)),
    "place": lambda desk: whole_unit(desk, wards=(Ward(key="ny", name="Ny", apartments=(NUMBER,)),)),
    "user": lambda desk: accounts.add_account(
        desk, support.surroundings(), account=account(user=NUMBER), password=support.PASSWORD
    ),
    "full name": lambda desk: accounts.add_account(
        desk, support.surroundings(), account=account(full_name=NUMBER), password=support.PASSWORD
    ),
}


@pytest.mark.parametrize("name", GESTURES)
def test_nothing_is_named_by_one(desk: Desk, name: str) -> None:
    with pytest.raises(Refused, match="personnummer_in"):
        GESTURES[name](desk)


@pytest.mark.parametrize(("unit", "user"), [(NUMBER, "chef"), ("Solgården", NUMBER)])
def test_nor_is_a_new_database(tmp_path: Path, unit: str, user: str) -> None:
    with pytest.raises(Refused, match="personnummer_in_name"):
        create_database(
            support.surroundings(), tmp_path / "ny.tfdb", unit_name=unit, setting=Setting.BOENDESTOD, user=user,
            full_name="", password=support.PASSWORD,
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


FILES: dict[str, Document] = {
    "customers[0].reference": Document(customers=(customer(key="kund-9", reference=NUMBER),)),
    "customers[0].apartment": Document(customers=(customer(key="kund-9", apartment=NUMBER),)),
    "customers[0].code": Document(customers=(customer(key="kund-9", code=NUMBER),)),
    "customers[0].key": Document(customers=(customer(key=KEY),)),
    "members[0].name": Document(
        members=(Member(key="eva", name=NUMBER, profession="Kock", units=("solgarden",)),)
    ),
    "units[0].wards[0].name": Document(
        units=(Unit(key="ny", name="Ny", setting=Setting.BOENDESTOD, wards=(Ward(key="w", name=NUMBER),)),)
    ),
    "meetings[0].items[0].actions[0].key": Document(
        meetings=(
            replace(
                support.team_meeting(), key="nytt",
                items=(Item(key="p-1", heading="Ring", actions=(Action(key=KEY, text="Ring"),)),),
            ),
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", FILES)
def test_a_file_is_refused_by_the_place(desk: Desk, place: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        transfer.take_in(desk, document=FILES[place])
    assert [one.column for one in refused.value.problems] == [place]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (f"Referens;Enhet;Lägenhet\n{NUMBER};Solgården;1101", "Referens"),
        (f"Referens;Enhet;Lägenhet\nEF;Solgården;{NUMBER}", "Lägenhet"),
        (f"Namn;Yrke;Enhet\nEva {NUMBER};Kock;Solgården", "Namn"),
    ],
)
def test_a_sheet_is_refused_by_line_and_column(desk: Desk, text: str, column: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_sheet(text.encode(), name="blad.csv", known=known_to_sheets(desk))
    assert [(one.line, one.column) for one in refused.value.problems] == [(2, column)]


def test_what_is_written_is_taken_in_and_told(desk: Desk) -> None:
    meeting = replace(
        support.team_meeting(), key="nytt", title=f"Om {NUMBER}",
        items=(Item(key="p-1", heading="Ring", notes=f"Gäller {NUMBER}.", decisions=("Ja", NUMBER)),),
    )  # fmt: skip
    member = Member(
        key="ny", name="Ny", profession="Kock", units=("solgarden",), phone="0701121236", email=f"{NUMBER}@x.se"
    )
    result = transfer.take_in(desk, document=Document(members=(member,), meetings=(meeting,)))
    assert [one.column for one in result.warnings] == [
        "members[0].email", "meetings[0].title", "meetings[0].items[0].notes", "meetings[0].items[0].decisions[1]",
    ]  # fmt: skip
    assert {one.reason for one in result.warnings} == {"Det ser ut som ett personnummer. Skriv initialer i stället."}
    assert result.imported["meetings"] == 1


def test_the_small_unit_gives_no_warning(desk: Desk) -> None:
    assert transfer.take_in(desk, document=support.solgarden()).warnings == ()
