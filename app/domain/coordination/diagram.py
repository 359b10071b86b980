"""The state diagram of a receiving party, drawn from the table that the code runs (docs/coordination.md)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.coordination.cases import RequestKind
from app.domain.coordination.states import RequestStatus as S
from app.domain.coordination.steps import STEPS


def diagram() -> str:
    """The table as a Mermaid state diagram; what only some kinds of message can do says so."""
    lines = ["stateDiagram-v2", *(f'    state "{one.label}" as {one.value}' for one in S), "    [*] --> draft"]
    lines += sorted(_arrows())
    lines += [f"    {one.value} --> [*]" for one in S if one.ended]
    return "\n".join(lines)


def _arrows() -> Iterator[str]:
    for kind, steps in STEPS.items():
        for step in steps:
            some = "" if step.kinds == frozenset(RequestKind) else f" ({_short(step.kinds)})"
            for before in step.before:
                after = step.after or before
                yield f"    {before.value} --> {after.value}: {kind.label}{some}"


def _short(kinds: frozenset[RequestKind]) -> str:
    return "informationsöverföring" if kinds == {RequestKind.TRANSFER} else "ej informationsöverföring"
