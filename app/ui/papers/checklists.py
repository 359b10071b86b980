"""Checklists on paper: a run as it stands, or a template to fill in by hand."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QWidget

from app.domain.checklist_runs import ChecklistPaper
from app.services.checklists import blank_paper, run_paper
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_run(desk: Desk, *, key: str) -> Paper:
    """A run as it stands. Raises NotFound or NotAllowed."""
    return _paper(run_paper(desk, key=key), file_name=f"checklista-{key}-{desk.today.isoformat()}.pdf")


def draw_blank(desk: Desk, *, template: str, unit: str) -> Paper:
    """A template to fill in by hand. Raises NotFound or NotAllowed."""
    return _paper(blank_paper(desk, template_key=template, unit=unit), file_name=f"checklista-{template}-tom.pdf")


def _paper(paper: ChecklistPaper, *, file_name: str) -> Paper:
    from app.reports import checklists  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    out = io.BytesIO()
    checklists.draw(paper, out)
    return Paper(data=out.getvalue(), file_name=file_name, title=f"Checklista: {checklists.name_of(paper)}")


def run_preview(parent: QWidget, place: Workplace, *, key: str) -> PreviewWindow:
    """Show a run as it is printed."""
    return _shown(
        PreviewWindow(parent, place, title=parent.tr("Checklista"), make=lambda desk: draw_run(desk, key=key))
    )


def blank_preview(parent: QWidget, place: Workplace, *, template: str, unit: str) -> PreviewWindow:
    """Show a template as it is printed to be filled in."""
    return _shown(
        PreviewWindow(
            parent, place, title=parent.tr("Checklista"),
            make=lambda desk: draw_blank(desk, template=template, unit=unit),
        )
    )  # fmt: skip


def _shown(window: PreviewWindow) -> PreviewWindow:
    window.show()
    return window
