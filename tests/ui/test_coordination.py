"""Samordning as people use it: each path of the guideline's process picture in the window, from both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.coordination.cases import CoordinationRequest, Direction, Outcome, RequestKind
from app.domain.coordination.consents import Basis
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import fields_of
from app.domain.coordination.parties import Channel
from app.domain.coordination.sip import SipNeed
from app.domain.coordination.states import RequestStatus
from app.domain.errors import Refused
from app.services import coordination
from app.services.coordination_lists import list_requests
from app.services.coordination_view import open_request
from app.ui.coordination.case_page import CasePage
from app.ui.coordination.new_case import NewCase
from app.ui.coordination.page import CoordinationPage
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.walk_steps import settle_down
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY

AsUser = Callable[[str], MainWindow]
E = EventKind


@pytest.fixture
def nurse(as_user: AsUser) -> MainWindow:
    """The window of a nurse, who sends."""
    return as_user("anna")


def board_of(window: MainWindow) -> CoordinationPage:
    assert window.frame is not None
    window.frame.visit("coordination", "")
    page = window.frame.page
    assert isinstance(page, CoordinationPage)
    return page


def case_of(window: MainWindow) -> CasePage:
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, CasePage)
    return page


def begin(
    window: MainWindow, *, kind: RequestKind = RequestKind.REQUEST, direction: Direction = Direction.OUT,
    about: str = "kund-1",
) -> CasePage:  # fmt: skip
    """A new case through the dialog, opened."""
    page = board_of(window)
    assert window.frame is not None
    window.frame.visit("coordination", f"new:{about}")
    dialog = page.new_dialog
    assert isinstance(dialog, NewCase)
    dialog.direction.setCurrentIndex(dialog.direction.findData(direction.value))
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind.value))
    dialog.party.name.setEditText("Vårdcentralen Ekhagen")
    dialog.time.set_moment(dt.time(8))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.fault.isHidden(), dialog.fault.text()
    return case_of(window)


def consent(page: CasePage, basis: Basis = Basis.CONSENT, **fields: str) -> None:
    """Record a basis in the form at the top."""
    page.consent.open_button.click()
    page.consent.basis.setCurrentIndex(page.consent.basis.findData(basis.value))
    page.consent.given_by.setText(fields.get("by", "Den enskilde"))
    page.consent.law.setText(fields.get("law", ""))
    page.consent.reasons.show_text(fields.get("reasons"))
    page.consent.assessor.setEditText(fields.get("assessor", ""))
    page.consent.save()


def fill(page: CasePage) -> None:
    """Write most of the fields, and tick the last as not relevant."""
    for one in fields_of(kept(page).kind):
        if one.key == "other":
            page.message.ticks[one.key].click()
        elif one.demanded or kept(page).kind is RequestKind.TRANSFER:
            page.message.texts[one.key].setPlainText(f"Om {one.label.lower()}")
    page.message.save_button.click()


def take(page: CasePage, kind: EventKind | None = None, *, text: str = "", outcome: Outcome | None = None) -> None:
    """The next step by its button, or another one, entered in its panel."""
    if kind is None:
        page.next_button.click()
    else:
        page.begin_step(next(one for one in page.offered if one.kind is kind))
    assert page.step.isVisible()
    if text:
        page.step.text.setPlainText(text)
    if outcome is not None:
        page.step.outcome.setCurrentIndex(page.step.outcome.findData(outcome.value))
    page.step.take_button.click()
    assert page.step.isHidden(), page.step.fault.text()


def kept(page: CasePage) -> CoordinationRequest:
    """The case in the database."""
    return open_request(page.place.desk, key=page.standing).case


def kinds(page: CasePage) -> list[EventKind]:
    return [event.kind for event in kept(page).events]


def test_a_request_goes_out_is_answered_and_ends(nurse: MainWindow) -> None:
    page = begin(nurse)
    assert page.next_button.text().strip() == "Fyll i" or not page.next_button.isEnabled() or "samtycke" in (
        page.next_button.text().lower()
    )  # fmt: skip
    consent(page)
    assert "Fyll i eller märk som ej aktuellt" in page.hint.text()
    assert not page.next_button.isEnabled()
    fill(page)
    assert page.hint.isHidden()
    take(page)
    assert nurse.frame is not None
    assert nurse.frame.place.undo_phrase == "", "what is sent is not undone"
    for expected in (RequestStatus.ACKNOWLEDGED, RequestStatus.ACCEPTED, RequestStatus.COORDINATING):
        take(page)
        assert kept(page).status is expected
    take(page, outcome=Outcome.GOALS_MET)
    assert (kept(page).status, kept(page).outcome) == (RequestStatus.CLOSED, Outcome.GOALS_MET)
    assert not page.next_button.isVisible()
    assert kinds(page)[:3] == [E.CREATED, E.CONSENT_RECORDED, E.SENT]
    assert kept(page).not_relevant == ("other",)
    assert {event.person for event in kept(page).events} == {"anna-berg"}


def test_a_transfer_is_sent_acknowledged_and_ends_without_an_answer(nurse: MainWindow) -> None:
    page = begin(nurse, kind=RequestKind.TRANSFER)
    consent(page)
    assert page.next_button.isEnabled(), "its empty fields are only shown"
    take(page)
    take(page)
    assert E.ACCEPTED not in [one.kind for one in page.offered]
    take(page, outcome=Outcome.DONE)
    assert kept(page).status is RequestStatus.CLOSED


def test_a_request_comes_in_is_asked_about_field_by_field_and_accepted(nurse: MainWindow) -> None:
    page = begin(nurse, direction=Direction.IN)
    page.message.texts["reason"].setPlainText("Behöver hjälp med såret")
    page.message.save_button.click()
    consent(page)
    take(page)
    assert kept(page).status is RequestStatus.ACKNOWLEDGED
    page.message.wanted["aids"].click()
    page.message.wanted["medication"].click()
    page.message.ask_button.click()
    page.step.take_button.click()
    asked = kept(page).events[-1]
    assert (asked.kind, asked.fields) == (E.COMPLETION_ASKED, ("medication", "aids"))
    take(page, text="Dosett, rullator")
    take(page)
    assert kept(page).status is RequestStatus.ACCEPTED
    assert kinds(page)[-1] is E.ACCEPTED


@pytest.mark.parametrize("kind", [E.DECLINED, E.MISDIRECTED])
def test_what_is_declined_or_misdirected_has_ended(nurse: MainWindow, kind: EventKind) -> None:
    page = begin(nurse, direction=Direction.IN)
    consent(page)
    page.begin_step(next(one for one in page.offered if one.kind is kind))
    page.step.take_button.click()
    if kind is E.DECLINED:
        assert "varför" in page.step.fault.text(), "why is asked for"
        page.step.text.setPlainText("Hör till rehab")
        page.step.take_button.click()
        assert kept(page).reason == "Hör till rehab"
    assert kept(page).status.ended


def test_a_cancelled_case_says_why_and_keeps_every_event(nurse: MainWindow) -> None:
    page = begin(nurse)
    consent(page)
    fill(page)
    take(page)
    before = kept(page).events
    take(page, E.CANCELLED, text="Fel person")
    assert kept(page).events[: len(before)] == before
    assert (kept(page).status, kept(page).reason) == (RequestStatus.CANCELLED, "Fel person")


def test_refused_consent_leaves_the_internal_plan_and_nothing_leaves(nurse: MainWindow) -> None:
    page = begin(nurse)
    fill(page)
    consent(page, Basis.REFUSED)
    assert page.next_button.text() == "Planera internt"
    assert all(one.refused for one in page.offered if one.sends)
    page.plan.text.setPlainText("Gå ut varje dag")
    page.plan.save_button.click()
    assert kept(page).internal_plan == "Gå ut varje dag"
    with pytest.raises(Refused, match="request_without_basis"):
        coordination.note_event(
            page.place.desk, key=page.standing, event=CaseEvent(at=_now(page), kind=E.SENT, channel=Channel.LETTER),
            expected_version=open_request(page.place.desk, key=page.standing).stored.version,
        )  # fmt: skip
    assert E.SENT not in kinds(page)


def test_withdrawn_consent_stops_what_is_under_way_and_says_who_knows(nurse: MainWindow) -> None:
    page = begin(nurse)
    consent(page)
    fill(page)
    take(page)
    take(page)
    consent(page, Basis.WITHDRAWN)
    assert "Vårdcentralen Ekhagen" in page.consent.detail.text()
    assert all(one.refused for one in page.offered if one.sends)
    assert kept(page).status is RequestStatus.ACKNOWLEDGED


def test_one_who_cannot_consent_needs_an_assessor_and_reasons(nurse: MainWindow) -> None:
    page = begin(nurse)
    consent(page, Basis.CANNOT)
    assert "OSL 25 kap. 13" in page.consent.fault.text()
    assert kept(page).consent is None
    consent(page, Basis.CANNOT, assessor="Anna Berg", reasons="Förstår inte frågan")
    found = kept(page).consent
    assert found is not None
    assert (found.assessor, found.reasons) == ("anna-berg", "Förstår inte frågan")


def test_a_sip_is_considered_called_and_ended_with_what_the_law_asks_for(nurse: MainWindow) -> None:
    page = begin(nurse)
    consent(page)
    page.show_part("sip")
    page.sip.outcome.setCurrentIndex(page.sip.outcome.findData(SipNeed.NEEDED.value))
    page.sip.called_on.set_day(TODAY)
    page.sip.measures.setPlainText("Kommunen: hemsjukvård\nRegionen: läkare")
    page.sip.save_button.click()
    assert E.SIP_CONSIDERED in kinds(page)
    assert E.SIP_CALLED in kinds(page)
    assert "vilka insatser som behövs" in page.sip.missing.text()
    found = kept(page).sip
    assert found is not None
    assert [one.principal for one in found.measures] == ["Kommunen", "Regionen"]


def test_contacts_tasks_and_contract_are_kept_with_the_case(nurse: MainWindow) -> None:
    page = begin(nurse)
    page.show_part("contacts")
    page.contacts.add_button.click()
    card = page.contacts.cards[0]
    card.name.setText("Mona Alm")
    card.person.set_day(TODAY)
    page.contacts.save_button.click()
    assert kept(page).care_contacts[0].main
    assert {E.CARE_CONTACT_NAMED, E.CARE_CONTACT_TOLD} <= set(kinds(page))
    page.show_part("tasks")
    page.tasks.rows[0].tick.click()
    page.tasks.line.setText("Ring dottern")
    page.tasks.add_button.click()
    tasks = open_request(page.place.desk, key=page.standing).tasks
    assert [one.task.words for one in tasks][1] == "Ring dottern"
    assert tasks[0].task.done_by == "anna-berg"
    page.contract.texts["agreement"].setPlainText("Jag vill gå själv")
    page.contract.save_button.click()
    contract = kept(page).patient_contract
    assert contract is not None
    assert contract.agreement == "Jag vill gå själv"
    assert nurse.frame is not None
    nurse.frame.visit("today", "")
    today = nurse.frame.page
    assert isinstance(today, TodayPage)
    settle_down()
    assert any("Ring dottern" in one.accessibleName() for one in today.findChildren(OpenRow))


def test_what_is_typed_in_a_case_is_kept_over_a_lock(nurse: MainWindow, as_user: AsUser) -> None:
    page = begin(nurse)
    key = page.standing
    page.message.texts["wish"].setPlainText("Vill hem")
    page.settle()
    window = as_user("anna")
    assert window.frame is not None
    window.frame.visit("case", key)
    again = case_of(window)
    assert again.message.texts["wish"].toPlainText() == "Vill hem"
    assert kept(again).fields == ()


def test_a_saved_message_is_taken_back_with_one_key(nurse: MainWindow) -> None:
    page = begin(nurse)
    page.message.texts["wish"].setPlainText("Vill hem")
    page.message.save_button.click()
    assert [one.text for one in kept(page).fields] == ["Vill hem"]
    assert nurse.frame is not None
    nurse.frame.undo()
    assert kept(page).fields == ()


def test_the_board_counts_filters_and_is_walked_with_the_keys(nurse: MainWindow) -> None:
    first = begin(nurse).standing
    second = begin(nurse, direction=Direction.IN).standing
    page = board_of(nurse)
    settle_down()
    assert {one.key for one in page.rows} == {first, second}
    assert page.board.rows(0)[0].accessibleName().startswith("Skickad, 1101 AB")
    page.board.rows(0)[0].setFocus()
    QTest.keyClick(page.board.rows(0)[0], Qt.Key.Key_Right)
    assert nurse.focusWidget() is page.board.rows(1)[0]
    page.in_.click()
    assert [one.key for one in page.rows] == [second]
    QTest.keyClick(page.board.rows(1)[0], Qt.Key.Key_Return)
    assert case_of(nurse).standing == second


def test_each_role_meets_what_the_table_gives_it(nurse: MainWindow, as_user: AsUser) -> None:
    page = begin(nurse)
    key = page.standing
    consent(page)
    fill(page)
    manager = as_user("chef")
    assert manager.frame is not None
    manager.frame.visit("case", key)
    hers = case_of(manager)
    assert not hers.next_button.isVisible(), "she does not send"
    assert "skickar inte" in hers.hint.text()
    assert not hers.consent.open_button.isVisible(), "the unit has a nurse of its own"
    staff = as_user("bo")
    assert staff.frame is not None
    staff.frame.visit("case", key)
    bos = case_of(staff)
    assert not bos.next_button.isVisible()
    assert not bos.message.texts["wish"].isReadOnly(), "a draft is his to write"
    assert "Den enskilde" not in bos.consent.detail.text()
    secretary = as_user("siv")
    assert secretary.frame is not None
    secretary.frame.visit("case", key)
    sivs = case_of(secretary)
    assert sivs.title.text() == "Kundärende"
    assert sivs.message.texts["wish"].toPlainText() == ""
    reader = board_of(as_user("lena"))
    assert reader.counts_only
    assert "Utkast: 1" in reader.counts.text()


def test_a_protected_person_is_shown_as_her_code(nurse: MainWindow) -> None:
    page = begin(nurse, about="kund-3")
    assert page.title.text() == "Gran 7"
    assert "EF" not in board_of(nurse).board.rows(0)[0].accessibleName()
    assert list_requests(page.place.desk)[0].label == "Gran 7"


def _now(page: CasePage) -> dt.datetime:
    return page.place.desk.clock.now()
