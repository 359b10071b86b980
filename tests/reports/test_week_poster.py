"""The week for the noticeboard, read back from the PDF: forums, wards, times and places, and nothing people typed."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from app.domain.week import WeekDay, WeekMeeting, WeekPaper
from app.reports import week_poster

MONDAY = dt.date(2026, 6, 15)


def paper(*, meetings: int = 1, name: str = "Solgården") -> WeekPaper:
    """A week with a number of meetings on Tuesday, and Midsummer's Eve on Friday."""
    one = WeekMeeting(start=dt.time(13), end=dt.time(13, 30), forum="Teammöte", ward="Björken", place="Personalrummet")
    gone = WeekMeeting(start=dt.time(15), end=dt.time(16), forum="APT", place="Björken", cancelled=True)
    days = [WeekDay(date=MONDAY + dt.timedelta(days=number)) for number in range(7)]
    days[1] = WeekDay(date=days[1].date, meetings=(*(one,) * meetings, gone))
    days[4] = WeekDay(date=days[4].date, holiday="Midsommarafton")
    return WeekPaper(
        unit="solgarden", unit_name=name, setting_label="Särskilt boende", days=tuple(days),
        prepared_on=dt.date(2026, 6, 12),
    )  # fmt: skip


def drawn(*papers: WeekPaper) -> PdfReader:
    """The poster as a reader has it."""
    out = io.BytesIO()
    week_poster.draw(papers, out)
    return PdfReader(out)


def test_a_week_says_what_is_when_and_where() -> None:
    reader = drawn(paper())
    text = " ".join(reader.pages[0].extract_text().split())
    for words in (
        "Vecka 25", "Måndag 15 juni 2026 – söndag 21 juni 2026", "13.00–13.30", "Teammöte Björken · Personalrummet",
        "APT · Björken · Inställt", "Fredag 19 juni · Midsommarafton", "Torsdag 18 juni Inga möten",
    ):  # fmt: skip
        assert words in text
    assert "Söndag 21 juni" not in text, "a free week-end takes no room"
    assert reader.metadata is not None
    assert reader.metadata.title == "Veckans möten, vecka 25 2026, Solgården"


@pytest.mark.parametrize("meetings", [1, 12, 26])
def test_it_is_one_page_whenever_that_is_possible(meetings: int) -> None:
    assert len(drawn(paper(meetings=meetings)).pages) == 1


def test_a_very_full_week_goes_on_and_loses_nothing() -> None:
    reader = drawn(paper(meetings=90))
    assert len(reader.pages) > 1
    assert sum(page.extract_text().count("Teammöte") for page in reader.pages) == 90


def test_each_unit_has_a_page_and_none_is_refused() -> None:
    reader = drawn(paper(), paper(name="Fyren"))
    assert ["Fyren" in page.extract_text() for page in reader.pages] == [False, True]
    with pytest.raises(ValueError, match="no week"):
        drawn()
