"""Inställningar, Gallring: a person chooses periods, holds something back, proposes, and another one approves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app import models as m
from app.domain.roles import Role
from app.services import disposal, holds
from app.services.desk import Desk
from app.ui.settings.disposal import DisposalSection
from app.ui.settings.page import SettingsPage
from app.ui.walk_steps import settle_down
from tests.services.test_disposal import desk, keep_minutes_for, keys_of, old_meeting, propose, second, take_in
from tests.support import seated, tied

__all__ = ["desk", "second"]
Show = Callable[[type[SettingsPage], Desk], SettingsPage]


@pytest.fixture
def section(desk: Desk, second: Desk, show_page: Show) -> Callable[[Desk], DisposalSection]:
    """The section as the person at a desk sees it."""

    def shown(at: Desk) -> DisposalSection:
        assert at.store is desk.store is second.store
        page = show_page(SettingsPage, at)
        page.show_key("disposal")
        found = page.section
        assert isinstance(found, DisposalSection)
        return found

    return shown


def texts(place: QWidget) -> str:
    settle_down()
    return "\n".join(one.text() for one in place.findChildren(QLabel) if one.isVisibleTo(place))


def named(place: QWidget, name: str) -> QPushButton:
    return next(one for one in place.findChildren(QPushButton) if one.accessibleName() == name)


def test_choosing_a_period_shows_what_it_means(desk: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    take_in(desk, old_meeting("gammalt", customer="kund-1"))
    page = section(desk)
    assert "Ingenting." in page.due.summary.text()
    page.periods.months["minutes"].setValue(60)
    assert "1 kan gallras, 0 hålls kvar" in page.due.summary.text()
    assert "Teammöte, Norr, Solgården" in texts(page.due)
    assert "Ingenting tas bort förrän en annan enhetschef har godkänt." in texts(page.due)
    assert disposal.disposal_periods(desk)[0].months == 60


def test_a_period_too_short_is_refused_and_shown_as_it_was(
    desk: Desk, section: Callable[[Desk], DisposalSection], heard: list[str]
) -> None:
    page = section(desk)
    page.periods.months["reviews"].setValue(12)
    assert "mellan 60 och 1200 månader" in heard[-1]
    assert page.periods.months["reviews"].value() == 60


def test_two_people_dispose(desk: Desk, second: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    page = section(desk)
    page.due.propose_button.click()
    page.question.accept()
    assert "Föreslaget av Eva Chef" in page.waiting.text.text()
    assert not page.waiting.approve_button.isVisibleTo(page)
    assert not page.due.propose_button.isVisibleTo(page)
    other = section(second)
    other.waiting.approve_button.click()
    assert "Minnesanteckningar från hållna möten: 1" in texts(other.waiting.question)
    other.waiting.question.accept()
    assert "gammalt" not in keys_of(desk, m.Meeting)
    assert "before-disposal" in other.result.text()
    assert " har kvar det gallrade och tas bort 1 april 2026" in other.result.text()
    assert not other.waiting.isVisibleTo(other)
    assert "Föreslaget av Eva Chef, godkänt av Maria Chef." in texts(other)


def test_she_who_is_alone_is_told_that_two_are_needed(desk: Desk, show_page: Show) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    propose(desk)
    page = show_page(SettingsPage, desk)
    page.show_key("disposal")
    assert isinstance(page.section, DisposalSection)
    assert "lägg upp ett konto till under Konton" in page.section.waiting.hint.text()


def test_she_whose_account_is_nobodys_is_told_how_to_tie_it(
    desk: Desk, second: Desk, section: Callable[[Desk], DisposalSection]
) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    nobody = tied(desk, user="chef", member=None)
    page = section(nobody)
    assert not page.due.propose_button.isVisibleTo(page)
    assert "Välj dig själv som medarbetare" in page.due.hindrance.text()
    propose(second)
    page = section(nobody)
    assert not page.waiting.approve_button.isVisibleTo(page)
    assert "Välj dig själv som medarbetare" in page.waiting.hint.text()
    assert "Det hade sparats sin tid 2 mars 2026" in page.waiting.text.text()


def test_a_proposal_is_taken_back(desk: Desk, second: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    propose(desk)
    page = section(second)
    page.waiting.withdraw_button.click()
    assert not page.waiting.isVisibleTo(page)
    assert "förslag från Eva Chef återtaget av Maria Chef" in texts(page)
    assert page.due.propose_button.isVisibleTo(page)


def test_what_changed_meanwhile_is_worded_and_kept(
    desk: Desk, second: Desk, section: Callable[[Desk], DisposalSection], heard: list[str]
) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    propose(desk)
    page = section(second)
    take_in(desk, old_meeting("till"))
    page.waiting.approve_button.click()
    page.waiting.question.accept()
    assert "Underlaget har ändrats" in heard[-1]
    assert {"gammalt", "till"} <= keys_of(desk, m.Meeting)
    assert page.waiting.approve_button.isEnabled()


def test_a_row_is_held_back_with_a_reason_and_let_go(desk: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    take_in(desk, old_meeting("gammalt"))
    keep_minutes_for(desk)
    page = section(desk)
    named(page.due, "Håll kvar Teammöte, Norr, Solgården 6 maj 2019").click()
    asked = page.due.question
    asked.accept()
    assert asked.fault.text() == "Skriv varför det ska hållas kvar."
    asked.findChild(QLineEdit).setText("Begärd av IVO")  # type: ignore[union-attr] # it is there
    asked.accept()
    assert "Stopp: Begärd av IVO" in texts(page.due)
    assert "0 kan gallras, 1 hålls kvar" in page.due.summary.text()
    lift = next(one for one in page.holds.findChildren(QPushButton) if one.text() == "Häv stoppet …")
    lift.click()
    page.holds.question.accept()
    assert "1 kan gallras, 0 hålls kvar" in page.due.summary.text()


def test_everything_about_a_customer_is_held(desk: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    page = section(desk)
    page.holds.customer.setCurrentIndex(page.holds.customer.findData("kund-3"))
    page.holds.reason.setText("Skadeståndsärende")
    page.holds.keep_button.click()
    [hold] = holds.list_holds(desk)
    assert (hold.label, hold.reason) == ("Gran 7", "Skadeståndsärende")
    assert "Skadeståndsärende (Eva Chef, 2 mars 2026)" in texts(page.holds)
    assert page.holds.reason.text() == ""


def test_an_account_of_some_units_sees_only_holds(desk: Desk, section: Callable[[Desk], DisposalSection]) -> None:
    limited = seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))
    page = section(limited)
    assert "Be en enhetschef med alla enheter." in page.result.text()
    assert not page.due.isVisibleTo(page)
    assert page.holds.isVisibleTo(page)


def test_nobody_else_has_the_section(desk: Desk, show_page: Show) -> None:
    from app.domain.roles import Role  # noqa: PLC0415

    page = show_page(SettingsPage, seated(desk, Role.LICENSED, member="anna-berg"))
    assert "disposal" not in [one.key for one in page._entries.values()]
