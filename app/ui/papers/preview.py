"""A paper before it is printed: its pages in a window of their own, never on disk unless the person saves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.domain.errors import KnownError, StorageFault
from app.domain.minutes_forms import MinutesForm
from app.domain.personnummer import has_personnummer
from app.domain.wording import wording
from app.exchange.files import write_file
from app.faultlog import note_fault
from app.reports.archive import archived
from app.services.desk import Desk
from app.services.papers import Purpose
from app.ui.papers.drawing import Paper, draw_papers
from app.ui.papers.pages_view import FIT, PagesView
from app.ui.papers.pdf_pages import PdfPages
from app.ui.papers.printing import PrintRun
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, chip, column, icon_button, label
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import MessageBar
from app.ui.widgets.pages import Nothing
from app.ui.workplace import Workplace

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Opened:
    paper: Paper
    pages: PdfPages


class PreviewWindow(QWidget):
    """One PDF: look at it, print it, save it."""

    printed = Signal()
    """All of it was sent to the printer."""
    saved = Signal()
    """It was saved as a file."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, title: str, make: Callable[[Desk], Paper], savable: bool = True,
        with_files: Callable[[Desk], Paper] | None = None, looked_at: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent.window(), Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.place = place
        self._savable = savable
        self._make, self._with_files, self._looked_at = make, with_files, looked_at
        self.pages: PdfPages | None = None
        self.paper: Paper | None = None
        self.run: PrintRun | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(900, 860)
        self.setMinimumSize(420, 320)
        self.view = PagesView(place.theme, self._render)
        self.bar = MessageBar()
        self._waiting = Nothing(self.tr("Papperet ritas …"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        inside = column(self._tools(), self.bar, self._stack, space=GRID)
        inside.setContentsMargins(GRID, GRID, GRID, 0)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.view.moved.connect(lambda _: self._tell_page())
        self._make_keys()
        place.closing.connect(self.close)
        place.emergency_over.connect(self.close)
        self._draw(make)

    def _draw(self, make: Callable[[Desk], Paper]) -> None:
        self.place.ask(self, lambda desk: _open(make(desk)), self._show, otherwise=self._not_drawn)

    def _toggle_files(self, on: bool) -> None:
        """Draw the paper anew, with its files behind it or without."""
        if self._with_files is not None:
            self._waiting.sentence.setText(self.tr("Papperet ritas …"))
            self._stack.setCurrentWidget(self._waiting)
            self._draw(self._with_files if on else self._make)

    def _tools(self) -> QWidget:
        self.page_label = label(self.tr("Sida"), role="muted")
        self.page_label.setMinimumHeight(36)
        self.print_button = button(
            self.tr("Skriv ut …"), self.print_out, kind="primary", icon_name="printer", shortcut="Ctrl+P"
        )
        self.save_button = button(
            self.tr("Spara som PDF …"), self.choose_file, icon_name="file-down", shortcut="Ctrl+S",
            tip=self.tr("Filen skyddas inte av Teamforums lösenord"),
        )  # fmt: skip
        self.archive_button = button(
            self.tr("Spara för arkivet …"), lambda: self.choose_file(archive=True), icon_name="archive",
            tip=self.tr("Som PDF/A, som går att läsa om många år"),
        )  # fmt: skip
        self.stop_button = button(self.tr("Avbryt utskriften"), self.stop_printing)
        self.stop_button.hide()
        self._needs_pages = (
            icon_button("zoom-out", self.tr("Visa mindre"), lambda: self._zoom(-1), shortcut="Ctrl+-"),
            icon_button("zoom-in", self.tr("Visa större"), lambda: self._zoom(1), shortcut="Ctrl++"),
            button(self.tr("Hela bredden"), self._fit, kind="quiet", shortcut="Ctrl+0"),
            icon_button("chevron-up", self.tr("Föregående sida"), lambda: self._step(-1)),
            icon_button("chevron-down", self.tr("Nästa sida"), lambda: self._step(1)),
            self.archive_button,
            self.save_button,
            self.print_button,
        )
        for one in self._needs_pages:
            one.setEnabled(False)
        for one in (self.save_button, self.archive_button):
            one.setVisible(self._savable and not self._looked_at)
        self.print_button.setVisible(not self._looked_at)
        self.files_chip = chip(self.tr("Med bilagor"), self._toggle_files)
        self.files_chip.hide()
        return box(
            Flow(*self._needs_pages[:5], self.page_label, self.files_chip, *self._needs_pages[5:], self.stop_button)
        )

    def _make_keys(self) -> None:
        for keys in ("Esc", "Ctrl+W"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self.close)

    def _show(self, opened: _Opened) -> None:
        if self.pages is not None:
            self.place.runner.start(self.pages.close, done=lambda _: None, failed=note_fault)
        self.paper, self.pages = opened.paper, opened.pages
        self.files_chip.setVisible(self._with_files is not None and opened.paper.files > 0)
        self.setWindowTitle(opened.paper.title)
        self.setAccessibleName(opened.paper.title)
        for one in self._needs_pages:
            one.setEnabled(True)
        self._stack.setCurrentWidget(self.view)
        self.view.show_sizes(opened.pages.sizes)
        self._tell_page()
        self.view.setFocus()
        pages = opened.pages
        self.place.ask(self, lambda _: _with_personnummer(pages), self._warn)

    def _warn(self, pages: tuple[int, ...]) -> None:
        """What was left in a text is taken away there; on paper nobody can."""
        if pages:
            named = ", ".join(str(number + 1) for number in pages[:_MOST_NAMED])
            said = self.tr("Det ser ut att stå ett personnummer på sida {0}. Ta bort det i texten innan du skriver ut.")
            self.bar.show_fault(said.format(named))

    def _not_drawn(self, error: Exception) -> bool:
        self._waiting.sentence.setText(self._worded(error))
        return True

    def _worded(self, error: Exception) -> str:
        if isinstance(error, KnownError):
            return wording(error)
        note_fault(error)
        return wording(KnownError("unexpected"))

    def _render(self, number: int, scale: float) -> None:
        pages = self.pages
        if pages is not None:
            self.place.ask(
                self, lambda _: pages.picture(number, scale), lambda picture: self.view.take(number, scale, picture)
            )

    def _tell_page(self) -> None:
        if self.pages is None:
            return
        number, pages = self.view.page, self.pages
        text = self.tr("Sida {0} av {1}").format(number + 1, len(pages.sizes))
        self.page_label.setText(text)
        self.view.setAccessibleName(text)
        self.place.ask(self, lambda _: pages.text(number), self.view.setAccessibleDescription)

    def _zoom(self, steps: int) -> None:
        self.view.step_zoom(steps)

    def _fit(self) -> None:
        self.view.set_zoom(FIT)

    def _step(self, pages: int) -> None:
        self.view.go_to(self.view.page + pages)

    def choose_file(self, *, archive: bool = False) -> None:
        """Ask where the PDF is to be saved, as it is or as PDF/A for the archive."""
        if self.paper is None or not self._savable or self._looked_at:
            return
        title = self.tr("Spara för arkivet") if archive else self.tr("Spara som PDF")
        kinds = self.tr("PDF/A (*.pdf)") if archive else self.tr("PDF (*.pdf)")
        offered = Path.home() / self.paper.file_name
        if archive:
            offered = offered.with_name(f"{offered.stem}-arkiv.pdf")
        name, _ = QFileDialog.getSaveFileName(self, title, str(offered), kinds)
        if name:
            path = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
            (self.archive_as if archive else self.save_as)(path)

    def save_as(self, path: Path) -> None:
        """Write the PDF to a file."""
        said = self.tr("{0} är sparad. Den skyddas inte av Teamforums lösenord.")
        self._write(path, lambda data: data, said)

    def archive_as(self, path: Path) -> None:
        """Write it as PDF/A to a file."""
        said = self.tr("{0} är sparad för arkivet (PDF/A-2b). Den skyddas inte av Teamforums lösenord.")
        self._write(path, archived, said)

    def _write(self, path: Path, made: Callable[[bytes], bytes], said: str) -> None:
        pages = self.pages
        if pages is not None:

            def written(_: None) -> None:
                self.bar.show_notice(said.format(path.name))
                self.saved.emit()

            self.place.ask(self, lambda _: write_file(path, made(pages.data)), written, otherwise=self._troubled)

    def _troubled(self, error: Exception) -> bool:
        self.bar.show_fault(self._worded(error))
        return True

    def print_out(self) -> None:
        """Ask the system which printer, and print."""
        if self.pages is None or self._looked_at:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.paper.file_name if self.paper else "")
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self.pages.sizes))
        dialog.setWindowTitle(self.tr("Skriv ut"))
        dialog.accepted.connect(lambda: self.print_to(printer))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_to(self, printer: QPrinter) -> None:
        """Send the pages to the printer."""
        if self.pages is None or self.run is not None:
            return
        self.run = PrintRun(self.place, self.pages, printer, self)
        self.run.progressed.connect(self._tell_progress)
        self.run.ended.connect(self._printed)
        self.run.troubled.connect(self._not_printed)
        self.print_button.setEnabled(False)
        self.stop_button.show()
        self.run.start()

    def stop_printing(self) -> None:
        """Call back what is not printed yet."""
        if self.run is not None:
            self.run.stop()
            self._printed(False)
            self.bar.show_notice(self.tr("Utskriften är avbruten."))

    def _tell_progress(self, sent: int) -> None:
        self.bar.show_notice(self.tr("Sida {0} är skickad till skrivaren.").format(sent))

    def _printed(self, whole: bool) -> None:
        self.run = None
        self.print_button.setEnabled(True)
        self.stop_button.hide()
        if whole:
            self.printed.emit()
            self.bar.show_notice(self.tr("Utskriften är skickad till skrivaren."))

    def _not_printed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            error = StorageFault("printer_failed", printer=str(error))
        self.bar.show_fault(self._worded(error))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.run is not None:
            self.run.stop()
        if self.pages is not None:
            self.place.runner.start(self.pages.close, done=lambda _: None, failed=note_fault)
            self.pages = None
        super().closeEvent(event)


def _with_personnummer(pages: PdfPages) -> tuple[int, ...]:
    """The pages on which a personnummer seems to stand."""
    return tuple(number for number in range(len(pages.sizes)) if has_personnummer(pages.text(number)))


def _open(paper: Paper) -> _Opened:
    return _Opened(paper, PdfPages(paper.data))


def open_preview(
    parent: QWidget, place: Workplace, *, title: str, file_name: str, make: Callable[[Desk], bytes],
    savable: bool = True,
) -> PreviewWindow:  # fmt: skip
    """Show the PDF that `make` draws in the worker; `file_name` is offered when it is saved.

    One that is not `savable` is for paper alone: it holds what may lie on no disk.
    """
    window = PreviewWindow(
        parent, place, title=title, savable=savable,
        make=lambda desk: Paper(data=make(desk), file_name=file_name, title=title),
    )  # fmt: skip
    window.show()
    return window


def papers_preview(
    parent: QWidget, place: Workplace, *, purpose: Purpose, meeting: str | None = None,
    period: tuple[dt.date, dt.date] | None = None, unit: str | None = None, form: MinutesForm = MinutesForm.FULL,
    customer: str | None = None,
) -> PreviewWindow:  # fmt: skip
    """Show the agenda, poster or minutes of one meeting, or of every meeting in a period."""
    draw = partial(
        draw_papers, purpose=purpose, meeting=meeting, period=period, unit=unit, form=form, customer=customer
    )
    window = PreviewWindow(
        parent, place, title=purpose_title(parent, purpose),
        make=draw,
        with_files=partial(
            draw, with_files=True
        ),
    )  # fmt: skip
    window.show()
    return window


def purpose_title(parent: QWidget, purpose: Purpose) -> str:
    """What the paper is called until it is drawn."""
    return {
        Purpose.AGENDA: parent.tr("Dagordning"), Purpose.POSTER: parent.tr("Dagordning att sätta upp"),
        Purpose.MINUTES: parent.tr("Minnesanteckningar"),
    }[purpose]  # fmt: skip
