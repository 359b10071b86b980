"""Pages being filled: strips that no page break parts are stacked downwards, headings stay with what follows them.

Everything is placed first and drawn afterwards, so that each page can say how many there are without a second round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing

from app.reports.lettering import Colour, Style

WIDTH, HEIGHT = 595.28, 841.89
MILLIMETRE = 72 / 25.4
LEFT = 28 * MILLIMETRE
"""Wide enough for the holes of a binder."""
RIGHT = WIDTH - 18 * MILLIMETRE
TOP = HEIGHT - 36 * MILLIMETRE
BOTTOM = 24 * MILLIMETRE
MEASURE = RIGHT - LEFT


class Text(NamedTuple):
    """Text in one style; `x` from the left margin, `down` from the top of its strip to the baseline."""

    x: float
    down: float
    style: Style
    text: str


class Box(NamedTuple):
    """A filled rectangle, thin ones being rules; `x` from the left margin, `down` from the top of its strip."""

    x: float
    down: float
    width: float
    height: float
    colour: Colour


class Picture(NamedTuple):
    """A vector drawing with its lower left corner at `x`, `y` of the paper."""

    x: float
    y: float
    drawing: Drawing


class Mark(NamedTuple):
    """An entry of the outline: its title, and how deep it lies."""

    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Strip:
    """What is never parted by a page break; `gap` is the space before it, left out at the top of a page."""

    height: float
    texts: tuple[Text, ...] = ()
    boxes: tuple[Box, ...] = ()
    mark: Mark | None = None
    gap: float = 0.0
    drawing: Drawing | None = None
    """From the left margin, as high as the strip."""


@dataclass(slots=True)
class Page:
    """One page in the coordinates of the paper, from its lower left corner."""

    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    marks: list[tuple[float, Mark]] = field(default_factory=list)


class Flow:
    """Fills pages from the top. `bottom` is where the paper's foot begins."""

    def __init__(self, *, top: float = TOP, bottom: float = BOTTOM) -> None:
        self.pages: list[Page] = [Page()]
        self.repeated: Strip | None = None
        self._top, self._bottom = top, bottom
        self._y = top
        self._glued: list[Strip] = []

    @property
    def room(self) -> float:
        """The height of an empty page."""
        return self._top - self._bottom

    def add(self, strip: Strip) -> None:
        """Place `strip` with the headings that wait for it, on the next page where this one has no room for them."""
        group = [*self._glued, strip]
        self._glued = []
        if self._y < self._top and self._y - self._tall(group) < self._bottom:
            self.turn()
            if self.repeated is not None:
                self._place(self.repeated)
        for one in group:
            self._place(one)

    def glue(self, strip: Strip) -> None:
        """Let `strip` wait for what comes next, so that it never ends a page alone."""
        if self._glued and self._tall([*self._glued, strip]) > self.room / 2:
            self.settle()
        self._glued.append(strip)

    def settle(self) -> None:
        """Place what still waits, because nothing more follows it."""
        if self._glued:
            *self._glued, last = self._glued
            self.add(last)

    def line(self, box: Box) -> None:
        """Draw a rule at the present place; it belongs to what stands above it."""
        self.settle()
        self._draw(Strip(height=0, boxes=(box,)))

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page())
        self._y = self._top

    def _tall(self, strips: list[Strip]) -> float:
        return sum(strip.height + strip.gap for strip in strips)

    def _place(self, strip: Strip) -> None:
        if self._y < self._top:
            self._y -= strip.gap
        self._draw(strip)
        self._y -= strip.height

    def _draw(self, strip: Strip) -> None:
        page, y = self.pages[-1], self._y
        page.texts += [Text(LEFT + x, y - down, style, text) for x, down, style, text in strip.texts]
        page.boxes += [Box(LEFT + x, y - down - high, wide, high, ink) for x, down, wide, high, ink in strip.boxes]
        if strip.drawing is not None:
            page.pictures.append(Picture(LEFT, y - strip.height, strip.drawing))
        if strip.mark is not None:
            page.marks.append((y, strip.mark))
