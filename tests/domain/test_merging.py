"""Two people wrote at once: neither loses a word, and what both wrote is laid before the second to choose."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings import Action, Item, ItemAbsence, Meeting
from app.domain.merging import merge, together, with_mine
from tests.support import team_meeting

BASE = team_meeting()
EDITS = st.dictionaries(st.sampled_from([item.key for item in BASE.items]), st.sampled_from(["a", "b"]))


def edited(notes: dict[str, str]) -> Meeting:
    return replace(BASE, items=tuple(replace(item, notes=notes.get(item.key)) for item in BASE.items))


@given(EDITS, EDITS)
def test_every_change_is_kept_or_laid_before_me(mine: dict[str, str], theirs: dict[str, str]) -> None:
    merged = merge(base=BASE, mine=edited(mine), theirs=edited(theirs))
    both = {key for key in mine.keys() & theirs.keys() if mine[key] != theirs[key]}
    assert {clash.key for clash in merged.clashes} == both
    assert {item.key: item.notes for item in merged.meeting.items if item.notes} == {**mine, **theirs}
    chosen = merged.meeting
    for clash in merged.clashes:
        chosen = with_mine(chosen, clash)
    assert {item.key: item.notes for item in chosen.items if item.notes} == {**theirs, **mine}


LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=3).map("\n".join)


@given(LINES, LINES, st.sets(st.sampled_from(["x", "y", "z"])), st.sets(st.sampled_from(["x", "y", "z"])))
def test_both_texts_together_lack_nothing_of_either(note: str, other: str, own: set[str], others: set[str]) -> None:
    mine = replace(BASE.items[3], notes=note or None, decisions=tuple(sorted(own)))
    theirs = replace(BASE.items[3], notes=other or None, decisions=tuple(sorted(others)))
    found = together(mine, theirs)
    lines = (found.notes or "").split("\n")
    assert set(lines) >= {*note.split("\n"), *other.split("\n")} - {""}
    assert len([line for line in lines if line]) == len({*note.split("\n"), *other.split("\n")} - {""})
    assert set(found.decisions) == own | others


def test_an_action_that_both_changed_has_both_texts_and_those_of_one_are_there() -> None:
    mine = replace(BASE.items[3], actions=(Action(key="a", text="Ring"), Action(key="b", text="Min")), minutes=5)
    theirs = replace(BASE.items[3], actions=(Action(key="c", text="Deras"), Action(key="a", text="Skriv")))
    found = together(mine, theirs)
    assert [(one.key, one.text) for one in found.actions] == [("c", "Deras"), ("a", "Skriv / Ring"), ("b", "Min")]
    assert found.minutes == 5


def test_one_writes_and_the_other_decides_on_the_same_point_without_a_question() -> None:
    written = edited({"punkt-4": "Vi pratade"})
    last = replace(BASE.items[3], decisions=("Ja",), absences=(ItemAbsence(person="bo-ek"),))
    decided = replace(BASE, items=(*BASE.items[:3], last))
    merged = merge(base=BASE, mine=written, theirs=decided)
    assert merged.clashes == ()
    assert merged.meeting.items[3] == replace(last, notes="Vi pratade")


def test_points_added_by_both_are_both_there_and_removed_ones_are_gone() -> None:
    mine = replace(BASE, items=(Item(key="min", heading="Min"), *BASE.items[1:]), place="Sal A")
    theirs = replace(BASE, items=(*BASE.items, Item(key="deras", heading="Deras")))
    merged = merge(base=BASE, mine=mine, theirs=theirs)
    assert {item.key for item in merged.meeting.items} == {"min", "punkt-2", "punkt-3", "punkt-4", "deras"}
    assert merged.meeting.place == "Sal A"
    assert merged.clashes == ()


def test_what_one_removed_and_the_other_wrote_in_is_a_choice() -> None:
    written = edited({"punkt-4": "Viktigt"})
    removed = replace(BASE, items=BASE.items[:3])
    (clash,) = merge(base=BASE, mine=removed, theirs=written).clashes
    assert (clash.key, clash.mine) == ("punkt-4", None)
    merged = merge(base=BASE, mine=written, theirs=removed)
    assert merged.clashes[0].theirs is None
    assert with_mine(merged.meeting, merged.clashes[0]).item("punkt-4") == written.items[3]
