"""Where a customer is and has been: the status now, the way to change it from a day, and the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.customers import Customer, CustomerStatus, StatusPeriod
from app.domain.swedish import number_word, plain_date, short_date
from app.services.desk import Desk
from app.ui.widgets.controls import box, button, column, empty, label
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice
from app.ui.widgets.flow import Flow

_CHOICES = tuple(status for status in CustomerStatus if status is not CustomerStatus.LEFT)
_OFTEN_NEXT = {
    CustomerStatus.HOME: CustomerStatus.HOSPITAL,
    CustomerStatus.HOSPITAL: CustomerStatus.HOME,
    CustomerStatus.MOVING_IN: CustomerStatus.HOME,
    CustomerStatus.MOVING_OUT: CustomerStatus.HOME,
}


class StatusHistory(QWidget):
    """The history, latest first; `on_change` is asked to keep a new status from a day."""

    def __init__(self, desk: Desk, on_change: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self.now = label(wrap=True)
        self.status = choice([(one.value, one.label) for one in _CHOICES])
        self.day = DateField(lambda: desk.today, desk.today, required=True)
        self.change = button(self.tr("Ändra status"), on_change)
        self._fields = box(
            Flow(field(self.tr("Ny status"), self.status), field(self.tr("Från och med"), self.day), self.change)
        )
        self._periods = QVBoxLayout()
        self._periods.setSpacing(4)
        self.setLayout(column(label(self.tr("Status"), role="heading"), self.now, self._fields, self._periods, space=8))

    @property
    def wanted(self) -> CustomerStatus:
        """The status that is chosen."""
        return CustomerStatus(chosen(self.status))

    def show_customer(self, customer: Customer, *, may_write: bool) -> None:
        """Show what a customer's history says."""
        today = self._desk.today
        now = customer.status_on(today)
        self.now.setText(status_words(customer, today=today))
        self._fields.setVisible(may_write and now is not CustomerStatus.LEFT)
        options = [(one.value, one.label) for one in _CHOICES]
        fill_choice(self.status, options, chosen=_OFTEN_NEXT.get(now, CustomerStatus.HOME).value)
        self.day.set_day(today)
        empty(self._periods)
        for period in sorted(customer.status_history, key=lambda one: one.from_, reverse=True):
            self._periods.addWidget(label(self._words(period), role="muted", wrap=True))

    def _words(self, period: StatusPeriod) -> str:
        start = plain_date(period.from_)
        if period.to is None:
            return self.tr("{0}: från {1}").format(period.status.label, start)
        days = number_word((period.to - period.from_).days + 1, self.tr("dag"), self.tr("dagar"))
        return self.tr("{0}: {1} till {2}, {3}").format(period.status.label, start, plain_date(period.to), days)


def status_words(customer: Customer, *, today: dt.date) -> str:
    """The status today and since when."""
    now = customer.status_on(today)
    days = [
        one.from_
        for one in customer.status_history
        if one.status is now and one.from_ <= today and (one.to is None or today <= one.to)
    ]
    if not days:
        return now.label
    since = max(days)
    day = short_date(since) if since.year == today.year else plain_date(since)
    return QCoreApplication.translate("StatusHistory", "{0} sedan {1}").format(now.label, day)
