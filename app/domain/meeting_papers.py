"""What the reports about meetings are handed: a meeting with every name looked up, and how much of it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.attachments import Appendix
from app.domain.meetings import Meeting
from app.domain.minutes_forms import WHOLE, MinutesPart


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPapers:
    """Everything a report about a meeting needs, names looked up: agenda and minutes are drawn from it alone."""

    meeting: Meeting
    unit_name: str
    setting_label: str
    forum_name: str
    ward_name: str | None
    names: dict[str, str]
    professions: dict[str, str]
    customers: dict[str, str]
    has_customer_data: bool
    prepared_on: dt.date
    closes_on: dt.date | None = None
    """The last day for points to the agenda."""
    covers: str = ""
    """Who works on the wards meanwhile, in words; empty where that is not said."""
    appendices: tuple[Appendix, ...] = ()
    """Texts and files as one list, with what is in the files where they are to be printed behind."""
    part: MinutesPart = WHOLE
    """How much of the minutes this is."""

    @property
    def forum_and_ward(self) -> str:
        """The forum with its ward: what the meeting may be called where nobody may be named."""
        return f"{self.forum_name} {self.ward_name}" if self.ward_name else self.forum_name

    @property
    def heading(self) -> str:
        """The meeting's own title, else forum and ward."""
        return self.meeting.title or self.forum_and_ward
