"""Slips with first passwords: each person's whole and once, read off the page; hostile names too."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.domain.accounts import Slip
from app.reports import account_slips
from app.services.accounts import suggest_password
from tests.reports.material import check_with_qpdf, pages_of, text_of

NAMES = ("Anna Berg", "Cia Dahl-Svensson von der långa Namnraden-Efternamnsson", "<b>Åsa & Öst</b>", "Per")


def drawn(slips: list[Slip]) -> bytes:
    out = io.BytesIO()
    account_slips.draw(slips, made_on="måndag 2 mars 2026", out=out)
    return out.getvalue()


def test_each_slip_has_its_own_user_and_password_and_what_to_do(tmp_path: Path) -> None:
    slips = [
        Slip(f"{name} {number}", f"user{number}", suggest_password(), "Solgården")
        for number, name in enumerate(NAMES * 4)
    ]
    data = drawn(slips)
    pages = pages_of(data)
    assert 3 <= len(pages) <= 5
    words = " ".join(text_of(data).split())
    for slip in slips:
        where = [number for number, page in enumerate(pages) if slip.password in page]
        assert len(where) == 1, "no slip is parted by the end of a page"
        assert slip.user in pages[where[0]]
        assert slip.full_name in " ".join(pages[where[0]].split())
    assert words.count("Välj ett eget lösenord") == len(slips)
    assert "Klipp längs linjerna" in pages[0]
    assert f"Sida {len(pages)} ({len(pages)})" in pages[-1]
    assert "No syntax" in check_with_qpdf(data, tmp_path)


def test_a_password_of_any_length_is_whole() -> None:
    password = "-".join(["bafefi"] * 20)
    found = "".join(text_of(drawn([Slip("Anna", "anna", password)])).split())
    assert password in found


def test_no_slips_is_no_paper() -> None:
    with pytest.raises(ValueError, match="no slips"):
        drawn([])


def test_a_slip_does_not_show_its_password_where_values_are_printed() -> None:
    assert "hemligt" not in repr(Slip("Anna", "anna", "hemligt"))
