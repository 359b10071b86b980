"""The form for one account, new or to be changed: who, as what, in which units, and the first password of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.accounts import Account, proposed_user, usual_role
from app.domain.roles import Role
from app.domain.team import Member, Professions
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
    """Filled in from top to bottom; choosing a member fills in name, user name and role."""

    def __init__(self, section: Section, on_done: Callable[[], object], on_leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("body")
        self._professions: Professions = section.place.desk.professions
        self._reach = section.place.desk.actor.units
        self._members: dict[str, Member] = {}
        self._taken: tuple[str, ...] = ()
        self.editing: Account | None = None
        """The account that is changed; none while a new one is filled in."""
        self.member = choice(())
        self.full_name, self.user = line(longest=120), line(longest=60)
        self.role = choice([(one.value, one.label) for one in Role], chosen=Role.CARE_STAFF.value)
        self._role_hint = label(role="muted", wrap=True)
        self.all_units = check(self.tr("Alla enheter, även de som kommer till"))
        self.units = CheckList(self.tr("Enheter"))
        self.password = secret_line()
        self.seen = check(self.tr("Visa lösenordet"))
        self.fault = label(role="overdue", wrap=True)
        self._title = label(role="label")
        self.add_button = button(self.tr("Lägg till kontot"), on_done, kind="primary")
        self.leave_button = button(self.tr("Lägg inte till"), on_leave)
        self._password_part = self._password_fields(section)
        self._lay_out()
        self._connect()
        self.clear()

    def _password_fields(self, section: Section) -> QWidget:
        suggest = button(self.tr("Föreslå ett lösenord"), self.suggest)
        hand_over = self.tr(" Lämna det på papper; personen väljer ett eget vid första inloggningen.")
        return box(
            column(
                field(self.tr("Lösenord"), self.password, hint=password_rules(section) + hand_over),
                box(Flow(suggest, self.seen)), space=12,
            )
        )  # fmt: skip

    def _lay_out(self) -> None:
        inside = column(
            self._title, field(self.tr("Medarbetare i teamet"), self.member),
            field(self.tr("Namn"), self.full_name), field(self.tr("Användarnamn"), self.user),
            box(column(field(self.tr("Roll"), self.role), self._role_hint, space=4)),
            self.all_units, self.units, self._password_part, self.fault,
            box(Flow(self.add_button, self.leave_button)), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)

    def _connect(self) -> None:
        self.member.currentIndexChanged.connect(lambda _: self._take_member())
        self.full_name.textChanged.connect(self._suggest_user)
        self.role.currentIndexChanged.connect(lambda _: self._tell_role())
        self.all_units.toggled.connect(lambda on: self.units.setVisible(not on))
        self.seen.toggled.connect(self._show_password)

    def offer(self, members: Sequence[Member], units: Sequence[Unit], accounts: Sequence[Account]) -> None:
        """Offer the members and units there are; what is chosen stays."""
        self._members = {one.key: one for one in members}
        self._taken = tuple(one.user for one in accounts)
        nobody = ("", self.tr("Ingen i teamet"))
        rows = [(one.key, f"{one.name}, {one.profession}") for one in members]
        fill_choice(self.member, [nobody, *rows], chosen=chosen(self.member))
        self.units.offer([(one.key, one.name) for one in units])

    def clear(self) -> None:
        """An empty form for a new account."""
        self.editing = None
        for one in (self.full_name, self.user, self.password):
            one.clear()
            one.setModified(False)
        self.member.setCurrentIndex(0)
        self.seen.setChecked(False)
        self._show_units(None if self._reach is None else ())
        self._dress(self.tr("Nytt konto"), self.tr("Lägg till kontot"), self.tr("Lägg inte till"))

    def begin_change(self, account: Account) -> None:
        """Fill in an account that is to be changed; user name and password are not among what can be."""
        self.clear()
        self.editing = account
        self.member.blockSignals(True)
        self.member.setCurrentIndex(max(self.member.findData(account.member or ""), 0))
        self.member.blockSignals(False)
        self.user.setText(account.user)
        self.user.setModified(True)
        self.full_name.setText(account.full_name)
        self.role.setCurrentIndex(self.role.findData(account.role.value))
        self._show_units(account.units)
        self._dress(self.tr("Ändra kontot"), self.tr("Spara kontot"), self.tr("Ändra inte"))

    def _dress(self, title: str, done: str, leave: str) -> None:
        self._title.setText(title)
        for made, text in ((self.add_button, done), (self.leave_button, leave)):
            made.setText(text)
            made.setAccessibleName(text)
        self._password_part.setVisible(self.editing is None)
        self.user.setReadOnly(self.editing is not None)
        self.all_units.setVisible(self._reach is None)
        self._tell_role()
        self.show_fault("")

    def _show_units(self, units: tuple[str, ...] | None) -> None:
        self.all_units.setChecked(units is None)
        self.units.set_values(units or ())
        self.units.setVisible(units is not None)

    @property
    def account(self) -> Account:
        """The account as the form has it."""
        made = Account(
            user=self.user.text().strip(), full_name=self.full_name.text().strip(), role=Role(chosen(self.role)),
            units=None if self.all_units.isChecked() else self.units.values(), member=chosen(self.member) or None,
            active=True,
        )  # fmt: skip
        before = self.editing
        return made if before is None else replace(made, must_change=before.must_change, version=before.version)

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
        if member is None:
            return
        self.full_name.setText(member.name)
        if self.editing is None:
            self.role.setCurrentIndex(self.role.findData(usual_role(member.profession, self._professions).value))

    def _suggest_user(self, name: str) -> None:
        if not self.user.isModified() and self.editing is None:
            self.user.setText(proposed_user(name, self._taken) if name.split() else "")

    def _show_password(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if seen else mode.Password)

    def _tell_role(self) -> None:
        self._role_hint.setText(role_in_words(self, Role(chosen(self.role))))


def role_in_words(owner: QWidget, role: Role) -> str:
    """What somebody with the role does, in a line."""
    return {
        Role.MANAGER: owner.tr("Gör allt: register, konton, möten, justering, export."),
        Role.LICENSED: owner.tr("Planerar möten, för anteckningar, skriver ut och ändrar kunder."),
        Role.CARE_STAFF: owner.tr("Läser sina egna möten och om de kunder som personen arbetar med, föreslår punkter."),
        Role.SECRETARY: owner.tr(
            "Planerar möten. Ser och skriver om kunder på möten där personen är utsedd sekreterare."
        ),
        Role.READER: owner.tr("Läser anteckningar från möten som hållits. Inget om kunderna."),
    }[role]
