"""The log's end in the window: noted every few minutes, and the card of Idag that says that rows were cut off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.log import LostEnd
from app.domain.log_words import lost_end_advice, lost_end_words
from app.domain.roles import Right
from app.services.desk import Desk
from app.services.log_end import list_lost_ends, mark_lost_end_seen, note_log_end
from app.ui.widgets.controls import box, button, card, label
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace

NOTED_EVERY_MS = 3 * 60 * 1000
"""So much of the log at most is noted nowhere else when the program is cut off."""
CHANGED = "log"


class LogEndKeeper(QObject):
    """Notes the log's end on this machine every few minutes, from log-in until the window locks."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._place = place
        self._timer = QTimer(self)
        self._timer.setInterval(NOTED_EVERY_MS)
        self._timer.timeout.connect(self.note)
        place.closing.connect(self._timer.stop)

    def start(self) -> None:
        """Begin; the log-in has noted it just now."""
        self._timer.start()

    def note(self) -> None:
        """Note it now; a fault is told in the bar."""
        self._place.ask(self, note_log_end, lambda _: None)


def lost_end_cards(owner: QWidget, place: Workplace, found: tuple[LostEnd, ...]) -> list[QWidget]:
    """For the enhetschef: a card for each time the log was found to lack rows, until one of them has seen it."""
    return [_card(owner, place, one) for one in found]


def _card(owner: QWidget, place: Workplace, one: LostEnd) -> QWidget:
    def seen(key: int) -> None:
        place.act(owner, lambda desk: mark_lost_end_seen(desk, key=key), changed=CHANGED)

    what = lost_end_words(one)
    done = button(owner.tr("Jag har sett det"), partial(seen, one.key))
    done.setAccessibleName(owner.tr("Jag har sett det: {0}").format(what))
    return card(label(what, role="label", wrap=True), label(lost_end_advice(), wrap=True), box(Flow(done)))


def read_lost_ends(desk: Desk) -> tuple[LostEnd, ...]:
    """What the enhetschef has yet to take note of; nothing for others."""
    return list_lost_ends(desk) if desk.may(Right.OVERSEE_LOG) else ()
