"""Actions taken out: the list and slips for those without an account as papers, and the list as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.action_papers import ActionSheet
from app.domain.swedish import number_word
from app.exchange.files import write_file
from app.services.action_papers import task_slips
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import Workplace


def draw_slips(desk: Desk, *, unit: str | None = None, meeting: str | None = None, name: str | None = None) -> Paper:
    """A page for each person. Raises Refused where nobody without an account has anything to do."""
    from app.reports import task_slips as report  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    slips = task_slips(desk, unit=unit, meeting=meeting, name=name)
    out = io.BytesIO()
    report.draw(slips, out)
    day = slips[0].prepared_on.isoformat()
    return Paper(data=out.getvalue(), file_name=f"uppgiftslappar-{day}.pdf", title=report.title(slips))


def slips_preview(
    parent: QWidget, place: Workplace, *, unit: str | None = None, meeting: str | None = None, name: str | None = None
) -> PreviewWindow:
    """Show the slips of a unit, a meeting or one person."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Uppgiftslappar"),
        make=lambda desk: draw_slips(desk, unit=unit, meeting=meeting, name=name),
    )  # fmt: skip
    window.show()
    return window


def draw_list(desk: Desk, make: Callable[[Desk], ActionSheet]) -> Paper:
    """The list on paper. Raises Refused where nothing is in it."""
    from app.reports import action_list as report  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    sheet = make(desk)
    out = io.BytesIO()
    report.draw(sheet, out)
    name = f"atgarder-{sheet.made_on.isoformat()}.pdf"
    return Paper(data=out.getvalue(), file_name=name, title=report.title(sheet))


def list_preview(parent: QWidget, place: Workplace, make: Callable[[Desk], ActionSheet]) -> PreviewWindow:
    """Show the list of actions that `make` reads."""
    window = PreviewWindow(parent, place, title=parent.tr("Åtgärder"), make=lambda desk: draw_list(desk, make))
    window.show()
    return window


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook in memory, with the file name that is offered and what to say of it."""

    data: bytes
    file_name: str
    rows: int
    secret: bool


def make_workbook(sheet: ActionSheet) -> Workbook:
    """The list as a workbook."""
    from app.exchange.action_sheet import file_name, write_actions  # noqa: PLC0415 - loaded when used

    return Workbook(
        data=write_actions(sheet), file_name=file_name(sheet), rows=len(sheet.rows), secret=sheet.has_customer_data
    )


def save_workbook(owner: QWidget, place: Workplace, make: Callable[[Desk], ActionSheet]) -> None:
    """Make the workbook in the worker, ask where it is to lie and write it."""

    def made(found: Workbook) -> None:
        name, _ = QFileDialog.getSaveFileName(
            owner, owner.tr("Exportera till kalkylblad"), str(Path.home() / found.file_name),
            owner.tr("Kalkylblad (*.xlsx)"),
        )  # fmt: skip
        if name:
            _write(owner, place, found, Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"))

    place.ask(owner, lambda desk: make_workbook(make(desk)), made)


def _write(owner: QWidget, place: Workplace, found: Workbook, path: Path) -> None:
    count = number_word(found.rows, owner.tr("åtgärd"), owner.tr("åtgärder"))
    said = owner.tr("{0} är sparad med {1}.").format(path.name, count)
    secret = owner.tr("Den har kunduppgifter och skyddas inte av Teamforums lösenord.")
    open_ = owner.tr("Den har inga kunduppgifter.")
    told = f"{said} {secret if found.secret else open_}"
    place.ask(owner, lambda _: write_file(path, found.data), lambda _: place.told.emit(told))
