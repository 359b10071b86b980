"""Chips for where customers are: one at most is on; with none on, all who have not left are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from app.domain.customers import CustomerStatus
from app.ui.widgets.controls import chip


class StatusChips:
    """Holds the chips; whoever shows them gives them their place."""

    def __init__(self, on_change: Callable[[], object]) -> None:
        self._on_change = on_change
        words = {CustomerStatus.LEFT: QCoreApplication.translate("StatusChips", "Avslutade")}
        self._by_status = {
            status: chip(words.get(status, status.label), partial(self._toggle, status)) for status in CustomerStatus
        }

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """The chips in order."""
        return tuple(self._by_status.values())

    @property
    def chosen(self) -> CustomerStatus | None:
        """The status whose chip is on."""
        return next((status for status, made in self._by_status.items() if made.isChecked()), None)

    def of(self, status: CustomerStatus) -> QPushButton:
        """The chip of a status."""
        return self._by_status[status]

    def _toggle(self, status: CustomerStatus, on: bool) -> None:
        for other, made in self._by_status.items():
            if on and other is not status:
                made.blockSignals(True)
                made.setChecked(False)
                made.blockSignals(False)
        self._on_change()
