"""The recovery key on paper, for a sealed envelope: the key in large groups and what to do with it."""

from __future__ import annotations

from typing import BinaryIO

from app.reports import blocks
from app.reports.blocks import SMALL, STRONG, Label
from app.reports.lettering import ACCENT, BOLD, INK, SEMIBOLD, TINT, Style
from app.reports.pages import MEASURE, Box, Flow, Mark, Strip, Text
from app.reports.pdf import Badge, Head, PdfFile

_TITLE = "Återställningsnyckel"
_GROUP = Style(SEMIBOLD, 27, 44)
_LEAD = Style(size=12, leading=17)
_STEP = Style(size=11.5, leading=16)
_ACROSS = 3
_LEAD_TEXT = (
    "Den som har nyckeln kan öppna enhetens databas i Teamforum. Utan lösenord och nyckel går databasen inte att öppna."
)
_STEPS = (
    "Lägg papperet i ett kuvert, förslut det och skriv enhetens namn och dagens datum på utsidan.",
    "Förvara kuvertet inlåst, skilt från datorn. Endast enhetschefen ska kunna hämta det.",
    "Glömmer du lösenordet: välj att återställa med nyckeln vid inloggningen, skriv av den och välj ett nytt lösenord.",
    "Varje användning skrivs i loggen. Är kuvertet brutet eller borta, skapa genast en ny nyckel.",
)


def draw(key: str, unit: str, out: BinaryIO) -> None:
    """Write one page with the recovery key of `unit` to `out`; groups are what hyphens or spaces part in `key`."""
    flow = Flow()
    blocks.paragraph(flow, _TITLE, Style(BOLD, 26, 31), mark=Mark(_TITLE, 0))
    blocks.paragraph(flow, unit, Style(size=14, leading=20), gap=2)
    blocks.paragraph(flow, _LEAD_TEXT, _LEAD, gap=16)
    _groups(flow, key.replace("-", " ").split())
    blocks.paragraph(
        flow, "0 är siffran noll och 1 är siffran ett. Bokstäverna I, L, O och U finns inte i nyckeln. "
        "Bindestreck och mellanslag har ingen betydelse.", SMALL, gap=8,
    )  # fmt: skip
    blocks.section(flow, "Så här gör du", gap=26)
    for number, step in enumerate(_STEPS, start=1):
        labels = (Label(0, Style(SEMIBOLD, 11.5, 16, ACCENT), f"{number}."),)
        blocks.paragraph(flow, step, _STEP, indent=20, gap=5, labels=labels)
    _signed(flow)
    head = Head(unit=unit, under="Förvaras i förseglat kuvert", running="Förvaras i förseglat kuvert", kind=_TITLE,
                badges=(Badge("Hemlig"),), foot="Teamforum")  # fmt: skip
    file = PdfFile(out, title=f"{_TITLE} {unit}", author=unit, subject=_TITLE)
    file.write(flow.pages, head)
    file.save()


def _groups(flow: Flow, groups: list[str]) -> None:
    """Three groups a line on a tinted ground, so that a line is read without losing the place."""
    step, pad = (MEASURE - 24) / _ACROSS, 12.0
    texts = []
    for n, group in enumerate(groups):
        line, place = divmod(n, _ACROSS)
        texts.append(Text(12 + place * step, pad + line * _GROUP.leading + _GROUP.drop, _GROUP, group))
    lines = -(-len(groups) // _ACROSS)
    height = pad * 2 + lines * _GROUP.leading
    flow.add(Strip(height, tuple(texts), (Box(0, 0, MEASURE, height, TINT), Box(0, 0, 3, height, ACCENT)), gap=20))


def _signed(flow: Flow) -> None:
    half = (MEASURE - 32) / 2
    words = ("Förseglat den", "Namnteckning")
    texts = tuple(Text(n * (half + 32), STRONG.drop, STRONG, word) for n, word in enumerate(words))
    lines = tuple(Box(n * (half + 32), 54, half, 0.7, INK) for n in range(2))
    flow.add(Strip(60, texts, lines, gap=30))
