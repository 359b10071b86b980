"""The list of turns: drawn in the worker, looked at and printed as every other paper with customers' data."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from app.services.turns import turn_papers
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_turns(desk: Desk, *, unit: str, ward: str | None) -> Paper:
    """A unit's list, or a ward's. Raises Refused where it names nobody, NotAllowed without the right to print it."""
    from app.reports import turns  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    paper = turn_papers(desk, unit=unit, ward=ward)
    out = io.BytesIO()
    turns.draw(paper, out)
    part = f"-{ward}" if ward else ""
    return Paper(
        data=out.getvalue(), file_name=f"turordning-{unit}{part}-{paper.prepared_on.isoformat()}.pdf",
        title=f"Turordning: {paper.ward_name or paper.unit_name}",
    )  # fmt: skip


def turns_preview(parent: QWidget, place: Workplace, *, unit: str, ward: str | None = None) -> PreviewWindow:
    """Show a unit's list of turns."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Turordning"), make=lambda desk: draw_turns(desk, unit=unit, ward=ward)
    )
    window.show()
    return window
