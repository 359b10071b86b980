"""What the planning of a year proposes: meetings to book or to move, what was displaced, what could not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.meetings import Meeting
from app.domain.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Displaced:
    """A meeting that is not on the day its pattern gives, and why."""

    unit: str
    forum: str
    ward: str | None = None
    from_: dt.date
    to: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMeeting:
    """One meeting of the plan; when it is booked already, `before` is it as it stands, in its `version`."""

    meeting: Meeting
    before: Meeting | None = None
    version: int = 0
    why: str = ""
    """Why it does not stay where it is booked, in words, where that is known."""

    @property
    def is_new(self) -> bool:
        """Whether it is not booked yet."""
        return self.before is None

    @property
    def is_moved(self) -> bool:
        """Whether it is booked and gets another time."""
        now, then = self.meeting, self.before
        return then is not None and (now.date, now.start, now.end) != (then.date, then.start, then.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedYear:
    """The whole proposal, meetings in order of time; nothing of it is kept until it is applied."""

    meetings: tuple[ProposedMeeting, ...]
    displaced: tuple[Displaced, ...]
    conflicts: tuple[str, ...]
    series: tuple[Series, ...] = ()
    """The rules that new meetings are days of, where there was none; kept with the first meeting of theirs."""

    def series_of(self, wanted: Iterable[ProposedMeeting]) -> tuple[Series, ...]:
        """The new series of the meetings that are wanted."""
        keys = {one.meeting.series for one in wanted if one.is_new}
        return tuple(one for one in self.series if one.key in keys)
