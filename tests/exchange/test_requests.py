"""Cases of coordination in the exchange file: there and back, refused by what the guideline rules out."""

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

SENT: Json = {
    "key": "begaran-1", "unit": "solgarden", "customer": "kund-1", "kind": "request", "direction": "out",
    "status": "acknowledged", "not_relevant": ["aids", "self_care"],
    "fields": {
        "contact_details": "Solgården 010-1", "reason": "Tätare fall", "wish": "Vill gå själv",
        "measures_taken": "Larm",
        "medication": "Dosett", "housing": "Särskilt boende", "ongoing_support": "Dygnet runt",
        "normal_function": "Gick själv", "current_function": "Går med stöd", "other": "Inget",
    },
    "consent": {"basis": "cannot", "assessor": "anna-berg", "reasons": "Kan inte ta ställning", "parties": ["p2"],
                "given_by": {"name": "Dottern"}, "form": "oral", "scope": "Fallutredning", "date": "2026-02-01"},
    "events": [
        {"at": "2026-02-01T09:00", "kind": "created", "person": "anna-berg", "fields": []},
        {"at": "2026-02-01T10:00", "kind": "sent", "party": "p2", "channel": "it_service", "fields": []},
        {"at": "2026-02-02T10:00", "kind": "acknowledged", "party": "p2", "text": "Mottaget", "fields": [],
         "recorded_at": "2026-02-03T08:00"},
    ],
    "parties": [
        {"key": "p1", "name": "Solgården", "role": "initiating", "own": True, "kind": "social_services"},
        {"key": "p2", "name": "Vårdcentralen", "role": "receiving", "own": False, "kind": "regional_primary_care",
         "sector": "public", "channel": "it_service", "contact": "031-1", "status": "acknowledged"},
    ],
    "care_contacts": [
        {"name": "Dr Ek", "organisation": "Vårdcentralen", "main": True, "cause": "need", "told_by": "anna-berg",
         "told_units_on": "2026-02-03"},
        {"name": "Ssk Al", "main": False},
    ],
    "sip": {
        "considered": {"on": "2026-02-02", "by": "anna-berg", "outcome": "needed", "reason": "Två huvudmän"},
        "occasion": "other", "called_on": "2026-02-05", "called_by": {"name": "Dr Ek"}, "meetings": ["teammote-1"],
        "participants": [{"name": "Dottern", "role": "Anhörig"}], "goals": "Jag vill gå till affären",
        "needs": "Träning", "measures": [{"principal": "Kommunen", "text": "Träning"}],
        "others": [{"who": "Dottern", "text": "Promenad"}], "overall_responsible": "Kommunen",
        "follow_ups": ["2026-04-01", "2026-06-01"],
    },
    "patient_contract": {"agreement": "Gå till affären", "contact": "Dr Ek", "times": "Tisdagar", "plan": "Se SIP"},
}  # fmt: skip
GOT: Json = {
    "key": "mottagen-1", "unit": "solgarden", "person": {"name": "Ny kund"}, "kind": "transfer", "direction": "in",
    "status": "sent", "fields": {"reason": "Utskriven från mottagningen"}, "not_relevant": [], "events": [],
    "parties": [
        {"key": "p1", "name": "Mottagningen", "role": "initiating", "own": False, "kind": "specialist_clinic"},
        {"key": "p2", "name": "Solgården", "role": "receiving", "own": True, "kind": "municipal_primary_care",
         "status": "sent"},
    ],
    "care_contacts": [],
}  # fmt: skip


def file(*requests: Json) -> bytes:
    return json.dumps({"format": "teamforum", "version": 1, "requests": copy.deepcopy(requests)}).encode()


def kept(desk: Desk) -> list[Json]:
    whole: list[Json] = json.loads(write_document(transfer.read_document(desk)))["requests"]
    return whole


def test_cases_come_out_as_they_went_in_and_a_second_time_nothing_changes(desk: Desk) -> None:
    first = transfer.take_in(desk, document=read_document(file(SENT, GOT)))
    assert first.imported["requests"] == 2
    assert kept(desk) == [SENT, GOT]
    again = transfer.take_in(desk, document=read_document(file(SENT, GOT)))
    assert (again.imported["requests"], again.untouched) == (0, 2)


def test_more_events_are_taken_in_and_what_was_entered_stays(desk: Desk) -> None:
    transfer.take_in(desk, document=read_document(file(SENT)))
    more = copy.deepcopy(SENT)
    more["events"].insert(2, {"at": "2026-02-01T12:00", "kind": "note", "text": "Ringde", "fields": []})
    more["events"].append({"at": "2026-02-04T09:00", "kind": "accepted", "party": "p2", "fields": []})
    more["status"] = more["parties"][1]["status"] = "accepted"
    transfer.take_in(desk, document=read_document(file(more)))
    assert kept(desk) == [more]
    rewritten = copy.deepcopy(more)
    rewritten["events"][3]["text"] = "Ändrat i efterhand"
    with pytest.raises(ImportRefused) as refused:
        transfer.take_in(desk, document=read_document(file(rewritten)))
    assert "En händelse i ärendet ändras eller tas aldrig bort" in refused.value.problems[0].reason
    assert kept(desk) == [more]


REFUSED: list[tuple[Json, str]] = [
    ({"status": "accepted"}, "stämmer inte med händelserna"),
    ({"consent": None}, "utan samtycke"),
    ({"consent": {"basis": "refused"}}, "utan samtycke"),
    ({"consent": {"basis": "cannot"}}, "OSL 25 kap. 13 §"),
    ({"consent": {"basis": "consent", "parties": ["p1"]}}, "gäller inte den parten"),
    ({"consent": {"basis": "consent", "parties": ["p9"]}}, "ingen part p9"),
    ({"not_relevant": []}, "aktuella hjälpmedel, egenvård"),
    ({"kind": "transfer"}, "hör inte till informationsöverföring"),
    ({"customer": None}, "en kund eller ett namn"),
    ({"customer": "kund-9"}, "kund-9"),
    ({"care_contacts": [{"name": "A", "main": True}, {"name": "B", "main": True}]}, "huvudansvarig"),
    ({"events": []}, "stämmer inte med händelserna"),
    ({"outcome": "done"}, "när det är avslutat"),
    ({"sip": {"meetings": ["mote-9"]}}, "mote-9"),
    ({"direction": "in"}, "på rätt sida"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_the_guideline_rules_out_is_refused_by_name(desk: Desk, change: Json, said: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        transfer.take_in(desk, document=read_document(file({**SENT, **change})))
    reasons: list[Any] = [one.reason for one in refused.value.problems]
    assert any(said in reason for reason in reasons), reasons
    assert kept(desk) == []
