"""Förbered, on Idag: what is one's own to make ready by meeting, ticked off with Space, and what others have not."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.preparations import PreparationChange, PreparationRow, Unprepared, is_late
from app.domain.swedish import when
from app.services.preparations import settle_preparation, take_back_preparations
from app.services.today import ReadUp, Today
from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_MOST_ROWS = 6


class OwnPreparations(Table[PreparationRow]):
    """A person's own preparations, the nearest meeting first."""

    def __init__(self, page: QWidget, place: Workplace) -> None:
        today, color = place.desk.today, place.theme.color
        super().__init__(
            (
                Column(page.tr("Ska vara klart"), lambda one: one.words),
                Column(
                    page.tr("Till"),
                    lambda one: f"{one.meeting_heading}, {when(one.date, one.start, today=today)}", width=230,
                    color=lambda one: color(
                        "overdue" if is_late(one.preparation, meeting=one.date, today=today) else "muted"
                    ),
                ),
            ),
            name=page.tr("Förbered"),
        )  # fmt: skip
        self._page, self._place = page, place
        self.opened.connect(lambda one: place.visit.emit("meeting", one.preparation.meeting))
        self.space_pressed.connect(self.settle)

    def show_own(self, rows: tuple[PreparationRow, ...]) -> None:
        """Show them; more than a few are scrolled to."""
        place = max(self.currentIndex().row(), 0)
        self.rows_model.show_rows(rows)
        if rows:
            self.selectRow(min(place, len(rows) - 1))
        self.setFixedHeight(min(len(rows), _MOST_ROWS) * ROW_HEIGHT + 42)

    def settle(self, one: PreparationRow) -> None:
        """It is ready; taken back with Ctrl+Z."""
        key, version, place = one.key, one.version, self._place
        if not one.may_settle:
            return

        def done(left: PreparationRow) -> None:
            changes = [PreparationChange(was=one.preparation, left=left.preparation)]
            place.remember(place.way_back(
                self._page.tr("Förberedelse klar"),
                lambda desk: take_back_preparations(desk, changes=changes), changed="preparations",
            ))  # fmt: skip

        place.act(
            self._page, lambda desk: settle_preparation(desk, key=key, expected_version=version), done,
            changed="preparations", said=self._page.tr("Klart. Ångra med Ctrl+Z."),
        )  # fmt: skip


def preparing_parts(
    page: QWidget, place: Workplace, own: OwnPreparations, found: Today, unprepared: tuple[Unprepared, ...]
) -> list[QWidget]:
    """What Idag shows of what is to be made ready, from the heading on; nothing where nothing is."""
    hers: list[QWidget] = []
    if found.preparations:
        own.show_own(found.preparations)
        hers = [own, label(page.tr("Mellanslag: klar. Enter: öppna mötet."), role="muted")]
    parts = [*hers, *unprepared_rows(place, unprepared), *read_up_rows(place, found.prepare)]
    return [label(page.tr("Förbered"), role="heading"), *parts] if parts else []


def unprepared_rows(place: Workplace, found: tuple[Unprepared, ...]) -> list[OpenRow]:
    """A row for each near meeting that she leads where others have not made ready; it opens the meeting's list."""
    today = place.desk.today
    return [
        OpenRow(
            place.theme, left="", upper=f"{one.words}: {', '.join(one.names)}" if one.names else one.words,
            lower=f"{one.heading}, {when(one.date, one.start, today=today)}",
            on_open=partial(place.visit.emit, "meeting", f"{one.meeting}#{BEFORE}"),
        )
        for one in found
    ]  # fmt: skip


def read_up_rows(place: Workplace, found: tuple[ReadUp, ...]) -> list[OpenRow]:
    """A row for each coming meeting whose customers everybody called is to have read up on."""
    today = place.desk.today
    return [
        OpenRow(
            place.theme, left="", upper=one.what, lower=f"{one.heading}, {when(one.date, one.start, today=today)}",
            on_open=partial(place.visit.emit, "meeting", one.meeting),
        )
        for one in found
    ]  # fmt: skip


BEFORE = "infor"
"""In place of a point's key: the meeting's list of preparations."""
