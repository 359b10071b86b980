"""The lines of a calendar file that say when somebody is busy; all others, titles too, are never looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from app.domain.clock import SWEDEN
from app.domain.errors import Refused

MOST_EVENTS = 20_000
_LONGEST_LINE = 20_000
_MOST_LINES = 400
_TIMES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
_WORDS = frozenset({"UID", "DURATION", "RRULE", "STATUS", "TRANSP", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS"})
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,40})=("[^"]{0,200}"|[^;:"]{0,200})')
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_TIME_VALUE = re.compile(r"[0-9TZPHMSDW,/+]{1,20000}")


@dataclass(slots=True)
class EventLines:
    """One event, cut down to when it is and whether it takes time."""

    lines: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    broken: bool = False

    @property
    def uid(self) -> str:
        """The event's identity, made from its start where it has none."""
        return self.values.get("UID") or f"utan-{self.values.get('DTSTART', '')}"

    @property
    def text(self) -> str:
        """The event as a calendar library reads it."""
        return "\r\n".join(["BEGIN:VEVENT", *self.lines, "END:VEVENT", ""])


class Zones:
    """Time zones by the names that calendars give them; one that nobody knows is Sweden's, and remembered."""

    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The zone's name as the machine knows it."""
        if name not in self._known:
            self._known[name] = _zone(name) or SWEDEN.key
            if _zone(name) is None:
                self.unknown[name] = None
        return self._known[name]


def _zone(name: str) -> str | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - loaded when a file is read

    plain = name.strip().strip("/")
    parts = plain.split("/")
    tried = [WINDOWS_TO_OLSON.get(plain, plain), "/".join(parts[-2:]), "/".join(parts[-3:])]
    for one in tried:
        try:
            return ZoneInfo(one).key
        except (KeyError, ValueError, OSError):  # not a name of a zone, or no such zone
            continue
    return None


def read_events(data: bytes, zones: Zones) -> Iterator[EventLines]:
    """Every event of the file. Raises Refused("busy_no_calendar" | "busy_too_many")."""
    text = _text(data)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise Refused("busy_no_calendar")
    event: EventLines | None = None
    depth, count = 0, 0
    for line in _unfolded(text):
        upper = line[:20].upper()
        if upper.startswith("BEGIN:"):
            if event is not None:
                depth += 1
            elif line.strip().upper() == "BEGIN:VEVENT":
                event, count = EventLines(), count + 1
                if count > MOST_EVENTS:
                    raise Refused("busy_too_many")
        elif upper.startswith("END:") and event is not None:
            if depth == 0:
                yield event
                event = None
            else:
                depth -= 1
        elif event is not None and depth == 0:
            _take(event, line, zones)


def _text(data: bytes) -> str:
    for coding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(coding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").replace("\0", "")


def _unfolded(text: str) -> Iterator[str]:
    """The lines, those that were folded put together again (RFC 5545, 3.1)."""
    parts: list[str] = []
    for line in re.split(r"\r\n|\n|\r", text):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield "".join(parts)
        parts = [line] if line else []
    if parts:
        yield "".join(parts)


def _take(event: EventLines, line: str, zones: Zones) -> None:
    found = _NAME.match(line)
    name = found[0].upper() if found else ""
    if name not in _TIMES and name not in _WORDS:
        return
    if len(line) > _LONGEST_LINE or len(event.lines) >= _MOST_LINES:
        event.broken = True
        return
    at, zone, is_day = len(name), "", False
    while parameter := _PARAMETER.match(line, at):
        at = parameter.end()
        key, value = parameter[1].upper(), parameter[2].strip('"')
        zone = value if key == "TZID" else zone
        is_day = is_day or (key == "VALUE" and value.upper() == "DATE")
    if line[at : at + 1] != ":":
        event.broken = True
        return
    _put(event, name, line[at + 1 :].strip(), zones.of(zone) if zone else "", is_day=is_day)


def _put(event: EventLines, name: str, value: str, zone: str, *, is_day: bool) -> None:
    if name in _TIMES:
        if not _TIME_VALUE.fullmatch(value):
            event.broken = True
            return
        if is_day or len(value) == len("20270328"):
            given = f"{name};VALUE=DATE:{value}"
        elif value.endswith("Z"):
            given = f"{name}:{value}"
        else:
            period = ";VALUE=PERIOD" if "/" in value else ""
            given = f"{name}{period};TZID={zone or SWEDEN.key}:{value}"
    else:
        given = f"{name}:{value}"
    event.broken = event.broken or (name in event.values and name not in ("EXDATE", "RDATE"))
    event.values[name] = value
    event.lines.append(given)
