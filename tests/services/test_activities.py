"""Activities and the residents' papers: who sees and keeps which, what may hang on a wall, and what leaves nothing."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from app.domain.activities import Activity
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import Item, ItemKind, MeetingStatus, NextMeeting, Question
from app.domain.roles import Role
from app.reports import activities as activity_report
from app.reports import council
from app.services import activities, councils, meetings, questions
from app.services.desk import Desk
from tests.support import TODAY, audit_rows, seated

LAST = dt.date(2026, 3, 31)
COMMON = Activity(
    key="", unit="solgarden", ward="norr", date=TODAY, start=dt.time(10), end=dt.time(11), text="Gympa",
    place="Salen", leader="bo-ek",
)  # fmt: skip
HERS = replace(COMMON, text="Baka bullar", customer="kund-1", start=dt.time(14), end=None)
OTHERS = replace(HERS, text="Frisör", customer="kund-4", ward="soder")


def texts(desk: Desk, **more: str) -> list[str]:
    found = activities.list_activities(desk, unit="solgarden", from_=TODAY, to=LAST, **more)
    return [one.value.text for one in found]


@pytest.fixture
def month(desk: Desk) -> Desk:
    """One common activity, and one of two customers' own."""
    activities.add_activities(desk, activities=[COMMON, HERS, OTHERS])
    return desk


def test_an_individual_one_is_shown_to_who_may_see_its_customer(month: Desk) -> None:
    assert texts(month) == ["Gympa", "Baka bullar", "Frisör"]
    assert texts(seated(month, Role.CARE_STAFF, member="bo-ek")) == ["Gympa", "Baka bullar"]
    assert texts(seated(month, Role.READER)) == ["Gympa"]
    assert texts(month, ward="soder") == ["Frisör"]
    read = [(object_, customer) for action, object_, customer in audit_rows(month) if action == "read"]
    assert read.count(("activities", "kund-1")) == 2
    assert read.count(("activities", "kund-4")) == 2


def test_care_staff_draws_up_the_month_but_touches_no_strange_customers(month: Desk) -> None:
    bo = seated(month, Role.CARE_STAFF, member="bo-ek")
    (kept,) = activities.add_activities(bo, activities=[replace(COMMON, text="Promenad")])
    saved = activities.save_activity(bo, activity=replace(kept.value, text="Lång promenad"), expected_version=1)
    with pytest.raises(Conflict):
        activities.save_activity(bo, activity=kept.value, expected_version=1)
    with pytest.raises(NotAllowed):
        activities.add_activities(bo, activities=[OTHERS])
    (other,) = (
        one
        for one in activities.list_activities(month, unit="solgarden", from_=TODAY, to=LAST)
        if one.value.customer == "kund-4"
    )
    with pytest.raises(NotAllowed):
        activities.remove_activities(bo, activities=[other])
    activities.remove_activities(bo, activities=[saved])
    assert "Lång promenad" not in texts(month)
    with pytest.raises(NotAllowed):
        activities.add_activities(seated(month, Role.READER), activities=[COMMON])


@pytest.mark.parametrize("text", ["Promenad med 1101 AB", "Frisör Gran 7", "Hämta AB"])
def test_nothing_on_the_wall_names_a_customer(desk: Desk, text: str) -> None:
    with pytest.raises(Refused, match="activity_names_customer"):
        activities.add_activities(desk, activities=[COMMON, replace(COMMON, text=text)])
    assert texts(desk) == [], "all or none"
    activities.add_activities(desk, activities=[replace(COMMON, text=text, customer="kund-1")])


def test_a_month_is_copied_and_taken_back_in_one_step(month: Desk) -> None:
    april = dt.date(2026, 4, 1)
    new = activities.copy_activities(month, unit="solgarden", month=TODAY, to=april)
    assert [one.value.date for one in new] == [dt.date(2026, 4, 6)] * 3
    with pytest.raises(Refused, match="nothing_to_copy"):
        activities.copy_activities(month, unit="solgarden", month=TODAY, to=april)
    activities.remove_activities(month, activities=new)
    assert activities.list_activities(month, unit="solgarden", from_=april, to=april + dt.timedelta(days=29)) == ()


def words(draw: object, paper: object) -> tuple[str, PdfReader]:
    out = io.BytesIO()
    draw(paper, out)  # type: ignore[operator]
    reader = PdfReader(out)
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages), reader


def test_the_wall_has_the_common_ones_and_her_room_her_own_too(month: Desk) -> None:
    wall, reader = words(activity_report.draw, activities.activity_paper(month, unit="solgarden", month=TODAY))
    assert "Gympa, Salen, Norr, med Bo" in wall
    assert "Baka bullar" not in wall
    assert "AB" not in wall
    before = len(audit_rows(month))
    hers = activities.own_activity_paper(month, unit="solgarden", month=TODAY, customer="kund-1")
    assert audit_rows(month)[before:] == [("print", "activities", "kund-1")]
    text, reader = words(activity_report.draw, hers)
    assert all(part in text for part in ("1101 AB", "Gympa", "Baka bullar", "Sekretess"))
    assert "Frisör" not in text
    assert reader.metadata is not None
    assert "AB" not in str(reader.metadata.title)
    with pytest.raises(NotAllowed):
        activities.own_activity_paper(
            seated(month, Role.CARE_STAFF, member="bo-ek"), unit="solgarden", month=TODAY, customer="kund-1"
        )
    with pytest.raises(Refused, match="no_activities"):
        activities.activity_paper(month, unit="solgarden", month=dt.date(2026, 5, 1))


def test_every_letter_of_the_large_print_is_large(month: Desk) -> None:
    smallest: list[float] = []

    def seen(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip() and 60 < tm[5] < 740:
            smallest.append(size)

    _, reader = words(activity_report.draw, activities.activity_paper(month, unit="solgarden", month=TODAY))
    for page in reader.pages:
        page.extract_text(visitor_text=seen)
    assert min(smallest) >= 16


def council_meeting(desk: Desk) -> str:
    found = meetings.get_meeting(desk, key="teammote-1").value
    asked = (
        Question(question="Kan vi gå ut oftare?", answered_by="bo-ek", answer_by=dt.date(2026, 3, 9)),
        Question(question="Får 1101 AB nya gardiner?"),
    )
    items = (
        Item(key="", heading="Synpunkter", kind=ItemKind.STANDING, notes="Maten är god.", questions=asked),
        Item(key="", heading="Fest", decisions=("Vi har fest i juni.",), notes="1101 AB vill sjunga."),
        Item(key="", heading="1102 CD", kind=ItemKind.CUSTOMER, customer="kund-2", notes="Hemligt."),
    )
    new = replace(
        found, key="", forum="borad", items=items, customers=(), status=MeetingStatus.DRAFT, secretary="bo-ek",
        next_meeting=NextMeeting(date=dt.date(2026, 4, 7)),
    )  # fmt: skip
    return meetings.book_meeting(desk, meeting=new).value.key


def test_the_residents_minutes_name_none_of_them(desk: Desk) -> None:
    text, _ = words(council.draw, councils.council_paper(desk, key=council_meeting(desk)))
    for said in ("Maten är god.", "Vi bestämde: Vi har fest i juni.", "Kan vi gå ut oftare?", "Tisdag 7 april 2026"):
        assert said in text
    assert "Bo Ek svarar senast mån 9 mars." in text
    assert not any(hidden in text for hidden in ("AB", "Hemligt", "CD", "gardiner", "sjunga"))


def test_an_answer_that_comes_later_stands_on_the_residents_paper(desk: Desk) -> None:
    key = council_meeting(desk)
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    found = meetings.get_meeting(desk, key=key)
    approved = meetings.approve_minutes(desk, key=key, expected_version=found.version).value
    asked = approved.items[0].questions[0].question
    questions.answer_question(bo, item=approved.items[0].key, question=asked, answer="På torsdagar.")
    text, _ = words(council.draw, councils.council_paper(desk, key=key))
    assert "Svar: På torsdagar." in text
