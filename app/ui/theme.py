"""Colour roles, type and spacing of the window: one light and one dark palette, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import resource

GRID = 8
"""Pixels; half of it inside rows."""
ROW_HEIGHT = 36
BODY_POINTS, SMALL_POINTS = 11, 10
FAMILY = "Source Sans 3"


@dataclass(frozen=True, slots=True)
class Palette:
    """What each role of colour is; `edge` outlines controls (3:1), `soft` lies behind what is selected."""

    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_strong: str
    soft: str
    ok: str
    due: str
    overdue: str
    info: str
    hover: str


LIGHT = Palette(
    surface="#F4F6F7", raised="#FFFFFF", line="#D8DEE3", edge="#7A8793", text="#16202A", muted="#52606C", accent="#0B5C6B",
    on_accent="#FFFFFF", accent_strong="#08434E", soft="#DCEDF0", ok="#1D6A39", due="#855300", overdue="#A3241F", info="#1F5A99",
    hover="#EAEFF1",
)  # fmt: skip
DARK = Palette(
    surface="#12171B", raised="#1B2228", line="#323D46", edge="#7D8B97", text="#E8EDF1", muted="#A5B1BC", accent="#62C6D6",
    on_accent="#04242A", accent_strong="#8BD8E4", soft="#1E3B42", ok="#74D19A", due="#E6B85F", overdue="#F29089", info="#8DBBF2",
    hover="#242D34",
)  # fmt: skip

_HUES = {
    "pulsmote": (192, "P"), "daglig-avstamning": (215, "D"), "teammote": (160, "T"), "reflektionsmote": (275, "R"), "apt": (28, "A"),
    "kvalitetsmote": (330, "K"), "borad": (48, "B"), "aktivitetsrad": (48, "Å"), "styrgrupp": (0, "S"), "dialogmote": (240, "M"),
    "arbetsgrupp": (300, "G"),
}  # fmt: skip


def hue_of(forum: str, *, dark: bool) -> QColor:
    """The mark colour of a forum, at least 3:1 against `raised`; forums are told apart by their letter too."""
    hue = _HUES.get(forum, (200, ""))[0]
    return QColor.fromHsl(hue, 130, 165 if dark else 88)


def letter_of(forum: str) -> str:
    """The letter that stands for a forum where there is no room for its name."""
    return _HUES.get(forum, (0, forum[:1].upper()))[1]


class Theme:
    """The look that is in force; `apply` puts it on the application."""

    def __init__(self, *, dark: bool) -> None:
        self.dark = dark
        self.palette = DARK if dark else LIGHT

    def color(self, role: str) -> QColor:
        """The colour of a role by its name in `Palette`."""
        return QColor(getattr(self.palette, role))

    def apply(self, app: QApplication) -> None:
        """Set palette and font."""
        app.setPalette(self._qt_palette())
        app.setFont(font())

    def dress(self, window: QWidget) -> None:
        """Set the style sheet of a window and all in it.

        It is the window's and not the application's: so a page gets its style once, when it is put into the window,
        and not each of its parts anew whenever they are put together.
        """
        window.setStyleSheet(style_sheet(self.palette))

    def _qt_palette(self) -> QPalette:
        of, role = self.palette, QPalette.ColorRole
        found = QPalette()
        for target, color in (
            (role.Window, of.surface), (role.Base, of.raised), (role.AlternateBase, of.surface), (role.Button, of.raised),
            (role.Text, of.text), (role.WindowText, of.text), (role.ButtonText, of.text), (role.Highlight, of.accent),
            (role.HighlightedText, of.on_accent), (role.Link, of.accent), (role.ToolTipBase, of.raised), (role.ToolTipText, of.text),
            (role.PlaceholderText, of.muted), (role.Mid, of.line), (role.Dark, of.edge), (role.Light, of.raised),
            (role.Accent, of.accent), (role.BrightText, of.overdue),
        ):  # fmt: skip
            found.setColor(target, QColor(color))
        for target in (role.Text, role.WindowText, role.ButtonText):
            found.setColor(QPalette.ColorGroup.Disabled, target, QColor(of.muted))
        return found


def load_fonts() -> None:
    """Make the shipped fonts known to the toolkit."""
    for weight in ("Regular", "SemiBold", "Bold", "Italic"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"SourceSans3-{weight}.ttf")))


def font(points: int = BODY_POINTS, *, semibold: bool = False) -> QFont:
    """The interface's font; figures stand in columns."""
    found = QFont(FAMILY, points)
    found.setFeature(QFont.Tag("tnum"), 1)
    if semibold:
        found.setWeight(QFont.Weight.DemiBold)
    return found


def style_sheet(palette: Palette) -> str:
    """The few rules that the palette cannot tell the toolkit."""
    text = _STYLE
    for field in sorted(fields(palette), key=lambda one: -len(one.name)):
        text = text.replace(f"@{field.name}", getattr(palette, field.name))
    ground = "light" if palette is LIGHT else "dark"
    return text.replace("@arrow", resource("icons", f"chevron-down-on-{ground}.svg").as_posix())


_STYLE = """
QToolTip { color: @text; background: @raised; border: 1px solid @edge; padding: 4px; }
QFrame#rail { background: @raised; border-right: 1px solid @line; }
QFrame#card, QFrame#panel { background: @raised; border: 1px solid @line; border-radius: 6px; }
QFrame#panel { border-radius: 0; border-top: none; border-bottom: none; border-right: none; }
QFrame#bar[kind="error"] { background: @raised; border: 2px solid @overdue; border-radius: 6px; }
QFrame#bar[kind="notice"] { background: @soft; border: 1px solid @accent; border-radius: 6px; }
QLabel[role="title"] { font-size: 18pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 13pt; font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; font-size: 10pt; }
QLabel[role="ok"] { color: @ok; font-weight: 600; }
QLabel[role="due"] { color: @due; font-weight: 600; }
QLabel[role="watch"] { color: @due; font-size: 10pt; background: transparent; }
QLabel[role="overdue"] { color: @overdue; font-weight: 600; }
QLabel[role="info"] { color: @info; font-weight: 600; }
QLabel[role="clock"] { font-size: 20pt; font-weight: 600; }
QPushButton, QToolButton { min-height: 34px; padding: 0 14px; border: 1px solid @edge; border-radius: 5px; background: @raised; color: @text; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 0 13px; }
QPushButton:disabled, QToolButton:disabled { color: @muted; border-color: @line; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accent_strong; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @line; color: @muted; border-color: @line; }
QPushButton[kind="quiet"] { border-color: transparent; background: transparent; color: @accent; padding: 0 8px; text-align: left; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; padding: 0 7px; }
QPushButton[kind="quiet"]:disabled { color: @muted; }
QPushButton[kind="danger"] { color: @overdue; border-color: @overdue; }
QPushButton[kind="chip"] { min-height: 28px; border-radius: 15px; padding: 0 12px; }
QPushButton[kind="chip"]:checked { background: @soft; border-color: @accent; color: @text; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid @accent; padding: 0 11px; }
QPushButton[kind="rail"] { text-align: left; border: 2px solid transparent; background: transparent; min-height: 38px; padding: 0 10px; border-radius: 5px; }
QPushButton[kind="rail"]:hover { background: @hover; }
QPushButton[kind="rail"]:checked { background: @soft; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: 2px solid @accent; padding: 0 10px; }
QLineEdit QToolButton { min-height: 20px; min-width: 20px; border: none; background: transparent; padding: 0; }
QToolButton { padding: 0; min-width: 34px; border-color: transparent; background: transparent; }
QToolButton:disabled { border-color: transparent; }
QToolButton:focus { padding: 0; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { width: 0; }
QLineEdit, QPlainTextEdit, QComboBox, QListWidget[kind="field"] { background: @raised; color: @text; border: 1px solid @edge; border-radius: 4px; padding: 4px 8px; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit, QComboBox { min-height: 26px; }
QSpinBox { min-height: 34px; }
QLineEdit[role="heading"] { font-size: 13pt; font-weight: 600; min-height: 30px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QListWidget[kind="field"]:focus { border: 2px solid @accent; padding: 3px 7px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid @overdue; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: @surface; border-color: @line; }
QComboBox:disabled { background: @surface; color: @text; border-color: @line; }
QComboBox:disabled::down-arrow { image: none; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("@arrow"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @edge; selection-background-color: @soft; selection-color: @text; }
QCheckBox, QRadioButton { min-height: 30px; spacing: 8px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent; }
QAbstractItemView { background: @raised; border: 1px solid @line; border-radius: 4px; outline: 0; alternate-background-color: @raised; }
QAbstractItemView::item { padding: 4px 8px; }
QAbstractItemView::item:hover { background: @hover; }
QAbstractItemView::item:selected { background: @soft; color: @text; }
QAbstractItemView:focus { border: 2px solid @accent; }
QHeaderView::section { background: @raised; color: @muted; border: none; border-bottom: 1px solid @line; padding: 6px 8px; font-size: 10pt; font-weight: 600; }
QTableView { gridline-color: @line; }
QTableCornerButton::section { background: @raised; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget#body { background: transparent; }
QScrollArea:focus { border: 2px solid @accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @edge; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QSplitter::handle { background: transparent; }
QMenu { background: @raised; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 8px 24px 8px 16px; }
QMenu::item:selected { background: @soft; color: @text; }
QMenu::item:disabled { color: @muted; }
QTabBar::tab { padding: 8px 14px; border: 2px solid transparent; border-bottom: 3px solid transparent; color: @muted; }
QTabBar::tab:selected { color: @text; border-bottom: 3px solid @accent; font-weight: 600; }
QTabBar:focus { border: 2px solid @accent; border-radius: 4px; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QProgressBar { border: none; background: @line; height: 6px; border-radius: 3px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QProgressBar[over="true"]::chunk { background: @overdue; }
"""
