"""A file of a meeting, looked at in the program itself: a PDF or a picture."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.errors import Refused
from app.services.attachments import Reason, take_out
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_attachment(desk: Desk, *, key: str, title: str) -> Paper:
    """The file as pages. Raises Refused("attachment_not_shown") when it cannot be read."""
    from app.reports.attached import as_pdf  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    file = take_out(desk, key=key, reason=Reason.SHOW)
    data = as_pdf(file.attachment.kind, file.data)
    if data is None:
        raise Refused("attachment_not_shown")
    return Paper(data=data, file_name="", title=title)


def attachment_preview(parent: QWidget, place: Workplace, *, key: str, title: str) -> PreviewWindow:
    """Show the file. It leaves the program by gestures of their own, so it is neither printed nor saved from here."""
    window = PreviewWindow(
        parent, place, title=title, make=lambda desk: draw_attachment(desk, key=key, title=title), looked_at=True
    )
    window.show()
    return window
