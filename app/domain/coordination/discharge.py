"""The days of a discharge from hospital (2017:612), counted from the hospital's notices as the law counts them.

Outside the guideline of outpatient care. Each rule names its section; the figures of days are the law's own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.coordination.cases import Discharge

_NOTICE_HOURS = 24
_SIP_DAYS = 3
_FREE_DAYS = 3
_NOON = dt.time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing that is to be done by a moment: what, when at the latest, and by which section."""

    words: str
    at: dt.datetime
    section: str
    day_only: bool = False

    def is_past(self, now: dt.datetime) -> bool:
        """Whether the moment is gone."""
        return self.at < now


def deadlines(discharge: Discharge | None) -> tuple[Deadline, ...]:
    """What the hospital's notices set going, in the order of time; none without a notice."""
    if discharge is None:
        return ()
    found = []
    if discharge.admitted_at is not None:
        at = discharge.admitted_at + dt.timedelta(hours=_NOTICE_HOURS)
        found.append(Deadline(words="Sjukhusets inskrivningsmeddelande", at=at, section="2 kap. 1 §"))
    if discharge.ready_at is not None:
        last = discharge.ready_at.date() + dt.timedelta(days=_SIP_DAYS)
        found.append(
            Deadline(
                words="Fast vårdkontakt kallar till SIP", at=dt.datetime.combine(last, dt.time(23, 59)),
                section="4 kap. 3 §", day_only=True,
            )
        )  # fmt: skip
        found.append(
            Deadline(
                words="Kommunens betalningsansvar börjar",
                at=dt.datetime.combine(liable_from(discharge.ready_at), dt.time()), section="5 kap. 4–6 §§",
                day_only=True,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.at))


def liable_from(ready_at: dt.datetime) -> dt.date:
    """The first day that the municipality pays for: three days after the notice, four when it came after noon.

    Days are counted from the day after the notice, weekends included; the free days are whole days.
    """
    free = _FREE_DAYS + (1 if ready_at.time() > _NOON else 0)
    return ready_at.date() + dt.timedelta(days=free)
