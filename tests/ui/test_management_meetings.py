"""Styrgrupp and dialogue meetings in the window: people from elsewhere, points reported, answers that come later."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.catalogue import Setting
from app.domain.meetings import AttendanceStatus, Meeting, MeetingStatus
from app.domain.people import Outsider
from app.services import meetings
from app.services.meeting_templates import list_meeting_templates
from app.services.units import add_unit, get_unit
from app.ui.meetings.answering import AnswerPart
from app.ui.meetings.card_kinds import ActionCard, DecisionCard, QuestionCard
from app.ui.meetings.list_page import MeetingsPage
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.template_question import TemplateQuestion
from app.ui.settings.page import SettingsPage
from app.ui.settings.templates import TemplatesSection
from app.ui.settings.units import UnitsSection
from app.ui.shell import MainWindow
from app.ui.widgets.fields import chosen


@pytest.fixture
def styrgrupp(window: MainWindow) -> MeetingPage:
    """A styrgrupp of a management unit, booked in the window."""
    assert window.frame is not None
    add_unit(window.frame.place.desk, name="Ledningen", setting=Setting.LEDNING)
    window.frame.visit("meetings", "new 2026-03-05T09:00 ledningen")
    page = window.frame.page
    assert isinstance(page, MeetingsPage)
    page.new.forum.setCurrentIndex(page.new.forum.findData("styrgrupp"))
    page.new.book_it()
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


def stored(page: MeetingPage) -> Meeting:
    page.editor.save()
    assert page.editor.meeting is not None
    return meetings.get_meeting(page.place.desk, key=page.editor.meeting.key).value


def test_a_management_unit_is_made_in_the_settings(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("settings", "units")
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, UnitsSection)
    page.section.ask_new()
    asked = page.section.question
    asked.name.setText("Vård- och omsorgsledningen")
    asked.setting.setCurrentIndex(asked.setting.findData(Setting.LEDNING.value))
    asked.accept()
    made = get_unit(window.frame.place.desk, key="vard-och-omsorgsledningen").value
    assert made.setting is Setting.LEDNING


def test_a_styrgrupp_is_held_with_people_from_elsewhere(styrgrupp: MeetingPage) -> None:
    page = styrgrupp
    assert len(stored(page).items) == 9, "the forum's own agenda, numbered"
    page.agenda.choose(stored(page).items[3].key)
    page.point.presenter.set_person(Outsider("Lars Engström"))
    page.point._keep_facts()
    page.steps.start()
    page.show_part(page.attendance)
    page.attendance._roles["chair"].set_person(Outsider("Carina Frid"))
    page.attendance._roles["secretary"].set_person("anna-berg")
    page.attendance._keep_roles()
    page.attendance.newcomer.set_person(Outsider("Lars Engström"))
    page.attendance._add()
    (guest,) = [one for one in page.attendance._people() if one.person == Outsider("Lars Engström")]
    guest.organisation.setText("Vårdsamverkan")
    guest.from_.set_moment(dt.time(9, 30))
    guest.to.set_moment(dt.time(10))
    page.attendance.tell()
    page.agenda.choose(stored(page).items[5].key)
    page.cards.add_decision()
    page.cards._shown(DecisionCard)[-1].text.setPlainText("Projektet går vidare.")
    page.cards.add_action()
    card = page.cards._shown(ActionCard)[-1]
    card.text.setPlainText("Ta fram budget")
    card.who.set_person(Outsider("Lars Engström"))
    page.cards.add_question()
    asked = page.cards._shown(QuestionCard)[-1]
    asked.text.setPlainText("När kommer larmen?")
    asked.answerer.set_person("anna-berg")
    asked.by.set_day(dt.date(2026, 3, 20))
    page.cards.tell()
    page.show_part(page.closing)
    page.closing.date.set_day(dt.date(2026, 4, 9))
    page.closing._keep()
    page.closing.appendices.setPlainText("Projektplan\nBudget 2026")
    page.steps.close()
    meeting = stored(page)
    point = meeting.items[5]
    assert (meeting.chair, meeting.items[3].presenter) == (Outsider("Carina Frid"), Outsider("Lars Engström"))
    (there,) = [one for one in meeting.attendance if one.name]
    assert (there.organisation, there.from_, there.to, there.status) == (
        "Vårdsamverkan", dt.time(9, 30), dt.time(10), AttendanceStatus.PRESENT
    )  # fmt: skip
    assert (point.decisions, point.actions[0].responsible) == (("Projektet går vidare.",), Outsider("Lars Engström"))
    assert (point.questions[0].answered_by, point.questions[0].answer_by) == ("anna-berg", dt.date(2026, 3, 20))
    assert meeting.appendices == ("Projektplan", "Budget 2026")
    assert meeting.next_meeting is not None
    page.editor.step(meetings.approve_minutes, "")
    _answer_later(page, point.key)


def _answer_later(page: MeetingPage, key: str) -> None:
    assert stored(page).status is MeetingStatus.APPROVED
    page.agenda.choose(key)
    page.cards.show_item(key)
    (part,) = page.cards._shown(AnswerPart)
    part.text.setPlainText("I maj.")
    part.go.click()
    QApplication.processEvents()
    (asked,) = next(one for one in stored(page).items if one.key == key).questions
    assert (asked.answer, asked.answered_on) == ("I maj.", page.place.desk.today)
    assert stored(page).status is MeetingStatus.APPROVED


def test_its_agenda_becomes_a_template_and_begins_the_next(styrgrupp: MeetingPage, window: MainWindow) -> None:
    page, frame = styrgrupp, window.frame
    assert frame is not None
    page.agenda.new_point.setText("Upphandling av larm")
    page.agenda._add()
    page.steps.save_as_template()
    (asked,) = page.findChildren(TemplateQuestion)
    asked.name.setText("Styrgrupp larm")
    asked.accept()
    (made,) = list_meeting_templates(page.place.desk)
    assert "Upphandling av larm" in [one.heading for one in made.value.content.items]
    frame.visit("meetings", "new 2026-03-12T09:00 ledningen")
    listed = frame.page
    assert isinstance(listed, MeetingsPage)
    listed.new.forum.setCurrentIndex(listed.new.forum.findData("styrgrupp"))
    assert listed.new.template.isVisible()
    listed.new.template.setCurrentIndex(listed.new.template.findData(made.value.key))
    assert chosen(listed.new.template) == made.value.key
    listed.new.book_it()
    assert isinstance(frame.page, MeetingPage)
    assert "Upphandling av larm" in [one.heading for one in stored(frame.page).items]
    _rename_and_remove(window)


def _rename_and_remove(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    desk = frame.place.desk
    frame.visit("settings", "templates")
    page = frame.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, TemplatesSection)
    section.list.table.selectRow(0)
    section.list.name.setText("Larmgruppen")
    section.list.save()
    assert [one.value.name for one in list_meeting_templates(desk)] == ["Larmgruppen"]
    section.list.table.selectRow(0)
    section.list.remove()
    assert list_meeting_templates(desk) == ()
    frame.undo()
    assert [one.value.name for one in list_meeting_templates(desk)] == ["Larmgruppen"]
