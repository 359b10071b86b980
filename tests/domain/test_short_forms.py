"""Pulsmöte and avstämning: what is typed, what is left from before is taken up once, and the round of the wards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import Setting
from app.domain.errors import Refused
from app.domain.meetings import (
    Action,
    ActionStatus,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
)
from app.domain.named import People
from app.domain.people import Outsider
from app.domain.short_forms import (
    ShortDay,
    ShortStop,
    begun,
    here_words,
    left_before,
    not_called_for,
    same_round,
    triggers,
    turned,
)
from app.domain.short_rows import CLEARED, noted, read_row, rewritten, rows_of, settled, with_row, without_row

DAY = dt.date(2026, 3, 2)
PEOPLE = People(names={"anna": "Anna Berg", "bo": "Bo Ek", "bea": "Bea Ek"}, called=("anna", "bo"))
LABELS = {"kund-1": "1101 AB", "kund-2": "1102 CD", "kund-3": "Gran 7"}


def meeting(*items: Item, day: int = 0, status: MeetingStatus = MeetingStatus.DRAFT) -> Meeting:
    return Meeting(
        key=f"puls-{day}", unit="u", forum="pulsmote", date=DAY + dt.timedelta(days=day), start=dt.time(8),
        end=dt.time(8, 5), items=items, participants=("anna", "bo"), status=status,
    )  # fmt: skip


def typed(about: str, text: str) -> tuple[str | None, str, str, object]:
    found = read_row(about, text, people=PEOPLE, customers=LABELS)
    return found.customer, found.heading, found.text, found.person


@pytest.mark.parametrize(
    ("about", "text", "found"),
    [
        ("1101", "ring dottern @anna", ("kund-1", "1101 AB", "Ring dottern", "anna")),
        ("gran", "@bo larm", ("kund-3", "Gran 7", "Larm", "bo")),
        ("1101 ab", "", ("kund-1", "1101 AB", "", None)),
        ("Halka", "sanda @Vera Vikarie", (None, "Halka", "Sanda", Outsider("Vera Vikarie"))),
        ("", "sanda vid entrén", (None, "Sanda vid entrén", "Sanda vid entrén", None)),
        ("11", "frukost", (None, "11", "Frukost", None)),
    ],
)
def test_a_row_is_read_of_two_fields(about: str, text: str, found: tuple[object, ...]) -> None:
    assert typed(about, text) == found


def test_who_may_be_two_is_asked_for() -> None:
    with pytest.raises(Refused, match="line_person"):
        read_row("", "frukost @b", people=replace(PEOPLE, called=()), customers=LABELS)


def test_each_setting_has_the_routines_triggers() -> None:
    assert [one.label for one in triggers(Setting.SARSKILT_BOENDE)][:3] == ["Inflyttning", "Utflyttning", "På sjukhus"]
    assert "Stort tillfälligt behov" in [one.label for one in triggers(Setting.GRUPPBOSTAD)]
    assert [one.label for one in triggers(Setting.BOENDESTOD)][:2] == ["Ny kund", "På sjukhus"]
    assert triggers(Setting.PERSONLIG_ASSISTANS) == ()


@given(
    dones=st.lists(st.lists(st.booleans(), min_size=0, max_size=3), min_size=1, max_size=6),
    later=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_whatever_is_open_is_taken_up_once_each_day_until_it_is_done(
    dones: list[list[bool]], later: list[bool]
) -> None:
    """Rows of a first meeting, some done there; on the days after, some of what is left is done where it stands."""
    items = tuple(
        Item(
            key=f"rad-{n}", heading=f"Ärende {n}",
            actions=tuple(
                Action(key=f"{n}-{a}", text="x", status=ActionStatus.DONE if done else ActionStatus.OPEN)
                for a, done in enumerate(found)
            ),
        )
        for n, found in enumerate(dones)
    )  # fmt: skip
    earlier = [meeting(*items)]
    for day in range(1, 4):
        numbers = iter(range(100))
        carried = left_before(earlier, on=DAY, there=(), new_key=lambda: f"kvar-{day}-{next(numbers)}", names={})  # noqa: B023
        sources = [one.carried_from for one in carried]
        assert len(set(sources)) == len(sources)
        dealt = {item.carried_from for one in earlier for item in one.items if item.dealt_with}
        wanted = {
            item.key for one in earlier for item in one.items
            if item.kind is not ItemKind.CARRIED
            and (
                any(action.status is ActionStatus.OPEN for action in item.actions)
                or (not item.actions and not item.dealt_with and item.key not in dealt)
            )
        }  # fmt: skip
        assert set(sources) == wanted
        done = [one for number, one in enumerate(carried) if later[(day + number) % len(later)]]
        earlier = [replace(one, items=tuple(_done(item, done) for item in one.items)) for one in earlier]
        earlier.append(meeting(*(noted(one, "x", done=one in done) for one in carried), day=day))


def _done(item: Item, done: list[Item]) -> Item:
    if item.key not in {one.carried_from for one in done}:
        return item
    return replace(item, actions=tuple(replace(one, status=ActionStatus.DONE) for one in item.actions))


def test_a_row_is_changed_settled_and_taken_away() -> None:
    row = read_row("1101", "ring @anna", people=PEOPLE, customers=LABELS)
    there = with_row(meeting(), row, item_key="rad", action_key="att", raised_by=None)
    (shown,) = rows_of(there, {})
    assert (shown.matter, shown.text, shown.responsible, shown.done) == ("1101 AB", "Ring", "anna", False)
    again = read_row("Halka", "sanda", people=PEOPLE, customers=LABELS)
    changed = rewritten(there, shown, again, action_key="annan")
    (shown,) = rows_of(changed, {})
    assert (shown.item.customer, shown.item.kind, shown.action.key if shown.action else "") == (
        None, ItemKind.ADDED, "att"
    )  # fmt: skip
    item = settled(shown.item, shown.action, done=True, today=DAY)
    assert (item.actions[0].status, item.actions[0].done_on) == (ActionStatus.DONE, DAY)
    assert without_row(changed, shown).items == ()


def test_a_row_in_which_nothing_is_to_be_done_is_dealt_with_too() -> None:
    item = Item(key="rad", heading="Halka")
    done = settled(item, None, done=True, today=DAY)
    (row,) = rows_of(meeting(done), {})
    assert (row.done, row.text) == (True, "")
    assert settled(done, None, done=False, today=DAY) == item
    written = replace(item, notes="Läs mejlet.")
    assert settled(written, None, done=True, today=DAY) == written, "what somebody wrote is never written over"
    assert item.notes is None
    assert done.notes == CLEARED


def test_standing_points_are_rows_only_when_something_is_written() -> None:
    standing = Item(key="s", heading="Kunder på sjukhus", kind=ItemKind.STANDING)
    assert rows_of(meeting(standing), {}) == ()
    assert len(rows_of(meeting(replace(standing, notes="Ingen.")), {})) == 1


def test_who_is_here_is_told_by_who_is_not() -> None:
    opened = begun(meeting(), (), here=("anna", "bo"))
    assert here_words(opened, PEOPLE.names) == "Alla 2 kallade är här."
    gone = turned(opened, "bo")
    assert here_words(gone, PEOPLE.names) == "Alla är här utom Bo Ek."
    assert turned(gone, "bo") == opened
    more = turned(gone, Outsider("Vera"))
    assert here_words(more, PEOPLE.names) == "Alla är här utom Bo Ek. Dessutom 1."
    known = replace(meeting(), attendance=(Attendance(member="anna", status=AttendanceStatus.EXCUSED),))
    assert begun(known, (), here=("anna", "bo")).attendance[0].status is AttendanceStatus.EXCUSED


def test_the_round_goes_on_to_the_first_ward_that_is_left() -> None:
    stops = tuple(
        ShortStop(ward=ward, ward_name=ward, meeting=ward, status=status)
        for ward, status in (("a", MeetingStatus.DRAFT), ("b", MeetingStatus.OPEN), ("c", None), ("d", None))
    )
    day = ShortDay(unit="u", unit_name="U", forum="daglig-avstamning", forum_name="Avstämning", stops=stops)
    assert (day.goes_round, day.held) == (True, 1)
    assert day.next is stops[1]
    assert day.after("b") is stops[2]
    assert day.after("d") is stops[1], "what was passed over comes last"
    over = replace(day, stops=tuple(replace(one, status=MeetingStatus.APPROVED) for one in stops))
    assert (over.next, over.after("d")) == (None, None)
    assert same_round(dt.time(9), dt.time(11, 59))
    assert not same_round(dt.time(9), dt.time(12))


def test_a_meeting_held_only_when_needed_is_never_missed() -> None:
    planned = meeting(status=MeetingStatus.PLANNED)
    assert not_called_for(planned, when_needed=True, today=DAY + dt.timedelta(days=1))
    assert not not_called_for(planned, when_needed=True, today=DAY), "the day is not over"
    assert not not_called_for(planned, when_needed=False, today=DAY + dt.timedelta(days=1))
