"""What the parts of a case have in common: texts that are kept as drafts, and saving through the case's service."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.domain.coordination.views import CaseView
from app.ui.registers.kept_form import KeptForm
from app.ui.widgets.texts import TextField


class KeptText(TextField):
    """A growing text that is counted among what is saved."""

    touched = Signal()

    def __init__(self, text: str = "", *, name: str = "", placeholder: str = "", lines: int = 1, most: int = 8) -> None:
        super().__init__(text, name=name, placeholder=placeholder, lines=lines, most=most)
        self.edited.connect(lambda _: self.touched.emit())

    @property
    def kept(self) -> object:
        """The text as it stands."""
        return self.toPlainText()

    def show_kept(self, value: object) -> None:
        """Put a text back."""
        self.show_text(str(value or ""))
        self.touched.emit()


class CasePart(KeptForm):
    """One part of a case: shown from the case, never over what is being typed there."""

    key = ""
    """What the part's draft is called."""

    def __init__(self) -> None:
        super().__init__()
        self.view: CaseView | None = None

    def show_case(self, view: CaseView, *, fresh: bool) -> None:
        """Show the case; what is typed and not saved stays, unless it is another case (`fresh`)."""
        self.view = view
        if fresh or not self.dirty:
            self.fill(view)
            self.is_clean()

    def fill(self, view: CaseView) -> None:
        """Put the case's values in the fields."""
