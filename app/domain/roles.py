"""Who may do what: account roles, the rights they give, and how a meeting's roles come before them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Role(StrEnum):
    """The account's role."""

    MANAGER = "enhetschef"
    LICENSED = "licensed"
    CARE_STAFF = "care_staff"
    SECRETARY = "secretary"
    READER = "reader"

    @property
    def label(self) -> str:
        """The Swedish name of the role."""
        return _LABELS[self]


_LABELS = {
    Role.MANAGER: "Enhetschef",
    Role.LICENSED: "Legitimerad personal",
    Role.CARE_STAFF: "Omvårdnadspersonal",
    Role.SECRETARY: "Sekreterare",
    Role.READER: "Läsare",
}


class Right(StrEnum):
    """One thing a person may be allowed to do."""

    READ_MEETINGS = auto()
    WRITE_MEETINGS = auto()
    PROPOSE_ITEMS = auto()
    READ_MINUTES = auto()
    WRITE_MINUTES = auto()
    APPROVE_MINUTES = auto()
    READ_CUSTOMERS = auto()
    WRITE_CUSTOMERS = auto()
    READ_REGISTERS = auto()
    WRITE_REGISTERS = auto()
    COMPLETE_ACTIONS = auto()
    PRINT = auto()
    EXCHANGE = auto()
    MANAGE_ACCOUNTS = auto()
    RESTORE = auto()
    OWN_ACCOUNT = auto()


_READERS = frozenset({Right.READ_MEETINGS, Right.READ_REGISTERS, Right.OWN_ACCOUNT})
_STAFF = _READERS | {Right.PROPOSE_ITEMS, Right.READ_MINUTES, Right.READ_CUSTOMERS, Right.COMPLETE_ACTIONS}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.MANAGER: frozenset(Right),
    Role.LICENSED: _STAFF | {Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.PRINT},
    Role.CARE_STAFF: _STAFF,
    Role.SECRETARY: _STAFF | {Right.WRITE_MEETINGS},
    Role.READER: _READERS,
}


class MeetingRole(StrEnum):
    """What the person is at one meeting; it gives rights there whatever the account's role."""

    CONVENOR = auto()
    SECRETARY = auto()
    APPROVER = auto()


MEETING_RIGHTS: dict[MeetingRole, frozenset[Right]] = {
    MeetingRole.CONVENOR: frozenset({Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.APPROVE_MINUTES, Right.PRINT}),
    MeetingRole.SECRETARY: frozenset({Right.WRITE_MINUTES, Right.PRINT}),
    MeetingRole.APPROVER: frozenset({Right.APPROVE_MINUTES}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person at work: account, role, the units she is limited to (None: every unit), her member key if any."""

    user: str
    full_name: str
    role: Role
    units: frozenset[str] | None = None
    member: str | None = None

    def may(self, right: Right, *, at: frozenset[MeetingRole] = frozenset()) -> bool:
        """Whether the account's role, or a role `at` the meeting in question, gives `right`."""
        return right in RIGHTS[self.role] or any(right in MEETING_RIGHTS[role] for role in at)

    def sees(self, unit: str) -> bool:
        """Whether the account's unit limits let the person see `unit`."""
        return self.units is None or unit in self.units
