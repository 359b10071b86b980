"""Busy times out of a calendar file (.ics): times alone, however large, damaged or hostile the file is.

Lines are chosen before any library reads them, so that titles, places and people never are in its hands, and each
event is read by itself: one that cannot be read is counted and harms no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from app.domain.busy import BusyFile, BusyTime
from app.domain.calls import is_ours
from app.domain.clock import SWEDEN
from app.domain.errors import Refused
from app.exchange.busy_lines import EventLines, Zones, read_events
from app.exchange.busy_rules import days_between, is_usual

LARGEST_CALENDAR = 5_000_000
_MOST_TIMES = 3_000
_MOST_STEPS = 400_000
"""Repetitions to be reckoned through from the first of each series; more takes longer than anybody waits."""
_LONG_AGO = 40 * 366
_LONGEST_EVENT = 400
_UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the calendar libraries raise for an event that they do not understand."""
_NOT_BUSY = frozenset({"FREE", "TENTATIVE", "WORKINGELSEWHERE"})


def read_busy(data: bytes, *, first: dt.date, last: dt.date) -> BusyFile:
    """The busy times between two days, both inclusive.

    Left out are events that take no time (free, tentative, cancelled), Teamforum's own meetings, and what cannot be
    read. Raises Refused("busy_too_large" | "busy_no_calendar" | "busy_too_many").
    """
    if len(data) > LARGEST_CALENDAR:
        raise Refused("busy_too_large")
    zones = Zones()
    series: dict[str, list[EventLines]] = {}
    for event in read_events(data, zones):
        series.setdefault(event.uid, []).append(event)
    reader = _Reader(first, last)
    times: dict[tuple[str, dt.datetime | dt.date], BusyTime] = {}
    for uid, events in series.items():
        for time in reader.read(uid, events):
            times[uid, time.from_] = time
            if len(times) > _MOST_TIMES:
                raise Refused("busy_too_many")
    ordered = sorted(times.values(), key=lambda one: (one.from_.isoformat(), one.uid))
    return BusyFile(
        first=first, last=last, times=tuple(ordered), free=reader.free, ours=reader.ours, unread=reader.unread,
        unknown_zones=tuple(zones.unknown),
    )  # fmt: skip


class _Reader:
    """Reads events by their identity, and counts what it leaves out."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.free = self.ours = self.unread = 0
        self._steps = 0

    def read(self, uid: str, events: Sequence[EventLines]) -> Iterator[BusyTime]:
        """The busy times of the events that share an identity: one event, or a series with its exceptions."""
        if is_ours(uid):
            self.ours += 1
            return
        if not any(self._near(event) for event in events):
            return
        if any(event.broken or not self._repeats_as_usual(event) for event in events):
            self.unread += 1
            return
        try:
            found = self._expanded(events)
        except _UNREADABLE:
            self.unread += 1
            return
        for component in found:
            if not _is_busy(component):
                self.free += 1
            elif (time := _time(uid, component)) is not None:
                yield time

    def _near(self, event: EventLines) -> bool:
        """Whether the event may reach into the days wanted, by the figures of its start alone."""
        starts = event.values.get("DTSTART", "")[:8]
        if starts > f"{self.last + dt.timedelta(days=1):%Y%m%d}":
            return False
        if "RRULE" in event.values or "RDATE" in event.values:
            return True
        return starts >= f"{self.first - dt.timedelta(days=_LONGEST_EVENT):%Y%m%d}"

    def _repeats_as_usual(self, event: EventLines) -> bool:
        rule = event.values.get("RRULE")
        if rule is None:
            return True
        try:
            begins = dt.datetime.strptime(event.values.get("DTSTART", "")[:8], "%Y%m%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            return False
        if not is_usual(rule) or (self.first - begins).days > _LONG_AGO:
            return False
        self._steps += (self.last - begins).days // days_between(rule)
        if self._steps > _MOST_STEPS:
            raise Refused("busy_too_many")
        return True

    def _expanded(self, events: Sequence[EventLines]) -> list[object]:
        import recurring_ical_events  # noqa: PLC0415 - loaded when a file is read
        from icalendar import Calendar  # noqa: PLC0415

        text = "".join(["BEGIN:VCALENDAR\r\n", *(event.text for event in events), "END:VCALENDAR\r\n"])
        calendar = Calendar.from_ical(text)
        first = dt.datetime.combine(self.first, dt.time(), SWEDEN)
        after = dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), SWEDEN)
        if not isinstance(calendar, Calendar):
            raise TypeError(text)
        return list(recurring_ical_events.of(calendar).between(first, after))


def _is_busy(component: object) -> bool:
    def word(name: str) -> str:
        return str(component.get(name, "")).strip().upper()  # type: ignore[attr-defined]  # an icalendar component

    return (
        word("STATUS") not in ("CANCELLED", "TENTATIVE") and word("TRANSP") != "TRANSPARENT"
        and word("X-MICROSOFT-CDO-BUSYSTATUS") not in _NOT_BUSY
    )  # fmt: skip


def _time(uid: str, component: object) -> BusyTime | None:
    """The time on a Swedish clock, to whole minutes; None for one that takes no time."""
    begins, ends = component.start, component.end  # type: ignore[attr-defined]  # an icalendar component
    if not isinstance(begins, dt.datetime) or not isinstance(ends, dt.datetime):
        last = ends - dt.timedelta(days=1)
        return BusyTime(uid=uid, from_=begins, to=max(last, begins))
    from_, to = (one.astimezone(SWEDEN).replace(tzinfo=None) for one in (begins, ends))
    from_, until = from_.replace(second=0, microsecond=0), to.replace(second=0, microsecond=0)
    until += dt.timedelta(minutes=1) if until < to else dt.timedelta()
    return BusyTime(uid=uid, from_=from_, to=until) if until > from_ else None
