"""The papers of meetings as one PDF: an agenda, a poster or minutes, of one meeting or of every meeting of a period."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

from app.domain import swedish
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import MeetingStatus
from app.domain.minutes_forms import MinutesForm
from app.reports import agenda, minutes, poster, words
from app.reports.appendices import write_frames
from app.reports.attached import Place, fill
from app.reports.lettering import MUTED
from app.reports.pages import Flow, Mark, Page
from app.reports.pdf import Badge, Head, PdfFile

AGENDA, MINUTES, POSTER = "agenda", "minutes", "poster"
_KINDS = {AGENDA: agenda.KIND, POSTER: poster.KIND}
_SEVERAL = {AGENDA: "Dagordningar", MINUTES: "Minnesanteckningar", POSTER: "Dagordningar"}
_FEW_UNITS = 3


def draw(purpose: str, papers: Sequence[MeetingPapers], out: BinaryIO) -> None:
    """Write the papers of one or several meetings to `out`, each from a new page.

    One meeting has bookmarks for its items, a period one bookmark a meeting, or a year's list would be too long to use.
    `purpose` is "agenda", "minutes" or "poster". Pages are counted for each meeting by itself, so that its
    papers can be taken out of a period's file and stand alone. Files that are handed over stand behind their meeting.
    Raises ValueError for another purpose or no papers.
    """
    if purpose not in _SEVERAL or not papers:
        raise ValueError(f"nothing to draw for {purpose!r}")
    filled = any(appendix.data is not None for one in papers for appendix in one.appendices)
    drawn: BinaryIO = io.BytesIO() if filled else out
    file = PdfFile(drawn, title=_title(purpose, papers), author=_author(papers), subject=_SEVERAL[purpose])
    places: list[Place] = []
    for one in papers:
        pages = _pages(purpose, one, alone=len(papers) == 1)
        file.write(pages, _head(purpose, one), items=len(papers) == 1)
        places += write_frames(file, one.appendices, _head(purpose, one))
    file.save()
    if filled:
        drawn.seek(0)
        fill(drawn.read(), places, out)


def _pages(purpose: str, papers: MeetingPapers, *, alone: bool) -> list[Page]:
    meeting = papers.meeting
    when = f"{swedish.short_date(meeting.date)} {swedish.clock(meeting.start)}"
    mark = Mark(papers.heading if alone else f"{when} {papers.heading}", 0)
    if purpose == POSTER:
        return poster.pages(papers, mark)
    flow = Flow()
    (minutes.fill if purpose == MINUTES else agenda.fill)(flow, papers, mark)
    flow.settle()
    return flow.pages


def _head(purpose: str, papers: MeetingPapers) -> Head:
    badges = []
    status = papers.meeting.status
    if status is MeetingStatus.CANCELLED:
        badges.append(Badge("Inställt"))
    elif purpose == MINUTES:
        badges.append(Badge("Justerade", MUTED) if status is MeetingStatus.APPROVED else Badge("Ej justerade"))
    if papers.has_customer_data and purpose != POSTER:
        badges.append(Badge("Sekretess"))
    return Head(
        unit=papers.unit_name,
        under=f"{papers.setting_label} · {papers.forum_and_ward}",
        running=f"{papers.heading} · {swedish.long_date(papers.meeting.date)}",
        kind=_kind(purpose, papers),
        titled=purpose != POSTER,
        badges=tuple(badges),
        foot=f"Utskriven {words.day(papers.prepared_on)}",
    )


def _kind(purpose: str, papers: MeetingPapers) -> str:
    return papers.part.form.label if purpose == MINUTES else _KINDS[purpose]


def _title(purpose: str, papers: Sequence[MeetingPapers]) -> str:
    """Kind, forum and date; a period has its first and last day. A meeting's own title might name a customer."""
    first, last = papers[0], papers[-1]
    if len(papers) == 1:
        return f"{_kind(purpose, first)} {first.forum_and_ward}, {swedish.long_date(first.meeting.date)}"
    days = [one.meeting.date for one in (first, last)]
    several = _SEVERAL[purpose] if first.part.form is MinutesForm.FULL else first.part.form.label
    return f"{several} {words.day(min(days))} – {words.day(max(days))}"


def _author(papers: Sequence[MeetingPapers]) -> str:
    units = list(dict.fromkeys(one.unit_name for one in papers))
    return ", ".join(units) if len(units) <= _FEW_UNITS else f"{units[0]} och {len(units) - 1} andra enheter"
