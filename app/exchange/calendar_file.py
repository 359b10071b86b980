"""Calls as iCalendar (RFC 5545, 5546): one file for one meeting or many, read by every calendar program."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from app.domain.calls import Call, Called
from app.domain.clock import SWEDEN

PRODUCT = "-//Teamforum//Teamforum//SV"
_ADDRESS = re.compile(r"[^\s@<>\"',;:\\]+@[^\s@<>\"',;:\\]+\.[^\s@<>\"',;:\\]+")
_UNTOLD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
"""Signs that no calendar's text may hold."""


def write_calendar(calls: Sequence[Call], *, at: dt.datetime, invite: bool = False) -> bytes:
    """The calls as one VCALENDAR, cancelled ones with STATUS:CANCELLED; `at` is the instant (UTC) of the writing.

    Published (PUBLISH), unless it is to `invite` to one meeting: then it is a cancellation (CANCEL) of one that is not
    held, and an invitation (REQUEST) where the addresses that takes are known. Times are those of Europe/Stockholm,
    whose VTIMEZONE is in the file. The same calls at the same instant give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", _method(calls, invite=invite))
    calendar.add("x-wr-calname", _plain(_name(calls)))
    calendar.add("x-wr-timezone", SWEDEN.key)
    calendar.add_component(_zone())
    for one in calls:
        calendar.add_component(_event(one, at))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Europe/Stockholm by the rule that holds since 1996.

    Not the library's own (`add_missing_timezones`): that lets summer begin an hour late, and ends with the period.
    """
    zone = Timezone()
    zone.add("tzid", SWEDEN.key)
    for part, name, begins, month, offsets in (
        (TimezoneDaylight(), "CEST", dt.datetime(1996, 3, 31, 2), 3, (1, 2)),  # noqa: DTZ001 - the zone's own time
        (TimezoneStandard(), "CET", dt.datetime(1996, 10, 27, 3), 10, (2, 1)),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", dt.timedelta(hours=offsets[0]))
        part.add("tzoffsetto", dt.timedelta(hours=offsets[1]))
        zone.add_component(part)
    return zone


def _method(calls: Sequence[Call], *, invite: bool) -> str:
    if not invite or len(calls) != 1:
        return "PUBLISH"
    call = calls[0]
    if call.cancelled:
        return "CANCEL"
    reaches = call.convenor is not None and _address(call.convenor) and any(_address(one) for one in call.called)
    return "REQUEST" if reaches else "PUBLISH"


def _event(call: Call, at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", call.uid)
    event.add("sequence", call.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", dt.datetime.combine(call.date, call.start, SWEDEN))
    event.add("dtend", dt.datetime.combine(call.date, call.end, SWEDEN))
    event.add("summary", _plain(f"Inställt: {call.heading}" if call.cancelled else call.heading))
    if call.place or call.link:
        event.add("location", _plain(call.place or call.link or ""))
    if call.link and re.match(r"https?://\S+$", call.link):
        event.add("url", call.link)
    event.add("description", _plain(description(call)))
    event.add("status", "CANCELLED" if call.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if call.cancelled else "OPAQUE")
    if call.convenor is not None and (address := _address(call.convenor)):
        event.add("organizer", _person(call.convenor, address))
    for one in call.called:
        if address := _address(one):
            attendee = _person(one, address)
            attendee.params["ROLE"] = vText("CHAIR" if one == call.convenor else "REQ-PARTICIPANT")
            attendee.params["PARTSTAT"] = vText("ACCEPTED" if one == call.convenor else "NEEDS-ACTION")
            event.add("attendee", attendee, encode=False)
    return event


def description(call: Call) -> str:
    """What stands in the calendar's note: who calls and is called, what to prepare, the points so far."""
    lines = [call.unit_name]
    if call.cancelled:
        lines.append("Mötet är inställt.")
        lines += [f"Orsak: {call.cancelled_reason}"] if call.cancelled_reason else []
        return "\n".join(lines)
    if call.changed:
        lines.append("Ändrad kallelse. Den gäller i stället för den förra.")
    if call.link:
        lines.append(f"Länk: {call.link}")
    if call.convenor is not None:
        lines.append(f"Kallar: {call.convenor.words}")
    lines += ["", "Kallade:", *(one.words for one in call.called)] if call.called else []
    lines += ["", "Förbered:", *(f"– {one}" for one in call.prepare)]
    if call.points:
        lines += ["", "Punkter hittills:"]
        lines += [f"{number}. {point.heading}" for number, point in enumerate(call.points, start=1)]
    if call.closing:
        lines.append(call.closing)
    return "\n".join(lines)


def _name(calls: Sequence[Call]) -> str:
    """`Teamforum Solgården`; several units' calendar has no name of theirs."""
    units = {one.unit_name for one in calls}
    return f"Teamforum {units.pop()}" if len(units) == 1 else "Teamforum"


def file_name(calls: Sequence[Call]) -> str:
    """`kallelse-solgarden-2026-03-03.ics`: unit and days; nothing that anybody typed."""
    first, last = calls[0], calls[-1]
    unit = first.unit if all(one.unit == first.unit for one in calls) else "alla-enheter"
    days = first.date.isoformat() + (f"--{last.date.isoformat()}" if last.date != first.date else "")
    return f"{'kallelse' if len(calls) == 1 else 'kallelser'}-{unit}-{days}"


def _address(person: Called) -> str:
    """The e-mail address, where it is one; anything else is left out."""
    text = (person.email or "").strip()
    return text if _ADDRESS.fullmatch(text) else ""


def _person(person: Called, address: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = vText(_plain(person.name).replace('"', "'").replace("\n", " "))
    return found


def _plain(text: str) -> str:
    return _UNTOLD.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
