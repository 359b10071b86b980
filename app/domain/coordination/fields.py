"""The fields of the messages between providers, each list its own and in its own order (guideline 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.coordination.cases import CoordinationRequest, Direction, FieldText, RequestKind


class MessageField(NamedTuple):
    """One field: its key in the exchange format, its heading, and whether a request must hold it."""

    key: str
    label: str
    demanded: bool


def _field(key: str, label: str, *, demanded: bool) -> MessageField:
    return MessageField(key, label, demanded)


REQUEST_FIELDS = (
    _field("contact_details", "Kontaktuppgifter", demanded=True),
    _field("reason", "Orsak till begäran", demanded=True),
    _field("wish", "Den enskildes önskan", demanded=True),
    _field("measures_taken", "Vidtagna åtgärder", demanded=True),
    _field("medication", "Läkemedelshantering", demanded=True),
    _field("aids", "Aktuella hjälpmedel", demanded=True),
    _field("self_care", "Egenvård", demanded=True),
    _field("housing", "Boendeform", demanded=True),
    _field("ongoing_support", "Pågående insatser", demanded=True),
    _field("normal_function", "Normalt aktivitets- och funktionstillstånd", demanded=True),
    _field("current_function", "Aktuellt aktivitets- och funktionstillstånd", demanded=True),
    _field("other", "Annan relevant information", demanded=True),
    _field("insurance_medical", "Aktuell försäkringsmedicinsk information", demanded=False),
)
"""What a request for coordination shall hold, and what it can (guideline 7)."""
TRANSFER_FIELDS = (
    _field("contact_details", "Kontaktuppgifter", demanded=False),
    _field("reason", "Orsak till informationen", demanded=False),
    _field("wish", "Den enskildes önskan", demanded=False),
    _field("measures_taken", "Vidtagna åtgärder", demanded=False),
    _field("medication", "Läkemedelshantering", demanded=False),
    _field("aids", "Aktuella hjälpmedel", demanded=False),
    _field("self_care", "Egenvård", demanded=False),
    _field("normal_function", "Normalt aktivitets- och funktionstillstånd", demanded=False),
    _field("housing", "Boendeform", demanded=False),
    _field("ongoing_support", "Pågående insatser", demanded=False),
    _field("other", "Annan relevant information", demanded=False),
)
"""What a transfer of information can hold (guideline 6)."""
FIELDS: Mapping[RequestKind, tuple[MessageField, ...]] = {
    RequestKind.REQUEST: REQUEST_FIELDS,
    RequestKind.TRANSFER: TRANSFER_FIELDS,
    RequestKind.DISCHARGE: REQUEST_FIELDS,
}


def fields_of(kind: RequestKind) -> tuple[MessageField, ...]:
    """The fields of a kind of message, in their order."""
    return FIELDS[kind]


def empty_fields(case: CoordinationRequest) -> tuple[MessageField, ...]:
    """The fields that say nothing and are not marked as not relevant, those that the kind only can hold included."""
    said = {one.key for one in case.fields if one.text.strip()} | set(case.not_relevant)
    return tuple(one for one in fields_of(case.kind) if one.key not in said)


def missing_fields(case: CoordinationRequest) -> tuple[MessageField, ...]:
    """The fields that keep a request from being sent: each that it shall hold is filled or said not to matter."""
    if case.direction is Direction.IN:
        return ()
    return tuple(one for one in empty_fields(case) if one.demanded)


def unknown_fields(case: CoordinationRequest) -> tuple[str, ...]:
    """Keys that are none of the kind's: in the texts, in what is not relevant, or asked for in an event."""
    known = {one.key for one in fields_of(case.kind)}
    named = [one.key for one in case.fields] + list(case.not_relevant)
    named += [key for event in case.events for key in event.fields]
    return tuple(dict.fromkeys(key for key in named if key not in known))


def in_order(kind: RequestKind, fields: Mapping[str, str]) -> tuple[FieldText, ...]:
    """The texts as a case has them: in the guideline's order, without empty ones."""
    return tuple(
        FieldText(key=one.key, text=fields[one.key]) for one in fields_of(kind) if fields.get(one.key, "").strip()
    )
