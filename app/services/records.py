"""How value fields lie in table columns: small descriptions that read a row into a value and write a value as a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, Insert, Row, Select, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.errors import Refused
from app.domain.people import Outsider
from app.storage.dialects import IsWanted, next_ids

V = TypeVar("V")
Table = type[Any]
Columns = Mapping[str, Any]
_WORDS: Mapping[Table, str] = {
    m.Unit: "Enheten", m.Ward: "Avdelningen", m.Member: "Medarbetaren", m.Customer: "Kunden", m.Item: "Punkten",
    m.Meeting: "Mötet", m.Action: "Åtgärden", m.Series: "Serien",
}  # fmt: skip


def is_wanted(column: Any) -> ColumnElement[bool]:
    """The condition that a column's value is among the ids or keys handed to `fetch`."""
    return IsWanted(column, bindparam("wanted"))


def fetch(
    session: Session, query: Select[*tuple[Any, ...]], *, wanted: Collection[int | str] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a query for columns, past the ORM's row loading; `wanted` is what `is_wanted` in it asks for."""
    filled = None if wanted is None else {"wanted": json.dumps(list(wanted))}
    return session.connection().execute(query, filled).all()


def update_rows(session: Session, table: Table, changes: Iterable[tuple[int, Columns, Columns]]) -> None:
    """Bring rows from their old columns to their new ones, by id: one statement for each set of columns that differ."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for found, old, new in changes:
        if differing := tuple(name for name in new if old[name] != new[name]):
            groups.setdefault(differing, []).append(
                {"row_id": found, **{f"new_{name}": new[name] for name in differing}}
            )
    for names, rows in groups.items():
        session.connection().execute(_update(table, *names), rows)  # type: ignore[arg-type] # classes are hashable


def insert_rows(session: Session, table: Table, rows: Sequence[Columns]) -> None:
    """Write new rows in one statement; none is fine."""
    if rows:
        session.connection().execute(_insert(table), rows)  # type: ignore[arg-type] # classes are hashable


def insert_numbered(session: Session, table: Table, rows: Sequence[Columns]) -> list[int]:
    """Write new rows and give their ids, in the same order.

    The ids are known beforehand: asking the database for each would be a statement a row.
    """
    if not rows:
        return []
    ids = next_ids(session.connection(), table, len(rows))
    insert_rows(session, table, [{**row, "id": found} for found, row in zip(ids, rows, strict=True)])
    return ids


@cache
def _insert(table: Table) -> Insert:
    return insert(table.__table__)


@cache
def _update(table: Table, *names: str) -> Update:
    columns = table.__table__.c
    values = {columns[name]: bindparam(f"new_{name}", type_=columns[name].type) for name in names}
    return update(table.__table__).where(columns.id == bindparam("row_id")).values(values)


@cache
def _ids_of(table: Table, by: str) -> Select[Any]:
    return select(table.id, table.key).where(is_wanted(getattr(table, by)))


class Directory:
    """Keys and ids of what values refer to, looked up a table at a time and remembered for one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[Table, dict[str, int]] = {}
        self._keys: dict[Table, dict[int, str]] = {}

    def learn_keys(self, table: Table, keys: Iterable[str]) -> None:
        """Look up the ids of `keys`."""
        known = self._ids.setdefault(table, {})
        if missing := set(keys) - known.keys():
            self._learn(table, _ids_of(table, "key"), missing)  # type: ignore[arg-type] # classes are hashable

    def learn_ids(self, table: Table, ids: Iterable[int]) -> None:
        """Look up the keys of `ids`."""
        known = self._keys.setdefault(table, {})
        if missing := set(ids) - known.keys():
            self._learn(table, _ids_of(table, "id"), missing)  # type: ignore[arg-type] # classes are hashable

    def _learn(self, table: Table, query: Select[Any], wanted: Collection[int | str]) -> None:
        for found, key in fetch(self._session, query, wanted=wanted):
            self.add(table, key, found)

    def add(self, table: Table, key: str, found: int) -> None:
        """Remember a row just written."""
        self._ids.setdefault(table, {})[key] = found
        self._keys.setdefault(table, {})[found] = key

    def id(self, table: Table, key: str | None) -> int | None:
        """The id of `key`; raises Refused("reference_unknown") that names the reference."""
        if key is None:
            return None
        found = self._ids.get(table, {}).get(key)
        if found is None:
            raise Refused("reference_unknown", what=_WORDS.get(table, ""), key=key)
        return found

    def find(self, table: Table, key: str) -> int | None:
        """The id of `key`, or None when there is none."""
        return self._ids.get(table, {}).get(key)

    def key(self, table: Table, found: int | None) -> str | None:
        """The key of an id that was learnt."""
        return None if found is None else self._keys[table][found]


@dataclass(frozen=True, slots=True)
class Plain:
    """A value kept in one column as it is."""

    points: ClassVar[bool] = False
    """Whether it refers to rows of other tables."""
    name: str
    column: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it lies in."""
        return (self.column or self.name,)

    def read(self, row: Row[Any], directory: Directory) -> Any:
        """The value in a row."""
        return getattr(row, self.column or self.name)

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:
        """The columns for a value."""
        return {self.column or self.name: value}

    def references(self, value: Any) -> Iterable[tuple[Table, str]]:
        """The keys a value refers to."""
        return ()

    def ids(self, row: Row[Any]) -> Iterable[tuple[Table, int]]:
        """The ids a row refers to."""
        return ()


@dataclass(frozen=True, slots=True)
class Choice(Plain):
    """One of an enumeration's words, or none where the column may be empty."""

    kind: type[StrEnum] = StrEnum

    def read(self, row: Row[Any], directory: Directory) -> Any:
        """The word as its enumeration member."""
        found = getattr(row, self.column or self.name)
        return None if found is None else self.kind(found)

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:
        """The word as text."""
        return {self.column or self.name: None if value is None else value.value}


@dataclass(frozen=True, slots=True)
class Reference(Plain):
    """The key of something else, kept as its id."""

    points: ClassVar[bool] = True
    table: Table = object

    def read(self, row: Row[Any], directory: Directory) -> Any:
        """The key the row refers to."""
        return directory.key(self.table, getattr(row, self.columns[0]))

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:
        """The id of the key."""
        return {self.columns[0]: directory.id(self.table, value)}

    def references(self, value: Any) -> Iterable[tuple[Table, str]]:
        """The key itself, if any."""
        return () if value is None else ((self.table, value),)

    def ids(self, row: Row[Any]) -> Iterable[tuple[Table, int]]:
        """The id itself, if any."""
        found = getattr(row, self.columns[0])
        return () if found is None else ((self.table, found),)


@dataclass(frozen=True, slots=True)
class Who(Plain):
    """A PERSON: a member's id or a name, in two columns."""

    points: ClassVar[bool] = True

    @property
    def columns(self) -> tuple[str, ...]:
        """`…_id` and `…_name`."""
        begun = self.column or self.name
        return (f"{begun}_id", f"{begun}_name")

    def read(self, row: Row[Any], directory: Directory) -> Any:
        """The member's key, or an Outsider."""
        found, name = (getattr(row, column) for column in self.columns)
        return directory.key(m.Member, found) if found is not None else None if name is None else Outsider(name)

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:
        """The id of a member, or the outsider's name."""
        outside = isinstance(value, Outsider)
        return dict(
            zip(
                self.columns,
                (None if outside else directory.id(m.Member, value), value.name if outside else None),
                strict=True,
            )
        )

    def references(self, value: Any) -> Iterable[tuple[Table, str]]:
        """The member's key, if it is a member."""
        return () if value is None or isinstance(value, Outsider) else ((m.Member, value),)

    def ids(self, row: Row[Any]) -> Iterable[tuple[Table, int]]:
        """The member's id, if it is a member."""
        found = getattr(row, self.columns[0])
        return () if found is None else ((m.Member, found),)


@dataclass(frozen=True)
class Record(Generic[V]):
    """How one value type lies in one table."""

    value: type[V]
    table: Table
    fields: tuple[Plain, ...]

    def select_columns(self) -> list[Any]:
        """The columns its fields need."""
        return [getattr(self.table, column) for field in self.fields for column in field.columns]

    def column_names(self) -> tuple[str, ...]:
        """The names of the columns its fields need."""
        return tuple(column for field in self.fields for column in field.columns)

    def learn(self, rows: Iterable[Row[Any]], directory: Directory) -> None:
        """Look up everything that `rows` refer to."""
        wanted: dict[Table, set[int]] = {}
        pointing = [field for field in self.fields if field.points]
        for row in rows:
            for field in pointing:
                for table, found in field.ids(row):
                    wanted.setdefault(table, set()).add(found)
        for table, ids in wanted.items():
            directory.learn_ids(table, ids)

    def read(self, row: Row[Any], directory: Directory, **more: Any) -> V:
        """The value of a row; `more` are the fields that lie elsewhere."""
        return self.value(**{field.name: field.read(row, directory) for field in self.fields}, **more)

    def write(self, value: V, directory: Directory, **more: Any) -> dict[str, Any]:
        """The row of a value; `more` are further columns."""
        row = {column: getattr(value, name) for name, column in self._as_they_are}
        for field in self._others:
            row.update(field.write(getattr(value, field.name), directory))
        return {**row, **more}

    @cached_property
    def _as_they_are(self) -> tuple[tuple[str, str], ...]:
        """Field and column of what is kept as it is: most of a row, written without asking each field."""
        return tuple((field.name, field.columns[0]) for field in self.fields if type(field) is Plain)

    @cached_property
    def _others(self) -> tuple[Plain, ...]:
        return tuple(field for field in self.fields if type(field) is not Plain)

    def references(self, values: Sequence[V]) -> Iterable[tuple[Table, str]]:
        """Every key the values refer to."""
        pointing = [field for field in self.fields if field.points]
        for value in values:
            for field in pointing:
                yield from field.references(getattr(value, field.name))

    def same(self, one: V, other: V) -> bool:
        """Whether two values agree in the fields of this table."""
        return all(getattr(one, field.name) == getattr(other, field.name) for field in self.fields)


@dataclass(frozen=True, slots=True)
class Part(Plain):
    """A value of several fields that lie in its owner's row.

    It is there when the column `there` says so; without one, when any of its columns holds anything.
    """

    points: ClassVar[bool] = True
    record: Record[Any] = None  # type: ignore[assignment] # always given: a field without a default may not come last
    there: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its fields' columns, and the one that says whether it is there."""
        names = self.record.column_names()
        return names if self.there in ("", *names) else (*names, self.there)

    def _is_there(self, row: Row[Any]) -> bool:
        if self.there:
            return bool(getattr(row, self.there))
        return any(getattr(row, name) is not None for name in self.columns)

    def read(self, row: Row[Any], directory: Directory) -> Any:
        """The value, or None."""
        return self.record.read(row, directory) if self._is_there(row) else None

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:
        """Its fields' columns; all empty where there is none."""
        marked = self.there not in ("", *self.record.column_names())
        if value is None:
            return dict.fromkeys(self.record.column_names()) | ({self.there: False} if marked else {})
        return self.record.write(value, directory) | ({self.there: True} if marked else {})

    def references(self, value: Any) -> Iterable[tuple[Table, str]]:
        """The keys its fields refer to."""
        return () if value is None else self.record.references([value])

    def ids(self, row: Row[Any]) -> Iterable[tuple[Table, int]]:
        """The ids its fields refer to."""
        return [found for field in self.record.fields for found in field.ids(row)]
