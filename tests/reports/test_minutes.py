"""The minutes on paper: everything that was written, in the secretary's order, and whether it is approved."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import (
    Action,
    Addition,
    Attendance,
    AttendanceStatus,
    Item,
    ItemAbsence,
    ItemKind,
    MeetingStatus,
    NextMeeting,
    Participation,
)
from app.domain.people import Outsider
from app.exchange.json_file import read_document
from app.reports import documents, minutes
from app.reports.pages import BOTTOM, Flow, Mark
from app.services.papers import Purpose, meeting_papers
from tests.reports.material import approved, drawn, items, meeting, pages_of, papers, text_of
from tests.support import fill, log_in, make_database

RICH = Path(__file__).with_name("rich_meeting.json")

IN_ORDER = """
Solgården | Minnesanteckningar | Utökat teammöte på våren | tisdag 3 mars 2026, 13.00–14.15 | Ej justerade
Teammöte | Stora konferensrummet, plan 2 | https://sefos.exempel.se/rum/4417
Ordförande | Gunvor Utanför | Sekreterare | Omar Ali, undersköterska | Justerare | Anna Berg-Åkesson, sjuksköterska
1101 A.B., K-417
Närvarande | Anna Berg-Åkesson | Sjuksköterska | Omar Ali | 13.00–13.30 · gick till jouren
Gunvor Utanför | Distriktssköterska, Vårdcentralen Ljungen · adjungerad
Nils Vikarie | Fysioterapeut · ersätter Siv Östlund · från 13.10 | Ida Norén | Arbetsterapeut · till 14.00
Anmält förhinder | Siv Östlund | utbildning i Örebro | Frånvarande | Per Ek | inget besked
Kallade, närvaro inte antecknad | Lo Vikström | Dietist
§ 1 | Inledning och val av sekreterare | Stående punkt
Gunvor hälsade välkommen. Dagordningen godkändes: - med ett tillägg - utan ändringar i övrigt
§ 2 | Genomgång av läget i lägenhet 1101 | Kundärende · Kund: 1101 A.B. · Föredras av Siv Östlund · Anmäld av Ida Norén
Läs igenom genomförandeplanen före mötet.
Har ramlat två gånger på natten, senast den 27 februari, utan skada men med oro efteråt.
Beslut 1 | Rollatorn ställs vid sängen varje kväll och kontrolleras av nattpersonalen.
Beslut 2 | Belysningen i hallen byts.
Åtgärder | Beställa rörelselarm och visa nattpersonalen hur det kopplas in och provas varje kväll
Ansvarig: Omar Ali · Klart senast 20 mars 2026 · Uppföljning 14 april 2026 · Öppen
Ringa närstående om mattorna | Ansvarig: Gunvor Utanför · Klart senast 6 mars 2026 · Klar 5 mars 2026
Resultat: Mattorna är borttagna i samråd. | Kund: 1103 C.D.
Söka bidrag för ny belysning | Ansvarig: inte utsedd · utan slutdatum · Avskriven
Kan larmet kopplas till nattpatrullen? | Ställd av Anna Berg-Åkesson | Ja, från den 1 april.
Besvarad av Tove Teknik 4 mars 2026
Vem byter batterierna? | Ställd av Nils Vikarie | Inget svar än. Besvaras av Per Ek.
Riskbedömningar | 1101 A.B. | Downton (DFRI) | 27 februari 2026 | 4 poäng, Hög fallrisk
Gjord tillsammans med nattpersonal.
MNA | 26 februari 2026 | 17,5 poäng, Risk för undernäring
Kundens delaktighet | Tillfrågad av Omar Ali 1 mars 2026 · deltog på mötet
återrapporterat av Anna Berg-Åkesson 7 mars 2026
Önskemål: Vill kunna gå ut i trädgården själv.
Lyfts till kvalitetsmöte, mottagare Kerstin Kvalitet
§ 3 | K-417 | Lyft från ett annat möte | Hemgång väntas i veckan.
Lyfts till samordningsbegäran, mottagare Rehabkliniken
§ 4 | Nyckelhantering | Anmäld av Greta Granne · inget antecknat
§ 5 | Sommarens bemanning | Förslaget skickas ut. | Skicka ut förslaget | Lyfts till någon utanför enheten
Bilagor | Bilaga 1 | Fallrapport februari 2026 | Bilaga 2 | Checklista för delaktighet
Nästa möte | tisdag 17 mars 2026 kl. 13.30 | Linden | 1103 C.D., K-417
Åtgärder i korthet | Ringa närstående om mattorna
Justering | Anteckningarna är ej justerade.
"""
ADDED = "Rättelse: larmet beställdes den 5 mars."


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> MeetingPapers:
    """The rich meeting as the services hand it out, from an encrypted database it was imported into."""
    path = tmp_path_factory.mktemp("rich") / "unit.tfdb"
    make_database(path)
    desk = log_in(path)
    try:
        fill(desk, read_document(RICH.read_bytes()))
        return meeting_papers(desk, key="rikt-mote", purpose=Purpose.MINUTES)
    finally:
        desk.close()


class TestRichMinutes:
    @pytest.mark.parametrize("options", [(), ("-layout",), ("-raw",)])
    def test_everything_that_was_written_is_there_unbroken(self, rich: MeetingPapers, options: tuple[str, ...]) -> None:
        found = text_of(drawn("minutes", rich), *options)
        # pdftotext takes two single signs standing alone for spaced-out letters: "§ 1" comes back as "§1".
        found = re.sub(r"§ ?(\d)", r"§ \1", found)
        sentences = [part.strip() for line in IN_ORDER.strip().splitlines() for part in line.split("|")]
        assert [sentence for sentence in sentences if sentence not in found] == []

    def test_it_comes_in_the_order_a_secretary_writes(self, rich: MeetingPapers) -> None:
        found, place = text_of(drawn("minutes", rich), "-raw"), 0
        found = found[found.index("Särskilt boende") :]
        for part in (part.strip() for line in IN_ORDER.strip().splitlines()[1:] for part in line.split("|")):
            place = found.find(part, place)
            assert place >= 0, f"{part!r} is missing or comes too early"

    def test_of_a_protected_identity_there_is_only_the_code(self, rich: MeetingPapers) -> None:
        found = text_of(drawn("minutes", rich))
        assert "K-417" in found
        assert "Hemligt Namn" not in found
        assert "1102" not in found

    def test_every_page_says_that_it_is_secret_and_not_approved(self, rich: MeetingPapers) -> None:
        pages = pages_of(drawn("minutes", rich))
        assert len(pages) > 2
        assert all("Sekretess" in page and "Ej justerade" in page for page in pages)


class TestApproval:
    def test_approved_minutes_say_so_and_carry_their_additions(self, rich: MeetingPapers) -> None:
        addition = Addition(
            at=dt.datetime.combine(dt.date(2026, 3, 9), dt.time(8, 40)), by="anna-berg", item="rikt-2", text=ADDED
        )
        later = replace(rich, meeting=replace(approved(rich.meeting), additions=(addition,)))
        found = text_of(drawn("minutes", later))
        assert "Ej justerade" not in found
        assert "Anteckningarna är justerade." in found
        written = f"9 mars 2026 kl. 08.40, Anna Berg-Åkesson Till § 2 Genomgång av läget i lägenhet 1101 {ADDED}"
        assert written in found

    def test_there_are_lines_to_sign_on_with_the_names(self, rich: MeetingPapers) -> None:
        last = pages_of(drawn("minutes", rich))[-1]
        for part in ("Vid anteckningarna", "Omar Ali, sekreterare", "Justeras", "Anna Berg-Åkesson, justerare"):
            assert part in last

    @pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.OPEN, MeetingStatus.DRAFT])
    def test_until_approved_they_are_marked(self, status: MeetingStatus) -> None:
        assert "Ej justerade" in text_of(drawn("minutes", papers(meeting(status=status))))

    def test_a_cancelled_meeting_says_why_and_asks_for_no_signature(self) -> None:
        cancelled = meeting(status=MeetingStatus.CANCELLED, cancelled_reason="Många sjuka & få vikarier.")
        for purpose in ("minutes", "agenda"):
            found = text_of(drawn(purpose, papers(cancelled)))
            assert "Mötet är inställt Orsak: Många sjuka & få vikarier." in found
            assert "Namnteckning" not in found

    @pytest.mark.parametrize(("status", "word"), [(MeetingStatus.APPROVED, "Justerade"), (MeetingStatus.DRAFT, "Ej")])
    def test_the_status_stands_in_the_head_and_not_once_more_below(self, status: MeetingStatus, word: str) -> None:
        found = pages_of(drawn("minutes", papers(meeting(status=status))))[0]
        assert found.count(word) == (2 if status is MeetingStatus.APPROVED else 1)  # the signer has "Justerade" too
        assert "Status" not in found


class TestNextMeeting:
    def found(self, following: NextMeeting, *, place: str | None = "Linden") -> str:
        return text_of(drawn("minutes", papers(meeting(place=place, next_meeting=following))), "-raw")

    def test_what_is_the_same_as_here_is_written_out(self) -> None:
        found = self.found(NextMeeting(date=dt.date(2026, 3, 17)))
        assert "Nästa möte Tid tisdag 17 mars 2026 kl. 13.00 (samma tid och plats) Plats Linden" in found

    def test_what_was_agreed_stands_as_it_is(self) -> None:
        found = self.found(NextMeeting(date=dt.date(2026, 3, 17), start=dt.time(9, 30), place="Eken"))
        assert "Tid tisdag 17 mars 2026 kl. 09.30 Plats Eken" in found
        assert "samma" not in found

    def test_each_may_be_the_same_alone(self) -> None:
        day = dt.date(2026, 3, 17)
        assert "kl. 13.00 (samma tid) Plats Eken" in self.found(NextMeeting(date=day, place="Eken"))
        assert "kl. 09.30 (samma plats) Plats Linden" in self.found(NextMeeting(date=day, start=dt.time(9, 30)))
        assert "kl. 13.00 (samma tid)" in self.found(NextMeeting(date=day), place=None)


class TestShape:
    def test_points_about_which_nothing_was_written_take_a_line_each(self) -> None:
        pages = pages_of(drawn("minutes", papers(meeting(items=items(20, minutes=10, kind=ItemKind.STANDING)))))
        assert len(pages) == 1
        assert "§ 20 Punkt nummer 20 Stående punkt · inget antecknat" in pages[0]
        assert "planerad" not in pages[0]

    def test_a_long_heading_of_which_nothing_was_written_is_whole(self) -> None:
        heading = "Uppföljning av brandskyddsronden och det som räddningstjänsten hade att säga om utrymningen i huset"
        held = meeting(
            items=(Item(key="i", heading=heading, kind=ItemKind.CARRIED, raised_by=Outsider("Greta Granne")),)
        )
        found = text_of(drawn("minutes", papers(held)))
        assert f"{heading} Från förra mötet · Anmäld av Greta Granne · inget antecknat" in found

    def test_what_was_written_before_a_point_is_never_left_out(self) -> None:
        held = meeting(items=(Item(key="i", heading="Punkt", text="Läs bilagan först."),))
        assert "Inget antecknat Läs bilagan först." in text_of(drawn("minutes", papers(held)))

    def test_who_took_no_part_stands_under_the_point_and_beside_her_name(self) -> None:
        out = ItemAbsence(person=Outsider("Greta Granne"), from_=dt.time(13, 5), to=dt.time(13, 12), reason="jäv")
        there = Attendance(name="Greta Granne", status=AttendanceStatus.PRESENT)
        held = meeting(items=(Item(key="i", heading="Punkt", absences=(out,)),), attendance=(there,))
        found = text_of(drawn("minutes", papers(held)))
        assert "Greta Granne deltog inte i punkten 13.05–13.12 (jäv)." in found
        assert " utom § 1 " in found

    def test_notes_fill_the_page_they_begin_on(self) -> None:
        sentence = "Det här är en mening som är skriven för att fylla en dryg rad på papperet och lite till. "
        flow = Flow()
        held = papers(meeting(items=items(30, notes=sentence * 4)))
        minutes.fill(flow, held, Mark("Möte", 0))
        left = [min(text.down for text in page.texts) - BOTTOM for page in flow.pages[:-1]]
        assert len(left) > 2
        assert max(left) < 60

    def test_the_list_of_actions_comes_only_when_there_are_several(self) -> None:
        few = tuple(Action(key=f"a{n}", text=f"Göra sak {n}") for n in range(2))
        several = (*few, Action(key="a9", text="Göra en tredje sak"))
        for actions, there in ((few, False), (several, True)):
            held = meeting(items=(Item(key="i", heading="Punkt", actions=actions),))
            assert ("Åtgärder i korthet" in text_of(drawn("minutes", papers(held)))) is there

    def test_a_heading_never_ends_a_page_alone(self) -> None:
        long = items(40, notes="En rad som hör till rubriken.", decisions=("Ett beslut.",))
        for page in pages_of(drawn("minutes", papers(meeting(items=long)))):
            body = page[: page.index("Utskriven")] if "Utskriven" in page else page
            assert not body.rstrip().endswith(tuple(item.heading for item in long))

    def test_long_lists_repeat_their_column_heads(self) -> None:
        actions = tuple(Action(key=f"a{n}", text=f"Göra sak nummer {n}") for n in range(90))
        held = meeting(items=(Item(key="i", heading="Punkt", actions=actions),))
        pages = pages_of(drawn("minutes", papers(held)))
        in_brief = [page for page in pages if "Klart senast Åtgärd" in page]
        assert len(in_brief) >= 2

    def test_a_long_name_beside_long_facts_is_not_interrupted(self) -> None:
        name = "Maria Kristina Elisabeth Gyllenstierna af Lundholmen-Björnhufvud"
        note = "deltog digitalt från Norrköping de första tjugo minuterna och lämnade sedan över till sin ersättare"
        present = Attendance(name=name, profession="Verksamhetsutvecklare", status=AttendanceStatus.PRESENT, note=note)
        found = text_of(drawn("minutes", papers(meeting(attendance=(present,), secretary=Outsider(name)))), "-layout")
        assert found.count(name) >= 3
        assert note in found

    def test_a_customer_who_was_neither_asked_nor_told_is_still_named(self) -> None:
        part = Participation(customer="k1")
        held = meeting(items=(Item(key="i", heading="Punkt", participation=(part,)),))
        assert "1101 A.B." in text_of(drawn("minutes", papers(held, customers={"k1": "1101 A.B."})))

    def test_nothing_to_draw_is_an_error_of_the_caller(self, tmp_path: Path) -> None:
        with (tmp_path / "out.pdf").open("wb") as out:
            with pytest.raises(ValueError, match="nothing to draw"):
                documents.draw("minutes", (), out)
            with pytest.raises(ValueError, match="nothing to draw"):
                documents.draw("letter", (papers(),), out)
