"""Consent at the top of a case: on what it stands, told at once, and recorded in one small form (guideline 4)."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.coordination.cases import CoordinationRequest
from app.domain.coordination.consents import Basis, Consent, ConsentForm
from app.domain.coordination.gate import stands_on
from app.domain.coordination.rules import told_already
from app.domain.coordination.views import CaseView
from app.domain.people import Outsider, person_name
from app.domain.swedish import plain_date
from app.ui.coordination.kept import CasePart, KeptText
from app.ui.registers.kept_form import CheckList
from app.ui.widgets.controls import box, button, column, label, row, set_role
from app.ui.widgets.fields import DateField, PersonField, choice, chosen, field, line
from app.ui.workplace import Workplace


class ConsentPart(CasePart):
    """One line that says on what the case stands, a button, and the form under it when that is pressed."""

    key = "consent"
    recorded = Signal(object)
    """A Consent to keep."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.status = label(role="heading", wrap=True)
        self.detail = label(role="muted", wrap=True)
        self.open_button = button(self.tr("Anteckna samtycke"), self.open_form)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self._make_fields()
        self._form = box(self._laid_out())
        self._form.hide()
        upper = row(column(self.status, self.detail, space=0), self.open_button)
        upper.setStretch(0, 1)
        self.setLayout(column(upper, self._form, space=8))
        self.basis.currentIndexChanged.connect(lambda _: self._fit())

    def _make_fields(self) -> None:
        today = self._place.desk.clock.today
        self.basis = choice([(one.value, one.label) for one in Basis])
        self.given_by = line(placeholder=self.tr("Den enskilde, eller vem som svarade"))
        self.form = choice([("", self.tr("Välj")), *[(one.value, one.label) for one in ConsentForm]])
        self.scope = line(placeholder=self.tr("Till exempel: allt som gäller förflyttning"))
        self.parties = CheckList(self.tr("Gäller bara dessa parter"))
        self.date, self.until = DateField(today, required=True), DateField(today, deadline=True)
        self.assessor = PersonField({})
        self.reasons = KeptText(lines=2, most=6)
        self.law = line(placeholder=self.tr("Till exempel OSL 10 kap. 27 §"))
        for name, editor in (
            ("basis", self.basis), ("given_by", self.given_by), ("form", self.form), ("scope", self.scope),
            ("parties", self.parties), ("date", self.date), ("until", self.until), ("assessor", self.assessor),
            ("reasons", self.reasons), ("law", self.law),
        ):  # fmt: skip
            self.keep(name, editor)

    def _laid_out(self) -> QVBoxLayout:
        self._by = field(self.tr("Lämnat av"), self.given_by)
        self._how = field(self.tr("Hur"), self.form)
        self._scope = field(self.tr("Vad det gäller"), self.scope)
        self._whom = field(self.tr("Bara till dessa parter (ingen ikryssad: alla)"), self.parties)
        self._from, self._till = field(self.tr("Från"), self.date), field(self.tr("Till och med"), self.until)
        self._who = field(self.tr("Bedömt av"), self.assessor)
        self._why = field(self.tr("Skälen"), self.reasons)
        self._law = field(self.tr("Vilken laglig grund"), self.law)
        save = button(self.tr("Spara grunden"), self.save, kind="primary")
        leave = button(self.tr("Avbryt"), self.close_form, kind="quiet")
        return column(
            row(field(self.tr("Grund"), self.basis), self._from, self._till), row(self._by, self._how),
            self._law, self._who, self._why, row(self._scope, self._whom), self.fault, row(save, leave, None), space=8,
        )  # fmt: skip

    def fill(self, view: CaseView) -> None:
        """Show what stands, and make the form ready for what may come."""
        case = view.case
        self.parties.offer([(one.key, one.name) for one in case.parties if not one.own])
        self.assessor.offer(view.names)
        self.basis.setCurrentIndex(0)
        for one in (self.given_by, self.scope, self.law):
            one.setText("")
        self.form.setCurrentIndex(0)
        self.reasons.show_text("")
        self.assessor.set_person(None)
        self.date.set_day(self._place.desk.today)
        self.until.set_day(None)
        self.parties.set_values(())
        self._form.hide()

    def show_case(self, view: CaseView, *, fresh: bool) -> None:
        """Say on what the case stands."""
        super().show_case(view, fresh=fresh)
        words, role, detail = basis_words(view.case, view, today=self._place.desk.today)
        self.status.setText(words)
        set_role(self.status, role)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.open_button.setVisible(view.may_record_consent and not view.case.status.ended)
        first = self.tr("Anteckna samtycke") if view.case.consent is None else self.tr("Ändra eller återkalla")
        self.open_button.setText(first)
        self.open_button.setAccessibleName(first)
        self._fit()

    def open_form(self) -> None:
        """Show the form."""
        self._form.show()
        self._fit()
        self.basis.setFocus()

    def close_form(self) -> None:
        """Take the form away; what was typed in it goes."""
        if self.view is not None:
            self.fault.hide()
            self.fill(self.view)
            self.is_clean()

    def show_state(self, state: dict[str, object]) -> None:
        """Put a draft back, with the form open."""
        super().show_state(state)
        self._form.show()

    def _fit(self) -> None:
        basis = Basis(chosen(self.basis))
        given = basis is Basis.CONSENT
        self._by.setVisible(basis in (Basis.CONSENT, Basis.REFUSED, Basis.WITHDRAWN))
        self._how.setVisible(given)
        self._scope.setVisible(given)
        self._till.setVisible(basis in (Basis.CONSENT, Basis.CANNOT, Basis.OTHER))
        self._whom.setVisible(given and self.parties.count() > 0)
        self._who.setVisible(basis is Basis.CANNOT)
        self._why.setVisible(basis is Basis.CANNOT)
        self._law.setVisible(basis is Basis.OTHER)

    def save(self) -> None:
        """Hand the basis on, unless a day cannot be read."""
        if not (self.date.readable and self.until.readable) or self.date.day is None:
            self.show_fault(self.tr("Skriv från vilken dag, till exempel 12/3."))
            return
        self.fault.hide()
        self.recorded.emit(self.value(self.date.day))

    def show_fault(self, text: str) -> None:
        """Say why it cannot be kept as it stands."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def value(self, day: dt.date) -> Consent:
        """The basis as the form has it; withdrawn keeps what it was given for."""
        basis = Basis(chosen(self.basis))
        before = self.view.case.consent if self.view is not None else None
        by = self.given_by.text().strip()
        if basis is Basis.WITHDRAWN:
            kept = before or Consent(basis=basis)
            return Consent(
                basis=basis, given_by=kept.given_by, form=kept.form, scope=kept.scope, parties=kept.parties,
                date=kept.date, withdrawn_on=day, note=f"Återkallat av {by}" if by else None,
            )  # fmt: skip
        return Consent(
            basis=basis, given_by=Outsider(by) if by and self._by.isVisibleTo(self) else None,
            form=ConsentForm(chosen(self.form)) if chosen(self.form) and basis is Basis.CONSENT else None,
            scope=self.scope.text().strip() or None if basis is Basis.CONSENT else None,
            parties=self.parties.values() if basis is Basis.CONSENT else (), date=day,
            until=self.until.day if basis is not Basis.REFUSED else None,
            assessor=self.assessor.person if basis is Basis.CANNOT else None,
            reasons=self.reasons.written if basis is Basis.CANNOT else None,
            legal_basis=self.law.text().strip() or None if basis is Basis.OTHER else None,
        )  # fmt: skip


def basis_words(case: CoordinationRequest, view: CaseView, *, today: dt.date) -> tuple[str, str, str]:
    """On what the case stands: in words, the role they are told in, and what follows from it."""
    consent = case.consent
    if consent is None:
        return "Inget samtycke antecknat", "due", "Utan samtycke eller annan grund lämnar ingenting enheten."
    if consent.basis is Basis.REFUSED:
        return consent.basis.label, "overdue", "Planera med den enskilde inom den egna verksamheten: se Intern plan."
    if consent.basis is Basis.WITHDRAWN:
        told = ", ".join(told_already(case))
        said = f"De här har redan fått uppgifter och ska få veta: {told}." if told else "Ingen har fått uppgifter än."
        on = f" {plain_date(consent.withdrawn_on)}" if consent.withdrawn_on else ""
        return consent.basis.label + on, "overdue", f"Ingenting mer lämnas ut. {said}"
    text = ", ".join(_parts_of(consent, case, view))
    words = consent.basis.label if stands_on(consent, today) else f"{consent.basis.label}, men gäller inte i dag"
    return words, "ok" if stands_on(consent, today) else "overdue", text[:1].upper() + text[1:]


def _parts_of(consent: Consent, case: CoordinationRequest, view: CaseView) -> list[str]:
    """What makes the basis one: by whom, how, from when to when, for what, to whom."""
    parts = []
    if consent.given_by:
        parts.append(f"av {person_name(consent.given_by, view.names)}")
    if consent.form:
        parts.append(consent.form.label.lower())
    if consent.date:
        parts.append(f"från {plain_date(consent.date)}")
    if consent.until:
        parts.append(f"till och med {plain_date(consent.until)}")
    if consent.scope:
        parts.append(f"gäller {consent.scope}")
    if consent.parties:
        parts.append("bara till " + ", ".join(one.name for one in case.parties if one.key in consent.parties))
    if consent.assessor:
        parts.append(f"bedömt av {person_name(consent.assessor, view.names)}: {consent.reasons or ''}")
    if consent.legal_basis:
        parts.append(consent.legal_basis)
    return parts
