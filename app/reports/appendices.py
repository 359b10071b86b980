"""The list of appendices on a paper, and the pages behind it on which the files are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.domain.attachments import Appendix, numbered
from app.domain.meeting_papers import MeetingPapers
from app.reports import attached, blocks
from app.reports.attached import Place
from app.reports.blocks import FACT_INDENT, LABEL, Label
from app.reports.pages import Flow, Mark, Page
from app.reports.pdf import Head, PdfFile


def appendices_of(papers: MeetingPapers) -> tuple[Appendix, ...]:
    """The appendices of a meeting's papers; its own texts where nobody has looked for files."""
    return papers.appendices or numbered(papers.meeting.appendices, ())


def appendix_list(flow: Flow, appendices: Sequence[Appendix]) -> None:
    """`Bilaga 1`, `Bilaga 2` … with what each is; a file that cannot be printed behind says so."""
    if not appendices:
        return
    blocks.section(flow, "Bilagor")
    for one in appendices:
        said = attached.why_not(one)
        kind = f" ({one.kind.label})" if one.kind is not None else ""
        text = f"{one.text}{kind}" + (f": {said}" if said else "")
        blocks.prose(flow, text, indent=FACT_INDENT, gap=2.0, labels=(Label(0, LABEL, one.label),))


def write_frames(file: PdfFile, appendices: Iterable[Appendix], head: Head) -> Iterator[Place]:
    """Write an empty page for each page of each file, and say what belongs in it."""
    for one in appendices:
        if one.kind is None or one.data is None or attached.why_not(one):
            continue
        data = attached.as_pdf(one.kind, one.data)
        count = attached.page_count(one.kind, one.data)
        if data is None:
            continue
        begins = file.pages
        pages = [Page() for _ in range(count)]
        pages[0].marks.append((attached.TOP, Mark(f"{one.label}: {one.text}", 1)))
        named = f"{one.text} · {head.running}"
        file.write(pages, replace(head, kind=one.label, titled=False, under=named, running=named))
        for number in range(count):
            yield Place(begins + number, data, number)
