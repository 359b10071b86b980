"""The year wheel: suggested, kept, taken up once a month on agendas, and never written over what is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.roles import Role
from app.domain.series import Series
from app.domain.year_wheel import NO_THEMES, Themes
from app.services import calls, meetings, proposals, series, series_booking, year_plan, year_wheel
from app.services.desk import Desk
from tests.support import seated

NONE = (0,) * 12


def year(**months: tuple[str, ...]) -> Themes:
    """`_3=("Brandskydd",)`: what is taken up in March."""
    return tuple(months.get(f"_{n}", ()) for n in range(1, 13))


def keep(desk: Desk, months: Themes, expected: tuple[int, ...] = NONE) -> tuple[int, ...]:
    return year_wheel.keep_wheel(desk, unit="solgarden", forum="apt", months=months, expected=expected).versions


def apt(desk: Desk, day: dt.date, **more: object) -> Meeting:
    found = proposals.propose_meeting(desk, unit="solgarden", forum="apt", date=day)
    return meetings.book_meeting(desk, meeting=replace(found, **more)).value  # type: ignore[arg-type]


def themes(meeting: Meeting) -> list[str]:
    return [one.heading for one in meeting.items if (one.text or "").startswith("Ur årshjulet")]


def now(desk: Desk, meeting: Meeting) -> Meeting:
    return meetings.get_meeting(desk, key=meeting.key).value


def test_it_is_a_suggestion_until_the_unit_keeps_it_and_gives_no_points_before(desk: Desk) -> None:
    wheel = year_wheel.get_wheel(desk, unit="solgarden", forum="apt")
    assert wheel.suggested
    assert all(wheel.months)
    assert themes(proposals.propose_meeting(desk, unit="solgarden", forum="apt", date=dt.date(2026, 3, 18))) == []
    kept = year_wheel.keep_wheel(desk, unit="solgarden", forum="apt", months=wheel.months, expected=wheel.versions)
    assert not kept.suggested
    assert (kept.months, kept.versions) == (wheel.months, (1,) * 12)
    assert year_wheel.get_wheel(desk, unit="solgarden", forum="apt") == kept
    assert themes(proposals.propose_meeting(desk, unit="solgarden", forum="apt", date=dt.date(2026, 3, 18))) == list(
        wheel.months[2]
    )
    assert not year_wheel.get_wheel(desk, unit="solgarden", forum="pulsmote").suggested


def test_a_theme_stands_under_the_agendas_own_point_and_says_where_it_comes_from(desk: Desk) -> None:
    keep(desk, year(_3=("Brandskydd", " Basal   hygien ", "Brandskydd", " ")))
    items = proposals.propose_meeting(desk, unit="solgarden", forum="apt", date=dt.date(2026, 3, 18)).items
    at = [one.heading for one in items].index("Årshjulets tema")
    assert items[at + 1 : at + 3] == (
        Item(key="", heading="Brandskydd", kind=ItemKind.ADDED, text="Ur årshjulet, mars"),
        Item(key="", heading="Basal hygien", kind=ItemKind.ADDED, text="Ur årshjulet, mars"),
    )
    assert items[at + 3].heading == "Arbetsmiljö"


def test_it_is_taken_up_once_a_month_and_what_was_not_dealt_with_follows_on_once(desk: Desk) -> None:
    keep(desk, year(_3=("Brandskydd",), _4=("Brandskydd",)))
    first = apt(desk, dt.date(2026, 3, 11))
    assert themes(first) == ["Brandskydd"]
    assert themes(apt(desk, dt.date(2026, 3, 25))) == []
    following = proposals.propose_next(desk, key=first.key)
    assert following.date.month == 4
    assert [one.heading for one in following.items].count("Brandskydd") == 1


def test_a_change_reaches_what_is_not_published_and_nothing_else(desk: Desk) -> None:
    versions = keep(desk, year(_3=("Brandskydd",), _5=("Skyddsrond",)))
    march = apt(desk, dt.date(2026, 3, 11))
    announced = apt(desk, dt.date(2026, 4, 15))
    calls.announce(desk, keys=[announced.key])
    may = apt(desk, dt.date(2026, 5, 13))
    stored = meetings.get_meeting(desk, key=may.key)
    written = tuple(replace(one, notes="Klart.") if one.heading == "Skyddsrond" else one for one in stored.value.items)
    meetings.save_meeting(desk, meeting=replace(stored.value, items=written), expected_version=stored.version)

    versions = keep(desk, year(_3=("Sekretess",), _4=("Sommaren",), _5=("Värme",)), versions)
    assert themes(now(desk, march)) == ["Sekretess"]
    assert themes(now(desk, announced)) == []
    assert themes(now(desk, may)) == ["Skyddsrond", "Värme"], "what somebody wrote under it stays"
    keep(desk, year(_3=("Brandskydd",), _5=("Skyddsrond",)), versions)
    assert [one.heading for one in now(desk, march).items] == [one.heading for one in march.items]


def test_a_planned_year_has_each_months_themes_once(desk: Desk) -> None:
    keep(desk, year(_4=("Planera sommaren",), _5=("Skyddsrond",)))
    apt(desk, dt.date(2026, 5, 20))
    found = year_plan.propose_year(
        desk, units_wanted=("solgarden",), from_=dt.date(2026, 4, 1), to=dt.date(2026, 5, 31), seconds=2.0
    )
    told = [(one.meeting.forum, one.meeting.date.month, one.is_new, *themes(one.meeting)) for one in found.meetings]
    assert [one for one in told if len(one) > 3] == [
        ("apt", 4, True, "Planera sommaren"), ("apt", 5, False, "Skyddsrond"),
    ]  # fmt: skip


def test_two_who_change_it_a_personnummer_and_too_much_are_refused(desk: Desk) -> None:
    versions = keep(desk, year(_3=("Brandskydd",)))
    with pytest.raises(Conflict):
        keep(desk, year(_3=("Annat",)))
    for themes_, code in ((("Om 19121212-1212",), "personnummer"), (tuple(map(str, range(13))), "wheel_too_much")):
        with pytest.raises(Refused, match=code):
            keep(desk, year(_3=themes_), versions)
    emptied = year_wheel.keep_wheel(desk, unit="solgarden", forum="apt", months=NO_THEMES, expected=versions)
    assert emptied.versions == NONE
    assert year_wheel.get_wheel(desk, unit="solgarden", forum="apt").suggested


def test_everybody_reads_it_and_who_writes_agendas_keeps_it(desk: Desk) -> None:
    assert year_wheel.get_wheel(seated(desk, Role.READER), unit="solgarden", forum="apt").suggested
    assert keep(seated(desk, Role.SECRETARY), year(_3=("Brandskydd",)))[2] == 1
    for role in (Role.READER, Role.CARE_STAFF):
        with pytest.raises(NotAllowed):
            keep(seated(desk, role), NO_THEMES)
    other = replace(desk, actor=replace(desk.actor, units=frozenset({"annan"})))
    with pytest.raises(NotAllowed):
        year_wheel.get_wheel(other, unit="solgarden", forum="apt")


def test_a_series_is_booked_with_each_months_themes_once_and_can_be_taken_back(desk: Desk) -> None:
    keep(desk, year(_3=("Brandskydd",), _4=("Planera sommaren",)))
    rule = Series(
        key="rad", unit="solgarden", forum="apt", ward="soder", rrule="FREQ=WEEKLY;BYDAY=WE", first=dt.date(2026, 3, 4),
        start=dt.time(9), end=dt.time(10),
    )  # fmt: skip
    series.add_series(desk, series=rule)
    booked = series_booking.book_series(desk, key="rad", until=dt.date(2026, 4, 30))
    made = [meetings.get_meeting(desk, key=key).value for key in booked.booked]
    assert [(one.date.day, one.date.month, *themes(one)) for one in made if themes(one)] == [
        (4, 3, "Brandskydd"), (1, 4, "Planera sommaren"),
    ]  # fmt: skip
    series.take_back_series(desk, change=booked)
    assert len(made) > 6
