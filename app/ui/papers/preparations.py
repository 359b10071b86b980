"""A meeting's list of preparations: drawn in the worker, looked at and printed as every other paper."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QWidget

from app.domain.swedish import short_date
from app.services.desk import Desk
from app.services.own_preparations import preparation_paper
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_preparations(desk: Desk, *, meeting: str) -> Paper:
    """The list of one meeting. Raises KnownError as the service does."""
    from app.reports import preparations  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    paper = preparation_paper(desk, meeting=meeting)
    out = io.BytesIO()
    preparations.draw(paper, out)
    day = paper.date
    return Paper(
        data=out.getvalue(), file_name=f"forberedelser-{day.isoformat()}.pdf",
        title=f"Förberedelser: {paper.forum_and_ward}, {short_date(day)}",
    )  # fmt: skip


def preparations_preview(parent: QWidget, place: Workplace, *, meeting: str) -> PreviewWindow:
    """Show a meeting's list of preparations."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Förberedelser"), make=lambda desk: draw_preparations(desk, meeting=meeting)
    )
    window.show()
    return window
