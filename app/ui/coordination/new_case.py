"""A new case: what goes or came, about whom, and with whom; Enter begins it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import Setting
from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.moves import own_party
from app.domain.coordination.parties import Party, PartyKind, PartyRole, Sector
from app.domain.errors import KnownError
from app.domain.people import Outsider
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit
from app.domain.wording import wording
from app.services.coordination import begin_request
from app.services.customers import customer_labels, get_customer
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.coordination.party_fields import PartyFields
from app.ui.widgets.controls import box, row
from app.ui.widgets.fields import DateField, PersonField, TimeField, choice, chosen, field, fill_choice
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace

_HEALTH = (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE)


@dataclass(frozen=True, slots=True)
class _Offer:
    units: tuple[Unit, ...]
    customers: dict[str, str]


class NewCase(Question):
    """From a customer or a meeting's point it knows whom it is about."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, customer: str = "", item: str = "",
        then: Callable[[str], object] | None = None,
    ) -> None:  # fmt: skip
        self._place, self._customer, self._item, self._then = place, customer, item, then
        self._units: dict[str, Unit] = {}
        self.direction = choice(
            [(Direction.OUT.value, parent.tr("Vi skickar")), (Direction.IN.value, parent.tr("Vi har fått"))]
        )
        self.kind = choice([(one.value, one.label) for one in RequestKind])
        self.unit = choice([])
        self.person = PersonField({})
        self.day = DateField(place.desk.clock.today, place.desk.today, required=True)
        self.time = TimeField(place.desk.clock.now().time().replace(second=0, microsecond=0), required=True)
        self.party = PartyFields(parent, place)
        self._unit_field = field(parent.tr("Enhet"), self.unit)
        self._came = box(row(field(parent.tr("Kom den"), self.day), field(parent.tr("Klockan"), self.time), None))
        super().__init__(
            parent, parent.tr("Nytt samordningsärende"), "",
            box(row(field(parent.tr("Riktning"), self.direction), field(parent.tr("Slag"), self.kind))),
            self._unit_field, field(parent.tr("Vem gäller det?"), self.person,
                                    hint=parent.tr("En kund, eller ett namn om personen inte är kund hos er.")),
            self._came, *self.party.widgets, accept=parent.tr("Börja ärendet"),
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.direction.currentIndexChanged.connect(lambda _: self._fit())
        place.closing.connect(self.reject)
        may_keep = place.desk.may(Right.WRITE_REQUESTS) or place.desk.may(Right.PREPARE_REQUESTS)
        self.party.keep.setChecked(may_keep)
        self.party.keep.setEnabled(may_keep)
        self.party.read(self)
        place.ask(self, _read, self._offer)
        self._fit()

    def _fit(self) -> None:
        self._came.setVisible(self.direction.currentIndex() == 1)
        self.adjustSize()

    def _offer(self, offer: _Offer) -> None:
        self._units = {one.key: one for one in offer.units}
        fill_choice(self.unit, [(one.key, one.name) for one in offer.units])
        self._unit_field.setVisible(len(offer.units) > 1)
        self.person.offer(offer.customers)
        if self._customer:
            self.person.set_person(self._customer)
            self.party.name.setFocus()
        else:
            self.person.setFocus()

    def accept(self) -> None:
        """Begin the case; the dialog stays when that is refused."""
        about, unit = self.person.person, self._units.get(chosen(self.unit))
        if isinstance(about, Outsider) and about.name == self._customer:
            about = self._customer  # whom she may not see by name, from a point of her own meeting
        if about is None or unit is None:
            self.show_fault(self.tr("Skriv vem det gäller."))
            return
        if not self.party.written:
            self.show_fault(self.tr("Skriv vem motparten är."))
            return
        if self.day.day is None or self.time.moment is None:
            self.show_fault(self.tr("Skriv när det kom, till exempel 12/3 och 9.30."))
            return
        incoming = self.direction.currentIndex() == 1
        at = dt.datetime.combine(self.day.day, self.time.moment) if incoming else None
        self._begin(unit, about, Direction.IN if incoming else Direction.OUT, at)

    def _begin(self, unit: Unit, about: str | Outsider, direction: Direction, at: dt.datetime | None) -> None:
        units = self._units
        role = PartyRole.RECEIVING if direction is Direction.OUT else PartyRole.INITIATING
        other, fields = self.party.party("p2", role), self.party
        keep, item, what = fields.keep.isChecked() and fields.keep.isEnabled(), self._item, chosen(self.kind)

        def work(desk: Desk) -> Stored[CoordinationRequest]:
            customer, person = (about, None) if isinstance(about, str) else (None, about)
            home = unit
            if customer is not None and desk.may(Right.READ_CUSTOMERS):
                home = units.get(get_customer(desk, key=customer).value.unit, unit)
            begun = begin_request(
                desk, unit=home.key, kind=RequestKind(what), direction=direction,
                parties=(_own(home, direction), other), customer=customer, person=person, item=item or None, at=at,
            )  # fmt: skip
            if keep:
                fields.kept(desk, other)
            return begun

        self._place.act(
            self, work, self._begun, changed="requests", said=self.tr("Ärendet är påbörjat."),
            otherwise=self._refused,
        )  # fmt: skip

    def _begun(self, kept: Stored[CoordinationRequest]) -> None:
        self.done(1)
        if self._then is not None:
            self._then(kept.value.key)

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.show_fault(wording(error))
            return True
        return False


def _own(unit: Unit, direction: Direction) -> Party:
    """The unit's own party: health care where the municipality gives it, else social services."""
    kind = PartyKind.MUNICIPAL_PRIMARY_CARE if unit.setting in _HEALTH else PartyKind.SOCIAL_SERVICES
    return own_party(unit.name, direction=direction, kind=kind, sector=Sector.PUBLIC)


def _read(desk: Desk) -> _Offer:
    units = tuple(
        one.value for one in list_units(desk)
        if desk.actor.works_in(one.value.key) and one.value.setting is not Setting.LEDNING
    )  # fmt: skip
    customers = customer_labels(desk) if desk.may(Right.READ_CUSTOMERS) else {}
    return _Offer(units, customers)
