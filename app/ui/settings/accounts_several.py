"""Accounts for several members at once: who, with which user name and role, all made in one gesture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from app.domain.accounts import Account, NewAccount, Proposal
from app.domain.roles import Role
from app.services.accounts import suggest_password
from app.ui.settings.forum_fields import check
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow

_USER_WIDTH, _ROLE_WIDTH = 132, 180
_ALL = ""


class ProposalRow:
    """One member's row: whether she gets an account, and how she logs in."""

    def __init__(self, owner: QWidget, proposal: Proposal, *, where: str, on_change: Callable[[], object]) -> None:
        self.proposal = proposal
        self.where = label(where, role="muted", wrap=True)
        text = f"{proposal.full_name}, {proposal.profession.lower()}"
        if proposal.namesake:
            text = owner.tr("{0} (har kanske redan kontot {1})").format(text, proposal.namesake)
        self.wanted: QCheckBox = check(text.replace("&", "&&"))
        self.wanted.setAccessibleName(text)
        # Who is to be in charge of everything is chosen, not left standing.
        self.wanted.setChecked(not proposal.namesake and proposal.role is not Role.MANAGER)
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
    def parts(self) -> tuple[QWidget, ...]:
        """What the row shows, from left to right."""
        return (self.wanted, self.where, self.user, self.role)

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
        self.unit = choice([(_ALL, self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self._narrow())
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, GRID, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.make_button = button(self.tr("Skapa kontona"), on_make, kind="primary")
        self.leave_button = button(self.tr("Skapa inga"), on_leave)
        self._shown_filter = box(row(field(self.tr("Enhet"), self.unit), None))
        list_ = column(box(self._grid), None)
        inside = column(
            label(self.tr("Konton till flera"), role="heading"), self._about, self._none,
            self._shown_filter, self.everybody,
            scrolled(box(list_), name=self.tr("Medarbetare utan konto")), self.fault,
            box(Flow(self.make_button, self.leave_button)), space=GRID,
        )  # fmt: skip
        inside.setStretch(5, 1)
        inside.setContentsMargins(2, 0, 0, 0)
        self.setLayout(inside)

    def offer(self, proposals: Sequence[Proposal], *, unit_names: Mapping[str, str]) -> None:
        """Show the members who have no account yet."""
        empty(self._grid)
        self.rows = [
            ProposalRow(self, one, where=", ".join(unit_names.get(key, key) for key in one.units), on_change=self._tell)
            for one in proposals
        ]
        titles = (self.tr("Medarbetare"), self.tr("Enhet"), self.tr("Användarnamn"), self.tr("Roll"))
        for place, title in enumerate(titles):
            self._grid.addWidget(label(title, role="label"), 0, place)
        for number, row_ in enumerate(self.rows, start=1):
            for place, part in enumerate(row_.parts):
                self._grid.addWidget(part, number, place)
        there = bool(self.rows)
        held = {key for one in proposals for key in one.units}
        here = [(key, name) for key, name in unit_names.items() if key in held]
        fill_choice(self.unit, [(_ALL, self.tr("Alla enheter")), *here])
        self._none.setVisible(not there)
        for part in (self._about, self.everybody):
            part.setVisible(there)
        self._shown_filter.setVisible(len(here) > 1)
        self._order()
        self.show_fault("")
        self._narrow()

    def _order(self) -> None:
        """Tab goes as the eye does: the choices above, the rows, then what is done with them."""
        stops = [self.unit, self.everybody]
        stops += [part for one in self.rows for part in (one.wanted, one.user, one.role)]
        for before, after in pairwise((*stops, self.make_button, self.leave_button)):
            QWidget.setTabOrder(before, after)

    @property
    def shown(self) -> list[ProposalRow]:
        """The rows of the chosen unit; the others are neither seen nor made."""
        unit = chosen(self.unit)
        return [one for one in self.rows if unit in (_ALL, *one.proposal.units)]

    def _narrow(self) -> None:
        shown = self.shown
        for one in self.rows:
            for part in one.parts:
                part.setVisible(one in shown)
        self._tell()

    @property
    def accounts(self) -> tuple[NewAccount, ...]:
        """The ticked ones that are seen, each with a password made now."""
        return tuple(NewAccount(one.account, suggest_password()) for one in self.shown if one.wanted.isChecked())

    def show_fault(self, text: str) -> None:
        """Say what stops it; nothing was made."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        """Take no second try while the keys are made."""
        self.make_button.setEnabled(not busy and any(one.wanted.isChecked() for one in self.shown))

    def _tick(self, on: bool) -> None:
        for one in self.shown:
            one.wanted.setChecked(on)

    def _tell(self) -> None:
        for one in self.rows:
            one.user.setEnabled(one.wanted.isChecked())
            one.role.setEnabled(one.wanted.isChecked())
        ticked = [one for one in self.shown if one.wanted.isChecked()]
        self.everybody.setChecked(bool(ticked) and len(ticked) == len(self.shown))
        self.make_button.setText(
            self.tr("Skapa kontot") if len(ticked) == 1 else self.tr("Skapa {0} konton").format(len(ticked))
        )
        self.make_button.setAccessibleName(self.make_button.text())
        self.make_button.setEnabled(bool(ticked))
