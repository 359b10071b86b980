"""Steps that take back what was done in a register, through the services like everything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.services.desk import Desk
from app.ui.workplace import UndoStep, Workplace


def undo_step(place: Workplace, phrase: str, work: Callable[[Desk], object], *, changed: str) -> UndoStep:
    """A step named by `phrase` that runs `work`; the service refuses it when somebody changed the row since."""

    def take_back() -> None:
        said = QCoreApplication.translate("Undo", "Ångrat: {0}").format(phrase)
        place.act(place, work, changed=changed, said=said)

    return UndoStep(phrase, take_back)
