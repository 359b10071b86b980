"""What was decided since the last shift as a paper: drawn in the worker, looked at and printed as every other."""

from __future__ import annotations

import datetime as dt
import io

from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from app.services.handover import handover_paper
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_handover(
    desk: Desk, *, since: dt.datetime | None, unit: str | None = None, without_customers: bool = False
) -> Paper:
    """A page for each unit. Raises Refused where nothing was decided that the person may read."""
    from app.reports import handover as report  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    found = handover_paper(desk, since=since, unit=unit, without_customers=without_customers)
    out = io.BytesIO()
    report.draw(found, out)
    of = found.units[0] if len(found.units) == 1 else "alla-enheter"
    board = "-anslag" if without_customers else ""
    name = f"sedan-forra-passet{board}-{of}-{found.until.date().isoformat()}.pdf"
    return Paper(data=out.getvalue(), file_name=name, title=report.title(found))


def handover_preview(
    parent: QWidget, place: Workplace, *, since: dt.datetime | None = None, unit: str | None = None,
    without_customers: bool = False,
) -> PreviewWindow:  # fmt: skip
    """Show what was decided since the person's last shift, or since a moment."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Sedan förra passet"),
        make=lambda desk: draw_handover(desk, since=since, unit=unit, without_customers=without_customers),
    )  # fmt: skip
    window.show()
    return window
