"""Calls taken out: looked at and printed as every paper, or saved as a calendar file; then the meeting is called."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.calls import Call
from app.exchange.files import write_file
from app.services.calls import Announced, announce, call_of, calls_of_period, take_back_announcements
from app.services.desk import Desk
from app.ui.papers.drawing import Paper
from app.ui.papers.preview import PreviewWindow
from app.ui.workplace import UndoStep, Workplace

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """An .ics in memory, the file name that is offered, and the keys of its meetings."""

    data: bytes
    file_name: str
    meetings: tuple[str, ...]


def draw_calls(
    desk: Desk, *, meeting: str | None = None, period: Period | None = None, unit: str | None = None
) -> tuple[Paper, tuple[str, ...]]:
    """The call to one meeting, else to every planned meeting of a period, as a PDF; and the meetings' keys."""
    from app.exchange.calendar_file import file_name  # noqa: PLC0415 - the libraries are loaded when used
    from app.reports import call as report  # noqa: PLC0415

    calls = _calls(desk, meeting=meeting, period=period, unit=unit, calendar=False)
    out = io.BytesIO()
    report.draw(calls, out)
    paper = Paper(data=out.getvalue(), file_name=f"{file_name(calls)}.pdf", title=report.title(calls))
    return paper, tuple(one.meeting for one in calls)


def make_calendar(
    desk: Desk, *, meeting: str | None = None, period: Period | None = None, unit: str | None = None,
    member: str | None = None,
) -> CalendarFile:  # fmt: skip
    """The same as a calendar file; a `member`'s own calendar of a period has cancelled meetings too."""
    from app.exchange.calendar_file import file_name, write_calendar  # noqa: PLC0415 - loaded when used

    calls = _calls(desk, meeting=meeting, period=period, unit=unit, member=member, calendar=True)
    data = write_calendar(calls, at=desk.clock.instant(), invite=meeting is not None)
    return CalendarFile(
        data=data, file_name=f"{file_name(calls)}.ics", meetings=tuple(one.meeting for one in calls)
    )  # fmt: skip


def _calls(
    desk: Desk, *, meeting: str | None, period: Period | None, unit: str | None, calendar: bool,
    member: str | None = None,
) -> Sequence[Call]:  # fmt: skip
    if meeting is not None:
        return (call_of(desk, key=meeting, calendar=calendar),)
    first, last = period or (desk.today, desk.today)
    return calls_of_period(
        desk, from_=first, to=last, unit=unit, member=member, planned_only=member is None, calendar=calendar
    )


def call_preview(
    parent: QWidget, place: Workplace, *, meeting: str, on_taken: Callable[[], object] | None = None
) -> PreviewWindow:
    """Show the call to a meeting; `on_taken` is called when it is printed or saved."""
    window = PreviewWindow(
        parent, place, title=parent.tr("Kallelse"), make=lambda desk: draw_calls(desk, meeting=meeting)[0]
    )
    if on_taken is not None:
        when_taken_out(window, on_taken)
    window.show()
    return window


def when_taken_out(window: PreviewWindow, on_taken: Callable[[], object]) -> None:
    """Call `on_taken` when the paper is printed or saved."""
    for taken in (window.printed, window.saved):
        taken.connect(on_taken)


def mark_called(
    owner: QWidget, place: Workplace, keys: tuple[str, ...], *, then: Callable[[], object] | None = None
) -> None:
    """Note that the calls went out today; it can be taken back with Ctrl+Z. `then` is called after either."""

    def after(_: object) -> None:
        if then is not None:
            then()

    def done(found: tuple[Announced, ...]) -> None:
        if found:
            one = len(found) == 1
            phrase = owner.tr("Kalla till mötet") if one else owner.tr("Kalla till {0} möten").format(len(found))
            place.remember(UndoStep(phrase, lambda: take_back(phrase, found)))
            said = owner.tr("Mötet är kallat.") if one else owner.tr("{0} möten är kallade.").format(len(found))
            place.told.emit(owner.tr("{0} Ångra med Ctrl+Z.").format(said))
        after(found)

    def take_back(phrase: str, found: tuple[Announced, ...]) -> None:
        by = owner if shiboken6.isValid(owner) else place
        place.act(
            by, lambda desk: take_back_announcements(desk, announced=found), after, changed="meetings",
            said=place.tr("Ångrat: {0}").format(phrase),
        )  # fmt: skip

    place.act(owner, lambda desk: announce(desk, keys=keys), done, changed="meetings")


def save_calendar(
    owner: QWidget, place: Workplace, make: Callable[[Desk], CalendarFile], *,
    then: Callable[[tuple[str, ...]], object] | None = None, otherwise: Callable[[Exception], bool] | None = None,
) -> None:  # fmt: skip
    """Make the calendar file, ask where it is to lie and write it; `then` is given the keys of its meetings."""

    def made(found: CalendarFile) -> None:
        name, _ = QFileDialog.getSaveFileName(
            owner, owner.tr("Spara kalenderfil"), str(Path.home() / found.file_name), owner.tr("Kalender (*.ics)")
        )
        if not name:
            return
        path = Path(name if name.lower().endswith(".ics") else f"{name}.ics")

        def written(_: None) -> None:
            place.told.emit(owner.tr("{0} är sparad. Den har inga kunduppgifter.").format(path.name))
            if then is not None:
                then(found.meetings)

        place.ask(owner, lambda _: write_file(path, found.data), written)

    place.ask(owner, make, made, otherwise=otherwise)
