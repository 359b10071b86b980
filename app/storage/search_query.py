"""Asking the search index: the documents in which the words stand, the latest first, as many as are wanted.

What was typed reaches the database as words of letters and figures, each in quotes: none of it is syntax.
"""

# ruff: noqa: S608 - every name in these statements is one of our own

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, TextClause, text

from app.domain.search import Term, Words
from app.storage.dialects import SERVER
from app.storage.search_sources import KIND_BITS, PART_NAMES, DocKind, Part
from app.storage.search_tables import WORDS

_MOST_FORMS = 150
"""Forms that a beginning may have and still be asked for one by one."""
_LISTED = 3
"""Letters of the longest beginning that the index has a list of its own for."""
_SHORTEST_STEM = 3
_WEIGHTS = {Part.TEXT: "A", Part.DECISIONS: "B", Part.ACTIONS: "C", Part.QUESTIONS: "D"}
_LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: words in one of the parts, in documents of the kinds, between two dated numbers."""

    words: Words
    parts: frozenset[Part] = frozenset(Part)
    kinds: frozenset[DocKind] = frozenset(DocKind)
    low: int = 0
    high: int = 2**62


def with_stems(connection: Connection, words: Words) -> Words:
    """The words with what each goes back to, where the database knows how Swedish inflects."""
    if connection.dialect.name != SERVER:
        return words
    single = [term.words[0] for term in words.terms if len(term.words) == 1]
    query = text("SELECT word, ts_lexize('pg_catalog.swedish_stem', word) FROM unnest(CAST(:words AS text[])) AS word")
    found = {str(word): stems[0] if stems else "" for word, stems in connection.execute(query, {"words": single})}
    return Words(tuple(replace(term, stem=_stem(term, found)) for term in words.terms))


def _stem(term: Term, found: dict[str, str]) -> str:
    stem = found.get(term.words[0], "") if len(term.words) == 1 else ""
    return stem if len(stem) >= _SHORTEST_STEM else ""


def newest(connection: Connection, asked: Asked, *, most: int) -> list[int]:
    """The dated numbers of the latest documents that have the words, from the latest on."""
    on_server = connection.dialect.name == SERVER
    expression = _for_server(asked) if on_server else _for_file(connection, asked)
    handed = {"asked": expression, "low": asked.low, "high": asked.high, "most": most}
    return list(connection.execute(_newest(on_server, asked.kinds), handed).scalars())


@cache
def _newest(on_server: bool, kinds: frozenset[DocKind]) -> TextClause:
    column = "number" if on_server else "rowid"
    condition = "words @@ CAST(:asked AS tsquery)" if on_server else f"{WORDS} MATCH :asked"
    if kinds != frozenset(DocKind):
        listed = ", ".join(f"{kind:d}" for kind in sorted(kinds))
        condition += f" AND ({column} & {(1 << KIND_BITS) - 1}) IN ({listed})"
    return text(
        f"SELECT {column} FROM {WORDS} WHERE {condition} AND {column} >= :low AND {column} <= :high "
        f"ORDER BY {column} DESC LIMIT :most"
    )


def _for_file(connection: Connection, asked: Asked) -> str:
    terms = " AND ".join(_file_term(connection, term) for term in asked.words.terms)
    if asked.parts == frozenset(Part):
        return terms
    columns = " ".join(PART_NAMES[part] for part in sorted(asked.parts))
    return f"{{{columns}}} : ({terms})"


def _file_term(connection: Connection, term: Term) -> str:
    """A beginning that has no list of its own is asked for by the words that begin so: each of those lists is read
    only as far as is needed, where a list of all of them would have to be put together first.
    """
    said = f'"{" ".join(term.words)}"'
    if term.whole:
        return said
    if len(term.words) > 1 or len(term.words[0]) <= _LISTED:
        return f"{said} *"
    forms = _forms(connection, term.words[0])
    if forms is None:
        return f"{said} *"
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")" if forms else said


_NEXT_FORM = text("SELECT term FROM temp.search_terms WHERE term >= :low AND term < :high LIMIT 1")


def _forms(connection: Connection, beginning: str) -> list[str] | None:
    """The words of the index that begin so; None when they are too many."""
    found: list[str] = []
    low, high = beginning, beginning + _LAST_SIGN
    while (word := connection.execute(_NEXT_FORM, {"low": low, "high": high}).scalar()) is not None:
        if len(found) == _MOST_FORMS:
            return None
        found.append(str(word))
        low = f"{word}\x01"
    return found


def _for_server(asked: Asked) -> str:
    weights = "" if asked.parts == frozenset(Part) else "".join(_WEIGHTS[part] for part in sorted(asked.parts))
    return " & ".join(_server_term(term, weights) for term in asked.words.terms)


def _server_term(term: Term, weights: str) -> str:
    ends = ["" for _ in term.words]
    if not term.whole:
        ends[-1] = "*"
    phrase = " <-> ".join(_lexeme(word, end + weights) for word, end in zip(term.words, ends, strict=True))
    return f"({phrase} | {_lexeme(term.stem, weights)})" if term.stem else f"({phrase})"


def _lexeme(word: str, marks: str) -> str:
    return f"'{word}':{marks}" if marks else f"'{word}'"
