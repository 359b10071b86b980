"""Checklists on both kinds of database: who sees and ends one, whom they are about, and what happens around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from app import models as m
from app.domain.checklist_runs import Run, RunChange, RunStatus
from app.domain.disposal import latest_due
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.people import Outsider
from app.domain.roles import Role
from app.domain.team import HandOver
from app.services import checklist_runs as runs
from app.services import checklists, customers, disposal, disposal_kinds, endings, leaving, meetings
from app.services.desk import Desk
from tests.support import TODAY, audit_rows, past_the_desk, seated, sit_down


def started(desk: Desk, template: str = "forbereda-mote", **given: object) -> Run:
    return runs.start_run(desk, template=template, unit="solgarden", **given).value  # type: ignore[arg-type]


def run_of(desk: Desk, key: str) -> Run:
    return checklists.get_run(desk, key=key).run


def test_a_list_is_begun_ticked_off_and_finished_and_all_of_it_taken_back(desk: Desk) -> None:
    run = started(desk, about="APT", due=TODAY + dt.timedelta(days=3))
    steps, version = len(run.steps), 1
    done: list[RunChange] = []
    for position in range(steps):
        change = runs.tick_step(desk, key=run.key, position=position, expected_version=version)
        version = change.version
        done.append(change)
    assert [row.settled for row in checklists.list_runs(desk)] == [steps]
    done.append(runs.finish_run(desk, key=run.key, expected_version=version))
    assert checklists.list_runs(desk, status=RunStatus.OPEN) == ()
    for change in reversed(done):
        runs.take_back(desk, change=change)
    assert run_of(desk, run.key) == run
    actions = [action for action, object_, _ in audit_rows(desk) if object_ == f"checklist:{run.key}"]
    back = ["take_back_checklist"] * (steps + 1)
    assert actions == ["start_checklist", *["tick_step"] * steps, "finish_checklist", *back]


def test_a_version_that_is_not_the_latest_is_refused(desk: Desk) -> None:
    run = started(desk)
    runs.tick_step(desk, key=run.key, position=0, expected_version=1)
    with pytest.raises(Conflict):
        runs.tick_step(desk, key=run.key, position=1, expected_version=1)


def test_what_is_known_of_a_run_comes_back_as_it_was_kept(desk: Desk) -> None:
    run = started(desk, "vardgaranti", customer="kund-1", owner=Outsider("Vikarie Ek"), meeting="teammote-1")
    change = runs.answer_run(desk, key=run.key, answers=(0, 0, 1, 0), expected_version=1)
    change = runs.write_step(
        desk, key=run.key, position=0, responsible=Outsider("Jouren"), note="Ring\nföre tio", expected_version=2
    )
    view = checklists.get_run(desk, key=run.key)
    assert view.run == change.left
    assert (view.customer_label, view.run.steps[0].note) == ("1101 AB", "Ring\nföre tio")
    assert view.meeting_heading.startswith("Teammöte Norr")
    assert view.run.limit == TODAY + dt.timedelta(days=3)


def test_who_may_not_see_the_customer_sees_the_bare_list_and_changes_nothing(desk: Desk) -> None:
    run = started(desk, customer="kund-4")
    runs.write_step(desk, key=run.key, position=0, responsible=None, note="Hon vill vänta", expected_version=1)
    for user in ("bo", "siv", "lena"):  # kund-4 lives on Söder, and bo works on Norr
        person = sit_down(desk, user)
        view = checklists.get_run(person, key=run.key)
        assert view.run.hidden
        assert (view.run.customer, view.customer_label, view.run.steps[0].note) == (None, "", None)
        assert not view.may_write
        assert checklists.run_paper(person, key=run.key).view is not None
        with pytest.raises(NotAllowed):
            runs.tick_step(person, key=run.key, position=0, expected_version=2)
        told = [action for action, object_, _ in audit_rows(desk) if object_ == f"checklist:{run.key}"]
        assert told == ["start_checklist", "write_checklist"], user
    assert checklists.get_run(sit_down(desk, "anna"), key=run.key).customer_label == "1201 GH"
    assert audit_rows(desk)[-1] == ("read", f"checklist:{run.key}", "kund-4")


def test_nobody_begins_a_list_about_a_customer_who_is_not_hers_to_see(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        started(sit_down(desk, "bo"), customer="kund-4")
    with pytest.raises(NotAllowed):
        started(sit_down(desk, "lena"))
    with pytest.raises(NotAllowed):
        started(seated(desk, Role.CARE_STAFF, units=frozenset({"lunden"})))


def test_a_protected_customer_is_her_code_and_no_list_names_anybody(desk: Desk) -> None:
    run = started(desk, customer="kund-3")
    assert checklists.get_run(desk, key=run.key).customer_label == "Gran 7"
    for about in ("samtal med AB", "lgh 1101", "Gran 7", "19121212-1212"):
        with pytest.raises(Refused, match="checklist_names_customer"):
            started(desk, about=about)


def test_the_owner_and_the_enhetschef_end_a_list_and_nobody_else(desk: Desk) -> None:
    bo, anna = sit_down(desk, "bo"), sit_down(desk, "anna")
    run = started(bo)
    with pytest.raises(NotAllowed, match="checklist_of_another"):
        runs.abandon_run(anna, key=run.key, reason="x", expected_version=1)
    with pytest.raises(Refused, match="checklist_unfinished"):
        runs.finish_run(bo, key=run.key, expected_version=1)
    change = runs.abandon_run(desk, key=run.key, reason="Mötet är inställt", expected_version=1)
    with pytest.raises(NotAllowed, match="checklist_of_another"):
        runs.take_back(anna, change=change)
    assert run_of(bo, run.key).reason == "Mötet är inställt"
    assert runs.reopen_run(bo, key=run.key, expected_version=2).left.status is RunStatus.OPEN


def test_only_a_list_in_which_nothing_is_done_is_taken_away(desk: Desk) -> None:
    run = started(desk)
    change = runs.tick_step(desk, key=run.key, position=0, expected_version=1)
    with pytest.raises(Refused, match="checklist_begun"):
        runs.remove_run(desk, key=run.key, expected_version=2)
    runs.take_back(desk, change=change)
    runs.remove_run(desk, key=run.key, expected_version=3)
    with pytest.raises(NotFound):
        checklists.get_run(desk, key=run.key)


def test_a_step_is_put_on_a_meeting_and_the_way_leads_there(desk: Desk) -> None:
    run = started(desk)
    runs.put_on_meeting(desk, key=run.key, position=1, meeting="teammote-1", expected_version=1)
    item = run_of(desk, run.key).steps[1].item
    meeting = meetings.get_meeting(desk, key="teammote-1")
    (point,) = [one for one in meeting.value.items if one.key == item]
    assert (point.heading, point.customer) == (run.steps[1].text, None)
    assert checklists.get_run(desk, key=run.key).items[item or ""][0] == "teammote-1"
    without = replace(meeting.value, items=tuple(one for one in meeting.value.items if one.key != item))
    meetings.save_meeting(desk, meeting=without, expected_version=meeting.version)
    assert run_of(desk, run.key).steps[1].item is None


def test_the_point_of_a_list_about_a_protected_customer_is_hers_and_says_her_code(desk: Desk) -> None:
    run = started(desk, customer="kund-3")
    before = len(audit_rows(desk))
    runs.put_on_meeting(desk, key=run.key, position=0, meeting="teammote-1", expected_version=1)
    rows = audit_rows(desk)[before:]
    assert [customer for _, _, customer in rows if customer] == ["kund-3"]
    (point,) = [one for one in meetings.get_meeting(desk, key="teammote-1").value.items if one.customer == "kund-3"]
    assert point.heading.startswith("Gran 7")
    assert run.steps[0].text in point.heading


def test_what_waits_for_a_person_within_the_week(desk: Desk) -> None:
    bo = sit_down(desk, "bo")
    soon = started(desk, due=TODAY + dt.timedelta(days=7), owner="anna-berg")
    started(bo, due=TODAY + dt.timedelta(days=8))
    runs.write_step(desk, key=soon.key, position=2, responsible="bo-ek", note=None, expected_version=1)
    (hers,) = checklists.own_steps(bo)
    assert (hers.run, hers.position, hers.count) == (soon.key, 2, 1)
    (others,) = checklists.own_steps(sit_down(desk, "anna"))
    assert others.count == len(soon.steps) - 1
    assert next(iter(checklists.list_runs(bo, mine=True))).key == soon.key
    assert checklists.own_steps(sit_down(desk, "lena")) == ()


def test_who_leaves_hands_her_lists_and_steps_over(desk: Desk) -> None:
    run = started(desk, owner="bo-ek")
    runs.write_step(desk, key=run.key, position=0, responsible="bo-ek", note=None, expected_version=1)
    held = [one for one in leaving.held_by(desk, key="bo-ek") if one.kind in ("checklist", "step")]
    assert [one.kind for one in held] == ["checklist", "step"]
    everything = leaving.held_by(desk, key="bo-ek")
    takers = [HandOver(kind=one.kind, key=one.key, to="gun-holm") for one in everything]
    leaving.hand_over(desk, key="bo-ek", last_day=TODAY, takers=takers)
    found = run_of(desk, run.key)
    assert (found.owner, found.steps[0].responsible) == ("gun-holm", "gun-holm")


def test_lists_follow_a_customer_who_is_merged_and_end_with_her(desk: Desk) -> None:
    run = started(desk, customer="kund-2")
    customers.merge_customers(desk, keep="kund-1", drop="kund-2")
    assert run_of(desk, run.key).customer == "kund-1"
    stored = customers.get_customer(desk, key="kund-1")
    assert endings.what_ends(desk, key="kund-1").checklists == 1
    ended = endings.end_customer(desk, key="kund-1", on=TODAY, deceased=False, expected_version=stored.version)
    assert ended.checklists == 1
    found = run_of(desk, run.key)
    assert (found.status, found.reason) == (RunStatus.ABANDONED, "Kunden har flyttat.")


def test_merged_members_keep_their_lists(desk: Desk) -> None:
    run = started(desk, owner="gun-holm")
    endings.merge_members(desk, keep="cia-dahl", drop="gun-holm")
    assert run_of(desk, run.key).owner == "cia-dahl"


def test_an_ended_list_is_disposed_of_when_its_time_is_over_and_held_with_its_customer(desk: Desk) -> None:
    old, kept, open_ = started(desk), started(desk, customer="kund-1"), started(desk)
    for one in (old, kept):
        runs.abandon_run(desk, key=one.key, reason="x", expected_version=1)
    with past_the_desk(desk, writing=True) as work:
        (period,) = [one for one in disposal.disposal_periods(desk) if one.kind.key == "checklists"]
        assert period.months is not None
        on = TODAY + dt.timedelta(days=800)
        assert latest_due(months=period.months, on=on) >= TODAY
        holds = {("customer", "kund-1"): "IVO"}
        (gone,) = disposal_kinds.remove_due(desk, work, periods=[period], holds=holds, on=on)
        assert [one.key for one in gone.due.going] == [f"checklist:{old.key}"]
        assert [one.held for one in gone.due.staying] == ["Stopp för en kund: IVO"]
        left = set(work.session.scalars(select(m.ChecklistRun.key)))
        assert left == {kept.key, open_.key}
        orphans = select(m.ChecklistStep.id).where(m.ChecklistStep.run_id.not_in(select(m.ChecklistRun.id)))
        assert work.session.scalar(orphans) is None


def test_a_meeting_that_is_taken_away_leaves_the_list(desk: Desk) -> None:
    run = started(desk, meeting="teammote-1")
    with past_the_desk(desk, writing=True) as work:
        work.session.execute(delete(m.Meeting).where(m.Meeting.key == "teammote-1"))
        work.commit()
    assert run_of(desk, run.key).meeting is None
