"""Which text can be kept: any, but for NUL and halves of signs, which PostgreSQL refuses and no file can hold.

Nor two codes that are no signs: at its beginning they make the toolkit read a text with its bytes turned around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")


def is_storable(text: str) -> bool:
    """Whether the text can be kept as it is."""
    return _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """The text without what cannot be kept: for what is typed or pasted, where nobody sees that it is there."""
    return _UNSTORABLE.sub("", text)


def unstorable_places(value: Any, *, place: str = "") -> Iterator[str]:
    """Where in lists and objects of JSON text stands that cannot be kept, such as `meetings[3].items[0].notes`."""
    if isinstance(value, str):
        if not is_storable(value):
            yield place
    elif isinstance(value, dict):
        for key, one in value.items():
            if not is_storable(str(key)):
                yield place
            yield from unstorable_places(one, place=f"{place}.{storable(str(key))}".lstrip("."))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from unstorable_places(one, place=f"{place}[{number}]")
