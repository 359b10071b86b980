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
    """One thing a person may be allowed to do. How far the reading rights reach at one meeting is said in `sight`."""

    READ_MEETINGS = auto()
    WRITE_MEETINGS = auto()
    PROPOSE_ITEMS = auto()
    READ_MINUTES = auto()
    """Minutes of every meeting."""
    READ_SHARED_MINUTES = auto()
    """Minutes of meetings that have been held."""
    READ_OWN_MINUTES = auto()
    """Minutes of meetings the person is called to, and of her own points."""
    WRITE_MINUTES = auto()
    APPROVE_MINUTES = auto()
    READ_CUSTOMERS = auto()
    """Customers the person is assigned to."""
    READ_EVERY_CUSTOMER = auto()
    """Customers whoever is assigned to them."""
    WRITE_CUSTOMERS = auto()
    READ_REGISTERS = auto()
    READ_CHECKLISTS = auto()
    """Checklists under way in one's units; what is about a customer only where she may be seen."""
    READ_LETTERS = auto()
    """Information letters of one's units that have gone out."""
    WRITE_LETTERS = auto()
    """Write information letters, and mark them as sent."""
    RUN_CHECKLISTS = auto()
    """Begin checklists, tick their steps off and write in them."""
    KEEP_ACTIVITIES = auto()
    """The month's activities; an individual one only of a customer whom one sees."""
    WRITE_REGISTERS = auto()
    READ_CONSENT = auto()
    READ_CONSENT_STATUS = auto()
    """Whether there is consent or another basis, and nothing else of it."""
    WRITE_CONSENT = auto()
    READ_REQUESTS = auto()
    READ_REQUEST_COUNTS = auto()
    """The numbers of coordination, without anybody in them."""
    WRITE_REQUESTS = auto()
    DRAFT_REQUESTS = auto()
    """Write drafts about customers the person is assigned to."""
    PREPARE_REQUESTS = auto()
    """Begin a case and fill in who takes part, without what it says of the person."""
    SEND_REQUESTS = auto()
    COMPLETE_ACTIONS = auto()
    PRINT = auto()
    """Papers with customers' data on them; papers without are everybody's who reads the meeting."""
    PRINT_OWN = auto()
    """Such papers of meetings at which the person is the named secretary."""
    EXCHANGE = auto()
    MANAGE_ACCOUNTS = auto()
    RESTORE = auto()
    DISPOSE = auto()
    """Gallring: periods, holds and proposals; a proposal is carried out by two."""
    OWN_ACCOUNT = auto()
    SEE_OWN_LOG = auto()
    """The log's rows of what one did oneself."""
    OVERSEE_LOG = auto()
    """The log of one's units whoever acted, and the samples of it that are gone through."""
    TELL_ABSENCE = auto()
    """One's own absence, and that one cannot come to a meeting one is called to: for who is a member of the team."""
    RESPOND_TO_MINUTES = auto()
    """Comment minutes that are out for comments, and say that one has read them: for whom the meeting concerns."""
    OPEN_EMERGENCY = auto()
    """Open a unit's customers for an hour, for a typed reason (nödöppning)."""
    SEE_EMERGENCIES = auto()
    """See who opened customers in an emergency, and take note of it."""


READING = frozenset(
    {
        Right.READ_MEETINGS, Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES,
        Right.READ_CUSTOMERS, Right.READ_EVERY_CUSTOMER, Right.READ_REGISTERS, Right.READ_CHECKLISTS,
        Right.READ_LETTERS, Right.PRINT, Right.PRINT_OWN, Right.READ_CONSENT, Right.READ_CONSENT_STATUS,
        Right.READ_REQUESTS, Right.READ_REQUEST_COUNTS,
    }
)  # fmt: skip
"""Rights that change nothing: an emergency opens a unit for gestures that need no others."""


_EVERYBODY = frozenset({
    Right.READ_MEETINGS, Right.READ_REGISTERS, Right.READ_CHECKLISTS, Right.OWN_ACCOUNT, Right.SEE_OWN_LOG,
    Right.TELL_ABSENCE, Right.RESPOND_TO_MINUTES, Right.READ_LETTERS,
})  # fmt: skip
_STAFF = _EVERYBODY | {
    Right.PROPOSE_ITEMS, Right.COMPLETE_ACTIONS, Right.RUN_CHECKLISTS, Right.KEEP_ACTIVITIES,
}  # fmt: skip
_ALL_THERE_IS = frozenset({Right.READ_MINUTES, Right.READ_CUSTOMERS, Right.READ_EVERY_CUSTOMER})
_PARTS = frozenset({
    Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES, Right.PRINT_OWN, Right.READ_CONSENT_STATUS, Right.DRAFT_REQUESTS,
    Right.PREPARE_REQUESTS, Right.READ_REQUEST_COUNTS,
})  # fmt: skip
"""What whoever may read all minutes and print everything needs no right to besides."""

RIGHTS: dict[Role, frozenset[Right]] = {
    # She keeps the customers' register by WRITE_REGISTERS; their health details she only reads.
    Role.MANAGER: frozenset(Right)
    - {Right.WRITE_CUSTOMERS, Right.OPEN_EMERGENCY, Right.WRITE_CONSENT, Right.SEND_REQUESTS}
    - _PARTS,
    Role.LICENSED: _STAFF
    | _ALL_THERE_IS
    | {Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.WRITE_LETTERS, Right.PRINT}
    | {Right.OPEN_EMERGENCY, Right.READ_CONSENT, Right.WRITE_CONSENT}
    | {Right.READ_REQUESTS, Right.WRITE_REQUESTS, Right.SEND_REQUESTS},
    Role.CARE_STAFF: _STAFF
    | {Right.READ_OWN_MINUTES, Right.READ_CUSTOMERS, Right.OPEN_EMERGENCY}
    | {Right.READ_CONSENT_STATUS, Right.DRAFT_REQUESTS},
    Role.SECRETARY: _STAFF
    | {Right.READ_MINUTES, Right.WRITE_MEETINGS, Right.WRITE_LETTERS, Right.PRINT_OWN}
    | {Right.READ_CONSENT_STATUS, Right.PREPARE_REQUESTS},
    Role.READER: _EVERYBODY | {Right.READ_SHARED_MINUTES, Right.READ_REQUEST_COUNTS},
}


class MeetingRole(StrEnum):
    """What the person is at one meeting; it gives rights there whatever the account's role."""

    CONVENOR = auto()
    SECRETARY = auto()
    APPROVER = auto()


MEETING_RIGHTS: dict[MeetingRole, frozenset[Right]] = {
    MeetingRole.CONVENOR: _ALL_THERE_IS | {Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.APPROVE_MINUTES},
    MeetingRole.SECRETARY: _ALL_THERE_IS | {Right.WRITE_MINUTES},
    MeetingRole.APPROVER: _ALL_THERE_IS | {Right.APPROVE_MINUTES},
}
"""What the roles at a meeting add there. Printing customers' data is not among it: that follows the account alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person at work: account, role, the units she is limited to (None: every unit), her member key if any.

    `emergency` are the units whose customers she has opened in an emergency, for the gesture under way.
    """

    user: str
    full_name: str
    role: Role
    units: frozenset[str] | None = None
    member: str | None = None
    emergency: frozenset[str] = frozenset()

    def may(self, right: Right, *, at: frozenset[MeetingRole] = frozenset()) -> bool:
        """Whether the account's role, or a role `at` the meeting in question, gives `right`."""
        return right in RIGHTS[self.role] or any(right in MEETING_RIGHTS[role] for role in at)

    def sees(self, unit: str) -> bool:
        """Whether the account's unit limits, or an emergency, let the person see `unit`."""
        return self.works_in(unit) or unit in self.emergency

    def works_in(self, unit: str) -> bool:
        """Whether the account's unit limits let the person see `unit`, emergencies apart."""
        return self.units is None or unit in self.units
