"""The exchange file: everything comes back as it went out, and what cannot be read is refused by name."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.catalogue import Setting
from app.domain.errors import ImportRefused
from app.domain.meetings import MeetingStatus
from app.exchange.json_file import meeting_from_text, meeting_text, read_document, write_document
from app.services import meetings, transfer
from app.services.desk import Desk
from tests.exchange.material import RICH, Json, reading, refusal_of, small_file
from tests.support import audit_rows, demo_desk, files_of, log_in, make_database


def without_defaults(value: Any) -> Any:
    """JSON without empty lists and false, which a file may leave out."""
    if isinstance(value, dict):
        kept = {key: without_defaults(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ([], False, "open")}
    return [without_defaults(one) for one in value] if isinstance(value, list) else value


def test_a_rich_real_meeting_fits_without_loss(desk: Desk) -> None:
    transfer.take_in(desk, document=reading(small_file()))
    out = json.loads(write_document(transfer.read_document(desk)))
    (found,) = [one for one in out["meetings"] if one["key"] == "dialog-1"]
    assert without_defaults(found) == without_defaults(RICH)
    assert list(found["items"][0]["actions"][1]) == ["key", "text", "status"], "no empty property but lists and bools"
    assert "lifted_to" not in found["items"][1]
    assert [one["key"] for one in out["customers"]] == sorted(one["key"] for one in out["customers"])


def test_the_demo_goes_out_and_comes_back_the_same(demo_template: Path, tmp_path: Path) -> None:
    first = demo_desk(demo_template, tmp_path / "demo")
    one = write_document(transfer.read_document(first))
    first.close()
    make_database(tmp_path / "ny.tfdb", unit="Tom")
    second = log_in(tmp_path / "ny.tfdb")
    try:
        result = transfer.take_in(second, document=read_document(one))
        assert sum(result.imported.values()) == sum(
            len(rows) for rows in json.loads(one).values() if type(rows) is list
        )
        back = json.loads(write_document(transfer.read_document(second)))
        back["units"] = [unit for unit in back["units"] if unit["key"] != "tom"]
        assert back == json.loads(one)
        assert {unit["setting"] for unit in back["units"]} == {setting.value for setting in Setting}
        assert {meeting["status"] for meeting in back["meetings"]} >= {"planned", "draft", "approved", "cancelled"}
        again = transfer.take_in(second, document=read_document(one))
        assert set(again.imported.values()) == {0}, "the same file twice changes nothing"
    finally:
        second.close()


def test_co_opted_null_and_unknown_are_read_as_the_format_says() -> None:
    content = small_file()
    meeting = content["meetings"][1]
    meeting["attendance"] = [{"name": "Gerd", "status": "co-opted"}]
    meeting["link"] = None
    meeting["place"] = ""
    found = reading(content).meetings[1]
    assert (found.attendance[0].co_opted, found.link, found.place) == (True, None, None)


def change(path: str, value: Any) -> Callable[[Json], None]:
    """Set a place such as `meetings.1.items.0.key` to a value."""

    def act(content: Json) -> None:
        place: Any = content
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            place = place[step]
        place[last] = value

    return act


REFUSED = [
    ("units.0.colour", "röd", "units[0].colour", "Egenskapen colour finns inte i formatet."),
    ("meetings.1.items.0.actions.0.who", "x", "meetings[1].items[0].actions[0].who", "Egenskapen who finns inte"),
    ("hälsningar", [], "hälsningar", "Egenskapen hälsningar finns inte i formatet."),
    ("meetings.1.date", "2026-02-30", "meetings[1].date", "ska vara ett datum"),
    ("meetings.1.start", "kl 9", "meetings[1].start", "ska vara ett klockslag"),
    ("meetings.1.end", "13:00", "meetings[1].end", "Mötet slutar före det börjar."),
    ("meetings.1.status", "klart", "meetings[1].status", "Tillåtet: planned"),
    ("meetings.1.items.0.minutes", 2.5, "meetings[1].items[0].minutes", "heltal"),
    ("meetings.1.items.0.heading", None, "meetings[1].items[0].heading", "saknas eller är tom"),
    ("meetings.1.items.1.key", "dialog-1-1", "meetings[1].items[1].key", "står två gånger"),
    ("meetings.1.attendance.0.name", "Anna", "meetings[1].attendance[0]", "antingen member eller name"),
    ("meetings.1.key", "Möte 1", "meetings[1].key", "a–z, 0–9 och bindestreck"),
    ("customers.0.protected", "ja", "customers[0].protected", "true eller false"),
    ("members.0.units", "solgarden", "members[0].units", "ska vara en lista"),
    ("members.0.units", [], "members[0].units", "Ange minst en enhet."),
    ("meetings.1.items.0.heading", "  ", "meetings[1].items[0].heading", "saknas eller är tom"),
    ("version", 2, "", "annan version"),
    ("format", "annat", "", "ingen utväxlingsfil"),
]


@pytest.mark.parametrize(("path", "value", "column", "reason"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_is_wrong_is_named_with_its_place(path: str, value: Any, column: str, reason: str) -> None:
    content = small_file()
    change(path, value)(content)
    with pytest.raises(ImportRefused) as caught:
        reading(content)
    assert (column, True) in [(one.column, reason in one.reason) for one in caught.value.problems]


WRONG_REFERENCES = [
    ("meetings.1.unit", "manen", "Enheten manen finns inte."),
    ("meetings.1.chair", "ingen-alls", "Medarbetaren ingen-alls finns inte."),
    ("meetings.1.participants.0", "ingen-alls", "Medarbetaren ingen-alls finns inte."),
    ("meetings.1.items.1.customer", "kund-99", "Kunden kund-99 finns inte."),
    ("meetings.1.items.1.carried_from", "punkt-99", "Punkten punkt-99 finns inte."),
    ("meetings.1.items.1.participation.0.customer", "kund-99", "Kunden kund-99 finns inte."),
    ("meetings.1.additions.0.by", "ingen-alls", "Medarbetaren ingen-alls finns inte."),
    ("meetings.1.ward", "vast", "Avdelningen vast finns inte."),
    ("meetings.1.forum", "kafferep", "Mötesforumet kafferep finns inte"),
    ("customers.0.unit", "manen", "Enheten manen finns inte."),
    ("customers.0.contacts.responsible_nurse", "ingen-alls", "Medarbetaren ingen-alls finns inte."),
    ("members.0.units.0", "manen", "Enheten manen finns inte."),
    ("customers.0.reference", "811218-9876", "personnummer"),
    ("customers.0.ward", "vinkel", "Avdelningen vinkel hör inte till enheten solgarden."),
    ("meetings.1.ward", "vinkel", "Avdelningen vinkel hör inte till enheten solgarden."),
    ("units.0.wards", [], "Avdelningen Norr har kunder"),
]


@pytest.mark.parametrize(("path", "value", "reason"), WRONG_REFERENCES, ids=lambda one: str(one)[:45])
def test_a_wrong_reference_is_named_and_nothing_is_taken_in(desk: Desk, path: str, value: str, reason: str) -> None:
    before = write_document(transfer.read_document(desk))
    rows = len(audit_rows(desk))
    content = small_file()
    other = {"key": "annan", "name": "Annan", "setting": "boendestod", "wards": [{"key": "vinkel", "name": "Vinkel"}]}
    content["units"].append(other)
    change(path, value)(content)
    with pytest.raises(ImportRefused) as caught:
        transfer.take_in(desk, document=reading(content))
    assert any(reason in one.reason for one in caught.value.problems), caught.value.problems
    assert len(audit_rows(desk)) == rows
    assert write_document(transfer.read_document(desk)) == before


def test_a_change_to_an_approved_meeting_refuses_the_whole_file(desk: Desk) -> None:
    content = small_file()
    content["meetings"][1]["status"] = "approved"
    transfer.take_in(desk, document=reading(content))
    assert transfer.take_in(desk, document=reading(content)).imported["meetings"] == 0
    changed = copy.deepcopy(content)
    changed["meetings"][1]["items"][0]["notes"] = "Ändrat i efterhand"
    changed["members"].append({"key": "ny-person", "name": "Ny", "profession": "Kock", "units": ["solgarden"]})
    with pytest.raises(ImportRefused) as caught:
        transfer.take_in(desk, document=reading(changed))
    assert [one.reason for one in caught.value.problems] == ["Mötet dialog-1 är justerat och ändras inte."]
    out = transfer.read_document(desk)
    assert "ny-person" not in [one.key for one in out.members]
    assert meetings.get_meeting(desk, key="dialog-1").value.status is MeetingStatus.APPROVED


def test_a_key_of_another_meeting_is_not_taken_over(desk: Desk) -> None:
    content = small_file()
    content["meetings"][1]["items"][0]["key"] = "punkt-4"
    content["meetings"] = content["meetings"][1:]
    content["meetings"][0]["additions"] = []
    with pytest.raises(ImportRefused) as caught:
        transfer.take_in(desk, document=reading(content))
    assert [one.reason for one in caught.value.problems] == ["Punktens nyckel punkt-4 finns redan i ett annat möte."]


def test_a_dry_run_tells_and_keeps_nothing(desk: Desk) -> None:
    result = transfer.take_in(desk, document=reading(small_file()), dry_run=True)
    assert (result.imported["meetings"], result.untouched) == (1, 12)
    assert [one.key for one in transfer.read_document(desk).meetings] == ["teammote-1"]


def test_a_draft_of_a_meeting_is_read_back_whole() -> None:
    meeting = reading(small_file()).meetings[1]
    assert meeting_from_text(meeting_text(meeting)) == meeting


START = b'{"format": "teamforum", "version": 1, '
HOSTILE = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe{\0}\0",
    b'{"format": "teamforum"}',
    b"[" * 100_000,
    b'{"a": NaN}',
    START + '"units": "åäö"}'.encode("latin-1"),
    b'{"format": "teamforum", "version": true}',
    START + b'"meetings": {"a": 1}}',
    START + b'"units": [[]]}',
    START + b'"units": [{"key": "a", "name": "\\u0000", "setting": "boendestod"}]}',
    START + b'"units": [{"key": "a", "name": "\\ud800", "setting": "boendestod"}]}',
    START + b'"customers": [{"key": "a", "reference": ' + b"9" * 5000 + b"}]}",
]


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: repr(data[-25:]))
def test_a_hostile_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_document(data)
    assert caught.value.problems
    assert all(one.reason.endswith(".") for one in caught.value.problems)


WHOLE = json.dumps(small_file(), ensure_ascii=False).encode()
JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for step, one in inside for found in places(one, (*path, step)))]


PLACES = [path for path in places(small_file()) if path]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PLACES), junk=JUNK)
def test_any_value_anywhere_is_taken_in_or_refused_never_a_crash(desk: Desk, path: tuple[Any, ...], junk: Any) -> None:
    content: Any = small_file()
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = junk
    data = json.dumps(content).encode()
    problems = refusal_of(lambda: transfer.take_in(desk, document=read_document(data), dry_run=True))
    assert problems is None or problems


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=0, max_size=4))
def test_a_cut_or_scratched_file_never_crashes(at: int, put: bytes) -> None:
    for data in (WHOLE[:at] + put, WHOLE[:at] + put + WHOLE[at + len(put) :]):
        problems = refusal_of(partial(read_document, data))
        assert problems is None or problems


def test_nothing_is_written_beside_the_database_by_a_refusal(desk: Desk, database: Path) -> None:
    before = files_of(database.parent)
    content = small_file()
    content["meetings"][1]["unit"] = "manen"
    with pytest.raises(ImportRefused):
        transfer.take_in(desk, document=reading(content))
    assert files_of(database.parent) == before
