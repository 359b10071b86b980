"""The stops of the walk through the window that belong to Samordning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.coordination.case_page import CasePage
from app.ui.coordination.page import CoordinationPage

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.shell import MainWindow


def coordination_stops(
    window: MainWindow, frame: Frame, go: Callable[[str, str], None]
) -> Iterator[tuple[str, QWidget]]:
    """The board, the list, the contacts, and a case at each station with its parts."""
    go("coordination", "")
    page = frame.page
    if not isinstance(page, CoordinationPage) or page.counts_only:
        return
    yield "coordination", window
    page.as_list.setChecked(True)
    QCoreApplication.processEvents()
    yield "coordination-list", window
    page.as_list.setChecked(False)
    first = {(row.direction, row.status): row.key for row in page.rows}
    go("coordination", "contacts")
    yield "coordination-contacts", window
    for (direction, status), key in first.items():
        go("case", key)
        yield f"case-{direction.value}-{status.value}", window
    case = frame.page
    if not isinstance(case, CasePage):
        return
    for part in ("tasks", "contacts", "sip", "contract", "plan"):
        case.show_part(part)
        QCoreApplication.processEvents()
        yield f"case-{part}", window
    case.consent.open_form()
    case.begin_step(case.offered[-1])
    QCoreApplication.processEvents()
    yield "case-consent-and-step", window
    case.consent.close_form()
    case.step.leave()
