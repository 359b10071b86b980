"""A day's work with recognisable words in it, in a home of its own: `-m faults.canaries_work HOME TOKEN SECONDS`.

The words go in through the services and the real window; a slot fails, a log-in fails, backups are made. Then it types
until it is killed, or leaves by itself when SECONDS is 0. It tells how far it has come on stdout.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import openpyxl
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.errors import AccessDenied
from app.exchange.files import write_file
from app.exchange.json_file import write_document
from app.exchange.sheets import read_sheet
from app.services import access, backups, drafts, meetings, transfer
from app.services.desk import Desk
from app.services.imports import known_to_sheets
from app.services.papers import Purpose
from app.ui.application import open_window
from app.ui.meetings.page import MeetingPage
from app.ui.papers.drawing import Paper, draw_papers
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from faults.ground import MEETING, PASSWORD, USER
from faults.window import press
from tests import support

_STANDARD = 2
"""Input, output and error were given by whoever started the day."""


class Day:
    """What is done with the words of one token."""

    def __init__(self, home: Path, token: str) -> None:
        self.database = home / "data" / "enhet.tfdb"
        self.asked = home.parent / "asked"
        self._token, self._places = token, 0

    def word(self, where: str) -> str:
        """A word nobody else has, with å, ä and ö beside it, that says where it was typed."""
        self._places += 1
        return f"åäö {self._token}{self._places:02d} {where} ÅÄÖ"

    def through_services(self) -> None:
        """The unit, its people, a meeting full of words, drafts, a backup, a failed log-in, an export."""
        self.database.parent.mkdir()
        access.create_database(
            support.surroundings(), self.database, unit_name=self.word("enhet"), setting=Setting.SARSKILT_BOENDE,
            user=USER, full_name=self.word("namn"), password=PASSWORD,
        ).desk.close()  # fmt: skip
        desk = support.log_in(self.database)
        try:
            self._fill(desk)
        finally:
            desk.close()
        with suppress(AccessDenied):
            access.log_in(support.surroundings(), self.database, user=USER, password=self.word("fel lösenord"))

    def _fill(self, desk: Desk) -> None:
        known = support.solgarden()
        customers = (
            replace(known.customers[0], reference=self.word("referens")),
            replace(known.customers[2], code=self.word("kod")),
            Customer(key="k-9", reference=self.word("ny"), unit="solgarden"),
        )
        transfer.take_in(desk, document=replace(known, customers=(*customers, known.customers[1], known.customers[3])))
        book = openpyxl.Workbook()
        book.worksheets[0].append(["Namn", "Yrke", "Enhet"])
        book.worksheets[0].append([self.word("medarbetare"), "Undersköterska", "Solgården"])
        out = io.BytesIO()
        book.save(out)
        sheet = read_sheet(out.getvalue(), name="personal.xlsx", known=known_to_sheets(desk))
        transfer.take_in(desk, document=sheet)
        found = meetings.get_meeting(desk, key=MEETING)
        items = tuple(
            replace(item, text=self.word("text"), notes=self.word("anteckning"), decisions=(self.word("beslut"),))
            for item in found.value.items
        )
        meeting = replace(found.value, title=self.word("titel"), items=items)
        meetings.save_meeting(desk, meeting=meeting, expected_version=found.version)
        drafts.save_draft(desk, kind="addition", key=MEETING, started_from=1, content=self.word("utkast"))
        backups.back_up(desk, folder=self.database.parent / "kopior")
        self._export(desk)

    def _export(self, desk: Desk) -> None:
        self.asked.mkdir()
        whole: Document = transfer.read_document(desk)
        write_file(self.asked / "allt.json", write_document(whole))

    def in_the_window(self, seconds: float) -> int:
        """Log in, type, look at a paper, let a slot fail; then type on until killed, or log out."""
        QTimer.singleShot(0, lambda: self._begin(seconds))
        return open_window(self.database, user=USER, around=support.surroundings)

    def _begin(self, seconds: float) -> None:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        window.entrance.prepare()
        window.runner.wait()
        window.entrance.try_log_in(USER, PASSWORD)
        window.runner.wait()
        if window.frame is None:
            raise RuntimeError("nobody is in")
        window.frame.visit("meeting", MEETING)
        window.runner.wait()
        page = window.frame.page
        if not isinstance(page, MeetingPage):
            raise TypeError("the meeting's page is not shown")
        page.agenda.choose("punkt-4")
        press(page.point.note, self.word("skrivet i fönstret"))
        page.editor.save()
        window.runner.wait()
        self._look_at_paper(window)
        QTimer.singleShot(0, self._fail)
        QTimer.singleShot(50, lambda: self._go_on(window, page, seconds))

    def _look_at_paper(self, window: MainWindow) -> None:
        place = window.place
        if place is None:
            raise RuntimeError("nobody is in")

        def make(desk: Desk) -> Paper:
            return draw_papers(desk, purpose=Purpose.MINUTES, meeting=MEETING)

        preview = PreviewWindow(window, place, title="Anteckningar", make=make)
        preview.show()
        window.runner.wait()
        QApplication.processEvents()
        window.runner.wait()
        preview.grab()
        preview.close()

    def _fail(self) -> None:
        raise ValueError(self.word("i ett fel"))

    def _go_on(self, window: MainWindow, page: MeetingPage, seconds: float) -> None:
        print("typing", flush=True)
        if not seconds:
            window.lock()
            window.runner.wait()
            window.close()
            QApplication.quit()
            return
        timer = QTimer(window)

        def more() -> None:
            press(page.point.note, self.word("medan den dödas"))
            page.editor.keep_draft()
            page.editor.save()

        timer.timeout.connect(more)
        timer.start(20)


def main() -> int:
    """Go through the day."""
    home, token, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    day = Day(home, token)
    day.through_services()
    status = day.in_the_window(seconds)
    print("left", *_deleted_but_open(), flush=True)
    return status


def _deleted_but_open() -> list[str]:
    """Files that are held open though nobody finds them by name any more: the watcher could not read them."""
    links = list(Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").exists() else []
    names = [str(link.readlink()) for link in links if link.is_symlink() and int(link.name) > _STANDARD]
    return [Path(name).name for name in names if name.endswith(" (deleted)") and name.startswith("/")]


if __name__ == "__main__":
    sys.exit(main())
