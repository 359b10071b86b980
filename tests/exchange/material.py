"""A meeting with everything that minutes can hold, as the exchange file has it, and small ways to bend a file."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from app.domain.document import Document, Problem
from app.domain.errors import ImportRefused
from app.exchange.json_file import read_document, write_document
from tests.support import solgarden

Json = dict[str, Any]

RICH: Json = {
    "key": "dialog-1",
    "unit": "solgarden",
    "forum": "dialogmote",
    "title": "Dialogmöte våren",
    "date": "2026-02-12",
    "start": "13:30",
    "end": "15:00",
    "place": "Rådhuset",
    "link": "https://exempel.se/rum",
    "status": "draft",
    "chair": {"name": "Ulla Berggren, ordförande"},
    "secretary": "anna-berg",
    "approver": {"name": "Per Åström"},
    "participants": ["anna-berg", "bo-ek"],
    "customers": ["kund-1"],
    "attendance": [
        {"member": "anna-berg", "status": "present", "from": "13:30", "to": "14:10"},
        {"member": "bo-ek", "status": "excused", "note": "Sjuk"},
        {"name": "Gerd Öst", "profession": "Anhörig", "organisation": "Anhörigföreningen", "status": "present"},
        {"member": "gun-holm", "status": "present", "co_opted": True, "substitute_for": "bo-ek"},
        {"name": "Ola Ås", "status": "absent", "substitute_for": {"name": "Per Åström"}},
    ],
    "items": [
        {
            "key": "dialog-1-1",
            "heading": "Maten på helgerna",
            "kind": "lifted",
            "text": "Från boråden.",
            "raised_by": {"name": "Gerd Öst"},
            "presenter": "bo-ek",
            "minutes": 15,
            "notes": "Lång diskussion & <b>många</b> åsikter.\nNy rad.",
            "decisions": ["Kocken bjuds in.", "Enkät i april."],
            "actions": [
                {
                    "key": "dialog-1-a",
                    "text": "Bjud in kocken",
                    "responsible": {"name": "Per Åström"},
                    "due": "2026-03-01",
                    "status": "done",
                    "follow_up": "2026-04-01",
                    "done_on": "2026-02-20",
                    "result": "Kommer",
                    "customer": "kund-2",
                },
                {"key": "dialog-1-b", "text": "Enkät"},
            ],
            "questions": [
                {
                    "question": "Vem äger köket?",
                    "asked_by": {"name": "Gerd Öst"},
                    "answer": "Kommunen.",
                    "answered_by": "anna-berg",
                    "answered_on": "2026-02-14",
                },
                {"question": "När öppnar det?"},
            ],
            "lifted_to": "outside",
            "lifted_recipient": {"name": "Kostchefen"},
        },
        {
            "key": "dialog-1-2",
            "heading": "1101 AB",
            "kind": "customer",
            "customer": "kund-1",
            "carried_from": "punkt-2",
            "assessments": [
                {"customer": "kund-1", "instrument": "Downton (DFRI)", "date": "2026-02-01", "score": 4, "risk": "hög"},
                {"customer": "kund-1", "instrument": "MNA", "date": "2026-02-02", "score": 17.5, "note": "Väg åter"},
            ],
            "participation": [
                {
                    "customer": "kund-1",
                    "asked_by": "bo-ek",
                    "asked_on": "2026-02-10",
                    "wish": "Sova längre",
                    "present": True,
                    "reported_by": {"name": "Dottern"},
                    "reported_on": "2026-02-13",
                }
            ],
            "journaled": [
                {"customer": "kund-1", "journal": "HSL", "by": "anna-berg", "on": "2026-02-12"},
                {"customer": "kund-1", "journal": "SoL", "by": {"name": "Per Åström"}, "on": "2026-02-14"},
            ],
        },
    ],
    "appendices": ["Enkätsvar 2025", "Karta"],
    "additions": [
        {"at": "2026-02-20T08:15", "by": "anna-berg", "item": "dialog-1-1", "text": "Rätt namn är Åström."},
        {"at": "2026-02-21T09:00", "by": {"name": "Per Åström"}, "text": "Se även bilaga 2."},
    ],
    "next_meeting": {"date": "2026-05-12", "start": "13:00", "place": "Rådhuset", "customers": ["kund-3"]},
}


def small_file() -> Json:
    """The small unit as an exchange file, with the rich meeting beside its own."""
    found: Json = json.loads(write_document(solgarden()))
    found["meetings"].append(copy.deepcopy(RICH))
    return found


def refusal_of(gesture: Callable[[], object]) -> tuple[Problem, ...] | None:
    """What a gesture was refused for, or None when it was not; any other error comes through."""
    try:
        gesture()
    except ImportRefused as error:
        return error.problems
    return None


def reading(content: Json) -> Document:
    """The document of a file's JSON."""
    return read_document(json.dumps(content, ensure_ascii=False).encode())
