"""A customer's follow-up: what is done of it, whose turn it is among the professions, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain.catalogue import Setting
from app.domain.customers import Contacts
from app.domain.meetings import (
    Action,
    Addition,
    Assessment,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    MeetingStatus,
    Participation,
    Presentation,
)
from app.domain.participation import addition_text, who_asks, who_tells
from app.domain.people import Outsider
from app.domain.review import (
    Review,
    ReviewStep,
    StepState,
    interval_and_day,
    is_review,
    next_step,
    part_of,
    professions_round,
    states,
    weeks_of,
    with_part,
)
from app.domain.turns import Round, Turn, follow_up_forum
from tests.support import TODAY, team_meeting

MEETING = replace(team_meeting(), participants=("eva-chef", "anna-berg", "bo-ek", "gun-holm", "dan-falk"))
ITEM = MEETING.items[1]
PROFESSIONS = {
    "eva-chef": "Enhetschef", "anna-berg": "Sjuksköterska", "bo-ek": "Undersköterska", "gun-holm": "Undersköterska",
    "dan-falk": "Fysioterapeut",
}  # fmt: skip
NAMES = {"bo-ek": "Bo Ek", "anna-berg": "Anna Berg"}
HERS = Review(
    customer="kund-1", turn=Turn(customer="kund-1"), version=0, of=Round(least=2, most=2, step_days=14),
    contact="bo-ek", earlier=(), next_booked=None, may_turn=True, may_participate=True,
)  # fmt: skip


def told(item: Item, *, status: MeetingStatus, review: Review | None = HERS) -> dict[ReviewStep, StepState]:
    meeting = replace(MEETING, status=status, items=(item,))
    round_ = professions_round(meeting, item, professions=PROFESSIONS)
    found = states(meeting, item, round_=round_, review=review, names=NAMES, today=TODAY)
    return {one.step: one for one in found}


def following(item: Item, *, status: MeetingStatus, review: Review | None = HERS) -> ReviewStep | None:
    meeting = replace(MEETING, status=status, items=(item,))
    return next_step(tuple(told(item, status=status, review=review).values()), meeting)


@pytest.mark.parametrize("setting", [one for one in Setting if one is not Setting.LEDNING])
def test_each_setting_follows_up_at_its_teammote_or_where_there_is_none_its_reflektionsmote(setting: Setting) -> None:
    found = follow_up_forum(load_lists().catalogue.forums(setting))
    without = (Setting.DAGLIG_VERKSAMHET, Setting.PERSONLIG_ASSISTANS, Setting.BOENDESTOD)
    assert found is not None
    assert found.key == ("reflektionsmote" if setting in without else "teammote")


def test_only_a_customers_own_point_there_is_a_follow_up() -> None:
    assert is_review(MEETING, ITEM, follow_up_forum="teammote")
    assert not is_review(MEETING, ITEM, follow_up_forum="reflektionsmote")
    assert not is_review(MEETING, MEETING.items[3], follow_up_forum="teammote")
    carried = replace(ITEM, key="c", kind=ItemKind.CARRIED)
    assert not is_review(replace(MEETING, items=(ITEM, carried)), carried, follow_up_forum="teammote")
    assert is_review(replace(MEETING, items=(carried,)), carried, follow_up_forum="teammote"), "nobody came to her"
    assert not is_review(replace(MEETING, items=(carried,), customers=()), carried, follow_up_forum="teammote")


def test_the_round_asks_each_profession_once_and_not_who_leads() -> None:
    found = professions_round(MEETING, ITEM, professions=PROFESSIONS, first=("gun-holm",))
    assert [(one.profession, one.by) for one in found] == [
        ("Sjuksköterska", "anna-berg"), ("Undersköterska", "gun-holm"), ("Fysioterapeut", "dan-falk"),
    ]  # fmt: skip


def test_who_is_away_is_not_asked_and_who_came_instead_is() -> None:
    came = Attendance(name="Vera Vikarie", profession="Fysioterapeut", status=AttendanceStatus.PRESENT)
    away = Attendance(member="dan-falk", status=AttendanceStatus.EXCUSED)
    found = professions_round(replace(MEETING, attendance=(away, came)), ITEM, professions=PROFESSIONS)
    assert [(one.profession, one.by) for one in found][-1] == ("Fysioterapeut", Outsider("Vera Vikarie"))


def test_what_somebody_presented_stays_whoever_is_called() -> None:
    said = Presentation(profession="Dietist", by=Outsider("Lena"), need="Mellanmål")
    found = professions_round(MEETING, replace(ITEM, presentations=(said,)), professions=PROFESSIONS)
    assert found[-1] == said
    assert len(found) == 4


def test_before_the_meeting_there_are_three_steps_and_asking_her_is_the_first() -> None:
    found = told(ITEM, status=MeetingStatus.PLANNED)
    assert list(found) == [ReviewStep.PARTICIPATION, ReviewStep.ROUND, ReviewStep.RISKS]
    assert found[ReviewStep.PARTICIPATION].words == "inte tillfrågad än"
    assert found[ReviewStep.ROUND].words == "0 av 3, sjuksköterska på tur"
    assert found[ReviewStep.RISKS].done is None, "risks are assessed where there is need"
    assert following(ITEM, status=MeetingStatus.PLANNED) is ReviewStep.PARTICIPATION


def test_it_goes_on_step_by_step_until_she_was_told() -> None:
    item, status = ITEM, MeetingStatus.OPEN
    item = with_part(item, Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish="Mer frukt"))
    assert told(item, status=status)[ReviewStep.PARTICIPATION].words == "tillfrågad av Bo Ek 2 mars: Mer frukt"
    assert following(item, status=status) is ReviewStep.ROUND
    said = tuple(Presentation(profession=one, need="x") for one in ("Sjuksköterska", "Undersköterska", "Fysioterapeut"))
    item = replace(item, presentations=said)
    assert following(item, status=status) is ReviewStep.MEASURES
    loose = Action(key="a", text="Ring")
    assert told(replace(item, actions=(loose,)), status=status)[ReviewStep.MEASURES].words == (
        "1 åtgärd, 1 saknar ansvarig"
    )
    item = replace(item, actions=(replace(loose, responsible="bo-ek", due=TODAY),), decisions=("Frukt",))
    assert following(item, status=status) is ReviewStep.INTERVAL
    decided = replace(HERS, turn=replace(HERS.turn, weeks=12))
    assert following(item, status=status, review=decided) is None, "she is told when the meeting is over"
    assert following(item, status=MeetingStatus.DRAFT, review=decided) is ReviewStep.REPORT
    part = replace(part_of(item, "kund-1"), reported_by="bo-ek", reported_on=TODAY)
    assert following(with_part(item, part), status=MeetingStatus.DRAFT, review=decided) is None


def test_a_profession_that_had_nothing_to_say_is_no_fault_afterwards() -> None:
    assert told(ITEM, status=MeetingStatus.DRAFT)[ReviewStep.ROUND].done is None
    item = replace(ITEM, presentations=(Presentation(profession="Sjuksköterska", need="x"),))
    state = told(item, status=MeetingStatus.APPROVED)[ReviewStep.ROUND]
    assert (state.done, state.words) == (True, "1 av 3 yrken")


def test_who_is_there_herself_need_not_be_told() -> None:
    item = with_part(ITEM, Participation(customer="kund-1", present=True))
    found = told(item, status=MeetingStatus.DRAFT)
    assert found[ReviewStep.PARTICIPATION].words == "är med på mötet"
    assert found[ReviewStep.REPORT].done is True


def test_an_addition_to_approved_minutes_says_that_she_was_told() -> None:
    at = dt.datetime.combine(TODAY, dt.time(8))
    said = Addition(at=at, by="bo-ek", text=addition_text("Frukt varje dag"), item=ITEM.key)
    meeting = replace(MEETING, status=MeetingStatus.APPROVED, additions=(said,))
    found = states(meeting, ITEM, round_=(), review=None, names=NAMES, today=TODAY)
    assert {one.step: one for one in found}[ReviewStep.REPORT].words == "gjord, se tillägget"


def test_risks_are_told_with_what_the_limits_say() -> None:
    risk = Assessment(customer="kund-1", instrument="MNA", date=TODAY, score=17.5, risk="Risk för undernäring")
    state = told(replace(ITEM, assessments=(risk,)), status=MeetingStatus.OPEN)[ReviewStep.RISKS]
    assert (state.done, state.words) == (True, "MNA, risk för undernäring")


def test_her_part_is_taken_away_when_nothing_stands_in_it_and_others_stay() -> None:
    other = Participation(customer="kund-2", present=True)
    item = replace(ITEM, participation=(other,))
    hers = Participation(customer="kund-1", wish="Sova länge")
    assert with_part(item, hers).participation == (other, hers)
    assert with_part(with_part(item, hers), Participation(customer="kund-1")).participation == (other,)


@given(st.integers(1, 24))
def test_months_are_whole_weeks_and_never_more_than_two_days_off_for_each_month(months: int) -> None:
    assert abs(weeks_of(months) * 7 - months * 365 / 12) <= 3.5 + months


def test_the_next_day_is_counted_from_the_meeting() -> None:
    decided = replace(HERS, turn=replace(HERS.turn, weeks=weeks_of(3)))
    assert interval_and_day(MEETING, decided, today=TODAY) == "var 13:e vecka, senast 2 juni"
    assert interval_and_day(MEETING, HERS, today=TODAY) == "inte bestämt"
    by_routine = replace(HERS, of=Round(least=1, most=1, step_days=28, months=6))
    assert interval_and_day(MEETING, by_routine, today=TODAY) == "var 6:e månad, senast 3 sep"


def test_the_first_of_her_contacts_asks_and_who_asked_tells() -> None:
    whole = Contacts(permanent_care_contact="bo-ek", responsible_nurse="anna-berg", physiotherapist="dan-falk")
    assert who_asks(whole) == "bo-ek"
    assert who_asks(replace(whole, permanent_care_contact=None)) == "anna-berg"
    assert who_asks(Contacts()) is who_asks(None) is None
    assert who_tells("dan-falk", whole) == "dan-falk"
    assert who_tells(None, whole) == "bo-ek"
