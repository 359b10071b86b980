"""The index follows every text, in a file and on a server, whoever writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select, update

from app import models as m
from app.domain.meetings import Item, Meeting
from app.services import meetings, search
from app.services.desk import Desk
from app.storage import search as index
from app.storage.search_sources import SOURCES, Source
from tests import support


def wrong(desk: Desk) -> int:
    with desk.reading() as work:
        return index.differences(work.session.connection())


def hits(desk: Desk, words: str) -> list[tuple[str, str]]:
    return [(hit.kind.value, hit.key) for hit in search.search(desk, words=words).hits]


def change(desk: Desk, key: str, alter: Callable[[Meeting], Meeting]) -> None:
    stored = meetings.get_meeting(desk, key=key)
    meetings.save_meeting(desk, meeting=alter(stored.value), expected_version=stored.version)


def write_first_note(desk: Desk, note: str) -> None:
    change(desk, "teammote-1", lambda one: replace(one, items=(replace(one.items[0], notes=note), *one.items[1:])))


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)
def test_each_text_is_followed_whoever_writes_it(furnished: Desk, source: Source) -> None:
    with furnished.writing() as work:
        item = work.session.scalars(select(m.Item.id).limit(1)).one()
        unit = work.session.scalars(select(m.Unit.id).limit(1)).one()
        letter = {"key": "sokbrev", "unit_id": unit, "year": 2026, "week": 9, "status": "draft", "version": 1}
        work.session.execute(insert(m.Letter).values(letter))
        part = {
            "letter_id": select(m.Letter.id).where(m.Letter.key == "sokbrev").scalar_subquery(),
            "position": 0,
            "kind": "notice",
        }
        work.session.execute(insert(m.LetterPart).values(part))
        work.session.execute(insert(m.Presentation).values(item_id=item, position=0, profession="Sjuksköterska"))
        work.commit()
    for field in source.fields:
        with furnished.writing() as work:
            work.session.execute(update(source.table).values({field: f"{field} nyskrivet"}))
            work.commit()
        assert wrong(furnished) == 0
        assert search.search(furnished, words="nyskrivet").hits
    with furnished.writing() as work:
        work.session.execute(update(source.table).values({source.fields[0]: "ändrat"}))
        work.commit()
    assert wrong(furnished) == 0
    if source.owner != "id" and source.name != "actions":
        with furnished.writing() as work:
            work.session.execute(delete(source.table))
            work.commit()
        assert wrong(furnished) == 0


def test_what_is_rolled_back_is_not_found(desk: Desk) -> None:
    with desk.writing() as work:
        work.session.execute(update(m.Item).values(notes="ogjort"))
    assert (hits(desk, "ogjort"), wrong(desk)) == ([], 0)
    with desk.writing() as work:  # nor with the next gesture
        work.session.execute(update(m.Meeting).values(place="matsalen"))
        work.commit()
    assert (hits(desk, "ogjort"), wrong(desk)) == ([], 0)


def test_a_moved_meeting_takes_its_points_along_and_a_removed_one_too(desk: Desk) -> None:
    write_first_note(desk, "Rullstolen saknar broms.")
    book = replace(meetings.get_meeting(desk, key="teammote-1").value, key="", date=support.TODAY, items=())
    meetings.book_meeting(desk, meeting=replace(book, items=(Item(key="", heading="Rullstolar"),), customers=()))
    assert [hit.date for hit in search.search(desk, words="rullstol").hits][-1] == support.TODAY
    change(desk, "teammote-1", lambda one: replace(one, date=support.TODAY - dt.timedelta(days=3)))
    assert search.search(desk, words="rullstol").hits[-1].meeting == "teammote-1"
    with desk.writing() as work:
        work.session.execute(delete(m.Meeting).where(m.Meeting.key == "teammote-1"))
        work.commit()
    assert (len(hits(desk, "rullstol")), wrong(desk)) == (1, 0)


def test_words_beginnings_and_phrases(desk: Desk) -> None:
    write_first_note(desk, "Tre mediciner är värda att se över.")
    for words, found in (
        ("medicin", True), ("mediciner", True), ("medi", True), ("me", True), ("värd", True), ("vard", False),
        ('"tre mediciner"', True), ('"mediciner tre"', False), ("värda tre", True), ("värda tvåa", False),
        ("'; DROP TABLE items; --", False), ("a:* | b", False), ("värda & ! tre", True), ('"', False),
        ("NEAR(tre värda)", False), ("tre*", True), ("body : tre", False), ("-värda", True), ("%", False),
    ):  # fmt: skip
        assert bool(hits(desk, words)) is found, words
    with desk.reading() as work:
        knows_forms = work.session.connection().dialect.name == "postgresql"
    assert bool(hits(desk, "medicinen")) is knows_forms
    if knows_forms:
        (hit,) = search.search(desk, words="medicinen").hits
        assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["mediciner"]


@pytest.mark.parametrize("word", ["mellanord", "ord{0}å"])
def test_a_long_text_is_kept_whole_and_found_by_its_beginning(desk: Desk, word: str) -> None:
    long = "början " + " ".join(word.format(n) for n in range(100_000)) + " slutet"
    write_first_note(desk, long)
    assert meetings.get_meeting(desk, key="teammote-1").value.items[0].notes == long
    assert (len(hits(desk, "början")), hits(desk, "slutet"), wrong(desk)) == (1, [], 0)
