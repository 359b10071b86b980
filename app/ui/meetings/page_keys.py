"""The keys of a meeting's page, each with what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from app.ui.meetings.page import MeetingPage


def make_keys(page: MeetingPage) -> None:
    """Let the keys work wherever one stands on the page."""
    for keys, action in (
        ("Ctrl+Return", partial(page.agenda.step, 1)), ("Ctrl+PgDown", partial(page.agenda.step, 1)),
        ("Ctrl+PgUp", partial(page.agenda.step, -1)), ("Ctrl+S", page.editor.save),
        ("Ctrl+E", page.point.note.setFocus), ("Ctrl+G", page.agenda.points.setFocus),
        ("F8", page.point.round.go_on), ("Shift+F8", page.point.round.go_back), ("F9", page.only_customer),
        ("Ctrl+Shift+C", page.cards.show_journal), ("Ctrl+Shift+M", page.steps.publish_by_key),
        ("F4", partial(page.cards.step, 1)), ("Shift+F4", partial(page.cards.step, -1)),
        ("Ctrl+J", page.point.outs.begin), ("Ctrl+Shift+J", page.point.outs.everybody_back),
    ):  # fmt: skip
        QShortcut(QKeySequence(keys), page).activated.connect(lambda action=action: action())
