"""Idag for who leads meetings: who cannot come, and who comes instead, until she has taken note of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.regrets import RegretNote
from app.services import regrets
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, label
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace

_MOST_TOLD = 5


def regret_cards(owner: QWidget, place: Workplace, found: Sequence[RegretNote]) -> list[QWidget]:
    """For the convenor and the enhetschef on Idag: a card for each regret that she has not taken note of."""
    return [_card(owner, place, one) for one in found[:_MOST_TOLD]]


def _card(owner: QWidget, place: Workplace, one: RegretNote) -> QWidget:
    sentence = one.sentence(place.desk.today)

    def seen() -> None:
        place.act(owner, lambda desk: regrets.mark_regret_seen(desk, mark=one.mark), changed="regrets")

    go = button(owner.tr("Öppna mötet"), lambda: place.visit.emit("meeting", one.meeting))
    done = button(owner.tr("Jag har sett det"), seen)
    for made in (go, done):
        made.setAccessibleName(f"{made.text()}: {sentence}")
    return card(label(sentence, role="due" if one.lost else "label", wrap=True), box(Flow(go, done)), margin=GRID)
