"""What is typed as a search means words, beginnings and phrases; snippets show where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import Read, Term, Words, marks_in, read_words, snippet_of, stands_in, words_of


def found(typed: str, *texts: str) -> bool:
    return stands_in(read_words(typed), [Read(text) for text in texts])


@pytest.mark.parametrize(
    ("typed", "text", "there"),
    [
        ("värd", "Hon är värdig.", True), ("vard", "Hon är värdig.", False), ("värd", "vardagsrum", False),
        ("ÅNGEST", "ångesten", True), ("ång", "Ångrar sig", True), ("ang", "Ångrar sig", False),
        ("ökad", "o\u0308kad oro", True), ("rullstol hem", "Hemtagning. Ny rullstol", True),
        ("rullstol hem", "Ny rullstol", False), ('"två gånger"', "vaknade två gånger", True),
        ('"två gånger"', "gånger två", False), ('"två gån"', "två gånger", False), ('"två gån', "två gånger", True),
        ("e-post", "Skicka e-post.", True), ("e-post", "post e", False), ("rullstol b", "rullstol", True),
        ("vitamin b ", "vitamin c", False), ("vitamin b ", "vitamin b", True), ("b", "b", False),
        ("72", "från 72 till 86", True), ("3,5", "3,5 procent", True),
    ],
)  # fmt: skip
def test_words_beginnings_and_phrases(typed: str, text: str, there: bool) -> None:
    assert found(typed, text) is there


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', '""', "*", "%", "_", "a", "- -", "^", "()", "\x00", "\ud800", "'; --", ":"]
)
def test_what_holds_no_word_searches_for_nothing(typed: str) -> None:
    assert not read_words(typed)


@pytest.mark.parametrize("typed", ['fall OR "sömn', "NEAR(fall sömn)", "text:fall", "fall*", "fall AND sömn", "%fall_"])
def test_syntax_is_text(typed: str) -> None:
    terms = read_words(typed).terms
    assert all(word.isalnum() for term in terms for word in term.words)
    assert "fall" in [word for term in terms for word in term.words]


def test_a_stem_finds_the_other_forms_and_not_other_words() -> None:
    words = Words((Term(("mediciner",), stem="medicin"),))
    texts = ("Medicin.", "medicinen", "medicinskåpet")
    assert [text for text in texts if stands_in(words, [Read(text)])] == ["Medicin.", "medicinen"]


def test_a_snippet_shows_where_the_words_stand() -> None:
    text = "Inget nytt. " * 20 + "Natten var lugn, men rullstolen\nsaknar broms. " + "Mer följer. " * 30
    snippet = snippet_of(read_words("rullstol broms"), [Read("Annat"), Read(text)])
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["rullstolen", "broms"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert "\n" not in snippet.text
    assert len(snippet.text) < 170


@given(st.text(max_size=400), st.text(max_size=60))
def test_marks_lie_in_the_text_in_order_and_mark_what_was_looked_for(text: str, typed: str) -> None:
    words = read_words(typed)
    for shown, marks in ((Read(text).text, marks_in(words, text)), _snippet(words, text)):
        ends = [0]
        for start, end in marks:
            assert ends[-1] <= start < end <= len(shown)
            ends.append(end)
            assert any(Read(shown[start:end]).holds(term) for term in words.terms)


def _snippet(words: Words, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    snippet = snippet_of(words, [Read(text)])
    return snippet.text, snippet.marks


@given(st.text(max_size=200))
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    for word in words_of(text):
        assert stands_in(Words((Term((word,), whole=True),)), [Read(text)])
