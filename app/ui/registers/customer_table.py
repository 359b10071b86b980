"""The list of customers, apartment by apartment; of a protected identity it has the code and nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.domain.customers import Customer, CustomerStatus
from app.domain.stored import Stored
from app.domain.swedish import brief_date, plain_date
from app.ui.registers.customer_form import CONTACTS
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

Row = Stored[Customer]
_MARKED = {CustomerStatus.HOSPITAL: "due", CustomerStatus.MOVING_IN: "info", CustomerStatus.MOVING_OUT: "info"}


class CustomerTable(Table[Row]):
    """One row a customer."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.ward_names: dict[str, str] = {}
        self.member_names: dict[str, str] = {}
        super().__init__(self._columns(), name=QCoreApplication.translate("CustomerTable", "Kunder"))
        self.setMinimumWidth(200)

    def _columns(self) -> tuple[Column[Row], ...]:
        return (
            Column(self.tr("Lägenhet"), _apartment, width=80),
            Column(self.tr("Kund"), lambda row: _name(row.value)),
            Column(self.tr("Avdelning"), lambda row: self.ward_names.get(row.value.ward or "", ""), width=112),
            Column(self.tr("Status"), self._status_of, width=184, color=self._color_of, hover=self._status_in_full),
            Column(self.tr("Kontakter"), self._contacts_of),
        )

    def words_of(self, row: Row) -> str:
        """What a search looks in."""
        return f"{_apartment(row)} {_name(row.value)} {self._contacts_of(row)}".casefold()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these customers; apartments only where any has one."""
        self.rows_model.show_rows(rows)
        self.setColumnHidden(0, not any(_apartment(row) for row in rows))

    def _status_of(self, row: Row) -> str:
        now, since = self._status_since(row)
        if since is None or now is CustomerStatus.HOME:
            return now.label
        return self.tr("{0} sedan {1}").format(now.label, brief_date(since, today=self._place.desk.today))

    def _status_in_full(self, row: Row) -> str:
        now, since = self._status_since(row)
        return self.tr("{0} sedan {1}").format(now.label, plain_date(since)) if since else now.label

    def _status_since(self, row: Row) -> tuple[CustomerStatus, dt.date | None]:
        today = self._place.desk.today
        now = row.value.status_on(today)
        days = [one.from_ for one in row.value.status_history if one.status is now and one.from_ <= today]
        return now, max(days, default=None)

    def _color_of(self, row: Row) -> QColor | None:
        role = _MARKED.get(row.value.status_on(self._place.desk.today))
        return self._place.theme.color(role) if role else None

    def _contacts_of(self, row: Row) -> str:
        held = row.value.contacts
        keys = [getattr(held, name) for name in CONTACTS] if held else []
        return ", ".join(self.member_names.get(key, key) for key in keys if key)


def _apartment(row: Row) -> str:
    return "" if row.value.protected else row.value.apartment or ""


def _name(customer: Customer) -> str:
    return customer.label if customer.protected else customer.reference
