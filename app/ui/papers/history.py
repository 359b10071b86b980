"""A customer's follow-up over time as a paper; its file name says nothing of her."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from app.domain.customer_history import HistoryKind
from app.services.customer_history import history_paper
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_history(
    desk: Desk, *, customer: str, kinds: Collection[HistoryKind] = (), from_: dt.date | None = None,
    to: dt.date | None = None,
) -> Paper:  # fmt: skip
    """The paper. Raises Refused("history_empty")."""
    from app.reports import customer_history as report  # noqa: PLC0415 - the PDF library is loaded when it is drawn

    found = history_paper(desk, key=customer, kinds=kinds, from_=from_, to=to)
    out = io.BytesIO()
    report.draw(found, out)
    name = f"uppfoljning-over-tid-{found.history.unit}-{found.prepared_on.isoformat()}.pdf"
    return Paper(data=out.getvalue(), file_name=name, title=report.title(found))


def history_preview(
    parent: QWidget, place: Workplace, *, customer: str, kinds: Collection[HistoryKind] = ()
) -> PreviewWindow:
    """Show it as it is printed."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Uppföljning över tid"),
        make=lambda desk: draw_history(desk, customer=customer, kinds=kinds),
    )  # fmt: skip
    window.show()
    return window
