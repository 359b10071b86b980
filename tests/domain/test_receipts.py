"""Receipts and names of backups: what is written is read back, and every table has its words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import receipts
from app.domain.backups import TABLES, Receipt, Saved, Why, backup_name, read_name
from app.domain.log import head_words
from app.models import Base

numbers = st.integers(0, 10**9)
whole_seconds = st.datetimes(dt.datetime.combine(dt.date(1900, 1, 1), dt.time())).map(
    lambda one: one.replace(microsecond=0)
)
WHOLE = st.builds(
    Receipt,
    name=st.just("a-20260302-090000-daily.tfdb"), at=whole_seconds,
    why=st.sampled_from([why.value for why in Why]), database=st.uuids().map(lambda one: one.hex),
    schema=numbers, size=numbers, digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    head=st.builds(head_words, numbers, st.binary(min_size=32, max_size=32)),
    rows=st.dictionaries(st.sampled_from(sorted(TABLES)), numbers), log_broken=st.none() | numbers,
)  # fmt: skip


@given(WHOLE)
def test_a_receipt_is_read_back_as_it_was_written(receipt: Receipt) -> None:
    assert receipts.read(receipts.written(receipt), why=receipt.why) == receipt


@given(st.text(max_size=300))
def test_any_other_text_is_no_receipt(text: str) -> None:
    assert receipts.read(text, why="daily") is None
    assert receipts.read(f"{receipts.TITLE}\n{text}", why="daily") is None


def test_every_table_has_words_of_its_own() -> None:
    assert set(TABLES) == set(Base.metadata.tables)
    assert len(set(TABLES.values())) == len(TABLES)
    assert not [name for name in TABLES.values() if ":" in name]


@given(
    st.text(min_size=1).filter(lambda stem: "\0" not in stem),
    whole_seconds,
    st.sampled_from(sorted(Why)),
    st.integers(1, 9999),
)
def test_a_name_tells_when_and_why(stem: str, at: dt.datetime, why: Why, number: int) -> None:
    assert read_name(backup_name(stem, at, why.value, number)) == (at, why.value)


@pytest.mark.parametrize("name", ["a.tfdb", "a-20261399-090000-daily.tfdb", "a-20260302-090000-daily.tfdb.keys", ""])
def test_other_names_are_no_backups(name: str) -> None:
    assert read_name(name) is None


def test_what_was_saved_is_said_in_words() -> None:
    assert Saved(table="meetings", saved=412, lost=3).sentence() == "Möten: 412 av 415, 3 gick inte att rädda."
    assert Saved(table="meetings", saved=412, lost=0).sentence() == "Möten: alla 412."
    assert "går inte att se" in Saved(table="meetings", saved=412, lost=None).sentence()
