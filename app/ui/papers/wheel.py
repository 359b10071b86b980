"""The year wheel for the wall: drawn in the worker, looked at and printed as every other paper."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from app.services.year_wheel import wheel_paper
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_wheel(desk: Desk, *, unit: str, forum: str) -> Paper:
    """The wheel of a unit's forum."""
    from app.reports import year_wheel  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    paper = wheel_paper(desk, unit=unit, forum=forum)
    out = io.BytesIO()
    year_wheel.draw(paper, out)
    return Paper(
        data=out.getvalue(), file_name=f"arshjul-{forum}-{unit}.pdf",
        title=f"Årshjul: {paper.forum_name}, {paper.unit_name}",
    )  # fmt: skip


def wheel_preview(parent: QWidget, place: Workplace, *, unit: str, forum: str) -> PreviewWindow:
    """Show the wheel as it is printed."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Årshjul"), make=lambda desk: draw_wheel(desk, unit=unit, forum=forum)
    )
    window.show()
    return window
