"""Section Säkerhetskopior: the copies there are, one more now, the second place, and the way back to one of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QWidget

from app.domain.backups import Backup, size_in_words, why_label
from app.domain.errors import KnownError
from app.domain.swedish import clock, near_day, short_date
from app.domain.wording import wording
from app.services import backups
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.access.restore_page import RestorePage
from app.ui.papers.preview import open_preview
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, card, column, label, scrolled, set_role
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Row:
    backup: Backup
    second: bool


_Found = tuple[tuple[tuple[Backup, ...], tuple[Backup, ...]], Path | None]


class BackupsSection(Section):
    """The list and what can be done with it; restoring takes its place."""

    refreshed_by = frozenset({"backups"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Säkerhetskopior"))
        self.restore_page: RestorePage | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview())
        self.body.addWidget(self._stack, 1)

    def _overview(self) -> QWidget:
        self.state = label(role="muted", wrap=True)
        self.state.setAccessibleName(self.tr("Senaste kopian"))
        self.now_button = button(self.tr("Säkerhetskopiera nu"), self.back_up, kind="primary", icon_name="archive")
        elsewhere = button(self.tr("Till en annan mapp …"), self.choose_folder)
        about = label(
            self.tr(
                "En kopia görs varje dag vid inloggningen, och alltid före uppgradering, inläsning, återställning, "
                "gallring och byte av nyckel. Den räknas först när den har öppnats på nytt och kontrollerats."
            ),
            role="muted", wrap=True,
        )  # fmt: skip
        inside = column(about, self.state, box(Flow(self.now_button, elsewhere)), self._second_card(), self._list())
        inside.setStretch(4, 1)
        inside.setContentsMargins(0, 0, 14, 0)
        return scrolled(box(inside), name=self.tr("Säkerhetskopior"))

    def _second_card(self) -> QFrame:
        self.second = label(wrap=True)
        self.second.setAccessibleName(self.tr("Andra platsen"))
        self.choose_button = button(self.tr("Välj mapp …"), self.choose_second, icon_name="folder-open")
        self.give_up_button = button(self.tr("Sluta använda platsen"), lambda: self.set_second(None))
        return card(
            label(self.tr("Andra platsen"), role="label"), self.second,
            box(Flow(self.choose_button, self.give_up_button)),
        )  # fmt: skip

    def _list(self) -> QWidget:
        self.table: Table[_Row] = Table(
            (
                Column(self.tr("Gjord"), lambda one: _when(one.backup), width=150),
                Column(self.tr("Anledning"), lambda one: why_label(one.backup.why)),
                Column(self.tr("Storlek"), lambda one: size_in_words(one.backup.size), width=84, right=True),
                Column(
                    self.tr("Plats"), lambda one: self.tr("andra platsen") if one.second else self.tr("här"), width=116,
                    hover=lambda one: str(one.backup.path.parent), drop_below=560,
                ),
                Column(
                    self.tr("Kontrollerad"), lambda one: self.tr("ja") if one.backup.verified else self.tr("nej"),
                    width=104,
                ),
            ),
            name=self.tr("Säkerhetskopior"),
        )  # fmt: skip
        self.table.setMinimumHeight(180)
        self.table.chosen.connect(lambda _: self._allow())
        self.receipt_button = button(self.tr("Visa kvittot …"), self.show_receipt, icon_name="file-text")
        self.restore_button = button(self.tr("Återställ …"), self.begin_restore, icon_name="rotate-ccw")
        if self.place.desk.actor.units is not None:
            self.restore_button.setEnabled(False)
            self.restore_button.setToolTip(self.tr("Gäller hela databasen. Be en enhetschef som når alla enheter."))
        return box(column(self.table, box(Flow(self.receipt_button, self.restore_button))))

    def refresh(self) -> None:
        """Read the list and the second place anew."""
        self.place.ask(self, _read, self._offer)

    def _offer(self, found: _Found) -> None:
        (usual, there), second = found
        rows = [_Row(one, False) for one in usual] + [_Row(one, True) for one in there]
        rows.sort(key=lambda one: (one.backup.at, not one.second), reverse=True)
        self.table.rows_model.show_rows(rows)
        if rows:
            self.table.selectRow(0)
        self._allow()
        self._tell_latest(usual)
        if second is None:
            self.second.setText(
                self.tr("Ingen är vald. Välj en mapp på en annan disk: går datorn sönder finns kopiorna kvar där.")
            )
        else:
            reached = second.is_dir()
            missing = self.tr("{0} går inte att nå nu. Anslut disken.").format(second)
            self.second.setText(str(second) if reached else missing)
            set_role(self.second, "" if reached else "due")
        self.give_up_button.setVisible(second is not None)

    def _tell_latest(self, usual: tuple[Backup, ...]) -> None:
        latest = next((one for one in usual if one.verified), None)
        if latest is None:
            self._tell(self.tr("Det finns ingen kontrollerad kopia än."), "due")
        else:
            day = near_day(latest.at.date(), today=self.place.desk.today)
            said = self.tr("Senaste kopian: {0} {1}, kontrollerad.")
            self._tell(said.format(day, clock(latest.at.time())), "ok")

    def _tell(self, sentence: str, role: str) -> None:
        self.state.setText(sentence)
        set_role(self.state, role)

    def _allow(self) -> None:
        one = self.table.current_row()
        self.receipt_button.setEnabled(one is not None and one.backup.receipt is not None)

    def back_up(self) -> None:
        """Make a backup where the automatic ones lie, and in the second place."""
        self._make(None)

    def choose_folder(self) -> None:
        """Ask for another folder for one backup."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Var ska säkerhetskopian ligga?"), str(Path.home()))
        if name:
            self.back_up_to(Path(name))

    def back_up_to(self, folder: Path) -> None:
        """Make one backup in that folder."""
        self._make(folder)

    def _make(self, folder: Path | None) -> None:
        self.now_button.setEnabled(False)
        self._tell(self.tr("Kopian görs och kontrolleras …"), "muted")
        self.place.act(
            self, lambda desk: backups.back_up(desk, folder=folder), self._made, changed="backups",
            otherwise=self._failed,
        )  # fmt: skip

    def _made(self, made: Path) -> None:
        self.now_button.setEnabled(True)
        self.place.told.emit(
            self.tr("Säkerhetskopian {0} är gjord och kontrollerad. Den ligger i {1}.").format(made.name, made.parent)
        )
        self.refresh()

    def _failed(self, error: Exception) -> bool:
        self.now_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        self.refresh()
        self.place.troubled.emit(wording(error))
        return True

    def choose_second(self) -> None:
        """Ask for the folder of the second place."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Välj mapp på en annan disk"), str(Path.home()))
        if name:
            self.set_second(Path(name))

    def set_second(self, folder: Path | None) -> None:
        """Use this folder as the second place, or none."""
        said = self.tr("Kopiorna läggs också i {0} från nu.").format(folder) if folder else ""
        self.place.act(
            self, lambda desk: backups.set_second_place(desk, folder=folder), lambda _: self.refresh(),
            changed="backups", said=said or self.tr("Kopiorna läggs bara på den vanliga platsen."),
        )  # fmt: skip

    def show_receipt(self) -> None:
        """Show the receipt as a paper."""
        one = self.table.current_row()
        if one is not None:
            path = one.backup.path
            open_preview(
                self, self.place, title=self.tr("Kvitto på säkerhetskopia"), file_name=f"kvitto-{path.stem}.pdf",
                make=lambda desk: _receipt_paper(desk, path),
            )  # fmt: skip

    def begin_restore(self) -> None:
        """Show the way back to the chosen backup, or to another file."""
        one = self.table.current_row()
        around = self.place.around
        page = RestorePage(
            self.place.desk.store.address, user=self.place.desk.actor.user, around=lambda: around,
            runner=self.place.runner, backup=one.backup.path if one else None,
        )  # fmt: skip
        page.left.connect(self._leave_restore)
        page.decided.connect(self.place.restore_wanted.emit)
        self.restore_page = page
        self._stack.addWidget(scrolled(page, name=self.tr("Återställ från säkerhetskopia")))
        self._stack.setCurrentIndex(1)
        page.password.setFocus()

    def _leave_restore(self) -> None:
        shown = self._stack.widget(1)
        if shown is not None:
            self._stack.removeWidget(shown)
            shown.deleteLater()
        self.restore_page = None
        self.refresh()


def _when(one: Backup) -> str:
    return f"{short_date(one.at.date())} {clock(one.at.time())}"


def _read(desk: Desk) -> _Found:
    return backups.list_backups(desk), backups.second_place(desk)


def _receipt_paper(desk: Desk, path: Path) -> bytes:
    from app.reports import backup_receipt  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    names = [one.value.name for one in list_units(desk)]
    out = io.BytesIO()
    backup_receipt.draw(backups.receipt_of(path), names[0] if len(names) == 1 else "Teamforum", out)
    return out.getvalue()
