"""Bedömningsinstrument among the settings: changed, taken back, made, and a mistake told before anything is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.services.instruments import unit_instruments
from app.ui.settings.instruments import InstrumentsSection
from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow


def section_of(window: MainWindow) -> InstrumentsSection:
    assert window.frame is not None
    window.frame.visit("settings", "instruments")
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, InstrumentsSection)
    return page.section


@pytest.fixture
def section(window: MainWindow) -> InstrumentsSection:
    """The unit's instruments, the first one shown."""
    return section_of(window)


def texts(section: InstrumentsSection) -> list[str]:
    return [section.list.item(number).text() for number in range(section.list.count())]


def used(section: InstrumentsSection) -> set[str]:
    return {one.name for one in unit_instruments(section.place.desk, unit="solgarden").used}


def test_limits_are_changed_seen_at_once_and_taken_back(section: InstrumentsSection) -> None:
    assert section.title.text() == "Downton (DFRI)"
    assert not section.foot.save_button.isEnabled()
    section.form.bands.setPlainText("0 Låg risk\n2 Förhöjd risk\n5: Hög risk")
    assert section.form.shown.text() == "Så läses poängen: 0–1 låg risk, 2–4 förhöjd risk, 5–11 hög risk."
    section.foot.save_button.click()
    found = unit_instruments(section.place.desk, unit="solgarden").find("Downton")
    assert found is not None
    assert [band.risk for band in found.bands] == ["Låg risk", "Förhöjd risk", "Hög risk"]
    assert "ändrat" in texts(section)[0]
    assert not section.back_button.isHidden()
    section.place.undo()
    assert "ändrat" not in texts(section)[0]


def test_the_units_own_instrument_is_made_used_and_taken_away(section: InstrumentsSection) -> None:
    section.new_button.click()
    section.form.name.setText("Oro")
    section.form.bands.setPlainText("0 Lugn\n3 Orolig")
    section.save()
    assert section.title.text() == "Oro"
    assert texts(section)[-1] == "Oro\neget"
    assert "Oro" in used(section)
    section.form.used.setChecked(False)
    section.save()
    assert "Oro" not in used(section)
    section.remove()
    assert not [text for text in texts(section) if text.startswith("Oro")]
    section.place.undo()
    assert texts(section)[-1].startswith("Oro")


@pytest.mark.parametrize(("bands", "said"), [
    ("Hög risk", "Börja varje rad"), ("1 Låg\n3 Hög", "där skalan börjar, på 0"),
    ("0 Låg\n12 Hög", "en egen poäng på skalan"), ("0 Låg\n0 Hög", "en egen poäng"),
])  # fmt: skip
def test_what_cannot_say_one_thing_of_each_score_is_told_and_not_kept(
    section: InstrumentsSection, bands: str, said: str
) -> None:
    section.form.bands.setPlainText(bands)
    section.save()
    assert said in section.foot.fault.text()
    assert unit_instruments(section.place.desk, unit="solgarden").find("Downton") in section.found.shipped


def test_what_is_typed_is_kept_as_a_draft_when_the_page_is_left(
    window: MainWindow, section: InstrumentsSection
) -> None:
    section.form.guidance.setPlainText("Väg in läkemedel")
    section.settle()
    section.list.setCurrentRow(1)
    assert section.title.text() == "Modifierad Norton"
    section.list.setCurrentRow(0)
    assert section.form.guidance.toPlainText() == "Väg in läkemedel"
    assert section.dirty
    section.drop()
    assert not section.dirty


def test_others_read_them_and_change_nothing(as_user: Callable[[str], MainWindow]) -> None:
    section = section_of(as_user("bo"))
    assert section.foot.isHidden()
    assert section.new_button.isHidden()
    assert section.form.name.isReadOnly()
    nurse = section_of(as_user("anna"))
    assert not nurse.foot.isHidden(), "who assesses may change them"
