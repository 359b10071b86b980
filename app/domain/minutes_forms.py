"""The forms in which minutes are printed: whole, without customers, the decisions alone, or one customer's part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MinutesForm(StrEnum):
    """How much of the minutes is on the paper; the values are the words of the command line."""

    FULL = "full"
    NO_CUSTOMERS = "no-customers"
    DECISIONS = "decisions"
    EXTRACT = "extract"
    """What one customer's own points say, without a word about anybody else."""

    @property
    def label(self) -> str:
        """The form's Swedish name, as it stands on the paper."""
        return _LABELS[self]

    @property
    def whole(self) -> bool:
        """Whether every point stands on the paper, so that it is signed as the minutes themselves."""
        return self in (MinutesForm.FULL, MinutesForm.NO_CUSTOMERS)


_LABELS = {
    MinutesForm.FULL: "Minnesanteckningar",
    MinutesForm.NO_CUSTOMERS: "Minnesanteckningar utan kunduppgifter",
    MinutesForm.DECISIONS: "Beslut ur minnesanteckningar",
    MinutesForm.EXTRACT: "Utdrag ur minnesanteckningar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPart:
    """What of the minutes a paper has.

    `numbers` are those of its points in the whole minutes, empty where all stand there; `about` is the key of the
    customer of whom an extract is.
    """

    form: MinutesForm = MinutesForm.FULL
    numbers: tuple[int, ...] = ()
    about: str | None = None


WHOLE = MinutesPart()
