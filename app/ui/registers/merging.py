"""Two rows of the same person made one: the small question of which the other row is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.widgets.fields import choice, chosen, field
from app.ui.widgets.messages import Question


class MergeQuestion(Question):
    """Asks which row is the same person as `kept`; that row goes, and all that named it names `kept`."""

    def __init__(
        self, parent: QWidget, *, kept: str, others: Sequence[tuple[str, str]], on_merge: Callable[[str], object]
    ) -> None:
        def tr(text: str) -> str:
            return QCoreApplication.translate("MergeQuestion", text)

        self.other = choice([("", tr("Välj rad")), *others])
        super().__init__(
            parent,
            tr("Slå ihop två rader"),
            tr("Raden {0} blir kvar. Allt som nämner den andra raden nämner den här i stället, "
               "och den andra raden försvinner. Det går inte att ångra.").format(kept),
            field(tr("Samma person som"), self.other),
            accept=tr("Slå ihop raderna"), danger=True,
        )  # fmt: skip
        self.accept_button.setEnabled(False)
        self.other.currentIndexChanged.connect(lambda _: self.accept_button.setEnabled(bool(chosen(self.other))))
        self.accepted.connect(lambda: on_merge(chosen(self.other)))
