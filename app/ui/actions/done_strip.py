"""What was marked as done just now, with a line for how it went: done at once, told when there is something to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from app.domain.meetings import ActionRow, ActionStatus
from app.services.actions import as_action, set_action
from app.ui.actions.done import Done
from app.ui.theme import GRID
from app.ui.widgets.controls import button, label, row
from app.ui.widgets.fields import line
from app.ui.workplace import Workplace

_LONGEST = 2000


class DoneStrip(QFrame):
    """Stands above the list after an action was done, until its result is told or another is done."""

    left = Signal()
    """The keyboard goes back to the list."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._done: Done | None = None
        self.setObjectName("bar")
        self.setProperty("kind", "notice")
        self._what = label(wrap=True)
        self.result = line(placeholder=self.tr("Hur gick det? Tabb hit, Enter sparar."), longest=_LONGEST)
        self.result.returnPressed.connect(self._tell)
        self._save = button(self.tr("Spara"), self._tell)
        inside = row(self._what, self.result, self._save)
        inside.setStretch(0, 2)
        inside.setStretch(1, 3)
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self.hide()

    def show_done(self, done: Done) -> None:
        """Ask how it went with an action that is done; what was written of the one before is kept first."""
        self.settle()
        self._done = done
        self._what.setText(self.tr("Klar: {0}").format(done.row.text))
        self.result.setText(done.row.result or "")
        self.show()

    def forget(self, key: str = "") -> None:
        """Ask no more, of the action of that key or of any."""
        if not key or (self._done is not None and self._done.row.key == key):
            self._done = None
            self.hide()

    def forget_open(self, rows: Sequence[ActionRow]) -> None:
        """Ask no more of an action that is open again."""
        for one in rows:
            if one.status is ActionStatus.OPEN:
                self.forget(one.key)

    def settle(self) -> None:
        """Keep what is written and not kept yet."""
        done, text = self._done, self.result.text().strip()
        self.forget()
        if done is None or text == (done.row.result or ""):
            return
        version = done.version
        told = replace(done.row, status=ActionStatus.DONE, done_on=self.place.desk.today, result=text or None)

        def kept(_: None) -> None:
            done.version = version + 1

        self.place.act(
            self, lambda desk: set_action(desk, action=as_action(told), expected_version=version), kept,
            changed="actions", said=self.tr("Resultatet är sparat."),
        )  # fmt: skip

    def _tell(self) -> None:
        self.settle()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.forget()
            self.left.emit()
            return
        super().keyPressEvent(event)
