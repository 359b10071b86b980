"""Papers to draw, and a reader of what was drawn: the text of a PDF as Debian's tools find it, spaces evened out."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination

from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.reports import documents

DAY = dt.date(2026, 3, 3)


def meeting(**values: Any) -> Meeting:
    """A planned meeting of an hour, with what the test adds."""
    basis = Meeting(key="m", unit="solgarden", forum="apt", date=DAY, start=dt.time(13), end=dt.time(14))
    return replace(basis, **values)


def items(count: int, **values: Any) -> tuple[Item, ...]:
    """As many plain items."""
    return tuple(Item(key=f"i{n}", heading=f"Punkt nummer {n}", **values) for n in range(1, count + 1))


def papers(of: Meeting | None = None, **values: Any) -> MeetingPapers:
    """Papers of that meeting on Solgården; without names and customers unless the test gives them."""
    basis = MeetingPapers(
        meeting=of or meeting(),
        unit_name="Solgården",
        setting_label="Särskilt boende och korttid",
        forum_name="Arbetsplatsträff",
        ward_name=None,
        names={},
        professions={},
        customers={},
        has_customer_data=False,
        prepared_on=dt.date(2026, 2, 24),
    )
    return replace(basis, **values)


def approved(of: Meeting) -> Meeting:
    """The meeting with approved minutes."""
    return replace(of, status=MeetingStatus.APPROVED)


def drawn(purpose: str, *several: MeetingPapers) -> bytes:
    """The PDF."""
    out = io.BytesIO()
    documents.draw(purpose, several, out)
    return out.getvalue()


def text_of(pdf: bytes, *options: str) -> str:
    """What pdftotext reads, with every run of white space as one space."""
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode("utf-8").split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def check_with_qpdf(pdf: bytes, folder: Path) -> str:
    """What qpdf says about the file; raises when it finds a fault."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True).stdout


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """The rows of pdffonts: name first, whether it is embedded among the last columns."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    return [line.split() for line in found.splitlines()[2:]]


def bookmarks_of(pdf: bytes) -> list[tuple[int, str, int]]:
    """Depth, title and page number (from 1) of each bookmark, in order."""
    reader = PdfReader(io.BytesIO(pdf))
    found: list[tuple[int, str, int]] = []

    def walk(entries: Sequence[Any], depth: int) -> None:
        for entry in entries:
            if isinstance(entry, Destination):
                found.append((depth, str(entry.title), (reader.get_destination_page_number(entry) or 0) + 1))
            else:
                walk(entry, depth + 1)

    walk(reader.outline, 0)
    return found
