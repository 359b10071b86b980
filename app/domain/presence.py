"""Who cannot be at a meeting because she is away or does not work then, and the sentences that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.availability import Absence, AbsenceKind
from app.domain.clashes import NO_NAMES, Booking, Clash
from app.domain.swedish import MONTHS, WEEKDAYS, clock, short_date
from app.domain.team import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """The absences and working hours of members, by key; who has no hours works at any time."""

    away: Mapping[str, Sequence[Absence]] = field(default_factory=dict)
    hours: Mapping[str, Sequence[Hours]] = field(default_factory=dict)

    def absence(self, member: str, start: dt.datetime, end: dt.datetime) -> Absence | None:
        """The first of her absences that falls between the two moments."""
        return next((one for one in self.away.get(member, ()) if one.begins < end and start < one.ends), None)

    def works(self, member: str, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether she is neither away nor outside her hours then."""
        return self.absence(member, start, end) is None and not off_hours(self.hours.get(member, ()), start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A meeting that somebody is to be at while she is away.

    Of one that the reader may not see, `meeting` and `words` are empty.
    """

    meeting: str
    words: str
    start: dt.datetime
    end: dt.datetime

    def sentence(self, name: str) -> str:
        """`Anna Berg är kallad till teammöte på Norr tis 3 mars 13.00`."""
        what = self.words or "ett möte på en annan enhet"
        return f"{name} är kallad till {what} {short_date(self.start.date())} {clock(self.start.time())}"


def as_told(absence: Absence) -> Absence:
    """The absence for somebody who has nothing to do with why a colleague is away: that she is sick is not told."""
    return replace(absence, kind=AbsenceKind.OTHER) if absence.kind is AbsenceKind.SICK else absence


def period_words(absence: Absence) -> str:
    """`1–14 juli`, `28 juni – 3 juli`, `3 mars`, `3 mars 09.00–12.00`; the year where it goes into another one."""
    first, last = absence.from_, absence.to
    years = first.year != last.year
    start, end = _day(first, year=years), _day(last, year=years)
    if isinstance(first, dt.datetime) or isinstance(last, dt.datetime):
        begins = clock(first.time()) if isinstance(first, dt.datetime) else ""
        ends = clock(last.time()) if isinstance(last, dt.datetime) else ""
        if start == end and begins and ends:
            return f"{start} {begins}–{ends}"
        return " – ".join(f"{day} {at}".strip() for day, at in ((start, begins), (end, ends)))
    if start == end:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{start} – {end}"


def _day(day: dt.date, *, year: bool) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def away_sentence(name: str, absence: Absence) -> str:
    """`Eva Lind är borta (semester) 1–14 juli`."""
    kind = absence.kind
    why = f" ({kind.label.lower()})" if kind and kind is not AbsenceKind.OTHER else ""
    return f"{name} är borta{why} {period_words(absence)}"


def windows_of(hours: Iterable[Hours], weekday: int) -> tuple[tuple[dt.time, dt.time], ...]:
    """When she works on a weekday, in order, windows that meet counted as one."""
    found: list[tuple[dt.time, dt.time]] = []
    for one in sorted((one for one in hours if one.weekday == weekday), key=lambda one: one.from_):
        if found and one.from_ <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one.to))
        else:
            found.append((one.from_, one.to))
    return tuple(found)


def off_hours(hours: Sequence[Hours], start: dt.datetime, end: dt.datetime) -> str:
    """What of her hours a meeting of one day does not keep: `inte tisdagar efter 12.00`; empty when it does."""
    if not hours:
        return ""
    windows = windows_of(hours, start.weekday())
    day = f"{WEEKDAYS[start.weekday()]}ar"
    first, last = start.time(), end.time()
    if any(begins <= first and last <= ends for begins, ends in windows):
        return ""
    if not windows:
        return f"inte {day}"
    if all(ends < last for _, ends in windows):
        return f"inte {day} efter {clock(windows[-1][1])}"
    if all(first < begins for begins, _ in windows):
        return f"inte {day} före {clock(windows[0][0])}"
    return f"{day} " + " och ".join(f"{clock(begins)}–{clock(ends)}" for begins, ends in windows)


def hours_sentence(name: str, hours: Sequence[Hours], start: dt.datetime, end: dt.datetime) -> str:
    """`Eva Lind arbetar inte tisdagar efter 12.00`; empty when the meeting lies within her hours."""
    said = off_hours(hours, start, end)
    return f"{name} arbetar {said}" if said else ""


def not_there(one: Booking, presence: Presence, *, names: Mapping[str, str] = NO_NAMES) -> Iterator[Clash]:
    """For each person of a meeting who is away or does not work then a clash with no other meeting."""
    for member in dict.fromkeys(one.who):
        name = names.get(member, member)
        absence = presence.absence(member, one.start, one.end)
        if absence is not None:
            sentence = away_sentence(name, absence)
        else:
            sentence = hours_sentence(name, presence.hours.get(member, ()), one.start, one.end)
        if sentence:
            yield Clash(who_or_room=member, first=one.key, second="", sentence=sentence)
