"""The forums of the routine as values: interval, length, place, participants; how a unit's own copy departs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Literal

from app.domain.checklists import Template
from app.domain.instruments import Instrument, Instruments, instruments_from_json
from app.domain.swedish import WEEKDAYS, clock, number_word

UNITS_OWN = ("weekday", "start", "closes_days", "notice_days")
"""What only a unit's own forum has: the catalogue prints the routine."""
_SUGGESTED_CLOSING = {"apt": 7}
"""Days before the meeting: an APT's agenda goes out about a week before. A suggestion; the unit sets its own."""
Frequency = Literal["daily", "weekly", "monthly"]
TimeOfDay = Literal["morning", "forenoon", "afternoon"]


class Setting(StrEnum):
    """The form of care a unit works in (routine 3.1-3.6), and `ledning` for management outside the routine."""

    SARSKILT_BOENDE = "sarskilt-boende"
    ORDINART_BOENDE = "ordinart-boende"
    GRUPPBOSTAD = "gruppbostad"
    DAGLIG_VERKSAMHET = "daglig-verksamhet"
    PERSONLIG_ASSISTANS = "personlig-assistans"
    BOENDESTOD = "boendestod"
    LEDNING = "ledning"

    @property
    def label(self) -> str:
        """The Swedish name of the setting."""
        return _LABELS[self]

    @property
    def round_the_clock(self) -> bool:
        """Whether it never closes: its daily forums are held on weekends and red days too (routine 3.1-3.3)."""
        return self in (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE, Setting.GRUPPBOSTAD)


_LABELS = {
    Setting.SARSKILT_BOENDE: "Särskilt boende och korttid",
    Setting.ORDINART_BOENDE: "Ordinärt boende",
    Setting.GRUPPBOSTAD: "Gruppbostad, servicebostad, Nakterhuset",
    Setting.DAGLIG_VERKSAMHET: "Daglig verksamhet",
    Setting.PERSONLIG_ASSISTANS: "Personlig assistans",
    Setting.BOENDESTOD: "Boendestöd",
    Setting.LEDNING: "Ledning och samverkan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often: every `every` days, weeks or months, `times_per_day` times, or only when needed."""

    frequency: Frequency
    every: int = 1
    times_per_day: int = 1
    time_of_day: tuple[TimeOfDay, ...] = ()
    when_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long, in minutes; `extendable` when more time is taken at need, `per_ward` when counted a ward at a time."""

    min: int
    max: int
    extendable: bool = False
    approximate: bool = False
    per_ward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A role of the routine that takes part, or only when needed (v.b.)."""

    role: str
    when_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCount:
    """How many customers a meeting takes."""

    min: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A kind of meeting in a setting, as the routine's table has it; `agenda` holds the standing items.

    The last four are the unit's own, which the routine says nothing of: the weekday (Monday 0) and time it wishes for,
    how many days before the meeting its agenda closes, and how many days before it those who are co-opted are called.
    """

    setting: Setting
    key: str
    name: str
    interval: Interval | None
    minutes: Length
    place: str
    digital: bool
    participants: tuple[Participant, ...]
    responsible: tuple[str, ...]
    topics: tuple[str, ...]
    customers_per_meeting: CustomerCount | None
    review_every_months: int | None
    agenda: tuple[str, ...]
    weekday: int | None = None
    start: dt.time | None = None
    closes_days: int | None = None
    notice_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What a unit's own copy of the forum `key` changes; None leaves the routine's value."""

    key: str
    name: str | None = None
    interval: Interval | None = None
    minutes: Length | None = None
    place: str | None = None
    digital: bool | None = None
    participants: tuple[Participant, ...] | None = None
    responsible: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    customers_per_meeting: CustomerCount | None = None
    review_every_months: int | None = None
    agenda: tuple[str, ...] | None = None
    weekday: int | None = None
    start: dt.time | None = None
    closes_days: int | None = None
    notice_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One property in which a unit's own forum departs from the routine, and the sentence that says so."""

    field: str
    sentence: str


class Catalogue:
    """What ships with the program: forums by setting in the routine's order, themes for their year, checklists and
    instruments.
    """

    def __init__(
        self, forums: Iterable[Forum], *, themes: Mapping[str, Sequence[Sequence[str]]] | None = None,
        checklists: Iterable[Template] = (), instruments: Iterable[Instrument] = (),
        known_as: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self.all: tuple[Forum, ...] = tuple(forums)
        self.checklists: tuple[Template, ...] = tuple(checklists)
        self._instruments, self._known_as = tuple(instruments), dict(known_as or {})
        self._themes = {key: tuple(tuple(month) for month in year) for key, year in (themes or {}).items()}

    def suggested_themes(self, forum: str) -> tuple[tuple[str, ...], ...]:
        """Twelve months' themes for a forum's year wheel, January first; the program's own, no rule."""
        return self._themes.get(forum, ((),) * 12)

    def instruments(self, own: Iterable[Instrument] = ()) -> Instruments:
        """The instruments for risk assessments as a unit with these of its `own` has them."""
        return Instruments(self._instruments, own, also=self._known_as)

    def checklist(self, key: str) -> Template | None:
        """The checklist of that key, or None."""
        return next((one for one in self.checklists if one.key == key), None)

    def forums(self, setting: Setting) -> tuple[Forum, ...]:
        """The forums of a setting."""
        return tuple(forum for forum in self.all if forum.setting == setting)

    def forum(self, setting: Setting, key: str) -> Forum | None:
        """One forum, or None when the setting does not have it."""
        return next((forum for forum in self.all if forum.setting == setting and forum.key == key), None)


def catalogue_from_json(
    rows: Iterable[Mapping[str, Any]], *, themes: Mapping[str, Sequence[Sequence[str]]] | None = None,
    checklists: Iterable[Template] = (), instruments: Iterable[Mapping[str, Any]] = (),
) -> Catalogue:  # fmt: skip
    """The catalogue as `resources/` has it: forums and their year, checklists, instruments."""
    shipped, known_as = instruments_from_json(instruments)
    return Catalogue(
        (forum_from_dict(row) for row in rows), themes=themes, checklists=checklists, instruments=shipped,
        known_as=known_as,
    )  # fmt: skip


def forum_from_dict(row: Mapping[str, Any]) -> Forum:
    """A forum from the shape that `teamforum forums --json` prints, with what is the unit's own where it is there."""
    start = row.get("start")
    count = row["customers_per_meeting"]
    return Forum(
        setting=Setting(row["setting"]),
        key=row["key"],
        name=row["name"],
        interval=interval_from_dict(row["interval"]) if row["interval"] else None,
        minutes=Length(**row["minutes"]),
        place=row["place"],
        digital=row["digital"],
        participants=tuple(Participant(**one) for one in row["participants"]),
        responsible=tuple(row["responsible"]),
        topics=tuple(row["topics"]),
        customers_per_meeting=CustomerCount(**count) if count else None,
        review_every_months=row["review_every_months"],
        agenda=tuple(row["agenda"]),
        weekday=row.get("weekday"), start=dt.time.fromisoformat(start) if start else None,
        closes_days=row.get("closes_days", _SUGGESTED_CLOSING.get(row["key"])), notice_days=row.get("notice_days"),
    )  # fmt: skip


def interval_from_dict(row: Mapping[str, Any]) -> Interval:
    """An interval from its JSON shape."""
    return Interval(**{**row, "time_of_day": tuple(row.get("time_of_day", ()))})


def forum_to_dict(forum: Forum) -> dict[str, Any]:
    """The shape that `teamforum forums --json` prints, keys in the contract's order."""
    return {field.name: plain(getattr(forum, field.name)) for field in fields(forum) if field.name not in UNITS_OWN}


def plain(value: Any) -> Any:
    """A catalogue value as JSON knows it: dataclasses as objects, tuples as lists."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def apply_departure(forum: Forum, departure: Departure) -> Forum:
    """The unit's own copy: the routine's forum with what the unit changes."""
    changed = {f.name: getattr(departure, f.name) for f in fields(departure) if f.name != "key"}
    return replace(forum, **{name: value for name, value in changed.items() if value is not None})


def departure_from(routine: Forum, own: Forum) -> Departure | None:
    """What `own` changes against `routine`, or None when it changes nothing that can be departed from."""
    names = [f.name for f in fields(Departure) if f.name != "key"]
    changed = {name: getattr(own, name) for name in names if getattr(own, name) != getattr(routine, name)}
    changed = {name: value for name, value in changed.items() if value is not None}
    return Departure(key=routine.key, **changed) if changed else None


def departure_to_dict(departure: Departure) -> dict[str, Any]:
    """A departure as JSON: its key and what it changes."""
    return {
        f.name: plain(getattr(departure, f.name)) for f in fields(departure) if getattr(departure, f.name) is not None
    }


def departure_from_dict(row: Mapping[str, Any]) -> Departure:
    """A departure from its JSON shape."""
    made = {name: _MAKERS[name](value) if name in _MAKERS else value for name, value in row.items()}
    return Departure(**made)


_MAKERS: dict[str, Any] = {
    "interval": interval_from_dict,
    "minutes": lambda row: Length(**row),
    "participants": lambda rows: tuple(Participant(**row) for row in rows),
    "responsible": tuple,
    "topics": tuple,
    "agenda": tuple,
    "customers_per_meeting": lambda row: CustomerCount(**row),
    "start": dt.time.fromisoformat,
}


def differences(routine: Forum, own: Forum) -> tuple[Difference, ...]:
    """Where a unit's own forum departs from the routine, in words."""
    found = []
    for name, title, text in _SHOWN:
        ours, theirs = getattr(own, name), getattr(routine, name)
        if ours != theirs:
            says = "förslaget är" if name in UNITS_OWN and theirs is not None else "rutinen säger"
            found.append(Difference(field=name, sentence=f"{title}: {text(ours)}, {says} {text(theirs)}"))
    return tuple(found)


_TIMES = {"morning": "morgon", "forenoon": "förmiddag", "afternoon": "eftermiddag"}
_STEPS = {"daily": ("varje dag", "varannan dag", "var {}:e dag"),
"weekly": ("varje vecka", "varannan vecka", "var {}:e vecka"),
          "monthly": ("varje månad", "varannan månad", "var {}:e månad")}  # fmt: skip


def interval_text(interval: Interval | None) -> str:
    """`varannan vecka`, `varje dag, förmiddag och eftermiddag`, `varje dag vid behov`."""
    if interval is None:
        return "efter behov"
    every, other, nth = _STEPS[interval.frequency]
    text = every if interval.every == 1 else other if interval.every == 2 else nth.format(interval.every)
    times = " och ".join(_TIMES[time] for time in interval.time_of_day)
    return text + (f", {times}" if times else "") + (" vid behov" if interval.when_needed else "")


def length_text(length: Length) -> str:
    """`30 min, mer vid behov`, `30–60 min`, `cirka 30 min`, `5 min per avdelning`."""
    text = f"{length.min} min" if length.min == length.max else f"{length.min}–{length.max} min"
    if length.approximate:
        text = f"cirka {text}"
    if length.per_ward:
        text += " per avdelning"
    return text + (", mer vid behov" if length.extendable and length.min == length.max else "")


def participants_text(participants: tuple[Participant, ...]) -> str:
    """The roles as one text: `Leg personal, Dietist v.b.`."""
    return ", ".join(one.role + (" v.b." if one.when_needed else "") for one in participants) or "ingen"


def _listed(texts: tuple[str, ...]) -> str:
    return ", ".join(texts) or "ingen"


def _count(count: CustomerCount | None) -> str:
    if count is None:
        return "efter behov"
    return f"{count.min} per möte" if count.min == count.max else f"{count.min}–{count.max} per möte"


def _days_before(days: int | None) -> str:
    return f"{number_word(days, 'dag', 'dagar')} före" if days else ""


_SHOWN: tuple[tuple[str, str, Any], ...] = (
    ("name", "Namn", str),
    ("interval", "Intervall", interval_text),
    ("minutes", "Längd", length_text),
    ("place", "Plats", lambda place: place or "ingen särskild"),
    ("digital", "Digitalt", lambda digital: "ja" if digital else "nej"),
    ("participants", "Medverkande", participants_text),
    ("responsible", "Mötesansvarig", _listed),
    ("topics", "Innehåll", _listed),
    ("customers_per_meeting", "Kunder", _count),
    ("review_every_months", "Uppföljning", lambda months: f"var {months}:e månad" if months else "efter behov"),
    ("agenda", "Stående punkter", _listed),
    ("weekday", "Önskad veckodag", lambda day: "ingen särskild" if day is None else WEEKDAYS[day]),
    ("start", "Önskad tid", lambda moment: "ingen särskild" if moment is None else clock(moment)),
    ("closes_days", "Dagordningen stänger", lambda days: _days_before(days) or "vid mötet"),
    ("notice_days", "Adjungerade kallas", lambda days: _days_before(days) or "med de andra"),
)


def field_text(forum: Forum, name: str) -> str:
    """One property of a forum in words, as `differences` puts it."""
    text = next(text for field, _, text in _SHOWN if field == name)
    return str(text(getattr(forum, name)))
