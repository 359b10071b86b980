"""Uppföljning över tid on paper: what was said of her, her values, and nothing of her in the file's own data."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from app.domain.customer_history import History, HistoryEntry, HistoryKind, HistoryPaper, Trend
from app.domain.review import Earlier
from app.reports import customer_history as report
from tests.reports.material import DAY, text_of

HOSTILE = 'Sov <b>gott</b> & <a href="x">åt</a>'


def entry(kind: HistoryKind, text: str, more: str = "") -> HistoryEntry:
    return HistoryEntry(kind=kind, date=DAY, meeting="m", item="i", where="Teammöte Norr", text=text, more=more)


def paper(*entries: HistoryEntry, kinds: tuple[HistoryKind, ...] = ()) -> HistoryPaper:
    values = tuple(
        Earlier(
            identity="downton", instrument="Downton", date=DAY.replace(day=n), score=float(n), risk="Hög", meeting="m"
        )
        for n in (1, 2)
    )
    history = History(
        customer="kund-1", label="1101 AB", unit="solgarden", unit_name="Solgården", entries=entries, following=None,
        trends=(Trend(instrument="Downton", values=values),), meetings=1,
    )  # fmt: skip
    return HistoryPaper(
        history=history, setting_label="Särskilt boende", kinds=kinds, from_=None, to=DAY, prepared_on=DAY,
        prepared_by="Eva Chef",
    )  # fmt: skip


def drawn(of: HistoryPaper) -> bytes:
    out = io.BytesIO()
    report.draw(of, out)
    return out.getvalue()


def test_it_says_when_where_and_what_as_it_was_written() -> None:
    found = text_of(drawn(paper(
        entry(HistoryKind.MEETING, HOSTILE), entry(HistoryKind.ACTION, "Köp frukt", "Bo Ek, effekt: Äter mer"),
    )))  # fmt: skip
    for part in (
        "1101 AB", "Till och med 3 mars 2026", "Tisdag 3 mars 2026 · Teammöte Norr", HOSTILE, "Köp frukt",
        "Bo Ek, effekt: Äter mer", "2 poäng, Hög", "1 poäng, Hög", "Sekretess",
        "Utskriven 3 mars 2026 av Eva Chef",
    ):  # fmt: skip
        assert part in found, part


def test_the_values_are_left_out_where_something_else_was_chosen() -> None:
    found = text_of(drawn(paper(entry(HistoryKind.DECIDED, "Frukt"), kinds=(HistoryKind.DECIDED,))))
    assert "Downton" not in found
    assert "beslut" in found


def test_the_files_own_data_names_nobody() -> None:
    read = PdfReader(io.BytesIO(drawn(paper(entry(HistoryKind.DECIDED, "Frukt")))))
    assert read.metadata is not None
    assert "AB" not in f"{read.metadata.title} {read.metadata.subject} {read.metadata.author}"


def test_there_is_no_paper_about_nothing() -> None:
    with pytest.raises(ValueError, match="no history"):
        drawn(paper())
