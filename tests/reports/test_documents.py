"""Agendas, posters and the file around them: times, secrecy, page numbers, bookmarks, title, language and fonts."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.meetings import Item, ItemKind, MeetingStatus
from app.domain.people import Outsider
from tests.reports.material import (
    DAY,
    bookmarks_of,
    check_with_qpdf,
    drawn,
    fonts_of,
    items,
    meeting,
    pages_of,
    papers,
    text_of,
)

KINDS = ("agenda", "minutes", "poster")
LABEL = "1101 A.B."


def with_customer() -> list[Item]:
    return [
        Item(key="i1", heading="Inledning", kind=ItemKind.STANDING, minutes=5),
        Item(key="i2", heading="Så går det", kind=ItemKind.CUSTOMER, customer="k1", minutes=20, presenter="siv"),
        Item(
            key="i3", heading="Från sist", kind=ItemKind.CARRIED, raised_by=Outsider("Greta Granne"), text="Se bilagan."
        ),
        Item(key="i4", heading="Avslutning", minutes=10),
    ]


class TestAgenda:
    def test_it_tells_when_where_who_and_what(self) -> None:
        held = meeting(
            items=tuple(with_customer()),
            place="Blå rummet",
            link="https://sefos.exempel.se/rum/1",
            chair="siv",
            customers=("k1",),
            participants=("siv", "omar"),
        )
        found = text_of(
            drawn(
                "agenda",
                papers(
                    held,
                    names={"siv": "Siv Östlund", "omar": "Omar Ali"},
                    professions={"siv": "Fysioterapeut", "omar": "MAS"},
                    customers={"k1": LABEL},
                    has_customer_data=True,
                ),
            )
        )
        for part in (
            "Dagordning", "Arbetsplatsträff", "tisdag 3 mars 2026, 13.00–14.00", "Blå rummet", "https://sefos.exempel.se/rum/1",
            "Siv Östlund, fysioterapeut", "Omar Ali, MAS", LABEL, "Stående punkt", "Kundärende", "Kund: 1101 A.B.",
            "Föredras av Siv Östlund", "Från förra mötet · Anmäld av Greta Granne", "Se bilagan.", "20 min",
        ):  # fmt: skip
            assert part in found, part

    def test_each_item_begins_when_those_before_it_have_had_their_time(self) -> None:
        found = text_of(drawn("agenda", papers(meeting(items=tuple(with_customer())))), "-layout")
        assert "1. 13.00 5 min Inledning" in found
        assert "2. 13.05 20 min Så går det" in found
        assert "3. 13.25 Från sist" in found
        assert "4. 13.25 10 min Avslutning" in found

    def test_more_planned_than_booked_is_said(self) -> None:
        over = text_of(drawn("agenda", papers(meeting(items=items(7, minutes=10)))))
        assert "70 min" in over
        assert "Det är 10 minuter mer än mötets 60 minuter. Mötet ska sluta 14.00." in over
        assert "mer än mötets" not in text_of(drawn("agenda", papers(meeting(items=items(6, minutes=10)))))

    def test_without_planned_minutes_there_are_no_times(self) -> None:
        found = text_of(drawn("agenda", papers(meeting(items=items(3)))))
        assert "min " not in found
        assert "13.00 Punkt" not in found

    def test_an_empty_agenda_says_so(self) -> None:
        assert "Inga punkter är anmälda än." in text_of(drawn("agenda", papers()))


class TestSecrecy:
    def test_the_mark_stands_only_where_customer_data_is(self) -> None:
        for purpose in ("agenda", "minutes"):
            assert "Sekretess" in text_of(drawn(purpose, papers(has_customer_data=True)))
            assert "Sekretess" not in text_of(drawn(purpose, papers()))

    def test_a_poster_names_no_customer_even_when_handed_one(self) -> None:
        item = Item(key="i", heading=f"Läget för {LABEL}", customer="k1", text="Något om kunden")
        held = meeting(items=(item, Item(key="j", heading="Sommaren")), customers=("k1",))
        pdf = drawn("poster", papers(held, customers={"k1": LABEL}, has_customer_data=True))
        found = text_of(pdf) + str(bookmarks_of(pdf)) + str(PdfReader(io.BytesIO(pdf)).metadata)
        assert "Kundärende" in found
        assert "Sommaren" in found
        for secret in (LABEL, "Något om kunden", "Sekretess"):
            assert secret not in found

    def test_a_customer_the_papers_do_not_name_stays_unnamed(self) -> None:
        held = meeting(customers=("kund-hemlig",))
        found = text_of(drawn("agenda", papers(held)))
        assert "kund-hemlig" not in found

    def test_no_title_says_anything_of_a_customer(self) -> None:
        held = meeting(items=tuple(with_customer()), customers=("k1",))
        for purpose in KINDS:
            information = PdfReader(io.BytesIO(drawn(purpose, papers(held, customers={"k1": LABEL})))).metadata
            assert information is not None
            assert LABEL not in str(information)


class TestPoster:
    def test_it_says_where_to_add_an_item(self) -> None:
        found = text_of(drawn("poster", papers(meeting(chair=Outsider("Per Ek"), items=items(3)))))
        assert "Lägg till en punkt i Teamforum eller säg till mötesansvarig, Per Ek." in found
        assert "Tisdag 3 mars 2026" in found

    @pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (20, 1), (80, 4)])
    def test_it_is_one_page_as_long_as_that_can_be_read(self, count: int, pages: int) -> None:
        assert len(pages_of(drawn("poster", papers(meeting(items=items(count)))))) <= pages

    def test_a_cancelled_meeting_asks_for_no_items(self) -> None:
        cancelled = meeting(status=MeetingStatus.CANCELLED, cancelled_reason="Snöhinder", items=items(2))
        found = text_of(drawn("poster", papers(cancelled)))
        assert "Mötet är inställt Orsak: Snöhinder" in found
        assert "Lägg till en punkt" not in found


class TestFile:
    @pytest.mark.parametrize("purpose", KINDS)
    def test_title_language_author_and_a4(self, purpose: str) -> None:
        reader = PdfReader(io.BytesIO(drawn(purpose, papers(ward_name="Björken"))))
        information = reader.metadata
        assert information is not None
        assert "Arbetsplatsträff Björken, tisdag 3 mars 2026" in str(information.title)
        assert information.author == "Solgården"
        assert str(reader.root_object["/Lang"]) == "sv-SE"
        assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]

    @pytest.mark.parametrize("purpose", KINDS)
    def test_only_the_own_font_and_all_of_it_embedded(self, purpose: str, tmp_path: Path) -> None:
        rows = fonts_of(drawn(purpose, papers(meeting(items=items(3)))), tmp_path)
        assert rows
        assert all("SourceSans3" in row[0] and row[-5] == "yes" for row in rows)

    @pytest.mark.parametrize("purpose", KINDS)
    def test_qpdf_finds_nothing_wrong(self, purpose: str, tmp_path: Path) -> None:
        several = [papers(meeting(key=f"m{n}", items=items(9, text="åäö ÅÄÖ é –"))) for n in range(3)]
        assert "No syntax or stream encoding errors found" in check_with_qpdf(drawn(purpose, *several), tmp_path)

    def test_one_meeting_has_bookmarks_for_its_items(self) -> None:
        found = bookmarks_of(drawn("minutes", papers(meeting(items=items(40, notes="Text.")))))
        assert found[0] == (0, "Arbetsplatsträff", 1)
        assert [title for depth, title, _ in found if depth == 1] == [f"§ {n} Punkt nummer {n}" for n in range(1, 41)]
        assert found[-1][2] > 1

    def test_swedish_letters_come_back_from_the_text(self) -> None:
        sentence = "Åsa Öberg räknar hjälpmedel på ön: ÅÄÖ åäö é ü – ”citat” 1 ½ §"
        for purpose in KINDS:
            held = meeting(items=(Item(key="i", heading=sentence),))
            assert sentence in text_of(drawn(purpose, papers(held)))

    def test_there_is_room_for_the_holes_of_a_binder(self) -> None:
        import pypdfium2  # noqa: PLC0415

        page = pypdfium2.PdfDocument(drawn("minutes", papers(meeting(items=items(30, notes="Ord " * 90)))))[0]
        bitmap = page.render(scale=1, grayscale=True)
        margin = int(25 * 72 / 25.4)
        lines = [bytes(bitmap.buffer)[row * bitmap.stride :][:margin] for row in range(bitmap.height)]
        assert all(set(line) == {255} for line in lines)


class TestPeriod:
    def test_each_meeting_begins_a_page_is_bookmarked_and_counts_its_own_pages(self) -> None:
        several = [
            papers(meeting(key=f"m{n}", date=DAY + dt.timedelta(days=n), items=items(30 if n == 1 else 3)))
            for n in range(3)
        ]
        pdf = drawn("agenda", *several)
        pages = pages_of(pdf)
        assert [page.split("Sida ")[-1] for page in pages] == ["1 (1)", "1 (2)", "2 (2)", "1 (1)"]
        assert bookmarks_of(pdf) == [
            (0, "tis 3 mars 13.00 Arbetsplatsträff", 1),
            (0, "ons 4 mars 13.00 Arbetsplatsträff", 2),
            (0, "tor 5 mars 13.00 Arbetsplatsträff", 4),
        ]
        information = PdfReader(io.BytesIO(pdf)).metadata
        assert information is not None
        assert information.title == "Dagordningar 3 mars 2026 – 5 mars 2026"

    def test_units_share_a_file_and_its_author_names_them(self) -> None:
        several = [papers(unit_name=name) for name in ("Solgården", "Fyren", "Solgården")]
        information = PdfReader(io.BytesIO(drawn("minutes", *several))).metadata
        assert information is not None
        assert information.author == "Solgården, Fyren"

    def test_the_fonts_are_there_once(self) -> None:
        one = replace(meeting(), items=items(12, text="En rad om punkten.", minutes=5))
        alone = len(drawn("agenda", papers(one)))
        together = len(drawn("agenda", *[papers(replace(one, key=f"m{n}")) for n in range(20)]))
        assert together < 0.3 * 20 * alone
