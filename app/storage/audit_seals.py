"""The seals that chain the audit log's rows: what of a row they cover, written so that it reads the same for ever."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Sequence

START = b"\0" * 32
"""What the first row is chained to."""
FIELDS = ("sequence", "at", "user", "role", "unit", "workstation", "action", "object", "customer", "reason")
"""The columns that the seal covers, in order."""


def seal(chain_key: bytes, previous: bytes, sequence: int, rest: bytes) -> bytes:
    """The HMAC of row number `sequence`, chained to the seal of the row before; `rest` as `written` gives it."""
    return hmac.digest(chain_key, previous + b"[%d," % sequence + rest, "sha256")


def written(values: Sequence[object]) -> bytes:
    """A row's values after the sequence as the seal covers them, whatever lies in the columns."""
    text = json.dumps([_plain(value) for value in values], ensure_ascii=False, separators=(",", ":"))
    return text[1:].encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return zoned.astimezone(dt.UTC).isoformat()
    if isinstance(value, bytes | memoryview):  # never written by the program
        return {"bytes": bytes(value).hex()}
    return value


def stored_instant(value: object) -> object:
    """The instant in a column, as SQLite's driver hands it out or PostgreSQL's; what is none is left as it is."""
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        return value
