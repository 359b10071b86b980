"""The words for what the exchange reader refuses: pydantic's findings as Swedish reasons with their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.document import Problem

_REASONS: Mapping[str, str] = {
    "missing": "Egenskapen {name} saknas eller är tom.",
    "unexpected_keyword_argument": "Egenskapen {name} finns inte i formatet.",
    "string_type": "{name} ska vara text.",
    "bool_type": "{name} ska vara true eller false.",
    "int_type": "{name} ska vara ett heltal.",
    "int_from_float": "{name} ska vara ett heltal.",
    "float_type": "{name} ska vara ett tal.",
    "tuple_type": "{name} ska vara en lista.",
    "dataclass_type": "{name} ska vara ett objekt.",
    "date_type": "{name} ska vara ett datum, ÅÅÅÅ-MM-DD.",
    "date_parsing": "{name} ska vara ett datum, ÅÅÅÅ-MM-DD.",
    "date_from_datetime_parsing": "{name} ska vara ett datum, ÅÅÅÅ-MM-DD.",
    "date_from_datetime_inexact": "{name} ska vara ett datum, ÅÅÅÅ-MM-DD.",
    "time_type": "{name} ska vara ett klockslag, TT:MM.",
    "time_parsing": "{name} ska vara ett klockslag, TT:MM.",
    "datetime_type": "{name} ska vara dag och tid, ÅÅÅÅ-MM-DDTTT:MM.",
    "datetime_parsing": "{name} ska vara dag och tid, ÅÅÅÅ-MM-DDTTT:MM.",
    "datetime_from_date_parsing": "{name} ska vara dag och tid, ÅÅÅÅ-MM-DDTTT:MM.",
    "enum": "{name} har ett värde som inte finns. Tillåtet: {expected}.",
    "literal_error": "{name} har ett värde som inte finns. Tillåtet: {expected}.",
}
_BRANCHES = frozenset({"str", "Outsider"})


def problem_of(name: str, fault: Mapping[str, Any]) -> Problem:
    """One finding as a problem with its place in the file, such as `meetings[3].items[0].heading`."""
    steps = [step for step in fault["loc"] if step not in _BRANCHES]
    last = next((str(step) for step in reversed(steps) if isinstance(step, str)), name)
    expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", " eller ")
    reason = _REASONS.get(fault["type"], "{name} har fel form.")
    return Problem(line=0, column=_path(name, steps), reason=reason.format(name=last, expected=expected))


def _path(name: str, steps: Sequence[Any]) -> str:
    text = name
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text
