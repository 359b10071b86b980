"""Large-print papers for residents: the month's activities, and the minutes of their own meeting."""

from __future__ import annotations

import datetime as dt
import io

from PySide6.QtWidgets import QWidget

from app.services.activities import activity_paper, own_activity_paper
from app.services.councils import council_paper
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_activities(desk: Desk, *, unit: str, ward: str | None, month: dt.date, customer: str | None) -> Paper:
    """A month's schedule. Raises Refused where there is nothing in it, NotAllowed."""
    from app.reports import activities  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    if customer is not None:
        paper = own_activity_paper(desk, unit=unit, month=month, customer=customer)
    else:
        paper = activity_paper(desk, unit=unit, ward=ward, month=month)
    out = io.BytesIO()
    activities.draw(paper, out)
    where = f"{unit}-{ward}" if ward else unit
    own = "-egna" if customer else ""
    return Paper(
        data=out.getvalue(), file_name=f"aktiviteter{own}-{where}-{month:%Y-%m}.pdf", title=activities.title(paper)
    )  # fmt: skip


def activities_preview(
    parent: QWidget, place: Workplace, *, unit: str, ward: str | None, month: dt.date, customer: str | None = None
) -> PreviewWindow:  # fmt: skip
    """Show a month's schedule."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Aktiviteter"),
        make=lambda desk: draw_activities(desk, unit=unit, ward=ward, month=month, customer=customer),
    )  # fmt: skip
    window.show()
    return window


def draw_council(desk: Desk, *, meeting: str) -> Paper:
    """The residents' minutes of a meeting. Raises Refused where nothing is written, NotAllowed."""
    from app.reports import council  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    paper = council_paper(desk, key=meeting)
    out = io.BytesIO()
    council.draw(paper, out)
    return Paper(
        data=out.getvalue(), file_name=f"borad-storstil-{paper.date.isoformat()}.pdf", title=council.title(paper)
    )  # fmt: skip


def council_preview(parent: QWidget, place: Workplace, *, meeting: str) -> PreviewWindow:
    """Show the residents' minutes."""
    window = PreviewWindow(
        parent,
        place,
        title=parent.tr("Till kunderna, stor stil"),
        make=lambda desk: draw_council(desk, meeting=meeting),
    )
    window.show()
    return window
