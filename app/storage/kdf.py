"""From password to key: Argon2id with costs that are calibrated when made and bounded both ways when read."""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.domain.errors import StorageFault

LOWEST_ITERATIONS, HIGHEST_ITERATIONS = 3, 20
LOWEST_MEMORY, HIGHEST_MEMORY = 64 * 1024, 1024 * 1024  # KiB
LANES = 2
SALT_BYTES = 16
KEY_BYTES = 32
TARGET_SECONDS = 0.25
COST_VARIABLE = "TEAMFORUM_KDF_COST"
"""Set to `lowest`, the lowest permitted cost is used instead of a calibrated one (tests and trials)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation costs: passes over the memory, and the memory in KiB."""

    iterations: int = LOWEST_ITERATIONS
    memory: int = LOWEST_MEMORY

    def __post_init__(self) -> None:
        if (
            not LOWEST_ITERATIONS <= self.iterations <= HIGHEST_ITERATIONS
            or not LOWEST_MEMORY <= self.memory <= HIGHEST_MEMORY
        ):
            raise StorageFault("key_file_cost")


LOWEST = Cost()


def new_salt() -> bytes:
    """A fresh random salt."""
    return os.urandom(SALT_BYTES)


def derive(password: str, *, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key of a password; the text is normalised so that å typed in two ways is one password."""
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=LANES, memory_cost=cost.memory
    ).derive(typed)


def calibrated() -> Cost:
    """A cost that takes at least a quarter of a second on this machine, or the lowest one where that is asked for."""
    cost = Cost()
    if os.environ.get(COST_VARIABLE) == "lowest":
        return cost
    while cost.iterations < HIGHEST_ITERATIONS:
        start = time.perf_counter()
        derive("calibration", salt=bytes(SALT_BYTES), cost=cost)
        if (taken := time.perf_counter() - start) >= TARGET_SECONDS:
            break
        cost = Cost(
            iterations=min(HIGHEST_ITERATIONS, max(cost.iterations + 1, int(cost.iterations * TARGET_SECONDS / taken)))
        )
    return cost
