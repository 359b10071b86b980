"""Every pair of colours that the window uses can be told apart: 4.5:1 for text, 3:1 for marks."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from app.domain.catalogue import Setting
from app.ui.theme import DARK, LIGHT, Palette, Theme, hue_of
from tests import support

TEXTS = ("text", "muted", "accent", "ok", "due", "overdue", "info")
GROUNDS = ("surface", "raised", "soft", "hover")


def luminance(color: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    lights = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXTS)
def test_text_can_be_read(palette: Palette, ground: str, role: str) -> None:
    assert contrast(getattr(palette, role), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_and_outlines_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.on_accent, palette.accent_strong) >= 4.5
    for ground in ("surface", "raised"):
        assert contrast(palette.edge, getattr(palette, ground)) >= 3
        assert contrast(palette.accent, getattr(palette, ground)) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_forums_can_be_seen_in_the_calendar(dark: bool) -> None:
    lists = support.surroundings()
    ground = Theme(dark=dark).palette.raised
    letter = QColor("#06171B" if dark else "#FFFFFF")
    for key in {forum.key for setting in Setting for forum in lists.catalogue.forums(setting)}:
        assert contrast(hue_of(key, dark=dark), ground) >= 3
        assert contrast(hue_of(key, dark=dark), letter) >= 4.5
