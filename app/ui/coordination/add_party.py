"""One more party to a case that is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.coordination.cases import CoordinationRequest
from app.domain.coordination.moves import free_party_key
from app.domain.coordination.parties import Party, PartyRole
from app.ui.coordination.party_fields import PartyFields
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


class AddParty(Question):
    """Who, and how they are reached; the message is sent to them in a step of its own."""

    def __init__(
        self, parent: QWidget, place: Workplace, case: CoordinationRequest, *, then: Callable[[Party], object]
    ) -> None:
        self.fields = PartyFields(parent, place)
        super().__init__(
            parent, parent.tr("Lägg till en part"), parent.tr("Meddelandet skickas till dem i ett eget steg sedan."),
            *self.fields.widgets, accept=parent.tr("Lägg till parten"),
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields.keep.hide()
        self.check = lambda: "" if self.fields.written else self.tr("Skriv vem parten är.")
        self.accepted.connect(lambda: then(self.fields.party(free_party_key(case), PartyRole.RECEIVING)))
        place.closing.connect(self.reject)
        self.fields.read(self)
