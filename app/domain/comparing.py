"""Two versions of the same minutes side by side: point by point, with the words that differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from app.domain.meetings import Addition, Item, Meeting
from app.domain.people import person_name
from app.domain.swedish import clock, short_date

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = auto()
    GONE = auto()
    NEW = auto()


Pieces = tuple[tuple[Mark, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPair:
    """One point in both versions: left what stood, right what stands, each in pieces."""

    heading: str
    left: Pieces
    right: Pieces

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return any(mark is not Mark.SAME for mark, _ in (*self.left, *self.right))


def compare(
    older: Meeting, newer: Meeting, *, names: Mapping[str, str], customers: Mapping[str, str]
) -> tuple[PointPair, ...]:
    """The versions point by point in the newer one's order; what only the older one has comes last.

    First stands what is said of the meeting itself.
    """
    there = {item.key: item for item in older.items}
    pairs = [_pair("Mötet", _facts(older, names), _facts(newer, names))]
    for item in newer.items:
        before = there.pop(item.key, None)
        left = _said(before, older, names, customers) if before else ""
        pairs.append(_pair(item.heading, left, _said(item, newer, names, customers)))
    pairs += [_pair(item.heading, _said(item, older, names, customers), "") for item in there.values()]
    return tuple(pairs)


def _pair(heading: str, left: str, right: str) -> PointPair:
    before, after = marked(left, right)
    return PointPair(heading=heading, left=before, right=after)


def marked(older: str, newer: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces: what is in both, what only the older has, what only the newer has. Words stay whole."""
    one, other = _WORDS.findall(older), _WORDS.findall(newer)
    left: list[tuple[Mark, str]] = []
    right: list[tuple[Mark, str]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        before, after = "".join(one[a:b]), "".join(other[c:d])
        if before:
            left.append((Mark.SAME if what == "equal" else Mark.GONE, before))
        if after:
            right.append((Mark.SAME if what == "equal" else Mark.NEW, after))
    return tuple(left), tuple(right)


def _facts(meeting: Meeting, names: Mapping[str, str]) -> str:
    lines = [f"Sekreterare: {person_name(meeting.secretary, names)}" if meeting.secretary else ""]
    for one in meeting.attendance:
        who = one.name or names.get(one.member or "", one.member or "")
        times = "–".join(clock(at) for at in (one.from_, one.to) if at)
        state = {"present": "närvarande", "absent": "frånvarande", "excused": "frånvarande, anmält"}[one.status.value]
        lines.append(", ".join(part for part in (who, state, times, one.note or "") if part))
    lines += [f"Bilaga: {text}" for text in meeting.appendices]
    lines += [_added(one, names) for one in meeting.additions if one.item is None]
    return "\n".join(line for line in lines if line)


def _said(item: Item, meeting: Meeting, names: Mapping[str, str], customers: Mapping[str, str]) -> str:
    lines = [item.heading, item.notes or ""]
    lines += [f"Beslut: {text}" for text in item.decisions]
    for one in item.actions:
        due = f"klart {short_date(one.due)}" if one.due else ""
        facts = ", ".join(part for part in (person_name(one.responsible, names), due) if part)
        lines.append(f"Åtgärd: {one.text}" + (f" ({facts})" if facts else ""))
    for asked in item.questions:
        lines.append(f"Fråga: {asked.question}" + (f" Svar: {asked.answer}" if asked.answer else ""))
    for risk in item.assessments:
        score = "" if risk.score is None else f"{risk.score:g}".replace(".", ",")
        found = (customers.get(risk.customer, ""), risk.instrument, score, risk.risk or "", risk.note or "")
        lines.append("Riskbedömning: " + ", ".join(part for part in found if part))
    for part in item.participation:
        lines.append("Delaktighet: " + ", ".join(one for one in (part.wish, "var med" if part.present else "") if one))
    for told in item.presentations:
        said = ", ".join(one for one in (told.need, told.problem, told.wish) if one)
        lines.append(f"{told.profession}: {said}")
    lines += [_added(one, names) for one in meeting.additions if one.item == item.key]
    return "\n".join(line for line in lines if line)


def _added(one: Addition, names: Mapping[str, str]) -> str:
    return f"Tillägg {short_date(one.at.date())} {clock(one.at.time())}, {person_name(one.by, names)}: {one.text}"
