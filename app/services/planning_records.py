"""Whole values in and out of their tables: what planning keeps, activities, templates and preparations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.activities import Activity
from app.domain.availability import Absence, AbsenceKind, Room, Travel
from app.domain.meeting_templates import MeetingTemplate, content_from_json, content_to_json, members_of
from app.domain.occasions import Cover, Occasion
from app.domain.preparations import Preparation, PreparationKind
from app.domain.series import Move, Pause, Series
from app.domain.turns import Turn
from app.domain.year_wheel import WheelMonth
from app.services.records import Choice, Directory, Plain, Record, Reference, Table, Who, insert_numbered, insert_rows


@dataclass(frozen=True, slots=True)
class DayOrMoment(Plain):
    """A day or a moment, in one column with another that says which."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The moment, and whether the whole day is meant."""
        return (self.column, f"{self.column}_is_day")

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The day, or the moment."""
        moment, is_day = (getattr(row, column) for column in self.columns)
        return moment.date() if is_day else moment

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """Midnight of a day."""
        is_day = not isinstance(value, dt.datetime)
        moment = dt.datetime.combine(value, dt.time()) if is_day else value
        return dict(zip(self.columns, (moment, is_day), strict=True))


@dataclass(frozen=True, slots=True)
class AsContent(Plain):
    """What a meeting template holds, as JSON in one column."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The content in a row."""
        return content_from_json(getattr(row, self.column or self.name))

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The content as text."""
        return {self.column or self.name: content_to_json(value)}

    def references(self, value: Any) -> Iterable[tuple[Table, str]]:
        """The members it names."""
        return ((m.Member, key) for key in members_of(value))


@dataclass(frozen=True, slots=True)
class Under:
    """A list of a value that lies in a table of its own: texts or days in one column, or values of a record."""

    field: str
    table: Table
    parent: str
    record: Record[Any] | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one list of the exchange file lies in the tables."""

    name: str
    record: Record[Any]
    under: tuple[Under, ...] = ()

    @property
    def table(self) -> Table:
        """The table of the values themselves."""
        return self.record.table


_MOVE = Record(Move, m.SeriesMove, (Plain("was"), Plain("date"), Plain("start"), Plain("end")))
_PAUSE = Record(Pause, m.SeriesPause, (Plain("from_", "since"), Plain("to", "until"), Plain("reason")))
_COVER = Record(Cover, m.Cover, (
    Reference("ward", "ward_id", m.Ward), Who("who"), Plain("from_", "since"), Plain("to", "until"),
))  # fmt: skip
SERIES = Kind("series", Record(Series, m.Series, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Reference("ward", "ward_id", m.Ward), Plain("forum"),
    Plain("title"), Plain("rrule"), Plain("first"), Plain("until"), Plain("start"), Plain("end"), Plain("place"),
    Plain("link"), Plain("pinned"), Reference("continues", "continues_id", m.Series),
)), (
    Under("exdates", m.SeriesExdate, "series_id", column="date"),
    Under("moved", m.SeriesMove, "series_id", _MOVE), Under("pauses", m.SeriesPause, "series_id", _PAUSE),
))  # fmt: skip
ABSENCES = Kind("absences", Record(Absence, m.Absence, (
    Plain("key"), Reference("member", "member_id", m.Member), DayOrMoment("from_", "since"),
    DayOrMoment("to", "until"), Choice("kind", kind=AbsenceKind), Who("substitute"),
)))  # fmt: skip
ROOMS = Kind("rooms", Record(Room, m.Room, (Plain("key"), Plain("name"), Reference("unit", "unit_id", m.Unit))))
TRAVEL = Kind("travel", Record(Travel, m.Travel, (
    Plain("key"), Reference("from_", "from_id", m.Unit), Reference("to", "to_id", m.Unit), Plain("minutes"),
)))  # fmt: skip
OCCASIONS = Kind(
    "occasions", Record(Occasion, m.Occasion, (Plain("key"), Reference("unit", "unit_id", m.Unit))),
    (Under("covers", m.Cover, "occasion_id", _COVER),),
)  # fmt: skip
ROTATION = Kind("rotation", Record(Turn, m.Turn, (
    Reference("customer", "customer_id", m.Customer), Plain("weeks"), Plain("priority"), Plain("put_in_on"),
    Plain("put_in_why"), Plain("passed_on"), Plain("passed_why"),
)))  # fmt: skip
YEAR_WHEEL = Kind("year_wheel", Record(WheelMonth, m.WheelMonth, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Plain("forum"), Plain("month"),
)), (Under("themes", m.WheelTheme, "month_id", column="text"),))  # fmt: skip
PREPARATIONS = Kind("preparations", Record(Preparation, m.Preparation, (
    Plain("key"), Reference("meeting", "meeting_id", m.Meeting), Choice("kind", kind=PreparationKind),
    Plain("position"), Plain("text"), Plain("instrument"), Reference("customer", "customer_id", m.Customer),
    Reference("item", "item_id", m.Item), Who("responsible"), Plain("done_on"), Who("done_by"), Plain("note"),
)))  # fmt: skip
ACTIVITIES = Kind("activities", Record(Activity, m.Activity, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Reference("ward", "ward_id", m.Ward), Plain("date"),
    Plain("start"), Plain("end"), Plain("text"), Plain("place"), Who("leader"),
    Reference("customer", "customer_id", m.Customer), Reference("meeting", "meeting_id", m.Meeting),
)))  # fmt: skip
TEMPLATES = Kind("templates", Record(MeetingTemplate, m.MeetingTemplate, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Plain("name"), Plain("forum"), AsContent("content"),
)))  # fmt: skip
KINDS = (ROOMS, TRAVEL, SERIES, ABSENCES, OCCASIONS, ROTATION, YEAR_WHEEL, PREPARATIONS, ACTIVITIES, TEMPLATES)


def load(session: Session, kind: Kind, condition: Any = None) -> dict[str, tuple[Any, int]]:
    """The values of a kind that fulfil `condition` (on its table) with their versions, by key."""
    directory = Directory(session)
    query = select(kind.table.id.label("row_id"), kind.table.version, *kind.record.select_columns())
    if condition is not None:
        query = query.where(condition)
    rows = session.execute(query.order_by(kind.table.id)).all()
    kind.record.learn(rows, directory)
    lists = {one.field: _under(session, directory, one, condition, kind) for one in kind.under}
    found = {}
    for row in rows:
        more = {name: tuple(values[row.row_id]) for name, values in lists.items()}
        value = kind.record.read(row, directory, **more)
        found[value.key] = (value, row.version)
    return found


def _under(session: Session, directory: Directory, under: Under, condition: Any, kind: Kind) -> dict[int, list[Any]]:
    owner = getattr(under.table, under.parent)
    columns = under.record.select_columns() if under.record else [getattr(under.table, under.column)]
    query = select(owner.label("owner"), *columns)
    if condition is not None:
        query = query.where(owner.in_(select(kind.table.id).where(condition)))
    rows = session.execute(query.order_by(owner, under.table.position)).all()
    if under.record:
        under.record.learn(rows, directory)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        value = under.record.read(row, directory) if under.record else getattr(row, under.column)
        found[row.owner].append(value)
    return found


def references(kind: Kind, values: Sequence[Any]) -> Iterable[tuple[Table, str]]:
    """Every key that the values refer to, with the table it stands for."""
    yield from kind.record.references(values)
    for under in kind.under:
        if under.record:
            for value in values:
                yield from under.record.references(getattr(value, under.field))


def _learn(directory: Directory, kind: Kind, values: Sequence[Any]) -> None:
    wanted: dict[Table, set[str]] = defaultdict(set)
    for table, key in references(kind, values):
        wanted[table].add(key)
    for table, keys in wanted.items():
        directory.learn_keys(table, keys)


def insert(session: Session, directory: Directory, kind: Kind, values: Sequence[Any]) -> None:
    """Write new values; series may continue each other in any order, so those links are set last."""
    if not values:
        return
    linked = [one for one in values if kind is SERIES and one.continues]
    alone = [replace(one, continues=None) if kind is SERIES else one for one in values]
    _learn(directory, kind, alone)
    ids = insert_numbered(session, kind.table, [{**kind.record.write(one, directory), "version": 1} for one in alone])
    for under in kind.under:
        insert_under(session, directory, under, list(zip(ids, values, strict=True)))
    if linked:
        _learn(directory, kind, linked)
        for one in linked:
            after = directory.id(m.Series, one.continues)
            session.execute(update(m.Series).where(m.Series.key == one.key).values(continues_id=after))


def insert_under(
    session: Session, directory: Directory, under: Under, placed: Sequence[tuple[int, Any]]
) -> None:  # fmt: skip
    """Write one list of values by the ids of their rows."""
    rows = [
        {
            **(under.record.write(one, directory) if under.record else {under.column: one}),
            under.parent: owner,
            "position": n,
        }
        for owner, value in placed
        for n, one in enumerate(getattr(value, under.field))
    ]
    insert_rows(session, under.table, rows)


def change(session: Session, directory: Directory, kind: Kind, *, old: Any, new: Any) -> None:
    """Bring the tables from `old` to `new`, of the same key, and raise the version."""
    _learn(directory, kind, [new])
    row_id = session.scalars(select(kind.table.id).where(_is(kind, directory, new))).one()
    values = {**kind.record.write(new, directory), "version": kind.table.version + 1}
    session.execute(update(kind.table).where(kind.table.id == row_id).values(values))
    if any(getattr(old, under.field) != getattr(new, under.field) for under in kind.under):
        for under in kind.under:
            session.execute(delete(under.table).where(getattr(under.table, under.parent) == row_id))
            insert_under(session, directory, under, [(row_id, new)])


def _is(kind: Kind, directory: Directory, value: Any) -> Any:
    if kind is ROTATION:
        return m.Turn.customer_id == directory.id(m.Customer, value.customer)
    return kind.table.key == value.key


def unit_of(
    kind: Kind, value: Any, homes: Mapping[str, str], members: Mapping[str, Sequence[str]],
    meetings: Mapping[str, str] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """The units a value belongs to: of an absence those of its member, of a turn that of its customer.

    Of a preparation that of its meeting.
    """
    if kind is PREPARATIONS:
        return (meetings[value.meeting],) if meetings and value.meeting in meetings else ()
    if kind is ABSENCES:
        return tuple(members.get(value.member, ()))
    if kind is ROTATION:
        return (homes[value.customer],) if value.customer in homes else ()
    if kind is TRAVEL:
        return (value.from_, value.to)
    return (value.unit,) if value.unit else ()
