"""What is asked for beside the password where a database does not itself say who the person is now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.services.doors import Proof
from app.ui.access.login import password_field
from app.ui.widgets.controls import box, column
from app.ui.widgets.fields import field, line


class ProofFields(QWidget):
    """Her password of today and the recovery key; hidden until they are asked for."""

    def __init__(self, on_enter: Callable[[], None]) -> None:
        super().__init__()
        self.password_now = password_field()
        self.recovery_key = line(watched=False)
        for one in (self.password_now, self.recovery_key):
            one.returnPressed.connect(on_enter)
        self._password = box(column(field(self.tr("Lösenordet du har nu"), self.password_now)))
        self._key = box(column(field(self.tr("Återställningsnyckel ur kuvertet"), self.recovery_key)))
        self.setLayout(column(self._password, self._key))
        self.clear()

    def ask(self, *, password: bool) -> None:
        """Show the recovery key's field, with `password` that of the present password as well."""
        self.show()
        self._password.setVisible(password)
        self._key.show()
        (self.password_now if password else self.recovery_key).setFocus()

    def given(self) -> Proof:
        """What was typed; a field that is not asked for gives nothing."""
        password = "" if self._password.isHidden() else self.password_now.text()
        key = "" if self._key.isHidden() else self.recovery_key.text().strip()
        return Proof(password_now=password, recovery_key=key)

    def clear(self) -> None:
        """Forget what was typed, and hide the fields."""
        for one in (self.password_now, self.recovery_key):
            one.clear()
        for part in (self._password, self._key, self):
            part.hide()
