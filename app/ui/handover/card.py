"""The card on Idag that says how much was decided since the person's last shift, and leads to what."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.handover import HandoverCount, since_words
from app.services.desk import Desk
from app.services.handover import count_handover
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


def read_handover(desk: Desk) -> HandoverCount:
    """How much was decided since the person's last shift; nothing is told of what, so nothing is logged."""
    return count_handover(desk)


def handover_rows(owner: QWidget, place: Workplace, count: HandoverCount) -> list[QWidget]:
    """A heading and a row, where anything was decided."""
    if not count.meetings:
        return []
    heading, lower = owner.tr("Senaste tre dagarna"), count.words
    if count.of_last_shift:
        heading = owner.tr("Sedan ditt förra pass")
        lower = owner.tr("{0}, sedan {1}").format(count.words, since_words(count.since, today=place.desk.today))
    return [
        label(heading, role="heading"),
        OpenRow(
            place.theme, left="", upper=owner.tr("Läs vad som har bestämts"),
            lower=lower, on_open=partial(place.visit.emit, "handover", ""),
        ),
    ]  # fmt: skip
