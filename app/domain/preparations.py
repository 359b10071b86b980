"""Preparations: what one person is to have ready before a meeting, what an agenda asks for, and how it is told.

The routine asks for risk assessments in good time and for the customer's own wishes beforehand (routine 2 and 3.1), and
that everybody comes prepared; the professions agree who does what, so what is suggested is only a beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from app.domain.customers import Contacts
from app.domain.errors import Conflict, Refused
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Item, Meeting
from app.domain.people import Person
from app.domain.review import is_asked
from app.domain.swedish import number_word

IN_GOOD_TIME = dt.timedelta(days=1)
"""A preparation is to be done the day before the meeting at the latest."""


class PreparationKind(StrEnum):
    """What is to be ready."""

    ASSESSMENT = "assessment"
    PARTICIPATION = "participation"
    READ = "read"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish name of the kind."""
        return _KINDS[self]

    @property
    def about_customer(self) -> bool:
        """Whether it is always about somebody."""
        return self in (PreparationKind.ASSESSMENT, PreparationKind.PARTICIPATION)


_KINDS = {
    PreparationKind.ASSESSMENT: "Riskbedömning",
    PreparationKind.PARTICIPATION: "Fråga om delaktighet",
    PreparationKind.READ: "Läsa på",
    PreparationKind.OTHER: "Annat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Something that one person is to have ready before `meeting`; `position` is its place in the meeting's list.

    `instrument` is with what a risk is assessed, `note` what is told of how it went.
    """

    key: str
    meeting: str
    kind: PreparationKind
    position: int = 0
    text: str | None = None
    instrument: str | None = None
    customer: str | None = None
    item: str | None = None
    responsible: Person | None = None
    done_on: dt.date | None = None
    done_by: Person | None = None
    note: str | None = None

    @property
    def done(self) -> bool:
        """Whether it is ready."""
        return self.done_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationRow:
    """A preparation as lists show it, names looked up; a `hidden` one says only that it is about a customer."""

    preparation: Preparation
    version: int
    customer_label: str
    responsible_name: str
    done_by_name: str
    meeting_heading: str
    date: dt.date
    start: dt.time
    hidden: bool
    may_write: bool
    may_settle: bool

    @property
    def key(self) -> str:
        """The preparation's key."""
        return self.preparation.key

    @property
    def words(self) -> str:
        """What is to be ready, in one line."""
        return HIDDEN if self.hidden else words(self.preparation, customer=self.customer_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationChange:
    """What a gesture did to one preparation: as it was, and as it was left; None where there was or is none."""

    was: Preparation | None
    left: Preparation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationPaper:
    """A meeting's list of preparations, for paper; `forum_and_ward` is its name where nobody may be named."""

    heading: str
    forum_and_ward: str
    unit_name: str
    setting_label: str
    date: dt.date
    start: dt.time
    end: dt.time
    place: str | None
    rows: tuple[PreparationRow, ...]
    has_customer_data: bool
    prepared_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprepared:
    """Of a meeting that one leads and that is near: how much is not ready, and whose it is. Nothing of a customer."""

    meeting: str
    heading: str
    date: dt.date
    start: dt.time
    left: int
    total: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """`3 av 5 förberedelser är inte klara`."""
        return f"{self.left} av {number_word(self.total, 'förberedelse', 'förberedelser')} är inte klara"


def words(one: Preparation, *, customer: str) -> str:
    """`Riskbedömning med ROAG: 1101 AB`, `Fråga 1101 AB om önskemål`, `Läs på: nya rutinen`, or the text as written."""
    if one.kind is PreparationKind.OTHER:
        return f"{one.text or ''} ({customer})" if customer else one.text or ""
    if one.kind is PreparationKind.READ:
        return ": ".join(part for part in (f"Läs på om {customer}" if customer else "Läs på", one.text) if part)
    if one.kind is PreparationKind.ASSESSMENT:
        said = f"Riskbedömning med {one.instrument}: {customer}" if one.instrument else f"Riskbedömningar: {customer}"
    else:
        said = f"Fråga {customer} om önskemål"
    return f"{said} – {one.text}" if one.text else said


def count_words(done: int, total: int) -> str:
    """`3 av 5 klara`; empty where there is nothing to be ready."""
    return f"{done} av {total} klara" if total else ""


def checked(one: Preparation) -> Preparation:
    """The preparation without blanks around its texts.

    Raises Refused("preparation_customer" | "preparation_text") when it does not say whom or what it is about, and
    Refused("preparation_done") for somebody who did it without a day.
    """
    text, instrument, note = ((said or "").strip() or None for said in (one.text, one.instrument, one.note))
    clean = replace(one, text=text, instrument=instrument, note=note)
    if clean.kind.about_customer and clean.customer is None:
        raise Refused("preparation_customer")
    if not clean.kind.about_customer and clean.text is None and clean.customer is None:
        raise Refused("preparation_text")
    if clean.done_by is not None and clean.done_on is None:
        raise Refused("preparation_done")
    return clean if clean.kind is PreparationKind.ASSESSMENT else replace(clean, instrument=None)


def put_back(now: Preparation | None, change: PreparationChange) -> Preparation | None:
    """The preparation with what a gesture changed as it was before; None where it was not there.

    What was changed since in other ways stays, so that several gestures in a row can be taken back.
    Raises Conflict("changed_meanwhile") where what the gesture left does not stand any more.
    """
    was, left = change.was, change.left
    if now is None or was is None or left is None:
        if now != left:
            raise Conflict("changed_meanwhile")
        return was
    changed = [one.name for one in fields(Preparation) if getattr(was, one.name) != getattr(left, one.name)]
    if any(getattr(now, name) != getattr(left, name) for name in changed):
        raise Conflict("changed_meanwhile")
    return replace(now, **{name: getattr(was, name) for name in changed})


def settles_only(change: PreparationChange) -> bool:
    """Whether the gesture did nothing but say that something is ready, or is not."""
    was, left = change.was, change.left
    if was is None or left is None:
        return False
    return replace(was, done_on=left.done_on, done_by=left.done_by, note=left.note) == left


def blanked(one: Preparation) -> Preparation:
    """The preparation with its place, whose it is and whether it is done, saying nothing of the customer."""
    return Preparation(
        key=one.key, meeting=one.meeting, kind=one.kind, position=one.position, responsible=one.responsible,
        done_on=one.done_on, done_by=one.done_by,
    )  # fmt: skip


def ready_by(meeting: dt.date) -> dt.date:
    """The last day in good time before a meeting."""
    return meeting - IN_GOOD_TIME


def is_late(one: Preparation, *, meeting: dt.date, today: dt.date) -> bool:
    """Whether it ought to be ready and is not."""
    return not one.done and today > ready_by(meeting)


def suggested(
    meeting: Meeting, *, contacts: Mapping[str, Contacts], instruments: Mapping[str, Sequence[str]],
    there: Collection[Preparation],
) -> tuple[Preparation, ...]:  # fmt: skip
    """What the agenda asks for and the list has not got: of each customer due, her wishes and her risk assessments.

    She is asked by the first of her fast omsorgskontakt, nurse, physiotherapist and occupational therapist
    (routine 2). Her nurse answers for the assessments, one for each of the `instruments` that were used for her before.
    What the point has already is not asked for again. Keys are left empty.
    """
    known = {(one.kind, one.customer, one.instrument) for one in there}
    assessed = {one.customer for one in there if one.kind is PreparationKind.ASSESSMENT}
    made: list[Preparation] = []
    for customer in _due(meeting):
        hers = contacts.get(customer, Contacts())
        points = [item for item in meeting.items if item.customer == customer]
        asked = (PreparationKind.PARTICIPATION, customer, None) in known or _is_asked(points, customer)
        if not asked:
            made.append(Preparation(
                key="", meeting=meeting.key, kind=PreparationKind.PARTICIPATION, customer=customer,
                responsible=_asks(hers),
            ))  # fmt: skip
        done = {one.instrument for item in points for one in item.assessments if one.customer == customer}
        wanted: Sequence[str | None] = instruments.get(customer, ()) or (
            () if done or customer in assessed else (None,)
        )
        made += [
            Preparation(
                key="", meeting=meeting.key, kind=PreparationKind.ASSESSMENT, customer=customer, instrument=one,
                responsible=hers.responsible_nurse,
            )
            for one in wanted
            if one not in done and (PreparationKind.ASSESSMENT, customer, one) not in known
        ]  # fmt: skip
    last = max((one.position for one in there), default=-1)
    return tuple(replace(one, position=last + number) for number, one in enumerate(made, start=1))


def made_ready(
    old: Meeting, new: Meeting, *, identity: Callable[[str], str]
) -> frozenset[tuple[PreparationKind, str, str]]:  # fmt: skip
    """What a change of the meeting has made ready: kind, customer, and for an assessment the instrument's `identity`.

    An assessment is made once it says a score or a risk, a customer asked once the point says so.
    """
    return _ready(new, identity) - _ready(old, identity)


def _ready(meeting: Meeting, identity: Callable[[str], str]) -> frozenset[tuple[PreparationKind, str, str]]:
    assessed = {
        (PreparationKind.ASSESSMENT, one.customer, identity(one.instrument))
        for item in meeting.items
        for one in item.assessments
        if one.score is not None or one.risk
    }
    asked = {
        (PreparationKind.PARTICIPATION, one.customer, "")
        for item in meeting.items
        for one in item.participation
        if is_asked(one)
    }
    return frozenset(assessed | asked)


def is_settled_by(
    one: Preparation, ready: Collection[tuple[PreparationKind, str, str]], *, identity: Callable[[str], str]
) -> bool:
    """Whether what was made ready is what the preparation asks for; without an instrument any assessment is."""
    wanted = identity(one.instrument) if one.instrument else None
    return any(
        (kind, customer) == (one.kind, one.customer) and wanted in (None, instrument)
        for kind, customer, instrument in ready
    )


def _due(meeting: Meeting) -> tuple[str, ...]:
    about = (item.customer for item in meeting.items if item.customer)
    return tuple(dict.fromkeys((*meeting.customers, *about)))


def _is_asked(points: Iterable[Item], customer: str) -> bool:
    told = (one for item in points for one in item.participation if one.customer == customer)
    return any(one.asked_on is not None or one.wish for one in told)


def _asks(contacts: Contacts) -> str | None:
    order = (
        contacts.permanent_care_contact, contacts.responsible_nurse, contacts.physiotherapist,
        contacts.occupational_therapist,
    )  # fmt: skip
    return next((one for one in order if one), None)
