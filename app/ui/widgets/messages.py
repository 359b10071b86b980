"""The bar that says what went wrong or was done, and the one small question a dialog may ask."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPushButton, QWidget

from app.ui.icons import icon
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, icon_button, label, row

_SHOWN_MS = 5000
_WIDEST = 420
_FOOT = 8 * GRID
"""The last row of a page often holds its buttons: they are left free."""


class MessageBar(QFrame):
    """One line at the top of the window: a fault stays while its page is shown, a notice goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.text = label(wrap=True)
        self.text.setAccessibleName(self.tr("Meddelande"))
        self._mark = label()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._close = icon_button("", self.tr("Stäng meddelandet"), self.hide)
        self._on_click: Callable[[], object] = self.hide
        self._stays = False
        self.action = button("", self._act)
        self.action.hide()
        inside = row(self._mark, self.text, self.action, self._close)
        inside.setStretch(1, 1)
        inside.setContentsMargins(2 * GRID, 4, GRID, 4)
        self.setLayout(inside)
        self.hide()

    def _act(self) -> None:
        self._on_click()

    @property
    def is_fault(self) -> bool:
        """Whether it says that something went wrong."""
        return not self.isHidden() and self.property("kind") == "error"

    def dismiss_notice(self) -> None:
        """Take a notice away: the page it was about is left."""
        if not self.is_fault:
            self.hide()

    def dismiss_fault(self) -> None:
        """Take a fault away, for the same reason; one that is about more than a page stays until it is closed."""
        if self.is_fault and not self._stays:
            self.hide()

    def show_fault(
        self, text: str, *, action: str = "", on_click: Callable[[], object] | None = None, stays: bool = False
    ) -> None:
        """Say what went wrong, with a button that helps where there is one.

        It goes when the page it is about is left; with a button, or when it `stays`, only when it is closed.
        """
        self._stays = stays or bool(action)
        self._on_click = on_click or self.hide
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self._show("error", "circle-alert", text)
        self._timer.stop()

    def show_notice(self, text: str) -> None:
        """Say what was done; goes by itself."""
        self.action.hide()
        self._show("notice", "circle-check", text)
        self._timer.start(_SHOWN_MS)

    def _show(self, kind: str, mark: str, text: str) -> None:
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._close.setIcon(icon("x"))
        self._mark.setPixmap(icon(mark).pixmap(20, 20))
        self.text.setText(text)
        self.show()


class FloatingBar(MessageBar):
    """The bar in the lower right corner of what it lies over: nothing moves when it comes and goes."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _show(self, kind: str, mark: str, text: str) -> None:
        super()._show(kind, mark, text)
        self._place()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        width = min(_WIDEST, over.width() - 4 * GRID)
        wrapped = self.heightForWidth(width)
        height = wrapped if wrapped > 0 else self.sizeHint().height()
        self.setGeometry(over.width() - width - 2 * GRID, over.height() - height - _FOOT, width, height)
        self.raise_()


class Question(QDialog):
    """A dialog that asks one thing: a sentence, a few parts, and buttons that are verbs."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, *parts: QWidget, accept: str, danger: bool = False
    ) -> None:
        super().__init__(parent)
        self.check: Callable[[], str] | None = None
        """What is wrong with the answer as it stands, or empty."""
        self.setWindowTitle("Teamforum")  # what it asks may name a customer, and other programs show a window's title
        self.setAccessibleName(title)
        self.setMinimumWidth(480)
        buttons = QDialogButtonBox()
        self.accept_button = QPushButton(accept)
        self.accept_button.setProperty("kind", "danger" if danger else "primary")
        self.accept_button.setAccessibleName(accept)
        self.leave_button = QPushButton(self.tr("Avbryt"))
        self.leave_button.setAccessibleName(self.tr("Avbryt"))
        self.leave_button.setAutoDefault(danger)
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.leave_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        heading = label(title, role="heading", wrap=True)
        inside = column(heading, *([label(sentence, wrap=True)] if sentence else []), *parts, self.fault, GRID, buttons)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)
        # What cannot be undone is never done by an Enter meant for something else. (The dialog has to hold its buttons
        # before it is told which one Enter presses.)
        (self.leave_button if danger else self.accept_button).setDefault(True)
        if danger and not parts:
            self.leave_button.setFocus()

    def accept(self) -> None:
        """Close with yes, unless `fault` says why it cannot be done as it stands."""
        fault = self.check() if self.check is not None else ""
        if fault:
            self.show_fault(fault)
        else:
            super().accept()

    def show_fault(self, text: str) -> None:
        """Say why it cannot be done as it stands."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
