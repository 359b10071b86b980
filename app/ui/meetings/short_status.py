"""What a trigger of a pulsmöte says of where a customer is, kept in her register where the person may."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.customers import Customer, CustomerStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import in_sentence
from app.services.customers import change_status, get_customer, save_customer
from app.services.desk import Desk
from app.ui.workplace import Workplace

Change = tuple[Stored[Customer], Stored[Customer] | None]
"""The customer before, and after where anything changed."""


def set_status(owner: QObject, place: Workplace, *, customer: str, status: CustomerStatus) -> None:
    """She is there from today on; it can be taken back. Without the right to her register nothing but the row says."""
    may = place.desk.may(Right.WRITE_CUSTOMERS) or place.desk.may(Right.WRITE_REGISTERS)
    if not may:
        place.told.emit(owner.tr("Läget i kundregistret ändras av sjuksköterska eller enhetschef."))
        return

    def work(desk: Desk) -> Change:
        before = get_customer(desk, key=customer)
        if before.value.status_on(desk.today) is status:
            return before, None
        return before, change_status(
            desk, key=customer, status=status, on=desk.today, expected_version=before.version
        )  # fmt: skip

    def changed(found: Change) -> None:
        before, after = found
        if after is None:
            return
        label = before.value.label
        phrase = owner.tr("{0}: {1}").format(label, in_sentence(status.label))
        back = place.way_back(
            phrase, lambda desk: save_customer(desk, customer=before.value, expected_version=after.version),
            changed="customers",
        )  # fmt: skip
        place.remember(back)
        place.told.emit(owner.tr("{0} från i dag. Ångra med Ctrl+Z.").format(phrase))

    place.act(owner, work, changed, changed="customers")
