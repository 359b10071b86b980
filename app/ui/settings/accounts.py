"""Section Konton: who may log in, as what and where; accounts new and changed, new passwords, and accounts that end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.accounts import Account, NewAccount, Proposal, Slip
from app.domain.errors import KnownError
from app.domain.swedish import sort_key
from app.domain.team import Member
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import accounts, team, units
from app.services.accounts import suggest_password
from app.services.desk import Desk
from app.ui.settings.account_form import AccountForm, role_in_words
from app.ui.settings.account_handed import HandedOver
from app.ui.settings.accounts_several import SeveralForm
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, column, label, scrolled
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.widgets.pages import side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_Found = tuple[tuple[Account, ...], tuple[Member, ...], tuple[Unit, ...]]


class AccountsSection(Section):
    """Accounts left; right the chosen one, a form, or what is to be handed over."""

    refreshed_by = frozenset({"accounts", "members", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Konton"), self.tr("Var och en loggar in med sitt eget konto."))
        self._unit_names: dict[str, str] = {}
        self._member_names: dict[str, str] = {}
        self.new_button = button(self.tr("Nytt konto"), self.begin, icon_name="user-plus")
        self.several_button = button(self.tr("Konton till flera"), self.begin_several, icon_name="users")
        self.table: Table[Account] = Table(
            (
                Column(self.tr("Namn"), lambda one: one.full_name),
                Column(self.tr("Användare"), lambda one: one.user, width=96, drop_below=420),
                Column(self.tr("Roll"), lambda one: one.role.label, width=150),
                Column(self.tr("Läge"), self._state, width=96),
            ),
            name=self.tr("Konton"),
        )
        self.table.setMinimumWidth(250)
        self.table.chosen.connect(self._show)
        self.form = AccountForm(self, self.keep, self._leave)
        self.several = SeveralForm(self.make_several, self._leave)
        self.handed = HandedOver(place, self._leave)
        self._stack = QStackedWidget()
        self._parts: dict[QWidget, QWidget] = {
            self.form: scrolled(self.form, name=self.tr("Konto")), self.several: self.several,
            self.handed: scrolled(self.handed, name=self.tr("Att lämna över")),
        }  # fmt: skip
        self._stack.addWidget(self._facts())
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(box(Flow(self.new_button, self.several_button)))
        self.body.addWidget(side_by_side(self.table, self._stack, sizes=(500, 330), stretch=0), 1)

    def _state(self, one: Account) -> str:
        if not one.active:
            return self.tr("Avslutat")
        return self.tr("Inte inne än") if one.must_change else self.tr("Aktivt")

    def _facts(self) -> QWidget:
        self.person = label(role="heading", wrap=True)
        self.facts = label(wrap=True)
        self.facts.setAccessibleName(self.tr("Kontot"))
        self.role_hint = label(role="muted", wrap=True)
        self.waiting = label(role="due", wrap=True)
        self.change_button = button(self.tr("Ändra"), self.begin_change, icon_name="pencil")
        self.reset_button = button(self.tr("Nytt lösenord …"), self.ask_reset, icon_name="key-round")
        self.end_button = button(self.tr("Avsluta kontot …"), self.ask_end, kind="danger", icon_name="user-x")
        for one in (self.change_button, self.reset_button, self.end_button):
            one.hide()
        inside = column(
            self.person, self.facts, self.role_hint, self.waiting,
            box(Flow(self.change_button, self.reset_button, self.end_button)), None,
        )  # fmt: skip
        inside.setContentsMargins(16, 0, 0, 0)
        return box(inside)

    def refresh(self) -> None:
        """Read the accounts anew; a form that is being filled in stays."""
        self.place.ask(self, _read, self._offer)

    def _offer(self, found: _Found) -> None:
        rows, members, places = found
        self._unit_names = {one.key: one.name for one in places}
        self._member_names = {one.key: one.name for one in members}
        self.form.offer(members, places, rows)
        before, standing = self.table.current_row(), self._stack.currentIndex()
        self.table.rows_model.show_rows(
            sorted(rows, key=lambda one: (not one.active, sort_key(one.full_name), one.user))
        )
        wanted = before.user if before else self.place.desk.actor.user
        self.table.select_where(lambda one: one.user == wanted)
        self._stack.setCurrentIndex(standing)

    def _where(self, one: Account) -> str:
        if one.units is None:
            return self.tr("Alla enheter")
        return ", ".join(self._unit_names.get(key, key) for key in one.units) or self.tr("Ingen enhet")

    def _show(self, one: Account) -> None:
        lines = [
            self.tr("Användarnamn: {0}").format(one.user), self.tr("Roll: {0}").format(one.role.label),
            self.tr("Gäller: {0}").format(self._where(one).lower() if one.units is None else self._where(one)),
        ]  # fmt: skip
        if one.member:
            lines.append(self.tr("I teamet: {0}").format(self._member_names.get(one.member, one.member)))
        own, reached = one.user == self.place.desk.actor.user, one.within(self.place.desk.actor.units)
        if not one.active:
            lines.append(self.tr("Kontot är avslutat och öppnar inte databasen."))
        elif own:
            lines.append(self.tr("Det här är ditt eget konto. Lösenordet byter du under Säkerhet."))
        elif not reached:
            lines.append(self.tr("Kontot gäller enheter som ditt eget konto inte når."))
        self.person.setText(one.full_name)
        self.facts.setText("\n".join(lines))
        self.role_hint.setText(role_in_words(self, one.role))
        waiting = one.active and one.must_change
        self.waiting.setText(
            self.tr("Har inte loggat in sedan lösenordet lämnades ut, och väljer ett eget då.") if waiting else ""
        )
        self.waiting.setVisible(waiting)
        self.change_button.setVisible(one.active and reached)
        self.reset_button.setVisible(one.active and reached and not own)
        self.end_button.setVisible(one.active and reached and not own)
        self._stack.setCurrentIndex(0)

    def _turn_to(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(self._parts[part])
        self.table.setVisible(part is not self.several)  # which needs the room

    def _leave(self) -> None:
        for one in (self.table, self.new_button, self.several_button):
            one.setEnabled(True)
        self.table.show()
        self.form.clear()
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    # one account

    def begin(self) -> None:
        """Show the form for a new account."""
        self.form.clear()
        self._turn_to(self.form)
        self.form.member.setFocus()

    def begin_change(self) -> None:
        """Show the chosen account in the form."""
        one = self.table.current_row()
        if one is not None and one.active:
            self.form.begin_change(one)
            self._turn_to(self.form)
            self.form.full_name.setFocus()

    def keep(self) -> None:
        """Add the account of the form, or save the one that is changed."""
        account = self.form.account
        if account.units == ():
            self.form.show_fault(self.tr("Välj minst en enhet, eller alla."))
        elif self.form.editing is None:
            self._add(account)
        else:
            self._save(self.form.editing, account)

    def _add(self, account: Account) -> None:
        password, around = self.form.password.text(), self.place.around
        name = account.full_name or account.user
        self.form.add_button.setEnabled(False)
        self.place.act(
            self, lambda desk: accounts.add_account(desk, around, account=account, password=password),
            lambda _: self.hand_over([Slip(name, account.user, password, self._where(account))]), changed="accounts",
            otherwise=self._refused, said=self.tr("{0} kan nu logga in som {1}.").format(name, account.user),
        )  # fmt: skip

    def _save(self, before: Account, account: Account) -> None:
        self.form.add_button.setEnabled(False)

        def back(desk: Desk) -> Account:
            return accounts.save_account(desk, account=before, expected_version=before.version + 1)

        self.place.act(
            self, lambda desk: accounts.save_account(desk, account=account, expected_version=before.version),
            lambda _: self._saved(), changed="accounts", otherwise=self._refused,
            said=self.tr("Kontot {0} är sparat. Det gäller från nästa inloggning.").format(account.user),
            undo=self.place.way_back(self.tr("Ändra kontot {0}").format(account.user), back, changed="accounts"),
        )  # fmt: skip

    def _saved(self) -> None:
        self.form.add_button.setEnabled(True)
        self._leave()

    def _refused(self, error: Exception) -> bool:
        self.form.add_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        self.form.show_fault(wording(error))
        return True

    def hand_over(self, slips: Sequence[Slip]) -> None:
        """Show passwords just made until they are handed over."""
        self.form.add_button.setEnabled(True)
        self.form.clear()
        self.handed.show_slips(slips)
        self._turn_to(self.handed)
        for one in (self.table, self.new_button, self.several_button):
            one.setEnabled(False)  # a slip of the hand must not lose the passwords

    # several accounts

    def begin_several(self) -> None:
        """Show the members who have no account."""
        self.place.ask(self, accounts.propose_accounts, self._show_several)

    def _show_several(self, found: tuple[Proposal, ...]) -> None:
        self.several.offer(found, unit_names=self._unit_names)
        self._turn_to(self.several)

    def make_several(self) -> None:
        """Make the accounts that are ticked, all or none."""
        new, around = self.several.accounts, self.place.around
        if not new:
            return
        self.several.set_busy(True)
        self.place.act(
            self, lambda desk: accounts.add_accounts(desk, around, new=new), lambda _: self._made(new),
            changed="accounts", otherwise=self._several_refused,
            said=self.tr("{0} konton är skapade. Lämna nu över lösenorden.").format(len(new)),
        )  # fmt: skip

    def _made(self, new: Sequence[NewAccount]) -> None:
        slips = [Slip(one.account.full_name, one.account.user, one.password, self._where(one.account)) for one in new]
        self.hand_over(slips)

    def _several_refused(self, error: Exception) -> bool:
        self.several.set_busy(False)
        if not isinstance(error, KnownError):
            return False
        self.several.show_fault(wording(error))
        return True

    # a forgotten password, and the end

    def ask_reset(self) -> None:
        """Tell what a new password means before it is made."""
        one = self.table.current_row()
        if one is None:
            return
        self.question = Question(
            self, self.tr("Nytt lösenord till {0}?").format(one.full_name),
            self.tr(
                "Det gamla lösenordet slutar gälla direkt. Programmet gör ett nytt som du lämnar över på papper, och "
                "{0} väljer ett eget vid nästa inloggning. Det skrivs i loggen."
            ).format(one.full_name),
            accept=self.tr("Gör ett nytt lösenord"),
        )  # fmt: skip
        self.question.accepted.connect(lambda: self.reset(one))
        self.question.open()

    def reset(self, one: Account) -> None:
        """Give the account a password to hand over."""
        password, around = suggest_password(), self.place.around
        self.place.act(
            self, lambda desk: accounts.reset_password(desk, around, user=one.user, password=password),
            lambda _: self.hand_over([Slip(one.full_name, one.user, password, self._where(one))]), changed="accounts",
            said=self.tr("{0} har ett nytt lösenord. Lämna det på papper.").format(one.full_name),
        )  # fmt: skip

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
