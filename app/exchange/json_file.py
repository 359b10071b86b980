"""The exchange file: JSON text to values and back, with every fault named in Swedish by its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from pydantic import ValidationError

from app.domain.document import Document, Problem
from app.domain.errors import ImportRefused
from app.domain.exchanged import plain
from app.domain.keys import is_key
from app.domain.letters import Letter, LetterPart
from app.domain.meetings import Meeting
from app.domain.storable import storable, unstorable_places
from app.domain.units import Unit
from app.exchange import shapes
from app.exchange.faults import problem_of

FORMAT, VERSION = "teamforum", 1
LISTS = (
    "units", "members", "customers", "meetings", "series", "absences", "rooms", "travel", "occasions", "rotation",
    "year_wheel", "preparations", "activities", "templates", "letters", "requests",
)  # fmt: skip
_ONLY_WHEN_FILLED = frozenset({"preparations", "activities", "templates", "letters"})
"""Lists that this program has added to the format: empty they are left out, for other readers' sake."""
LARGEST = 500_000_000
_MOST_PROBLEMS = 1000


def read_document(data: bytes) -> Document:
    """The values of an exchange file. Raises ImportRefused with every fault found."""
    raw = _parse(data)
    problems = [
        Problem(line=0, column=storable(name), reason=f"Egenskapen {storable(name)} finns inte i formatet.")
        for name in raw
        if name not in ("format", "version", *LISTS)
    ]
    found: dict[str, Any] = {}
    for name in LISTS:
        try:
            found[name] = _read_list(name, raw.get(name) or [])
        except ValidationError as error:
            problems += [problem_of(name, fault) for fault in error.errors(include_url=False, include_input=False)]
    if not problems:
        problems = list(_rules(found))
    if problems:
        raise _refusal(problems)
    return Document(**found)


def _read_list(name: str, rows: Any) -> Any:
    try:
        unstorable = list(unstorable_places(rows, place=name))
        text = json.dumps(shapes.prepared(name, rows), ensure_ascii=False)
    except RecursionError:
        _refuse("Filen är för djupt nästlad.")
    if unstorable:
        reason = "Texten innehåller NUL eller ett halvt tecken och går inte att spara."
        raise _refusal(Problem(line=0, column=place, reason=reason) for place in unstorable)
    return shapes.adapter(name).validate_json(text)


def _parse(data: bytes) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        _refuse("Filen är för stor.")
    try:
        raw = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        _refuse("Filen är inte UTF-8. Spara den som UTF-8.")
    except RecursionError:
        _refuse("Filen är för djupt nästlad.")
    except json.JSONDecodeError as error:
        _refuse("Filen är inte giltig JSON här.", line=error.lineno, column=str(error.colno))
    except ValueError:
        _refuse("Filen har ett tal som inte går att läsa.")
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        _refuse("Filen är ingen utväxlingsfil från Teamforum.")
    if raw.get("version") != VERSION or isinstance(raw.get("version"), bool):
        _refuse("Filen har en annan version än 1, som programmet läser.")
    return raw


def _no_constant(text: str) -> float:
    raise ValueError(text)


def _refuse(reason: str, *, line: int = 0, column: str = "") -> NoReturn:
    raise _refusal([Problem(line=line, column=column, reason=reason)])


def _refusal(problems: Iterable[Problem]) -> ImportRefused:
    return ImportRefused("import_refused", problems=tuple(problems)[:_MOST_PROBLEMS])


def _rules(found: Mapping[str, Any]) -> Iterator[Problem]:
    """What the types do not say: the form and uniqueness of keys, and the rules between fields."""
    seen: set[tuple[str, str]] = set()
    for kind, place, key in shapes.keys_of(found):
        if not is_key(key):
            yield Problem(line=0, column=place, reason=f"Nyckeln {key} får bara ha a–z, 0–9 och bindestreck.")
        elif (kind, key) in seen:
            yield Problem(line=0, column=place, reason=f"Nyckeln {key} står två gånger.")
        seen.add((kind, key))
    yield from shapes.order_faults(found)


def write_document(document: Document) -> bytes:
    """The exchange file of the values: every list and bool, other properties only with a value; lists sorted by key."""
    whole: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for name in LISTS:
        rows = sorted(getattr(document, name), key=lambda one: one.key)
        if rows or name not in _ONLY_WHEN_FILLED:
            whole[name] = to_json(rows)
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def to_json(rows: Any) -> list[dict[str, Any]]:
    """Objects as the exchange file has them, in the order given."""
    return [plain(row) for row in rows]


def meeting_text(meeting: Meeting) -> str:
    """One meeting as text, for a draft; `meeting_from_text` reads it back."""
    return json.dumps(plain(meeting), ensure_ascii=False)


def meeting_from_text(text: str) -> Meeting:
    """The meeting of a draft's text."""
    found: tuple[Meeting, ...] = shapes.adapter("meetings").validate_json(f"[{text}]")
    return found[0]


def parts_json(parts: Sequence[LetterPart]) -> list[dict[str, Any]]:
    """The parts of a letter as JSON knows them, for a draft; `parts_of` reads them back."""
    return [plain(part) for part in parts]


def parts_of(rows: Any) -> tuple[LetterPart, ...]:
    """The parts of a draft's letter."""
    whole = [{"key": "x", "unit": "x", "year": 2000, "week": 1, "parts": rows}]
    found: tuple[Letter, ...] = shapes.adapter("letters").validate_json(json.dumps(whole))
    return found[0].parts


def unit_text(unit: Unit) -> str:
    """One unit as text, for a draft; `unit_from_text` reads it back."""
    return json.dumps(plain(unit), ensure_ascii=False)


def unit_from_text(text: str) -> Unit:
    """The unit of a draft's text."""
    found: tuple[Unit, ...] = shapes.adapter("units").validate_json(f"[{text}]")
    return found[0]
