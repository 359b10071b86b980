"""What meetings decided since somebody's last shift: from which moment it counts, and the values that are shown.

Evening, night and weekend staff were not at the day's pulsmöten and avstämningar; so what was decided reaches them.
(What a member hands over who leaves the team is something else: `domain.team.HandOver`.)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.swedish import WEEKDAYS, clock, near_day, number_word, short_date
from app.domain.typed import read_date, read_time

REST = dt.timedelta(hours=8)
"""Log-ins further apart than this belong to different shifts; within one the window locks and is opened many times."""
LONGEST = dt.timedelta(days=31)
"""How far back one may look: more than a month is no hand-over but a search."""
UNKNOWN = dt.timedelta(days=3)
"""How far back it goes for somebody who was not logged in before, from midnight: over a weekend."""
LATE_DAYS = 7
"""Minutes that were written after the moment count though the meeting was held before it, if by no more than this."""
_AS_WAS = re.compile(r"\bi (\w+dag)s\b")
"""`i fredags`."""
TOLD_WHOLE = frozenset({"pulsmote", "daglig-avstamning"})
"""Short forums in which what must reach many is a note as often as a decision (routine 3.1)."""


def last_shift(log_ins: Iterable[dt.datetime], *, now: dt.datetime) -> dt.datetime | None:
    """The latest log-in that is not of the shift under way; None where there is none within `LONGEST`.

    The shift under way is the log-ins up to now with no more than `REST` between any two.
    """
    begun = now
    for one in sorted((at for at in log_ins if at <= now), reverse=True):
        if begun - one > REST and begun != now:
            return one if now - one <= LONGEST else None
        begun = one
    return None


def usual_since(log_ins: Iterable[dt.datetime], *, now: dt.datetime) -> tuple[dt.datetime, bool]:
    """From when it counts, and whether that is the person's last shift or only the last few days."""
    found = last_shift(log_ins, now=now)
    if found is not None:
        return found, True
    return dt.datetime.combine(now.date() - UNKNOWN, dt.time()), False


def read_since(text: str, *, now: dt.datetime) -> dt.datetime:
    """The moment that a typed text means: `i går 16.00`, `fre 7`, `3/3`, `16.00`; a day without a time is its morning.

    A weekday is the one that was. Raises Refused("since_unreadable" | "since_ahead" | "since_too_long").
    """
    words = _AS_WAS.sub(r"\1", text.strip().lower()).replace(" kl ", " ").removeprefix("sedan ").split()
    moment = None
    for parted in range(len(words) + 1):  # a time alone first: `16.05` is no day in May
        day_words, time_words = " ".join(words[:parted]), " ".join(words[parted:])
        day = read_date(day_words, today=now.date()) if day_words else now.date()
        time = read_time(time_words) if time_words else dt.time()
        if words and day is not None and time is not None:
            moment = _that_was(dt.datetime.combine(day, time), day_words, now=now)
            break
    return checked(moment, now=now)


def _that_was(moment: dt.datetime, day_words: str, *, now: dt.datetime) -> dt.datetime:
    """A time without a day, or a weekday, is the latest that is past."""
    if moment <= now:
        return moment
    if not day_words:
        return moment - dt.timedelta(days=1)
    weekday = any(name.startswith(day_words.removeprefix("på ")) for name in WEEKDAYS)
    return moment - dt.timedelta(days=7) if weekday else moment


def checked(moment: dt.datetime | None, *, now: dt.datetime) -> dt.datetime:
    """The moment itself, where one may look back to it. Raises Refused as `read_since` does."""
    if moment is None:
        raise Refused("since_unreadable")
    if moment > now:
        raise Refused("since_ahead")
    if now - moment > LONGEST:
        raise Refused("since_too_long", days=LONGEST.days)
    return moment


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAction:
    """Something that somebody is to do, with her name."""

    text: str
    who: str
    due: dt.date | None
    done: bool

    @property
    def words(self) -> str:
        """`Ring dottern – Bo Ek, senast tis 3 mars`."""
        by = f"senast {short_date(self.due)}" if self.due and not self.done else ""
        about = ", ".join(part for part in (self.who, by) if part)
        return f"{self.text} – {about}" if about else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverQuestion:
    """A question with its answer, or who is to answer."""

    text: str
    answer: str
    by: str

    @property
    def words(self) -> str:
        """`Vem ringer? Svar: Eva.`, or who is to answer."""
        if self.answer:
            return f"{self.text} Svar: {self.answer}"
        return f"{self.text} ({self.by} svarar)" if self.by else f"{self.text} (obesvarad)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPoint:
    """One point under which something was decided; `note` only where a short forum wrote nothing else."""

    key: str
    heading: str
    customers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """The customers' labels that the heading does not say already."""
    note: str = ""
    decisions: tuple[str, ...] = ()
    actions: tuple[HandoverAction, ...] = ()
    questions: tuple[HandoverQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverMeeting:
    """A meeting with what came of it."""

    key: str
    heading: str
    forum: str
    date: dt.date
    start: dt.time
    end: dt.time
    live: bool
    """Whether it is under way: more may come."""
    points: tuple[HandoverPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPlace:
    """A ward of a unit, or what concerns the unit as a whole, with its meetings, the latest first."""

    unit: str
    unit_name: str
    setting_label: str
    ward: str | None
    ward_name: str
    meetings: tuple[HandoverMeeting, ...]

    @property
    def heading(self) -> str:
        """The ward with its unit, or the unit alone."""
        return f"{self.ward_name}, {self.unit_name}" if self.ward_name else self.unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandover:
    """What was decided between two moments, as far as one person sees it; Swedish wall-clock time."""

    since: dt.datetime
    until: dt.datetime
    of_last_shift: bool
    """Whether `since` is the person's own last shift."""
    places: tuple[HandoverPlace, ...]

    @property
    def has_customer_data(self) -> bool:
        """Whether it names any customer."""
        return any(point.customers for point in self._points())

    @property
    def units(self) -> tuple[str, ...]:
        """The units' keys, each once, in order."""
        return tuple(dict.fromkeys(place.unit for place in self.places))

    def counted(self) -> HandoverCount:
        """How much there is."""
        points = self._points()
        return HandoverCount(
            since=self.since, of_last_shift=self.of_last_shift,
            meetings=sum(len(place.meetings) for place in self.places),
            decisions=sum(len(point.decisions) for point in points),
            actions=sum(len(point.actions) for point in points),
            questions=sum(len(point.questions) for point in points), notes=sum(bool(point.note) for point in points),
        )  # fmt: skip

    def _points(self) -> Sequence[HandoverPoint]:
        return [point for place in self.places for meeting in place.meetings for point in meeting.points]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverCount:
    """How much was decided since a moment, and nothing of what."""

    since: dt.datetime
    of_last_shift: bool
    meetings: int
    decisions: int
    actions: int
    questions: int
    notes: int = 0

    @property
    def words(self) -> str:
        """`3 möten: 5 beslut, 4 åtgärder, 1 fråga`."""
        parts = [
            number_word(count, one, many)
            for count, one, many in (
                (self.decisions, "beslut", "beslut"), (self.actions, "åtgärd", "åtgärder"),
                (self.questions, "fråga", "frågor"), (self.notes, "sak att känna till", "saker att känna till"),
            )
            if count
        ]  # fmt: skip
        meetings = number_word(self.meetings, "möte", "möten")
        return f"{meetings}: {', '.join(parts)}" if parts else meetings


def since_words(moment: dt.datetime, *, today: dt.date) -> str:
    """`i går 15.50`, `fre 27 feb 15.50`."""
    return f"{day_words(moment.date(), today=today)} {clock(moment.time())}"


def day_words(day: dt.date, *, today: dt.date) -> str:
    """`i dag`, `i går`, else the date: whoever counts shifts thinks in weekdays."""
    return near_day(day, today=today) if (today - day).days in (0, 1) else short_date(day)
