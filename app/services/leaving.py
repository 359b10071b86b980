"""A member leaves: what she holds in one list, handed over in one step. Only what the person's account reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.errors import Refused
from app.domain.preparations import words
from app.domain.roles import Right
from app.domain.swedish import short_date
from app.domain.team import HandOver, Reference
from app.services import planning_records, team
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.rows import bump
from app.services.sight import labels_of_everybody
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_COMING = ("planned", "open")
_CONTACTS = {
    "permanent_care_contact": "fast omsorgskontakt", "responsible_nurse": "ansvarig sjuksköterska",
    "physiotherapist": "fysioterapeut", "occupational_therapist": "arbetsterapeut",
}  # fmt: skip
_MEETING_ROLES = {"chair": "leder", "secretary": "är sekreterare vid", "approver": "justerar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """One thing a member holds, the unit it belongs to, and the customer whom it says something of."""

    reference: Reference
    unit: str
    customer: str | None = None


@needs(Right.WRITE_REGISTERS)
def held_by(desk: Desk, *, key: str) -> tuple[Reference, ...]:
    """What a member still holds: open actions, contacts, checklists, preparations, coming meetings she is at.

    Each customer among them is logged as read. What belongs to a unit that the account does not reach is not listed.
    """
    team.get_member(desk, key=key)
    with desk.writing() as work:
        held = _held(desk, work, key)
        for one in held:
            if one.customer:
                work.record(Event(action="read", object=f"member:{key}", customer=one.customer, unit=one.unit))
        work.commit()
    return tuple(one.reference for one in held)


def _held(desk: Desk, work: UnitOfWork, key: str) -> list[_Held]:
    member_id = work.session.scalars(select(m.Member.id).where(m.Member.key == key)).one()
    forums = {forum.key: forum.name.lower() for forum in desk.catalogue.all}
    labels = labels_of_everybody(work)
    found = (
        *_actions_of(work, member_id, labels),
        *_contacts_of(work, member_id, labels),
        *_meetings_of(work, member_id, forums),
        *_substitutions_of(work, member_id),
        *_checklists_of(work, member_id),
        *_preparations_of(work, member_id, labels),
    )
    return [one for one in found if desk.actor.sees(one.unit)]


def _actions_of(work: UnitOfWork, member_id: int, labels: dict[str, str]) -> list[_Held]:
    about = (
        select(m.Customer.key)
        .where(m.Customer.id == func.coalesce(m.Action.customer_id, m.Item.customer_id))
        .scalar_subquery()
    )
    query = (
        select(m.Action.key, m.Action.text, m.Unit.key.label("unit"), about.label("customer"))
        .join(m.Item, m.Item.id == m.Action.item_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .where(m.Action.responsible_id == member_id, m.Action.status == "open")
        .order_by(m.Action.due, m.Action.key)
    )
    found: list[_Held] = []
    for row in work.session.execute(query):
        whom = f" ({labels[row.customer]})" if row.customer else ""
        reference = Reference(kind="action", key=row.key, sentence=f"Åtgärd: {row.text}{whom}")
        found.append(_Held(reference=reference, unit=row.unit, customer=row.customer))
    return found


def _contacts_of(work: UnitOfWork, member_id: int, labels: dict[str, str]) -> list[_Held]:
    found: list[_Held] = []
    for name, word in _CONTACTS.items():
        column = getattr(m.Customer, f"{name}_id")
        query = select(m.Customer.key, m.Unit.key.label("unit")).join(m.Unit, m.Unit.id == m.Customer.unit_id)
        for row in work.session.execute(query.where(column == member_id).order_by(m.Customer.key)):
            sentence = f"Är {word} för {labels[row.key]}"
            reference = Reference(kind="contact", key=f"{row.key}/{name}", sentence=sentence)
            found.append(_Held(reference=reference, unit=row.unit, customer=row.key))
    return found


def _meetings_of(work: UnitOfWork, member_id: int, forums: dict[str, str]) -> list[_Held]:
    of_a_meeting = select(m.Meeting.key, m.Meeting.date, m.Meeting.forum, m.Unit.key.label("unit")).join(
        m.Unit, m.Unit.id == m.Meeting.unit_id
    )
    found: list[_Held] = []
    for name, word in _MEETING_ROLES.items():
        column = getattr(m.Meeting, f"{name}_id")
        led = of_a_meeting.where(column == member_id, m.Meeting.status.in_((*_COMING, "draft")))
        for row in work.session.execute(led.order_by(m.Meeting.date, m.Meeting.key)):
            sentence = f"{word.capitalize()} {forums.get(row.forum, row.forum)} {short_date(row.date)}"
            reference = Reference(kind="convenor", key=f"{row.key}/{name}", sentence=sentence)
            found.append(_Held(reference=reference, unit=row.unit))
    called = of_a_meeting.join(m.MeetingMember, m.MeetingMember.meeting_id == m.Meeting.id).where(
        m.MeetingMember.member_id == member_id, m.Meeting.status == "planned"
    )
    for row in work.session.execute(called.order_by(m.Meeting.date, m.Meeting.key)):
        sentence = f"Är kallad till {forums.get(row.forum, row.forum)} {short_date(row.date)}"
        found.append(_Held(reference=Reference(kind="meeting", key=row.key, sentence=sentence), unit=row.unit))
    return found


def _substitutions_of(work: UnitOfWork, member_id: int) -> list[_Held]:
    query = (
        select(m.WardSubstitute.id, m.WardSubstitute.profession, m.Ward.name, m.Unit.key.label("unit"))
        .join(m.Ward, m.Ward.id == m.WardSubstitute.ward_id)
        .join(m.Unit, m.Unit.id == m.Ward.unit_id)
        .where(m.WardSubstitute.member_id == member_id)
        .order_by(m.WardSubstitute.id)
    )
    found: list[_Held] = []
    for row in work.session.execute(query):
        sentence = f"Är ersättare för {row.profession.lower()} på {row.name}"
        found.append(_Held(reference=Reference(kind="substitute", key=str(row.id), sentence=sentence), unit=row.unit))
    return found


def _checklists_of(work: UnitOfWork, member_id: int) -> list[_Held]:
    """Open checklists of hers, and steps in them that she is to do: by what they are called, which names nobody."""
    runs = (
        select(m.ChecklistRun.key, m.ChecklistRun.name, m.Unit.key.label("unit"))
        .join(m.Unit, m.Unit.id == m.ChecklistRun.unit_id)
        .where(m.ChecklistRun.status == "open")
        .order_by(m.ChecklistRun.key)
    )
    found: list[_Held] = []
    for row in work.session.execute(runs.where(m.ChecklistRun.owner_id == member_id)):
        reference = Reference(kind="checklist", key=row.key, sentence=f"Har checklistan {row.name}")
        found.append(_Held(reference=reference, unit=row.unit))
    steps = (
        runs.add_columns(m.ChecklistStep.id, m.ChecklistStep.text)
        .join(m.ChecklistStep, m.ChecklistStep.run_id == m.ChecklistRun.id)
        .where(m.ChecklistStep.responsible_id == member_id, m.ChecklistStep.done_at.is_(None))
        .where(m.ChecklistStep.skipped.is_(None))
        .order_by(m.ChecklistStep.position)
    )
    for row in work.session.execute(steps):
        sentence = f"Steg i {row.name}: {row.text}"
        found.append(_Held(reference=Reference(kind="step", key=str(row.id), sentence=sentence), unit=row.unit))
    return found


def _preparations_of(work: UnitOfWork, member_id: int, labels: dict[str, str]) -> list[_Held]:
    """What she is to have ready before coming meetings."""
    units = select(m.Meeting.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Meeting.unit_id)
    coming = dict(work.session.execute(units.where(m.Meeting.status.in_(_COMING))).all())
    waiting = (m.Preparation.responsible_id == member_id) & m.Preparation.done_on.is_(None)
    found: list[_Held] = []
    for one, _ in planning_records.load(work.session, planning_records.PREPARATIONS, waiting).values():
        if one.meeting in coming:
            sentence = f"Förberedelse: {words(one, customer=labels.get(one.customer or '', ''))}"
            reference = Reference(kind="preparation", key=one.key, sentence=sentence)
            found.append(_Held(reference=reference, unit=coming[one.meeting], customer=one.customer))
    return found


@needs(Right.WRITE_REGISTERS)
def hand_over(desk: Desk, *, key: str, last_day: dt.date, takers: Sequence[HandOver]) -> None:
    """The member leaves after `last_day`: each thing she holds goes to its taker, or ends where it may, in one step.

    Only what `held_by` lists is handed over: Refused("hand_over_changed") for anything else, and
    Refused("action_needs_taker") for an open action without a taker. A member of a unit beyond the account's reach is
    not hers to end: NotAllowed.
    """
    team.get_member(desk, key=key)
    with desk.writing() as work:
        found = records.load_members(work.session, m.Member.key == key)[key]
        team.require_every_unit_of(desk, found[0])
        held = {(one.reference.kind, one.reference.key): one for one in _held(desk, work, key)}
        if any((one.kind, one.key) not in held for one in takers):
            raise Refused("hand_over_changed")
        member_id = work.session.scalars(select(m.Member.id).where(m.Member.key == key)).one()
        directory = Directory(work.session)
        directory.learn_keys(m.Member, [one.to for one in takers if one.to])
        for one in takers:
            _give(work.session, one, member_id=member_id, to=directory.id(m.Member, one.to))
            given = held[one.kind, one.key]
            if given.customer:
                event = Event(action="hand_over", object=f"member:{key}", customer=given.customer, unit=given.unit)
                work.record(event)
        bump(work.session, m.Member, key=key, expected_version=found[1], what="Medarbetaren")
        records.update_member(work.session, directory, old=found[0], new=replace(found[0], to=last_day))
        work.record(Event(action="hand_over", object=f"member:{key}"))
        work.commit()


def _give(session: Session, one: HandOver, *, member_id: int, to: int | None) -> None:
    head, _, role = one.key.partition("/")
    if one.kind == "action":
        if to is None:
            raise Refused("action_needs_taker")
        session.execute(
            update(m.Action).where(m.Action.key == head).values(responsible_id=to, version=m.Action.version + 1)
        )
        decided = select(m.Item.meeting_id).join(m.Action, m.Action.item_id == m.Item.id).where(m.Action.key == head)
        session.execute(update(m.Meeting).where(m.Meeting.id.in_(decided)).values(version=m.Meeting.version + 1))
    elif one.kind == "contact":
        session.execute(
            update(m.Customer)
            .where(m.Customer.key == head)
            .values({f"{role}_id": to, "version": m.Customer.version + 1})
        )
    elif one.kind == "convenor":
        session.execute(
            update(m.Meeting).where(m.Meeting.key == head).values({f"{role}_id": to, "version": m.Meeting.version + 1})
        )
    elif one.kind == "meeting":
        _replace_called(session, head, member_id=member_id, to=to)
    elif one.kind == "preparation":
        values = {"responsible_id": to, "version": m.Preparation.version + 1}
        session.execute(update(m.Preparation).where(m.Preparation.key == one.key).values(values))
    elif one.kind in ("checklist", "step"):
        _give_checklist(session, one, to=to)
    elif to is None:
        session.execute(delete(m.WardSubstitute).where(m.WardSubstitute.id == int(head)))
    else:
        session.execute(update(m.WardSubstitute).where(m.WardSubstitute.id == int(head)).values(member_id=to))


def _give_checklist(session: Session, one: HandOver, *, to: int | None) -> None:
    """Another owner, or who is to do a step; without an heir the owner does it."""
    if one.kind == "checklist":
        run = m.ChecklistRun.key == one.key
        session.execute(update(m.ChecklistRun).where(run).values(owner_id=to))
    else:
        run = m.ChecklistRun.id.in_(select(m.ChecklistStep.run_id).where(m.ChecklistStep.id == int(one.key)))
        session.execute(update(m.ChecklistStep).where(m.ChecklistStep.id == int(one.key)).values(responsible_id=to))
    session.execute(update(m.ChecklistRun).where(run).values(version=m.ChecklistRun.version + 1))


def _replace_called(session: Session, meeting: str, *, member_id: int, to: int | None) -> None:
    meeting_id = session.scalars(select(m.Meeting.id).where(m.Meeting.key == meeting)).one()
    place = (m.MeetingMember.meeting_id == meeting_id) & (m.MeetingMember.member_id == member_id)
    taken = select(m.MeetingMember.member_id).where(
        m.MeetingMember.meeting_id == meeting_id, m.MeetingMember.member_id == to
    )
    if to is None or session.scalar(taken) is not None:
        session.execute(delete(m.MeetingMember).where(place))
    else:
        session.execute(update(m.MeetingMember).where(place).values(member_id=to))
    session.execute(update(m.Meeting).where(m.Meeting.id == meeting_id).values(version=m.Meeting.version + 1))
