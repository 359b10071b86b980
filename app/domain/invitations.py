"""Who a forum calls: the routine's roles matched with the team's professions, wards and the customers' contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.catalogue import Forum
from app.domain.customers import Customer
from app.domain.team import Member, Professions

_CARE = frozenset({
    "Undersköterska", "Specialistundersköterska", "Vårdbiträde", "Stödassistent", "Stödpedagog", "Boendestödjare",
    "Personlig assistent", "Stödpersonal",
})  # fmt: skip
_PLANNING = frozenset({"Planerare", "Planeringssjuksköterska"})
_LICENSED = ("leg personal", "legitimerad personal", "berörda professioner")
_EVERYBODY = ("personal", "vårdpersonal", "stödpersonal", "boendepersonal", "avdelningspersonal", "tjänstgörande")


def invited(
    forum: Forum,
    *,
    members: Sequence[Member],
    professions: Professions,
    ward: str | None,
    on: dt.date,
    customers: Iterable[Customer] = (),
) -> tuple[str, ...]:
    """The keys of the members that the forum calls on that day, in the order of the routine's roles.

    Roles that take part only when needed (v.b.) are left to the convenor. A member without wards serves them all.
    """
    there = [
        member
        for member in members
        if member.active_on(on) and (ward is None or not member.wards or ward in member.wards)
    ]
    found: dict[str, None] = {}
    for participant in forum.participants:
        if not participant.when_needed:
            found.update(dict.fromkeys(_with_role(participant.role, there, professions, customers)))
    return tuple(found)


def co_opted(
    forum: Forum, *, called: Sequence[Member], unit: str, professions: Professions, leader: str | None
) -> tuple[Member, ...]:
    """Of those called, who is adjungerad or there when needed, by the routine's roles; never who leads.

    That is somebody from another unit, somebody in a role that takes part when needed (`Dietist v.b.`, though a
    dietist is licensed staff too), and somebody in no role at all. Care staff count as fixed wherever the fast
    omsorgskontakt takes part: whose contact comes differs between meetings.
    """
    always: set[str] = set()
    as_licensed: set[str] = set()
    when_needed: set[str] = set()
    for participant in forum.participants:
        role = participant.role.strip().lower()
        matching = set(_with_role(role, called, professions, ()))
        if role == "fast omsorgskontakt":
            matching = {one.key for one in called if _is_care(one, professions)}
        (when_needed if participant.when_needed else as_licensed if role in _LICENSED else always).update(matching)
    fixed = always | (as_licensed - when_needed)
    return tuple(one for one in called if one.key != leader and (unit not in one.units or one.key not in fixed))


def convenor(
    forum: Forum, *, members: Sequence[Member], professions: Professions, ward: str | None, on: dt.date
) -> str | None:
    """The member who answers for the forum, by the routine's words for its mötesansvarig; None when nobody fits."""
    there = [member for member in members if member.active_on(on)]
    for role in forum.responsible:
        outside = "annan" in role.lower()
        matching = _with_role(role, there, professions, ())
        chosen = [
            m for m in there if m.key in matching and ((ward in m.wards) is not outside if ward and m.wards else True)
        ]
        if chosen:
            return chosen[0].key
    return None


CARE = "omvårdnadspersonal"
"""What care workers are wanted as: any of them has the ward's view."""


def need_of(member: Member, forum: Forum, professions: Professions) -> str:
    """What a forum asks a member for, in lower case: her profession, or `CARE`; empty when it does not ask for her.

    Roles that take part only when needed (v.b.) ask for nobody.
    """
    for participant in forum.participants:
        if participant.when_needed:
            continue
        contact = participant.role.strip().lower() == "fast omsorgskontakt" and _is_care(member, professions)
        if contact or _with_role(participant.role, [member], professions, ()):
            return CARE if _is_care(member, professions) else _name(member, professions).lower()
    return ""


def _with_role(
    role: str, members: Sequence[Member], professions: Professions, customers: Iterable[Customer]
) -> list[str]:
    word = role.strip().lower()
    if word in _LICENSED:
        return [m.key for m in members if professions.is_licensed(m.profession)]
    if word == "fast omsorgskontakt":
        present = {m.key for m in members}
        contacts = [c.contacts.permanent_care_contact for c in customers if c.contacts]
        return [key for key in contacts if key and key in present]
    if word == "planeringsteam":
        return [m.key for m in members if _name(m, professions) in _PLANNING]
    if any(word.endswith(ending) or word.startswith(ending) for ending in _EVERYBODY) or word.startswith("samtlig"):
        return [m.key for m in members if _is_care(m, professions)]
    wanted = _profession_of(word, professions)
    return [m.key for m in members if wanted and _name(m, professions) == wanted]


def _profession_of(word: str, professions: Professions) -> str | None:
    for text in (
        word,
        *(word.removeprefix(p) for p in ("ansvarig ", "ev ")),
        word.partition(" från ")[0],
        word.partition(" utbildad")[0],
    ):
        if found := professions.find(text):
            return found.name
    return "Specialistundersköterska" if word.startswith(("specialist", "reflektionsledare")) else None


def _name(member: Member, professions: Professions) -> str:
    found = professions.find(member.profession)
    return found.name if found else member.profession


def _is_care(member: Member, professions: Professions) -> bool:
    found = professions.find(member.profession)
    return _name(member, professions) in _CARE or (found is not None and found.role == "care_staff")
