"""Where a receiving party, and with it a request, stands."""

from __future__ import annotations

from enum import StrEnum


class RequestStatus(StrEnum):
    """Where a receiving party stands, and the request by its least advanced one that is still open."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    COMPLETION_ASKED = "completion_asked"
    COMPLETION_GIVEN = "completion_given"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MISDIRECTED = "misdirected"
    COORDINATING = "coordinating"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _STATUSES[self]

    @property
    def ended(self) -> bool:
        """Whether nothing more is waited for."""
        return self in ENDED


_STATUSES = {
    RequestStatus.DRAFT: "Utkast",
    RequestStatus.SENT: "Skickad",
    RequestStatus.ACKNOWLEDGED: "Bekräftad",
    RequestStatus.COMPLETION_ASKED: "Komplettering begärd",
    RequestStatus.COMPLETION_GIVEN: "Kompletterad",
    RequestStatus.ACCEPTED: "Accepterad",
    RequestStatus.DECLINED: "Avböjd",
    RequestStatus.MISDIRECTED: "Felsänd",
    RequestStatus.COORDINATING: "Samordning pågår",
    RequestStatus.CLOSED: "Avslutad",
    RequestStatus.CANCELLED: "Makulerad",
}
ENDED = frozenset({
    RequestStatus.DECLINED, RequestStatus.MISDIRECTED, RequestStatus.CLOSED, RequestStatus.CANCELLED,
})  # fmt: skip
