"""An information letter on paper: as it stands, or as it went out."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from app.services.letter_papers import letter_paper, sent_pdf
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_letter(desk: Desk, *, key: str) -> Paper:
    """The letter's PDF: the one that was sent, or drawn now. Raises NotFound, NotAllowed."""
    from app.reports import letters  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    paper = letter_paper(desk, key=key)
    data = sent_pdf(desk, key=key)
    if data is None:
        out = io.BytesIO()
        letters.draw(paper, out)
        data = out.getvalue()
    letter = paper.letter
    name = f"informationsbrev-{letter.unit}-{letter.year}-vecka-{letter.week:02d}.pdf"
    return Paper(data=data, file_name=name, title=letter.heading)


def letter_preview(parent: QWidget, place: Workplace, *, key: str) -> PreviewWindow:
    """Show the letter as it is printed and saved."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Informationsbrev"), make=lambda desk: draw_letter(desk, key=key)
    )
    window.show()
    return window
