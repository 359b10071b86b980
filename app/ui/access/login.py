"""The log-in: who, password, and the ways for somebody who cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.address import Address
from app.ui.icons import icon
from app.ui.theme import GRID
from app.ui.widgets.controls import as_plain, box, button, column, label, row
from app.ui.widgets.fields import field as titled
from app.ui.widgets.flow import Flow


def password_field(*, dressed: bool = True) -> QLineEdit:
    """A line that hides what is typed until the eye is pressed; not `dressed`, it gets its eye by `dress` later."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(1000)
    if dressed:
        dress(made)
    return made


def dress(field: QLineEdit) -> None:
    """Give a password's line its eye."""
    eye = field.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
    eye.setText(QCoreApplication.translate("LogIn", "Visa lösenordet"))
    eye.setToolTip(eye.text())

    def toggle() -> None:
        hidden = field.echoMode() is QLineEdit.EchoMode.Password
        field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        eye.setIcon(icon("eye-off" if hidden else "eye"))

    eye.triggered.connect(toggle)


def enter_goes_on(lines: Sequence[QLineEdit], act: Callable[[], object]) -> None:
    """Let Enter in one of a page's lines go to the next that is empty, and press the page's button in the last."""

    def entered(number: int) -> None:
        empty = next((one for one in lines[number + 1 :] if one.isVisible() and not one.text()), None)
        if empty is None:
            act()
        else:
            empty.setFocus()

    for number, one in enumerate(lines):
        one.returnPressed.connect(partial(entered, number))


class LogIn(QWidget):
    """User and password for one database file."""

    tried = Signal(str, str)
    forgotten = Signal()
    other_database = Signal()
    new_database = Signal()
    server = Signal()
    restore_wanted = Signal()

    def __init__(self, database: Address, *, user: str) -> None:
        super().__init__()
        self._user = QComboBox()
        self._user.setEditable(True)
        self._user.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._inviting = False
        self.password = password_field(dressed=False)
        self._user.textActivated.connect(lambda _: self.password.setFocus())
        self._file = label(role="muted", wrap=True)
        self._fault = label(role="overdue", wrap=True)
        self._busy = label(self.tr("Öppnar databasen …"), role="muted")
        self._enter = button(self.tr("Logga in"), self._try, kind="primary")
        self._enter.setDefault(True)
        self.password.returnPressed.connect(self._try)
        ways = Flow(
            button(self.tr("Glömt lösenordet?"), self.forgotten.emit, kind="quiet"),
            button(self.tr("Annan databas …"), self.other_database.emit, kind="quiet"),
            button(self.tr("Gemensam databas …"), self.server.emit, kind="quiet"),
            button(self.tr("Ny databas …"), self.new_database.emit, kind="quiet"),
            button(self.tr("Återställ från säkerhetskopia …"), self.restore_wanted.emit, kind="quiet"),
        )
        self.setLayout(
            column(
                label(self.tr("Teamforum"), role="title"),
                self._file,
                GRID,
                titled(self.tr("Användare"), self._user),
                titled(self.tr("Lösenord"), self.password),
                self._fault,
                self._busy,
                row(self._enter, None),
                GRID,
                box(ways),
            )
        )
        self.reset(database, user=user)

    @property
    def user(self) -> str:
        """The user name as typed."""
        return self._user.currentText().strip()

    def reset(self, database: Address, *, user: str) -> None:
        """Begin anew for this database and user; nothing of the one before is left."""
        self._file.setText(self.tr("Databasen {0}").format(database.name))
        self._file.setToolTip(as_plain(str(database)))
        self._inviting = False
        self._user.hidePopup()
        self._user.clear()
        self._user.setEditText(user)
        self.password.clear()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._fault.hide()
        self.set_busy(False)
        QTimer.singleShot(0, self, self._focus)

    def invite(self) -> None:
        """Anybody may be next: let the list of names come up as soon as it is read."""
        self._inviting = True
        self._user.setFocus()

    def _focus(self) -> None:
        (self.password if self.user else self._user).setFocus()

    def offer_users(self, users: Sequence[str]) -> None:
        """Offer the names of those who may log in, and keep what is typed."""
        typed = self._user.currentText()
        self._user.clear()
        self._user.addItems(sorted(users, key=str.casefold))
        self._user.setEditText(typed or (users[0] if len(users) == 1 else ""))
        if not self.password.text():
            self._focus()
        if self._inviting and len(users) > 1 and self.isVisible():
            self._user.showPopup()
        self._inviting = False

    def dress(self) -> None:
        """Draw what could wait until the page was on the screen."""
        dress(self.password)

    def set_busy(self, busy: bool) -> None:
        """Show that the database is being opened, and take no second try meanwhile."""
        for part in (self._enter, self.password, self._user):
            part.setEnabled(not busy)
        self._busy.setVisible(busy)
        if busy:
            self._fault.hide()

    def refuse(self, sentence: str) -> None:
        """Say why it was refused, with the password ready to be typed again."""
        self._fault.setText(sentence)
        self._fault.show()
        self.password.clear()
        self.password.setFocus()

    def _try(self) -> None:
        if not self.user or not self.password.text():
            self.refuse(self.tr("Skriv både användare och lösenord."))
            return
        self.tried.emit(self.user, self.password.text())
