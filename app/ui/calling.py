"""What is left to call to and publish, on Idag: a row opens its meeting, a button does what is left."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.call_reminders import CallReminder, Due
from app.ui.widgets.controls import box, button, row
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


def calling_rows(page: QWidget, place: Workplace, found: tuple[CallReminder, ...]) -> list[QWidget]:
    """A row for each reminder; what can be done at once has a button for it."""
    return [_row(page, place, one) for one in found]


def _row(page: QWidget, place: Workplace, one: CallReminder) -> QWidget:
    opened = OpenRow(
        place.theme, left="", upper=one.sentence, lower=one.under,
        on_open=partial(place.visit.emit, "meeting", one.meeting),
    )  # fmt: skip
    if not one.done_here:
        return opened
    closed = one.due is Due.CLOSED
    text, do = (page.tr("Publicera"), _publish) if closed else (page.tr("Kallad"), _call)
    tip = page.tr("Publicera dagordningen som den är nu") if closed else page.tr("Märk som gjort")
    done = button(text, partial(do, page, place, one.meeting), icon_name="send" if closed else "check", tip=tip)
    done.setAccessibleName(f"{text}: {one.sentence}")
    inside = row(opened, done)
    inside.setStretch(0, 1)
    return box(inside)


def _call(page: QWidget, place: Workplace, meeting: str) -> None:
    from app.ui.papers.calls import mark_called  # noqa: PLC0415 - loaded when first used

    mark_called(page, place, (meeting,))


def _publish(page: QWidget, place: Workplace, meeting: str) -> None:
    from app.ui.meetings.publishing import publish  # noqa: PLC0415 - loaded when first used

    publish(page, place, meeting)
