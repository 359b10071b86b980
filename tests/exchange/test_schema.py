"""The published schema of the exchange file: valid, true to what is read and written, and strict about the unknown."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.bootstrap import load_lists
from app.domain.catalogue import Setting
from app.exchange import shapes
from app.exchange.json_file import LISTS, write_document
from app.paths import resource
from app.services import transfer
from tests.exchange.material import RICH, Json, reading, small_file
from tests.support import demo_desk

SCHEMA: Json = json.loads(resource("schema", "exchange-1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
SHORT_FORMS = {"units[].forums[].setting"}
BY_KEY = {("requests[].fields[].key", True), ("requests[].fields[].text", True)}
"""What a file has as an object by key, and a value as a list."""
"""What a file may say though no value has it: the reader writes it out or drops it."""


def faults(content: Json) -> list[str]:
    return sorted(f"{error.json_path}: {error.message[:150]}" for error in VALIDATOR.iter_errors(content))


def properties_of(node: Any, root: Json, place: str) -> Iterator[tuple[str, bool]]:
    """Every property below a schema's node: its place in the file, and whether it must be there."""
    if "$ref" in node:
        yield from properties_of(root["$defs"][node["$ref"].rpartition("/")[2]], root, place)
    for one in node.get("anyOf", ()):
        yield from properties_of(one, root, place)
    if isinstance(node.get("items"), dict):
        yield from properties_of(node["items"], root, place + "[]")
    for name, inner in node.get("properties", {}).items():
        yield f"{place}.{name}", name in node.get("required", ())
        yield from properties_of(inner, root, f"{place}.{name}")


def words_of(node: Any, root: Json, place: str) -> Iterator[tuple[str, str]]:
    """Every word that a closed choice below a schema's node allows, with its place in the file."""
    if "$ref" in node:
        yield from words_of(root["$defs"][node["$ref"].rpartition("/")[2]], root, place)
    for one in node.get("anyOf", ()):
        yield from words_of(one, root, place)
    if isinstance(node.get("items"), dict):
        yield from words_of(node["items"], root, place + "[]")
    for word in node.get("enum", ()):
        if word is not None:
            yield place, word
    for name, inner in node.get("properties", {}).items():
        yield from words_of(inner, root, f"{place}.{name}")


def test_the_schema_is_a_schema() -> None:
    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    assert [error.message for error in meta.iter_errors(SCHEMA)] == []
    Draft202012Validator.check_schema(SCHEMA)


def test_every_definition_is_used() -> None:
    text = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize("name", LISTS)
def test_schema_and_reader_know_the_same_properties(name: str) -> None:
    ours = shapes.adapter(name).json_schema()
    read = set(properties_of(ours, ours, name))
    published = set(properties_of(SCHEMA["properties"][name], SCHEMA, name))
    assert {one for one in published if one[0] not in SHORT_FORMS} == read - BY_KEY


@pytest.mark.parametrize("name", LISTS)
def test_schema_and_reader_allow_the_same_words(name: str) -> None:
    ours = shapes.adapter(name).json_schema()
    read = set(words_of(ours, ours, name))
    closed = {place for place, _ in read}
    published = set(words_of(SCHEMA["properties"][name], SCHEMA, name))
    more = {one for one in published if one[0] in closed} - read
    assert read <= published
    assert more == ({("meetings[].attendance[].status", "co-opted")} if name == "meetings" else set())


def test_the_schema_knows_the_catalogue_s_forums_and_settings() -> None:
    assert SCHEMA["$defs"]["forum"]["enum"] == list(dict.fromkeys(one.key for one in load_lists().catalogue.all))
    assert SCHEMA["$defs"]["setting"]["enum"] == [setting.value for setting in Setting]


def test_what_the_demo_exports_keeps_to_the_schema(demo_template: Path, tmp_path: Path) -> None:
    desk = demo_desk(demo_template, tmp_path / "demo")
    try:
        content = json.loads(write_document(transfer.read_document(desk)))
    finally:
        desk.close()
    assert all(content[name] for name in LISTS)
    assert faults(content) == []


def test_a_rich_meeting_keeps_to_the_schema_as_typed_and_as_written_back() -> None:
    typed = small_file()
    typed["meetings"][1]["attendance"].append({"name": "Gerd Öst", "status": "co-opted", "member": None})
    typed["units"][0]["forums"] = [
        {"key": "apt", "setting": "sarskilt-boende", "interval": {"frequency": "weekly", "every": 2},
         "minutes": {"min": 60, "max": 90}, "participants": [{"role": "Alla"}], "agenda": ["Arbetsmiljö"]},
    ]  # fmt: skip
    typed["units"][0]["wards"][0]["substitutes"] = [{"profession": "Sjuksköterska", "member": "gun-holm"}]
    assert faults(typed) == []
    assert faults(json.loads(write_document(reading(typed)))) == []


def test_null_is_as_good_as_absent() -> None:
    content = small_file()
    meeting = content["meetings"][1]
    for name in set(SCHEMA["$defs"]["meeting"]["properties"]) - set(SCHEMA["$defs"]["meeting"]["required"]):
        meeting[name] = None
    content["customers"] = None
    assert faults(content) == []


REFUSED: list[tuple[str, Any]] = [
    ("colour", "röd"), ("start", "9:00"), ("start", None), ("date", "2026-2-3"), ("date", "2026-02-30"),
    ("key", "Möte 1"), ("status", "klart"), ("chair", {"namn": "Ulla"}), ("forum", "kafferep"),
    ("attendance", [{"status": "present"}]), ("attendance", [{"status": "present", "member": "bo-ek", "name": "Bo"}]),
    ("additions", [{"at": "2026-02-20", "by": "anna-berg", "text": "x"}]), ("participants", ["bo-ek", "bo-ek"]),
    ("items", [{"key": "p", "heading": "H", "minutes": 2.5}]), ("items", [{"key": "p"}]),
    ("items", [{"key": "p", "heading": "H", "actions": [{"key": "a", "text": "T", "who": "bo-ek"}]}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_the_format_does_not_allow_is_refused(name: str, value: Any) -> None:
    content = small_file()
    content["meetings"] = [{**copy.deepcopy(RICH), name: value}]
    assert faults(content)


def test_unknown_properties_are_refused_everywhere() -> None:
    loose = [
        name
        for name, one in SCHEMA["$defs"].items()
        if one.get("type") == "object" and one.get("additionalProperties") is not False
    ]
    assert loose == []
    assert faults({"format": "teamforum", "version": 1, "hälsningar": []})
    assert faults({"format": "teamforum", "version": 2})


SERIES: Json = {
    "key": "teammote-norr", "unit": "solgarden", "ward": "norr", "forum": "teammote", "rrule": "FREQ=WEEKLY;INTERVAL=2",
    "first": "2026-01-13", "start": "13:00", "end": "13:30", "exdates": ["2026-04-07"],
    "moved": [{"was": "2026-05-05", "date": "2026-05-06", "start": "14:00"}],
}  # fmt: skip
ABSENCE: Json = {
    "key": "semester-1", "member": "bo-ek", "from": "2026-07-01", "to": "2026-07-20T12:00", "kind": "holiday",
}  # fmt: skip
REQUEST: Json = {
    "key": "begaran-1", "unit": "solgarden", "customer": "kund-1", "kind": "request", "direction": "out",
    "status": "sent", "fields": {"reason": "Tätare fall", "current_function": "Går med stöd"},
    "not_relevant": ["aids"],
    "consent": {"basis": "cannot", "assessor": "anna-berg", "reasons": "Kan inte ta ställning", "parties": ["p1"]},
    "events": [{"at": "2026-02-01T09:00", "kind": "created"},
               {"at": "2026-02-01T10:00", "kind": "sent", "party": "p2", "channel": "it_service"}],
    "parties": [{"key": "p1", "name": "Solgården", "role": "initiating", "own": True, "kind": "social_services"},
                {"key": "p2", "name": "Vårdcentralen", "role": "receiving", "kind": "regional_primary_care",
                 "status": "sent"}],
    "care_contacts": [{"name": "Dr Ek", "main": True, "cause": "need"}, {"name": "Ssk Al"}],
    "sip": {"considered": {"on": "2026-02-02", "by": "anna-berg", "outcome": "needed"}, "follow_ups": ["2026-04-01"],
            "measures": [{"principal": "Kommunen", "text": "Träning"}], "participants": [{"name": "Dottern"}]},
    "discharge": {"ready_at": "2026-02-01T13:00"},
}  # fmt: skip


def rest_of_the_contract(**request: Any) -> Json:
    return {
        "format": "teamforum", "version": 1, "series": [copy.deepcopy(SERIES)], "absences": [copy.deepcopy(ABSENCE)],
        "requests": [{**copy.deepcopy(REQUEST), **request}],
    }  # fmt: skip


def test_series_absences_and_requests_have_their_place() -> None:
    assert faults(rest_of_the_contract()) == []


BAD_REQUESTS: list[Json] = [
    {"kind": "transfer", "status": "accepted", "fields": {}},
    {"kind": "transfer", "fields": {"current_function": "x"}},
    {"fields": {"weather": "Sol"}},
    {"not_relevant": ["weather"]},
    {"person": {"name": "Någon"}},
    {"customer": None},
    {"consent": {"basis": "cannot"}},
    {"consent": {"basis": "other"}},
    {"parties": [{"key": "p", "name": "P", "role": "receiving", "kind": "school"}]},
    {"care_contacts": [{"name": "A", "main": True}, {"name": "B", "main": True}]},
    {"events": [{"at": "2026-02-01T09:00", "kind": "told"}]},
]


@pytest.mark.parametrize("change", BAD_REQUESTS, ids=lambda one: json.dumps(one)[:40])
def test_a_request_against_the_guideline_is_refused(change: Json) -> None:
    assert faults(rest_of_the_contract(**change))
