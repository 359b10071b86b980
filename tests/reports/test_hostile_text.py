"""Text somebody typed to do harm, or just oddly: it comes out as it is, nothing vanishes, nothing breaks the page."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.domain.meetings import Action, Attendance, AttendanceStatus, Item, Meeting, NextMeeting, Question
from app.domain.people import Outsider
from app.reports import lettering
from app.reports.pages import MEASURE
from tests.reports.material import drawn, meeting, papers, text_of

HOSTILE = (
    "<b>fet</b>",
    '<a href="https://exempel.se">länk</a>',
    '<img src="file:///etc/passwd"/>',
    "<para><unclosed",
    "a & b &amp; c &#65; &lt;",
    "</para></b>]]>",
    "%PDF-1.4 (parentes) \\) \\Tj",
    "{0} %s {name}",
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
)
WITHOUT_GLYPH = ("😀", "سلام", "漢字", "👩‍⚕️", "\x00\x07\x1b", "\ud800")


def everywhere(text: str) -> Meeting:
    """A meeting that says `text` wherever somebody may type."""
    person = Outsider(text)
    item = Item(
        key="i", heading=text, text=text, notes=text, decisions=(text,), raised_by=person, presenter=person,
        lifted_recipient=person,
        actions=(Action(key="a", text=text, responsible=person, result=text),), lifted_to="outside",
        questions=(Question(question=text, asked_by=person, answer=text, answered_by=person),),
    )  # fmt: skip
    there = Attendance(
        name=text, profession=text, organisation=text, note=text, status=AttendanceStatus.PRESENT, substitute_for=person
    )
    return meeting(
        title=text, place=text, link=text, chair=person, secretary=person, approver=person, attendance=(there,),
        items=(item,) * 2,
        appendices=(text,), next_meeting=NextMeeting(place=text), cancelled_reason=text,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("purpose", ["agenda", "minutes", "poster"])
def test_marked_up_text_stays_text(text: str, purpose: str) -> None:
    pdf = drawn(purpose, papers(everywhere(text)))
    assert " ".join(text.split()) in text_of(pdf)
    assert all("/Annots" not in page for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("text", WITHOUT_GLYPH)
def test_what_the_font_lacks_is_seen_to_be_missing(text: str) -> None:
    found = text_of(drawn("minutes", papers(everywhere(f"före {text} efter"))))
    assert "före [U+" in found
    assert "] efter" in found


def test_marks_of_direction_and_hidden_hyphens_fall_away() -> None:
    assert lettering.shown("a\u202eb\u00adc\u200bd\ufe0f") == "abcd"


def test_letters_typed_as_base_and_accent_are_joined() -> None:
    assert lettering.shown("A\u030aker o\u0308") == "Åker ö"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "Å" * 10_000, "漢" * 2_000, "ord " * 3_000, "\n" * 5_000 + "slut", "- a\n" * 500]
)
@pytest.mark.parametrize("purpose", ["agenda", "minutes", "poster"])
def test_endless_text_neither_stops_the_paper_nor_leaves_it(text: str, purpose: str) -> None:
    pdf = drawn(purpose, papers(everywhere(text)))
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        for box in page.get_objects():
            left, bottom, right, top = box.get_bounds()
            assert left >= 70
            assert right <= 595 - 45
            assert bottom >= 25
            assert top <= 842 - 40


@settings(max_examples=15)
@given(st.text(max_size=60))
def test_any_text_can_be_printed_and_the_file_read_again(text: str) -> None:
    for purpose in ("agenda", "minutes", "poster"):
        assert len(PdfReader(io.BytesIO(drawn(purpose, papers(everywhere(text))))).pages) >= 1


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=200), st.floats(30, MEASURE))
def test_lines_fit_and_nothing_is_lost_between_them(text: str, room: float) -> None:
    style = lettering.Style()
    lines = lettering.wrap(text, style, room)
    assert "".join("".join(lines).split()) == "".join(lettering.shown(text).split())
    assert all(lettering.width(line, style) <= room + 0.01 for line in lines)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_every_sign_is_drawn_or_its_number_is(text: str) -> None:
    shown = lettering.shown(text)
    assert shown.replace("\N{NO-BREAK SPACE}", " ").isprintable()
    assert lettering.shown(shown) == shown
