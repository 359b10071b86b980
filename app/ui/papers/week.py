"""The week for the noticeboard: drawn in the worker, looked at and printed as every other paper."""

from __future__ import annotations

import datetime as dt
import io

from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from app.services.week_papers import week_papers
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_week(desk: Desk, *, day: dt.date, unit: str | None) -> Paper:
    """The week of a day, a page for each unit. Raises Refused where there is no meeting in it."""
    from app.reports import week_poster  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    papers = week_papers(desk, day=day, unit=unit)
    out = io.BytesIO()
    week_poster.draw(papers, out)
    year, week, _ = papers[0].days[0].date.isocalendar()
    of = papers[0].unit if len(papers) == 1 else "alla-enheter"
    return Paper(
        data=out.getvalue(), file_name=f"veckans-moten-{of}-{year}-v{week:02d}.pdf", title=week_poster.title(papers)
    )


def week_preview(parent: QWidget, place: Workplace, *, day: dt.date, unit: str | None = None) -> PreviewWindow:
    """Show the week of a day for the noticeboard."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Veckans möten"), make=lambda desk: draw_week(desk, day=day, unit=unit)
    )
    window.show()
    return window
