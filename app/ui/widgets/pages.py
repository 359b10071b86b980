"""What every page has: a title, one primary button, chips in a row, content, and a sentence where there is none yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.point_start import NOWHERE, PointStart
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class _Whole(QVBoxLayout):
    """Asks the window for no more height than the page cannot do without; wrapped rows would ask for all they like."""

    def hasHeightForWidth(self) -> bool:
        return False


_HEAD_BREAKS = 640
"""Narrower than this, a page's buttons lie under its title."""


class Page(QWidget):
    """One page: `show_key` goes to one thing on it, `refresh` reads it anew, `settle` keeps what is being typed."""

    name = ""
    """What the rail and `visit` call the page."""
    refreshed_by: frozenset[str] = frozenset()
    """Which kinds of change the page shows."""
    refreshed_by_others: frozenset[str] = frozenset()
    """What it shows besides when somebody else changed it: what it changes itself it knows already."""

    def __init__(self, place: Workplace, title: str) -> None:
        super().__init__()
        self.place = place
        self.title = label(title, role="title", wrap=True)
        self.subtitle = label(role="muted", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.head = row(box(column(self.title, self.subtitle, space=0)), self.buttons)
        self.head.setStretch(0, 1)
        self.filters = Flow()
        self.body = column()
        whole = _Whole()
        whole.setSpacing(GRID)
        whole.addLayout(self.head)
        whole.addLayout(self.filters)
        whole.addLayout(self.body)
        whole.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        upright = event.size().width() < _HEAD_BREAKS
        self.head.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)

    def add_button(self, made: QPushButton) -> QPushButton:
        """Put a button in the head, the primary one last."""
        self.buttons.addWidget(made)
        return made

    def add_filter(self, made: QWidget) -> None:
        """Put a chip or choice in the row of filters."""
        self.filters.addWidget(made)

    @property
    def live_unit(self) -> str:
        """The unit whose meeting is under way on this page, or empty: who only listens need not be locked out."""
        return ""

    @property
    def standing(self) -> str:
        """The key that leads back to exactly here, or empty where the one that led here does."""
        return ""

    def refresh(self) -> None:
        """Read what is shown anew."""

    def show_key(self, key: str) -> None:
        """Show one thing by its key; empty means the page itself."""

    def add_point(self) -> bool:
        """Begin a new point where the page has an agenda; False where it has none."""
        return False

    @property
    def point_start(self) -> PointStart:
        """What a new point begins with here: whom or what the page stands on."""
        return NOWHERE

    def only_customer(self) -> bool:
        """Show only the customer at hand, or all again; False where the page has none."""
        return False

    def settle(self) -> None:
        """Keep what is being typed: the page is left, or the window locked."""


class Nothing(QWidget):
    """An empty page: one sentence and the button that begins."""

    def __init__(self, sentence: str, action: str = "", on_click: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.sentence = label(sentence, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(520)
        parts: list[QWidget | QHBoxLayout | None] = [None, row(None, self.sentence, None)]
        if on_click is not None:
            self.button = button(action, on_click)
            parts.append(row(None, self.button, None))
        self.setLayout(column(*parts, None, space=2 * GRID))


class Choices(QStackedWidget):
    """Either the content or the sentence that there is none."""

    def __init__(self, content: QWidget, nothing: QWidget) -> None:
        super().__init__()
        self._content, self._nothing = content, nothing
        self.addWidget(content)
        self.addWidget(nothing)

    def show_content(self, there_is: bool) -> None:
        """Show the content, or the sentence."""
        self.setCurrentWidget(self._content if there_is else self._nothing)


def side_by_side(*parts: QWidget, sizes: tuple[int, ...], stretch: int = 0) -> QSplitter:
    """List left, detail right, with a divider; the part `stretch` takes the room that grows."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(2 * GRID)
    for number, part in enumerate(parts):
        made.addWidget(part)
        made.setStretchFactor(number, 1 if number == stretch else 0)
    made.setSizes(list(sizes))
    return made
