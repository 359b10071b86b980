"""The card on Idag that says how many customers are about to miss their follow-up, and leads to them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.roles import Right
from app.domain.swedish import number_word
from app.domain.turn_list import Misses
from app.services.desk import Desk
from app.services.misses import count_misses
from app.ui.theme import Theme
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


def read_misses(desk: Desk) -> tuple[Misses, ...]:
    """What is told to whoever convenes: nobody is named, so nothing is logged."""
    writes = desk.may(Right.WRITE_REGISTERS) or desk.may(Right.WRITE_CUSTOMERS)
    return count_misses(desk) if writes else ()


def missing_rows(owner: QWidget, place: Workplace, theme: Theme, misses: tuple[Misses, ...]) -> list[QWidget]:
    """A heading and a row for each unit where somebody is about to be missed."""
    if not misses:
        return []
    rows: list[QWidget] = [label(owner.tr("Uppföljning"), role="heading")]
    for one in misses:
        many = number_word(one.count, owner.tr("kund är"), owner.tr("kunder är"))
        rows.append(OpenRow(
            theme, left="", upper=owner.tr("{0} på väg att missa sin uppföljning").format(many), lower=one.unit_name,
            on_open=partial(place.visit.emit, "turns", f"{one.unit}!"),
        ))  # fmt: skip
    return rows
