"""The form for a new account: who, as what, in which units, and the first password."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.accounts import Account
from app.domain.keys import key_from
from app.domain.roles import Role
from app.domain.team import Member
from app.domain.units import Unit
from app.services.accounts import suggest_password
from app.ui.registers.kept_form import CheckList
from app.ui.settings.forum_fields import check
from app.ui.settings.section import Section
from app.ui.settings.security import password_rules, secret_line
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow


class AccountForm(QWidget):
    """Filled in from top to bottom; choosing a member fills in the name."""

    def __init__(self, section: Section, on_add: Callable[[], object], on_leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("body")
        self._members: dict[str, Member] = {}
        self.member = choice(())
        self.full_name, self.user = line(longest=120), line(longest=60)
        self.role = choice([(one.value, one.label) for one in Role], chosen=Role.CARE_STAFF.value)
        self._role_hint = label(role="muted", wrap=True)
        self.all_units = check(self.tr("Alla enheter, även de som kommer till"))
        self.all_units.setChecked(True)
        self.units = CheckList(self.tr("Enheter"))
        self.password = secret_line()
        self.seen = check(self.tr("Visa lösenordet"))
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.add_button = button(self.tr("Lägg till kontot"), on_add, kind="primary")
        suggest = button(self.tr("Föreslå ett lösenord"), self.suggest)
        hand_over = self.tr(" Lämna det på papper; personen byter det själv under Säkerhet.")
        inside = column(
            label(self.tr("Nytt konto"), role="label"), field(self.tr("Medarbetare i teamet"), self.member),
            field(self.tr("Namn"), self.full_name), field(self.tr("Användarnamn"), self.user),
            box(column(field(self.tr("Roll"), self.role), self._role_hint, space=4)),
            self.all_units, self.units,
            field(self.tr("Lösenord"), self.password, hint=password_rules(section) + hand_over),
            box(Flow(suggest, self.seen)), self.fault,
            box(Flow(self.add_button, button(self.tr("Lägg inte till"), on_leave))), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self.units.hide()
        self.member.currentIndexChanged.connect(lambda _: self._take_member())
        self.full_name.textChanged.connect(self._suggest_user)
        self.role.currentIndexChanged.connect(lambda _: self._tell_role())
        self.all_units.toggled.connect(lambda on: self.units.setVisible(not on))
        self.seen.toggled.connect(self._show_password)
        self._tell_role()

    def offer(self, members: Sequence[Member], units: Sequence[Unit]) -> None:
        """Offer the members and units there are; what is chosen stays."""
        self._members = {one.key: one for one in members}
        nobody = ("", self.tr("Ingen i teamet"))
        rows = [(one.key, f"{one.name}, {one.profession}") for one in members]
        fill_choice(self.member, [nobody, *rows], chosen=chosen(self.member))
        self.units.offer([(one.key, one.name) for one in units])

    def clear(self) -> None:
        """An empty form."""
        for one in (self.full_name, self.user, self.password):
            one.clear()
            one.setModified(False)
        self.member.setCurrentIndex(0)
        self.seen.setChecked(False)
        self.all_units.setChecked(True)
        self.units.set_values(())
        self.show_fault("")

    @property
    def account(self) -> Account:
        """The account as the form has it."""
        return Account(
            user=self.user.text().strip(), full_name=self.full_name.text().strip(), role=Role(chosen(self.role)),
            units=None if self.all_units.isChecked() else self.units.values(), member=chosen(self.member) or None,
            active=True,
        )  # fmt: skip

    def suggest(self) -> None:
        """Fill in a password made by chance, to be read."""
        self.password.setText(suggest_password())
        self.seen.setChecked(True)

    def show_fault(self, text: str) -> None:
        """Say what stops it."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _take_member(self) -> None:
        member = self._members.get(chosen(self.member))
        if member is not None:
            self.full_name.setText(member.name)

    def _suggest_user(self, name: str) -> None:
        if not self.user.isModified():
            self.user.setText(key_from(name.split(maxsplit=1)[0], fallback="") if name.split() else "")

    def _show_password(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if seen else mode.Password)

    def _tell_role(self) -> None:
        self._role_hint.setText(
            {
                Role.MANAGER: self.tr("Gör allt: register, konton, möten, justering, export."),
                Role.LICENSED: self.tr("Planerar möten, för anteckningar, skriver ut och ändrar kunder."),
                Role.CARE_STAFF: self.tr("Läser möten hon kallas till och kunder hon arbetar med, föreslår punkter."),
                Role.SECRETARY: self.tr("Planerar möten. Ser och skriver om kunder där hon är utsedd sekreterare."),
                Role.READER: self.tr("Läser anteckningar från möten som hållits. Inget om kunderna."),
            }[Role(chosen(self.role))]
        )
