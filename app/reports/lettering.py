"""Type for paper: the embedded fonts, the styles, which signs can be shown, and how text is broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reportlab import rl_config
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.paths import resource

Colour = tuple[float, float, float]

INK: Colour = (0.11, 0.13, 0.15)
MUTED: Colour = (0.31, 0.35, 0.39)
ACCENT: Colour = (0.09, 0.29, 0.36)
WARNING: Colour = (0.55, 0.10, 0.10)
LINE: Colour = (0.76, 0.79, 0.81)
TINT: Colour = (0.93, 0.95, 0.96)

REGULAR, SEMIBOLD, BOLD, ITALIC = "Regular", "SemiBold", "Bold", "Italic"
_FAMILY = "SourceSans3-"
_INVISIBLE = frozenset({"Cf", "Zl", "Zp"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Style:
    """A weight, a size and a line height in points, and a colour."""

    weight: str = REGULAR
    size: float = 10.5
    leading: float = 14
    colour: Colour = INK

    @property
    def font(self) -> str:
        """The name the font is registered under."""
        return _FAMILY + self.weight

    @property
    def drop(self) -> float:
        """How far below the top of its line the baseline lies."""
        return self.leading - (self.leading - self.size) / 2 - 0.22 * self.size

    def scaled(self, factor: float) -> Style:
        """The same style in another size."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


class _Advances(dict[str, float]):
    """The width of each sign in thousandths of the type size, looked up once."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, sign: str) -> float:
        face = self._font.face
        found = float(face.charWidths.get(ord(sign), face.defaultWidth))
        self[sign] = found
        return found


class _Signs(dict[int, str]):
    """What is drawn for each sign: itself where the fonts have it, else its number in brackets; nothing vanishes."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__({0x09: "    ", 0xA0: "\N{NO-BREAK SPACE}"})
        self._known = known

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if unicodedata.category(sign) in _INVISIBLE or code in _VARIATION_SELECTORS:
            shown = ""
        elif code in self._known and code >= 0x20:
            shown = sign
        else:
            shown = f"[U+{code:04X}]"
        self[code] = shown
        return shown


@cache
def _advances(weight: str) -> _Advances:
    """Register one weight with ReportLab, once for the process, and give its widths."""
    name = _FAMILY + weight
    font = TTFont(name, str(resource("fonts", f"{name}.ttf")))
    pdfmetrics.registerFont(font)
    return _Advances(font)


@cache
def _signs() -> _Signs:
    known = [frozenset(_advances(weight)._font.face.charToGlyph) for weight in (REGULAR, SEMIBOLD, BOLD, ITALIC)]  # noqa: SLF001
    return _Signs(frozenset.intersection(*known))


def prepare() -> None:
    """Make the embedded font the one a page and a drawing begin with, and write streams as plain compressed bytes."""
    _signs()
    rl_config.canvas_basefontname = STATE_DEFAULTS["fontName"] = _FAMILY + REGULAR
    rl_config.useA85 = 0


def shown(text: str) -> str:
    """`text` on one line with every sign the fonts lack replaced visibly (`[U+1F600]`); direction marks fall away."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _LINE_ENDS.sub(" ", text)).translate(_signs())
    return text


def paragraphs(text: str) -> list[str]:
    """The lines somebody typed, unshortened; an empty one stands for the gap between paragraphs."""
    return _LINE_ENDS.split(text.strip("\r\n"))


def width(text: str, style: Style) -> float:
    """The width in points of text that is already fit to be shown."""
    return sum(map(_advances(style.weight).__getitem__, text)) * style.size / 1000


def wrap(text: str, style: Style, room: float) -> list[str]:
    """One typed line as lines no wider than `room` points; a word wider than that is cut where it must be."""
    text = shown(text)
    advances = _advances(style.weight)
    limit = max(room, style.size) * 1000 / style.size
    if sum(map(advances.__getitem__, text)) <= limit:
        return [text.strip()]
    lines: list[str] = []
    line, used, space = "", 0.0, advances[" "]
    for word in filter(None, text.split(" ")):
        wide = sum(map(advances.__getitem__, word))
        if line and used + space + wide <= limit:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        line, used = word, wide
        if wide > limit:
            *whole, line = _cut(word, advances, limit)
            lines += whole
            used = sum(map(advances.__getitem__, line))
    return [*lines, line]


def _cut(word: str, advances: _Advances, limit: float) -> Iterator[str]:
    start, used = 0, 0.0
    for place, sign in enumerate(word):
        wide = advances[sign]
        if used + wide > limit and place > start:
            yield word[start:place]
            start, used = place, 0.0
        used += wide
    yield word[start:]


def shortened(text: str, style: Style, room: float) -> str:
    """`text` on one line, ended with … where it does not fit: for running heads, never for content."""
    text = shown(text).strip()
    if width(text, style) <= room:
        return text
    room -= width("…", style)
    advances, used = _advances(style.weight), 0.0
    for place, sign in enumerate(text):
        used += advances[sign] * style.size / 1000
        if used > room:
            return text[:place].rstrip() + "…"
    return text
