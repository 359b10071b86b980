"""The permanent health-care contacts of a case: who, why, and that the units and the person were told (guideline 5)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from app.domain.coordination.cases import CareContact, ContactCause
from app.domain.coordination.views import CaseView
from app.domain.people import person_name
from app.ui.coordination.kept import CasePart
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, icon_button, label, row
from app.ui.widgets.fields import DateField, PersonField, choice, chosen, field, line
from app.ui.workplace import Workplace


class ContactCard(QFrame):
    """One contact."""

    def __init__(self, part: ContactsPart, one: CareContact) -> None:
        super().__init__()
        self.setObjectName("card")
        today = part.place.desk.clock.today
        names = part.view.names if part.view else {}
        self.name, self.organisation = line(one.name), line(one.organisation or "")
        self.phone = line(one.phone or "", phone=True)
        self.main = QCheckBox(self.tr("Huvudansvarig"))
        self.main.setAccessibleName(self.main.text())
        self.main.setChecked(one.main)
        causes = [("", self.tr("Välj")), *[(cause.value, cause.label) for cause in ContactCause]]
        self.cause = choice(causes, chosen=one.cause.value if one.cause else "")
        self.units, self.person = DateField(today, one.told_units_on), DateField(today, one.told_person_on)
        self.teller = PersonField(names, one.told_by)
        cross = icon_button("x", self.tr("Ta bort kontakten"), lambda: part.drop(self))
        inside = column(
            row(field(self.tr("Namn"), self.name), field(self.tr("Verksamhet"), self.organisation), cross),
            row(field(self.tr("Telefon"), self.phone), field(self.tr("Varför"), self.cause), self.main),
            row(field(self.tr("Verksamheterna meddelade"), self.units),
                field(self.tr("Den enskilde meddelad"), self.person), field(self.tr("Av"), self.teller)),
        )  # fmt: skip
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        for editor in (self.name, self.organisation, self.phone):
            editor.textChanged.connect(lambda _: part.touched.emit())
        self.main.toggled.connect(lambda on: part.only_main(self, on))
        self.cause.currentIndexChanged.connect(lambda _: part.touched.emit())
        for day in (self.units, self.person):
            day.textChanged.connect(lambda _: part.touched.emit())
        self.teller.editTextChanged.connect(lambda _: part.touched.emit())

    @property
    def value(self) -> CareContact:
        """The contact as it stands."""
        return CareContact(
            name=self.name.text().strip(), organisation=self.organisation.text().strip() or None,
            phone=self.phone.text().strip() or None, main=self.main.isChecked(),
            cause=ContactCause(chosen(self.cause)) if chosen(self.cause) else None, told_units_on=self.units.day,
            told_person_on=self.person.day, told_by=self.teller.person,
        )  # fmt: skip


class ContactsPart(CasePart):
    """Cards, one more at a press, and one button that keeps them all."""

    key = "contacts"
    saved = Signal(tuple)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self.none = label(
            self.tr("Ingen är utsedd. En fast vårdkontakt utses när den enskilde önskar det eller behöver det. Den som "
                    "redan finns kan fortsätta."), role="muted", wrap=True,
        )  # fmt: skip
        self.add_button = button(self.tr("Utse fast vårdkontakt"), self.add, icon_name="plus")
        self.save_button = button(self.tr("Spara kontakterna"), lambda: self.saved.emit(self.value))
        self.touched.connect(lambda: self.save_button.setEnabled(self.dirty))
        self.of_whom = button(
            self.tr("Alla fasta vårdkontakter"), lambda: place.visit.emit("coordination", "contacts"), kind="quiet"
        )
        self.lay_out(self.none, box(self._list), box(row(self.add_button, self.save_button, None, self.of_whom)))

    @property
    def cards(self) -> list[ContactCard]:
        """The cards, in order."""
        found = [self._list.itemAt(n) for n in range(self._list.count())]
        return [one for item in found if item and isinstance(one := item.widget(), ContactCard)]

    @property
    def value(self) -> tuple[CareContact, ...]:
        """The contacts as they stand."""
        return tuple(card.value for card in self.cards)

    @property
    def state(self) -> dict[str, object]:
        """The names alone are kept in a draft's comparison; the cards hold the rest."""
        return {
            f"contact-{n}": [
                one.name, one.organisation, one.phone, one.main, one.cause.value if one.cause else None,
                one.told_units_on.isoformat() if one.told_units_on else None,
                one.told_person_on.isoformat() if one.told_person_on else None,
                person_name(one.told_by, {}) or None,
            ]
            for n, one in enumerate(self.value)
        }  # fmt: skip

    def show_state(self, state: dict[str, object]) -> None:
        """Put a draft's contacts back."""
        empty(self._list)
        for kept in state.values():
            if isinstance(kept, list):
                name, organisation, phone, main, cause, *_ = kept
                self._list.addWidget(
                    ContactCard(self, CareContact(
                        name=str(name), organisation=organisation, phone=phone, main=bool(main),
                        cause=ContactCause(cause) if cause else None,
                    ))
                )  # fmt: skip
        self._tell()
        self.touched.emit()

    def fill(self, view: CaseView) -> None:
        """Show the case's contacts."""
        empty(self._list)
        for one in view.case.care_contacts:
            self._list.addWidget(ContactCard(self, one))
        self._tell()

    def add(self) -> None:
        """One more; the first is the main one."""
        made = ContactCard(self, CareContact(name="", main=not self.cards))
        self._list.addWidget(made)
        made.name.setFocus()
        self._tell()
        self.touched.emit()

    def drop(self, card: ContactCard) -> None:
        """Take one away."""
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._tell()
        self.touched.emit()

    def only_main(self, card: ContactCard, on: bool) -> None:
        """There is one main contact."""
        for other in self.cards if on else ():
            if other is not card:
                other.main.setChecked(False)
        self.touched.emit()

    def _tell(self) -> None:
        self.none.setVisible(not self.cards)
