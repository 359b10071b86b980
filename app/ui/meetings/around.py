"""What a meeting's page reads besides the meeting: rights there, names, the team, and drafts that were left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.attachments import Attachment
from app.domain.calls import closing_day
from app.domain.catalogue import Setting
from app.domain.instruments import Instruments
from app.domain.lifting import LiftChoice, lift_choices
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.turn_list import TurnNote
from app.domain.turns import follow_up_forum
from app.domain.units import Unit
from app.services import meetings as services
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.drafts import Draft, read_draft
from app.services.preferences import get_preference
from app.services.proposals import own_forum
from app.services.rooms import room_names
from app.services.team import list_members, member_names
from app.services.text_modules import get_text_modules
from app.services.turn_reasons import open_in_turn
from app.services.units import get_unit

MEETING, ADDITION = "meeting", "addition"
"""The kinds of drafts that are kept of a meeting."""
PACE = "meeting_pace"
"""The person's value in which the time of the meeting under way is kept."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the meeting's page shows beside the meeting itself."""

    rights: frozenset[Right]
    names: dict[str, str]
    professions: dict[str, str]
    own_team: tuple[str, ...]
    addition: str
    """An addition that was begun and not made."""
    customers: dict[str, str]
    unit_name: str
    ward_name: str
    forum_name: str
    notes: dict[str, TurnNote]
    """Why each customer is on the meeting, as far as the person sees her."""
    closes_on: dt.date | None
    """The last day for points to the agenda."""
    lifts: tuple[LiftChoice, ...] = ()
    """Where a point may be lifted, what the routine says first."""
    rooms: tuple[str, ...] = ()
    """What the meeting's place may be called: the unit's rooms."""
    modules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences that notes are completed with: under `any` point, and under one about a `customer`."""
    setting: Setting = Setting.LEDNING
    """The unit's."""
    when_needed: bool = False
    """Whether the forum is held only when needed: a day without it is no missed meeting."""
    pace: str = ""
    """The time of a meeting under way, as it was kept when the person last was here."""
    files: tuple[Attachment, ...] = ()
    """The files of the meeting and its points that the person sees."""
    instruments: Instruments = field(default_factory=lambda: Instruments(()))
    """What risks are assessed with in the unit."""
    follow_up: str = ""
    """The forum that follows the unit's customers up."""


def _forum_names(desk: Desk, unit: Unit) -> dict[str, str]:
    """The unit's forums and those of management, by key."""
    settings = (unit.setting, Setting.LEDNING)
    return {one.key: one.name for setting in settings for one in desk.catalogue.forums(setting)}


def read_around(desk: Desk, key: str) -> tuple[Stored[Meeting], Around, Draft | None]:
    """The meeting as the person sees it, what is around it, and a draft of it that was never saved."""
    stored, notes, files = open_in_turn(desk, key=key)
    meeting = stored.value
    unit = get_unit(desk, key=meeting.unit).value
    team = [one.value for one in list_members(desk, unit=meeting.unit)]
    ward = unit.ward(meeting.ward) if meeting.ward else None
    begun = read_draft(desk, kind=ADDITION, key=key)
    forum = own_forum(desk, unit=unit, forum=meeting.forum)
    around = Around(
        rights=services.may_at(desk, meeting=meeting), names=member_names(desk),
        professions={one.value.key: one.value.profession for one in list_members(desk, include_ended=True)},
        addition=begun.content if begun is not None else "",
        own_team=tuple(one.key for one in team if one.active_on(meeting.date)),
        customers=customer_labels(desk, meeting=key), unit_name=unit.name,
        ward_name=ward.name if ward else "", forum_name=forum.name,
        notes={one.customer: one for one in notes}, closes_on=closing_day(forum, meeting.date),
        lifts=lift_choices(unit.setting, meeting.forum, forums=_forum_names(desk, unit)),
        rooms=room_names(desk, unit=unit.key), modules=get_text_modules(desk, unit=unit.key), setting=unit.setting,
        when_needed=bool(forum.interval and forum.interval.when_needed),
        pace=str(get_preference(desk, name=PACE, default="")), files=files,
        instruments=desk.catalogue.instruments(unit.instruments), follow_up=_follow_up(desk, unit),
    )  # fmt: skip
    draft = read_draft(desk, kind=MEETING, key=key)
    return stored, around, draft


def _follow_up(desk: Desk, unit: Unit) -> str:
    found = follow_up_forum(desk.catalogue.forums(unit.setting))
    return found.key if found is not None else ""
