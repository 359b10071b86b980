"""What is left to call to, on Idag: a row opens its meeting, a button says that the call went out."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.call_reminders import CallReminder, Due
from app.ui.widgets.controls import box, button, row
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


def calling_rows(page: QWidget, place: Workplace, found: tuple[CallReminder, ...]) -> list[QWidget]:
    """A row for each reminder; what is done by calling has a button for it."""
    return [_row(page, place, one) for one in found]


def _row(page: QWidget, place: Workplace, one: CallReminder) -> QWidget:
    opened = OpenRow(
        place.theme, left="", upper=one.sentence, lower=one.under,
        on_open=partial(place.visit.emit, "meeting", one.meeting),
    )  # fmt: skip
    if not one.done_by_call:
        return opened
    text = page.tr("Utskickad") if one.due is Due.CLOSED else page.tr("Kallad")
    done = button(text, partial(_call, page, place, one.meeting), icon_name="check", tip=page.tr("Märk som gjort"))
    done.setAccessibleName(f"{text}: {one.sentence}")
    inside = row(opened, done)
    inside.setStretch(0, 1)
    return box(inside)


def _call(page: QWidget, place: Workplace, meeting: str) -> None:
    from app.ui.papers.calls import mark_called  # noqa: PLC0415 - loaded when first used

    mark_called(page, place, (meeting,))
