"""`search`: the newest hits of twenty years while somebody types, `search_growth`, and `search_index_size`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.search import SearchHit
from app.services.search import MOST, search
from app.storage.engine import raw_connection
from bench import generator, surroundings
from bench.generator import Bulk
from bench.history import COMMON, MIDDLE, RARE
from bench.measure import Row, compare, exactly, timed

_LETTERS = (2, 4)
_TYPED = tuple(word[:length] for word in (COMMON, MIDDLE, RARE) for length in (*_LETTERS, len(word)))
"""A common, a middle and a rare word, each as it stands after two letters, after four, and whole."""
_TIMES = 10
_TEXTS = (
    ("items", "id", ("heading", "text", "notes")), ("decisions", "item_id", ("text",)),
    ("actions", "item_id", ("text", "result", "effect")), ("questions", "item_id", ("question", "answer")),
)  # fmt: skip
_SCAN = " UNION ".join(
    f"SELECT {owner} FROM {table} WHERE {' OR '.join(f'{field} LIKE ?1' for field in fields)}"  # noqa: S608 - ours
    for table, owner, fields in _TEXTS
)


def rows() -> Iterator[Row]:
    """The rows, on warm desks; whom the hits show was logged with the first letters, as while somebody types on."""
    many, few = generator.database(years=generator.YEARS), generator.database(years=generator.FEW_YEARS)
    raw = raw_connection(many.path, many.key)
    old, young = _Typing(many.path), _Typing(few.path)
    try:
        _require_same(old, raw)
        yield compare(
            "search",
            subject=old.slowest,
            floor=timed(lambda: _scanned(raw)),
            goal=0.01,
            against="LIKE scan, rare word",
            note=lambda: f"the slowest of {len(_TYPED)} searches: {old.told}",
        )
        yield compare(
            "search_growth",
            subject=timed(old.all, times=_TIMES),
            floor=timed(young.all, times=_TIMES),
            goal=1.3,
            against=f"the same with {generator.FEW_YEARS} years",
            note=f"{many.meetings} meetings against {few.meetings}",
        )
    finally:
        raw.close()
        old.desk.close()
        young.desk.close()
    yield _size(generator.copy_of(many, "search-size"))


class _Typing:
    """Somebody who types the three words one after the other."""

    def __init__(self, path: Path) -> None:
        self.desk = surroundings.log_in(path)
        self._shown: frozenset[str] = frozenset()
        self.told = ""
        for typed in _TYPED:
            self._shown |= frozenset[str]().union(*(hit.customers for hit in self.hits(typed)))

    def hits(self, typed: str) -> tuple[SearchHit, ...]:
        """What the page shows for it."""
        return search(self.desk, words=typed, already=self._shown).hits

    def all(self) -> None:
        """Every search once."""
        for typed in _TYPED:
            self.hits(typed)

    def _seconds(self, typed: str) -> float:
        return timed(lambda: self.hits(typed), times=_TIMES)()

    def slowest(self) -> float:
        """Seconds of the slowest of the searches, each the mean of some."""
        found = {typed: self._seconds(typed) for typed in _TYPED}
        self.told = ", ".join(f"{typed} {seconds * 1000:.1f} ms" for typed, seconds in found.items())
        return max(found.values())


def _scanned(raw: Any) -> list[int]:
    return [row[0] for row in raw.execute(_SCAN, (f"%{RARE}%",))]


def _require_same(typing: _Typing, raw: Any) -> None:
    """The rare word is found where a scan finds it, the others fill a page."""
    found = {hit.item for hit in typing.hits(RARE)}
    keys = {raw.execute('SELECT "key" FROM items WHERE id = ?', (item,)).fetchone()[0] for item in _scanned(raw)}
    if found != keys or not found or any(len(typing.hits(word)) < MOST - 1 for word in (COMMON, MIDDLE)):
        raise RuntimeError("the search and the scan find different points")


def _size(bulk: Bulk) -> Row:
    """The index in pages of the file, as many as are free once it is taken away."""
    raw = raw_connection(bulk.path, bulk.key)
    try:
        raw.execute("PRAGMA secure_delete = OFF")
        before = raw.execute("PRAGMA freelist_count").fetchone()[0]
        raw.execute("BEGIN IMMEDIATE")
        for name in ("search_words", "search_docs"):
            raw.execute(f"DROP TABLE {name}")
        index = raw.execute("PRAGMA freelist_count").fetchone()[0] - before
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute("ROLLBACK")
    finally:
        raw.close()
    return exactly(
        "search_index_size", own=index, other=pages - before - index, goal=0.5, against="base data", unit="pages"
    )
