"""Pictures of every page, dialog and document of the demo, so that anyone can look at them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.meetings import MeetingStatus
from app.services.demo import PASSWORD, USER, create_demo
from app.services.papers import Purpose
from app.services.preferences import set_preference
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.papers.calls import draw_calls, make_calendar
from app.ui.papers.drawing import draw_papers
from app.ui.papers.pdf_pages import PdfPages
from app.ui.theme import Theme
from app.ui.toolkit import make_application
from app.ui.walk import walk
from app.ui.walk_meetings import telling_meeting
from app.ui.walk_steps import settle_down

if TYPE_CHECKING:
    from app.services.access import Surroundings
    from app.ui.shell import MainWindow

SIZE, SMALL = (1280, 800), (853, 533)
"""The usual window, and what is left of it at 150 % scale."""
_PDF_SCALE = 1.4


def tour(folder: Path, *, around: Callable[[], Surroundings], material: Mapping[str, Any], everything: bool) -> int:
    """Leave a PNG of each page, and agenda and minutes as PDF, in `folder`; with `everything` dark and 150 % too.

    Draws a demo of its own, in a folder that is gone afterwards. Returns the exit status.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    with tempfile.TemporaryDirectory(prefix="teamforum-") as own:
        database = Path(own, "demo.tfdb")
        create_demo(around(), database, material).desk.close()
        looks = [("", False, SIZE)]
        if everything:
            looks += [("dark-", True, SIZE), ("150-", False, SMALL)]
            _wizard(folder, Path(own, "ny.tfdb"), around)
        for prefix, dark, size in looks:
            Theme(dark=dark).apply(app)
            window = _open(database, around, dark=dark, size=size)
            _keep(window, folder / f"{prefix}log-in.png")
            _ways_back(window, folder, prefix)
            window.entrance.try_log_in(USER, PASSWORD)
            if window.place is not None:
                set_preference(window.place.desk, name="look", value="dark" if dark else "light")
                window.place.changed.emit("preferences")
            settle_down()
            for name, shown in walk(window):
                _keep(shown, folder / f"{prefix}{name}.png")
            if not prefix:
                _documents(window, folder, pictures=everything)
            window.close()
        Theme(dark=False).apply(app)
    return 0


def _ways_back(window: MainWindow, folder: Path, prefix: str) -> None:
    """The pages for a database that is damaged, and the log-in again."""
    entrance = window.entrance
    for name, show in (
        ("restore", entrance.show_restore), ("rescue", entrance.show_rescue), ("server", entrance.show_server),
    ):  # fmt: skip
        show()
        _keep(window, folder / f"{prefix}{name}.png")
    entrance.show_log_in(user=USER)


def _open(database: Path, around: Callable[[], Surroundings], *, dark: bool, size: tuple[int, int]) -> MainWindow:
    window = make_window(database, user=USER, around=around, runner=DirectRunner(), dark=dark)
    window.setProperty("placed", True)  # the size of the picture, not the one that was left last
    window.resize(*size)
    window.show()
    settle_down()
    return window


def _keep(shown: QWidget, path: Path) -> None:
    settle_down()
    shown.grab().save(str(path))


def _wizard(folder: Path, database: Path, around: Callable[[], Surroundings]) -> None:
    window = _open(database, around, dark=False, size=SIZE)
    wizard = window.entrance.wizard
    if wizard is None:
        return
    wizard.unit_name.setText("Solgården")
    _keep(window, folder / "wizard-1.png")
    wizard.go_on()
    wizard.full_name.setText("Eva Lind")
    wizard.user.setText("eva")
    _keep(window, folder / "wizard-2.png")
    for field in (wizard.password, wizard.again):
        field.setText(PASSWORD)
    wizard.go_on()
    _keep(window, folder / "wizard-3.png")
    wizard.typed_key.setText(wizard.shown_key.text())
    wizard.go_on()
    _keep(window, folder / "first-day.png")
    window.close()
    window.entrance.show_recovery()
    _keep(window.entrance, folder / "recovery.png")


def _documents(window: MainWindow, folder: Path, *, pictures: bool) -> None:
    frame = window.frame
    if frame is None:
        return
    wanted = (
        (Purpose.AGENDA, MeetingStatus.PLANNED), (Purpose.POSTER, MeetingStatus.PLANNED),
        (Purpose.MINUTES, MeetingStatus.APPROVED),
    )  # fmt: skip
    for purpose, status in wanted:
        row = telling_meeting(frame, status)
        if row is None:
            continue
        paper = draw_papers(frame.place.desk, purpose=purpose, meeting=row.key)
        (folder / f"{purpose.value}.pdf").write_bytes(paper.data)
        pages = PdfPages(paper.data)
        for number in range(len(pages.sizes) if pictures else 1):
            pages.picture(number, _PDF_SCALE).save(str(folder / f"pdf-{purpose.value}-{number + 1}.png"))
        pages.close()
    called = telling_meeting(frame, MeetingStatus.PLANNED)
    if called is not None:
        (folder / "call.pdf").write_bytes(draw_calls(frame.place.desk, meeting=called.key)[0].data)
        (folder / "call.ics").write_bytes(make_calendar(frame.place.desk, meeting=called.key).data)
    QApplication.processEvents()
