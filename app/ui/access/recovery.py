"""A forgotten password: the recovery key from its envelope gives a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.access.login import enter_goes_on, password_field
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.fields import field, line


class Recovery(QWidget):
    """User, recovery key, and the new password twice."""

    tried = Signal(str, str, str)
    left = Signal()

    def __init__(self, *, user: str) -> None:
        super().__init__()
        self.user = line(user)
        self.key = line(watched=False)
        self.password, self.again = password_field(), password_field()
        self._fault = label(role="overdue", wrap=True)
        self._fault.hide()
        enter_goes_on((self.user, self.key, self.password, self.again), self._try)
        about = label(
            self.tr("Återställningsnyckeln finns i det förseglade kuvertet. Att den används skrivs alltid i loggen."),
            role="muted",
            wrap=True,
        )
        self.setLayout(
            column(
                label(self.tr("Nytt lösenord"), role="title"),
                about,
                GRID,
                field(self.tr("Användare"), self.user),
                field(self.tr("Återställningsnyckel"), self.key),
                field(self.tr("Nytt lösenord"), self.password),
                field(self.tr("Samma lösenord igen"), self.again),
                self._fault,
                row(
                    button(self.tr("Byt lösenord och logga in"), self._try, kind="primary"),
                    button(self.tr("Tillbaka"), self.left.emit),
                    None,
                ),
            )
        )

    def _try(self) -> None:
        if self.password.text() != self.again.text():
            self._fault.setText(self.tr("Lösenorden är olika. Skriv samma två gånger."))
            self._fault.show()
            return
        self._fault.hide()
        self.tried.emit(self.user.text().strip(), self.key.text(), self.password.text())
