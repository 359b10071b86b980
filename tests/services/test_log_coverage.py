"""Whatever a service hands out of a customer is on record: one row for each customer and gesture, no more, no less.

Every service is found by walking the package and tried with its example call; what comes back is searched for keys,
names and texts of customers, and held against the rows that were written meanwhile.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from app import models as m
from app.domain.errors import KnownError
from app.domain.log_words import ACTIONS, Kind
from app.domain.roles import READING, RIGHTS, Role
from app.services.desk import Desk
from tests.services.calls import CALLS, SECRET, services
from tests.support import past_the_desk, sit_down

KEY = re.compile(r"\bkund-(?:\d|ny)\b")
NAMED = re.compile(rf"\b{SECRET} (?:lgh )?(\d)\b")
CODE = f"{SECRET} gran"
"""How the customer with protected identity, kund-3, is shown."""

LABELS_ALONE = {"customer_labels"}
"""Names to choose among: that somebody is a customer here is told to whoever chooses, what is chosen is logged.

See docs/decisions/one-row-per-customer-and-gesture.md.
"""
KEYS_ALONE = {"known_to_sheets"}
"""Hands out what a sheet is held against in the program; nobody is shown it."""
OWN_TEXT = {"read_draft"}
"""What the person is typing herself: she was shown the rest when she opened it, which was logged."""
BY_A_NURSE = {"record_consent"}
"""What an enhetschef does in a unit without a nurse of its own alone."""
SHOWS_NOBODY = (
    "add_account add_accounts add_member add_unit adjust_forum apply_year approve_disposal back_up "
    "back_up_daily bring_back_drafts change_password check_open clashes_if_moved clashes_in "
    "clashes_with complete_action follow_up_action take_back_follow_up count_misses confirm_recovery_key "
    "count_handover count_actions count_log count_meetings delete_meeting "
    "delete_member disposal_periods draw_review drop_draft end_account end_customer end_emergencies "
    "expire_backups follow_changes forums_by_day get_live_minutes get_member get_preference get_unit get_wheel hand_on "
    "hand_over holds_head issue_recovery_key keep_wheel lift_hold list_accounts list_backups list_disposals "
    "list_drafts "
    "list_emergencies list_holds list_lost_ends list_meetings list_members list_reviews list_units log_users "
    "mark_lost_end_seen mark_seen member_names merge_members move_database move_meeting my_emergencies "
    "spelling_on set_spelling own_words add_own_word remove_own_word known_words get_text_modules keep_text_modules "
    "new_ward note_log_end old_backups open_emergency open_review place_hold places_in_use preview_disposal "
    "propose_accounts propose_disposal recovery_key_waits remark_row reopen_action reset_password review_state "
    "save_account save_draft save_member save_unit second_place set_action set_backup_days set_disposal_period "
    "set_live_minutes set_preference set_second_place sign_review team_gaps unit_forums units_to_open "
    "unmark_journaled verify_log ward_team week_papers what_ends why_not_dispose withdraw_disposal "
    "add_series book_series change_series get_series hold_day list_series move_day pause_series remove_series "
    "series_days take_back_series wheel_paper "
    "after_today leave_out return_item answer_question take_back_answer write_comment remove_comment settle_comment "
    "reopen_comment mark_read unmark_read nothing_to_comment "
    "add_activities activity_paper short_days open_short council_paper save_activity remove_activities "
    "list_meeting_templates make_meeting_template keep_meeting_template remove_meeting_template "
    "announce call_of calls_of_period take_back_announcements "
    "own_profession take_back_item agenda_states call_reminders publish_agenda take_back_agenda "
    "count_preparations keep_preparation remove_preparation take_back_preparations unprepared "
    "preview_busy_times keep_busy_times take_back_busy_times "
    "list_absences get_absence keep_absence remove_absence called_meanwhile list_rooms room_names keep_room "
    "remove_room list_travel keep_travel remove_travel tell_regret take_back_regret own_regrets "
    "regrets_to_me mark_regret_seen covers_of keep_covers sick_call report_sick take_back_sick "
    "count_requests get_limits set_limits list_parties keep_party remove_party list_care_contacts keep_task own_tasks "
    "list_templates list_runs own_steps blank_paper start_run remove_run tick_step untick_step skip_step write_step "
    "list_letters get_letter letter_paper sent_pdf offered_meetings keep_letter remove_letter copy_letter "
    "send_letter "
    "add_attachment put_back_attachment retitle_attachment remove_attachment take_out "
    "participation_waits "
    "unit_instruments keep_instrument remove_instrument "
    "change_run answer_run finish_run abandon_run reopen_run put_on_meeting take_back"
)
"""Services whose example call hands out nothing of a customer: who has nothing of one, or has nothing to show here.

One that shows a customer to nobody here because its example is a poor one belongs in `calls.CALLS`, mended.
"""


@pytest.fixture
def desk(furnished: Desk) -> Desk:
    """The enhetschef's desk on the furnished unit."""
    return furnished


def texts(found: object) -> Iterator[str]:
    """Every text in a value, keys of mappings too."""
    if isinstance(found, str):
        yield found
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        if not isinstance(found, Desk):
            for one in dataclasses.fields(found):
                yield from texts(getattr(found, one.name))
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(found, list | tuple | set | frozenset):
        for one in found:
            yield from texts(one)


def customers_in(found: object) -> set[str]:
    """The keys of the customers of whom the value says anything."""
    whole = list(texts(found))
    keys = {key for text in whole for key in KEY.findall(text)}
    keys |= {f"kund-{number}" for text in whole for number in NAMED.findall(text)}
    return keys | ({"kund-3"} if any(CODE in text for text in whole) else set())


def entered(desk: Desk) -> list[tuple[str, str]]:
    """Action and customer of the log's rows that name one."""
    query = select(m.AuditEntry.action, m.AuditEntry.customer).where(m.AuditEntry.customer.is_not(None))
    with past_the_desk(desk) as work:
        rows = work.session.execute(query.order_by(m.AuditEntry.sequence))
        return [(row.action, row.customer) for row in rows]


def somebody_who_may(desk: Desk, name: str) -> Desk:
    """The enhetschef, or a nurse where that is not for an enhetschef who has a nurse in the unit."""
    if name in BY_A_NURSE:
        return sit_down(desk, "anna")
    rights = vars(next(one for one in services() if one.__name__ == name))["rights"]
    return desk if rights & RIGHTS[Role.MANAGER] else sit_down(desk, "anna")


def spied(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """What is handed to the service by whoever calls it as part of its module."""
    handed: list[Any] = []
    service = next(one for one in services() if one.__name__ == name)

    @functools.wraps(service)
    def spy(desk: Desk, *args: Any, **kwargs: Any) -> object:
        handed.extend([*args, *kwargs.values()])
        return service(desk, *args, **kwargs)

    monkeypatch.setattr(sys.modules[service.__module__], name, spy)
    return handed


@pytest.mark.parametrize("furnished", ["file"], indirect=True)  # the rows are the same on a server: see the next test
@pytest.mark.parametrize("name", sorted(set(CALLS) - LABELS_ALONE - KEYS_ALONE - OWN_TEXT))
def test_what_is_handed_out_of_a_customer_is_on_record_once(
    desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = spied(monkeypatch, name)
    person = somebody_who_may(desk, name)
    before = len(entered(desk))
    shown = customers_in(CALLS[name](person))
    known = customers_in(handed)
    rows = entered(desk)[before:]
    assert bool(shown) == (name not in SHOWS_NOBODY.split()), "an example call that shows nobody proves nothing"
    held_to(rows, shown=shown, known=known)


def held_to(rows: list[tuple[str, str]], *, shown: set[str], known: set[str]) -> None:
    """One row for each customer that is shown and was not handed in; a read or a paper only of those shown.

    What is handed in, such as a meeting to be saved, was shown by the gesture that opened it.
    """
    counted = Counter(customer for _, customer in rows)
    assert {customer for customer, count in counted.items() if count > 1} == set(), "twice in one gesture"
    assert shown - known - set(counted) == set(), "handed out without a row"
    seen = {customer for action, customer in rows if ACTIONS[action][0] in (Kind.READ, Kind.PRINT)}
    assert seen - shown - known == set(), "a row for somebody who is not shown"


@pytest.mark.parametrize("user", ["anna", "bo", "siv", "lena"])
def test_so_it_is_for_whoever_is_shown_a_part(desk: Desk, user: str) -> None:
    """Each service that only reads, as each role: what a person is not shown is not on record as seen by her."""
    person, tried = sit_down(desk, user), 0
    for service in services():
        name = service.__name__
        if not vars(service)["rights"] <= READING or name in LABELS_ALONE:
            continue
        before = len(entered(desk))
        try:
            found = CALLS[name](person)
        except KnownError:
            assert len(entered(desk)) == before, f"{name} refused, and yet on record"
            continue
        held_to(entered(desk)[before:], shown=customers_in(found), known=set())
        tried += 1
    assert tried > 8


def test_labels_to_choose_among_are_labels_and_nothing_else(desk: Desk) -> None:
    found = CALLS["customer_labels"](desk)
    assert isinstance(found, dict)
    assert found == {"kund-1": f"{SECRET} lgh 1 {SECRET} 1", "kund-2": f"{SECRET} lgh 2 {SECRET} 2",
                     "kund-3": f"{SECRET} gran", "kund-4": f"{SECRET} lgh 4 {SECRET} 4"}  # fmt: skip


def test_a_draft_is_given_to_whoever_wrote_it_alone(desk: Desk) -> None:
    CALLS["save_draft"](desk)
    assert CALLS["read_draft"](desk) is not None


def test_the_exceptions_are_services() -> None:
    assert {one.__name__ for one in services()} >= LABELS_ALONE | KEYS_ALONE | OWN_TEXT
