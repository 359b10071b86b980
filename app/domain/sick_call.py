"""The sick call: what of a day's meetings is lost when somebody is sick, who can step in, and when else to meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.availability import Ways
from app.domain.catalogue import Forum
from app.domain.clashes import Booking, clashes_of
from app.domain.invitations import need_of
from app.domain.presence import Presence
from app.domain.swedish import sort_key
from app.domain.team import Member, Professions

_MOST_PROPOSED = 6
SEARCHED_DAYS = 21
"""How far ahead another time is looked for."""
_EARLIEST, _LATEST = dt.time(8), dt.time(17)
_STEP = dt.timedelta(minutes=30)
_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody who can come instead, and why she: `ersättare på Norr`, `samma enhet`."""

    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A meeting to which somebody sick is called.

    `lost` is what the routine's forum then lacks, `leaderless` that its convenor is sick; `stand_ins` by sick member.
    `proposed` is who of them is to come if nothing else is said, by sick member.
    One of a unit that the person does not see has no key: she can only tell them.
    """

    meeting: str
    version: int
    heading: str
    place: str
    start: dt.datetime
    end: dt.datetime
    sick: tuple[str, ...]
    lost: tuple[str, ...] = ()
    leaderless: bool = False
    stand_ins: Mapping[str, tuple[StandIn, ...]]
    proposed: Mapping[str, str] = field(default_factory=dict)
    another_time: dt.datetime | None = None

    @property
    def in_danger(self) -> bool:
        """Whether the meeting lacks somebody it cannot do without."""
        return bool(self.lost) or self.leaderless

    @property
    def to_postpone(self) -> bool:
        """Whether it lacks somebody for whom nobody can step in."""
        return self.in_danger and not all(self.stand_ins.get(one) for one in self.sick)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a sick call wrote, for taking it back: the absences that are new, and the regrets as meeting and member."""

    absences: tuple[str, ...]
    regrets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who might step in on the day, and what stands in the way: absences, hours, other meetings, the way there.

    The sick are away in `presence`.
    """

    members: Sequence[Member]
    presence: Presence
    others: Sequence[Booking]
    travel: Ways
    professions: Professions

    def stand_ins(
        self, missing: Member, one: Booking, *, forum: Forum, ward: str | None, substitutes: Mapping[str, str]
    ) -> tuple[StandIn, ...]:
        """Who can come to `one` in the place of `missing`: the same profession, free then, at work, time to get there.

        `substitutes` are those named for her profession on the unit's wards, by member with the ward's name. The
        nearest come first: a named substitute, the same ward, the same unit, another.
        """
        need = need_of(missing, forum, self.professions) or self._profession(missing)
        found = [
            member for member in self.members
            if self._same(member, need, missing, forum) and member.key not in one.who and self._free(member, one)
        ]  # fmt: skip
        made = [(self._nearness(member, one, ward, substitutes), member) for member in found]
        made.sort(key=lambda pair: (pair[0][0], sort_key(pair[1].name)))
        return tuple(StandIn(key=m.key, name=m.name, why=near[1]) for near, m in made[:_MOST_PROPOSED])

    def _same(self, member: Member, need: str, missing: Member, forum: Forum) -> bool:
        own = need_of(member, forum, self.professions) or self._profession(member)
        return member.key != missing.key and own == need

    def _profession(self, member: Member) -> str:
        found = self.professions.find(member.profession)
        return (found.name if found else member.profession).lower()

    def _free(self, member: Member, one: Booking) -> bool:
        if not member.active_on(one.start.date()) or not self.presence.works(member.key, one.start, one.end):
            return False
        if member.night and not member.hours:
            return False  # she sleeps in the day
        return not clashes_of(replace(one, who=(member.key,), room=None), self.others, self.travel)

    def _nearness(
        self, member: Member, one: Booking, ward: str | None, substitutes: Mapping[str, str]
    ) -> tuple[int, str]:  # fmt: skip
        if member.key in substitutes:
            return 0, f"ersättare på {substitutes[member.key]}"
        if ward is not None and ward in member.wards:
            return 1, "samma avdelning"
        return (2, "samma enhet") if one.unit in member.units else (3, "annan enhet")


def with_proposed(found: Sequence[tuple[Hit, Booking]], travel: Ways) -> list[Hit]:
    """The hits, each in danger with the nearest stand-ins: nobody twice at a meeting, or at two places at once."""
    taken: dict[str, list[Booking]] = {}
    made = []
    for hit, one in sorted(found, key=lambda pair: (not pair[0].in_danger, pair[0].start, pair[0].meeting)):
        chosen: dict[str, str] = {}
        for member in hit.sick if hit.in_danger else ():
            for who in (each.key for each in hit.stand_ins.get(member, ())):
                there = replace(one, who=(who,), room=None)
                if who not in chosen.values() and not clashes_of(there, taken.get(who, ()), travel):
                    chosen[member] = who
                    taken.setdefault(who, []).append(there)
                    break
        made.append(replace(hit, proposed=chosen))
    return made


def another_time(
    one: Booking, *, who: Sequence[str], presence: Presence, others: Sequence[Booking], travel: Ways,
    free_days: Collection[dt.date],
) -> dt.datetime | None:  # fmt: skip
    """The next time within three weeks at which all of `who` and the room are free, the same hour of day first.

    Days off and hours before 8 or after 17 are no times to move a meeting to.
    """
    by_day: dict[dt.date, list[Booking]] = {}
    for other in others:
        if other.key != one.key:
            by_day.setdefault(other.start.date(), []).append(other)
    length = one.end - one.start
    days = (one.start.date() + dt.timedelta(days=number) for number in range(1, SEARCHED_DAYS + 1))
    for day in days:
        if day.weekday() >= _WORKING_DAYS or day in free_days:
            continue
        for start in _starts(day, one.start.time(), length):
            moved = replace(one, start=start, end=start + length, who=tuple(who))
            there = all(presence.works(member, moved.start, moved.end) for member in who)
            if there and not clashes_of(moved, by_day.get(day, ()), travel):
                return start
    return None


def _starts(day: dt.date, usual: dt.time, length: dt.timedelta) -> Iterator[dt.datetime]:
    yield dt.datetime.combine(day, usual)
    start = dt.datetime.combine(day, _EARLIEST)
    while start + length <= dt.datetime.combine(day, _LATEST):
        yield start
        start += _STEP
