"""The recovery key as people write it: 256 bits and a checksum in groups of five letters and figures."""

from __future__ import annotations

import hashlib
import os

from app.domain.errors import AccessDenied

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SECRET_BYTES, _CHECK_BYTES, _GROUP = 32, 3, 5
_LENGTH = (_SECRET_BYTES + _CHECK_BYTES) * 8 // 5


def new_secret() -> bytes:
    """A fresh 256-bit secret."""
    return os.urandom(_SECRET_BYTES)


def written(secret: bytes) -> str:
    """The secret as text to print: eleven groups and a rest, Crockford's base 32."""
    number = int.from_bytes(secret + _check(secret), "big")
    letters = "".join(_ALPHABET[number >> (5 * i) & 31] for i in reversed(range(_LENGTH)))
    return "-".join(letters[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))


def read(text: str) -> bytes:
    """The secret from what somebody typed: case, spaces and hyphens do not matter, O is 0, I and L are 1.

    Raises AccessDenied("recovery_key_mistyped") when the checksum does not fit.
    """
    letters = "".join(c for c in text.upper().translate(_MISREAD) if c not in " -–\t\n")
    if len(letters) != _LENGTH or any(c not in _ALPHABET for c in letters):
        raise AccessDenied("recovery_key_mistyped")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    raw = number.to_bytes(_SECRET_BYTES + _CHECK_BYTES, "big")
    secret, check = raw[:_SECRET_BYTES], raw[_SECRET_BYTES:]
    if _check(secret) != check:
        raise AccessDenied("recovery_key_mistyped")
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"teamforum recovery" + secret).digest()[:_CHECK_BYTES]
