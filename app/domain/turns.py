"""Whose turn it is to be followed up: what the team has decided about each customer (routine 3.1-3.6).

Along the apartments (särskilt boende), greatest need first (ordinärt boende), everybody (gruppbostad), everybody within
half a year (daglig verksamhet), and in the settings without a round those whose time is up.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.catalogue import Forum, Interval, Setting

_DAYS = {"daily": 1, "weekly": 7, "monthly": 28}
"""A month counts four weeks, so that nobody is left until the meeting after her latest day."""
_UNLISTED = 10**6
_DEFAULT = Interval(frequency="weekly", every=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is decided for one customer: how often in weeks, her place in the priority list (1 is greatest need).

    `put_in_on` says since when an unforeseen event puts her first. `passed_on` is the day of the meeting at which the
    convenor let her turn pass; it is kept, and she comes first again at a later one.
    """

    customer: str
    weeks: int | None = None
    priority: int | None = None
    put_in_on: dt.date | None = None
    put_in_why: str | None = None
    passed_on: dt.date | None = None
    passed_why: str | None = None

    @property
    def key(self) -> str:
        """The customer's own: there is one of hers at most."""
        return self.customer

    def is_put_in(self, last: dt.date | None) -> bool:
        """Whether an unforeseen event puts her first, and she has not been taken up since."""
        return self.put_in_on is not None and (last is None or last < self.put_in_on)

    def is_kept(self, last: dt.date | None) -> bool:
        """Whether a turn that passed is still hers to have."""
        return self.passed_on is not None and (last is None or last < self.passed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How a forum takes its customers up: how many a meeting, and how many days there are between two meetings.

    `by_need`: the team's list comes before the apartments. `months` is the routine's own interval. `only_due`: nobody
    is taken up whose time is not up.
    """

    least: int
    most: int
    step_days: int
    by_need: bool = False
    months: int | None = None
    only_due: bool = False


def follow_up_forum(forums: tuple[Forum, ...]) -> Forum | None:
    """The forum of a unit that follows its customers up: the teammöte, or the reflektionsmöte where there is none."""
    by_key = {one.key: one for one in forums}
    return by_key.get("teammote") or by_key.get("reflektionsmote")


def round_of(forum: Forum, there: int) -> Round | None:
    """How the forum takes up the `there` customers who are there, or None where it takes nobody up.

    Särskilt boende two, ordinärt boende two to four, gruppbostad all, daglig verksamhet each within six months;
    personlig assistans and boendestöd, which have no teammöte, whoever's time is up at the reflektionsmöte.
    """
    interval = forum.interval or _DEFAULT
    step = _DAYS[interval.frequency] * interval.every
    if count := forum.customers_per_meeting:
        by_need = forum.setting is Setting.ORDINART_BOENDE
        return Round(least=count.min, most=count.max, step_days=step, by_need=by_need)
    if months := forum.review_every_months:
        share = -(-there * interval.every // months)
        return Round(least=share, most=share, step_days=step, months=months)
    if forum.key == "teammote":
        return Round(least=there, most=there, step_days=step, by_need=True)
    if forum.key == "reflektionsmote" and forum.setting in (Setting.PERSONLIG_ASSISTANS, Setting.BOENDESTOD):
        return Round(least=0, most=there, step_days=step, by_need=True, only_due=True)
    return None


def latest_day(turn: Turn, last: dt.date | None, of: Round) -> dt.date | None:
    """The last day on which she is followed up in time; None where nothing is decided, or she never was taken up."""
    if last is None:
        return None
    if turn.weeks:
        return last + dt.timedelta(weeks=turn.weeks)
    return _months_after(last, of.months) if of.months else None


def next_up(
    places: Mapping[str, int], *, last: Mapping[str, dt.date], turns: Mapping[str, Turn], of: Round, on: dt.date
) -> tuple[str, ...]:
    """The customers whose turn it is on a day, of those in `places` (key and place along the apartments).

    First come those put in by an unforeseen event, then those whose turn was kept. Then whoever would else not be
    taken up in time, those counted too who have to be taken up at the meetings after this. Then, of those half of
    whose time has gone, greatest need or earliest end first, and so that nobody waits for two rounds. The rest only
    fill the meeting up to its least. Whoever was not taken up yet comes before the next meeting; among equals
    greatest need first, then along the apartments (routine 3.1, 3.2).
    """
    known = {key: turns.get(key, Turn(customer=key)) for key in places}
    here = [key for key, turn in known.items() if not (turn.is_kept(last.get(key)) and on <= (turn.passed_on or on))]
    if not here:
        return ()
    ranked = _Ranking(places, last, known, of, on)
    first = sorted((key for key in here if ranked.is_first(key)), key=ranked.among_first)
    others = [key for key in here if key not in first]
    if of.only_due:
        due = sorted((key for key in others if ranked.breaks(key)), key=ranked.by_end)
        return (*first, *due)[: of.most]
    if of.most >= len(here):
        return (*first, *sorted(others, key=ranked.by_need))
    pressed = ranked.pressed(others)[: max(of.most - len(first), 0)]
    rest = [key for key in others if key not in pressed]
    order = ranked.by_need if of.by_need else ranked.by_end
    ripe = sorted((key for key in rest if ranked.is_ripe(key)), key=order)
    unripe = sorted((key for key in rest if not ranked.is_ripe(key)), key=ranked.by_end)
    whole = (*first, *pressed, *ripe)[: of.most]
    return (*whole, *unripe[: max(of.least - len(whole), 0)])


class _Ranking:
    """How the customers of one meeting compare."""

    def __init__(
        self, places: Mapping[str, int], last: Mapping[str, dt.date], turns: Mapping[str, Turn], of: Round, on: dt.date
    ) -> None:
        self._places, self._last, self._turns, self._of, self._on = places, last, turns, of, on
        meetings = -(-len(places) // max(of.most, 1))
        self._natural = dt.timedelta(days=meetings * of.step_days)

    def is_first(self, key: str) -> bool:
        """Whether she comes before everybody's turn."""
        last = self._last.get(key)
        return self._turns[key].is_put_in(last) or self._turns[key].is_kept(last)

    def among_first(self, key: str) -> tuple[object, ...]:
        """Those put in before those whose turn was kept, each the earliest first."""
        turn, last = self._turns[key], self._last.get(key)
        put_in = turn.is_put_in(last)
        since = (turn.put_in_on if put_in else turn.passed_on) or self._on
        return (not put_in, since, *self._tie(key))

    def by_end(self, key: str) -> tuple[object, ...]:
        """Whose time is up first."""
        return (self._end(key), *self._tie(key))

    def by_need(self, key: str) -> tuple[object, ...]:
        """The team's list first, then along the apartments."""
        return self._tie(key)

    def is_ripe(self, key: str) -> bool:
        """Whether half of her time has gone."""
        last = self._last.get(key)
        return last is None or 2 * (self._on - last) >= self._end(key) - last

    def breaks(self, key: str) -> bool:
        """Whether her time, which was decided, is up before the next meeting; also when she never was taken up."""
        turn, last = self._turns[key], self._last.get(key)
        if last is None:
            return turn.weeks is not None
        end = latest_day(turn, last, self._of)
        return end is not None and end < self._on + dt.timedelta(days=self._of.step_days)

    def pressed(self, keys: list[str]) -> list[str]:
        """Those who have to be taken up now for all to be in time, each in her turn at the meetings after this."""
        ends = sorted((self._limit(key), *self._tie(key), key) for key in keys)
        need = 0
        for count, (end, *_) in enumerate(ends, start=1):
            later = max((end - self._on).days // self._of.step_days, 0)
            need = max(need, count - self._of.most * later)
        return [str(key) for *_, key in ends[:need]]

    def _end(self, key: str) -> dt.date:
        last = self._last.get(key)
        if last is None:
            return dt.date.min
        return latest_day(self._turns[key], last, self._of) or last + self._natural

    def _limit(self, key: str) -> dt.date:
        """By when at the latest: what was decided, else two rounds; somebody new before the next meeting."""
        last = self._last.get(key)
        if last is None:
            return self._on + dt.timedelta(days=self._of.step_days - 1)
        return latest_day(self._turns[key], last, self._of) or last + 2 * self._natural

    def _tie(self, key: str) -> tuple[int, int, str]:
        return self._turns[key].priority or _UNLISTED, self._places[key], key


def _months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
