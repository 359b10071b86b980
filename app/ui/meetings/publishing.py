"""Publishing an agenda from wherever it is offered: its page, or Idag. It can be taken back with Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget

from app.services.publishing import Published, publish_agenda, take_back_agenda
from app.ui.workplace import UndoStep, Workplace


def publish(
    owner: QWidget, place: Workplace, key: str, *, version: int | None = None,
    then: Callable[[], object] | None = None,
) -> None:  # fmt: skip
    """Publish the agenda, as it stands in that version; `then` is called after that, and after it was taken back."""

    def after(_: object) -> None:
        if then is not None:
            then()

    def done(found: Published) -> None:
        phrase = owner.tr("Publicera dagordningen")
        place.remember(UndoStep(phrase, lambda: take_back(phrase, found)))
        said = owner.tr("Dagordningen är publicerad, version {0}. Skriv ut den med Ctrl+P. Ångra med Ctrl+Z.")
        place.told.emit(said.format(found.number))
        after(found)

    def take_back(phrase: str, found: Published) -> None:
        by = owner if shiboken6.isValid(owner) else place
        place.act(
            by, lambda desk: take_back_agenda(desk, published=found), after, changed="meetings",
            said=place.tr("Ångrat: {0}").format(phrase),
        )  # fmt: skip

    place.act(owner, lambda desk: publish_agenda(desk, key=key, expected_version=version), done, changed="meetings")
