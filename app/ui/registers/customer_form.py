"""The form of one customer: reference, home, protection and the named staff; never a personnummer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.domain.customers import Contacts, Customer
from app.domain.errors import KnownError
from app.domain.people import Outsider
from app.domain.personnummer import has_personnummer
from app.domain.swedish import sort_key
from app.domain.team import Member, Professions
from app.domain.units import Unit
from app.domain.wording import wording
from app.services.desk import Desk
from app.ui.registers.home import Home
from app.ui.registers.kept_form import KeptForm, State
from app.ui.widgets.controls import box, button, column, label, mark_wrong
from app.ui.widgets.fields import PersonField, field, line, name_editor

CONTACTS = ("permanent_care_contact", "responsible_nurse", "physiotherapist", "occupational_therapist")


class CustomerForm(KeptForm):
    """All that is kept of a customer but her status, which has a history of its own."""

    reveal_asked = Signal()
    """The person wants to see what a protected identity hides; the page asks for it, which is logged."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._professions: Professions = desk.professions
        self._members: tuple[Member, ...] = ()
        self._names: dict[str, str] = {}
        self.reference, self.code = line(longest=80, watched=False), line(longest=80, watched=False)
        self.warning = label(role="overdue", wrap=True)
        self.warning.hide()
        self.home = Home()
        self.protected = QCheckBox(self.tr("Skyddad identitet"))
        name_editor(self.protected, self.tr("Skyddad identitet"))
        self.reveal = button(
            self.tr("Visa referens och lägenhet"), self.reveal_asked.emit, kind="quiet", icon_name="eye"
        )
        self.contacts = {name: PersonField({}, name=title) for name, title in self._contact_titles().items()}
        self._lay_out()
        for name, editor in (
            ("reference", self.reference), ("unit", self.home.unit_choice), ("ward", self.home.ward_choice),
            ("apartment", self.home.apartment_choice), ("protected", self.protected), ("code", self.code),
            *self.contacts.items(),
        ):  # fmt: skip
            self.keep(name, editor)
        for text in (self.reference, self.code):
            text.textChanged.connect(lambda _: self._watch_numbers())
        self.protected.toggled.connect(lambda _: self._show_protection())
        self.home.unit_changed.connect(self._offer_contacts)

    def _contact_titles(self) -> dict[str, str]:
        titles = (
            self.tr("Fast omsorgskontakt"), self.tr("Ansvarig sjuksköterska"), self.tr("Fysioterapeut"),
            self.tr("Arbetsterapeut"),
        )  # fmt: skip
        return dict(zip(CONTACTS, titles, strict=True))

    def _lay_out(self) -> None:
        hint = self.tr("Initialer eller en egen referens, aldrig personnummer.")
        self._reference_field = field(self.tr("Referens"), self.reference, hint=hint)
        self._code_field = field(
            self.tr("Kod som visas i stället"),
            self.code,
            hint=self.tr("Bara koden visas i listor och på papper. Lämnas fältet tomt görs en."),
        )
        titles = self._contact_titles()
        self.lay_out(
            box(column(self._reference_field, self.warning, self.reveal, space=4)),
            self.home,
            box(column(self.protected, self._code_field, space=4)),
            *(field(titles[name], editor) for name, editor in self.contacts.items()),
        )

    @property
    def state(self) -> State:
        """What stands in the fields; a personnummer typed by mistake is never kept, not in a draft either."""
        found = super().state
        return {
            name: "" if isinstance(value, str) and has_personnummer(value) else value for name, value in found.items()
        }

    def offer(self, units: Sequence[Unit], *, members: Sequence[Member], names: Mapping[str, str]) -> None:
        """Offer these units and members; `names` has those too who have left."""
        self._members, self._names = tuple(members), dict(names)
        self.home.offer(units)
        self._offer_contacts()

    def _offer_contacts(self) -> None:
        unit, today = self.home.unit, self._desk.today
        able = [one for one in self._members if unit in one.units and one.active_on(today)]
        for name, editor in self.contacts.items():
            names = {one.key: one.name for one in able}
            held = editor.person
            if isinstance(held, str):
                names.setdefault(held, self._names.get(held, held))
            first = sorted(
                (one for one in able if self._fits(name, one.profession)), key=lambda one: sort_key(one.name)
            )
            editor.offer(names, first=[one.key for one in first])

    def _fits(self, contact: str, profession: str) -> bool:
        found = self._professions.find(profession)
        if found is None:
            return False
        return {
            "permanent_care_contact": found.role == "care_staff",
            "responsible_nurse": found.licensed and found.name.lower().endswith("sjuksköterska"),
            "physiotherapist": found.name == "Fysioterapeut",
            "occupational_therapist": found.name == "Arbetsterapeut",
        }[contact]

    def fill(self, customer: Customer | None, *, unit: str = "", ward: str | None = None) -> None:
        """Show a customer, or an empty form for one who moves in at `unit` and `ward`."""
        self.reference.setText(customer.reference if customer else "")
        if customer is None:
            self.home.show_home(unit=unit, ward=ward, apartment=None)
        else:
            self.home.show_home(unit=customer.unit, ward=customer.ward, apartment=customer.apartment)
        self.home.show_place(customer is None)
        self.protected.setChecked(bool(customer and customer.protected))
        self.code.setText(customer.code or "" if customer else "")
        held = customer.contacts if customer and customer.contacts else Contacts()
        for name, editor in self.contacts.items():
            key = getattr(held, name)
            editor.offer({key: self._names.get(key, key)} if key else {})
            editor.set_person(key)
        self._offer_contacts()
        self._show_protection()
        hidden = customer is not None and customer.protected
        self.reveal.setVisible(hidden)
        self._hide(hidden)

    def _hide(self, hidden: bool) -> None:
        self.home.show_apartment(not hidden)
        self._reference_field.setVisible(not hidden)

    def show_hidden(self, customer: Customer) -> None:
        """Show what was hidden; that is no change of the form."""
        self.reference.setText(customer.reference)
        self.home.show_home(unit=self.home.unit, ward=self.home.ward, apartment=customer.apartment)
        self._hide(False)
        self.reveal.hide()
        self.count_as_clean("reference", "apartment")

    def _show_protection(self) -> None:
        self._code_field.setVisible(self.protected.isChecked())

    def _watch_numbers(self) -> None:
        found = False
        for text in (self.reference, self.code):
            wrong = has_personnummer(text.text())
            mark_wrong(text, wrong)
            found = found or wrong
        self.warning.setText(wording(KnownError("personnummer_in_reference")) if found else "")
        self.warning.setVisible(found)

    def fault(self) -> str:
        """Why it cannot be saved as it stands, or empty."""
        if any(has_personnummer(text.text()) for text in (self.reference, self.code)):
            return wording(KnownError("personnummer_in_reference"))
        for editor in self.contacts.values():
            if isinstance(editor.person, Outsider):
                return self.tr("{0} finns inte i enhetens team. Välj någon i listan.").format(editor.person.name)
        return ""

    def value(self, old: Customer | None) -> Customer:
        """The customer as the form has her; what the form does not show comes from `old`."""
        start = old or Customer(key="", reference="", unit=self.home.unit, ward=self.home.ward)
        held = {name: editor.person for name, editor in self.contacts.items()}
        contacts = Contacts(**{name: key for name, key in held.items() if isinstance(key, str)})
        return replace(
            start,
            reference=" ".join(self.reference.text().split()),
            apartment=self.home.apartment,
            protected=self.protected.isChecked(),
            code=self.code.text().strip() or None,
            contacts=None if contacts == Contacts() else contacts,
        )
