"""What a point begins with when it is added from something, and at which meeting it is most likely meant to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.meetings import MeetingRow

_DAILY = ("pulsmote", "daglig-avstamning")
_NOT_OF_CUSTOMERS = ("apt", "kvalitetsmote", "borad", "aktivitetsrad")
_NEAR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStart:
    """Heading and background, and whom it is about; `unit` and `ward` say among which meetings it belongs."""

    heading: str = ""
    text: str = ""
    customer: str = ""
    unit: str = ""
    ward: str = ""


NOWHERE = PointStart()
"""Begun from nothing: Ctrl+N on a page that is about no one thing."""


def is_offered(meeting: MeetingRow, *, today: dt.date) -> bool:
    """Whether points wait for the meeting: for a daily one only until it is near."""
    return meeting.forum not in _DAILY or meeting.date <= today + _NEAR


def best_first(
    meetings: Collection[MeetingRow], start: PointStart, *, mine: Collection[str], now: dt.datetime
) -> list[MeetingRow]:
    """The meetings that are not over, those that the point is most likely meant for first.

    A customer's own unit and ward before others, then meetings the person is called to, then the nearest. The daily
    ones come last: points seldom wait for them; and a customer is seldom taken up at an APT.
    """
    ahead = [one for one in meetings if (one.date, one.end) > (now.date(), now.time())]

    def rank(one: MeetingRow) -> tuple[object, ...]:
        return (
            bool(start.unit) and one.unit != start.unit, one.forum in _DAILY,
            bool(start.customer) and one.forum in _NOT_OF_CUSTOMERS, bool(start.ward) and one.ward != start.ward,
            one.key not in mine, one.date, one.start,
        )  # fmt: skip

    return sorted(ahead, key=rank)
