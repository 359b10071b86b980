"""Backups in the window: the list, the second place, the day's own, and the way back to one of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.customers import Customer
from app.services import access, backups, customers
from app.services.access import Surroundings
from app.services.desk import Desk
from app.storage import backup, key_file
from app.ui.access.restore_page import RestorePage
from app.ui.application import make_window
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.papers.preview import PreviewWindow
from app.ui.settings.backups import BackupsSection
from app.ui.settings.data import DataSection
from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow
from tests.storage.test_rescue import flip, pages_of
from tests.storage.tools import tamper
from tests.support import PASSWORD, FixedClock, audit_rows, log_in, surroundings

Open = Callable[[Desk], SettingsPage]


@pytest.fixture
def open_page(show_page: Callable[[type[SettingsPage], Desk], SettingsPage]) -> Open:
    return lambda desk: show_page(SettingsPage, desk)


def section_of(page: SettingsPage) -> BackupsSection:
    page.show_key("backups")
    assert isinstance(page.section, BackupsSection)
    return page.section


def texts(page: RestorePage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


class TestSection:
    """Inställningar, Säkerhetskopior."""

    def test_none_yet_then_one_with_its_receipt(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        section = section_of(open_page(desk))
        assert "ingen kontrollerad kopia" in section.state.text()
        section.now_button.click()
        assert "Senaste kopian: i dag 09.00, kontrollerad." in section.state.text()
        assert "är gjord och kontrollerad" in heard[-1]
        assert section.table.rows_model.rowCount() == 1
        section.receipt_button.click()
        papers = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.pages]
        pages = papers[-1].pages
        assert pages is not None
        shown = pages.text(0)
        receipt = section.table.rows_model.rows[0].backup.receipt
        assert receipt is not None
        assert receipt.head in " ".join(shown.split())
        assert receipt.name in shown

    def test_a_backup_elsewhere_opens_with_the_same_password(self, desk: Desk, tmp_path: Path, open_page: Open) -> None:
        section = section_of(open_page(desk))
        section.back_up_to(tmp_path / "kopior")
        (made,) = (tmp_path / "kopior").glob("*.tfdb")
        assert ("back_up", f"backup:{made.name}", None) in audit_rows(desk)
        copy = access.log_in(surroundings(), made, user="chef", password=PASSWORD)
        assert len(customers.list_customers(copy)) == 4
        copy.close()

    def test_one_that_cannot_be_made_says_so(
        self, desk: Desk, tmp_path: Path, open_page: Open, heard: list[str]
    ) -> None:
        section = section_of(open_page(desk))
        (tmp_path / "fil").write_text("ingen mapp", encoding="utf-8")
        section.back_up_to(tmp_path / "fil")
        assert "kunde inte göras" in heard[-1]
        assert section.now_button.isEnabled()

    def test_the_second_place_is_chosen_seen_missing_and_given_up(
        self, desk: Desk, tmp_path: Path, open_page: Open
    ) -> None:
        section = section_of(open_page(desk))
        usb = tmp_path / "usb"
        usb.mkdir()
        section.set_second(usb)
        assert section.second.text() == str(usb)
        section.now_button.click()
        assert {one.second for one in section.table.rows_model.rows} == {True, False}
        for path in usb.iterdir():
            path.unlink()
        usb.rmdir()
        section.refresh()
        assert "går inte att nå" in section.second.text()
        section.give_up_button.click()
        assert backups.second_place(desk) is None
        assert section.give_up_button.isHidden()


@pytest.fixture
def paper(desk: Desk) -> str:
    """The recovery key, as it lies in its envelope."""
    return access.issue_recovery_key(desk)


@pytest.fixture
def kept(desk: Desk, tmp_path: Path, paper: str) -> Path:
    """A backup elsewhere; afterwards came one customer more."""
    made = backups.back_up(desk, folder=tmp_path / "kopior")
    customers.add_customer(desk, customer=Customer(key="kund-9", reference="ZZ", unit="solgarden", ward="norr"))
    desk.close()
    return made


def restore_by(page: RestorePage, copy: Path) -> None:
    page.choose(copy)
    page.user.setText("chef")
    page.password.setText(PASSWORD)
    page.look_button.click()
    assert page.restore_button.isVisible(), texts(page)
    page.restore_button.click()
    assert "Skriv varför" in texts(page)
    page.reason.setText("prov")
    page.restore_button.click()


def customers_in(database: Path) -> int:
    desk = log_in(database)
    try:
        return len(customers.list_customers(desk))
    finally:
        desk.close()


class TestRestore:
    """From the settings, from the log-in, and where there is no database at all."""

    def test_from_the_settings_the_window_locks_and_it_is_done(
        self, kept: Path, database: Path, window: MainWindow
    ) -> None:
        assert window.frame is not None
        window.frame.visit("settings", "backups")
        page = window.frame.page
        assert isinstance(page, SettingsPage)
        section = section_of(page)
        section.restore_button.click()
        shown = section.restore_page
        assert shown is not None
        restore_by(shown, kept)
        assert window.place is None, "nobody is logged in any more"
        done = window.entrance.restore_page
        assert done is not None
        assert "Databasen är återställd" in done.told.text()
        done.done_button.click()
        assert window.entrance.log_in.isVisible()
        assert customers_in(database) == 4

    def test_the_preview_lays_both_side_by_side(self, kept: Path, closed_window: MainWindow) -> None:
        closed_window.entrance.log_in.restore_wanted.emit()
        page = closed_window.entrance.restore_page
        assert page is not None
        page.choose(kept)
        page.password.setText("fel lösenord")
        page.look_button.click()
        assert "Fel användare eller lösenord" in texts(page)
        page.password.setText(PASSWORD)
        page.look_button.click()
        cells = [one.text() for one in page.findChildren(QLabel)]
        at = cells.index("Kunder")
        assert cells[at : at + 3] == ["Kunder", "4", "5"]
        assert "chef" in page.notes.text()
        assert not [one for one in cells if re.search(r"\d{4}-\d\d-\d\d", one)], "each date as it is said"

    def test_from_the_log_in_over_a_damaged_database(
        self, kept: Path, database: Path, closed_window: MainWindow, paper: str
    ) -> None:
        database.write_bytes(b"trasig" * 4000)
        closed_window.entrance.try_log_in("chef", PASSWORD)
        assert "skadad" in texts_of(closed_window)
        closed_window.entrance.log_in.restore_wanted.emit()
        page = closed_window.entrance.restore_page
        assert page is not None
        assert not page.proof.isVisible()
        page.choose(kept)
        page.user.setText("chef")
        page.password.setText(PASSWORD)
        page.look_button.click()
        assert "skriv också återställningsnyckeln" in texts(page)
        assert page.proof.recovery_key.isVisible()
        assert not page.proof.password_now.isVisible()
        page.proof.recovery_key.setText(paper)
        restore_by(page, kept)
        assert "ersatt" in page.told.text()
        assert page.proof.recovery_key.text() == ""
        assert customers_in(database) == 4

    def test_the_password_of_now_is_asked_for_where_it_is_another(
        self, kept: Path, database: Path, closed_window: MainWindow
    ) -> None:
        desk = log_in(database)
        access.change_password(desk, surroundings(), old=PASSWORD, new="ett helt annat lösenord")
        desk.close()
        closed_window.entrance.log_in.restore_wanted.emit()
        page = closed_window.entrance.restore_page
        assert page is not None
        page.choose(kept)
        page.user.setText("chef")
        page.password.setText(PASSWORD)
        page.look_button.click()
        assert "Skriv också lösenordet du har nu" in texts(page)
        assert page.proof.password_now.isVisible()
        page.proof.password_now.setText("ett helt annat lösenord")
        restore_by(page, kept)
        assert "Databasen är återställd" in page.told.text()
        assert customers_in(database) == 4

    def test_where_there_is_no_database_the_first_run_leads_here(
        self, kept: Path, tmp_path: Path, qtbot: QtBot, around: Callable[[], Surroundings]
    ) -> None:
        new = tmp_path / "ny.tfdb"
        window = make_window(new, user="", around=around, runner=DirectRunner())
        qtbot.addWidget(window)
        window.show()
        window.entrance.prepare()
        assert window.entrance.wizard is not None
        window.entrance.wizard.restore_wanted.emit()
        page = window.entrance.restore_page
        assert page is not None
        restore_by(page, kept)
        page.done_button.click()
        assert window.entrance.log_in.isVisible()
        assert customers_in(new) == 4

    def test_the_usual_backups_are_offered(self, desk: Desk, closed_window: MainWindow) -> None:
        made = backups.back_up(desk)
        desk.close()
        closed_window.entrance.log_in.restore_wanted.emit()
        page = closed_window.entrance.restore_page
        assert page is not None
        assert page.backup.currentData() == str(made)
        assert page.backup.currentText() == "mån 2 mars 2026 09.00, på begäran"
        for path in key_file.paths(made):
            path.unlink()
        page.user.setText("chef")
        page.password.setText(PASSWORD)
        page.look_button.click()
        assert "Nyckelfilen till säkerhetskopian" in texts(page)

    def test_without_a_backup_what_can_be_read_is_rescued_and_used(
        self, database: Path, closed_window: MainWindow
    ) -> None:
        flip(database, *pages_of(database, "meetings"))
        closed_window.entrance.log_in.restore_wanted.emit()
        asking = closed_window.entrance.restore_page
        assert asking is not None
        asking.rescue_button.click()
        page = closed_window.entrance.rescue_page
        assert page is not None
        page.password.setText("fel")
        page.begin_button.click()
        assert "Fel användare" in texts_of(closed_window)
        page.password.setText(PASSWORD)
        page.begin_button.click()
        assert page.rescued is not None
        assert "Den skadade filen är kvar som den var." in page.result.text()
        page.use_button.click()
        found = closed_window.entrance.restore_page
        assert found is not None
        assert found is not asking
        restore_by(found, page.rescued.path)
        assert "Databasen är återställd" in found.told.text()
        assert customers_in(database) <= 4


def test_an_enhetschef_of_some_units_is_offered_neither_restore_nor_check(
    database: Path, show_page: Callable[[type[SettingsPage], Desk], SettingsPage]
) -> None:
    tamper(database, "UPDATE accounts SET all_units = 0 WHERE user = 'chef'")
    desk = log_in(database)
    page = show_page(SettingsPage, desk)
    assert not section_of(page).restore_button.isEnabled()
    page.show_key("data")
    assert isinstance(page.section, DataSection)
    assert not page.section.check.isVisible()
    desk.close()


def texts_of(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


class TestDaily:
    """The day's own backup, beside the person's work."""

    def test_it_is_made_on_a_worker_of_its_own(
        self, database: Path, qtbot: QtBot, around: Callable[[], Surroundings], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.ui.daily.PAUSE_MS", 0)
        window = make_window(database, user="chef", around=around, runner=ThreadRunner())
        qtbot.addWidget(window)
        window.show()
        window.entrance.try_log_in("chef", PASSWORD)
        folder = backup.backup_folder(database)
        qtbot.waitUntil(lambda: len(backup.list_backups(folder)) == 1 and not window.aside.busy, timeout=20_000)  # type: ignore[attr-defined]
        assert [(one.why, one.verified) for one in backup.list_backups(folder)] == [("daily", True)]
        window.close()

    def test_what_fails_is_told_once(self, database: Path, window: MainWindow, clock: FixedClock) -> None:
        backup.backup_folder(database).write_text("ingen mapp", encoding="utf-8")
        assert window.daily is not None
        assert window.frame is not None
        window.daily.begin()
        assert "kunde inte göras" in window.frame.bar.text.text()
        window.frame.bar.hide()
        window.daily.begin()
        assert window.frame.bar.isHidden()
        clock.moment += dt.timedelta(days=1)
        window.daily.begin()
        assert not window.frame.bar.isHidden()
