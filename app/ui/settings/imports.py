"""Section Läs in från fil: choose a file, see what it would do, and only then take it in; all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.domain.document import ImportResult, Problem
from app.domain.errors import ImportRefused, KnownError
from app.domain.swedish import number_word
from app.domain.wording import wording
from app.exchange.sheets import CUSTOMER_COLUMNS, MEMBER_COLUMNS
from app.services.transfer import take_in
from app.ui.settings.incoming import Incoming, IncomingRow, read_incoming
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, card, column, label, scrolled, set_role
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_NAMED = 5
"""How many places are named at once."""


class ImportSection(Section):
    """Members and customers from a sheet, anything from an exchange file."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, self.tr("Läs in från fil"),
            self.tr("Ingenting ändras förrän du har sett vad filen innehåller och tagit in den."),
        )  # fmt: skip
        self.incoming: Incoming | None = None
        self.problems: tuple[Problem, ...] = ()
        self.setAcceptDrops(True)
        self.choose_button = button(self.tr("Välj fil …"), self.choose_file, icon_name="file-up")
        self.take_button = button(self.tr("Ta in"), self.take, kind="primary")
        self.drop_button = button(self.tr("Ta inte in"), self.clear)
        self.state = label(wrap=True)
        self.state.setAccessibleName(self.tr("Vad filen innehåller"))
        self.rows: Table[IncomingRow] = Table(
            (
                Column(self.tr("Vad"), lambda one: one.kind, width=104),
                Column(self.tr("Namn"), lambda one: one.name),
                Column(self.tr("Var"), lambda one: one.where),
                Column(self.tr("Blir"), lambda one: one.becomes, width=104),
            ),
            name=self.tr("Det som tas in"),
        )
        self.refused: Table[Problem] = Table(
            (
                Column(self.tr("Rad"), lambda one: str(one.line or ""), width=56, right=True),
                Column(self.tr("Kolumn"), lambda one: one.column, width=150),
                Column(self.tr("Skäl"), lambda one: one.reason),
            ),
            name=self.tr("Rader som nekas"),
        )
        self._stack = QStackedWidget()
        for part in (self._help(), self.rows, self.refused):
            self._stack.addWidget(part)
        self.body.addWidget(box(Flow(self.choose_button, self.take_button, self.drop_button)))
        self.body.addWidget(self.state)
        self.body.addWidget(self._stack, 1)
        self.clear()

    def _help(self) -> QWidget:
        texts = (
            (
                self.tr("Medarbetare: XLSX eller CSV"),
                self.tr("Första raden har kolumnerna {0}. Namn och Yrke behövs, resten kan utelämnas.").format(
                    ", ".join(MEMBER_COLUMNS)
                ),
            ),
            (
                self.tr("Kunder: XLSX eller CSV"),
                self.tr(
                    "Första raden har kolumnerna {0}. Referens är initialer eller en egen beteckning, aldrig ett "
                    "personnummer."
                ).format(", ".join(CUSTOMER_COLUMNS)),
            ),
            (
                self.tr("Allt på en gång: utväxlingsfil, JSON"),
                self.tr("En fil som Teamforum har exporterat, med enheter, medarbetare, kunder och möten."),
            ),
        )
        cards = [card(label(title, role="label"), label(text, wrap=True)) for title, text in texts]
        again = label(
            self.tr("Den som redan finns med samma namn, yrke och enhet uppdateras och läggs inte till igen."),
            role="muted", wrap=True,
        )  # fmt: skip
        inside = column(*cards, again, None)
        inside.setContentsMargins(0, 0, 14, 0)
        return scrolled(box(inside), name=self.tr("Så ska filen se ut"))

    def choose_file(self) -> None:
        """Ask which file."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Välj fil att läsa in"), str(Path.home()),
            self.tr("Kalkylblad och utväxlingsfiler (*.xlsx *.csv *.json)"),
        )  # fmt: skip
        if name:
            self.read(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.read(files[0])

    def clear(self) -> None:
        """Forget the file and show how one should look."""
        self.incoming, self.problems = None, ()
        self.rows.rows_model.show_rows(())
        self.refused.rows_model.show_rows(())
        self._stack.setCurrentIndex(0)
        self._offer(taking=False, leaving=False)
        self._tell("")

    def read(self, path: Path) -> None:
        """Read and try the file, and show what it would do."""
        self.clear()
        self._tell(self.tr("{0} läses och prövas …").format(path.name))
        self.choose_button.setEnabled(False)
        self.place.ask(self, lambda desk: read_incoming(desk, path), self._show, otherwise=self._refused)

    def _show(self, incoming: Incoming) -> None:
        self.choose_button.setEnabled(True)
        self.incoming = incoming
        self.rows.rows_model.show_rows(incoming.rows)
        self._stack.setCurrentWidget(self.rows)
        self._offer(taking=incoming.anything, leaving=True)
        text = self.tr("{0}: {1}.").format(incoming.file, incoming.summary)
        if not incoming.anything:
            text += self.tr(" Det finns inget att ta in.")
        self._tell(text + self._warned(incoming), "due" if incoming.warnings else "info")
        (self.take_button if incoming.anything else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _warned(self, incoming: Incoming) -> str:
        """Where a personnummer seems to be written; that stops nothing."""
        places = [one.column for one in incoming.warnings]
        if not places:
            return ""
        named = ", ".join(places[:_NAMED]) + (" …" if len(places) > _NAMED else "")
        said = self.tr("\n{0} ser ut att innehålla ett personnummer. Skriv initialer i stället: {1}")
        return said.format(number_word(len(places), self.tr("text"), self.tr("texter")), named)

    def _refused(self, error: Exception) -> bool:
        self.choose_button.setEnabled(True)
        if not isinstance(error, KnownError):
            self._tell("")
            return False
        self._offer(taking=False, leaving=False)
        if isinstance(error, ImportRefused) and error.problems:
            self.problems = error.problems
            self.refused.rows_model.show_rows(error.problems)
            self._stack.setCurrentWidget(self.refused)
            self.refused.setFocus(Qt.FocusReason.OtherFocusReason)
            count = number_word(len(error.problems), "fel", "fel")
            said = self.tr("Filen tas inte in och ingenting är ändrat. Rätta {0} i filen och välj den igen.")
            self._tell(said.format(count), "overdue")
        else:
            self._tell(wording(error), "overdue")
        return True

    def take(self) -> None:
        """Take in what is shown."""
        incoming = self.incoming
        if incoming is None:
            return
        self._offer(taking=False, leaving=False)
        self.choose_button.setEnabled(False)
        self.place.act(
            self, lambda desk: take_in(desk, document=incoming.document), lambda result: self._taken(incoming, result),
            changed="units", otherwise=self._refused,
        )  # fmt: skip

    def _taken(self, incoming: Incoming, result: ImportResult) -> None:
        self.clear()
        self.choose_button.setEnabled(True)
        self._tell(self.tr("Intaget ur {0}: {1}.").format(incoming.file, incoming.summary), "ok")
        for kind in ("members", "customers", "meetings"):
            if result.imported.get(kind):
                self.place.changed.emit(kind)
        self.place.told.emit(self.tr("{0} är intagen.").format(incoming.file))

    def _offer(self, *, taking: bool, leaving: bool) -> None:
        self.take_button.setVisible(taking)
        self.drop_button.setVisible(leaving)

    def _tell(self, text: str, role: str = "muted") -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        set_role(self.state, role)
