"""The meetings of a series: which are booked, and what a change of the series does to those that are still to come.

Held, begun, announced and pinned meetings stay where they are. What the series has no day for any more is called off
with the reason, so that its customers come first next time; nothing is thrown away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256

from sqlalchemy import and_, select

from app import models as m
from app.domain.errors import Conflict, NotFound
from app.domain.meeting_rules import Step
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.series import Occurrence, Series, is_daily, rule_parts
from app.domain.year_wheel import is_theme
from app.services import meeting_records, planning_records, sight
from app.services import planning_keeping as keeping
from app.services.desk import Desk
from app.services.following import hand_customers_on, take_customers_back
from app.services.meeting_removal import remove_planned
from app.services.meetings import insert_new, keep_change, lay_over, take_step
from app.services.series_moves import occurrences, setting_of, with_moves_of
from app.storage.unit_of_work import UnitOfWork

_REACH = {"DAILY": 0, "WEEKLY": 6, "MONTHLY": 20}
"""Days that a meeting is moved at most to be the same one."""


def _by_somebody(item: Item) -> bool:
    """Whether somebody has put the point on the agenda: a meeting with one is not taken away again.

    What came from another meeting by itself waits there again.
    """
    lifted = item.kind is ItemKind.LIFTED and (item.carried_from is None or item.dealt_with)
    return lifted or (item.kind is ItemKind.ADDED and not is_theme(item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """When and where a meeting is held, and which day of its series it is."""

    key: str
    date: dt.date
    start: dt.time
    end: dt.time
    place: str | None
    link: str | None
    series: str | None
    series_day: dt.date | None

    @classmethod
    def of(cls, meeting: Meeting) -> Place:
        """The place of a meeting."""
        return cls(**{one.name: getattr(meeting, one.name) for one in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChange:
    """What one gesture did, so that it can be told and taken back: series and meetings before and after.

    A series is None before it was there. `made` says where the new meetings are, each with the seal of what it was
    booked with: nothing of its customers. `cancelled` and `reinstated` are keys with the reason. `clashing` says how
    many of those booked or moved somebody cannot come to.
    """

    series: tuple[tuple[Series | None, Series], ...] = ()
    made: tuple[tuple[Place, str], ...] = ()
    moved: tuple[tuple[Place, Place], ...] = ()
    cancelled: tuple[tuple[str, str], ...] = ()
    reinstated: tuple[tuple[str, str], ...] = ()
    clashing: int = 0

    @property
    def booked(self) -> tuple[str, ...]:
        """The keys of the new meetings."""
        return tuple(one.key for one, _ in self.made)


def booked_of(work: UnitOfWork, key: str, *, first: dt.date) -> dict[str, tuple[Meeting, int]]:
    """The series' meetings whose day of the rule lies from `first` on, cancelled ones too, by key."""
    return meeting_records.load(work.session, and_(m.Meeting.series == key, m.Meeting.series_day >= first))


class Gesture:
    """One gesture on a series in the caller's unit of work: does it, and remembers how to take it back."""

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work
        self._series: list[tuple[Series | None, Series]] = []
        self._made: list[tuple[Place, str]] = []
        self._moved: list[tuple[Place, Place]] = []
        self._cancelled: list[tuple[str, str]] = []
        self._reinstated: list[tuple[str, str]] = []
        self._off: list[Meeting] = []

    @property
    def change(self) -> SeriesChange:
        """What was done."""
        return SeriesChange(
            series=tuple(self._series), made=tuple(self._made), moved=tuple(self._moved),
            cancelled=tuple(self._cancelled), reinstated=tuple(self._reinstated),
        )  # fmt: skip

    def keep(self, *, old: Series | None, new: Series, version: int | None) -> None:
        """Keep a series as it is now."""
        keeping.keep(self._desk, self._work, planning_records.SERIES, new, expected_version=version)
        self._series.append((old, new))

    def book(self, meetings: Sequence[Meeting]) -> None:
        """Keep new meetings; their series know of those that are elsewhere than the rule says.

        A day of a series has one meeting: where that one was moved away, another in its stead is a meeting by itself.
        """
        keys = {one.series for one in meetings if one.series}
        query = select(m.Meeting.series, m.Meeting.series_day).where(m.Meeting.series.in_(keys))
        taken = {tuple(row) for row in self._work.session.execute(query)}
        kept = insert_new(self._desk, self._work, [
            replace(one, series=None, series_day=None) if (one.series, one.series_day) in taken else one
            for one in meetings
        ])  # fmt: skip
        self._made += [(Place.of(one), _seal(one)) for one in kept]
        by: dict[str, list[Meeting]] = {}
        for one in kept:
            if one.series:
                by.setdefault(one.series, []).append(one)
        there = planning_records.load(self._work.session, planning_records.SERIES, m.Series.key.in_(by))
        for key, (series, version) in there.items():
            noted = with_moves_of(self._work, series, by[key])
            if noted != series:
                self.keep(old=series, new=noted, version=version)

    def follow(self, *, old: Series, new: Series, from_: dt.date, reason: str) -> None:
        """Bring what is booked of `old` from `from_` on to the days of `new`; call off what has no day there.

        What is announced or pinned stays, as the day of `new` that it stands for: that day is not booked again.
        """
        there = booked_of(self._work, old.key, first=from_)
        found = {key: one for key, one in there.items() if one[0].status is MeetingStatus.PLANNED}
        if not found:
            return
        reach = 0 if is_daily(new.rrule) else _REACH.get(rule_parts(new.rrule)["FREQ"], _REACH["MONTHLY"])
        last = max(one.series_day or one.date for one, _ in found.values()) + dt.timedelta(days=reach)
        days = occurrences(new, setting_of(self._work, new.unit), first=from_, last=last)
        pairs = _pairs(found, days, reach=reach)
        stay = [
            replace(one, series=new.key, series_day=pairs[key].was)
            for key, (one, _) in found.items() if key in pairs and not _follows(one)
        ]  # fmt: skip
        self._note_moves(new, stay)
        staying = {one.key: one for one in stay}
        for key, (meeting, version) in found.items():
            if key in pairs:
                self.move(meeting, version, to=staying.get(key) or _laid(meeting, new, pairs[key]))
            elif _follows(meeting):
                self.call_off(meeting, version, reason=reason)

    def _note_moves(self, series: Series, meetings: Sequence[Meeting]) -> None:
        noted = with_moves_of(self._work, series, meetings)
        if noted != series:
            version = keeping.kept(self._work, planning_records.SERIES, series.key).version
            self.keep(old=series, new=noted, version=version)

    def end(self, series: Series, *, reason: str) -> None:
        """Call off what is booked after the series' last day."""
        if series.until is not None:
            there = booked_of(self._work, series.key, first=series.until + dt.timedelta(days=1))
            for meeting, version in there.values():
                if _follows(meeting):
                    self.call_off(meeting, version, reason=reason)

    def move(self, meeting: Meeting, version: int, *, to: Meeting) -> None:
        """Hold a planned meeting then and there instead."""
        if to != meeting:
            lay_over(self._desk, self._work, meeting=to, expected_version=version)
            self._moved.append((Place.of(meeting), Place.of(to)))

    def call_off(self, meeting: Meeting, version: int, *, reason: str) -> None:
        """Cancel a meeting with the reason."""

        def cancelled(one: Meeting) -> Meeting:
            return replace(one, cancelled_reason=reason)

        off, _ = take_step(
            self._desk, self._work, meeting.key, version, step=Step.CANCEL, right=Right.WRITE_MEETINGS, change=cancelled
        )
        self._off.append(off)
        sight.log_gesture(self._work, off, action="cancel_meeting", customers=off.customers)
        self._cancelled.append((meeting.key, reason))

    def hand_on(self) -> None:
        """The last of those that were called off hands its customers to the meeting after, which takes them up first.

        Of a longer pause not everybody's: one meeting cannot take them all, and their turn comes by itself.
        """
        if self._off:
            hand_customers_on(self._work, max(self._off, key=lambda one: (one.date, one.start)), keep_change)

    def bring_back(self, meeting: Meeting, version: int) -> None:
        """Take back that a meeting was cancelled."""

        def reinstated(one: Meeting) -> Meeting:
            return replace(one, cancelled_reason=None)

        again, _ = take_step(
            self._desk, self._work, meeting.key, version, step=Step.REINSTATE, right=Right.WRITE_MEETINGS,
            change=reinstated,
        )  # fmt: skip
        take_customers_back(self._work, again, keep_change)
        sight.log_gesture(self._work, again, action="reinstate_meeting", customers=again.customers)
        self._reinstated.append((meeting.key, meeting.cancelled_reason or ""))

    def take_back(self, change: SeriesChange) -> None:
        """Undo another gesture. Raises Conflict when what it did is not as it left it."""
        for old, new in reversed(change.series):  # first: a meeting that moves tells its series
            self._put_back(old, new)
        for place, seal in change.made:
            meeting, version = self._standing(place.key)
            added = any(_by_somebody(item) for item in meeting.items)
            if added or _seal(meeting) != seal:
                raise Conflict("changed_meanwhile")
            remove_planned(self._desk, self._work, key=place.key, expected_version=version)
        for was, now in change.moved:
            meeting, version = self._standing(now.key)
            if Place.of(meeting) != now:
                raise Conflict("changed_meanwhile")
            self.move(meeting, version, to=replace(meeting, **asdict(was)))
        for key, reason in change.cancelled:
            meeting, version = self._standing(key)
            if meeting.cancelled_reason != reason:
                raise Conflict("changed_meanwhile")
            self.bring_back(meeting, version)
        for key, reason in change.reinstated:
            self.call_off(*self._standing(key), reason=reason)

    def _standing(self, key: str) -> tuple[Meeting, int]:
        found = meeting_records.load(self._work.session, m.Meeting.key == key).get(key)
        if found is None:
            raise NotFound("not_found", what="Mötet", key=key)
        return found

    def _put_back(self, old: Series | None, new: Series) -> None:
        there = keeping.kept(self._work, planning_records.SERIES, new.key)
        if there.value != new:
            raise Conflict("changed_meanwhile")
        if old is None:
            keeping.remove(
                self._desk, self._work, planning_records.SERIES, new.key, expected_version=there.version
            )  # fmt: skip
        else:
            self.keep(old=new, new=old, version=there.version)


def _seal(meeting: Meeting) -> str:
    """A digest of what somebody may change of a meeting after it is booked, its points apart; it tells nothing."""
    where = replace(Place.of(meeting), place=meeting.place or None, link=meeting.link or None)
    told = (
        where, meeting.title or None, meeting.chair, meeting.secretary, sorted(map(repr, meeting.participants)),
        sorted(meeting.customers), meeting.regrets, meeting.announced_on, meeting.pinned,
    )  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()


def _follows(meeting: Meeting) -> bool:
    """Whether the meeting follows a change of its series: not once it has begun, is announced or pinned."""
    return meeting.status is MeetingStatus.PLANNED and not meeting.pinned and meeting.announced_on is None


def _pairs(
    found: Mapping[str, tuple[Meeting, int]], days: Sequence[Occurrence], *, reach: int
) -> dict[str, Occurrence]:
    """Each meeting with the nearest day that no other one is nearer to."""
    near = sorted(
        (abs((day.was - was).days), abs(_minutes(day.start) - _minutes(meeting.start)), was, key, n)
        for key, (meeting, _) in found.items()
        for n, day in enumerate(days)
        for was in [meeting.series_day or meeting.date]
        if abs((day.was - was).days) <= reach
    )
    taken: set[int] = set()
    pairs: dict[str, Occurrence] = {}
    for *_, key, n in near:
        if key not in pairs and n not in taken:
            taken.add(n)
            pairs[key] = days[n]
    return pairs


def _minutes(moment: dt.time) -> int:
    return moment.hour * 60 + moment.minute


def _laid(meeting: Meeting, series: Series, to: Occurrence) -> Meeting:
    return replace(
        meeting, date=to.date, start=to.start, end=to.end, place=series.place or meeting.place,
        link=series.link or meeting.link, series=series.key, series_day=to.was,
    )  # fmt: skip
