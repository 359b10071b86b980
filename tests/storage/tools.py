"""What several storage tests do behind the program's back: take the key and change the file directly."""

from __future__ import annotations

from pathlib import Path

from app.storage import key_file
from app.storage.engine import raw_connection
from tests.support import PASSWORD


def key_of(database: Path, *, user: str = "chef", password: str = PASSWORD) -> bytes:
    """The database key, as the user's password gives it."""
    return key_file.read(database)[0].open_as(user, password)


def tamper(database: Path, *statements: str) -> None:
    """Run SQL in the encrypted file past all the program's own rules."""
    connection = raw_connection(database, key_of(database))
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()
