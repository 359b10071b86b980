"""Nödöppning as a person meets it: asked for on Kunder, said over every page, seen by the enhetschef on Idag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.domain.roles import Role
from app.models import Account
from app.services import customers, emergency
from app.ui.emergency import EmergencyForm
from app.ui.settings.emergencies import EmergenciesSection
from app.ui.settings.log_list import LogList
from app.ui.shell import MainWindow
from app.ui.widgets.fields import chosen
from tests.support import FixedClock, past_the_desk

WHY = "Kunden svarar inte på larm"


def buttons(window: QWidget) -> list[QPushButton]:
    return [one for one in window.findChildren(QPushButton) if one.isVisible()]


def press(window: QWidget, text: str) -> None:
    found = [one for one in buttons(window) if one.text().strip() == text]
    assert len(found) == 1, f"{text}: {len(found)}"
    found[0].click()


def seen(window: QWidget) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def listed(window: MainWindow) -> int:
    assert window.frame is not None
    page = window.frame.page
    assert page is not None
    return int(page.table.model().rowCount())  # type: ignore[attr-defined]  # the page is Kunder


def open_one(window: MainWindow) -> EmergencyForm:
    assert window.frame is not None
    window.frame.visit("customers", "")
    press(window, "Nödöppning …")
    form = window.findChildren(EmergencyForm)[0]
    assert form.isVisible()
    assert "loggas" in seen(form)
    return form


def test_bo_opens_his_unit_reads_and_ends_it(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("bo")
    form = open_one(window)
    assert listed(window) == 3
    assert chosen(form.unit) == "solgarden"
    press(form, "Öppna i en timme")
    assert "Skriv med några ord" in form.fault.text()
    form.reason.setPlainText(WHY)
    press(form, "Öppna i en timme")
    assert not form.isVisible()
    assert listed(window) == 4
    assert window.frame is not None
    strip = window.frame.strip
    assert strip.isVisible()
    assert strip.text.text() == "Nödöppning av Solgården till 10.00. Det du läser loggas."
    window.frame.visit("today", "")
    assert strip.isVisible()
    window.frame.visit("customers", "")
    press(window, "Avsluta nu")
    assert not strip.isVisible()
    assert listed(window) == 3


def test_it_is_over_after_the_hour(as_user: Callable[[str], MainWindow], clock: FixedClock) -> None:
    window = as_user("bo")
    open_one(window).reason.setPlainText(WHY)
    press(window, "Öppna i en timme")
    clock.moment += dt.timedelta(hours=1)
    assert window.frame is not None
    window.frame.strip._over.timeout.emit()  # what the clock does by itself an hour later
    assert not window.frame.strip.isVisible()
    assert listed(window) == 3


def test_it_is_still_there_after_the_lock(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("bo")
    open_one(window).reason.setPlainText(WHY)
    press(window, "Öppna i en timme")
    assert as_user("bo").frame.strip.isVisible()  # type: ignore[union-attr]


def test_the_enhetschef_sees_it_on_idag_until_she_has_said_so(
    as_user: Callable[[str], MainWindow], qtbot: QtBot
) -> None:
    window = as_user("bo")
    open_one(window).reason.setPlainText(WHY)
    press(window, "Öppna i en timme")
    window = as_user("chef")
    frame = window.frame
    assert frame is not None
    frame.visit("today", "")
    qtbot.waitUntil(lambda: "Nödöppning: Bo öppnade Solgården 09.00" in seen(window))
    assert WHY in seen(window)
    assert not frame.strip.isVisible()
    frame.visit("settings", "emergencies")
    section = frame.page.section  # type: ignore[union-attr]
    assert section.table.model().rowCount() == 1
    frame.visit("today", "")
    qtbot.waitUntil(lambda: "Jag har sett det" in [one.text().strip() for one in buttons(window)])
    press(window, "Jag har sett det")
    qtbot.waitUntil(lambda: "Nödöppning:" not in seen(window))
    place = window.place
    assert place is not None
    assert [one.seen_by for one in emergency.list_emergencies(place.desk)] == ["Eva Chef"]


def test_the_enhetschef_reads_the_whole_reason_and_what_was_read_meanwhile(
    as_user: Callable[[str], MainWindow], clock: FixedClock
) -> None:
    why = f"{WHY}, och ingen i teamet visste vilken lägenhet det gällde eller vem som brukar ha nyckeln"
    window = as_user("bo")
    place = window.place
    assert place is not None
    customers.list_customers(place.desk)
    clock.moment += dt.timedelta(minutes=5)
    emergency.open_emergency(place.desk, unit="solgarden", reason=why)
    clock.moment += dt.timedelta(minutes=10)
    customers.get_customer(place.desk, key="kund-4")
    clock.moment += dt.timedelta(hours=2)
    customers.list_customers(place.desk)
    frame = as_user("chef").frame
    assert frame is not None
    frame.visit("settings", "emergencies")
    section = frame.page.section  # type: ignore[union-attr]
    assert isinstance(section, EmergenciesSection)
    assert not section.chosen.isVisible()
    section.table.selectRow(0)
    assert section.reason.text() == why
    assert "Bo öppnade Solgården" in section.what.text()
    section.read_button.click()
    assert frame.where == ("settings", "log:emergency:1")
    found = frame.page.section.list  # type: ignore[union-attr]
    assert isinstance(found, LogList)
    assert found.during.isVisible()
    assert [gesture[0].customer for gesture in found.table.rows_model.rows] == ["kund-4", None]
    assert {row.user for gesture in found.table.rows_model.rows for row in gesture} == {"bo"}
    found.during.click()
    assert not found.during.isVisible()
    assert len(found.table.rows_model.rows) > 2


@pytest.mark.parametrize("user", ["chef", "siv", "lena"])
def test_others_are_not_offered_it(as_user: Callable[[str], MainWindow], user: str) -> None:
    window = as_user(user)
    assert window.frame is not None
    window.frame.visit("customers", "")
    assert [one for one in window.findChildren(QPushButton) if "Nödöppning" in one.text()] == []


def test_a_changed_account_is_told_and_shown_the_way_to_log_in(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("anna")
    place, frame = window.place, window.frame
    assert place is not None
    assert frame is not None
    with past_the_desk(place.desk, writing=True) as work:
        work.session.execute(update(Account).where(Account.user == "anna").values(role=Role.READER.value))
        work.commit()
    frame.visit("meetings", "")
    assert frame.bar.text.text() == "Din behörighet har ändrats. Logga in igen."
    press(window, "Till inloggningen")
    assert window.entrance.isVisible()
    assert as_user("anna").place.desk.actor.role is Role.READER  # type: ignore[union-attr]
