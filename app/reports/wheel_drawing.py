"""The year wheel as a vector drawing, the same for the wall and the window: twelve sectors, January at the top."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.graphics.shapes import Circle, Drawing, Group, String, Wedge
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from app.domain.swedish import MONTHS
from app.domain.year_wheel import WheelPaper
from app.reports import lettering
from app.reports.lettering import (
    ACCENT,
    BOLD,
    INK,
    MUTED,
    REGULAR,
    SEMIBOLD,
    Colour,
    Style,
    shortened,
    shown,
    width,
    wrap,
)

_SECTOR = 30.0
_HUB, _NAMES, _EDGE = 0.30, 0.885, 0.998
"""Radii as parts of the whole: of the middle, of the ring with the months' names, and of the rim."""
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Of the themes' type, on a wheel of `_USUAL` points across; another wheel has them in proportion."""
_USUAL = 464.0
_WIDTHS = (0.46, 0.42, 0.38, 0.34, 0.30, 0.26, 0.22)
_MIDDLES = (0.62, 0.66, 0.58, 0.70, 0.54, 0.74)
_AIR = 0.012
_LEADING, _BETWEEN = 1.16, 0.5
"""Of the type size: from line to line, and besides from theme to theme."""
_MOST_SHORT = 5


Season = tuple[Colour, Colour]
"""The ground of a season's months, and of their names."""
LIGHT: tuple[Season, Season, Season, Season] = (
    ((0.87, 0.92, 0.97), (0.72, 0.82, 0.92)), ((0.88, 0.95, 0.87), (0.73, 0.87, 0.71)),
    ((0.99, 0.94, 0.80), (0.96, 0.85, 0.56)), ((0.97, 0.89, 0.84), (0.92, 0.75, 0.65)),
)  # fmt: skip
DARK: tuple[Season, Season, Season, Season] = (
    ((0.13, 0.22, 0.29), (0.20, 0.34, 0.44)), ((0.14, 0.25, 0.17), (0.22, 0.38, 0.25)),
    ((0.29, 0.25, 0.13), (0.42, 0.36, 0.17)), ((0.29, 0.19, 0.16), (0.42, 0.27, 0.22)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a wheel. `seasons` are winter, spring, summer and autumn, which lie under text in `ink`."""

    ink: Colour = INK
    muted: Colour = MUTED
    ground: Colour = (1.0, 1.0, 1.0)
    line: Colour = (1.0, 1.0, 1.0)
    chosen: Colour = ACCENT
    seasons: tuple[Season, Season, Season, Season] = LIGHT


def drawing(paper: WheelPaper, *, size: float, look: Look | None = None, chosen: int | None = None) -> Drawing:
    """A wheel `size` points across; `chosen` is a month (1-12) to be framed."""
    lettering.prepare()
    colours = look or Look()
    made = Drawing(size, size)
    radius = size / 2
    for month in range(1, 13):
        _sector(made, month, radius, colours)
    for month, themes in enumerate(paper.months, start=1):
        _name(made, month, radius, colours)
        _themes(made, month, themes, radius, colours)
    if chosen is not None:
        start, end = _angles(chosen)
        made.add(Wedge(
            radius, radius, radius * _EDGE - 1, start, end, radius1=radius * _HUB, fillColor=None,
            strokeColor=Color(*colours.chosen), strokeWidth=size / 190,
        ))  # fmt: skip
    _hub(made, paper, radius, colours)
    return made


def one_page(paper: WheelPaper, *, size: float, look: Look, chosen: int | None) -> bytes:
    """A PDF of the wheel alone, on its ground, for the window to show."""
    out = io.BytesIO()
    made = drawing(paper, size=size, look=look, chosen=chosen)
    canvas = Canvas(out, pagesize=(size, size), pageCompression=1)
    canvas.setFillColorRGB(*look.ground)
    canvas.rect(0, 0, size, size, stroke=0, fill=1)
    made.drawOn(canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def month_at(x: float, y: float, *, size: float) -> int | None:
    """The month (1-12) at a point of a wheel, `y` downwards as a window counts; None in the middle and outside."""
    east, north = x - size / 2, size / 2 - y
    far = math.hypot(east, north) / (size / 2)
    if not _HUB <= far <= 1:
        return None
    return int((90 - math.degrees(math.atan2(north, east))) % 360 // _SECTOR) + 1


def left_out(paper: WheelPaper) -> tuple[int, ...]:
    """The months whose themes have no room in their sector, and have to be read beside the wheel."""
    lettering.prepare()
    return tuple(month for month, themes in enumerate(paper.months, start=1) if not _fitted(month, themes).whole)


def _angles(month: int) -> tuple[float, float]:
    """Where a month begins and ends, in degrees counter-clockwise from the right."""
    return 90 - _SECTOR * month, 90 - _SECTOR * (month - 1)


def _sector(made: Drawing, month: int, radius: float, look: Look) -> None:
    start, end = _angles(month)
    season, rim = look.seasons[month % 12 // 3]
    for outer, inner, ink in ((_EDGE, _NAMES, rim), (_NAMES, _HUB, season)):
        made.add(Wedge(
            radius, radius, radius * outer, start, end, radius1=radius * inner, fillColor=Color(*ink),
            strokeColor=Color(*look.line), strokeWidth=radius / 130,
        ))  # fmt: skip


def _name(made: Drawing, month: int, radius: float, look: Look) -> None:
    style = Style(SEMIBOLD, radius * 0.052, 0, look.ink)
    text = MONTHS[month - 1].capitalize()
    middle = sum(_angles(month)) / 2
    upper = 0 <= middle % 360 < 180
    turned = math.radians(middle - 90 if upper else middle + 90)
    far = radius * (_NAMES + _EDGE) / 2
    x = radius + far * math.cos(math.radians(middle))
    y = radius + far * math.sin(math.radians(middle))
    cos, sin = math.cos(turned), math.sin(turned)
    group = Group(transform=(cos, sin, -sin, cos, x, y))
    group.add(_string(text, 0, -style.size * 0.34, style))
    made.add(group)


def _themes(made: Drawing, month: int, themes: Sequence[str], radius: float, look: Look) -> None:
    fitted = _fitted(month, themes)
    scale = radius * 2 / _USUAL
    style = Style(REGULAR, fitted.size * scale, 0, look.ink)
    for down, line in fitted.lines:
        y = fitted.top - (down + 0.8 * _LEADING) * fitted.size
        made.add(_string(line, radius + fitted.x * scale, radius + y * scale, style))


class _Fitted(NamedTuple):
    """A sector's lines, each so many type sizes below `top`; points from the middle of a wheel of the usual size."""

    lines: Sequence[tuple[float, str]]
    size: float
    x: float
    top: float
    whole: bool


def _fitted(month: int, themes: Sequence[str]) -> _Fitted:
    """The largest type in which the themes lie inside their sector; else as much of them as has room in the smallest.

    Reckoned on a wheel of the usual size: type is only scaled, so that every wheel breaks its lines alike.
    """
    radius = _USUAL / 2
    angle = math.radians(sum(_angles(month)) / 2)
    for size in _SIZES:
        for wide in _WIDTHS:
            lines = _broken(themes, Style(REGULAR, size, 0), wide * radius)
            high = (lines[-1][0] + _LEADING) * size if lines else 0.0
            for far in _MIDDLES:
                x, y = far * radius * math.cos(angle), far * radius * math.sin(angle)
                found = _Fitted(lines, size, x, y + high / 2, True)
                if _inside(month, found):
                    return found
    size = _SIZES[-1]
    x, y = 0.62 * radius * math.cos(angle), 0.62 * radius * math.sin(angle)
    short = [shortened(one, Style(REGULAR, size, 0), 0.3 * radius) for one in themes[:_MOST_SHORT]]
    lines = _broken(short, Style(REGULAR, size, 0), radius)
    return _Fitted(lines, size, x, y + (lines[-1][0] + _LEADING) * size / 2, False)


def _broken(themes: Sequence[str], style: Style, room: float) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    down = 0.0
    for theme in themes:
        for line in wrap(theme, style, room):
            found.append((down, line))
            down += _LEADING
        down += _BETWEEN
    return found


def _inside(month: int, found: _Fitted) -> bool:
    start, end = _angles(month)
    radius = _USUAL / 2
    inner, outer = (_HUB + _AIR * 2) * radius, (_NAMES - _AIR) * radius
    style = Style(REGULAR, found.size, 0)
    for down, line in found.lines:
        half = width(line, style) / 2 + _AIR * radius
        upper = found.top - down * found.size
        for x in (found.x - half, found.x + half):
            for y in (upper, upper - _LEADING * found.size):
                far = math.hypot(x, y)
                angle = (math.degrees(math.atan2(y, x)) - start) % 360
                if not (inner <= far <= outer and angle <= end - start):
                    return False
    return True


def _hub(made: Drawing, paper: WheelPaper, radius: float, look: Look) -> None:
    made.add(Circle(radius, radius, radius * _HUB * 0.97, fillColor=Color(*look.ground), strokeColor=None))
    room = radius * _HUB * 1.7
    forum = Style(BOLD, radius * 0.085, 0, look.ink)
    while width(shown(paper.forum_name), forum) > room and forum.size > radius * 0.045:
        forum = forum.scaled(0.93)
    under = Style(REGULAR, radius * 0.046, 0, look.muted)
    lines = [(shortened(paper.forum_name, forum, room), forum), (shortened(paper.unit_name, under, room), under)]
    if paper.suggested:
        lines.append(("Förslag", Style(SEMIBOLD, radius * 0.046, 0, look.muted)))
    height = sum(style.size * 1.25 for _, style in lines)
    y = radius + height / 2
    for text, style in lines:
        y -= style.size * 1.25
        made.add(_string(text, radius, y + style.size * 0.28, style))


def _string(text: str, x: float, y: float, style: Style) -> String:
    return String(
        x, y, shown(text), fontName=style.font, fontSize=style.size, fillColor=Color(*style.colour), textAnchor="middle"
    )
