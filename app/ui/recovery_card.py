"""The card on Idag that says that nobody is known to have the recovery key, until one was made and typed back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.roles import Right
from app.services.desk import Desk
from app.services.envelope import recovery_key_waits
from app.ui.widgets.controls import box, button, card, label
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


def read_key_waits(desk: Desk) -> bool:
    """Whether the person is told: only who reaches every unit may have the key."""
    return desk.may(Right.MANAGE_ACCOUNTS) and desk.actor.units is None and recovery_key_waits(desk)


def key_cards(owner: QWidget, place: Workplace, waits: bool) -> list[QWidget]:
    """The card, where the key waits."""
    if not waits:
        return []
    what = owner.tr("Ingen har bekräftat återställningsnyckeln")
    why = owner.tr(
        "Den är enda vägen in om alla glömt sina lösenord. Skapa en ny, skriv ut den och skriv av den från papperet."
    )
    make = button(
        owner.tr("Skapa ny återställningsnyckel"), lambda: place.visit.emit("settings", "security"), kind="primary",
        icon_name="key-round",
    )  # fmt: skip
    return [card(label(what, role="label", wrap=True), label(why, wrap=True), box(Flow(make)))]
