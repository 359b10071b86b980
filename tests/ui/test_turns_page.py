"""The page Turordning as people use it: who is next, what the team decides, ways out of the order, and the paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.catalogue import Setting
from app.domain.customers import Customer, CustomerStatus, StatusPeriod
from app.domain.document import Document
from app.domain.errors import Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Role
from app.domain.turn_list import Mark
from app.domain.turns import Turn
from app.domain.units import Unit, Ward
from app.services import meetings, turns
from app.services.desk import Desk
from app.ui.meetings.new_meeting import NewMeetingPanel
from app.ui.meetings.page import MeetingPage
from app.ui.papers.turns import draw_turns
from app.ui.planning.turns_page import TurnsPage
from app.ui.today import TodayPage
from app.ui.walk_steps import settle_down
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, audit_rows, fill, seated, team_meeting

Show = Callable[[type[TurnsPage], Desk], TurnsPage]


def held(days_ago: int, *customers: str) -> Meeting:
    return replace(
        team_meeting(), key=f"hallet-{days_ago}", date=TODAY - dt.timedelta(days=days_ago), customers=customers,
        items=(), status=MeetingStatus.APPROVED, secretary="bo-ek",
    )  # fmt: skip


def later(days: int, *customers: str) -> Meeting:
    return replace(
        team_meeting(), key=f"om-{days}", date=TODAY + dt.timedelta(days=days), customers=customers, items=()
    )


@pytest.fixture
def ward(desk: Desk) -> Desk:
    """Norr: kund-1 and kund-2 tomorrow, kund-3 last 50 days ago and every seventh week, another meeting in 15 days."""
    fill(desk, Document(
        meetings=(held(50, "kund-1", "kund-2", "kund-3"), later(15)), rotation=(Turn(customer="kund-3", weeks=7),),
    ))  # fmt: skip
    return desk


@pytest.fixture
def page(show_page: Show, ward: Desk) -> TurnsPage:
    return show_page(TurnsPage, ward)


def shown(page: TurnsPage) -> list[list[str]]:
    model = page.table.rows_model
    return [
        [model.index(row, column).data() for column in range(1, model.columnCount())] for row in range(model.rowCount())
    ]


def choose(page: TurnsPage, customer: str) -> None:
    assert page.table.select_where(lambda one: one.customer == customer)


def press(page: TurnsPage, text: str) -> None:
    settle_down()
    [found] = [one for one in page.findChildren(QPushButton) if one.text().strip() == text and one.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def on(desk: Desk, key: str) -> tuple[str, ...]:
    return meetings.get_meeting(desk, key=key).value.customers


def test_each_customer_has_her_last_next_and_latest_day_and_whoever_misses_it_is_marked(page: TurnsPage) -> None:
    assert shown(page) == [
        ["1101 AB", "Norr", "11 jan", "", "", "tis 3 mars", ""],
        ["1102 CD", "Norr", "11 jan", "", "", "tis 3 mars", ""],
        ["Gran 7", "Norr", "11 jan", "var 7:e vecka", "1 mars", "", "Förfallen 1 mars"],
        ["1201 GH", "Söder", "aldrig", "", "", "", "I tur"],
    ]
    assert "2 kunder per möte längs lägenheterna" in page.subtitle.text()
    assert page._told.text() == "1 kund är på väg att missa sin uppföljning."
    page.missing.click()
    assert [one[0] for one in shown(page)] == ["Gran 7"]


def test_everybody_shown_is_logged_once_and_nobody_else(page: TurnsPage, ward: Desk) -> None:
    rows = [customer for action, thing, customer in audit_rows(ward) if (action, thing) == ("read", "turn")]
    assert sorted(filter(None, rows)) == ["kund-1", "kund-2", "kund-3", "kund-4"]
    before = len(audit_rows(ward))
    bo = turns.list_turns(seated(ward, Role.CARE_STAFF, member="bo-ek"), unit="solgarden")
    assert {row.customer for row in bo.rows} == {"kund-1", "kund-2", "kund-3"}, "he works on Norr"
    assert [customer for _, _, customer in audit_rows(ward)[before:]] == [row.customer for row in bo.rows]


def test_how_often_is_changed_in_place_and_taken_back(page: TurnsPage, ward: Desk) -> None:
    choose(page, "kund-1")
    page.detail.weeks.setValue(8)
    page.detail.keep_interval()
    row = page.detail.row
    assert row is not None
    assert (row.turn.weeks, row.latest) == (8, TODAY - dt.timedelta(days=50) + dt.timedelta(weeks=8))
    page.place.undo()
    assert page.detail.row is not None
    assert page.detail.row.turn.weeks is None


def test_an_unforeseen_event_needs_a_reason_and_puts_her_first_on_the_next_meeting(
    page: TurnsPage, ward: Desk, heard: list[str]
) -> None:
    choose(page, "kund-3")
    press(page, "Sätt in först")
    assert "Skriv vad som har hänt" in heard[-1]
    page.detail.why.setText("fall 12 feb")
    press(page, "Sätt in först")
    assert on(ward, "teammote-1") == ("kund-3", "kund-1", "kund-2")
    about = [one.heading for one in meetings.get_meeting(ward, key="teammote-1").value.items if one.customer]
    assert about == ["Gran 7", "1101 AB", "1102 CD"]
    assert page.detail.row is not None
    assert Mark.PUT_IN in page.detail.row.marks
    assert not any("fall" in str(row) for row in audit_rows(ward)), "the log has no reason of the customer's"
    page.place.undo()
    assert on(ward, "teammote-1") == ("kund-1", "kund-2")
    assert page.detail.row.turn.put_in_on is None


def test_a_turn_that_passes_is_kept_with_what_was_prepared_and_comes_back(page: TurnsPage, ward: Desk) -> None:
    stored = meetings.get_meeting(ward, key="teammote-1")
    items = tuple(replace(one, text="Vill prata om maten.") if one.customer == "kund-1" else one
                  for one in stored.value.items)  # fmt: skip
    meetings.save_meeting(ward, meeting=replace(stored.value, items=items), expected_version=stored.version)
    page.refresh()
    choose(page, "kund-1")
    press(page, "Låt turen gå förbi")
    assert (on(ward, "teammote-1"), on(ward, "om-15")) == (("kund-2",), ("kund-1",))
    [moved] = meetings.get_meeting(ward, key="om-15").value.items
    assert (moved.heading, moved.text) == ("1101 AB", "Vill prata om maten.")
    row = page.detail.row
    assert row is not None
    assert row.marks == (Mark.PASSED,)
    assert row.next is not None
    assert row.next.key == "om-15"
    page.place.undo()
    assert (on(ward, "teammote-1"), on(ward, "om-15")) == (("kund-1", "kund-2"), ())


def test_hospital_proposes_that_the_turn_passes_on_the_meetings_own_page(
    ward: Desk, show_page: Callable[[type[MeetingPage], Desk], MeetingPage]
) -> None:
    away = (StatusPeriod(status=CustomerStatus.HOSPITAL, from_=TODAY),)
    kund = Customer(key="kund-1", reference="AB", unit="solgarden", ward="norr", apartment="1101", status_history=away)
    fill(ward, Document(customers=(kund,)))
    page = show_page(MeetingPage, ward)
    page.show_key("teammote-1")
    page.show_part(page.details)
    [ask] = [one for one in page.findChildren(QPushButton) if one.text().strip() == "Hoppa över, turen sparas"]
    listed = [page.details.due.list.item(n).text() for n in range(2)]
    assert listed == ["1101 AB, på sjukhus", "1102 CD, senast 11 jan"]
    QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
    assert on(ward, "teammote-1") == ("kund-2",)
    row = next(one for one in turns.list_turns(ward, unit="solgarden").rows if one.customer == "kund-1")
    assert (row.turn.passed_on, row.turn.passed_why) == (TODAY + dt.timedelta(days=1), "på sjukhus")
    assert row.marks == (Mark.HOSPITAL, Mark.PASSED)
    assert page.skips.isHidden()


def test_a_new_meeting_says_why_each_is_on_it_and_who_waits_in_hospital(
    ward: Desk, qtbot: object, show_page: Callable[[type[TodayPage], Desk], TodayPage]
) -> None:
    away = (StatusPeriod(status=CustomerStatus.HOSPITAL, from_=TODAY),)
    kund = Customer(key="kund-3", reference="EF", unit="solgarden", ward="norr", protected=True, code="Gran 7",
                    status_history=away)  # fmt: skip
    fill(ward, Document(customers=(kund,)))
    panel = NewMeetingPanel(show_page(TodayPage, ward).place)
    panel.begin(unit="solgarden", forum="teammote", date=TODAY + dt.timedelta(days=22))
    panel.ward.setCurrentIndex(panel.ward.findData("norr"))
    assert [(one.text(), one.isChecked()) for one in panel.due.boxes.values()] == [
        ("1101 AB, senast 3 mars", True), ("1102 CD, senast 3 mars", True), ("Gran 7, på sjukhus – hoppa över?", False),
    ]  # fmt: skip
    panel.due.boxes["kund-1"].setChecked(False)
    panel.due.boxes["kund-3"].setChecked(True)
    panel.book_it()
    [kept] = [row for row in turns.list_turns(ward, unit="solgarden").rows if row.customer == "kund-3"]
    assert kept.next is not None
    assert on(ward, kept.next.key) == ("kund-2", "kund-3")
    headings = [one.heading for one in meetings.get_meeting(ward, key=kept.next.key).value.items if one.customer]
    assert headings == ["1102 CD", "Gran 7"]


def test_idag_counts_those_who_miss_it_and_leads_to_them(
    ward: Desk, show_page: Callable[[type[TodayPage], Desk], TodayPage]
) -> None:
    page = show_page(TodayPage, ward)
    visits: list[tuple[str, str]] = []
    page.place.visit.connect(lambda where, key: visits.append((where, key)))
    [row] = [one for one in page.findChildren(OpenRow) if "missa sin uppföljning" in one.accessibleName()]
    assert row.accessibleName() == "1 kund är på väg att missa sin uppföljning, Solgården"
    row.click()
    assert visits == [("turns", "solgarden!")]
    reader = show_page(TodayPage, seated(ward, Role.READER))
    assert not [one for one in reader.findChildren(OpenRow) if "uppföljning" in one.accessibleName()]


@pytest.fixture
def by_need(ward: Desk) -> Desk:
    """A group of ordinärt boende with a list of three."""
    unit = Unit(key="norr", name="Hemtjänst", setting=Setting.ORDINART_BOENDE, wards=(Ward(key="ga", name="Grupp A"),))
    people = tuple(Customer(key=f"h-{n}", reference=f"H{n}", unit="norr", ward="ga") for n in (1, 2, 3))
    order = tuple(Turn(customer=f"h-{n}", priority=n) for n in (1, 2))
    fill(ward, Document(units=(unit,), customers=people, rotation=order))
    return ward


def test_the_teams_list_is_put_in_order_by_keys_and_by_dragging_and_taken_back(by_need: Desk, show_page: Show) -> None:
    page = show_page(TurnsPage, by_need)
    page.show_key("norr")

    def order() -> list[str]:
        return [one.label for one in page.table.rows_model.rows]

    assert order() == ["H1", "H2", "H3"]
    choose(page, "h-3")
    QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order() == ["H1", "H3", "H2"]
    assert page.table.current_row() is page.table.rows_model.rows[1]
    model = page.table.rows_model
    data = model.mimeData([model.index(1, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert order() == ["H3", "H1", "H2"]
    assert [one.turn.priority for one in model.rows] == [1, 2, 3]
    page.place.undo()
    page.place.undo()
    assert order() == ["H1", "H2", "H3"]
    reader = show_page(TurnsPage, seated(by_need, Role.CARE_STAFF, member="bo-ek"))
    assert not reader.table.rows_model.movable  # type: ignore[attr-defined]


def test_the_printed_list_is_marked_and_each_on_it_logged(ward: Desk) -> None:
    paper = draw_turns(ward, unit="solgarden", ward="norr")
    assert paper.file_name == "turordning-solgarden-norr-2026-03-02.pdf"
    pages = PdfReader(io.BytesIO(paper.data)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for word in ("Sekretess", "Solgården, Norr", "1101 AB", "Gran 7", "Förfallen 1 mars", "var 7:e vecka"):
        assert word in text
    assert "EF" not in text.split(), "a protected customer is her code"
    printed = [customer for action, thing, customer in audit_rows(ward) if (action, thing) == ("print", "turn")]
    assert sorted(filter(None, printed)) == ["kund-1", "kund-2", "kund-3"]
    empty = Unit(key="tom", name="Tom", setting=Setting.GRUPPBOSTAD)
    fill(ward, Document(units=(empty,)))
    with pytest.raises(Refused, match="turns_empty"):
        draw_turns(ward, unit="tom", ward=None)


def test_who_is_put_on_a_meeting_stands_in_the_log_though_her_turn_is_as_it_was(ward: Desk) -> None:
    turn = Turn(customer="kund-3", weeks=7)
    before = len(audit_rows(ward))
    turns.change_turn(ward, turn=turn, expected=1, put_on="om-15")
    assert ("save_meeting", "meeting:om-15", "kund-3") in audit_rows(ward)[before:]
