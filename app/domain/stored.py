"""A value together with the version it was read at, so that an update can say what it started from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """`value` as it stood at `version`; hand `version` back as `expected_version` when saving."""

    value: T
    version: int
