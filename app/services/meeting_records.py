"""Whole meetings in and out of their tables: read as values, written as the difference between two values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain import meetings as d
from app.domain.customers import hidden_in
from app.domain.errors import Refused
from app.services import attachment_records
from app.services.protection import protected_among
from app.services.records import (
    Choice,
    Directory,
    Plain,
    Record,
    Reference,
    Table,
    Who,
    fetch,
    insert_numbered,
    insert_rows,
    is_wanted,
    update_rows,
)

_MEETING = Record(d.Meeting, m.Meeting, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Plain("forum"), Reference("ward", "ward_id", m.Ward),
    Plain("title"),
    Plain("date"), Plain("start"), Plain("end"), Plain("place"), Plain("link"), Choice("status", kind=d.MeetingStatus),
    Plain("cancelled_reason"), Who("chair"), Who("secretary"), Who("approver"), Plain("series"), Plain("series_day"),
    Plain("occasion"), Plain("pinned"), Plain("announced_on"),
    Plain("announced_sequence"), Plain("sequence"), Plain("published_at"), Plain("published_version"),
    Plain("agenda_changed_at"), Plain("circulated_at"), Plain("comments_by"),
))  # fmt: skip
_ATTENDANCE = Record(d.Attendance, m.Attendance, (
    Reference("member", "member_id", m.Member), Plain("name"), Plain("profession"), Plain("organisation"),
    Choice("status", kind=d.AttendanceStatus), Plain("co_opted"), Who("substitute_for"), Plain("from_", "since"),
    Plain("to", "until"), Plain("note"),
))  # fmt: skip
_REGRET = Record(d.Regret, m.MeetingRegret, (
    Reference("member", "member_id", m.Member), Who("substitute"), Plain("at"), Plain("note"),
))  # fmt: skip
_ITEM = Record(d.Item, m.Item, (
    Plain("key"), Plain("heading"), Choice("kind", kind=d.ItemKind), Plain("text"), Who("raised_by"),
    Reference("customer", "customer_id", m.Customer), Who("presenter"), Plain("minutes"), Plain("notes"),
    Plain("lifted_to"), Who("lifted_recipient"), Reference("carried_from", "carried_from_id", m.Item),
    Plain("added_at"), Plain("left_out"),
))  # fmt: skip
_ACTION = Record(d.Action, m.Action, (
    Plain("key"), Plain("text"), Who("responsible"), Plain("due"), Choice("status", kind=d.ActionStatus),
    Plain("follow_up"), Plain("done_on"), Plain("result"), Reference("customer", "customer_id", m.Customer),
    Plain("effect"), Plain("followed_up_on"), Who("followed_up_by"), Plain("repeat"), Plain("repeats"),
))  # fmt: skip
_ADDITION = Record(d.Addition, m.Addition, (
    Plain("at"), Who("by"), Plain("text"), Reference("item", "item_id", m.Item),
))  # fmt: skip
_UNDER_ITEM: Mapping[str, Record[Any]] = {
    "questions": Record(d.Question, m.Question, (
        Plain("question"), Who("asked_by"), Plain("answer"), Who("answered_by"), Plain("answered_on"),
        Plain("answer_by"),
    )),
    "assessments": Record(d.Assessment, m.Assessment, (
        Reference("customer", "customer_id", m.Customer), Plain("instrument"), Plain("date"), Plain("score"),
        Plain("risk"), Plain("note"),
    )),
    "participation": Record(d.Participation, m.Participation, (
        Reference("customer", "customer_id", m.Customer), Who("asked_by"), Plain("asked_on"), Plain("wish"),
        Plain("present"), Who("reported_by"), Plain("reported_on"),
    )),
    "presentations": Record(d.Presentation, m.Presentation, (
        Plain("profession"), Who("by"), Plain("need"), Plain("problem"), Plain("wish"),
    )),
    "absences": Record(d.ItemAbsence, m.ItemAbsence, (
        Who("person"), Plain("from_", "since"), Plain("to", "until"), Plain("reason"),
    )),
    "journaled": Record(d.JournalMark, m.JournalMark, (
        Reference("customer", "customer_id", m.Customer), Choice("journal", kind=d.Journal), Who("by"), Plain("on"),
    )),
}  # fmt: skip
_READ_UNDER_ITEM: Mapping[str, Record[Any]] = {**_UNDER_ITEM, "actions": _ACTION}
_TABLES_UNDER_ITEM: Mapping[str, Any] = {
    **{name: record.table for name, record in _READ_UNDER_ITEM.items()},
    "decisions": m.Decision,
}
_HAS_ANY: Select[*tuple[Any, ...]] = select(
    *(select(table.item_id).where(is_wanted(table.item_id)).exists() for table in _TABLES_UNDER_ITEM.values())
)


def load(
    session: Session, condition: Any, *, directory: Directory | None = None, as_written: bool = False
) -> dict[str, tuple[d.Meeting, int]]:
    """The meetings that fulfil `condition` (on m.Meeting) with their versions, in a fixed number of statements.

    A caller that goes on to write them hands over its `directory`, which then knows all they refer to. What is read
    `as_written`, with labels of protected customers in headings, is for comparing alone and is shown to nobody.
    """
    directory = directory or Directory(session)
    extra = [
        m.Meeting.id, m.Meeting.version, m.Meeting.has_next, m.Meeting.next_date, m.Meeting.next_start,
        m.Meeting.next_place,
    ]  # fmt: skip
    rows = fetch(session, select(*_MEETING.select_columns(), *extra).where(condition).order_by(m.Meeting.key))
    if not rows:
        return {}
    _MEETING.learn(rows, directory)
    lists = _Lists(session, directory, [row.id for row in rows], as_written=as_written)
    found = {}
    for row in rows:
        due, agreed = lists.customers[row.id], lists.agreed[row.id]
        following = d.NextMeeting(
            date=row.next_date, start=row.next_start, place=row.next_place, customers=tuple(agreed)
        )
        meeting = _MEETING.read(
            row, directory,
            participants=tuple(lists.members[row.id]), customers=tuple(due), attendance=tuple(lists.attendance[row.id]),
            items=tuple(lists.items[row.id]), appendices=tuple(lists.appendices[row.id]),
            additions=tuple(lists.additions[row.id]),
            next_meeting=following if row.has_next else None, regrets=tuple(lists.regrets[row.id]),
        )  # fmt: skip
        directory.add(m.Meeting, row.key, row.id)
        found[row.key] = (meeting, row.version)
    return found


@cache
def _under(table: Table, parent: str, *columns: str) -> Select[Any]:
    """The rows of a table that belong to the wanted parents, in their order."""
    owner = getattr(table, parent)
    return (
        select(owner.label("owner"), *(getattr(table, name) for name in columns))
        .where(is_wanted(owner))
        .order_by(owner, table.position)
    )


class _Lists:
    """Everything that hangs on the wanted meetings, by meeting id."""

    def __init__(self, session: Session, directory: Directory, meetings: Sequence[int], *, as_written: bool) -> None:
        self._session, self._directory, self._as_written = session, directory, as_written
        self.members: dict[int, list[str]] = defaultdict(list)
        self.customers: dict[int, list[str]] = defaultdict(list)
        self.agreed: dict[int, list[str]] = defaultdict(list)
        self._links(meetings)
        self.attendance = self._values(_ATTENDANCE, "meeting_id", meetings)
        self.appendices = self._texts(m.Appendix, "meeting_id", meetings)
        self.items = self._items(meetings)
        self.additions = self._values(_ADDITION, "meeting_id", meetings)
        self.regrets = self._values(_REGRET, "meeting_id", meetings)

    def _links(self, meetings: Sequence[int]) -> None:
        called = fetch(self._session, _under(m.MeetingMember, "meeting_id", "member_id"), wanted=meetings)
        self._directory.learn_ids(m.Member, (member for _, member in called))
        for owner, member in called:
            self.members[owner].append(self._directory.key(m.Member, member) or "")
        query = _under(m.MeetingCustomer, "meeting_id", "customer_id", "for_next")
        due = fetch(self._session, query, wanted=meetings)
        self._directory.learn_ids(m.Customer, (customer for _, customer, _ in due))
        for owner, customer, for_next in due:
            place = self.agreed if for_next else self.customers
            place[owner].append(self._directory.key(m.Customer, customer) or "")

    def _texts(self, table: Table, parent: str, wanted: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for owner, text in fetch(self._session, _under(table, parent, "text"), wanted=wanted):  # type: ignore[arg-type] # classes are hashable
            found[owner].append(text)
        return found

    def _values(self, record: Record[Any], parent: str, wanted: Sequence[int]) -> dict[int, list[Any]]:
        rows = fetch(self._session, _under(record.table, parent, *record.column_names()), wanted=wanted)  # type: ignore[arg-type] # classes are hashable
        record.learn(rows, self._directory)
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            found[row.owner].append(record.read(row, self._directory))
        return found

    def _items(self, meetings: Sequence[int]) -> dict[int, list[d.Item]]:
        rows = fetch(self._session, _under(m.Item, "meeting_id", "id", *_ITEM.column_names()), wanted=meetings)
        found: dict[int, list[d.Item]] = defaultdict(list)
        if not rows:
            return found
        for row in rows:
            self._directory.add(m.Item, row.key, row.id)
        _ITEM.learn(rows, self._directory)
        ids = [row.id for row in rows]
        about = set() if self._as_written else {row.customer_id for row in rows} - {None}
        hidden = protected_among(self._session, about)
        under: dict[str, dict[int, list[Any]]] = {
            name: self._values(_READ_UNDER_ITEM[name], "item_id", ids)
            if name in _READ_UNDER_ITEM
            else self._texts(m.Decision, "item_id", ids)
            for name in self._written(ids)
        }
        for row in rows:
            more = {name: tuple(values[row.id]) for name, values in under.items()}
            item = _ITEM.read(row, self._directory, **more)
            if row.customer_id in hidden:
                hers = item.kind in d.HERS
                item = replace(item, heading=hidden_in(item.heading, hidden[row.customer_id], hers=hers))
            found[row.owner].append(item)
        return found

    def _written(self, items: Sequence[int]) -> list[str]:
        """Which lists under the items hold anything: one question in place of five, since most are empty."""
        [found] = fetch(self._session, _HAS_ANY, wanted=items)
        return [name for name, there in zip(_TABLES_UNDER_ITEM, found, strict=True) if there]


def learn_references(directory: Directory, meetings: Iterable[d.Meeting]) -> None:
    """Look up everything that the meetings refer to, a table at a time."""
    wanted: dict[Table, set[str]] = defaultdict(set)
    for meeting in meetings:
        for table, key in references(meeting):
            wanted[table].add(key)
    for table, keys in wanted.items():
        directory.learn_keys(table, keys)


def references(meeting: d.Meeting) -> Iterable[tuple[Table, str]]:
    """Every key that a meeting refers to, with the table it stands for."""
    yield from _MEETING.references([meeting])
    yield from ((m.Member, key) for key in meeting.participants)
    agreed = meeting.next_meeting.customers if meeting.next_meeting else ()
    yield from ((m.Customer, key) for key in (*meeting.customers, *agreed))
    yield from _ATTENDANCE.references(meeting.attendance)
    yield from _ITEM.references(meeting.items)
    for item in meeting.items:
        yield from _ACTION.references(item.actions)
        for name, record in _UNDER_ITEM.items():
            yield from record.references(getattr(item, name))
    yield from _ADDITION.references(meeting.additions)
    yield from _REGRET.references(meeting.regrets)


def insert_all(session: Session, directory: Directory, meetings: Sequence[d.Meeting]) -> None:
    """Write new meetings. Items may be carried from each other in any order, so those links are set last."""
    if not meetings:
        return
    rows = [{**_MEETING.write(one, directory), **_next_columns(one), "version": 1} for one in meetings]
    ids = insert_numbered(session, m.Meeting, rows)
    placed = list(zip(ids, meetings, strict=True))
    _insert_links(session, directory, placed)
    _insert_items(session, directory, [(i, n, item) for i, one in placed for n, item in enumerate(one.items)])
    _insert_rows(session, _ADDITION, directory, "meeting_id", ((i, one.additions) for i, one in placed))
    _insert_rows(session, _REGRET, directory, "meeting_id", ((i, one.regrets) for i, one in placed))


def _next_columns(meeting: d.Meeting) -> dict[str, Any]:
    agreed = meeting.next_meeting
    if agreed is None:
        return {"has_next": False, "next_date": None, "next_start": None, "next_place": None}
    return {"has_next": True, "next_date": agreed.date, "next_start": agreed.start, "next_place": agreed.place}


def _insert_links(session: Session, directory: Directory, owners: Iterable[tuple[int, d.Meeting]]) -> None:
    members, customers, appendices, attendance = [], [], [], []
    for owner, meeting in owners:
        members += [
            {"meeting_id": owner, "member_id": directory.id(m.Member, key), "position": n}
            for n, key in enumerate(meeting.participants)
        ]
        agreed = meeting.next_meeting.customers if meeting.next_meeting else ()
        for for_next, keys in ((False, meeting.customers), (True, agreed)):
            customers += [
                {"meeting_id": owner, "for_next": for_next, "customer_id": directory.id(m.Customer, key), "position": n}
                for n, key in enumerate(keys)
            ]
        appendices += [{"meeting_id": owner, "position": n, "text": text} for n, text in enumerate(meeting.appendices)]
        attendance.append((owner, meeting.attendance))
    for table, rows in ((m.MeetingMember, members), (m.MeetingCustomer, customers), (m.Appendix, appendices)):
        insert_rows(session, table, rows)
    _insert_rows(session, _ATTENDANCE, directory, "meeting_id", attendance)


def _insert_rows(
    session: Session, record: Record[Any], directory: Directory, parent: str,
    groups: Iterable[tuple[int, Sequence[Any]]],
) -> None:  # fmt: skip
    rows = [
        record.write(value, directory, position=n, **{parent: owner})
        for owner, values in groups
        for n, value in enumerate(values)
    ]
    insert_rows(session, record.table, rows)


def _insert_items(session: Session, directory: Directory, placed: list[tuple[int, int, d.Item]]) -> None:
    if not placed:
        return
    rows = [
        _ITEM.write(replace(item, carried_from=None), directory, meeting_id=owner, position=n)
        for owner, n, item in placed
    ]
    ids = insert_numbered(session, m.Item, rows)
    for found, (_, _, item) in zip(ids, placed, strict=True):
        directory.add(m.Item, item.key, found)
    carried = [
        {"id": found, "carried_from_id": directory.id(m.Item, item.carried_from)}
        for found, (_, _, item) in zip(ids, placed, strict=True)
        if item.carried_from
    ]
    if carried:
        session.execute(update(m.Item), carried)
    _insert_under_items(session, directory, [(found, item) for found, (_, _, item) in zip(ids, placed, strict=True)])


def _insert_under_items(session: Session, directory: Directory, items: list[tuple[int, d.Item]]) -> None:
    for name, record in (*_UNDER_ITEM.items(), ("actions", _ACTION)):
        _insert_rows(session, record, directory, "item_id", ((found, getattr(item, name)) for found, item in items))
    decisions = [
        {"item_id": found, "position": n, "text": text}
        for found, item in items
        for n, text in enumerate(item.decisions)
    ]
    insert_rows(session, m.Decision, decisions)


def write_changes(session: Session, directory: Directory, *, old: d.Meeting, new: d.Meeting, meeting_id: int) -> None:
    """Bring the tables from `old` to `new`; the version is the caller's. Raises Refused."""
    before = {**_MEETING.write(old, directory), **_next_columns(old)}
    update_rows(session, m.Meeting, [(meeting_id, before, {**_MEETING.write(new, directory), **_next_columns(new)})])
    if (old.participants, old.customers, old.next_meeting, old.appendices, old.attendance) != (
        new.participants, new.customers, new.next_meeting, new.appendices, new.attendance,
    ):  # fmt: skip
        for table in (m.MeetingMember, m.MeetingCustomer, m.Appendix, m.Attendance):
            session.execute(delete(table).where(table.meeting_id == meeting_id))
        _insert_links(session, directory, [(meeting_id, new)])
    for name, record in (("additions", _ADDITION), ("regrets", _REGRET)):
        if getattr(old, name) != getattr(new, name):
            session.execute(delete(record.table).where(record.table.meeting_id == meeting_id))
            _insert_rows(session, record, directory, "meeting_id", [(meeting_id, getattr(new, name))])
    if old.unit != new.unit:
        attachment_records.move(session, meeting_id=meeting_id, unit_id=directory.id(m.Unit, new.unit))
    if old.items != new.items:
        _change_items(session, directory, old, new, meeting_id)


def _change_items(session: Session, directory: Directory, old: d.Meeting, new: d.Meeting, meeting_id: int) -> None:
    before = {item.key: (n, item) for n, item in enumerate(old.items)}
    after = {item.key for item in new.items}
    directory.learn_keys(m.Item, before)
    if gone := [directory.id(m.Item, key) for key in before if key not in after]:
        if session.scalar(select(m.Item.id).where(m.Item.carried_from_id.in_(gone), m.Item.id.not_in(gone)).limit(1)):
            raise Refused("item_carried_on")
        attachment_records.require_none(session, m.Attachment.item_id.in_(gone), "item_has_files")
        session.execute(delete(m.Item).where(m.Item.id.in_(gone)))
    if moved := _owners(old) - _owners(new):
        session.execute(delete(m.Action).where(m.Action.key.in_({key for _, key in moved})))
    _insert_items(
        session, directory, [(meeting_id, n, item) for n, item in enumerate(new.items) if item.key not in before]
    )
    kept = [(n, item, *before[item.key]) for n, item in enumerate(new.items) if item.key in before]
    changed = [row for row in kept if row[:2] != row[2:]]
    update_rows(session, m.Item, [
        (directory.id(m.Item, item.key) or 0, _ITEM.write(was, directory, position=place),
         _ITEM.write(item, directory, position=n))
        for n, item, place, was in changed
    ])  # fmt: skip
    for _, item, _, was in changed:
        _change_under_item(session, directory, was, item, directory.id(m.Item, item.key) or 0)


def _owners(meeting: d.Meeting) -> set[tuple[str, str]]:
    return {(item.key, action.key) for item in meeting.items for action in item.actions}


def _change_under_item(session: Session, directory: Directory, old: d.Item, new: d.Item, item_id: int) -> None:
    for name, record in _UNDER_ITEM.items():
        if getattr(old, name) != getattr(new, name):
            session.execute(delete(record.table).where(record.table.item_id == item_id))
            _insert_rows(session, record, directory, "item_id", [(item_id, getattr(new, name))])
    if old.decisions != new.decisions:
        session.execute(delete(m.Decision).where(m.Decision.item_id == item_id))
        rows = [{"item_id": item_id, "position": n, "text": text} for n, text in enumerate(new.decisions)]
        insert_rows(session, m.Decision, rows)
    if old.actions != new.actions:
        _change_actions(session, directory, old, new, item_id)


def _change_actions(session: Session, directory: Directory, old: d.Item, new: d.Item, item_id: int) -> None:
    before = {action.key: (n, action) for n, action in enumerate(old.actions)}
    for n, action in enumerate(new.actions):
        row = _ACTION.write(action, directory, position=n, item_id=item_id)
        if action.key not in before:
            insert_rows(session, m.Action, [row])
        elif before[action.key] != (n, action):
            session.execute(
                update(m.Action).where(m.Action.key == action.key).values({**row, "version": m.Action.version + 1})
            )
