"""The test inside any build: a new database, every page opened, one of each PDF drawn, all of it for real."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.meetings import MeetingStatus
from app.domain.minutes_forms import MinutesForm
from app.reports import recovery_key
from app.reports.archive import archived
from app.services.checks import check_file
from app.services.demo import PASSWORD, USER, create_demo
from app.services.papers import Purpose
from app.services.spell_process import SpellProcess
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.papers.calls import draw_calls, make_calendar
from app.ui.papers.drawing import draw_papers
from app.ui.walk import walk
from app.ui.walk_meetings import telling_meeting
from app.ui.walk_steps import settle_down

if TYPE_CHECKING:
    from app.services.access import Surroundings
    from app.services.desk import Desk
    from app.ui.shell import MainWindow


def self_test(*, around: Callable[[], Surroundings], material: Mapping[str, Any]) -> int:
    """Go through the whole program in a database of its own; prints what was done, returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="teamforum-") as own:
        database = Path(own, "prov.tfdb")
        made = create_demo(around(), database, material)
        made.desk.close()
        print("Databas: skapad och krypterad.")
        window = make_window(database, user=USER, around=around, runner=DirectRunner())
        window.show()
        settle_down()
        window.entrance.try_log_in(USER, PASSWORD)
        settle_down()
        if window.frame is None:
            print("Det gick inte att logga in.")
            return 1
        opened = [name for name, _ in walk(window)]
        if window.frame.bar.is_fault:
            print(window.frame.bar.text.text())
            return 1
        print(f"Fönster: {len(opened)} sidor och dialoger öppnade.")
        print(f"PDF: {_documents(window, made.recovery_key)} dokument ritade.")
        window.close()
        if not _dictionary_answers(around().dictionary):
            print("Ordlistan svarar inte.")
            return 1
        print("Ordlista: svarar i en egen process.")
        report = check_file(around(), database, user=USER, password=PASSWORD)
        print(f"Kontroll: hel, {report.audit_rows} loggrader.")
    return 0


def _dictionary_answers(dictionary: Path | None) -> bool:
    """Whether the dictionary's process begins in this build and tells a slip from a compound."""
    if dictionary is None:
        return False
    process = SpellProcess(dictionary)
    try:
        return process.wrong(["läkemedelsgenomgång", "rolator"]) == {"rolator"}
    finally:
        process.close()


def _documents(window: MainWindow, key: str) -> int:
    drawn = 0
    frame = window.frame
    if frame is None:
        return drawn
    for purpose, status in (
        (Purpose.AGENDA, MeetingStatus.PLANNED), (Purpose.POSTER, MeetingStatus.PLANNED),
        (Purpose.MINUTES, MeetingStatus.APPROVED),
    ):  # fmt: skip
        row = telling_meeting(frame, status)
        if row is not None and draw_papers(frame.place.desk, purpose=purpose, meeting=row.key).data.startswith(b"%PDF"):
            drawn += 1
        if row is not None and status is MeetingStatus.APPROVED:
            drawn += _other_forms(frame.place.desk, row.key)
    called = telling_meeting(frame, MeetingStatus.PLANNED)
    if called is not None:
        paper, _ = draw_calls(frame.place.desk, meeting=called.key)
        calendar = make_calendar(frame.place.desk, meeting=called.key)
        drawn += paper.data.startswith(b"%PDF") and calendar.data.startswith(b"BEGIN:VCALENDAR")
    out = io.BytesIO()
    recovery_key.draw(key, "Provenheten", out)
    return drawn + out.getvalue().startswith(b"%PDF")


def _other_forms(desk: Desk, meeting: str) -> int:
    """The minutes without customers, and the same fit for the archive."""
    paper = draw_papers(desk, purpose=Purpose.MINUTES, meeting=meeting, form=MinutesForm.NO_CUSTOMERS)
    return paper.data.startswith(b"%PDF") + archived(paper.data).startswith(b"%PDF")
