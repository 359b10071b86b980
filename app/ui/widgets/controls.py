"""Buttons, chips, labels and boxes of one kind each; every control gets an accessible name when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.theme import GRID, font

_CHIP_EDGES = 26
"""Pixels beside a chip's word, which is wider when the chip is on."""
L = TypeVar("L", bound=QBoxLayout)


def button(
    text: str, on_click: Callable[[], object], *, kind: str = "", icon_name: str = "", shortcut: str = "", tip: str = ""
) -> QPushButton:
    """A push button; `kind` is primary, quiet, danger, chip or rail."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text.replace("&", ""))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: on_click())
    if icon_name:
        role = {"primary": QPalette.ColorRole.HighlightedText, "quiet": QPalette.ColorRole.Highlight}.get(kind)
        color = QApplication.palette().color(role) if role is not None else None
        made.setIcon(icon(icon_name, color=color))
        made.setText(f" {text}")  # the style leaves too little air between icon and word
    if shortcut:
        _press_by(made, shortcut)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        tip = f"{tip or text.replace('&', '')} ({keys})"
    if tip:
        made.setToolTip(as_plain(tip))
    return made


def _press_by(made: QAbstractButton, keys: str) -> None:
    """Press the button at once; its own shortcut would wait to show the press."""
    QShortcut(QKeySequence(keys), made).activated.connect(made.click)


def icon_button(icon_name: str, name: str, on_click: Callable[[], object], *, shortcut: str = "") -> QToolButton:
    """A button with only an icon, which may be given later; `name` is its tooltip and accessible name."""
    made = QToolButton()
    if icon_name:
        made.setIcon(icon(icon_name))
    made.setAccessibleName(name)
    made.clicked.connect(lambda _checked=False: on_click())
    if shortcut:
        _press_by(made, shortcut)
        name = f"{name} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
    made.setToolTip(as_plain(name))
    return made


def chip(text: str, on_toggle: Callable[[bool], object], *, checked: bool = False) -> QPushButton:
    """A filter that is on or off."""
    made = QPushButton(text)
    made.setProperty("kind", "chip")
    made.setCheckable(True)
    made.setChecked(checked)
    made.setAccessibleName(text)
    made.setMinimumWidth(QFontMetrics(font(semibold=True)).horizontalAdvance(text) + _CHIP_EDGES)
    made.toggled.connect(on_toggle)
    return made


def label(text: str = "", *, role: str = "", wrap: bool = False) -> QLabel:
    """Plain text, never markup; `role` is title, heading, label, muted or a state."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def as_plain(text: str) -> str:
    """Text for a tooltip, which guesses at markup: escaped inside a span it is shown as it stands."""
    if "<" not in text and "&" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>"


def set_role(shown: QWidget, role: str) -> None:
    """Change the role of a label that is already shown."""
    shown.setProperty("role", role)
    shown.style().unpolish(shown)
    shown.style().polish(shown)


def mark_wrong(shown: QWidget, wrong: bool) -> None:
    """Show or take away the frame of a field whose text cannot be read."""
    shown.setProperty("wrong", wrong)
    shown.style().unpolish(shown)
    shown.style().polish(shown)


def row(*parts: QWidget | QLayout | int | None, space: int = GRID) -> QHBoxLayout:
    """Side by side; a number is a gap, None takes the room that is left."""
    return _fill(QHBoxLayout(), parts, space)


def column(*parts: QWidget | QLayout | int | None, space: int = GRID) -> QVBoxLayout:
    """One under the other; a number is a gap, None takes the room that is left."""
    return _fill(QVBoxLayout(), parts, space)


def _fill(layout: L, parts: Iterable[QWidget | QLayout | int | None], space: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def card(*parts: QWidget | QLayout | int | None, margin: int = 2 * GRID) -> QFrame:
    """A raised box around its parts."""
    made = QFrame()
    made.setObjectName("card")
    inside = column(*parts)
    inside.setContentsMargins(margin, margin, margin, margin)
    made.setLayout(inside)
    return made


def box(layout: QLayout) -> QWidget:
    """A widget that only holds a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scrolled(inside: QWidget, *, name: str) -> QScrollArea:
    """A part that scrolls when the window is too low for it."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(name)
    inside.setObjectName(inside.objectName() or "body")
    made.setWidget(inside)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        taken = layout.takeAt(0)
        if taken is None:
            return
        if (widget := taken.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := taken.layout()) is not None:
            empty(inner)
