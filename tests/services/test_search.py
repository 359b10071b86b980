"""Searching as each person may: what is hidden from her is not found, whom the hits show is logged, filters narrow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import update

from app import models as m
from app.domain.meetings import Item, ItemKind
from app.domain.roles import Role
from app.domain.search import SearchFilters, SearchKind
from app.services import meetings
from app.services.desk import Desk
from app.services.search import search
from tests.services.calls import SECRET
from tests.support import audit_rows, seated, tied


def found(desk: Desk, words: str, **filters: object) -> set[tuple[str, str]]:
    hits = search(desk, words=words, filters=SearchFilters(**filters)).hits  # type: ignore[arg-type]
    return {(hit.kind.value, hit.key) for hit in hits}


def write(desk: Desk) -> None:
    """A note about each customer of the teammöte, and one about nobody."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    items = tuple(replace(item, notes=f"Rullstol till {item.customer or 'lokalen'}") for item in stored.value.items)
    meetings.save_meeting(desk, meeting=replace(stored.value, items=items), expected_version=stored.version)


class TestSight:
    def test_whoever_reads_everything_finds_everything(self, desk: Desk) -> None:
        write(desk)
        every = found(desk, "rullstol")
        assert len(every) == len(meetings.get_meeting(desk, key="teammote-1").value.items)
        assert found(seated(desk, Role.LICENSED), "rullstol") == every
        assert found(seated(desk, Role.LICENSED, units=frozenset({"lunden"})), "rullstol") == set()

    def test_a_reader_finds_nothing_of_customers_and_nothing_before_it_is_held(self, desk: Desk) -> None:
        write(desk)
        reader = seated(desk, Role.READER)
        assert found(reader, "rullstol") == set()
        with desk.writing() as work:
            work.session.execute(update(m.Meeting).values(status="draft"))
            work.commit()
        about = {item.key for item in meetings.get_meeting(desk, key="teammote-1").value.items if item.customer}
        seen = found(reader, "rullstol")
        assert seen
        assert not {key for _, key in seen} & about
        assert search(reader, words="kundärende").hits == ()

    def test_care_staff_find_what_they_may_read(self, desk: Desk) -> None:
        write(desk)
        bo = tied(desk, user="bo", member="bo-ek")
        own = meetings.get_meeting(bo, key="teammote-1").value
        shown = {item.key for item in own.items if "Rullstol" in (item.notes or "")}
        assert {key for _, key in found(bo, "rullstol")} == shown
        stranger = seated(desk, Role.CARE_STAFF, member="gun-holm")
        theirs = meetings.get_meeting(stranger, key="teammote-1").value
        assert {key for _, key in found(stranger, "rullstol")} == {
            item.key for item in theirs.items if "Rullstol" in (item.notes or "")
        }

    @pytest.mark.parametrize("words", ["EF", "1103", "1103 EF"])
    def test_a_protected_customer_is_not_found_by_what_is_hidden(self, desk: Desk, words: str) -> None:
        stored = meetings.get_meeting(desk, key="teammote-1")
        about = Item(key="om-henne", heading="1103 EF", kind=ItemKind.CUSTOMER, customer="kund-3", notes="Rullstol")
        meetings.save_meeting(
            desk, meeting=replace(stored.value, items=(*stored.value.items, about)), expected_version=stored.version
        )
        with desk.writing() as work:  # as it was written before she was protected
            work.session.execute(update(m.Item).where(m.Item.key == "om-henne").values(heading="1103 EF"))
            work.commit()
        assert found(desk, words) == set()
        (hit,) = search(desk, words="rullstol").hits
        assert (hit.title, hit.customer_label, hit.customers) == ("Gran 7", "Gran 7", frozenset({"kund-3"}))


class TestLog:
    def test_each_customer_shown_has_one_row_and_those_seen_already_none(self, desk: Desk) -> None:
        write(desk)
        before = len(audit_rows(desk))
        hits = search(desk, words="rullstol").hits
        shown = frozenset[str]().union(*(hit.customers for hit in hits))
        assert shown
        assert audit_rows(desk)[before:] == [("read", "search", key) for key in sorted(shown)]
        search(desk, words="rullst", already=shown)
        search(desk, words="lokalen")
        assert len(audit_rows(desk)) == before + len(shown)


class TestFilters:
    def test_each_narrows(self, furnished: Desk) -> None:
        every = search(furnished, words=SECRET).hits
        assert {hit.kind for hit in every} >= {
            SearchKind.ITEM, SearchKind.DECISION, SearchKind.ACTION, SearchKind.QUESTION, SearchKind.MEETING,
            SearchKind.CHECKLIST,
        }  # fmt: skip
        for kind in SearchKind:
            only = search(furnished, words=SECRET, filters=SearchFilters(kinds=frozenset({kind}))).hits
            assert [hit for hit in every if hit.kind is kind] == list(only), kind
        several = frozenset({SearchKind.DECISION, SearchKind.MEETING})
        both = search(furnished, words=SECRET, filters=SearchFilters(kinds=several)).hits
        assert [hit for hit in every if hit.kind in several] == list(both)
        for name, of in (("unit", "unit"), ("forum", "forum")):
            value = getattr(next(hit for hit in every if getattr(hit, of)), of)
            narrowed = search(furnished, words=SECRET, filters=SearchFilters(**{name: value})).hits
            assert narrowed == tuple(hit for hit in every if getattr(hit, of) == value)
            assert found(furnished, SECRET, **{name: "finns-inte"}) == set()
        letters = frozenset({SearchKind.LETTER})
        assert search(furnished, words=SECRET, filters=SearchFilters(kinds=letters, forum="apt")).hits == ()
        about = search(furnished, words=SECRET, filters=SearchFilters(customer="kund-1")).hits
        assert {hit.key for hit in about} == {hit.key for hit in every if "kund-1" in hit.customers}

    def test_days_are_inclusive_and_the_newest_come_first(self, furnished: Desk) -> None:
        every = search(furnished, words=SECRET).hits
        days = [hit.date for hit in every]
        assert days == sorted(days, reverse=True)
        day, one = days[0], dt.timedelta(days=1)
        assert found(furnished, SECRET, from_=day, to=day) == {
            (hit.kind.value, hit.key) for hit in every if hit.date == day
        }
        assert found(furnished, SECRET, from_=day + one) == set()
        assert found(furnished, SECRET, to=min(days) - one) == set()

    def test_pages_follow_each_other_without_gap(self, furnished: Desk) -> None:
        every = [(hit.kind, hit.key, hit.snippet) for hit in search(furnished, words=SECRET).hits]
        pages: list[tuple[object, ...]] = []
        older: int | None = None
        while True:
            page = search(furnished, words=SECRET, limit=15, older=older)
            assert len(page.hits) <= 15
            pages += [(hit.kind, hit.key, hit.snippet) for hit in page.hits]
            older = page.older
            if older is None:
                break
        assert pages == every


def test_the_words_may_stand_in_several_places_of_one_point(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    first, *rest = stored.value.items
    spread = replace(first, notes="Rullstolen är trasig.", decisions=("Hjälpmedelscentralen kontaktas.",))
    meetings.save_meeting(desk, meeting=replace(stored.value, items=(spread, *rest)), expected_version=stored.version)
    assert found(desk, "rullstol hjälpmedel") == {("item", first.key)}
    assert found(desk, "hjälpmedelscentralen kontaktas") == {("decision", first.key)}
    assert found(desk, "rullstol hjälpmedel saknas") == set()
