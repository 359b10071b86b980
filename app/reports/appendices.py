"""The list of appendices on a paper, and the pages behind it on which the files are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Frames:
    """The pages of one file, empty yet: what stands in their head, and the PDF whose pages belong in them."""

    appendix: Appendix
    pages: list[Page]
    data: bytes

    def head(self, head: Head) -> Head:
        """The head of the paper that the file stands behind, saying which appendix this is."""
        named = f"{self.appendix.text} · {head.running}"
        return replace(head, kind=self.appendix.label, titled=False, under=named, running=named)

    def places(self, begins: int) -> list[Place]:
        """Where the file's pages go, when its first frame is page `begins` of the paper, counted from 0."""
        return [Place(begins + number, self.data, number) for number in range(len(self.pages))]


def frames_of(appendices: Iterable[Appendix]) -> Iterator[Frames]:
    """An empty page for each page of each file that can be printed."""
    for one in appendices:
        if one.kind is None or one.data is None or attached.why_not(one):
            continue
        data = attached.as_pdf(one.kind, one.data)
        if data is not None:
            pages = [Page() for _ in range(attached.page_count(one.kind, one.data))]
            pages[0].marks.append((attached.TOP, Mark(f"{one.label}: {one.text}", 1)))
            yield Frames(one, pages, data)


def write_frames(file: PdfFile, appendices: Iterable[Appendix], head: Head) -> Iterator[Place]:
    """Write the frames of the files behind a paper, each numbered by itself, and say what belongs in them."""
    for one in frames_of(appendices):
        begins = file.pages
        file.write(one.pages, one.head(head))
        yield from one.places(begins)
