"""The domain's values as the exchange file has them, in plain lists and texts, and a meeting read back from such text.

What comes from outside is read by `exchange`, which trusts nothing; what is read here the program wrote itself.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.domain.coordination.cases import CoordinationRequest
from app.domain.meetings import Meeting
from app.domain.people import Outsider

_NAMES = {"from_": "from"}
ONLY_WHEN_FILLED = frozenset({
    "substitutes", "journaled", "hours", "pauses", "pinned", "sequence", "announced_sequence", "regrets",
    "presentations", "absences", "published_version", "left_out", "position", "instruments",
})  # fmt: skip
"""What this program has added to the format: empty, false or nought it is left out, for other readers' sake."""


def alias(name: str) -> str:
    """The name that a field has in the format."""
    return _NAMES.get(name, name)


def plain(value: Any) -> Any:
    """A value as the exchange file has it: every list and bool, other properties only when they say something."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return _object(value)
    return value


def _object(value: Any) -> dict[str, Any]:
    found = {}
    for name, alias_, optional in _properties(type(value)):  # type: ignore[arg-type]
        one = getattr(value, name)
        if one is None or (optional and not one):
            continue
        found[alias_] = plain(one)
    if isinstance(value, CoordinationRequest):  # its texts stand by their keys
        found["fields"] = {one.key: one.text for one in value.fields}
    return found


@functools.cache
def _properties(kind: type[Any]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((f.name, alias(f.name), f.name in ONLY_WHEN_FILLED) for f in fields(kind))


def meeting_content(meeting: Meeting) -> str:
    """A meeting as text that is the same for the same meeting: the exchange format, its names in order."""
    return json.dumps(plain(meeting), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """The SHA-256 of such a text, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def meeting_from_content(content: str) -> Meeting:
    """The meeting of such a text. Raises ValueError for a text that the program did not write."""
    try:
        found: Meeting = _read(Meeting, json.loads(content))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("no meeting") from error
    return found


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if origin in (UnionType, Union):
        return _one_of([one for one in get_args(kind) if one is not NoneType], value)
    if is_dataclass(kind):
        return _dataclass(kind, value)
    return _scalar(kind, value)


def _one_of(kinds: list[Any], value: Any) -> Any:
    if value is None:
        return None
    if Outsider in kinds:
        return value if isinstance(value, str) else Outsider(value["name"])
    return _read(kinds[0], value)


def _dataclass(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value[alias(name)]) for name in hints if alias(name) in value})


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _scalar(kind: Any, value: Any) -> Any:
    if kind in (dt.date, dt.time, dt.datetime):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return float(value) if kind is float else value
