"""What somebody on another workstation changed: the tables of her gesture as the kinds of change that pages know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Following(Protocol):
    """Somebody is told of what others change, until it is stopped."""

    def stop(self) -> None:
        """Stop; nothing is told after this."""


_OF_MEETINGS = frozenset({"meetings"})
_OF_CASES = frozenset({"requests"})
KINDS: dict[str, frozenset[str]] = {
    "units": frozenset({"units"}), "wards": frozenset({"units"}), "apartments": frozenset({"units"}),
    "ward_substitutes": frozenset({"units"}), "unit_forums": frozenset({"units"}),
    "members": frozenset({"members"}), "member_units": frozenset({"members"}), "member_wards": frozenset({"members"}),
    "customers": frozenset({"customers"}), "customer_periods": frozenset({"customers"}),
    "meetings": _OF_MEETINGS, "meeting_members": _OF_MEETINGS, "meeting_customers": _OF_MEETINGS,
    "attendance": _OF_MEETINGS, "items": _OF_MEETINGS, "decisions": _OF_MEETINGS, "questions": _OF_MEETINGS,
    "assessments": _OF_MEETINGS, "participation": _OF_MEETINGS, "journal_marks": _OF_MEETINGS,
    "appendices": _OF_MEETINGS, "additions": _OF_MEETINGS, "actions": frozenset({"actions", "meetings"}),
    "accounts": frozenset({"accounts"}), "account_units": frozenset({"accounts"}),
    "emergency_accesses": frozenset({"emergency"}), "log_reviews": frozenset({"log"}),
    "log_review_rows": frozenset({"log"}), "disposals": frozenset({"disposal"}),
    "disposal_counts": frozenset({"disposal"}), "disposal_periods": frozenset({"disposal"}),
    "holds": frozenset({"disposal"}),
    "meeting_regrets": _OF_MEETINGS, "series": _OF_MEETINGS, "series_exdates": _OF_MEETINGS,
    "series_moves": _OF_MEETINGS, "series_pauses": _OF_MEETINGS, "occasions": _OF_MEETINGS, "covers": _OF_MEETINGS,
    "absences": frozenset({"absences"}), "member_hours": frozenset({"members"}), "turns": frozenset({"customers"}),
    "rooms": frozenset({"rooms"}), "travel": frozenset({"rooms"}), "wheel_months": frozenset({"units"}),
    "wheel_themes": frozenset({"units"}), "checklist_runs": frozenset({"checklists"}),
    "checklist_steps": frozenset({"checklists"}), "minutes_comments": frozenset({"minutes"}),
    "minutes_versions": frozenset({"minutes"}), "minutes_receipts": frozenset({"minutes"}),
    "requests": _OF_CASES, "request_fields": _OF_CASES, "request_parties": _OF_CASES, "request_events": _OF_CASES,
    "request_contacts": _OF_CASES, "request_tasks": _OF_CASES, "sip_meetings": _OF_CASES, "deviations": _OF_CASES,
    "party_book": frozenset({"parties"}), "coordination_limits": _OF_CASES,
    "presentations": _OF_MEETINGS, "item_absences": _OF_MEETINGS, "unit_instruments": frozenset({"units"}),
    "preparations": frozenset({"preparations"}),
    "activities": frozenset({"activities"}), "meeting_templates": frozenset({"templates"}),
    "attachments": frozenset({"meetings", "letters"}),
    "attachment_contents": frozenset({"meetings", "letters"}), "letters": frozenset({"letters"}),
    "letter_parts": frozenset({"letters"}),
}  # fmt: skip
EVERYTHING = frozenset(KINDS)
"""Every table that a page shows: what changed is not known."""
SILENT = frozenset({"audit", "drafts", "facts", "preferences"})
"""Tables that nobody else's page shows: what one reads, types or has chosen for herself."""


def kinds_of(tables: Iterable[str]) -> frozenset[str]:
    """The kinds of change of the tables; a table of a later version that this one does not know changes everything."""
    found: set[str] = set()
    for table in set(tables) - SILENT:
        found |= KINDS.get(table) or frozenset().union(*KINDS.values())
    return frozenset(found)
