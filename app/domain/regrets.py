"""That somebody called cannot come: what it does to the attendance, and what the convenor is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.catalogue import Forum
from app.domain.invitations import need_of
from app.domain.meetings import Attendance, AttendanceStatus, Meeting, Regret
from app.domain.people import Outsider, Person, person_name
from app.domain.swedish import when
from app.domain.team import Member, Professions


@dataclass(frozen=True, slots=True, kw_only=True)
class RegretNote:
    """What a convenor is told: who cannot come to which meeting, who comes instead, and what the meeting then lacks."""

    mark: str
    """What says that it was seen: another substitute makes another mark."""
    meeting: str
    heading: str
    date: dt.date
    start: dt.time
    name: str
    substitute: str
    lost: tuple[str, ...] = ()

    def sentence(self, today: dt.date) -> str:
        """`Anna Berg kan inte komma till teammöte på Norr i morgon 13.00. Bo Ek kommer i stället.`, what is lost."""
        said = f"{self.name} kan inte komma till {self.heading} {when(self.date, self.start, today=today)}."
        instead = f"{self.substitute} kommer i stället." if self.substitute else ""
        return " ".join(part for part in (said, instead, lost_sentence(self.lost)) if part)


def lost_sentence(lost: Sequence[str]) -> str:
    """`Ingen sjuksköterska är med.`; empty when the meeting lacks nothing."""
    return f"Ingen {' och ingen '.join(lost)} är med." if lost else ""


def lost_needs(
    forum: Forum, *, missing: Iterable[Member], coming: Iterable[Member], professions: Professions
) -> tuple[str, ...]:
    """What the forum asks the missing for that nobody of those who come can give (routine's participants)."""
    wanted = dict.fromkeys(need_of(one, forum, professions) for one in missing)
    there = {need_of(one, forum, professions) for one in coming}
    return tuple(one for one in wanted if one and one not in there)


def regret_of(meeting: Meeting, member: str) -> Regret | None:
    """What the member said of this meeting, if she cannot come."""
    return next((one for one in meeting.regrets if one.member == member), None)


def expected(meeting: Meeting) -> frozenset[str]:
    """Who may say that she cannot come: the called, the convenor, and who was to come in another's place."""
    others = (meeting.chair, *(one.substitute for one in meeting.regrets))
    return frozenset((*meeting.participants, *(one for one in others if isinstance(one, str))))


def with_attendance(meeting: Meeting) -> Meeting:
    """The meeting as it opens: who sent regrets is absent with notice, her substitute here; what is there stays."""
    found = list(meeting.attendance)
    there = {one.member or one.name for one in found}
    away = {one.member for one in meeting.regrets}
    for regret in meeting.regrets:
        if regret.member not in there:
            found.append(Attendance(member=regret.member, status=AttendanceStatus.EXCUSED))
        stands_in = regret.substitute
        if stands_in is not None and _named(stands_in) not in there | away:
            found.append(replace(_present(stands_in), substitute_for=regret.member))
    return replace(meeting, attendance=tuple(found))


def _named(person: Person) -> str:
    return person.name if isinstance(person, Outsider) else person


def _present(person: Person) -> Attendance:
    if isinstance(person, Outsider):
        return Attendance(name=person.name, status=AttendanceStatus.PRESENT)
    return Attendance(member=person, status=AttendanceStatus.PRESENT)


def regret_words(regret: Regret, names: Mapping[str, str]) -> str:
    """`Anna Berg kan inte komma. Bo Ek kommer i stället.`, and why where that may be known."""
    said = [f"{names.get(regret.member, regret.member)} kan inte komma."]
    if regret.substitute is not None:
        said.append(f"{person_name(regret.substitute, names)} kommer i stället.")
    if regret.note:
        said.append(regret.note)
    return " ".join(said)
