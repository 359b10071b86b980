"""Minutes written while people talk: by keys alone, with the clock, whose turn it is, and one customer in the room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.meetings import Attendance, AttendanceStatus, ItemAbsence, Meeting, MeetingStatus
from app.domain.people import Outsider
from app.domain.roles import Role
from app.services import meetings
from app.services.preferences import get_preference
from app.ui.meetings.alone import AloneView
from app.ui.meetings.around import PACE
from app.ui.meetings.card_kinds import ActionCard, DecisionCard, QuestionCard
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from tests import support

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Keys:
    """A person who has no mouse: presses go to whatever has the focus, and are counted."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.count = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """One key with what is held down."""
        self.count += 1
        QTest.keyClick(self._focused(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters; å, ä and ö as the toolkit's tests can send them."""
        for char in text:
            self.count += 1
            if char.isascii():
                QTest.keyClicks(self._focused(), char)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(self._focused(), QKeyEvent(kind, Qt.Key.Key_unknown, NONE, char))

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window


class Mouse(QObject):
    """Sees whether a mouse is used."""

    def __init__(self) -> None:
        super().__init__()
        self.used = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - the toolkit's name
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel):
            self.used += 1
        return False


@pytest.fixture
def mouse() -> Iterator[Mouse]:
    seen = Mouse()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(seen)
    yield seen
    app.removeEventFilter(seen)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MeetingPage:
    """The teammöte of Norr."""
    assert window.frame is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


@pytest.fixture
def live(page: MeetingPage) -> MeetingPage:
    """The same, under way, at the first customer."""
    page.steps.start()
    page.agenda.choose("punkt-2")
    QApplication.processEvents()
    page.point.note.setFocus()
    return page


def stored(page: MeetingPage) -> Meeting:
    return meetings.get_meeting(page.place.desk, key="teammote-1").value


def enter(page: MeetingPage, text: str) -> None:
    """Type a line and Enter."""
    keys = Keys(page)
    page.point.note.setFocus()
    keys.type(text)
    page.point.note.offers.hide()
    keys.press(Qt.Key.Key_Return)


def command(keys: Keys, name: str, text: str, person: str = "", day: str = "") -> int:
    """Write a command with its text; how many keys it took beside the text itself."""
    begun = keys.count
    keys.type(name)
    keys.press(Qt.Key.Key_Tab)
    if person:
        keys.type(person)
        keys.press(Qt.Key.Key_Tab)
    keys.type(day + text)
    keys.press(Qt.Key.Key_Return)
    return keys.count - begun - len(text)


def test_a_whole_teammote_is_written_without_the_mouse(window: MainWindow, page: MeetingPage, mouse: Mouse) -> None:
    keys = Keys(window)
    keys.press(Qt.Key.Key_M, CTRL)
    assert page.editor.meeting is not None
    assert page.editor.meeting.status is MeetingStatus.OPEN
    keys.type("Godkända.")
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.press(Qt.Key.Key_E, CTRL)
    keys.type("Mer stel efter fallet.")
    keys.press(Qt.Key.Key_Return)

    decision = command(keys, "/b", "ny förflyttningsplan")
    action = command(keys, "/å", "skriv planen", "@an", "fre ")
    question = command(keys, "/f", "vem tar hjälpmedlet?")

    keys.type("Inga sy")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_M, CTRL)

    figures = f"keys beside the text itself: decision {decision}, action {action}, question {question}"
    meeting = stored(page)
    item = meeting.item("punkt-2")
    assert item is not None, figures
    assert meeting.status is MeetingStatus.DRAFT, figures
    assert meeting.items[0].notes == "Godkända.", figures
    assert item.notes == "Mer stel efter fallet.\nInga synpunkter.", figures
    assert item.decisions == ("Ny förflyttningsplan",), figures
    assert [(one.text, one.responsible, one.due) for one in item.actions] == [
        ("Skriv planen", "anna-berg", dt.date(2026, 3, 6))
    ], figures
    assert [one.question for one in item.questions] == ["Vem tar hjälpmedlet?"], figures
    assert mouse.used == 0, figures
    assert decision <= 4, figures
    assert action <= 12, figures
    assert question <= 4, figures


def test_a_line_becomes_a_card_and_ctrl_z_gives_the_line_back(live: MeetingPage) -> None:
    enter(live, "/beslut ny plan")
    assert [card.text.toPlainText() for card in live.cards._shown(DecisionCard)] == ["Ny plan"]
    assert live.point.note.toPlainText() == ""
    assert live.point.said.text() == "Beslut: Ny plan."
    Keys(live).press(Qt.Key.Key_Z, CTRL)
    assert live.point.note.toPlainText() == "/beslut ny plan"
    assert live.cards._shown(DecisionCard) == []
    item = stored(live).item("punkt-2")
    assert item is not None
    assert (item.decisions, item.notes) == ((), "/beslut ny plan")


def test_what_is_typed_after_a_line_is_taken_back_first(live: MeetingPage) -> None:
    enter(live, "/beslut ny plan")
    keys = Keys(live)
    keys.type("Mer")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert live.point.note.toPlainText() == ""
    assert len(live.cards._shown(DecisionCard)) == 1


def test_the_rest_of_the_note_stands_where_it_stood(live: MeetingPage) -> None:
    live.point.note.setPlainText("Först.\n/beslut mitt i\nSist.")
    cursor = live.point.note.textCursor()
    cursor.setPosition(len("Först.\n/beslut"))
    live.point.note.setTextCursor(cursor)
    live.point.note.setFocus()
    Keys(live).press(Qt.Key.Key_Return)
    assert live.point.note.toPlainText() == "Först.\nSist."
    live.editor.save()
    item = stored(live).item("punkt-2")
    assert item is not None
    assert (item.notes, item.decisions) == ("Först.\nSist.", ("Mitt i",))


def test_a_relief_worker_is_named_freely_and_that_is_said(live: MeetingPage) -> None:
    enter(live, "/åtgärd @Karin Ek i morgon boka rum")
    card = live.cards._shown(ActionCard)[0]
    assert card.who.person == Outsider("Karin Ek")
    assert live.point.said.text() == (
        "Åtgärd: Boka rum, Karin Ek, senast tis 3 mars. Karin Ek finns inte i teamet och står som en person utifrån."
    )


def test_who_is_to_answer_is_kept_before_the_answer(live: MeetingPage) -> None:
    enter(live, "/fråga till @bo vem tar nyckeln?")
    live.cards._shown(QuestionCard)[0].text.setPlainText("Vem tar nyckeln hem?")
    live.editor.save()
    item = stored(live).item("punkt-2")
    assert item is not None
    assert [(one.question, one.answered_by) for one in item.questions] == [("Vem tar nyckeln hem?", "bo-ek")]


def test_a_point_is_lifted_and_what_is_said_of_it_stays_in_the_note(live: MeetingPage) -> None:
    enter(live, "/lyft apt rutinen för nycklar")
    live.editor.save()
    item = stored(live).item("punkt-2")
    assert item is not None
    assert (item.lifted_to, item.notes) == ("apt", "Rutinen för nycklar")
    assert live.cards.lift is not None
    assert live.cards.lift.currentText() == "APT"


def test_an_unclear_line_stays_and_says_why_and_enter_again_leaves_it_as_text(live: MeetingPage) -> None:
    enter(live, "/åtgärd ring måndag och torsdag")
    assert live.point.note.toPlainText() == "/åtgärd ring måndag och torsdag"
    assert "flera dagar" in live.point.said.text()
    assert live.point.said.isVisible()
    Keys(live).press(Qt.Key.Key_Return)
    assert live.point.note.toPlainText() == "/åtgärd ring måndag och torsdag\n"
    assert not live.point.said.isVisible()
    assert live.cards._shown(ActionCard) == []


def test_names_and_customers_are_completed_from_what_the_person_may_see(live: MeetingPage) -> None:
    keys = Keys(live)
    keys.type("Se #")
    shown = [live.point.note.offers.item(n).text() for n in range(live.point.note.offers.count())]
    assert shown == ["1101 AB", "1102 CD", "1201 GH", "Gran 7"]
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    keys.type("och @")
    first = live.point.note.offers.item(0).text()
    assert first == "Eva Chef, enhetschef"
    keys.press(Qt.Key.Key_Escape)
    assert not live.point.note.offers.isVisible()
    assert live.point.note.toPlainText() == "Se 1102 CD och @"


def test_a_sentence_is_offered_but_enter_begins_a_new_line(live: MeetingPage) -> None:
    keys = Keys(live)
    keys.type("Enligt")
    assert live.point.note.offers.isVisible()
    keys.press(Qt.Key.Key_Return)
    assert live.point.note.toPlainText() == "Enligt\n"


def test_nothing_is_offered_to_whoever_may_not_write(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("anna")
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-2")
    if page.editor.may_write:
        page.editor.around = replace(page.editor.around, rights=frozenset())  # type: ignore[type-var]
        page.point.show_item("punkt-2")
    page.point.note.setFocus()
    Keys(page).type("/b")
    assert not page.point.note.offers.isVisible()


# the clock


def test_the_clock_follows_each_point_and_survives_that_the_page_is_left(
    window: MainWindow, page: MeetingPage, clock: support.FixedClock
) -> None:
    clock.moment = dt.datetime.combine(dt.date(2026, 3, 3), dt.time(13))
    page.agenda.choose("punkt-2")
    page.point.minutes.setValue(5)
    page.steps.start()
    clock.moment += dt.timedelta(minutes=4)
    page.agenda.tick()
    told = page.agenda.live
    assert told.clock.text() == "Klockan 13.04"
    assert told.whole.text() == "26 min kvar, pågått 4 min"
    assert told.point.text() == "Punkt 2 av 4: 4 av 5 min"
    assert told.after.text() == "Sedan: 1102 CD"
    assert told.bar.value() == 240
    assert window.frame is not None
    window.frame.visit("today", "")
    assert "punkt-2" in get_preference(page.place.desk, name=PACE)
    window.lock()
    clock.moment += dt.timedelta(minutes=3)
    window.entrance.try_log_in("chef", support.PASSWORD)
    window.frame.visit("meeting", "teammote-1#punkt-2")
    again = window.frame.page
    assert isinstance(again, MeetingPage)
    assert again.agenda.live.point.text() == "Punkt 2 av 4: 7 av 5 min"
    assert again.agenda.live.bar.property("over") is True
    again.agenda.choose("punkt-4")
    assert again.agenda.live.point.text() == "Punkt 4 av 4: 0 min"
    assert again.agenda.live.after.text() == "Sista punkten"


def test_a_meeting_that_is_taken_up_again_counts_nothing_for_the_time_between(
    page: MeetingPage, clock: support.FixedClock
) -> None:
    page.steps.start()
    page.agenda.choose("punkt-2")
    clock.moment += dt.timedelta(minutes=2)
    page.steps.close()
    clock.moment += dt.timedelta(hours=1)
    page.steps.resume()
    page.agenda.choose("punkt-2")
    assert page.pace.seconds("punkt-2") in (120, 0)
    clock.moment += dt.timedelta(minutes=1)
    assert page.pace.seconds("punkt-2") <= 180


# whose turn


def test_the_word_goes_round_by_one_key(window: MainWindow, live: MeetingPage) -> None:
    row = live.point.round
    assert row.isVisible()
    assert row.said.text() == "Laget runt: Eva Chef börjar"
    keys = Keys(window)
    keys.press(Qt.Key.Key_F8)
    assert row.said.text() == "Eva Chef har ordet, sedan Anna Berg"
    keys.press(Qt.Key.Key_F8)
    assert row._buttons["eva-chef"].accessibleName() == "Eva Chef, har talat"
    assert row._buttons["anna-berg"].isChecked()
    keys.press(Qt.Key.Key_F8, SHIFT)
    assert row._buttons["eva-chef"].isChecked()
    for _ in range(3):
        keys.press(Qt.Key.Key_F8)
    assert row.said.text() == "Alla har haft ordet"
    live.agenda.choose("punkt-3")
    assert row.said.text() == "Laget runt: Eva Chef börjar"
    live.agenda.choose("punkt-4")
    assert not row.isVisible()


def test_whoever_is_pressed_has_the_word(live: MeetingPage) -> None:
    live.point.round._buttons["bo-ek"].click()
    assert live.point.round.said.text() == "Bo Ek har ordet, sedan Eva Chef"


# only the customer at hand


def visible_texts(window: QWidget) -> list[str]:
    """Everything that the window shows or tells assistive tools, lists and completions too."""
    found = [window.windowTitle(), window.accessibleName()]
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for one in (top, *top.findChildren(QWidget)):
            if not one.isVisible():
                continue
            found += [one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle()]
            found += [one.statusTip(), one.whatsThis()]
            if isinstance(one, QLabel | QLineEdit) or (hasattr(one, "text") and callable(one.text)):
                found.append(str(one.text()))
            if isinstance(one, QPlainTextEdit):
                found += [one.toPlainText(), one.placeholderText()]
            if isinstance(one, QComboBox):
                found += [one.itemText(n) for n in range(one.count())]
            if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
                found += [str(model.index(n, 0).data() or "") for n in range(model.rowCount())]
    return [text for text in found if text]


def others_on(window: QWidget) -> list[str]:
    telling = ("1102", "CD", "Gran 7", "1103", "EF", "1201", "GH", "Sommarfest")
    return [text for text in visible_texts(window) if any(one in text for one in telling)]


@pytest.fixture
def mixed(live: MeetingPage) -> MeetingPage:
    """The point of AB is decided on; another point tells of CD."""
    enter(live, "/beslut AB får ny rollator")
    enter(live, "/beslut samma modell som CD har")
    live.agenda.choose("punkt-3")
    enter(live, "/beslut CD väntar")
    live.agenda.choose("punkt-2")
    return live


def test_with_a_customer_in_the_room_nobody_else_is_on_the_screen(window: MainWindow, mixed: MeetingPage) -> None:
    assert others_on(window), "the whole meeting names others, else this test sees nothing"
    keys = Keys(window)
    keys.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    view = mixed.alone.view
    assert isinstance(view, AloneView)
    assert view.isVisible()
    assert others_on(window) == []
    shown = visible_texts(window)
    assert "1101 AB" in shown
    assert "Beslut: AB får ny rollator" in shown
    assert not any("samma modell" in text for text in shown)
    keys.press(Qt.Key.Key_F9)
    assert mixed.alone.view is None
    assert others_on(window)


def test_meanwhile_no_other_page_and_no_search_opens(window: MainWindow, mixed: MeetingPage) -> None:
    frame = window.frame
    assert frame is not None
    keys = Keys(window)
    keys.press(Qt.Key.Key_F9)
    before = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    for key, modifiers in (
        (Qt.Key.Key_K, CTRL), (Qt.Key.Key_N, CTRL), (Qt.Key.Key_4, CTRL), (Qt.Key.Key_1, CTRL),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_P, CTRL), (Qt.Key.Key_F5, NONE),
        (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_PageDown, CTRL), (Qt.Key.Key_G, CTRL), (Qt.Key.Key_J, CTRL),
        (Qt.Key.Key_C, CTRL | SHIFT), (Qt.Key.Key_F7, NONE), (Qt.Key.Key_M, CTRL),
    ):  # fmt: skip
        keys.press(key, modifiers)
        QApplication.processEvents()
        assert others_on(window) == [], key
        assert frame.where[0] == "meeting"
    frame.visit("customers", "")
    frame.print_period()
    assert {one for one in QApplication.topLevelWidgets() if one.isVisible()} == before
    assert not frame.rail.isVisible()
    assert others_on(window) == []
    assert "F9" in frame.bar.text.text()


def test_what_is_told_meanwhile_names_nobody_else(window: MainWindow, mixed: MeetingPage) -> None:
    assert window.frame is not None
    Keys(window).press(Qt.Key.Key_F9)
    mixed.place.told.emit("1102 CD är tillagd")
    assert window.frame.bar.text.text() == "Klart."
    mixed.place.troubled.emit("1102 CD kunde inte sparas")
    assert "1102" not in window.frame.bar.text.text()
    mixed.place.told.emit("1101 AB är sparad")
    assert window.frame.bar.text.text() == "1101 AB är sparad"
    assert others_on(window) == []


def test_a_point_that_a_colleague_takes_away_shows_nobody_else(window: MainWindow, mixed: MeetingPage) -> None:
    Keys(window).press(Qt.Key.Key_F9)
    colleague = support.seated(mixed.place.desk, Role.MANAGER)
    found = meetings.get_meeting(colleague, key="teammote-1")
    items = tuple(one for one in found.value.items if one.key != "punkt-2")
    meetings.save_meeting(colleague, meeting=replace(found.value, items=items), expected_version=found.version)
    mixed.editor.load("teammote-1")
    QApplication.processEvents()
    assert mixed.alone.view is not None
    assert others_on(window) == []
    assert "Punkten går inte att visa längre" in visible_texts(window)
    Keys(window).press(Qt.Key.Key_F9)
    assert mixed.alone.view is None


def test_the_note_is_written_and_decided_on_there_too(window: MainWindow, mixed: MeetingPage) -> None:
    keys = Keys(window)
    keys.press(Qt.Key.Key_F9)
    view = mixed.alone.view
    assert view is not None
    view.note.field.setFocus()
    keys.type("Vill gå mer.")
    keys.press(Qt.Key.Key_Return)
    keys.type("Se #")
    offered = [view.note.field.offers.item(n).text() for n in range(view.note.field.offers.count())]
    assert offered == ["1101 AB"]
    for _ in "Se #":
        keys.press(Qt.Key.Key_Backspace)
    keys.type("/beslut promenad varje dag")
    keys.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "Beslut: Promenad varje dag" in visible_texts(window)
    keys.press(Qt.Key.Key_Z, CTRL)
    assert view.note.field.toPlainText() == "Vill gå mer.\n/beslut promenad varje dag"
    keys.press(Qt.Key.Key_End, CTRL)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_F9)
    assert mixed.point.note.toPlainText().strip() == "Vill gå mer."
    assert "Promenad varje dag" in [card.text.toPlainText() for card in mixed.cards._shown(DecisionCard)]


def test_a_note_that_names_another_is_shown_without_that_line(window: MainWindow, mixed: MeetingPage) -> None:
    mixed.point.note.setPlainText("AB sover bättre.\nCD stör om natten.")
    mixed.editor.save()
    mixed.agenda.points.setFocus()
    Keys(window).press(Qt.Key.Key_F9)
    view = mixed.alone.view
    assert view is not None
    assert not view.note.isVisible()
    assert view.read_only.text() == "AB sover bättre.\n[En rad visas inte här]"
    assert others_on(window) == []


def test_after_the_lock_only_she_is_shown_still(window: MainWindow, mixed: MeetingPage) -> None:
    Keys(window).press(Qt.Key.Key_F9)
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    QApplication.processEvents()
    assert others_on(window) == []
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    assert page.alone.view is not None


def test_a_point_about_nobody_says_where_it_works(window: MainWindow, live: MeetingPage) -> None:
    live.agenda.choose("punkt-4")
    assert window.frame is not None
    window.frame.only_customer()
    assert live.alone.view is None
    assert "punkt om en kund" in window.frame.bar.text.text()


def test_what_a_colleague_writes_meanwhile_is_asked_about_afterwards(window: MainWindow, mixed: MeetingPage) -> None:
    Keys(window).press(Qt.Key.Key_F9)
    colleague = support.seated(mixed.place.desk, Role.MANAGER)
    found = meetings.get_meeting(colleague, key="teammote-1")
    items = tuple(
        replace(one, notes="Skrivet av en kollega, om CD") if one.key == "punkt-2" else one for one in found.value.items
    )
    meetings.save_meeting(colleague, meeting=replace(found.value, items=items), expected_version=found.version)
    view = mixed.alone.view
    assert view is not None
    view.note.field.setPlainText("Mitt")
    mixed.editor.save()
    QApplication.processEvents()
    assert others_on(window) == []
    assert mixed._clash is not None


# who comes and goes


def test_comings_and_leavings_are_noted_by_one_press(live: MeetingPage, clock: support.FixedClock) -> None:
    clock.moment = dt.datetime.combine(dt.date(2026, 3, 3), dt.time(13, 7))
    live.show_part(live.attendance)
    live.attendance.came("bo-ek")
    row = next(one for one in live.attendance._people() if one.person == "bo-ek")
    assert row.out.text() == "Ute under punkt 2 (jäv)"
    clock.moment += dt.timedelta(minutes=3)
    live.attendance.goes_out("bo-ek")
    assert live.attendance.is_out("bo-ek")
    clock.moment += dt.timedelta(minutes=4)
    live.attendance.comes_back("bo-ek")
    row = next(one for one in live.attendance._people() if one.person == "bo-ek")
    assert any("utom § 2" in one.text() for one in row.findChildren(QLabel))
    clock.moment += dt.timedelta(minutes=5)
    live.attendance.left("bo-ek")
    live.editor.save()
    item = stored(live).item("punkt-2")
    assert item is not None
    assert item.absences == (ItemAbsence(person="bo-ek", to=dt.time(13, 14), reason="jäv"),)
    assert stored(live).attendance == (
        Attendance(member="bo-ek", status=AttendanceStatus.PRESENT, from_=dt.time(13, 7), to=dt.time(13, 19)),
    )  # fmt: skip


def outs(page: MeetingPage) -> list[str]:
    """What the point says of who is out of it."""
    QApplication.processEvents()
    shown = [one for one in page.point.outs.findChildren(QLabel) if one.isVisibleTo(page)]
    return [one.text() for one in shown if "deltog" in one.text()]


def test_who_is_out_of_a_point_is_entered_and_back_by_keys_and_follows_the_point(
    live: MeetingPage, window: MainWindow, clock: support.FixedClock, mouse: Mouse
) -> None:
    keys = Keys(window)
    clock.moment = dt.datetime.combine(dt.date(2026, 3, 3), dt.time(13, 10))
    keys.type("Testamentet togs upp.")
    keys.press(Qt.Key.Key_J, CTRL)
    keys.type("Bo")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Return)
    assert outs(live) == ["Bo Ek deltog inte i punkten från 13.10 (jäv)"]
    live.agenda.points.move(1)
    clock.moment += dt.timedelta(minutes=6)
    keys.press(Qt.Key.Key_J, CTRL | SHIFT)
    assert outs(live) == ["Bo Ek deltog inte i punkten 13.10–13.16 (jäv)"]
    assert mouse.used == 0
    live.editor.save()
    assert [item.key for item in stored(live).items][2] == "punkt-2"
    item = stored(live).item("punkt-2")
    assert item is not None
    assert item.absences == (
        ItemAbsence(person="bo-ek", from_=dt.time(13, 10), to=dt.time(13, 16), reason="jäv"),
    )  # fmt: skip
    live.place.undo()
    assert outs(live) == ["Bo Ek deltog inte i punkten från 13.10 (jäv)"]


def test_esc_leaves_the_question_and_another_point_has_its_own(live: MeetingPage, window: MainWindow) -> None:
    keys = Keys(window)
    keys.press(Qt.Key.Key_J, CTRL)
    assert live.point.outs.adder.isVisible()
    keys.press(Qt.Key.Key_Escape)
    assert not live.point.outs.isVisible()
    live.point.outs.begin()
    live.point.outs.who.set_person(Outsider("Kari Nordmann"))
    live.point.outs.why.setText("")
    live.point.outs.add()
    assert outs(live) == ["Kari Nordmann deltog inte i punkten"]
    live.agenda.choose("punkt-4")
    assert outs(live) == []
    live.agenda.choose("punkt-2")
    item = live.editor.meeting.item("punkt-2") if live.editor.meeting is not None else None
    assert item is not None
    live.point.outs.remove(item.absences[0])
    assert outs(live) == []


def test_the_agenda_is_changed_in_the_meeting_by_keys_alone(
    live: MeetingPage, window: MainWindow, mouse: Mouse
) -> None:
    keys = Keys(window)
    keys.press(Qt.Key.Key_N, CTRL)
    keys.type("Nycklar")
    keys.press(Qt.Key.Key_Return)
    keys.type("Tre saknas.")
    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(Qt.Key.Key_Up, ALT)
    keys.press(Qt.Key.Key_F2)
    keys.type("Nycklar till medicinrummet")
    keys.press(Qt.Key.Key_Return)
    keys.type(" Anmält.")
    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Delete)
    live.editor.save()
    items = stored(live).items
    assert [item.heading for item in items] == ["1101 AB", "1102 CD", "Nycklar till medicinrummet", "Sommarfest"]
    assert items[2].notes == "Tre saknas. Anmält."
    assert mouse.used == 0
    keys.press(Qt.Key.Key_Z, CTRL)
    assert stored(live).items[0].key == "punkt-1"
