"""What of a point may be shown while its own customer sees the screen: nothing that names another customer.

Whoever else is known by a label is looked for in what was typed; a line that names somebody else is left out whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

HIDDEN = "[En rad visas inte här]"
_TELLING = 3
"""A part of a label so long is found however it is written; a shorter one, such as initials, as it stands."""


class Others:
    """The customers who are not at hand."""

    def __init__(self, labels: Mapping[str, str], *, own: str) -> None:
        mine = set(_words(labels.get(own, "")))
        self._names: set[str] = set()
        self._initials: set[str] = set()
        for key, label in labels.items():
            if key == own:
                continue
            words = [one for one in _words(label) if one not in mine]
            self._initials |= {one for one in words if len(one) < _TELLING and not one.isdecimal()}
            self._names |= {one.casefold() for one in words if len(one) >= _TELLING}
        self._names -= {one.casefold() for one in mine}

    def named_in(self, text: str) -> bool:
        """Whether somebody else is named, in the genitive too."""
        for word in _words(text):
            forms = {word, word.removesuffix("s"), word.removesuffix(":s")}
            if forms & self._initials or {one.casefold() for one in forms} & self._names:
                return True
        return False

    def cleared(self, text: str) -> str:
        """The text with each line that names somebody else left out, which is said in its place."""
        lines = [HIDDEN if self.named_in(line) else line for line in text.split("\n")]
        return "\n".join(lines)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
