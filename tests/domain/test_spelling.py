"""Which words of a note are looked up, and which are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spelling import LONGEST, KnownWords, own_word, words_from_list, words_in


def found(text: str) -> list[str]:
    return [word.text for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kunden sover dåligt.", ["Kunden", "sover", "dåligt"]),
        ("Enligt SoL och HSL, BPSD-registret", ["Enligt", "SoL", "och", "registret"]),
        ("/åtgärd @anna ringa", ["anna", "ringa"]),
        ("och/eller (kanske)", ["och", "eller", "kanske"]),
        ("bl.a. t.ex. www.solgarden.se eva@solgarden.se C:\\mapp", []),
        ("2st B12 x3", []),
        ("a å ö", []),
        ("gå'n", ["gå'n"]),
        ("x" * (LONGEST + 1), []),
        ("", []),
    ],
)
def test_prose_is_looked_up_and_nothing_else(text: str, words: list[str]) -> None:
    assert found(text) == words


@given(st.text())
def test_a_word_stands_where_it_is_said_to(text: str) -> None:
    words = list(words_in(text))
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


def test_what_is_known_is_known_in_any_case_and_as_a_genitive() -> None:
    known = KnownWords.of(["Anna Berg", "Gun-Britt Holm"], ["SveDem"]) | KnownWords.of(["hälskydd"])
    assert all(word in known for word in ("Anna", "anna", "Annas", "Britts", "svedem", "Hälskydd", "hälskydds"))
    assert "Bergman" not in known


@pytest.mark.parametrize("text", ["två ord", "B12", "", "  ", "x" * (LONGEST + 1), "19121212-1212"])
def test_only_a_single_word_goes_into_a_list(text: str) -> None:
    assert own_word(text) == ""


def test_a_word_is_kept_as_it_is_written() -> None:
    assert own_word(" Rolator ") == "Rolator"


def test_a_shipped_list_has_remarks() -> None:
    assert words_from_list("# om listan\nssk  # sjuksköterska\n\nusk\n") == ("ssk", "usk")
