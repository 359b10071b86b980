"""What was marked as done or followed up just now, with a line for how it went, told if there is something to."""

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
    """Stands above the list after an action was marked, until its result or effect is told or another is marked."""

    left = Signal()
    """The keyboard goes back to the list."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._done: Done | None = None
        self._followed = False
        self.setObjectName("bar")
        self.setProperty("kind", "notice")
        self._what = label(wrap=True)
        self.result = line(placeholder=self._asks(), longest=_LONGEST)
        self.result.returnPressed.connect(self._tell)
        self._save = button(self.tr("Spara"), self._tell)
        inside = row(self._what, self.result, self._save)
        inside.setStretch(0, 2)
        inside.setStretch(1, 3)
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self.hide()

    def _asks(self) -> str:
        if self._followed:
            return self.tr("Vilken effekt blev det? Tabb hit, Enter sparar.")
        return self.tr("Hur gick det? Tabb hit, Enter sparar.")

    def show_done(self, done: Done) -> None:
        """Ask how it went with an action that is done; what was written of the one before is kept first."""
        self._show(done, followed=False, said=self.tr("Klar: {0}"))

    def show_followed(self, done: Done) -> None:
        """Ask what came of an action that was followed up."""
        self._show(done, followed=True, said=self.tr("Uppföljd: {0}"))

    def _show(self, done: Done, *, followed: bool, said: str) -> None:
        self.settle()
        self._done, self._followed = done, followed
        self._what.setText(said.format(done.row.text))
        self.result.setPlaceholderText(self._asks())
        self.result.setAccessibleName(self._asks())
        self.result.setText(self._told_before(done))
        self.show()

    def _told_before(self, done: Done) -> str:
        return (done.row.effect if self._followed else done.row.result) or ""

    def forget(self, key: str = "") -> None:
        """Ask no more, of the action of that key or of any."""
        if not key or (self._done is not None and self._done.row.key == key):
            self._done = None
            self.hide()

    def forget_open(self, rows: Sequence[ActionRow]) -> None:
        """Ask no more of an action for which what was marked has been taken back."""
        for one in rows:
            if one.followed_up_on is None if self._followed else one.status is ActionStatus.OPEN:
                self.forget(one.key)

    def settle(self) -> None:
        """Keep what is written and not kept yet."""
        done, text = self._done, self.result.text().strip()
        self.forget()
        if done is None or text == self._told_before(done):
            return
        version = done.version
        if self._followed:
            told, said = replace(done.row, effect=text or None), self.tr("Effekten är sparad.")
        else:
            told = replace(done.row, status=ActionStatus.DONE, done_on=self.place.desk.today, result=text or None)
            said = self.tr("Resultatet är sparat.")

        def kept(_: None) -> None:
            done.version = version + 1

        self.place.act(
            self, lambda desk: set_action(desk, action=as_action(told), expected_version=version), kept,
            changed="actions", said=said,
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
