"""Minutes as a styrgrupp and a dialogue meeting have them: through the exchange file and out on paper, every sentence.

Each is several pages long, with decisions set apart, tables, questions that were answered afterwards and appendices.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.catalogue import Setting
from app.domain.meeting_papers import MeetingPapers
from app.exchange.json_file import read_document
from app.reports.archive import archived
from app.services import meetings
from app.services.papers import Purpose, meeting_papers
from tests.reports.material import bookmarks_of, drawn
from tests.support import fill, log_in, make_database

MEETINGS = {"styrgrupp_minutes": (4, 6), "dialogue_minutes": (3, 6)}
"""The files, and how many pages their minutes take."""
_NOT_TEXT = frozenset({
    "key", "unit", "forum", "status", "kind", "date", "due", "start", "end", "from", "to", "member", "follow_up",
    "chair", "secretary", "approver", "item", "answered_on", "at", "lifted_to", "substitute_for",
})  # fmt: skip


def source(name: str) -> dict[str, Any]:
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module", params=MEETINGS)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, MeetingPapers]:
    """The name of a file, and the papers that the services make of what was imported from it."""
    path = tmp_path_factory.mktemp("whole") / "unit.tfdb"
    make_database(path, setting=Setting.LEDNING, unit="Ledningen")
    desk = log_in(path)
    try:
        document = read_document(Path(__file__).with_name(f"{request.param}.json").read_bytes())
        fill(desk, document)
        key = document.meetings[0].key
        assert meetings.get_meeting(desk, key=key).value == document.meetings[0], "it fits the exchange format whole"
        return request.param, meeting_papers(desk, key=key, purpose=Purpose.MINUTES)
    finally:
        desk.close()


def written(value: Any) -> Iterator[str]:
    """Every text of a JSON value that a person typed, in the order of the file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_TEXT:
                yield from written(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner)
    elif isinstance(value, str):
        yield value


def pieces(text: str) -> list[str]:
    """The lines of a text, the cells of its tables and the entries of its lists, each as it is to be read."""
    found = []
    for line in text.splitlines():
        cells = re.split(r"\t|\s*\|\s*", line) if "\t" in line or "|" in line else [line]
        found += [re.sub(r"^(?:-|\d+\.) ", "", cell.strip()) for cell in cells]
    return [" ".join(one.split()) for one in found if one.strip("-: ")]


def text_of(pdf: bytes) -> str:
    """What pypdf reads between the head and the foot of each page, in order."""
    pages = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        lines = page.extract_text().splitlines()
        body = [one for one in lines if not one.startswith(("Utskriven", "Sida "))]
        pages.append(" ".join(body))
    return " ".join(" ".join(pages).split())


def test_every_sentence_is_on_the_paper_and_the_points_are_in_order(printed: tuple[str, MeetingPapers]) -> None:
    name, papers = printed
    pdf = drawn("minutes", papers)
    fewest, most = MEETINGS[name]
    assert fewest <= len(PdfReader(io.BytesIO(pdf)).pages) <= most
    found, place = text_of(pdf), 0
    members = {one["key"] for one in source(name)["members"]}
    typed = [text for text in written(source(name)["meetings"][0]) if text not in members]
    assert [one for text in typed for one in pieces(text) if one not in found] == []
    for number, item in enumerate(source(name)["meetings"][0]["items"], start=1):
        for text in (item["heading"], *pieces(item.get("notes", "")), *item.get("decisions", ())):
            place = found.find(" ".join(text.split()), place)
            assert place >= 0, f"§ {number}: {text!r} is missing or comes too early"


def test_a_question_stands_with_its_later_answer_and_who_gave_it(printed: tuple[str, MeetingPapers]) -> None:
    name, papers = printed
    found = text_of(drawn("minutes", papers))
    names = {one["key"]: one["name"] for one in source(name)["members"]}
    for item in source(name)["meetings"][0]["items"]:
        for one in item.get("questions", ()):
            place = found.index(one["question"])
            by = one["answered_by"] if isinstance(one["answered_by"], str) else one["answered_by"]["name"]
            by = names.get(by, by)
            after = found[place : place + 600]
            if "answer" in one:
                assert after.index(one["answer"]) < after.index(f"Besvarad av {by}")
            else:
                assert f"Inget svar än. Besvaras av {by}." in after


def test_what_closes_the_minutes_comes_in_the_usual_order(printed: tuple[str, MeetingPapers]) -> None:
    name, papers = printed
    found = text_of(drawn("minutes", papers))
    headings = ["Bilagor", "Bilaga 1", "Bilaga 2", "Nästa möte", "Åtgärder i korthet"]
    if name == "styrgrupp_minutes":
        headings.append("Tillägg")
    place = 0
    for heading in (*headings, "Justering", "Namnteckning"):
        place = found.find(heading, place)
        assert place >= 0, heading


def test_tables_are_drawn_as_tables(printed: tuple[str, MeetingPapers]) -> None:
    _, papers = printed
    found = text_of(drawn("minutes", papers))
    assert "|" not in found
    assert "---" not in found


def test_each_point_has_its_bookmark_and_the_archive_accepts_the_file(printed: tuple[str, MeetingPapers]) -> None:
    _, papers = printed
    pdf = drawn("minutes", papers)
    kept = archived(pdf)
    points = [f"§ {n} {one.heading}" for n, one in enumerate(papers.meeting.items, start=1)]
    for data in (pdf, kept):
        assert [title for depth, title, _ in bookmarks_of(data) if depth == 1] == points
    assert text_of(kept) == text_of(pdf)
