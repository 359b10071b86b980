"""Papers drawn in memory, in the worker, with the file name that is offered for them: never anything of a customer."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.keys import key_from
from app.domain.meeting_papers import MeetingPapers
from app.domain.minutes_forms import MinutesForm
from app.domain.swedish import short_date
from app.services.desk import Desk
from app.services.papers import Purpose, meeting_papers, papers_of_period

_ONE = {Purpose.AGENDA: "Dagordning", Purpose.POSTER: "Dagordning", Purpose.MINUTES: "Minnesanteckningar"}
_SEVERAL = {Purpose.AGENDA: "Dagordningar", Purpose.POSTER: "Dagordningar", Purpose.MINUTES: "Minnesanteckningar"}
_FILE_PARTS = {
    MinutesForm.NO_CUSTOMERS: "-utan-kunduppgifter", MinutesForm.DECISIONS: "-beslut", MinutesForm.EXTRACT: "-utdrag",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF with what its window is called and the name of a file to save it in."""

    data: bytes
    file_name: str
    title: str
    files: int = 0
    """How many files there are that can be printed behind it."""


def draw_papers(
    desk: Desk, *, purpose: Purpose, meeting: str | None = None, period: tuple[dt.date, dt.date] | None = None,
    unit: str | None = None, form: MinutesForm = MinutesForm.FULL, customer: str | None = None,
    with_files: bool = False,
) -> Paper:  # fmt: skip
    """The paper of one meeting, else of every meeting of the period. Raises KnownError as the services do.

    `form` is of minutes, `customer` of an extract.
    """
    from app.reports import documents  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    if meeting is not None:
        papers: Sequence[MeetingPapers] = (
            meeting_papers(desk, key=meeting, purpose=purpose, form=form, customer=customer, with_files=with_files),
        )
    else:
        first, last = period or (desk.today, desk.today)
        papers = papers_of_period(
            desk, from_=first, to=last, unit=unit, purpose=purpose, form=form, customer=customer, with_files=with_files
        )
    out = io.BytesIO()
    documents.draw(purpose.value, papers, out)
    return Paper(
        data=out.getvalue(), file_name=_file_name(purpose, papers), title=_title(purpose, papers), files=_files(papers)
    )


def _files(papers: Sequence[MeetingPapers]) -> int:
    return sum(one.kind is not None and one.kind.is_shown for each in papers for one in each.appendices)


def _file_name(purpose: Purpose, papers: Sequence[MeetingPapers]) -> str:
    """`dagordning-solgarden-2026-03-03.pdf`: kind, unit and days; a meeting's own title might name somebody."""
    first, last = papers[0].meeting, papers[-1].meeting
    unit = first.unit if all(one.meeting.unit == first.unit for one in papers) else "alla-enheter"
    kind = (_ONE if len(papers) == 1 else _SEVERAL)[purpose]
    part = "-anslag" if purpose is Purpose.POSTER else _FILE_PARTS.get(papers[0].part.form, "")
    days = first.date.isoformat() + (f"--{last.date.isoformat()}" if last.date != first.date else "")
    return f"{key_from(kind)}{part}-{unit}-{days}.pdf"


def _title(purpose: Purpose, papers: Sequence[MeetingPapers]) -> str:
    first, last = papers[0], papers[-1]
    whole = purpose is not Purpose.MINUTES or first.part.form is MinutesForm.FULL
    if len(papers) == 1:
        kind = _ONE[purpose] if whole else first.part.form.label
        return f"{kind}: {first.forum_and_ward}, {short_date(first.meeting.date)}"
    days = f"{short_date(first.meeting.date)} – {short_date(last.meeting.date)}"
    return f"{_SEVERAL[purpose] if whole else first.part.form.label} {days} ({len(papers)} möten)"
