"""The pages of the window: the rail's entries in order, and where each page's code lies."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.roles import Right

if TYPE_CHECKING:
    from app.ui.widgets.pages import Page
    from app.ui.workplace import Workplace


LAST_KEY = 9
"""Places after this one have no key with a number."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail."""

    name: str
    title: str
    icon: str
    right: Right = Right.OWN_ACCOUNT
    """Without it there is nothing to see there, and no entry; the others keep their numbers."""


PLACES = (
    Place("today", str(QT_TRANSLATE_NOOP("Rail", "Idag")), "house"),
    Place("calendar", str(QT_TRANSLATE_NOOP("Rail", "Kalender")), "calendar-days"),
    Place("meetings", str(QT_TRANSLATE_NOOP("Rail", "Möten")), "clipboard-list"),
    Place("customers", str(QT_TRANSLATE_NOOP("Rail", "Kunder")), "bed", Right.READ_CUSTOMERS),
    Place("team", str(QT_TRANSLATE_NOOP("Rail", "Team")), "users"),
    Place("actions", str(QT_TRANSLATE_NOOP("Rail", "Åtgärder")), "list-checks"),
    Place("coordination", str(QT_TRANSLATE_NOOP("Rail", "Samordning")), "handshake"),
    Place("checklists", str(QT_TRANSLATE_NOOP("Rail", "Checklistor")), "clipboard-check"),
    Place("letters", str(QT_TRANSLATE_NOOP("Rail", "Brev")), "mail", Right.READ_LETTERS),
    Place("settings", str(QT_TRANSLATE_NOOP("Rail", "Inställningar")), "settings"),
)
_CODE = {
    "today": ("app.ui.today", "TodayPage"),
    "calendar": ("app.ui.calendar.page", "CalendarPage"),
    "meetings": ("app.ui.meetings.list_page", "MeetingsPage"),
    "meeting": ("app.ui.meetings.page", "MeetingPage"),
    "plan": ("app.ui.planning.plan_page", "PlanPage"),
    "series": ("app.ui.planning.series_page", "SeriesPage"),
    "wheel": ("app.ui.planning.wheel_page", "WheelPage"),
    "turns": ("app.ui.planning.turns_page", "TurnsPage"),
    "away": ("app.ui.planning.away_page", "AwayPage"),
    "rooms": ("app.ui.planning.rooms_page", "RoomsPage"),
    "sick": ("app.ui.planning.sick_page", "SickPage"),
    "customers": ("app.ui.registers.customers", "CustomersPage"),
    "history": ("app.ui.history.page", "HistoryPage"),
    "team": ("app.ui.registers.team", "TeamPage"),
    "activities": ("app.ui.activities.page", "ActivitiesPage"),
    "actions": ("app.ui.actions.page", "ActionsPage"),
    "waiting": ("app.ui.after.waiting_page", "WaitingPage"),
    "handover": ("app.ui.handover.page", "HandoverPage"),
    "coordination": ("app.ui.coordination.page", "CoordinationPage"),
    "case": ("app.ui.coordination.case_page", "CasePage"),
    "checklists": ("app.ui.checklists.page", "ChecklistsPage"),
    "search": ("app.ui.search.page", "SearchPage"),
    "letters": ("app.ui.letters.page", "LettersPage"),
    "settings": ("app.ui.settings.page", "SettingsPage"),
}
_SOON = ("today", "meetings", "meeting")
_GIVE_WAY = 0.005
"""Seconds."""
BELONGS_TO = {
    "meeting": "meetings", "plan": "meetings", "series": "meetings", "turns": "meetings", "wheel": "meetings",
    "away": "meetings", "rooms": "meetings", "sick": "meetings", "activities": "calendar",
    "waiting": "actions",
    "history": "customers", "handover": "today", "case": "coordination",
}  # fmt: skip
"""Pages that have no entry of their own, and the entry they lie under."""


def places_for(may: Callable[[Right], bool]) -> dict[int, Place]:
    """The entries that somebody meets who may what `may` says, by the number that Ctrl takes there."""
    return {number: one for number, one in enumerate(PLACES, start=1) if may(one.right)}


def is_page(name: str) -> bool:
    """Whether there is a page of that name."""
    return name in _CODE


def make_page(name: str, place: Workplace) -> Page:
    """The page of that name; its module is loaded now."""
    module, kind = _CODE[name]
    found: Page = getattr(import_module(module), kind)(place)
    return found


def load_other_pages() -> int:
    """Load the code of the other pages, module by module, so that a first visit only has to build its page.

    For a thread of its own: between the modules it gives way to whatever the person does.
    """
    others = [code for name, (code, _) in _CODE.items() if name not in _SOON]
    for code in others:
        import_module(code)
        time.sleep(_GIVE_WAY)
    return len(others)


def load_pages() -> int:
    """Load the code of the pages that most people visit first; returns how many modules there are."""
    return len([import_module(_CODE[name][0]) for name in _SOON])
