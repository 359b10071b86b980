"""`agenda_pdf`: a three-page agenda, warm, against its pages on ReportLab's bare canvas; and `merged_bytes`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from app.domain.meeting_papers import MeetingPapers
from app.reports import documents
from bench import bare_canvas, papers
from bench.measure import Row, compare, exactly, timed

_TIMES = 5
_MERGED = 60


def rows() -> Iterator[Row]:
    """The time of one agenda, and the bytes of many in one file."""
    one = papers.agenda()
    made = _drawn([one])
    sheets = bare_canvas.sheets_of(made)
    again = bare_canvas.words_of(bare_canvas.draw(sheets))
    if again != bare_canvas.words_of(made) or again[0] != papers.PAGES:
        raise RuntimeError("the bare canvas does not show the same pages and words")
    yield compare(
        "agenda_pdf",
        subject=timed(lambda: _drawn([one]), times=_TIMES),
        floor=timed(lambda: bare_canvas.draw(sheets), times=_TIMES),
        goal=2.2,
        against=f"the same {papers.PAGES} pages on the bare ReportLab canvas",
    )
    many = [papers.agenda(number) for number in range(_MERGED)]
    yield exactly(
        "merged_bytes",
        own=len(_drawn(many)),
        other=sum(len(_drawn([each])) for each in many),
        goal=0.3,
        against=f"{_MERGED} files of one agenda each",
        unit="bytes",
    )


def _drawn(meetings: Sequence[MeetingPapers]) -> bytes:
    out = io.BytesIO()
    documents.draw(documents.AGENDA, meetings, out)
    return out.getvalue()
