"""What the two kinds of database say differently: a list of wanted keys, numbers for new rows, who writes when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Connection, Executable, UpdateBase, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType

SERVER = "postgresql"
WRITING = "teamforum_writing"
"""Execution option of a connection whose transaction will write: it takes the write lock at once."""


class IsWanted(FunctionElement[bool]):
    """Whether a column's value is in a JSON list handed over as one parameter, however long, so that the statement is
    built and compiled once.
    """

    inherit_cache = True
    name = "is_wanted"
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> IsWanted:  # noqa: ARG002 - SQLAlchemy's own name
        """The condition as it stands: SQLite would be asked whether it `= 1`, and then searches no index."""
        return self


@compiles(IsWanted)
def _in_file(element: IsWanted, compiler: SQLCompiler, **rest: Any) -> str:
    column, wanted = (compiler.process(part, **rest) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({wanted}))"  # noqa: S608 - both are compiled SQL, no text of anybody


@compiles(IsWanted, SERVER)
def _on_server(element: IsWanted, compiler: SQLCompiler, **rest: Any) -> str:
    parts = list(element.clauses)
    column, wanted = (compiler.process(part, **rest) for part in parts)
    kind = compiler.dialect.type_compiler_instance.process(parts[0].type)
    return f"{column} = ANY(ARRAY(SELECT CAST(jsonb_array_elements_text(CAST({wanted} AS JSONB)) AS {kind})))"


def next_ids(connection: Connection, table: type[Any], count: int) -> list[int]:
    """Numbers for `count` new rows, inside a writing transaction.

    In a file they are chosen here, which the write lock makes safe; a server hands them out itself.
    """
    if connection.dialect.name == SERVER:
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return list(connection.execute(numbers).scalars())
    last = connection.execute(select(func.max(table.id))).scalar() or 0
    return list(range(last + 1, last + 1 + count))


CHANGED = "teamforum_changed"
"""In a server connection's `info`: the tables that its transaction has changed so far."""
WRITE_LOCK = "LOCK TABLE door_keys IN EXCLUSIVE MODE"
"""What a writing transaction holds on a server, one at a time, as a file has one writer.

It is a lock on a table that only the database's own login may change: whoever may merely connect, or read the sealed
keys, can neither take it nor keep anybody from it, as she could with a numbered lock. Readers are not held up.
"""


def begin_on_server(connection: Connection) -> None:
    """Begin as a file does: a writer alone and from the newest state, a reader on one unchanging state."""
    connection.info[CHANGED] = set()
    if connection.get_execution_options().get(WRITING):
        connection.exec_driver_sql(WRITE_LOCK)
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def note_change(connection: Connection, statement: Executable, *_: object) -> None:
    """Remember which table a statement changes, to tell other workstations of it."""
    if isinstance(statement, UpdateBase):
        connection.info.setdefault(CHANGED, set()).add(getattr(statement.table, "name", ""))
