"""Slips to cut out and hand over: one person's name, user name, first password and what to do; nothing of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from app.domain.accounts import Slip
from app.reports import lettering
from app.reports.blocks import SMALL
from app.reports.lettering import ACCENT, BOLD, INK, MUTED, SEMIBOLD, Style, shown
from app.reports.pages import MEASURE, Box, Flow, Mark, Strip, Text
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Inloggning till Teamforum"
_TITLE = "Lappar att lämna över"
_NAME = Style(BOLD, 17, 22)
_LABEL = Style(size=10.5, leading=15, colour=MUTED)
_VALUE = Style(SEMIBOLD, 15, 20)
_STEP = Style(size=10.5, leading=14.5)
_NUMBER = Style(SEMIBOLD, 10.5, 14.5, ACCENT)
_STEPS = (
    "Starta Teamforum på enhetens dator och välj din användare i listan.",
    "Skriv lösenordet som det står här, med bindestrecken.",
    "Välj ett eget lösenord när programmet ber om det. Riv sedan lappen.",
)
_HALF = MEASURE * 0.56
_PAD, _DASH, _SPACE = 11.0, 4.0, 3.0


def draw(slips: Sequence[Slip], *, made_on: str, out: BinaryIO) -> None:
    """Write a slip for each person to `out`, several on a page, with lines to cut along. Raises ValueError for none."""
    if not slips:
        raise ValueError("no slips")
    flow = Flow()
    note = "Klipp längs linjerna och lämna varje lapp i handen. Lösenorden finns ingen annanstans än här."
    flow.add(Strip(SMALL.leading + 4, (Text(0, SMALL.drop, SMALL, note),)))
    for slip in slips:
        flow.add(_strip(slip))
    flow.settle()
    places = {slip.where for slip in slips}
    unit = next(iter(places)) if len(places) == 1 else "Teamforum"
    head = Head(unit=unit, under=_TITLE, running=_TITLE, kind=KIND, badges=(Badge("Hemlig"),), foot=f"Gjord {made_on}")
    file = PdfFile(out, title=f"{_TITLE}, {unit}", author=unit, subject=_TITLE)
    file.write(flow.pages, head, items=False)
    file.save()


def _strip(slip: Slip) -> Strip:
    """One slip: who and with what on the left, what to do on the right, a dashed line above and below."""
    room = _HALF - 12
    texts: list[Text] = []
    down = _lines(texts, slip.full_name, _NAME, room, _PAD)
    down = _lines(texts, slip.where, _LABEL, room, down) + 6
    for name, value in (("Användare", slip.user), ("Lösenord", slip.password)):
        down = _lines(texts, name, _LABEL, room, down)
        down = _lines(texts, value, _VALUE, room, down) + 2
    beside, lowest = _beside()
    height = max(down, lowest) + _PAD
    return Strip(height, (*texts, *beside), (*_dashes(0.0), *_dashes(height)), Mark(shown(slip.full_name), 0))


def _lines(texts: list[Text], text: str, style: Style, room: float, down: float) -> float:
    """Add text in as many lines as it needs; returns where the next begins."""
    for line in lettering.wrap(text, style, room):
        texts.append(Text(0, down + style.drop, style, line))
        down += style.leading
    return down


def _beside() -> tuple[list[Text], float]:
    """What to do, and where it ends."""
    texts: list[Text] = []
    down = _PAD + 4.0
    for number, step in enumerate(_STEPS, start=1):
        texts.append(Text(_HALF, down + _NUMBER.drop, _NUMBER, f"{number}."))
        for line in lettering.wrap(step, _STEP, MEASURE - _HALF - 16):
            texts.append(Text(_HALF + 16, down + _STEP.drop, _STEP, line))
            down += _STEP.leading
        down += 4
    return texts, down


def _dashes(down: float) -> list[Box]:
    step = _DASH + _SPACE
    return [Box(n * step, down, _DASH, 0.6, INK) for n in range(int(MEASURE / step))]
