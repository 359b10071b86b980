"""What a trial found: how much was tried, what was lost, and the row of the promise table it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_SHOWN = 5
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One promise as it was measured: `lost` is how often it was broken; None when it could not be tried at all."""

    tried: int
    lost: int | None
    note: str

    @property
    def kept(self) -> bool:
        """Whether the promise held wherever it was tried; what could not be tried breaks nothing."""
        return not self.lost


@dataclass(slots=True)
class Tally:
    """Counts while a trial runs: cases by kind, and a sentence for each broken promise."""

    cases: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str]] = field(default_factory=list)
    """How the promise was broken, and in which case."""

    def case(self, kind: str, *faults: str, number: int | str = "") -> None:
        """One case was tried; `faults` says in which ways the promise was broken by it."""
        self.cases[kind] += 1
        found = "; ".join(fault for fault in faults if fault)
        if found:
            self.broken.append((f"{kind}: {found}", str(number)))

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.cases.update(other.cases)
        self.broken += other.broken

    def outcome(self, note: str = "", *, missing: Iterable[str] = ()) -> Outcome:
        """The row: the cases by kind, what more there is to say, what was not tried, and the first broken promises."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.cases.items()) if len(self.cases) > 1 else ""
        said = [kinds, note, *(f"not tried: {one}" for one in missing), *self._first()]
        return Outcome(tried=self.cases.total(), lost=len(self.broken), note=". ".join(one for one in said if one))

    def _first(self) -> list[str]:
        if not self.broken:
            return []
        kinds = Counter(text for text, _ in self.broken)
        cases = {text: number for text, number in reversed(self.broken) if number}
        first = [
            f"{count} × {text[:_LONGEST]}{f' (first in case {cases[text]})' if text in cases else ''}"
            for text, count in kinds.most_common(_SHOWN)
        ]
        more = len(kinds) - len(first)
        return [f"BROKEN: {' | '.join(first)}{f' | and {more} other kinds' if more > 0 else ''}"]
