"""PDF/A-2b of what the program prints: approved by the checker, the same to read, nothing left on disk on the way."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import pdfa
from reportlab.pdfgen.canvas import Canvas

from app.domain.errors import StorageFault
from app.domain.year_wheel import WheelPaper
from app.reports import year_wheel
from app.reports.archive import archived
from tests.reports.material import DAY, bookmarks_of, check_with_qpdf, drawn, items, meeting, pages_of, papers


def _wheel() -> bytes:
    out = io.BytesIO()
    year_wheel.draw(WheelPaper(
        unit="solgarden", unit_name="Solgården", setting_label="Särskilt boende", forum_name="APT", suggested=False,
        months=tuple((f"Tema {n}", "Brandskydd & utrymning") for n in range(12)), prepared_on=DAY,
    ), out)  # fmt: skip
    return out.getvalue()


LONG = items(12, notes="Å, ä och ö – ”citat” ☐ ☑ 1 ½ §\nNamn\tTal\nÅsa\t12", decisions=("Så blir det.",))
KINDS: dict[str, Callable[[], bytes]] = {
    "agenda": lambda: drawn("agenda", papers(meeting(items=LONG))),
    "poster": lambda: drawn("poster", papers(meeting(items=LONG))),
    "minutes": lambda: drawn("minutes", papers(meeting(items=LONG))),
    "wheel": _wheel,
    "period": lambda: drawn("agenda", *(papers(meeting(key=f"m{n}", items=LONG)) for n in range(3))),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_is_approved_and_says_the_same(kind: str, tmp_path: Path) -> None:
    whole = KINDS[kind]()
    assert not pdfa.validate_written(io.BytesIO(whole), "2b").passed, "the checker tells one from the other"
    kept = archived(whole)
    assert pdfa.validate_written(io.BytesIO(kept), "2b").passed
    assert pages_of(kept) == pages_of(whole)
    assert bookmarks_of(kept) == bookmarks_of(whole)
    assert "No syntax or stream encoding errors found" in check_with_qpdf(kept, tmp_path)


def test_nothing_is_laid_in_the_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def used(*_: object, **__: object) -> None:
        raise AssertionError("a readable copy was written")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, name, used)
    assert archived(KINDS["minutes"]()).startswith(b"%PDF")


def test_what_the_checker_does_not_approve_of_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 720, "Helvetica följer inte med")
    canvas.save()
    with pytest.raises(StorageFault, match="archive_failed"):
        archived(out.getvalue())
