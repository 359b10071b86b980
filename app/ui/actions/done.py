"""Marking an action as done from any page, with its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.meetings import ActionRow
from app.services.actions import complete_action, reopen_action
from app.ui.workplace import Workplace


@dataclass(slots=True)
class Done:
    """An action that was marked as done, and the version at which it stands since."""

    row: ActionRow
    version: int


def complete(
    owner: QWidget, place: Workplace, one: ActionRow, *, result: str | None = None,
    then: Callable[[Done], object] | None = None,
) -> None:  # fmt: skip
    """Mark an action done; Ctrl+Z opens it again, also when its result was told meanwhile."""
    done = Done(one, one.version + 1)
    back = place.way_back(
        owner.tr("Markera som klar"),
        lambda desk: reopen_action(desk, key=one.key, expected_version=done.version), changed="actions",
    )  # fmt: skip
    place.act(
        owner, lambda desk: complete_action(desk, key=one.key, result=result, expected_version=one.version),
        lambda _: then(done) if then is not None else None,
        changed="actions", said=owner.tr("Åtgärden är klar. Ångra med Ctrl+Z."), undo=back,
    )  # fmt: skip
