"""What the detail of a register has to know of it: how its rows are read, kept, named and put in the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.stored import Stored
from app.services.desk import Desk

V = TypeVar("V")
W = TypeVar("W")
NEW = ""
"""The key of a row that is not kept yet."""


@dataclass(frozen=True)
class Register(Generic[V, W]):
    """What the detail has to know of the register it belongs to; `W` is what is read to open one row."""

    kind: str
    read: Callable[[Desk, str], W]
    stored: Callable[[W], Stored[V]]
    add: Callable[[Desk, V], Stored[V]]
    save: Callable[[Desk, V, int], Stored[V]]
    key: Callable[[V], str]
    title: Callable[[V | None], str]
    show: Callable[[W | None], None]
    """Fill the form and all beside it; None for a new row."""
    value: Callable[[V | None], V]
    """The row as the form has it, made from the one it was filled with."""
    fault: Callable[[], str]
    delete: Callable[[Desk, str, int], None] | None = None
    locked: Callable[[V], str] | None = None
    """Why this row can only be read by whoever may change others, or empty."""
    spoken: Callable[[V], str] | None = None
    """What notices and undo steps call the row, where its title should not stand in them."""
    undo: Callable[[Stored[V]], Callable[[Desk], object]] | None = None
    """How a saved change is taken back, where saving does more than keep the row."""
    told: Callable[[Stored[V]], str] | None = None
    """What is told of a saved row, where there is more to say than that it is kept."""

    def name_of(self, value: V) -> str:
        """What notices and undo steps call the row."""
        return self.spoken(value) if self.spoken else self.title(value)
