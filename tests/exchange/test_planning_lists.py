"""What planning keeps in the exchange file: there and back, and refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from app.domain.errors import ImportRefused
from app.exchange.json_file import read_document, write_document
from app.services import transfer
from app.services.desk import Desk
from tests.exchange.material import Json

LISTS: Json = {
    "series": [
        {"key": "teammote-norr", "unit": "solgarden", "ward": "norr", "forum": "teammote",
         "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "first": "2026-01-13", "start": "13:00", "end": "13:30",
         "exdates": ["2026-04-07"], "moved": [{"was": "2026-05-05", "date": "2026-05-06", "start": "14:00"}],
         "pauses": [{"from": "2026-06-29", "to": "2026-08-09", "reason": "Sommar"}], "until": "2026-09-30"},
        {"key": "teammote-norr-2", "unit": "solgarden", "ward": "norr", "forum": "teammote", "pinned": True,
         "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "first": "2026-10-01", "start": "13:00", "end": "13:30",
         "continues": "teammote-norr"},
    ],
    "absences": [
        {"key": "semester-1", "member": "dan-falk", "from": "2026-07-01", "to": "2026-07-20T12:00", "kind": "holiday"},
        {"key": "kurs", "member": "dan-falk", "from": "2026-03-02T08:00", "to": "2026-03-02T12:00",
         "substitute": {"name": "Bemanningen"}},
    ],
    "rooms": [{"key": "sal-1", "name": "Salen", "unit": "solgarden"}, {"key": "sal-2", "name": "Stora salen"}],
    "occasions": [{"key": "apt-mars", "unit": "solgarden",
                   "covers": [{"ward": "norr", "who": "dan-falk", "from": "13:00", "to": "15:30"}]}],
    "rotation": [{"customer": "kund-1", "weeks": 6, "priority": 2}],
    "year_wheel": [{"key": "apt-3", "unit": "solgarden", "forum": "apt", "month": 3, "themes": ["Skyddsrond"]}],
}  # fmt: skip


def file(**lists: Any) -> bytes:
    return json.dumps({"format": "teamforum", "version": 1, **copy.deepcopy(lists)}).encode()


def kept(desk: Desk) -> Json:
    whole: Json = json.loads(write_document(transfer.read_document(desk)))
    return {name: whole[name] for name in LISTS}


def without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nothing(one) for key, one in value.items() if one not in ([], False)}
    return [without_nothing(one) for one in value] if isinstance(value, list) else value


def test_what_is_taken_in_comes_out_the_same_and_a_second_time_changes_nothing(desk: Desk) -> None:
    result = transfer.take_in(desk, document=read_document(file(**LISTS)))
    assert {name: result.imported[name] for name in LISTS} == {name: len(rows) for name, rows in LISTS.items()}
    wanted = {name: sorted(rows, key=lambda one: one.get("key", one.get("customer"))) for name, rows in LISTS.items()}
    assert without_nothing(kept(desk)) == wanted
    again = transfer.take_in(desk, document=read_document(file(**LISTS)))
    assert not any(again.imported.values())


def test_a_change_by_key_is_kept(desk: Desk) -> None:
    transfer.take_in(desk, document=read_document(file(**LISTS)))
    changed = copy.deepcopy(LISTS)
    changed["series"][0]["exdates"] = []
    changed["absences"][0]["to"] = "2026-07-31"
    changed["rotation"][0]["weeks"] = 4
    changed["year_wheel"][0]["themes"] = ["Ekonomi", "Skyddsrond"]
    result = transfer.take_in(desk, document=read_document(file(**changed)))
    assert sum(result.imported.values()) == 4
    found = kept(desk)
    assert found["absences"][1]["to"] == "2026-07-31"
    assert found["rotation"][0]["weeks"] == 4
    assert found["year_wheel"][0]["themes"] == ["Ekonomi", "Skyddsrond"]


REFUSED: list[tuple[str, str, Any]] = [
    ("series", "rrule", "VARANNAN TISDAG"), ("series", "until", "2025-01-01"), ("series", "end", "12:00"),
    ("series", "exdates", ["2026-04-07", "2026-04-07"]), ("series", "unit", "finns-inte"), ("series", "ward", "vaster"),
    ("series", "continues", "ingen"), ("absences", "to", "2026-06-01"), ("absences", "member", "ingen"),
    ("absences", "kind", "vab"), ("rooms", "name", "   "), ("rooms", "unit", "ingen"), ("rotation", "weeks", 0),
    ("rotation", "customer", "ingen"), ("year_wheel", "month", 13), ("year_wheel", "colour", "röd"),
    ("occasions", "covers", [{"who": "ingen"}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "value"), REFUSED, ids=lambda one: str(one)[:30])
def test_what_cannot_be_meant_is_refused_and_nothing_is_taken_in(desk: Desk, name: str, field: str, value: Any) -> None:
    lists = copy.deepcopy(LISTS)
    lists[name][0][field] = value
    before = kept(desk)
    with pytest.raises(ImportRefused) as refused:
        transfer.take_in(desk, document=read_document(file(**lists)))
    assert [one for one in refused.value.problems if one.reason]
    assert kept(desk) == before
