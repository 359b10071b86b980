"""The recovery key on paper: read off the page, it is the key; one page, in Swedish, with the unit's name."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.reports import recovery_key
from app.storage import recovery_key as stored
from tests.reports.material import check_with_qpdf, pages_of, text_of


@pytest.mark.parametrize("secret", [bytes(32), bytes(range(32)), b"\xff" * 32])
def test_the_key_read_off_the_page_opens_the_same_lock(secret: bytes) -> None:
    out = io.BytesIO()
    key = stored.written(secret)
    recovery_key.draw(key, "Solgården", out)
    found = text_of(out.getvalue(), "-layout")
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}\b|\b[0-9A-Z]\b(?= 0 är)", found)
    assert stored.read(" ".join(groups)) == secret


def test_it_is_one_page_that_says_what_to_do(tmp_path: Path) -> None:
    out = io.BytesIO()
    recovery_key.draw(stored.written(bytes(range(32))), "Gruppbostaden Åsgatan <3 & co", out)
    pages = pages_of(out.getvalue())
    assert len(pages) == 1
    for part in ("Återställningsnyckel", "Gruppbostaden Åsgatan <3 & co", "kuvert", "Förseglat den", "Sida 1 (1)"):
        assert part in pages[0]
    assert str(PdfReader(io.BytesIO(out.getvalue())).root_object["/Lang"]) == "sv-SE"
    assert "No syntax" in check_with_qpdf(out.getvalue(), tmp_path)
