"""Meetings: listing, reading, saving, their way from plan to approved minutes, and dated additions after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import bindparam, delete, select, update

from app import models as m
from app.domain import meeting_rules as rules
from app.domain.agenda import with_added
from app.domain.customers import headed
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.journal import with_marks_of
from app.domain.keys import free_key
from app.domain.lifting import asked_outward
from app.domain.meeting_rules import Step
from app.domain.meetings import Addition, Item, ItemKind, Meeting, MeetingStatus
from app.domain.minutes import VersionKind
from app.domain.people import Outsider, Person
from app.domain.publishing import marked
from app.domain.recurring import done_between, with_following
from app.domain.regrets import with_attendance
from app.domain.roles import Right
from app.domain.sight import restored
from app.domain.stored import Stored
from app.services import meeting_records as records
from app.services import sight, unseen
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.following import HandOn, KeepChange, hand_customers_on, new_key, take_customers_back
from app.services.lifts import settle_lifts
from app.services.minutes_keeping import keep_to_be_read
from app.services.preparation_moves import follow_customers
from app.services.preparation_settling import settle_written
from app.services.presenting import own_presentation
from app.services.protection import protected_among
from app.services.records import Directory
from app.services.series_moves import note_move
from app.services.taking_over import carry_on, with_waiting
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_BUMP = (
    update(m.Meeting)
    .where(m.Meeting.id == bindparam("meeting"), m.Meeting.version == bindparam("expected"))
    .values(version=m.Meeting.version + 1)
)


def may_at(desk: Desk, *, meeting: Meeting) -> frozenset[Right]:
    """The person's rights at this meeting: her account's, and those of her roles there; an emergency adds none."""
    return rules.rights_at(meeting, replace(desk.actor, emergency=frozenset()))


@needs(Right.READ_MEETINGS)
def get_meeting(desk: Desk, *, key: str) -> Stored[Meeting]:
    """The meeting as the person may see it; each customer named in what she sees is logged as read."""
    with desk.writing() as work:
        meeting, version = read(desk, work, key)
        seen = sight.read_meeting(desk, work, meeting)
        work.commit()
        return Stored(seen, version)


def read(desk: Desk, work: UnitOfWork, key: str, *, directory: Directory | None = None) -> tuple[Meeting, int]:
    """The whole meeting and its version inside a unit of work; whoever gives it out shows it by `sight`.

    Raises NotFound, or NotAllowed for a meeting of another's unit at which the person has no role.
    """
    found = records.load(work.session, m.Meeting.key == key, directory=directory).get(key)
    if found is None:
        raise NotFound("not_found", what="Mötet", key=key)
    if not rules.reaches(found[0], desk.actor):
        raise NotAllowed("not_your_unit")
    return found


@needs(Right.WRITE_MEETINGS)
def book_meeting(desk: Desk, *, meeting: Meeting) -> Stored[Meeting]:
    """Keep a new meeting; empty keys are made. Raises Refused for an impossible one."""
    with desk.writing() as work:
        seen = sight.shown(desk, work, insert_new(desk, work, [meeting])[0])
        work.commit()
        return Stored(seen, 1)


def insert_new(desk: Desk, work: UnitOfWork, meetings: list[Meeting]) -> list[Meeting]:
    """Write new meetings in the caller's unit of work, with what waited for them; keys that are empty are made."""
    taken = set(work.session.scalars(select(m.Meeting.key)))
    kept = []
    whole = [unseen.completed(desk, work, meeting) for meeting in meetings]
    for meeting in with_waiting(desk, work, whole):
        if not desk.actor.sees(meeting.unit):
            raise NotAllowed("not_your_unit")
        rules.check_appointments(meeting, desk.actor)
        named = _with_keys(meeting, taken)
        rules.check(named)
        taken.add(named.key)
        kept.append(named)
        work.record(Event(action="book_meeting", object=f"meeting:{named.key}", unit=named.unit))
    directory = Directory(work.session)
    records.learn_references(directory, kept)
    records.insert_all(work.session, directory, kept)
    follow_customers(work, kept)
    return kept


def _with_keys(meeting: Meeting, taken: set[str]) -> Meeting:
    parts = (meeting.unit, meeting.forum, meeting.ward or "", meeting.date.isoformat())
    key = meeting.key or free_key("-".join(part for part in parts if part), taken)
    items = tuple(
        item if item.key else replace(item, key=f"{key}-{n}") for n, item in enumerate(meeting.items, start=1)
    )
    return replace(meeting, key=key, items=items)


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES)
def save_meeting(desk: Desk, *, meeting: Meeting, expected_version: int) -> Stored[Meeting]:
    """Keep the agenda and the minutes as they stand in `meeting`; the status is moved by the steps below.

    What was hidden from the person stays as it is. Raises Refused once the minutes are approved or the meeting is
    cancelled, Conflict when somebody saved meanwhile, NotAllowed without the right to the part that changed.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, stands_at = read(desk, work, meeting.key, directory=directory)
        if old.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED):
            raise Refused("minutes_locked" if old.status is MeetingStatus.APPROVED else "meeting_cancelled")
        if stands_at != expected_version:  # before anything hidden is put back: that was of another version
            raise Conflict("changed_meanwhile")
        whole = with_marks_of(restored(meeting, old=old, actor=desk.actor, reach=sight.reach(desk, work)), old)
        new = marked(old, rules.counted(old, replace(
            whole, status=old.status, cancelled_reason=old.cancelled_reason, additions=old.additions,
            announced_on=old.announced_on, announced_sequence=old.announced_sequence,
            circulated_at=old.circulated_at, comments_by=old.comments_by,
            published_at=old.published_at, published_version=old.published_version,
        )), now=desk.clock.now())  # fmt: skip
        rules.check(new)
        _require(desk, old, new)
        new = with_following(
            new, done=done_between(old, new), today=desk.today, new_key=lambda: new_key(near=old.key)
        )  # fmt: skip
        version = keep_change(work, directory, old, new, expected_version)
        if (old.date, old.start, old.end) != (new.date, new.start, new.end):
            note_move(desk, work, new)
        settle_lifts(desk, work, new, keep_change, old=old)
        settle_written(desk, work, old=old, new=new)
        sight.log_gesture(work, new, action="save_meeting", customers=rules.customers_changed(old, new))
        work.session.connection().execute(
            delete(m.Draft).where(m.Draft.user == desk.actor.user, m.Draft.kind == "meeting", m.Draft.key == new.key)
        )
        seen = sight.shown(desk, work, new)
        work.commit()
    desk.unshelve(kind="meeting", key=new.key)
    return Stored(seen, version)


def lay_over(desk: Desk, work: UnitOfWork, *, meeting: Meeting, expected_version: int) -> None:
    """Give a planned meeting the day, hours, place, link and day in the series of `meeting`; nothing else changes.

    In the caller's unit of work.
    Raises Refused("meeting_not_planned") once it has begun, Conflict when somebody changed it meanwhile.
    """
    directory = Directory(work.session)
    old, stands_at = read(desk, work, meeting.key, directory=directory)
    if stands_at != expected_version:
        raise Conflict("changed_meanwhile")
    if old.status is not MeetingStatus.PLANNED:
        raise Refused("meeting_not_planned")
    new = rules.counted(old, replace(
        old, date=meeting.date, start=meeting.start, end=meeting.end, place=meeting.place, link=meeting.link,
        series=meeting.series, series_day=meeting.series_day,
    ))  # fmt: skip
    rules.check(new)
    _require(desk, old, new)
    keep_change(work, directory, old, new, expected_version)
    note_move(desk, work, new)
    sight.log_gesture(work, new, action="save_meeting", customers=rules.customers_changed(old, new))


def _require(desk: Desk, old: Meeting, new: Meeting) -> None:
    rights = may_at(desk, meeting=old)
    if new.unit != old.unit and not desk.actor.sees(new.unit):
        raise NotAllowed("not_your_unit")
    rules.check_appointments(new, desk.actor, old=old)
    if not rights & {Right.WRITE_MEETINGS, Right.WRITE_MINUTES}:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if rules.agenda_differs(old, new) and Right.WRITE_MEETINGS not in rights:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if rules.minutes_differ(old, new) and Right.WRITE_MINUTES not in rights:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def keep_change(work: UnitOfWork, directory: Directory, old: Meeting, new: Meeting, expected_version: int) -> int:
    """Write what differs in the caller's unit of work and return the new version. Raises Conflict.

    A published agenda's marks are kept here whatever changes it; a caller that shows `new` has marked it itself.
    """
    new = marked(old, new, now=work.now)
    meeting_id = directory.id(m.Meeting, old.key) or 0
    done = work.session.connection().execute(_BUMP, {"meeting": meeting_id, "expected": expected_version})
    if done.rowcount != 1:
        raise Conflict("changed_meanwhile")
    records.learn_references(directory, [new])
    records.write_changes(work.session, directory, old=old, new=new, meeting_id=meeting_id)
    return expected_version + 1


def _step(
    desk: Desk, key: str, expected_version: int, step: Step, right: Right,
    change: Callable[[Meeting], Meeting] = lambda one: one, *, hand_on: HandOn | None = None,
) -> Stored[Meeting]:  # fmt: skip
    with desk.writing() as work:
        new, version = take_step(desk, work, key, expected_version, step=step, right=right, change=change)
        if hand_on is not None:
            hand_on(work, new, keep_change)
        seen = sight.shown(desk, work, new)
        sight.log_gesture(work, new, action=f"{step.value}_meeting", customers=rules.customers_named(seen))
        work.commit()
        return Stored(seen, version)


def take_step(
    desk: Desk, work: UnitOfWork, key: str, expected_version: int, *, step: Step, right: Right,
    change: Callable[[Meeting], Meeting] = lambda one: one,
) -> tuple[Meeting, int]:  # fmt: skip
    """Move a meeting to another state in the caller's unit of work, which logs it. Raises Refused, Conflict."""
    directory = Directory(work.session)
    old, _ = read(desk, work, key, directory=directory)
    if right not in may_at(desk, meeting=old):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    new = rules.counted(old, change(replace(old, status=rules.after(old.status, step))))
    return new, keep_change(work, directory, old, new, expected_version)


@needs_at_meeting(Right.WRITE_MINUTES)
def open_meeting(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """Start the meeting; who sent regrets is absent with notice, her substitute here."""
    return _step(desk, key, expected_version, Step.OPEN, Right.WRITE_MINUTES, with_attendance)


@needs_at_meeting(Right.WRITE_MINUTES)
def close_meeting(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """End the meeting; its minutes are still written on. What it lifts goes to the other forums' next agendas."""
    return _step(
        desk, key, expected_version, Step.CLOSE, Right.WRITE_MINUTES,
        lambda one: asked_outward(one if one.attendance else with_attendance(one)),
        hand_on=lambda work, new, keep: settle_lifts(desk, work, new, keep),
    )  # fmt: skip


@needs_at_meeting(Right.WRITE_MINUTES)
def reopen_meeting(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """Take the meeting up again before its minutes are approved."""
    return _step(desk, key, expected_version, Step.REOPEN, Right.WRITE_MINUTES)


@needs_at_meeting(Right.APPROVE_MINUTES)
def approve_minutes(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """Approve (justera): the text is locked for good, and kept as a version with its digest in the log.

    She who approves is the approver, but where somebody from outside is named, who has no account. What goes on comes
    on the next meeting's agenda, where that is booked. Raises Refused("approve_needs_secretary") when no secretary was
    named at the meeting (routine 1).
    """

    def approved(meeting: Meeting) -> Meeting:
        rules.check_approvable(replace(meeting, status=MeetingStatus.DRAFT))
        named = meeting.approver if isinstance(meeting.approver, Outsider) else None
        return asked_outward(replace(meeting, approver=named or myself(desk)))

    def kept(work: UnitOfWork, new: Meeting, keep: KeepChange) -> None:
        keep_to_be_read(desk, work, new, VersionKind.APPROVED)
        settle_lifts(desk, work, new, keep)
        carry_on(work, new, keep)

    return _step(desk, key, expected_version, Step.APPROVE, Right.APPROVE_MINUTES, approved, hand_on=kept)


@needs_at_meeting(Right.WRITE_MEETINGS)
def cancel_meeting(desk: Desk, *, key: str, reason: str, expected_version: int) -> Stored[Meeting]:
    """Cancel the meeting, with a reason; its customers come first next time, with their assessments and wishes.

    Where the next meeting is booked already they are put on it at once.
    """
    if not reason.strip():
        raise Refused("cancel_needs_reason")
    return _step(
        desk, key, expected_version, Step.CANCEL, Right.WRITE_MEETINGS,
        lambda one: replace(one, cancelled_reason=reason.strip()), hand_on=hand_customers_on,
    )  # fmt: skip


@needs_at_meeting(Right.WRITE_MEETINGS)
def reinstate_meeting(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """Take back a cancellation; the next meeting gives its customers back."""
    return _step(
        desk, key, expected_version, Step.REINSTATE, Right.WRITE_MEETINGS,
        lambda one: replace(one, cancelled_reason=None), hand_on=take_customers_back,
    )  # fmt: skip


@needs_at_meeting(Right.WRITE_MINUTES)
def add_addition(desk: Desk, *, key: str, text: str, item: str | None = None, expected_version: int) -> Stored[Meeting]:
    """Add a dated addition to approved minutes, to the whole or to one item.

    Whoever writes the minutes may; to an item about a customer also her fast omsorgskontakt, who reports back.
    """
    if not text.strip():
        raise Refused("addition_empty")
    with desk.writing() as work:
        directory = Directory(work.session)
        old, _ = read(desk, work, key, directory=directory)
        point = old.item(item) if item else None
        reports = point is not None and point.customer in sight.reach(desk, work).permanent
        if Right.WRITE_MINUTES not in may_at(desk, meeting=old) and not reports:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if old.status is not MeetingStatus.APPROVED:
            raise Refused("addition_before_approval")
        if item is not None and point is None:
            raise NotFound("not_found", what="Punkten", key=item)
        at = desk.clock.now().replace(second=0, microsecond=0)
        new = replace(old, additions=(*old.additions, Addition(at=at, by=myself(desk), text=text.strip(), item=item)))
        version = keep_change(work, directory, old, new, expected_version)
        keep_to_be_read(desk, work, new, VersionKind.ADDED_TO)
        seen = sight.shown(desk, work, new)
        about = rules.customers_of(point) if point else frozenset()
        sight.log_gesture(work, new, action="add_addition", customers=about | rules.customers_named(seen))
        work.commit()
        return Stored(seen, version)


@needs(Right.PROPOSE_ITEMS)
def propose_item(desk: Desk, *, meeting: str, item: Item) -> Stored[Meeting]:
    """Add a point to a coming or running meeting: everybody in the team may (routine 1). Its key is made when empty.

    What it says of need, problem and wish is her own profession's. Raises NotAllowed for a point about a customer whom
    she may not see, and for one in another's name where she does not write the meeting.
    """
    if not item.heading.strip():
        raise Refused("item_without_heading")
    with desk.writing() as work:
        directory = Directory(work.session)
        old, version = read(desk, work, meeting, directory=directory)
        if old.status not in (MeetingStatus.PLANNED, MeetingStatus.OPEN):
            raise Refused("meeting_state", status=old.status.label.lower())
        may = may_at(desk, meeting=old)
        if item.customer and Right.READ_EVERY_CUSTOMER not in may:
            _require_assigned(desk, work, item.customer)
        if item.raised_by not in (None, myself(desk)) and Right.WRITE_MEETINGS not in may:
            raise NotAllowed("raised_by_other")
        bare = Item(
            key=item.key or new_item_key(old), heading=item_heading(work, directory, item),
            kind=ItemKind.CUSTOMER if item.customer else ItemKind.ADDED,
            text=item.text, raised_by=item.raised_by or myself(desk), customer=item.customer, minutes=item.minutes,
            presentations=own_presentation(desk, work, item.presentations),
        )  # fmt: skip
        new = marked(old, replace(old, items=with_added(old.items, bare)), now=desk.clock.now())
        kept = keep_change(work, directory, old, new, version)
        seen = sight.shown(desk, work, new)
        shown = rules.customers_named(seen)
        sight.log_gesture(work, new, action="propose_item", customers=(item.customer, *shown))
        work.commit()
        return Stored(seen, kept)


def item_heading(work: UnitOfWork, directory: Directory, item: Item) -> str:
    """The heading as typed; about a customer with protected identity it begins with her code."""
    heading = item.heading.strip()
    if item.customer is None:
        return heading
    directory.learn_keys(m.Customer, [item.customer])
    found = protected_among(work.session, [directory.id(m.Customer, item.customer) or 0])
    return next((headed(heading, customer) for customer in found.values()), heading)


def _require_assigned(desk: Desk, work: UnitOfWork, customer: str) -> None:
    if customer not in sight.reach(desk, work).assigned:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def new_item_key(meeting: Meeting) -> str:
    """A key for a point that is added to the meeting."""
    taken = {item.key for item in meeting.items}
    return free_key(f"{meeting.key}-{len(meeting.items) + 1}", taken)


def myself(desk: Desk) -> Person:
    """The person at the desk, as minutes name her: her member key, else her name."""
    return desk.actor.member or Outsider(desk.actor.full_name)
