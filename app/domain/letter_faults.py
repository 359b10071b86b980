"""What the exchange file's types do not say of information letters."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.document import Problem
from app.domain.errors import Refused
from app.domain.letters import Letter, LetterStatus, check
from app.domain.wording import wording


def letter_faults(place: str, letter: Letter) -> Iterator[Problem]:
    """What the types of the exchange file do not say: weeks that are none, times, sent without saying when."""
    try:
        check(letter, lambda _: False)
    except Refused as error:
        yield Problem(line=0, column=place, reason=wording(error))
    if (letter.status is LetterStatus.SENT) != (letter.sent_at is not None):
        yield Problem(line=0, column=f"{place}.sent_at", reason="Ett skickat brev, och inget annat, har en tid.")
    moments = [letter.sent_at, *(at for part in letter.parts for at in (part.start, part.end))]
    if any(moment and (moment.second or moment.microsecond or moment.tzinfo) for moment in moments):
        yield Problem(line=0, column=place, reason="Tider skrivs TT:MM utan sekunder och zon.")
