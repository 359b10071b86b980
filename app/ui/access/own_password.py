"""The first log-in with a password that was handed over: one page that asks for a password of one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.passwords import SHORTEST
from app.ui.access.login import password_field
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.fields import field


class OwnPassword(QWidget):
    """The new password twice; the handed over one is remembered until the page is left."""

    chosen = Signal(str, str, str)
    """User, the password handed over, and her own."""
    left = Signal()

    def __init__(self, *, user: str, handed_over: str) -> None:
        super().__init__()
        self._user, self._handed_over = user, handed_over
        self.password, self.again = password_field(), password_field()
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.choose)
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self.busy = label(self.tr("Sparar ditt lösenord …"), role="muted")
        self.busy.hide()
        self.choose_button = button(self.tr("Spara och logga in"), self.choose, kind="primary")
        about = self.tr(
            "Lösenordet på lappen gäller bara den här gången, för någon annan har sett det. Ditt eget känner bara du."
        )
        rules = self.tr(
            "Minst {0} tecken. Flera ord efter varandra är lätta att minnas. Inte ett av de vanligaste lösenorden, och "
            "inte ett namn på dig eller enheten."
        ).format(SHORTEST)
        self.setLayout(
            column(
                label(self.tr("Välj ett eget lösenord"), role="title", wrap=True),
                label(about, wrap=True),
                GRID,
                field(self.tr("Användare"), label(user, wrap=True)),
                field(self.tr("Nytt lösenord"), self.password, hint=rules),
                field(self.tr("Samma lösenord igen"), self.again),
                self.fault,
                self.busy,
                row(self.choose_button, button(self.tr("Tillbaka"), self.left.emit), None),
            )
        )
        self.setFocusProxy(self.password)

    def choose(self) -> None:
        """Ask for the new password to be set, once it is typed the same twice."""
        if self.password.text() != self.again.text():
            self.refuse(self.tr("Lösenorden är olika. Skriv samma två gånger."))
            return
        self._set_busy(True)
        self.chosen.emit(self._user, self._handed_over, self.password.text())

    def refuse(self, sentence: str) -> None:
        """Say why it was refused, with what is typed left to be mended."""
        self._set_busy(False)
        self.fault.setText(sentence)
        self.fault.show()
        self.password.setFocus()
        self.password.selectAll()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.choose_button, self.password, self.again):
            part.setEnabled(not busy)
        self.busy.setVisible(busy)
        if busy:
            self.fault.hide()
