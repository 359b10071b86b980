"""Information letters: what they collect, who writes and reads them, that they lock, and that no customer gets in."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import func, select

from app import models as m
from app.domain.disposal import KINDS, Period
from app.domain.errors import Conflict, KnownError, NotAllowed, NotFound, Refused
from app.domain.letters import Letter, LetterPart, LetterStatus, PartKind
from app.domain.meetings import Item, ItemKind, Meeting, Question
from app.domain.roles import Role
from app.domain.stored import Stored
from app.reports import letters as report
from app.services import attachments, letter_papers, letters, meetings
from app.services.desk import Desk
from app.services.disposal_kinds import remove_due
from tests.services.calls import SECRET
from tests.support import TODAY, past_the_desk, seated

NOTICE = LetterPart(kind=PartKind.NOTICE, heading="Hissen är lagad", text="Den går igen.")
INVITATION = LetterPart(
    kind=PartKind.INVITATION, heading="Anhörigkväll", date=TODAY + dt.timedelta(days=9), start=dt.time(18),
    end=dt.time(20), place="Matsalen", target="Närstående", register="Ring", register_by=TODAY,
)  # fmt: skip


def new(desk: Desk, *parts: LetterPart, intro: str | None = "Hej") -> Stored[Letter]:
    letter = Letter(key="", unit="solgarden", year=2026, week=10, intro=intro, parts=parts or (NOTICE,))
    return letters.keep_letter(desk, letter=letter, expected_version=None)


def approved_apt(desk: Desk, *items: Item) -> Meeting:
    """An APT of the week before, approved."""
    whole = Meeting(
        key="apt-9", unit="solgarden", forum="apt", date=TODAY - dt.timedelta(days=4), start=dt.time(14),
        end=dt.time(15), items=items or (Item(key="apt-9-1", heading="Arbetsmiljö", notes="Allt är bra."),),
    )  # fmt: skip
    made = meetings.book_meeting(desk, meeting=whole)
    named = meetings.save_meeting(
        desk, meeting=replace(made.value, secretary="dan-falk"), expected_version=made.version
    )
    closed = meetings.close_meeting(desk, key="apt-9", expected_version=named.version)
    return meetings.approve_minutes(desk, key="apt-9", expected_version=closed.version).value


def drawn(desk: Desk, key: str) -> bytes:
    out = io.BytesIO()
    report.draw(letter_papers.letter_paper(desk, key=key), out)
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_letter_is_written_changed_and_taken_away(desk: Desk) -> None:
    made = new(desk)
    assert made.value.key == "brev-solgarden-2026-10"
    assert new(desk).value.key == "brev-solgarden-2026-10-2"
    changed = replace(made.value, title="Vårbrev", parts=(INVITATION, NOTICE))
    saved = letters.keep_letter(desk, letter=changed, expected_version=made.version)
    found = letters.get_letter(desk, key=made.value.key)
    assert (found.row.value, found.row.version, found.unit_name) == (changed, saved.version, "Solgården")
    with pytest.raises(Conflict):
        letters.keep_letter(desk, letter=changed, expected_version=made.version)
    letters.remove_letter(desk, key=made.value.key, expected_version=saved.version)
    with pytest.raises(NotFound):
        letters.get_letter(desk, key=made.value.key)


def test_the_minutes_of_the_week_before_are_proposed(desk: Desk) -> None:
    approved_apt(desk)
    offered = letters.offered_meetings(desk, unit="solgarden", year=2026, week=10)
    assert [(one.heading, one.proposed) for one in offered] == [("APT", True)]
    [later] = letters.offered_meetings(desk, unit="solgarden", year=2026, week=12)
    assert not later.proposed
    with pytest.raises(Refused, match="letter_week"):
        letters.offered_meetings(desk, unit="solgarden", year=2025, week=53)


def test_what_was_sent_is_kept_as_it_went_out_and_locked(desk: Desk) -> None:
    made = new(desk, NOTICE, INVITATION)
    pdf = drawn(desk, made.value.key)
    with pytest.raises(Conflict):
        letters.send_letter(desk, key=made.value.key, expected_version=9, pdf=pdf)
    sent = letters.send_letter(desk, key=made.value.key, expected_version=made.version, pdf=pdf)
    assert sent.value.status is LetterStatus.SENT
    assert letter_papers.sent_pdf(desk, key=made.value.key) == pdf
    for gesture in (
        lambda: letters.keep_letter(desk, letter=sent.value, expected_version=sent.version),
        lambda: letters.remove_letter(desk, key=sent.value.key, expected_version=sent.version),
        lambda: letters.send_letter(desk, key=sent.value.key, expected_version=sent.version, pdf=pdf),
    ):
        with pytest.raises(Refused, match="letter_locked"):
            gesture()
    copy = letters.copy_letter(desk, key=sent.value.key)
    assert copy.value.parts == (NOTICE, INVITATION)
    assert copy.value.status is LetterStatus.DRAFT
    assert letter_papers.sent_pdf(desk, key=copy.value.key) is None


def test_an_empty_letter_is_not_sent(desk: Desk) -> None:
    letter = Letter(key="", unit="solgarden", year=2026, week=10)
    made = letters.keep_letter(desk, letter=letter, expected_version=None)
    with pytest.raises(Refused, match="letter_empty"):
        letters.send_letter(desk, key=made.value.key, expected_version=1, pdf=b"%PDF-1.7")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"week": 54}, "letter_week"),
        ({"year": 1}, "letter_week"),
        ({"parts": (replace(NOTICE, heading="  "),)}, "letter_part_empty"),
        ({"parts": (replace(INVITATION, end=dt.time(17)),)}, "letter_times"),
        ({"intro": "Kanarie 1 har flyttat"}, "letter_names_customer"),
        ({"parts": (replace(NOTICE, text=f"Hälsa {SECRET} 2 välkommen"),)}, "letter_names_customer"),
        ({"recipients": "19121212-1212"}, "letter_names_customer"),
    ],
)
def test_what_no_letter_may_be_is_refused(furnished: Desk, change: dict[str, object], code: str) -> None:
    letter = replace(Letter(key="", unit="solgarden", year=2026, week=10, parts=(NOTICE,)), **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=code):
        letters.keep_letter(furnished, letter=letter, expected_version=None)


def test_only_approved_minutes_of_the_unit_come_in(desk: Desk) -> None:
    planned = LetterPart(kind=PartKind.MINUTES, heading="Teammöte", meeting="teammote-1")
    with pytest.raises(Refused, match="letter_meeting"):
        new(desk, planned)
    approved_apt(desk)
    made = new(desk, LetterPart(kind=PartKind.MINUTES, heading="APT", meeting="apt-9"))
    assert [one.key for one in letters.get_letter(desk, key=made.value.key).meetings] == ["apt-9"]


def test_each_role_reads_what_went_out_and_drafts_are_for_who_writes(desk: Desk) -> None:
    made = new(desk)
    letters.send_letter(desk, key=made.value.key, expected_version=1, pdf=drawn(desk, made.value.key))
    new(desk)
    for role, count in ((Role.SECRETARY, 2), (Role.LICENSED, 2), (Role.CARE_STAFF, 1), (Role.READER, 1)):
        person = seated(desk, role)
        found = letters.list_letters(person)
        assert len(found) == count
        assert letter_papers.sent_pdf(person, key=made.value.key)
    reader = seated(desk, Role.READER)
    with pytest.raises(NotAllowed):
        letters.get_letter(reader, key="brev-solgarden-2026-10-2")
    other = seated(desk, Role.MANAGER, units=frozenset({"annan"}))
    assert letters.list_letters(other) == ()
    with pytest.raises(KnownError):
        letter_papers.letter_paper(other, key=made.value.key)


def test_no_customer_gets_into_a_letter_whatever_the_minutes_say(furnished: Desk) -> None:
    """Every text of the furnished unit that says something of a customer has the same word in it: it is nowhere."""
    approved_apt(
        furnished,
        Item(key="a-1", heading="Arbetsmiljö", notes="Golvet är halt."),
        Item(key="a-2", heading="En boende", kind=ItemKind.CUSTOMER, customer="kund-1", notes=f"{SECRET} mår bra"),
        Item(key="a-3", heading="Larm", notes=f"Gick hos {SECRET} 2 i natt"),
        Item(key="a-4", heading=f"Om {SECRET} 1"),
        Item(key="a-5", heading="Frågor", questions=(Question(question=f"När flyttar {SECRET} gran?"),)),
    )
    parts = [
        LetterPart(kind=PartKind.MINUTES_WITH_FILES, heading="APT", meeting="apt-9"),
        LetterPart(kind=PartKind.MINUTES, heading="Justerat", meeting="justerat"),
    ]
    made = new(furnished, NOTICE, *parts)
    paper = letter_papers.letter_paper(furnished, key=made.value.key)
    said = text_of(drawn(furnished, made.value.key))
    assert SECRET not in said.casefold()
    assert all(not one.has_customer_data and not one.customers for one in paper.minutes.values())
    assert "Golvet är halt." in said
    assert said.count("Kundärende") >= 4


def test_a_meetings_files_come_behind_its_minutes_in_the_letter(desk: Desk) -> None:
    apt = Meeting(
        key="apt-9", unit="solgarden", forum="apt", date=TODAY - dt.timedelta(days=4), start=dt.time(14),
        end=dt.time(15), items=(Item(key="apt-9-1", heading="Arbetsmiljö"),),
    )  # fmt: skip
    made = meetings.book_meeting(desk, meeting=replace(apt, secretary="dan-falk"))
    png = _png()
    attachments.add_attachment(desk, meeting="apt-9", name="plan.png", data=png)
    attachments.add_attachment(desk, meeting="apt-9", name="lista.txt", data=b"stolar")
    closed = meetings.close_meeting(desk, key="apt-9", expected_version=made.version)
    meetings.approve_minutes(desk, key="apt-9", expected_version=closed.version)
    letter = new(desk, NOTICE, LetterPart(kind=PartKind.MINUTES_WITH_FILES, heading="APT", meeting="apt-9"))
    reader = pypdf.PdfReader(io.BytesIO(drawn(desk, letter.value.key)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) == 3
    assert "Bilaga 1" in pages[2]
    assert "plan" in pages[2]
    assert "skrivs inte ut här" in pages[1]
    assert all(f"Sida{number}(3)" in "".join(page.split()) for number, page in enumerate(pages, start=1))
    assert "2.APT(anteckningarmedbilagor)2" in "".join(pages[0].split())
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles[:2] == ["Informationsbrev vecka 10", "1. Hissen är lagad"]
    assert str(titles[2]).startswith("APT")


def _png() -> bytes:
    from PIL import Image  # noqa: PLC0415 - only here

    out = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_removed_meeting_leaves_its_heading(desk: Desk) -> None:
    made = new(desk, LetterPart(kind=PartKind.MINUTES, heading="APT i maj"))
    assert "har gallrats" in text_of(drawn(desk, made.value.key))


def test_a_letter_goes_with_what_was_sent_of_it(desk: Desk) -> None:
    made = new(desk)
    letters.send_letter(desk, key=made.value.key, expected_version=1, pdf=drawn(desk, made.value.key))
    with past_the_desk(desk, writing=True) as work:
        period = Period(kind=next(one for one in KINDS if one.key == "letters"), months=1, version=0, chosen=True)
        gone = remove_due(desk, work, periods=[period], holds={}, on=TODAY + dt.timedelta(days=400))
        left = [work.session.scalar(select(func.count()).select_from(one)) for one in (m.Letter, m.AttachmentContent)]
    assert [one.label for one in gone[0].due.going] == ["Vecka 10 2026"]
    assert left == [0, 0]
