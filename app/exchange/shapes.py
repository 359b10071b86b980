"""How the domain's values look in the exchange file: names, strict types, what is absent, rules between fields."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from app.domain import (
    activities,
    availability,
    catalogue,
    customers,
    instruments,
    letters,
    meeting_templates,
    meetings,
    occasions,
    people,
    preparations,
    series,
    team,
    turns,
    units,
    year_wheel,
)
from app.domain.coordination.cases import CoordinationRequest
from app.domain.document import Problem
from app.domain.errors import Refused
from app.domain.exchanged import alias
from app.domain.keys import is_key
from app.domain.letter_faults import letter_faults
from app.domain.planning_faults import planning_faults
from app.domain.recurring import is_repeat
from app.domain.wording import wording
from app.exchange import request_shapes

_LISTS: Mapping[str, Any] = {
    "units": units.Unit, "members": team.Member, "customers": customers.Customer, "meetings": meetings.Meeting,
    "series": series.Series, "absences": availability.Absence, "rooms": availability.Room,
    "travel": availability.Travel, "occasions": occasions.Occasion, "rotation": turns.Turn,
    "year_wheel": year_wheel.WheelMonth, "preparations": preparations.Preparation, "activities": activities.Activity,
    "templates": meeting_templates.MeetingTemplate, "letters": letters.Letter, "requests": CoordinationRequest,
}  # fmt: skip
_CLASSES = (
    catalogue.Interval, catalogue.Length, catalogue.Participant, catalogue.CustomerCount, catalogue.Departure,
    people.Outsider, instruments.Band, instruments.Instrument,
    units.WardSubstitute, units.Ward, units.Unit, team.Hours, team.Member, customers.StatusPeriod, customers.Contacts,
    customers.Customer,
    meetings.Attendance, meetings.Action, meetings.Question, meetings.Assessment, meetings.Participation,
    meetings.Presentation, meetings.ItemAbsence, meetings.JournalMark, meetings.Item,
    meetings.Addition, meetings.NextMeeting, meetings.Regret, meetings.Meeting,
    series.Move, series.Pause, series.Series, availability.Absence, availability.Room, availability.Travel,
    occasions.Cover, occasions.Occasion, turns.Turn, year_wheel.WheelMonth, preparations.Preparation,
    activities.Activity, meeting_templates.TemplateItem, meeting_templates.TemplateContent,
    meeting_templates.MeetingTemplate, letters.LetterPart, letters.Letter, *request_shapes.CLASSES,
)  # fmt: skip


@functools.cache
def adapter(name: str) -> TypeAdapter[tuple[Any, ...]]:
    """The reader of one list; built once, since building takes longer than reading most files."""
    config = ConfigDict(extra="forbid", strict=True, alias_generator=alias)
    for one in _CLASSES:
        setattr(one, "__pydantic_config__", config)  # noqa: B010 - the domain's classes do not declare it
    rows: type[tuple[Any, ...]] = tuple[_LISTS[name], ...]  # type: ignore[valid-type]
    return TypeAdapter(rows)


def prepared(name: str, rows: Any) -> Any:
    """The list's JSON with null and empty text taken away, and the short forms of the format written out."""
    cleaned = _without_nothing(rows)
    for row in cleaned if isinstance(cleaned, list) else ():
        if name == "meetings" and isinstance(row, dict):
            _write_out_co_opted(row.get("attendance"))
        if name == "requests":
            request_shapes.prepare(row)
        if name == "units" and isinstance(row, dict):
            _drop_same_setting(row)
    return cleaned


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_nothing(one) if isinstance(one, dict | list) else one
            for key, one in value.items()
            if one is not None and one != ""
        }
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    return value


def _write_out_co_opted(attendance: Any) -> None:
    for one in attendance if isinstance(attendance, list) else ():
        if isinstance(one, dict) and one.get("status") == "co-opted":
            one.update(status="present", co_opted=True)


def _drop_same_setting(unit: dict[str, Any]) -> None:
    forums = unit.get("forums")
    for one in forums if isinstance(forums, list) else ():
        if isinstance(one, dict) and one.get("setting") == unit.get("setting"):
            one.pop("setting")


def keys_of(found: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every key that a file gives something: its kind, the place, the key."""
    for name, rows in found.items():
        for n, row in enumerate(rows):
            yield name, f"{name}[{n}].key", row.key
            for w, ward in enumerate(row.wards if name == "units" else ()):
                yield "wards", f"{name}[{n}].wards[{w}].key", ward.key
            for i, item in enumerate(row.items if name == "meetings" else ()):
                yield "items", f"{name}[{n}].items[{i}].key", item.key
                for a, action in enumerate(item.actions):
                    yield "actions", f"{name}[{n}].items[{i}].actions[{a}].key", action.key
    yield from request_shapes.keys_of(found["requests"])


def order_faults(found: Mapping[str, Any]) -> Iterator[Problem]:
    """What the types do not say: times in order and to the minute, one of member and name, finite figures."""
    yield from _blanks(found)
    for n, unit in enumerate(found["units"]):
        yield from _instrument_faults(f"units[{n}].instruments", unit.instruments)
    for n, member in enumerate(found["members"]):
        if not member.units:
            yield _fault(f"members[{n}].units", "Ange minst en enhet.")
        if member.from_ and member.to and member.to < member.from_:
            yield _fault(f"members[{n}].to", "Slutdatumet ligger före startdatumet.")
    for n, customer in enumerate(found["customers"]):
        if not customers.check_history(customer.status_history):
            yield _fault(f"customers[{n}].status_history", "Perioderna överlappar eller slutar före start.")
    for n, meeting in enumerate(found["meetings"]):
        yield from _meeting_faults(f"meetings[{n}]", meeting)
    for n, letter in enumerate(found["letters"]):
        yield from letter_faults(f"letters[{n}]", letter)
    yield from planning_faults(found)
    for n, one in enumerate(found["preparations"]):
        yield from _preparation_faults(f"preparations[{n}]", one)
    yield from request_shapes.faults(found["requests"])


def _instrument_faults(place: str, rows: tuple[instruments.Instrument, ...]) -> Iterator[Problem]:
    if len({one.key for one in rows}) != len(rows):
        yield _fault(place, "Samma instrument står två gånger.")
    for n, one in enumerate(rows):
        try:
            in_order = instruments.checked(one) == one and is_key(one.key)
        except Refused:
            in_order = False
        if not in_order:
            yield _fault(f"{place}[{n}]", "Instrumentets skala och gränser går inte ihop.")


def _meeting_faults(place: str, meeting: meetings.Meeting) -> Iterator[Problem]:
    if meeting.end <= meeting.start:
        yield _fault(f"{place}.end", "Mötet slutar före det börjar.")
    agreed = meeting.next_meeting.start if meeting.next_meeting else None
    moments = [meeting.start, meeting.end, agreed, *(addition.at for addition in meeting.additions)]
    moments += [regret.at for regret in meeting.regrets]
    moments += [meeting.published_at, meeting.agenda_changed_at, meeting.circulated_at]
    for item in meeting.items:
        moments += [item.added_at, *(at for one in item.absences for at in (one.from_, one.to))]
    for name in ("sequence", "announced_sequence", "published_version"):
        if getattr(meeting, name) < 0:
            yield _fault(f"{place}.{name}", "Räknaren är minst 0.")
    for n, one in enumerate(meeting.attendance):
        if (one.member is None) == (one.name is None):
            yield _fault(f"{place}.attendance[{n}]", "Ange antingen member eller name.")
        if one.from_ and one.to and one.to < one.from_:
            yield _fault(f"{place}.attendance[{n}].to", "Sluttiden ligger före starttiden.")
        moments += [one.from_, one.to]
    if any(moment and (moment.second or moment.microsecond or moment.tzinfo) for moment in moments):
        yield _fault(place, "Tider skrivs TT:MM utan sekunder och zon.")
    yield from _doubled(place, meeting)
    yield from _figure_faults(place, meeting)


def _preparation_faults(place: str, one: preparations.Preparation) -> Iterator[Problem]:
    try:
        preparations.checked(one)
    except Refused as error:
        yield _fault(place, wording(error))
    if one.position < 0:
        yield _fault(f"{place}.position", "Platsen är minst 0.")


def _blanks(found: Mapping[str, Any]) -> Iterator[Problem]:
    """Required words that are only spaces: such a thing could be taken in but never found or saved again."""
    words = [(f"units[{n}].name", one.name) for n, one in enumerate(found["units"])]
    words += [(f"members[{n}].name", one.name) for n, one in enumerate(found["members"])]
    words += [(f"customers[{n}].reference", one.reference) for n, one in enumerate(found["customers"])]
    for n, meeting in enumerate(found["meetings"]):
        for i, item in enumerate(meeting.items):
            words.append((f"meetings[{n}].items[{i}].heading", item.heading))
            words += [(f"meetings[{n}].items[{i}].actions[{a}].text", one.text) for a, one in enumerate(item.actions)]
    for place, text in words:
        if text.isspace():
            yield _fault(place, f"Egenskapen {place.rpartition('.')[2]} saknas eller är tom.")


def _doubled(place: str, meeting: meetings.Meeting) -> Iterator[Problem]:
    agreed = meeting.next_meeting.customers if meeting.next_meeting else ()
    lists = {"participants": meeting.participants, "customers": meeting.customers, "next_meeting.customers": agreed}
    for name, keys in lists.items():
        if len(set(keys)) != len(keys):
            yield _fault(f"{place}.{name}", "Någon står två gånger.")


def _figure_faults(place: str, meeting: meetings.Meeting) -> Iterator[Problem]:
    for n, item in enumerate(meeting.items):
        if len({(one.customer, one.journal) for one in item.journaled}) != len(item.journaled):
            yield _fault(f"{place}.items[{n}].journaled", "Samma kund och journal står två gånger.")
        if any(one.score is not None and not math.isfinite(one.score) for one in item.assessments):
            yield _fault(f"{place}.items[{n}].assessments", "Poängen är inget tal.")
        for a, action in enumerate(item.actions):
            if action.repeat and not is_repeat(action.repeat):
                yield _fault(f"{place}.items[{n}].actions[{a}].repeat", "Så kan en åtgärd inte upprepas.")
        if item.minutes is not None and not 0 <= item.minutes <= 24 * 60:
            yield _fault(f"{place}.items[{n}].minutes", "Minuterna är orimliga.")


def _fault(place: str, reason: str) -> Problem:
    return Problem(line=0, column=place, reason=reason)
