"""Searching in everything that was written: the newest hits first, as far as the person may read where they stand.

The index says in which documents the words may stand. Each of them is then read as it is read everywhere else, and the
words are looked for in what the person sees of it: nothing is found by what is hidden from her.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Select, literal, select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain.catalogue import Setting
from app.domain.checklist_runs import Run, without_customer
from app.domain.clock import to_wall_clock
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.domain.search import Found, SearchFilters, SearchHit, SearchKind, Words, read_words
from app.domain.sight import Reach
from app.services import meeting_records, sight
from app.services import planning_records as records
from app.services.checklist_records import RUNS, sees_customer_of
from app.services.desk import Desk, needs
from app.services.records import Directory, fetch, is_wanted
from app.services.search_hits import Match, Point, in_letter, in_meeting, in_point, in_run, point_of
from app.services.search_points import POINTS, read_points
from app.storage.audit import Event
from app.storage.dialects import IsWanted
from app.storage.search_query import Asked, newest, with_stems
from app.storage.search_sources import Doc, DocKind, Part, days_between, week_begins
from app.storage.unit_of_work import UnitOfWork

MOST = 50
"""Hits that one search gives at most."""
_ASK = (MOST, 200, 1000, 4000)
"""Documents asked of the index at a time: more where those before brought little."""
_MOST_ASKED, _MOST_READ = 20_000, 1500
"""Documents looked up, and read, before a search rests and tells from where it goes on."""
_OF_KIND = {
    SearchKind.MEETING: (DocKind.MEETING, Part.TEXT), SearchKind.ITEM: (DocKind.ITEM, Part.TEXT),
    SearchKind.DECISION: (DocKind.ITEM, Part.DECISIONS), SearchKind.ACTION: (DocKind.ITEM, Part.ACTIONS),
    SearchKind.QUESTION: (DocKind.ITEM, Part.QUESTIONS), SearchKind.LETTER: (DocKind.LETTER, Part.TEXT),
    SearchKind.CHECKLIST: (DocKind.CHECKLIST, Part.TEXT),
}  # fmt: skip
NO_FILTERS = SearchFilters()


@needs(Right.READ_MEETINGS)
def search(
    desk: Desk, *, words: str, filters: SearchFilters = NO_FILTERS, older: int | None = None, limit: int = MOST,
    already: frozenset[str] = frozenset(),
) -> Found:  # fmt: skip
    """The newest places where all the words stand, at most `limit`; older ones from `older` on.

    Of a single meeting, point, letter or checklist no more than that are shown.

    What is typed means words, beginnings of words and, in quotes, phrases; there is no other syntax. Each customer whom
    a hit shows is logged as read, but for those shown `already` while the same person went on typing.
    """
    wanted = read_words(words)
    if not wanted:
        return Found()
    with desk.reading() as work:
        found = _Search(desk, work, with_stems(work.session.connection(), wanted), filters).run(older, limit)
    shown = frozenset[str]().union(*(one.customers for one in found.hits)) - already
    if shown:
        with desk.writing() as work:
            for key in sorted(shown):
                work.record(Event(action="read", object="search", customer=key))
            work.commit()
    return found


@dataclass
class _Search:
    """One search: asks the index for documents until there are hits enough."""

    desk: Desk
    work: UnitOfWork
    words: Words
    filters: SearchFilters
    _read: int = 0

    def run(self, older: int | None, limit: int) -> Found:
        """The hits, and where to go on."""
        asked = self._asked()
        if not asked.kinds:
            return Found()
        if older is not None:
            asked = replace(asked, high=min(asked.high, older))
        hits: list[SearchHit] = []
        looked = 0
        for most in chain(_ASK, repeat(_ASK[-1])):
            numbers = newest(self.work.session.connection(), asked, most=most)
            looked += len(numbers)
            more = self._hits(numbers)
            for number in numbers:
                here = more.get(number, [])[:limit]
                if len(hits) + len(here) > limit:
                    return self._labelled(hits, number)
                hits += here
                if len(hits) >= limit:
                    return self._labelled(hits, number - 1)
            if len(numbers) < most:
                return self._labelled(hits, None)
            asked = replace(asked, high=numbers[-1] - 1)
            if looked >= _MOST_ASKED or self._read >= _MOST_READ:
                break
        return self._labelled(hits, asked.high)

    def _asked(self) -> Asked:
        """What is asked of the index for these filters: where a kind stands, and between which days."""
        low, high = days_between(self.filters.from_, self.filters.to)
        kinds = self.filters.kinds or frozenset(SearchKind)
        places = {_OF_KIND[kind] for kind in kinds if self._may_see(kind)}
        parts = frozenset(part for _, part in places)
        return Asked(
            words=self.words, kinds=frozenset(kind for kind, _ in places), low=low, high=high,
            parts=parts if self.filters.kinds else frozenset(Part),
        )  # fmt: skip

    def _may_see(self, kind: SearchKind) -> bool:
        alone = self.filters.forum is not None or self.filters.customer is not None
        if kind is SearchKind.CHECKLIST:
            return self.filters.forum is None and self.desk.may(Right.READ_CHECKLISTS)
        return kind is not SearchKind.LETTER or not alone

    def _hits(self, numbers: Sequence[int]) -> dict[int, list[SearchHit]]:
        """The hits of each document, by its number."""
        rows: dict[DocKind, dict[int, int]] = {kind: {} for kind in DocKind}
        for number in numbers:
            doc = Doc.of(number)
            rows[doc.kind][doc.row] = number
        read = {
            DocKind.MEETING: self._meetings, DocKind.ITEM: self._items, DocKind.LETTER: self._letters,
            DocKind.CHECKLIST: self._runs,
        }  # fmt: skip
        return {
            wanted[row]: hits
            for kind, wanted in rows.items()
            if wanted
            for row, hits in read[kind](list(wanted)).items()
        }

    # points and meetings

    def _items(self, ids: list[int]) -> dict[int, list[SearchHit]]:
        rows = {row.item: row for row in self._rows(_OF_ITEMS, ids)}
        self._read += len(rows)
        if sight.sees_all(self.desk):
            points = read_points(self.work.session, list(rows.values()))
        else:
            seen = self._shown({row.meeting for row in rows.values()})
            items = {item.key: item for meeting in seen.values() for item in meeting.items}
            points = {found: point_of(items[row.item_key]) for found, row in rows.items()}
        return {
            found: [self._item_hit(row, points[found], one) for one in self._in_point(points[found])]
            for found, row in rows.items()
        }

    def _in_point(self, point: Point) -> Iterator[Match]:
        if self.filters.customer is None or self.filters.customer in point.customers:
            yield from in_point(point, self.words, wanted=self.filters.kinds)

    def _item_hit(self, row: Any, point: Point, match: Match) -> SearchHit:
        about = next((one.customer for one in point.actions if one.key == match.key and one.customer), point.customer)
        return SearchHit(
            kind=match.kind, key=match.key or point.key, title=point.heading, snippet=match.snippet, item=point.key,
            customer=about, customers=point.customers, **self._place(row),
            customer_label=sight.label_of(row) if about and about == row.customer else "",
        )  # fmt: skip

    def _meetings(self, ids: list[int]) -> dict[int, list[SearchHit]]:
        rows = {row.meeting: row for row in self._rows(_OF_MEETINGS, ids)}
        self._read += len(rows)
        seen = self._shown(set(rows))
        hits = {
            found: [self._meeting_hit(row, seen[found], one) for one in in_meeting(seen[found], self.words)]
            for found, row in rows.items()
        }
        if (customer := self.filters.customer) is None:
            return hits
        return {found: [hit for hit in several if customer in hit.customers] for found, several in hits.items()}

    def _meeting_hit(self, row: Any, meeting: Meeting, match: Match) -> SearchHit:
        point = meeting.item(match.item) if match.item else None
        place = self._place(row)
        return SearchHit(
            kind=match.kind, key=meeting.key, title=point.heading if point else place["about"], snippet=match.snippet,
            item=match.item, customer=point.customer if point else None,
            customers=rules.customers_of(point) if point else frozenset(), **place,
        )  # fmt: skip

    def _rows(self, query: Select[*tuple[Any, ...]], ids: list[int]) -> Sequence[Any]:
        """Where the documents belong, of those that the person reaches and the filters let through."""
        within = sight.within_reach(self.desk)
        if within is not None:
            query = query.where(within)
        if self.filters.unit is not None:
            query = query.where(m.Unit.key == self.filters.unit)
        if self.filters.forum is not None:
            query = query.where(m.Meeting.forum == self.filters.forum)
        return fetch(self.work.session, query, wanted=ids)

    def _shown(self, ids: set[int]) -> dict[int, Meeting]:
        """The meetings as the person may see them, by id."""
        wanted = IsWanted(m.Meeting.id, literal(json.dumps(sorted(ids))))
        directory = Directory(self.work.session)
        found = meeting_records.load(self.work.session, wanted, directory=directory)
        shown = sight.shown_all(self.desk, self.work, [meeting for meeting, _ in found.values()])
        return {directory.id(m.Meeting, meeting.key) or 0: meeting for meeting in shown}

    def _place(self, row: Any) -> dict[str, Any]:
        """What a hit says of the meeting it stands in."""
        name = self._forums.get((row.setting, row.forum), row.forum)
        return {
            "about": row.title or (f"{name} {row.ward}" if row.ward else name), "date": row.date, "unit": row.unit,
            "unit_name": row.unit_name, "forum": row.forum, "meeting": row.key,
        }  # fmt: skip

    @cached_property
    def _forums(self) -> dict[tuple[str, str], str]:
        """The forums' names; those of `ledning` are held everywhere."""
        own = {(setting, one.key): one.name for setting in Setting for one in self.desk.catalogue.forums(setting)}
        led = [(key, name) for (setting, key), name in own.items() if setting is Setting.LEDNING]
        return {(setting.value, key): name for setting in Setting for key, name in led} | {
            (setting.value, key): name for (setting, key), name in own.items()
        }

    # checklists and letters

    def _runs(self, ids: list[int]) -> dict[int, list[SearchHit]]:
        query = select(m.ChecklistRun.id, m.ChecklistRun.key, m.Unit.key.label("unit"), m.Unit.name.label("unit_name"))
        query = query.join(m.Unit, m.Unit.id == m.ChecklistRun.unit_id).where(is_wanted(m.ChecklistRun.id))
        rows = [row for row in fetch(self.work.session, query, wanted=ids) if self._wants_unit(row.unit)]
        wanted = IsWanted(m.ChecklistRun.id, literal(json.dumps([row.id for row in rows])))
        runs = records.load(self.work.session, RUNS, wanted)
        self._read += len(rows)
        return {row.id: self._run_hits(row, runs[row.key][0]) for row in rows}

    def _run_hits(self, row: Any, whole: Run) -> list[SearchHit]:
        seen = sees_customer_of(self.desk, self.work, whole, self._reach)
        run = whole if seen else without_customer(whole)
        if self.filters.customer not in (None, run.customer) or (match := in_run(run, self.words)) is None:
            return []
        return [
            SearchHit(
                kind=match.kind, key=run.key, title=run.title, date=run.started_on, snippet=match.snippet,
                about=run.name, unit=run.unit, unit_name=row.unit_name, customer=run.customer,
                customers=frozenset({run.customer} if run.customer else ()),
            )
        ]  # fmt: skip

    @cached_property
    def _reach(self) -> Reach:
        return sight.reach(self.desk, self.work)

    def _letters(self, ids: list[int]) -> dict[int, list[SearchHit]]:
        """Letters of the person's units; those that have not gone out for whoever may write them."""
        rows = fetch(self.work.session, _OF_LETTERS, wanted=ids)
        read = [
            row for row in rows
            if self._wants_unit(row.unit) and (row.sent_at is not None or self.desk.may(Right.WRITE_MEETINGS))
        ]  # fmt: skip
        self._read += len(read)
        texts: dict[int, list[str | None]] = {row.id: [row.intro, row.title] for row in read}
        for part in fetch(self.work.session, _OF_PARTS, wanted=list(texts)):
            texts[part.letter_id][:0] = [part.text, part.place, part.target, part.heading]
        return {row.id: self._letter_hits(row, texts[row.id]) for row in read}

    def _letter_hits(self, row: Any, texts: list[str | None]) -> list[SearchHit]:
        if (match := in_letter(texts, self.words)) is None:
            return []
        title = row.title or f"Informationsbrev vecka {row.week} {row.year}"
        day = to_wall_clock(row.sent_at).date() if row.sent_at else week_begins(row.year, row.week)
        return [
            SearchHit(
                kind=match.kind, key=row.key, title=title, date=day, snippet=match.snippet, about=match.kind.label,
                unit=row.unit, unit_name=row.unit_name,
            )
        ]  # fmt: skip

    def _wants_unit(self, unit: str) -> bool:
        return self.desk.actor.sees(unit) and self.filters.unit in (None, unit)

    def _labelled(self, hits: list[SearchHit], older: int | None) -> Found:
        """The hits, each with how her customer is shown."""
        wanted = sorted({hit.customer for hit in hits if hit.customer and not hit.customer_label})
        if not wanted:
            return Found(hits=tuple(hits), older=older)
        labels = {row.key: sight.label_of(row) for row in fetch(self.work.session, _LABELS, wanted=wanted)}
        named = (
            replace(hit, customer_label=labels[hit.customer]) if hit.customer in labels else hit for hit in hits
        )  # fmt: skip
        return Found(hits=tuple(named), older=older)


_OF_MEETINGS = (
    select(
        m.Meeting.id.label("meeting"), m.Meeting.key, m.Meeting.title, m.Meeting.forum, m.Meeting.date,
        m.Unit.key.label("unit"), m.Unit.name.label("unit_name"), m.Unit.setting, m.Ward.name.label("ward"),
    )
    .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
    .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    .where(is_wanted(m.Meeting.id))
)  # fmt: skip
_OF_ITEMS = (
    POINTS.add_columns(
        m.Meeting.id.label("meeting"), m.Meeting.key, m.Meeting.title, m.Meeting.forum, m.Meeting.date,
        m.Unit.key.label("unit"), m.Unit.name.label("unit_name"), m.Unit.setting, m.Ward.name.label("ward"),
    )
    .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
    .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
    .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    .where(is_wanted(m.Item.id))
)  # fmt: skip
_OF_LETTERS = (
    select(
        m.Letter.id, m.Letter.key, m.Letter.title, m.Letter.intro, m.Letter.year, m.Letter.week, m.Letter.sent_at,
        m.Unit.key.label("unit"), m.Unit.name.label("unit_name"),
    )
    .join(m.Unit, m.Unit.id == m.Letter.unit_id)
    .where(is_wanted(m.Letter.id))
)  # fmt: skip
_OF_PARTS = (
    select(m.LetterPart.letter_id, m.LetterPart.heading, m.LetterPart.text, m.LetterPart.place, m.LetterPart.target)
    .where(is_wanted(m.LetterPart.letter_id))
    .order_by(m.LetterPart.position)
)
_LABELS = select(
    m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code
).where(is_wanted(m.Customer.key))
