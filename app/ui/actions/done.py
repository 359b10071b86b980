"""Marking an action as done or as followed up from any page, with its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.meetings import ActionRow
from app.services.actions import complete_action, follow_up_action, reopen_action, take_back_follow_up
from app.ui.workplace import Workplace


@dataclass(slots=True)
class Done:
    """An action that was marked just now, and the version at which it stands since."""

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
    said = owner.tr("Åtgärden är klar. Ångra med Ctrl+Z.")
    if one.repeat:
        said = owner.tr("Åtgärden är klar, och nästa gång står i listan. Ångra med Ctrl+Z.")
    place.act(
        owner, lambda desk: complete_action(desk, key=one.key, result=result, expected_version=one.version),
        lambda _: then(done) if then is not None else None,
        changed="actions", said=said, undo=back,
    )  # fmt: skip


def follow_up(
    owner: QWidget, place: Workplace, one: ActionRow, *, effect: str | None = None,
    then: Callable[[Done], object] | None = None,
) -> None:  # fmt: skip
    """Mark an action followed up; Ctrl+Z takes that back, also when its effect was told meanwhile."""
    done = Done(one, one.version + 1)
    back = place.way_back(
        owner.tr("Följ upp"),
        lambda desk: take_back_follow_up(
            desk, key=one.key, effect=one.effect, follow_up=one.follow_up, expected_version=done.version
        ), changed="actions",
    )  # fmt: skip
    place.act(
        owner, lambda desk: follow_up_action(desk, key=one.key, effect=effect, expected_version=one.version),
        lambda _: then(done) if then is not None else None,
        changed="actions", said=owner.tr("Åtgärden är uppföljd. Ångra med Ctrl+Z."), undo=back,
    )  # fmt: skip
