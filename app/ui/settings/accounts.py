"""Section Konton: who may log in, as what and where; new accounts, and accounts that end."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.accounts import Account
from app.domain.errors import KnownError
from app.domain.team import Member
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import accounts, team, units
from app.services.desk import Desk
from app.ui.settings.account_form import AccountForm
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, column, label, row, scrolled
from app.ui.widgets.messages import Question
from app.ui.widgets.pages import side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_Found = tuple[tuple[Account, ...], tuple[Member, ...], tuple[Unit, ...]]


class AccountsSection(Section):
    """Accounts left; right the chosen one, or the form for a new."""

    refreshed_by = frozenset({"accounts", "members", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Konton"), self.tr("Var och en loggar in med sitt eget konto."))
        self._unit_names: dict[str, str] = {}
        self._member_names: dict[str, str] = {}
        self.new_button = button(self.tr("Nytt konto"), self.begin, icon_name="user-plus")
        self.table: Table[Account] = Table(
            (
                Column(self.tr("Namn"), lambda one: one.full_name),
                Column(self.tr("Roll"), lambda one: one.role.label if one.active else self.tr("Avslutat"), width=132),
            ),
            name=self.tr("Konton"),
        )
        self.table.setMinimumWidth(250)
        self.table.chosen.connect(self._show)
        self.form = AccountForm(self, self.add, self._leave)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._facts())
        self._stack.addWidget(scrolled(self.form, name=self.tr("Nytt konto")))
        self.body.addWidget(box(row(self.new_button, None)))
        self.body.addWidget(side_by_side(self.table, self._stack, sizes=(420, 400), stretch=0), 1)

    def _facts(self) -> QWidget:
        self.person = label(role="heading", wrap=True)
        self.facts = label(wrap=True)
        self.facts.setAccessibleName(self.tr("Kontot"))
        self.end_button = button(self.tr("Avsluta kontot …"), self.ask_end, kind="danger", icon_name="user-x")
        self.end_button.hide()
        inside = column(self.person, self.facts, row(self.end_button, None), None)
        inside.setContentsMargins(16, 0, 0, 0)
        return box(inside)

    def refresh(self) -> None:
        """Read the accounts anew; a form that is being filled in stays."""
        self.place.ask(self, _read, self._offer)

    def _offer(self, found: _Found) -> None:
        rows, members, places = found
        self._unit_names = {one.key: one.name for one in places}
        self._member_names = {one.key: one.name for one in members}
        self.form.offer(members, places)
        before = self.table.current_row()
        self.table.rows_model.show_rows(sorted(rows, key=lambda one: (not one.active, one.user)))
        wanted = before.user if before else self.place.desk.actor.user
        self.table.select_where(lambda one: one.user == wanted)

    def _show(self, one: Account) -> None:
        places = self.tr("alla enheter")
        if one.units is not None:
            places = ", ".join(self._unit_names.get(key, key) for key in one.units) or self.tr("ingen enhet")
        lines = [
            self.tr("Användarnamn: {0}").format(one.user), self.tr("Roll: {0}").format(one.role.label),
            self.tr("Gäller: {0}").format(places),
        ]  # fmt: skip
        if one.member:
            lines.append(self.tr("I teamet: {0}").format(self._member_names.get(one.member, one.member)))
        own = one.user == self.place.desk.actor.user
        if not one.active:
            lines.append(self.tr("Kontot är avslutat och öppnar inte databasen."))
        elif own:
            lines.append(self.tr("Det här är ditt eget konto. Lösenordet byter du under Säkerhet."))
        self.person.setText(one.full_name)
        self.facts.setText("\n".join(lines))
        self.end_button.setVisible(one.active and not own)
        self._stack.setCurrentIndex(0)

    def begin(self) -> None:
        """Show the form for a new account."""
        self._stack.setCurrentIndex(1)
        self.form.member.setFocus()

    def _leave(self) -> None:
        self.form.clear()
        self._stack.setCurrentIndex(0)

    def add(self) -> None:
        """Add the account of the form."""
        account, password, around = self.form.account, self.form.password.text(), self.place.around
        if account.units == ():
            self.form.show_fault(self.tr("Välj minst en enhet, eller alla."))
            return
        self.form.add_button.setEnabled(False)
        self.place.act(
            self, lambda desk: accounts.add_account(desk, around, account=account, password=password),
            lambda _: self._added(), changed="accounts", otherwise=self._refused,
            said=self.tr("{0} kan nu logga in som {1}.").format(account.full_name or account.user, account.user),
        )  # fmt: skip

    def _added(self) -> None:
        self.form.add_button.setEnabled(True)
        self._leave()

    def _refused(self, error: Exception) -> bool:
        self.form.add_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        self.form.show_fault(wording(error))
        return True

    def ask_end(self) -> None:
        """Tell what it means to end the account before it is done."""
        one = self.table.current_row()
        if one is None:
            return
        self.question = Question(
            self, self.tr("Avsluta kontot för {0}?").format(one.full_name),
            self.tr(
                "{0} kan inte öppna databasen mer, och utkast som inte är sparade tas bort. Möten, anteckningar och "
                "åtgärder är kvar. Kontot kan inte öppnas igen; den som kommer tillbaka får ett nytt."
            ).format(one.full_name),
            accept=self.tr("Avsluta kontot"), danger=True,
        )  # fmt: skip
        self.question.accepted.connect(lambda: self.end(one))
        self.question.open()

    def end(self, one: Account) -> None:
        """End the account."""
        self.place.act(
            self, lambda desk: accounts.end_account(desk, user=one.user), changed="accounts",
            said=self.tr("Kontot {0} är avslutat.").format(one.user),
        )  # fmt: skip


def _read(desk: Desk) -> _Found:
    return (
        accounts.list_accounts(desk),
        tuple(one.value for one in team.list_members(desk)),
        tuple(one.value for one in units.list_units(desk)),
    )
