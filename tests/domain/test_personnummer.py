"""Personnummer in text: every way people write one is found where it stands, and other figures are left alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.personnummer import find_personnummer, has_personnummer, refuse_personnummer

FORMS = (
    "{y}{m}{d}{l}", "{y}{m}{d}-{l}", "{y}{m}{d}+{l}", "{y}{m}{d} {l}", "{y}{m}{d} - {l}", "{y}{m}{d}–{l}",
    "{c}{y}{m}{d}{l}", "{c}{y}{m}{d}-{l}", "{c}{y}{m}{d} {l}", "{c}{y}-{m}-{d}-{l}", "{y}-{m}-{d}-{l}",
    "{c}{y} {m} {d}-{l}", "{c} {y}{m}{d}-{l}", "{c}{y}.{m}.{d}-{l}", "{c}{y}/{m}/{d} - {l}",
    "{y}\u00a0{m}\u00a0{d}-{l}",
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=12)


def check_digit(nine: str) -> str:
    doubled = [int(figure) * (2 - n % 2) for n, figure in enumerate(nine)]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A number of somebody who may be born in any of three centuries, samordningsnummer too, in some form."""
    born = draw(st.dates(dt.date(1890, 1, 1), dt.date(2035, 12, 31)))
    day = born.day + draw(st.sampled_from((0, 60)))
    nine = f"{born:%y%m}{day:02d}{draw(st.integers(10, 999)):03d}"
    last = nine[6:] + check_digit(nine)
    form = draw(st.sampled_from(FORMS))
    return form.format(c=str(born.year)[:2], y=nine[:2], m=nine[2:4], d=nine[4:6], l=last)


@given(written(), WORDS, WORDS)
def test_every_form_is_found_where_it_stands(number: str, before: str, after: str) -> None:
    text = f"{before} {number} {after}"
    [(start, end)] = find_personnummer(text)
    assert number in text[start:end] or text[start:end].strip() == number


@given(written(), st.integers(0, 9))
def test_another_check_digit_is_no_number(number: str, digit: int) -> None:
    if number[-1] != str(digit):
        assert not has_personnummer(f"nr {number[:-1]}{digit} i listan")


@given(st.text(max_size=60))
def test_whatever_is_written_gives_spans_in_order(text: str) -> None:
    found = find_personnummer(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "000000-0000", "850229-1236", "811218-0005", "556036-0793", "212000-1355", "202100-2114", "811318-9876",
        "1101 AB", "2026-03-02 10.30", "2026-03-02 1315", "Teammöte 2025-11-03 1400", "123456789012345",
        "SE45 5000 0000 0583 9825 7466", "070-123 45 67", "+46 70 123 45 67", "0046701234567", "08-123 456 78",
        "1981-12-18", "kl 0815-1030", "3 mars 2026 kl 13.00–14.30", "",
    ],
)  # fmt: skip
def test_other_figures_are_none(text: str) -> None:
    assert find_personnummer(text) == ()


@given(st.integers(0, 99_999_999))
def test_no_phone_number_is_one_in_its_own_field(rest: int) -> None:
    figures = f"{rest:08d}"
    for number in (f"07{figures}", f"07{figures[0]}-{figures[1:]}", f"+467{figures}", f"08{figures}"):
        assert not has_personnummer(number, phone=True), number


def test_a_personnummer_in_a_field_for_a_phone_number_is_still_found() -> None:
    assert has_personnummer("811218-9876", phone=True)
    assert has_personnummer("198112189876", phone=True)
    assert has_personnummer("070112-1232".replace("1232", "123" + check_digit("070112123")), phone=True)


def test_several_are_found_in_a_text() -> None:
    text = "Från 811218-9876 till 701063-2391 och 811218-9875."
    assert [text[start:end] for start, end in find_personnummer(text)] == ["811218-9876", "701063-2391"]


def test_a_name_with_one_is_refused() -> None:
    refuse_personnummer(["Solgården", None, ""])
    for code in ("personnummer_in_name", "personnummer_in_reference"):
        with pytest.raises(Refused, match=code):
            refuse_personnummer(["Norr", "Eva 811218-9876"], code=code)
