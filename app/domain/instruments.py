"""Instruments for risk assessments: scale, limits with their words, and what is said of a score.

An instrument guides beside clinical judgement: whoever assesses may say another risk than the limits give.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from app.domain.errors import Refused
from app.domain.keys import key_from
from app.domain.swedish import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Part of a scale: from this score up to where the next begins it says this risk."""

    from_: float
    risk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument as the program or a unit has it.

    The scale goes from `least` to `most` points, open where one is None, in whole points or `halves`. `bands` cover it
    without gap or overlap, since each ends where the next begins; without any the score says no risk by itself.
    `unused` ones are offered to nobody.
    """

    key: str
    name: str
    area: str = ""
    least: float | None = None
    most: float | None = None
    halves: bool = False
    bands: tuple[Band, ...] = ()
    guidance: str | None = None
    unused: bool = False

    @property
    def step(self) -> float:
        """The smallest difference between two scores."""
        return 0.5 if self.halves else 1.0


class Instruments:
    """The instruments of a unit: those that ship with the program as the unit has them, and its own besides."""

    def __init__(
        self, shipped: Iterable[Instrument], own: Iterable[Instrument] = (), *,
        also: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        """`also` are other names under which one is known, by its key."""
        self.shipped = tuple(shipped)
        departing = {one.key: one for one in own}
        kept = [departing.pop(one.key, one) for one in self.shipped]
        self.all = (*kept, *sorted(departing.values(), key=lambda one: sort_key(one.name)))
        self._by_name: dict[str, Instrument] = {}
        for one in self.all:
            first = next((each.name for each in self.shipped if each.key == one.key), one.name)
            for name in (one.name, one.key, first, *(also or {}).get(one.key, ())):
                self._by_name.setdefault(key_from(name), one)

    @property
    def used(self) -> tuple[Instrument, ...]:
        """Those that the unit uses."""
        return tuple(one for one in self.all if not one.unused)

    def find(self, name: str) -> Instrument | None:
        """The instrument that somebody means by a name, whatever it is called in the unit now."""
        return self._by_name.get(key_from(name)) if name.strip() else None

    def identity(self, name: str) -> str:
        """The same for each name of one instrument, so that earlier values are found."""
        found = self.find(name)
        return found.key if found is not None else key_from(name)

    def is_own(self, key: str) -> bool:
        """Whether the unit made it itself."""
        return all(one.key != key for one in self.shipped)


def instruments_from_json(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[tuple[Instrument, ...], dict[str, tuple[str, ...]]]:
    """The instruments as `resources/instruments.json` holds them, and the other names of each."""
    found, also = [], {}
    for row in rows:
        more = dict(row)
        also[str(row["key"])] = tuple(more.pop("also", ()))
        bands = tuple(Band(from_=float(one["from"]), risk=one["risk"]) for one in more.pop("bands"))
        found.append(checked(Instrument(**more, bands=bands)))
    return tuple(found), also


def risk_of(instrument: Instrument, score: float) -> str | None:
    """What the limits say of a score; None outside the scale, or where the instrument has no limits."""
    if score_fault(instrument, score):
        return None
    below = [band for band in instrument.bands if band.from_ <= score]
    return below[-1].risk if below else None


def score_fault(instrument: Instrument, score: float) -> str:
    """What is wrong with a score, in words, or nothing: `högst 28`."""
    if not math.isfinite(score):
        return "inget tal"
    if instrument.most is not None and score > instrument.most:
        return f"högst {number(instrument.most)}"
    if instrument.least is not None and score < instrument.least:
        return f"lägst {number(instrument.least)}"
    if not _fits(score, instrument.step):
        return "hela eller halva poäng" if instrument.halves else "hela poäng"
    return ""


def checked(instrument: Instrument) -> Instrument:
    """The instrument in order, its scale beginning where its first limit does.

    Raises Refused("instrument_name" | "instrument_scale" | "instrument_band" | "instrument_first_band") for one that
    cannot say one thing of each score.
    """
    name = " ".join(instrument.name.split())
    if not name:
        raise Refused("instrument_name")
    bands = tuple(
        replace(band, risk=" ".join(band.risk.split())) for band in sorted(instrument.bands, key=lambda one: one.from_)
    )
    least = instrument.least if instrument.least is not None or not bands else bands[0].from_
    scale = [bound for bound in (least, instrument.most) if bound is not None]
    if not all(_fits(bound, instrument.step) for bound in scale) or (len(scale) == 2 and scale[0] >= scale[1]):
        raise Refused("instrument_scale")
    for band in bands:
        if not band.risk or not _fits(band.from_, instrument.step):
            raise Refused("instrument_band")
        if instrument.most is not None and band.from_ > instrument.most:
            raise Refused("instrument_band")
    if bands and bands[0].from_ != least:
        raise Refused("instrument_first_band", least=number(least or 0))
    if any(one.from_ == after.from_ for one, after in pairwise(bands)):
        raise Refused("instrument_band")
    guidance = (instrument.guidance or "").strip() or None
    area = " ".join(instrument.area.split())
    return replace(instrument, name=name, area=area, least=least, bands=bands, guidance=guidance)


def _fits(score: float, step: float) -> bool:
    return math.isfinite(score) and abs(score) <= 10_000 and (score / step).is_integer()


def bands_words(instrument: Instrument) -> str:
    """What the limits say: `0–7 undernärd, 8–11 risk, 12–14 normal`."""
    said = []
    ends = [band.from_ - instrument.step for band in instrument.bands[1:]] + [instrument.most]
    for band, end in zip(instrument.bands, ends, strict=False):
        if end is None:
            span = f"{number(band.from_)} eller mer"
        else:
            span = number(end) if end == band.from_ else f"{number(band.from_)}–{number(end)}"
        said.append(f"{span} {band.risk[:1].lower()}{band.risk[1:]}")
    return ", ".join(said)


def scale_words(instrument: Instrument) -> str:
    """`7–28 poäng`, `högst 144 poäng`; nothing where the scale is open."""
    if instrument.most is None:
        return ""
    if instrument.least is None:
        return f"högst {number(instrument.most)} poäng"
    return f"{number(instrument.least)}–{number(instrument.most)} poäng"


def number(score: float) -> str:
    """A score as it is written: `17,5`."""
    return f"{score:.10g}".replace(".", ",")


def read_number(text: str) -> float | None:
    """A score as somebody types it, with comma or point; None where it is no number."""
    cleaned = text.strip().replace(",", ".").replace("−", "-")
    try:
        found = float(cleaned)
    except ValueError:
        return None
    plain = all(sign.isascii() and (sign.isdigit() or sign in ".-") for sign in cleaned)
    return found if plain and math.isfinite(found) else None
