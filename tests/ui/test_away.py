"""Frånvaro, Rum och restid, Sjukanmälan and Kan inte komma, as people use them in the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.domain.availability import Absence, AbsenceKind, Room
from app.domain.catalogue import Setting
from app.domain.meetings import Meeting
from app.domain.people import Outsider
from app.domain.roles import Role
from app.domain.team import Hours
from app.services import absences, clashes, meetings, papers, regrets, rooms, sick_call, team, units, week_papers
from app.services.desk import Desk
from app.services.meeting_lists import whole_meetings
from app.services.papers import Purpose
from app.ui.meetings.new_meeting import NewMeetingPanel
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.regrets import RegretQuestion
from app.ui.planning.away_page import AwayPage
from app.ui.planning.rooms_page import RoomsPage
from app.ui.planning.sick_page import SickPage
from app.ui.registers.team import TeamPage
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.widgets.pages import Page
from app.ui.widgets.rows import OpenRow
from tests.support import seated

Show = Callable[[type[Page], Desk], Page]
DAY = dt.date(2026, 3, 3)
"""The day of the teammöte: Eva leads, Anna (nurse) and Bo are called."""


@pytest.fixture
def away(show_page: Callable[[type[AwayPage], Desk], AwayPage], desk: Desk) -> AwayPage:
    """The enhetschef's page."""
    return show_page(AwayPage, desk)


def type_absence(page: AwayPage, member: str, first: str, last: str = "") -> None:
    page.show_key("new")
    page.form.member.set_person(member)
    page.form.first.setText(first)
    page.form.last.setText(last)
    page.detail.save()


def kept(desk: Desk) -> list[Absence]:
    return [one.value for one in absences.list_absences(desk)]


class TestAbsences:
    def test_one_is_put_in_and_the_meetings_she_is_called_to_are_told_at_once(
        self, away: AwayPage, desk: Desk, heard: list[str]
    ) -> None:
        visits: list[tuple[str, str]] = []
        away.place.visit.connect(lambda where, key: visits.append((where, key)))
        type_absence(away, "anna-berg", "3/3", "5/3")
        (one,) = kept(desk)
        assert (one.member, one.from_, one.to, one.kind) == (
            "anna-berg", DAY, DAY + dt.timedelta(days=2), AbsenceKind.HOLIDAY
        )  # fmt: skip
        assert "Frånvaron för Anna Berg är sparad." in heard
        assert away.detail.title.text() == "Anna Berg, 3–5 mars"
        assert away.form.told.text().startswith("Anna Berg är kallad till möten")
        told = away.form.findChild(OpenRow)
        assert told is not None
        assert told.accessibleName() == "Anna Berg är kallad till teammöte på Norr tis 3 mars 13.00"
        told.click()
        assert visits == [("meeting", "teammote-1")]

    def test_part_of_a_day_a_substitute_and_the_way_back(self, away: AwayPage, desk: Desk) -> None:
        away.show_key("new")
        away.form.member.set_person("bo-ek")
        away.form.first.setText("3/3")
        away.form.since.setText("9")
        away.form.until.setText("12")
        away.form.kind.setCurrentIndex(away.form.kind.findData("training"))
        away.form.substitute.set_person(Outsider("Vikarie"))
        away.detail.save()
        (one,) = kept(desk)
        assert (one.begins.hour, one.ends.hour, one.kind) == (9, 12, AbsenceKind.TRAINING)
        assert one.substitute == Outsider("Vikarie")
        assert "inte kallad till något möte" in away.form.told.text()
        away.place.undo()
        assert kept(desk) == []

    def test_it_is_changed_removed_and_brought_back(self, away: AwayPage, desk: Desk) -> None:
        type_absence(away, "bo-ek", "3/3")
        away.form.last.setText("4/3")
        away.detail.save()
        assert kept(desk)[0].to == DAY + dt.timedelta(days=1)
        QTest.mouseClick(away.delete_button, Qt.MouseButton.LeftButton)
        assert kept(desk) == []
        away.place.undo()
        assert kept(desk)[0].to == DAY + dt.timedelta(days=1)

    def test_what_is_missing_is_said(self, away: AwayPage, desk: Desk) -> None:
        type_absence(away, "bo-ek", "")
        assert "vilka dagar" in away.detail.fault.text()
        away.form.first.setText("5/3")
        away.form.last.setText("3/3")
        away.detail.save()
        assert "slutar före den börjar" in away.detail.fault.text()
        assert kept(desk) == []

    def test_a_care_worker_puts_in_her_own_and_nobody_elses(
        self, show_page: Callable[[type[AwayPage], Desk], AwayPage], desk: Desk
    ) -> None:
        type_absence(show_page(AwayPage, desk), "anna-berg", "10/3")
        bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
        page = show_page(AwayPage, bo)
        page.show_key("new")
        assert page.form.member.person == "bo-ek"
        assert not page.form.member.isEnabled()
        page.form.first.setText("3/3")
        page.form.kind.setCurrentIndex(page.form.kind.findData("sick"))
        page.detail.save()
        own, hers = kept(desk)
        assert (own.member, own.kind) == ("bo-ek", AbsenceKind.SICK)
        page.detail.go(hers.key)
        assert not page.detail.may_write
        assert page.delete_button.isHidden()
        lena = show_page(AwayPage, seated(desk, Role.READER))
        shown = [lena.table.rows_model.index(row, 2).data() for row in range(2)]
        assert shown == ["Borta", "Semester"], "that he is sick is not for everybody"
        assert lena.add_button_.isHidden()


class TestHours:
    def test_split_shifts_are_kept_and_a_meeting_outside_them_clashes(
        self, show_page: Callable[[type[TeamPage], Desk], TeamPage], desk: Desk
    ) -> None:
        page = show_page(TeamPage, desk)
        page.show_key("bo-ek")
        hours = page.form.hours
        for day, since, until in (("1", "7", "11"), ("1", "15", "20")):
            QTest.mouseClick(hours.add_button, Qt.MouseButton.LeftButton)
            window = hours.windows[-1]
            window.day.setCurrentIndex(window.day.findData(day))
            window.since.setText(since)
            window.until.setText(until)
        page.detail.save()
        tuesday = {"weekday": 1}
        assert team.get_member(desk, key="bo-ek").value.hours == (
            Hours(**tuesday, from_=dt.time(7), to=dt.time(11)), Hours(**tuesday, from_=dt.time(15), to=dt.time(20)),
        )  # fmt: skip
        (told,) = clashes.clashes_in(desk, from_=DAY, to=DAY)
        assert told.sentence == "Bo Ek arbetar tisdagar 07.00–11.00 och 15.00–20.00"
        hours.windows[0].until.setText("6")
        page.detail.save()
        assert "slutar före den börjar" in page.detail.fault.text()
        page.detail.drop()
        QTest.mouseClick(hours.windows[0].drop, Qt.MouseButton.LeftButton)
        page.detail.save()
        assert len(team.get_member(desk, key="bo-ek").value.hours) == 1


class TestRooms:
    def test_a_room_is_added_changed_removed_and_offered_as_a_place(
        self, show_page: Callable[[type[RoomsPage], Desk], RoomsPage], desk: Desk
    ) -> None:
        page = show_page(RoomsPage, desk)
        listed = page.rooms
        listed.save()
        assert "heter" in listed.fault.text()
        listed._name.setText(" Stora  rummet ")
        listed.save()
        assert [one.value.name for one in rooms.list_rooms(desk)] == ["Stora rummet"]
        listed.table.selectRow(0)
        listed._name.setText("Lilla rummet")
        QTest.mouseClick(listed.save_button, Qt.MouseButton.LeftButton)
        assert rooms.room_names(desk, unit="solgarden") == ("Lilla rummet",)
        page.place.undo()
        assert rooms.room_names(desk, unit="solgarden") == ("Stora rummet",)
        listed.table.selectRow(0)
        QTest.mouseClick(listed.remove_button, Qt.MouseButton.LeftButton)
        assert rooms.list_rooms(desk) == ()
        page.place.undo()
        assert rooms.room_names(desk, unit="solgarden") == ("Stora rummet",)

    def test_a_way_takes_the_minutes_that_are_set(
        self, show_page: Callable[[type[RoomsPage], Desk], RoomsPage], desk: Desk
    ) -> None:
        units.add_unit(desk, name="Fyren", setting=Setting.SARSKILT_BOENDE)
        page = show_page(RoomsPage, desk)
        page.travel._minutes.setText("40")
        page.travel.save()
        (one,) = rooms.list_travel(desk)
        assert ({one.value.from_, one.value.to}, one.value.minutes) == ({"fyren", "solgarden"}, 40)
        page.travel._minutes.setText("5")
        page.travel.save()
        assert "finns redan" in page.travel.fault.text()

    def test_the_place_of_a_new_meeting_is_completed_and_a_taken_room_is_told(
        self, show_page: Callable[[type[RoomsPage], Desk], RoomsPage], desk: Desk
    ) -> None:
        rooms.keep_room(desk, room=Room(key="", name="Norr", unit="solgarden"), expected_version=None)
        panel = NewMeetingPanel(show_page(RoomsPage, desk).place)
        panel.begin(unit="solgarden", forum="apt", date=DAY, start=dt.time(13))
        completer = panel.where.completer()
        assert completer is not None
        assert completer.model().index(0, 0).data() == "Norr"
        panel.where.setText("Norr")
        panel._check()
        assert "Krock: Norr har teammöte på Norr 13.00–13.30." in panel.clashing.label.text()
        panel.book_it()
        assert "Norr" in {one.place for one in _all(desk)}


def _all(desk: Desk) -> list[Meeting]:
    return list(whole_meetings(desk))


class TestRegrets:
    def test_she_says_it_on_idag_and_the_convenor_is_told_until_she_has_seen_it(
        self, show_page: Callable[[type[TodayPage], Desk], TodayPage], desk: Desk
    ) -> None:
        stored = meetings.get_meeting(desk, key="teammote-1")
        today = replace(stored.value, date=dt.date(2026, 3, 2))
        meetings.save_meeting(desk, meeting=today, expected_version=stored.version)
        anna = show_page(TodayPage, seated(desk, Role.LICENSED, member="anna-berg"))
        ask = next(one for one in anna.findChildren(QPushButton) if one.text() == "Kan inte komma")
        QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
        asked = next(one for one in anna.findChildren(RegretQuestion) if one.isVisible())
        asked.substitute.set_person("dan-falk")
        asked.note.setText("Tandläkare")
        asked.accept()
        (regret,) = meetings.get_meeting(desk, key="teammote-1").value.regrets
        assert (regret.member, regret.substitute, regret.note) == ("anna-berg", "dan-falk", "Tandläkare")
        told = regrets.regrets_to_me(desk)
        said = "Anna Berg kan inte komma till teammöte på Norr i dag 13.00. Dan Falk kommer i stället."
        assert [one.sentence(desk.today) for one in told] == [f"{said} Ingen sjuksköterska är med."]
        chef = show_page(TodayPage, desk)
        seen = next(one for one in chef.findChildren(QPushButton) if one.text() == "Jag har sett det")
        QTest.mouseClick(seen, Qt.MouseButton.LeftButton)
        assert regrets.regrets_to_me(desk) == ()
        assert len(regrets.regrets_to_me(seated(desk, Role.CARE_STAFF, member="eva-chef"))) == 1, "the convenor too"
        assert regrets.regrets_to_me(seated(desk, Role.CARE_STAFF, member="gun-holm")) == ()
        anna.place.undo()
        assert meetings.get_meeting(desk, key="teammote-1").value.regrets == ()

    def test_it_is_entered_on_the_meeting_taken_back_and_fills_the_attendance_when_it_opens(
        self, show_page: Callable[[type[MeetingPage], Desk], MeetingPage], desk: Desk
    ) -> None:
        page = show_page(MeetingPage, desk)
        page.show_key("teammote-1")
        page.show_part(page.attendance)
        panel = page.attendance.regrets
        for substitute in ("gun-holm", "dan-falk"):
            panel.ask()
            asked = [one for one in panel.findChildren(RegretQuestion) if one.isVisible()][-1]
            asked.who.setCurrentIndex(asked.who.findData("anna-berg"))
            asked.substitute.set_person(substitute)
            asked.accept()
            assert "kan inte komma" in _texts(panel)
            if substitute == "gun-holm":
                back = next(one for one in panel.findChildren(QPushButton) if "Kommer ändå" in one.text())
                QTest.mouseClick(back, Qt.MouseButton.LeftButton)
                assert page.editor.meeting is not None
                assert page.editor.meeting.regrets == ()
                QApplication.processEvents()
        page.steps.start()
        meeting = page.editor.meeting
        assert meeting is not None
        assert [(one.member, one.status.value, one.substitute_for) for one in meeting.attendance] == [
            ("anna-berg", "excused", None), ("dan-falk", "present", "anna-berg"),
        ]  # fmt: skip

    def test_of_a_meeting_that_nobody_leads_no_other_units_enhetschef_is_told(self, desk: Desk) -> None:
        stored = meetings.get_meeting(desk, key="teammote-1")
        leaderless = replace(stored.value, chair=None)
        meetings.save_meeting(desk, meeting=leaderless, expected_version=stored.version)
        regrets.tell_regret(desk, meeting="teammote-1", member="bo-ek")
        assert len(regrets.regrets_to_me(desk)) == 1
        other = seated(desk, Role.MANAGER, units=frozenset({"fyren"}))
        assert other.actor.member is None
        assert regrets.regrets_to_me(other) == ()

    def test_a_colleague_does_not_say_it_and_does_not_read_why(self, desk: Desk) -> None:
        regrets.tell_regret(desk, meeting="teammote-1", member="bo-ek", note="Tandläkare")
        gun = seated(desk, Role.CARE_STAFF, member="gun-holm")
        assert meetings.get_meeting(gun, key="teammote-1").value.regrets[0].note is None
        bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
        assert meetings.get_meeting(bo, key="teammote-1").value.regrets[0].note == "Tandläkare"
        with pytest.raises(Exception, match="regret_of_another"):
            regrets.tell_regret(gun, meeting="teammote-1", member="anna-berg")


def _texts(shown: QWidget) -> str:
    return " ".join(one.text() for one in shown.findChildren(QLabel))


class TestSickCall:
    @pytest.fixture
    def page(self, show_page: Callable[[type[SickPage], Desk], SickPage], desk: Desk) -> SickPage:
        """The enhetschef's page, for the day of the teammöte."""
        page = show_page(SickPage, desk)
        page.day.setText("3/3")
        page.day.editingFinished.emit()
        return page

    def test_names_first_then_what_is_lost_and_one_press_enters_it_all(self, page: SickPage, desk: Desk) -> None:
        page.person.set_person("bo-ek")
        page._add()
        page.show_key("anna-berg")
        (card,) = page.cards
        assert card.hit.sick == ("bo-ek", "anna-berg")
        assert "Saknar omvårdnadspersonal och sjuksköterska." in card.state.text()
        assert page.told.text() == "1 möte tis 3 mars, 1 behöver din hjälp."
        assert card.hit.stand_ins["bo-ek"][0].key == "cia-dahl", "Gun sleeps in the day"
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        if page.sick:  # without a window that is active no shortcut is heard
            page.report()
        assert {(one.member, one.kind) for one in kept(desk)} == {
            ("bo-ek", AbsenceKind.SICK), ("anna-berg", AbsenceKind.SICK)
        }  # fmt: skip
        said = meetings.get_meeting(desk, key="teammote-1").value.regrets
        assert {one.member: one.substitute for one in said} == {"bo-ek": "cia-dahl", "anna-berg": None}
        assert page.sick == []
        page.place.undo()
        assert kept(desk) == []
        assert meetings.get_meeting(desk, key="teammote-1").value.regrets == ()

    def test_a_meeting_that_cannot_do_without_her_is_moved_and_moved_back(self, page: SickPage, desk: Desk) -> None:
        page.show_key("anna-berg")
        (card,) = page.cards
        assert card.hit.to_postpone
        assert card.move_button.text().strip() == "Flytta mötet till ons 4 mars 13.00"
        QTest.mouseClick(card.move_button, Qt.MouseButton.LeftButton)
        moved = meetings.get_meeting(desk, key="teammote-1").value
        assert (moved.date, moved.start) == (DAY + dt.timedelta(days=1), dt.time(13))
        assert page.cards == []
        page.place.undo()
        assert meetings.get_meeting(desk, key="teammote-1").value.date == DAY

    def test_nobody_is_proposed_for_two_sick_at_once_or_at_two_places(self, page: SickPage, desk: Desk) -> None:
        stored = meetings.get_meeting(desk, key="teammote-1").value
        apart = replace(stored, key="samtidigt", ward="soder", place="Söder", items=(), customers=())
        meetings.book_meeting(desk, meeting=replace(apart, participants=("bo-ek",), chair="bo-ek"))
        page.show_key("bo-ek")
        assert all(one.hit.stand_ins["bo-ek"][0].key == "cia-dahl" for one in page.cards)
        chosen = [person for one in page.cards for person in one.instead.values()]
        assert len(page.cards) == 2
        assert len(chosen) == len(set(chosen)), "whoever steps in at one is not to be at the other"
        page.report()
        assert [one for one in clashes.clashes_in(desk, from_=DAY, to=DAY) if one.second] == []

    def test_who_does_not_plan_reports_nobody_else(self, show_page: Show, desk: Desk) -> None:
        page = show_page(SickPage, seated(desk, Role.CARE_STAFF, member="bo-ek"))
        assert isinstance(page, SickPage)
        page.show_key("anna-berg")
        assert page.report_button.isHidden()
        with pytest.raises(Exception, match="not_allowed"):
            sick_call.report_sick(page.place.desk, members=("anna-berg",), day=DAY, instead={})


class TestCovers:
    def test_the_wards_are_covered_on_the_meetings_page_and_on_paper(
        self, show_page: Callable[[type[MeetingPage], Desk], MeetingPage], desk: Desk
    ) -> None:
        apt = replace(
            meetings.get_meeting(desk, key="teammote-1").value, key="apt-1", forum="apt", ward=None, items=(),
            customers=(), start=dt.time(14), end=dt.time(15),
        )  # fmt: skip
        later = replace(apt, key="kvalitet-1", forum="kvalitetsmote", start=dt.time(15), end=dt.time(15, 30))
        for one in (apt, later):
            meetings.book_meeting(desk, meeting=one)
        page = show_page(MeetingPage, desk)
        page.show_key("apt-1")
        page.show_part(page.details)
        panel = page.details.covers
        assert "ingen täcker Norr och Söder" in panel.told.text()
        panel.adders["norr"].set_person("gun-holm")
        panel.adders["norr"].picked.emit()
        panel.adders["norr"].set_person(Outsider("Karin Ek"))
        panel.adders["norr"].picked.emit()
        assert "ingen täcker Söder" in panel.told.text()
        expected = "Norr – Gun Holm 14.00–15.30, vikarie Karin Ek 14.00–15.30"
        for key in ("apt-1", "kvalitet-1"):
            assert papers.meeting_papers(desk, key=key, purpose=Purpose.AGENDA).covers == expected
        (week,) = week_papers.week_papers(desk, day=DAY)
        assert [one.covers for day in week.days for one in day.meetings] == ["", "", expected]
        panel.drop(panel.rows[0])
        left = papers.meeting_papers(desk, key="apt-1", purpose=Purpose.AGENDA).covers
        assert left == "Norr – vikarie Karin Ek 14.00–15.30"
        page.place.undo()
        assert papers.meeting_papers(desk, key="apt-1", purpose=Purpose.AGENDA).covers == expected

    def test_a_meeting_that_belongs_to_no_occasion_has_no_covers(
        self, show_page: Callable[[type[MeetingPage], Desk], MeetingPage], desk: Desk
    ) -> None:
        page = show_page(MeetingPage, desk)
        page.show_key("teammote-1")
        page.show_part(page.details)
        assert page.details.covers.isHidden()


def test_the_pages_are_reached_in_the_window(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    for name in ("away", "rooms", "sick"):
        frame.visit(name, "")
        assert frame.page is not None
        assert frame.page.name == name
