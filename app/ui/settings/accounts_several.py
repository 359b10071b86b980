"""Accounts for several members at once: who, with which user name and role, all made in one gesture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from app.domain.accounts import Account, NewAccount, Proposal
from app.domain.roles import Role
from app.services.accounts import suggest_password
from app.ui.settings.forum_fields import check
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, scrolled
from app.ui.widgets.fields import choice, chosen, line
from app.ui.widgets.flow import Flow

_USER_WIDTH, _ROLE_WIDTH = 150, 190


class ProposalRow:
    """One member's row: whether she gets an account, and how she logs in."""

    def __init__(self, owner: QWidget, proposal: Proposal, on_change: Callable[[], object]) -> None:
        self.proposal = proposal
        text = f"{proposal.full_name}, {proposal.profession.lower()}"
        if proposal.namesake:
            text = owner.tr("{0} (har kanske redan kontot {1})").format(text, proposal.namesake)
        self.wanted: QCheckBox = check(text.replace("&", "&&"))
        self.wanted.setAccessibleName(text)
        self.wanted.setChecked(not proposal.namesake)
        self.user: QLineEdit = line(
            proposal.user, name=owner.tr("Användarnamn för {0}").format(proposal.full_name), longest=60
        )
        self.user.setFixedWidth(_USER_WIDTH)
        self.role: QComboBox = choice(
            [(one.value, one.label) for one in Role], chosen=proposal.role.value,
            name=owner.tr("Roll för {0}").format(proposal.full_name),
        )  # fmt: skip
        self.role.setFixedWidth(_ROLE_WIDTH)
        self.wanted.toggled.connect(lambda _: on_change())

    @property
    def account(self) -> Account:
        """The account as the row has it."""
        one = self.proposal
        return Account(
            user=self.user.text().strip(), full_name=one.full_name, role=Role(chosen(self.role)), units=one.units,
            member=one.member, active=True,
        )  # fmt: skip


class SeveralForm(QWidget):
    """The members without an account, ticked, with what each would get."""

    def __init__(self, on_make: Callable[[], object], on_leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("body")
        self.rows: list[ProposalRow] = []
        self._none = label(self.tr("Alla i teamet har redan ett konto."), wrap=True)
        self._about = label(
            self.tr(
                "Kryssa för dem som ska ha konto. Var och en når sina egna enheter. Lösenorden görs av programmet och "
                "skrivs ut på lappar att lämna över."
            ),
            role="muted", wrap=True,
        )  # fmt: skip
        self.everybody = check(self.tr("Alla"))
        self.everybody.clicked.connect(self._tick)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, GRID, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.make_button = button(self.tr("Skapa kontona"), on_make, kind="primary")
        self.leave_button = button(self.tr("Skapa inga"), on_leave)
        list_ = column(box(self._grid), None)
        inside = column(
            label(self.tr("Konton till flera"), role="heading"), self._about, self._none, self.everybody,
            scrolled(box(list_), name=self.tr("Medarbetare utan konto")), self.fault,
            box(Flow(self.make_button, self.leave_button)), space=GRID,
        )  # fmt: skip
        inside.setStretch(4, 1)
        inside.setContentsMargins(2, 0, 0, 0)
        self.setLayout(inside)

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Show the members who have no account yet."""
        empty(self._grid)
        self.rows = [ProposalRow(self, one, self._tell) for one in proposals]
        for number, row in enumerate(self.rows):
            for place, part in enumerate((row.wanted, row.user, row.role)):
                self._grid.addWidget(part, number, place)
        there = bool(self.rows)
        self._none.setVisible(not there)
        self._about.setVisible(there)
        self.everybody.setVisible(there)
        self.show_fault("")
        self._tell()

    @property
    def accounts(self) -> tuple[NewAccount, ...]:
        """The ticked ones, each with a password made now."""
        return tuple(NewAccount(row.account, suggest_password()) for row in self.rows if row.wanted.isChecked())

    def show_fault(self, text: str) -> None:
        """Say what stops it; nothing was made."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        """Take no second try while the keys are made."""
        self.make_button.setEnabled(not busy and any(row.wanted.isChecked() for row in self.rows))

    def _tick(self, on: bool) -> None:
        for row in self.rows:
            row.wanted.setChecked(on)

    def _tell(self) -> None:
        ticked = [row for row in self.rows if row.wanted.isChecked()]
        for row in self.rows:
            row.user.setEnabled(row in ticked)
            row.role.setEnabled(row in ticked)
        self.everybody.setChecked(bool(self.rows) and len(ticked) == len(self.rows))
        self.make_button.setText(
            self.tr("Skapa kontot") if len(ticked) == 1 else self.tr("Skapa {0} konton").format(len(ticked))
        )
        self.make_button.setAccessibleName(self.make_button.text())
        self.make_button.setEnabled(bool(ticked))
