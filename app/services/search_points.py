"""What is written under points, read for a search by somebody from whom nothing in them is hidden.

Texts alone, without the people: fifty points are read while somebody types. Whoever sees parts of a meeting is given
it by `sight`, as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from app import models as m
from app.domain.customers import hidden_in
from app.domain.meetings import HERS, ItemKind
from app.services.protection import customer_of
from app.services.records import is_wanted
from app.services.search_hits import Action, Point

POINTS = select(
    m.Item.id.label("item"), m.Item.key.label("item_key"), m.Item.heading, m.Item.kind, m.Item.notes, m.Item.text,
    m.Customer.key.label("customer"), m.Customer.reference, m.Customer.apartment, m.Customer.protected,
    m.Customer.code,
).outerjoin(m.Customer, m.Customer.id == m.Item.customer_id)  # fmt: skip
"""Points with their own texts and whom they are about."""
_OWN, _DECISIONS, _ACTIONS, _QUESTIONS = range(4)
_UNDER: tuple[tuple[int, type[Any], tuple[str, ...]], ...] = (
    (_OWN, m.Presentation, ("need", "problem", "wish")),
    (_OWN, m.Assessment, ("note", "risk")),
    (_OWN, m.Participation, ("wish",)),
    (_OWN, m.JournalMark, ()),
    (_DECISIONS, m.Decision, ("text",)),
    (_ACTIONS, m.Action, ("text", "result", "effect")),
    (_QUESTIONS, m.Question, ("question", "answer")),
)
_LONGEST = 3


def _texts() -> CompoundSelect[*tuple[Any, ...]]:
    """All that lies under the wanted points in one question: whose, what, its place, its key, its texts, about whom."""
    parts = []
    for what, table, fields in _UNDER:
        texts = [getattr(table, field) for field in fields] + [null()] * (_LONGEST - len(fields))
        key = table.key if what == _ACTIONS else null()
        about = m.Customer.key if hasattr(table, "customer_id") else null()
        query = select(
            table.item_id.label("item_id"), literal_column(str(what)).label("what"), table.position.label("position"),
            key.label("key"), *(text.label(f"text{n}") for n, text in enumerate(texts)), about.label("about"),
        )  # fmt: skip
        if hasattr(table, "customer_id"):
            query = query.outerjoin(m.Customer, m.Customer.id == table.customer_id)
        parts.append(query.where(is_wanted(table.item_id)))
    return union_all(*parts)


_TEXTS = _texts()


def read_points(session: Session, rows: Sequence[Any]) -> dict[int, Point]:
    """What is written under the points of these rows of `POINTS`; a protected customer's label is her code."""
    under: dict[int, list[Any]] = {row.item: [] for row in rows}
    if rows:
        for found in session.connection().execute(_TEXTS, {"wanted": json.dumps(list(under))}):
            under[found[0]].append(found)
    return {row.item: _point(row, sorted(under[row.item], key=_place)) for row in rows}


def _place(row: Any) -> tuple[int, int]:
    return row[1], row[2]


def heading_of(row: Any) -> str:
    """The heading of a row of `POINTS` as it is shown."""
    if not row.protected:
        return str(row.heading)
    return hidden_in(row.heading, customer_of(row), hers=ItemKind(row.kind) in HERS)


def _point(row: Any, under: Sequence[Any]) -> Point:
    heading = heading_of(row)
    own: list[str | None] = [row.notes, row.text]
    decisions, actions, questions = [], [], []
    customers = {row.customer}
    for _, what, _, key, *texts, about in under:
        customers.add(about)
        if what == _OWN:
            own += texts
        elif what == _DECISIONS:
            decisions.append(texts[0])
        elif what == _ACTIONS:
            actions.append(Action(key=key, texts=tuple(texts), customer=about))
        else:
            questions.append(tuple(texts))
    return Point(
        key=row.item_key, heading=heading, own=(*own, heading), decisions=tuple(decisions), actions=tuple(actions),
        questions=tuple(questions), customer=row.customer, customers=frozenset(customers - {None}),
    )  # fmt: skip
