"""The rows on Idag of meetings with something that is in no journal yet; each leads to the first such point."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.journal import ToJournal
from app.domain.roles import Right
from app.domain.swedish import short_date
from app.services.desk import Desk
from app.services.journal_waits import to_journal
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace

SHOWN = 5


def read_to_journal(desk: Desk) -> tuple[ToJournal, ...]:
    """The latest such meetings, one more than are shown; none for who enters nothing."""
    return to_journal(desk, most=SHOWN + 1) if desk.may(Right.READ_CUSTOMERS) else ()


def journal_rows(owner: QWidget, place: Workplace, found: tuple[ToJournal, ...]) -> list[QWidget]:
    """A heading and a row for each meeting."""
    if not found:
        return []
    rows: list[QWidget] = [label(owner.tr("Att journalföra"), role="heading")]
    rows += [
        OpenRow(
            place.theme, left="", upper=", ".join(one.customers), lower=f"{one.heading}, {short_date(one.date)}",
            on_open=partial(place.visit.emit, "meeting", f"{one.meeting}#{one.item}"),
        )
        for one in found[:SHOWN]
    ]  # fmt: skip
    if len(found) > SHOWN:
        rows.append(label(owner.tr("Fler visas när de här är klara."), role="muted"))
    return rows
