"""A new checklist: which one, and what is known of it already; Enter begins it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.checklist_runs import Run, proposed_due
from app.domain.checklists import Template
from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.domain.wording import wording
from app.services.checklist_runs import remove_run, start_run
from app.services.checklists import list_templates
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.team import get_member
from app.services.units import list_units
from app.ui.checklists.gestures import KIND
from app.ui.widgets.controls import label
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice, line
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be chosen."""

    templates: tuple[Template, ...]
    units: tuple[tuple[str, str], ...]
    customers: dict[str, str]
    own_unit: str


class NewRun(Question):
    """Ctrl+Shift+N, arrows to the list, Enter: the last day and the unit are proposed."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, template: str = "", unit: str = "",
        then: Callable[[str], object] | None = None,
    ) -> None:  # fmt: skip
        self._place, self._first, self._unit, self._then = place, template, unit, then
        self._templates: dict[str, Template] = {}
        self.template = choice([])
        self.purpose = label(role="muted", wrap=True)
        self.about = line(longest=120, placeholder=parent.tr("Syns i listor. Skriv inte vem en kund är."))
        self.unit = choice([])
        self.first = DateField(lambda: place.desk.today, place.desk.today, required=True)
        self.due = DateField(lambda: place.desk.today)
        self.customer = choice([])
        self._first_field = field(parent.tr("Dagen för kontakten"), self.first)
        self._due_field = field(parent.tr("Klart senast"), self.due)
        self._unit_field = field(parent.tr("Enhet"), self.unit)
        self._customer_field = field(parent.tr("Om en kund?"), self.customer)
        self._about_field = field(parent.tr("Gäller"), self.about)
        self.purpose.setMinimumHeight(3 * self.purpose.fontMetrics().lineSpacing())  # one list's stays another's
        super().__init__(
            parent, parent.tr("Ny checklista"), "", field(parent.tr("Vilken?"), self.template), self.purpose,
            self._about_field, self._unit_field, self._first_field, self._due_field, self._customer_field,
            accept=parent.tr("Börja"),
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.template.currentIndexChanged.connect(lambda _: self._tell())
        place.closing.connect(self.reject)
        place.ask(self, _read, self._show)

    def _show(self, offer: _Offer) -> None:
        self._templates = {one.key: one for one in offer.templates}
        fill_choice(self.template, [(one.key, one.name) for one in offer.templates], chosen=self._first)
        fill_choice(self.unit, offer.units, chosen=self._unit or offer.own_unit)
        self._unit_field.setVisible(len(offer.units) > 1)
        about = sorted(offer.customers.items(), key=lambda pair: sort_key(pair[1]))
        fill_choice(self.customer, [("", self.tr("Nej")), *about])
        self._customer_field.setVisible(bool(about))
        self._tell()
        self.template.setFocus()

    def _tell(self) -> None:
        """What the chosen list is for, and until when it is usually ready."""
        found = self._templates.get(chosen(self.template))
        if found is None:
            return
        self.purpose.setText(found.purpose)
        self._first_field.setVisible(found.tree is not None)
        self._due_field.setVisible(found.tree is None)  # a decision aid counts its last day itself
        self._about_field.setVisible(found.tree is None)
        self.due.set_day(proposed_due(found, today=self._place.desk.today))
        self.adjustSize()

    def accept(self) -> None:
        """Begin the list; the dialog stays open when that is refused."""
        aid = self._templates.get(chosen(self.template))
        if aid is None or not (self.due.readable and self.first.readable):
            self.show_fault(self.tr("Skriv datumet, till exempel 12/3."))
            return
        is_aid = aid.tree is not None
        key, unit, customer = aid.key, chosen(self.unit), chosen(self.customer) or None
        about = None if is_aid else self.about.text().strip() or None
        first, due = (self.first.day if is_aid else None), (None if is_aid else self.due.day)

        def work(desk: Desk) -> Stored[Run]:
            return start_run(
                desk, template=key, unit=unit, about=about, started_on=first, due=due, customer=customer
            )  # fmt: skip

        said = self.tr("Listan är påbörjad.")
        self._place.act(self, work, self._begun, changed=KIND, said=said, otherwise=self._refused)

    def _begun(self, kept: Stored[Run]) -> None:
        key, version = kept.value.key, kept.version
        phrase = self.tr("Börja på {0}").format(kept.value.name)
        back = self._place.way_back(
            phrase, lambda desk: remove_run(desk, key=key, expected_version=version), changed=KIND
        )  # fmt: skip
        self._place.remember(back)
        self.done(1)
        if self._then is not None:
            self._then(key)

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.show_fault(wording(error))
            return True
        return False


def _read(desk: Desk) -> _Offer:
    units = [one.value for one in list_units(desk) if desk.actor.works_in(one.value.key)]
    customers = customer_labels(desk) if desk.may(Right.READ_CUSTOMERS) else {}
    member = desk.actor.member
    own = get_member(desk, key=member).value.units if member else ()
    named = tuple((one.key, one.name) for one in units)
    return _Offer(list_templates(desk), named, customers, next(iter(own), ""))
