"""Information letters in the exchange file: there and back, refused where they cannot be, absent where none are."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from app.domain.errors import ImportRefused, Refused
from app.exchange.json_file import parts_json, parts_of, read_document, write_document
from app.services import letters, transfer
from app.services.desk import Desk
from tests.exchange.material import Json, refusal_of

LETTER: Json = {
    "key": "brev-9", "unit": "solgarden", "year": 2026, "week": 9, "title": "Vårbrev", "intro": "Hej",
    "recipients": "Alla", "status": "sent", "sent_at": "2026-02-27T15:00", "sent_by": {"name": "Siv"},
    "parts": [
        {"kind": "notice", "heading": "Hissen", "text": "Går igen."},
        {"kind": "invitation", "heading": "Mat", "date": "2026-03-12", "start": "14:00", "end": "15:00",
         "place": "Matsalen", "target": "Alla", "register": "Ring", "register_by": "2026-03-10"},
        {"kind": "minutes", "heading": "Teammöte", "meeting": "teammote-1"},
    ],
}  # fmt: skip


def taken_in(desk: Desk, *rows: Json, **more: Any) -> Any:
    whole = {"format": "teamforum", "version": 1, "letters": list(rows), **more}
    return transfer.take_in(desk, document=read_document(json.dumps(whole).encode()))


def changed(**values: Any) -> Json:
    return {**copy.deepcopy(LETTER), **values}


def test_letters_come_out_as_they_went_in_and_not_at_all_where_there_are_none(desk: Desk) -> None:
    assert "letters" not in json.loads(write_document(transfer.read_document(desk)))
    draft = changed(key="brev-10", week=10, status="draft", sent_at=None, sent_by=None, parts=[])
    assert taken_in(desk, draft, LETTER).imported["letters"] == 2
    out = json.loads(write_document(transfer.read_document(desk)))["letters"]
    wanted = {key: one for key, one in draft.items() if one is not None}
    assert out == [wanted, LETTER]
    assert taken_in(desk, draft, LETTER).untouched == 2
    assert taken_in(desk, {**draft, "intro": "Hallå"}).imported["letters"] == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"week": 54}, "Året har ingen vecka 54"),
        ({"unit": "borta"}, "Enheten borta finns inte"),
        ({"parts": [{"kind": "minutes", "heading": "APT", "meeting": "borta"}]}, "Mötet borta finns inte"),
        ({"parts": [{"kind": "saga", "heading": "APT"}]}, "kind har ett värde som inte finns"),
        ({"parts": [{"kind": "notice", "heading": " "}]}, "saknar rubrik"),
        ({"sent_at": None}, "Ett skickat brev"),
        ({"files": []}, "files"),
    ],
)
def test_what_no_letter_may_be_is_refused_by_its_place(desk: Desk, values: Json, reason: str) -> None:
    found = refusal_of(lambda: taken_in(desk, changed(**values)))
    assert found is not None
    assert any(reason in one.reason or reason in one.column for one in found), found
    assert all(one.column.startswith("letters[0]") for one in found)


def test_what_was_sent_is_not_changed_by_a_file(desk: Desk) -> None:
    taken_in(desk, LETTER)
    with pytest.raises(ImportRefused) as refused:
        taken_in(desk, changed(intro="Något annat"))
    [problem] = refused.value.problems
    assert problem.reason == "Brevet är skickat och ändras inte. Kopiera det till ett nytt."


def test_a_draft_that_names_somebody_comes_in_and_is_not_sent(desk: Desk) -> None:
    taken_in(desk, changed(status="draft", sent_at=None, sent_by=None, intro="Lägenhet 1101 byts"))
    with pytest.raises(Refused, match="letter_names_customer"):
        letters.send_letter(desk, key="brev-9", expected_version=1, pdf=b"%PDF-1.7")


def test_a_drafts_parts_are_read_back_whole() -> None:
    whole = {"format": "teamforum", "version": 1, "letters": [LETTER]}
    parts = read_document(json.dumps(whole).encode()).letters[0].parts
    assert parts_of(json.loads(json.dumps(parts_json(parts)))) == parts
