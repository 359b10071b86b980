"""A month's papers in one step: the agendas, or the minutes, of every meeting in it as one file with bookmarks."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.swedish import month_name
from app.services.papers import Purpose
from app.ui.papers.period import PeriodPrint, last_of_month
from app.ui.papers.preview import PreviewWindow, papers_preview
from app.ui.papers.week import week_preview
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace

_LATE = 20
"""From this day of the month the next month is what is printed."""


def month_preview(
    parent: QWidget, place: Workplace, *, day: dt.date, purpose: Purpose = Purpose.AGENDA, unit: str | None = None
) -> PreviewWindow:
    """Show the papers of the month of a day, from where they are printed and saved."""
    first = day.replace(day=1)
    return papers_preview(parent, place, purpose=purpose, period=(first, last_of_month(first)), unit=unit)


def coming_month(today: dt.date) -> dt.date:
    """A day in the month whose agendas are wanted: this one, or near its end the next."""
    return last_of_month(today) + dt.timedelta(days=1) if today.day >= _LATE else today


def month_rows(owner: QWidget, place: Workplace) -> list[QWidget]:
    """On a secretary's Idag: the way to this month's and the next month's agendas."""
    today = place.desk.today
    days = (today, last_of_month(today) + dt.timedelta(days=1))
    return [
        label(owner.tr("Skriv ut månadens dagordningar"), role="heading"),
        *(
            OpenRow(
                place.theme, left="", upper=month_name(day).capitalize(), lower=owner.tr("Alla möten i en fil"),
                on_open=partial(month_preview, owner, place, day=day),
            )
            for day in days
        ),
    ]  # fmt: skip


def print_menu(under: QWidget, place: Workplace, *, day: dt.date, unit: str | None) -> QMenu:
    """What there is to print from the calendar: the week, the month's papers, another period."""
    home = under.window()
    menu = QMenu(under)
    menu.setAccessibleName(under.accessibleName())
    month = month_name(day)
    entries = (
        (under.tr("Veckan för anslagstavlan"), lambda: week_preview(home, place, day=day, unit=unit)),
        (under.tr("Dagordningar för {0}").format(month), lambda: month_preview(home, place, day=day, unit=unit)),
        (
            under.tr("Dagordningar att sätta upp för {0}").format(month),
            lambda: month_preview(home, place, day=day, purpose=Purpose.POSTER, unit=unit),
        ),
        (
            under.tr("Minnesanteckningar för {0}").format(month),
            lambda: month_preview(home, place, day=day, purpose=Purpose.MINUTES, unit=unit),
        ),
        (under.tr("En annan period …"), lambda: PeriodPrint(home, place, unit=unit or "").open()),
    )
    for text, action in entries:
        menu.addAction(text).triggered.connect(lambda _checked=False, action=action: action())
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))
    return menu
