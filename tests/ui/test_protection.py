"""Nothing of a protected customer anywhere in the window, and nothing of any customer in what others can see of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from app.domain.meetings import Action
from app.services import actions, meetings
from app.services.desk import Desk
from app.services.papers import Purpose
from app.ui.actions.done import complete
from app.ui.papers.drawing import draw_papers
from app.ui.registers.customers import CustomersPage
from app.ui.shell import MainWindow
from app.ui.walk import walk
from app.ui.walk_steps import settle_down
from tests import support
from tests.services.test_protection import protected_template, tells

__all__ = ["protected_template"]
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def in_view(view: QAbstractItemView) -> Iterator[str]:
    """What a list or table holds, the rows that are scrolled out of sight too."""
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(view.horizontalHeader().count() if isinstance(view, QTableView) else 1):
            yield from (str(model.data(model.index(row, column), role) or "") for role in ROLES)


def words_of(shown: QWidget) -> Iterator[str]:
    """Everything a widget shows, says on hover or tells to assistive tools; hidden parts too."""
    for part in (shown, *shown.findChildren(QWidget)):
        yield from (part.windowTitle(), part.toolTip(), part.accessibleName(), part.accessibleDescription())
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            yield part.text()
        if isinstance(part, QPlainTextEdit):
            yield part.toPlainText()
        if isinstance(part, QComboBox):
            yield from (part.itemText(number) for number in range(part.count()))
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            yield from in_view(part)


class TestProtected:
    @pytest.fixture
    def database(self, protected_template: Path, tmp_path: Path) -> Path:
        """The furnished unit with everybody protected."""
        folder = tmp_path / "data"
        shutil.copytree(protected_template, folder)
        return folder / support.FILE

    def test_no_page_panel_or_dialog_gives_it_away(self, window: MainWindow) -> None:
        found: dict[str, list[str]] = {}
        stops = []
        for name, shown in walk(window):
            stops.append(name)
            found[name] = [text for text in words_of(shown) if tells(text)]
        assert {name: texts for name, texts in found.items() if texts} == {}
        assert {"today", "customers-chosen", "actions-chosen", "meeting-approved", "settings-disposal"} <= set(stops)

    def test_the_form_gives_it_only_when_asked(self, window: MainWindow) -> None:
        assert window.frame is not None
        window.frame.visit("customers", "kund-1")
        page = window.frame.page
        assert isinstance(page, CustomersPage)
        assert not any(tells(text) for text in words_of(page))
        page.form.reveal.click()
        assert page.form.reference.text() == "Hemligberg"
        window.frame.visit("today", "")
        window.frame.visit("customers", "kund-2")
        settle_down()
        assert not tells(page.form.reference.text())


CANARY = "Rutger Tulpan"


@pytest.fixture
def titled(window: MainWindow) -> Desk:
    """A meeting whose own title, point and action name a customer."""
    assert window.frame is not None
    desk = window.frame.place.desk
    stored = meetings.get_meeting(desk, key="teammote-1")
    about = replace(stored.value.items[1], heading=CANARY)
    meetings.save_meeting(
        desk, meeting=replace(stored.value, title=f"Möte om {CANARY}", items=(about, *stored.value.items[2:])),
        expected_version=stored.version,
    )  # fmt: skip
    return desk


@pytest.mark.parametrize("purpose", Purpose)
def test_no_file_name_and_no_title_names_anybody(titled: Desk, purpose: Purpose) -> None:
    meetings.open_meeting(titled, key="teammote-1", expected_version=2)
    day = support.TODAY.replace(day=3)
    for paper in (
        draw_papers(titled, purpose=purpose, meeting="teammote-1"),
        draw_papers(titled, purpose=purpose, period=(day, day)),
    ):
        assert CANARY not in paper.title
        assert set(paper.file_name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-."), paper.file_name
        assert "tulpan" not in paper.file_name
        assert CANARY.encode() not in paper.data.split(b"stream")[0]


def test_no_window_is_called_after_anybody(window: MainWindow, titled: Desk) -> None:
    titles = []
    for _, shown in walk(window):
        titles += [one.windowTitle() for one in (shown, *QApplication.topLevelWidgets()) if one.isWindow()]
    assert titles
    assert not any(CANARY in title or "1101" in title or "AB" in title.split() for title in titles)
    assert titled.actor.user == "chef"


def test_no_notice_says_what_was_to_be_done(window: MainWindow, titled: Desk) -> None:
    assert window.frame is not None
    told: list[str] = []
    window.frame.place.told.connect(told.append)
    stored = meetings.get_meeting(titled, key="teammote-1")
    item = replace(stored.value.items[0], actions=(Action(key="a", text=CANARY, due=support.TODAY),))
    changed = replace(stored.value, items=(item, *stored.value.items[1:]))
    meetings.save_meeting(titled, meeting=changed, expected_version=stored.version)
    window.frame.visit("today", "")
    window.frame.refresh()
    settle_down()
    complete(window, window.frame.place, actions.list_actions(titled)[0])
    assert told
    assert CANARY not in " ".join(told)
