"""The log to its readers: whose rows, what is logged of reading them, extracts, and samples gone through."""

from __future__ import annotations

import datetime as dt
import io
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from app import models as m
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.log_review import MONTH
from app.domain.log_words import Kind
from app.domain.roles import Role
from app.reports import log_extract
from app.services import customer_view, customers, log, log_review, meetings, papers, today, units
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.reports.material import pages_of
from tests.support import TODAY, FixedClock, audit_rows, seated

DAYS: dict[str, Any] = {"from_": TODAY, "to": TODAY}


ANNA, BO = "licensed-anna-berg", "care_staff-bo-ek"
"""The accounts that `anna` and `bo` have in the database."""


def anna(desk: Desk) -> Desk:
    return seated(desk, Role.LICENSED, member="anna-berg")


def bo(desk: Desk) -> Desk:
    return seated(desk, Role.CARE_STAFF, member="bo-ek")


def other_unit(desk: Desk) -> None:
    """A second unit with a customer, whom somebody reads."""
    units.add_unit(desk, name="Lunden", setting=Setting.SARSKILT_BOENDE)
    customers.add_customer(desk, customer=Customer(key="kund-9", reference="ZZ", unit="lunden"))
    customer_view.open_customer(anna(desk), key="kund-9")


def test_everybody_sees_what_she_did_herself_and_nobody_else_did(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    customers.list_customers(bo(desk))
    seen = log.list_log(bo(desk))
    assert {row.user for row in seen} == {BO}
    assert {row.customer for row in seen} == {"kund-1", "kund-2", "kund-3"}
    assert log.count_log(bo(desk)) > len(seen)  # the reading of the log is in it by now
    assert log.list_log(seated(desk, Role.READER)) == ()


def test_an_enhetschef_sees_her_units_and_what_belongs_to_none(desk: Desk) -> None:
    other_unit(desk)
    meetings.get_meeting(anna(desk), key="teammote-1")
    here = seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))
    rows = log.list_log(here)
    assert {row.unit for row in rows} == {"solgarden", None}
    assert "kund-9" not in {row.customer for row in rows}
    assert "create_database" in {row.action for row in rows}
    there = seated(desk, Role.MANAGER, units=frozenset({"lunden"}))
    assert {row.customer for row in log.list_log(there)} == {None, "kund-9"}


def test_rows_are_found_by_day_person_customer_and_kind(desk: Desk, clock: FixedClock) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    clock.moment += dt.timedelta(days=1)
    papers.meeting_papers(anna(desk), key="teammote-1", purpose=Purpose.AGENDA)
    assert {row.action for row in log.list_log(desk, user=ANNA, **DAYS)} == {"read"}
    assert {row.customer for row in log.list_log(desk, user=ANNA, customer="kund-1")} == {"kund-1"}
    assert [row.action for row in log.list_log(desk, user=ANNA, kind=Kind.PRINT)] == ["print", "print"]
    newest = log.list_log(desk, limit=2)
    assert [row.sequence for row in log.list_log(desk, limit=2, below=newest[-1].sequence)] == [
        newest[-1].sequence - 1, newest[-1].sequence - 2,
    ]  # fmt: skip
    assert log.log_users(desk).keys() >= {"chef", ANNA}


def test_what_was_only_shown_in_passing_can_be_left_out(desk: Desk) -> None:
    today.today(bo(desk))
    customers.find_customers(anna(desk), text="110")
    meetings.get_meeting(anna(desk), key="teammote-1")
    log.list_log(desk)
    rows = log.list_log(desk, lists=False)
    assert not {"today", "search", "log"} & {row.object for row in rows}
    assert "meeting:teammote-1" in {row.object for row in rows}
    assert "create_database" in {row.action for row in rows}
    assert log.count_log(desk, lists=False) == len(rows) < log.count_log(desk)


def test_keys_are_named_where_the_person_may_know_and_the_thing_is_there(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    units.add_unit(desk, name="Lunden", setting=Setting.SARSKILT_BOENDE)
    named = {row.object: row.object_name for row in log.list_log(desk)}
    assert named["meeting:teammote-1"] == "Teammöte Norr 3 mars 2026"
    assert named["unit:lunden"] == "Lunden"
    assert named["user:bo"] is None


def test_the_day_is_the_swedish_one(desk: Desk, clock: FixedClock) -> None:
    clock.moment = dt.datetime.combine(TODAY + dt.timedelta(days=1), dt.time(0, 30))  # still yesterday in UTC
    meetings.get_meeting(anna(desk), key="teammote-1")
    assert log.count_log(desk, user=ANNA, **DAYS) == 0
    assert log.count_log(desk, user=ANNA, from_=TODAY + dt.timedelta(days=1)) == 2


def test_reading_the_log_is_a_read_of_each_customer_shown_once_a_list(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    rows = log.list_log(desk, user=ANNA)
    assert {row.label for row in rows} == {"1101 AB", "1102 CD"}
    assert audit_rows(desk)[-2:] == [("read", "log", "kund-1"), ("read", "log", "kund-2")]
    before = len(audit_rows(desk))
    log.list_log(desk, user=ANNA, already=frozenset({"kund-1", "kund-2"}))
    assert len(audit_rows(desk)) == before


def test_a_protected_customer_is_her_code_in_the_log_too(desk: Desk) -> None:
    customers.get_customer(anna(desk), key="kund-3")
    assert [row.label for row in log.list_log(desk, user=ANNA)] == ["Gran 7"]


def test_an_extract_of_a_customer_is_for_her_enhetschef_and_is_logged(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    found = log.customer_extract(desk, customer="kund-1")
    assert found.about == "Kund 1101 AB"
    assert [row.user for row in found.rows][-1] == ANNA
    assert audit_rows(desk)[-1] == ("extract_log", "customer:kund-1", "kund-1")
    for person in (anna(desk), bo(desk), seated(desk, Role.SECRETARY), seated(desk, Role.READER)):
        with pytest.raises(NotAllowed):
            log.customer_extract(person, customer="kund-1")
    elsewhere = seated(desk, Role.MANAGER, units=frozenset({"lunden"}))
    with pytest.raises(NotAllowed, match="not_your_unit"):
        log.customer_extract(elsewhere, customer="kund-1")
    with pytest.raises(NotFound):
        log.customer_extract(desk, customer="kund-77")
    with pytest.raises(Refused, match="period_backwards"):
        log.customer_extract(desk, customer="kund-1", from_=TODAY, to=TODAY - dt.timedelta(days=1))


def test_an_extract_of_oneself_is_everybodys_and_of_others_the_enhetschefs(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    own = log.user_extract(anna(desk), user=ANNA)
    assert [row.customer for row in own.rows] == ["kund-1", "kund-2"]
    assert audit_rows(desk)[-2:] == [
        ("extract_log", f"user:{ANNA}", "kund-1"), ("extract_log", f"user:{ANNA}", "kund-2"),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        log.user_extract(bo(desk), user=ANNA)
    assert len(log.user_extract(desk, user=ANNA).rows) == 4
    log.user_extract(desk, user="siv")
    assert audit_rows(desk)[-1] == ("extract_log", "user:siv", None)
    with pytest.raises(NotFound):
        log.user_extract(desk, user="ingen")


def test_the_daily_log_says_where_the_log_ended_and_that_end_holds(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    found = log.daily_extract(desk, day=TODAY)
    assert found.head is not None
    assert found.head.sequence == found.rows[-1].sequence
    out = io.BytesIO()
    log_extract.draw(found, out)
    text = "\n".join(pages_of(out.getvalue()))
    for part in (
        "Dagens logg",
        "2 mars 2026",
        "Legitimerad personal",
        "Läste",
        "1101 AB",
        found.head.words,
        "Sekretess",
    ):
        assert part.replace("\xa0", " ") in text.replace("\xa0", " ")
    assert log.holds_head(desk, typed=found.head.words)
    assert not log.holds_head(desk, typed="rad 3, 0000-0000-0000-0000")
    with pytest.raises(Refused, match="head_unreadable"):
        log.holds_head(desk, typed="vet inte")
    with pytest.raises(NotAllowed):
        log.daily_extract(anna(desk), day=TODAY)


def test_the_check_of_the_log_is_for_everybody_and_changes_nothing(desk: Desk) -> None:
    before = audit_rows(desk)
    for role in Role:
        state = log.verify_log(seated(desk, role))
        assert state.whole
        assert state.rows == len(before)
    assert audit_rows(desk) == before


def busy_day(desk: Desk) -> None:
    meetings.get_meeting(anna(desk), key="teammote-1")
    customers.list_customers(bo(desk))
    papers.meeting_papers(anna(desk), key="teammote-1", purpose=Purpose.AGENDA)
    customers.list_customers(desk)


def test_a_sample_is_drawn_from_what_others_read_and_printed(desk: Desk) -> None:
    busy_day(desk)
    number = log_review.draw_review(desk, **DAYS, size=5, dice=Random(7))  # noqa: S311 - to be drawn alike
    found = log_review.open_review(desk, review=number)
    assert len(found.rows) == 3, "one of each gesture"
    assert {one.row.user for one in found.rows} <= {ANNA, BO}
    assert {one.row.action for one in found.rows} <= {"read", "print"}
    assert all(one.row.customer for one in found.rows)
    again = log_review.draw_review(desk, **DAYS, size=5, dice=Random(7))  # noqa: S311 - to be drawn alike
    same = log_review.open_review(desk, review=again)
    assert [one.row.sequence for one in same.rows] == [one.row.sequence for one in found.rows]
    assert ("draw_log_review", f"log_review:{number}", None) in audit_rows(desk)
    assert ("read", f"log_review:{number}", found.rows[0].row.customer) in audit_rows(desk)


def test_the_drawers_own_rows_are_never_in_the_sample(desk: Desk) -> None:
    customers.list_customers(desk)
    with pytest.raises(Refused, match="review_empty"):
        log_review.draw_review(desk, from_=TODAY, to=TODAY)
    meetings.get_meeting(anna(desk), key="teammote-1")
    number = log_review.draw_review(desk, **DAYS, size=200)
    (only,) = log_review.open_review(desk, review=number).rows
    assert only.row.user == ANNA


def test_a_sample_of_a_unit_holds_that_units_rows(desk: Desk) -> None:
    busy_day(desk)
    other_unit(desk)
    number = log_review.draw_review(desk, **DAYS, unit="lunden")
    found = log_review.open_review(desk, review=number)
    assert [one.row.customer for one in found.rows] == ["kund-9"]
    here = seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))
    with pytest.raises(NotAllowed):
        log_review.draw_review(here, **DAYS, unit="lunden")
    with pytest.raises(NotFound):
        log_review.open_review(here, review=number)
    assert log_review.list_reviews(here) == ()


def test_a_signed_sample_is_only_read_and_a_change_past_the_program_shows(desk: Desk) -> None:
    busy_day(desk)
    number = log_review.draw_review(desk, **DAYS, size=3, unit="solgarden")
    first = log_review.open_review(desk, review=number).rows[0].row.sequence
    log_review.remark_row(desk, review=number, sequence=first, remark=" Fråga Anna ")
    with pytest.raises(NotFound):
        log_review.remark_row(desk, review=number, sequence=10**6, remark="x")
    with pytest.raises(Refused, match="review_note_missing"):
        log_review.sign_review(desk, review=number, note="  ")
    facts = log_review.sign_review(desk, review=number, note="Inget att anmärka")
    assert (facts.signed_by, facts.remarks, facts.intact) == ("chef", 1, True)
    for gesture in (
        lambda: log_review.remark_row(desk, review=number, sequence=first, remark="Ändrat"),
        lambda: log_review.sign_review(desk, review=number, note="Igen"),
    ):
        with pytest.raises(Refused, match="review_signed"):
            gesture()
    assert log_review.open_review(desk, review=number).rows[0].remark == "Fråga Anna"
    assert log_review.list_reviews(desk)[0].intact
    with desk.writing() as work:
        work.session.execute(update(m.LogReviewRow).where(m.LogReviewRow.sequence == first).values(remark=None))
        work.commit()
    assert not log_review.list_reviews(desk)[0].intact
    assert [row[0] for row in audit_rows(desk)].count("sign_log_review") == 1


def test_reviews_are_the_enhetschefs_alone(desk: Desk) -> None:
    for person in (anna(desk), bo(desk), seated(desk, Role.SECRETARY), seated(desk, Role.READER)):
        for gesture in (
            lambda one=person: log_review.draw_review(one, **DAYS),
            lambda one=person: log_review.list_reviews(one),
            lambda one=person: log_review.review_state(one),
        ):
            with pytest.raises(NotAllowed):
                gesture()


@pytest.mark.parametrize(("size", "from_", "to", "code"), [
    (0, TODAY, TODAY, "review_size"), (201, TODAY, TODAY, "review_size"),
    (20, TODAY, TODAY - dt.timedelta(days=1), "period_backwards"),
])  # fmt: skip
def test_impossible_samples_are_refused(desk: Desk, size: int, from_: dt.date, to: dt.date, code: str) -> None:
    with pytest.raises(Refused, match=code):
        log_review.draw_review(desk, from_=from_, to=to, size=size)


def test_a_month_without_a_signed_sample_is_said(desk: Desk, clock: FixedClock) -> None:
    assert not log_review.review_state(desk).overdue, "the log is younger than a month"
    clock.moment += MONTH + dt.timedelta(days=1)
    assert log_review.review_state(desk).overdue
    busy_day(desk)
    number = log_review.draw_review(desk, from_=clock.today(), to=clock.today())
    assert log_review.review_state(desk).overdue, "drawn is not gone through"
    log_review.sign_review(desk, review=number, note="Bra")
    state = log_review.review_state(desk)
    assert not state.overdue
    assert state.last_signed is not None
    assert state.last_signed.date() == clock.today()


def test_reading_and_drawing_leave_a_log_that_holds(desk: Desk) -> None:
    busy_day(desk)
    log.list_log(desk)
    log_review.open_review(desk, review=log_review.draw_review(desk, **DAYS))
    assert log.verify_log(desk).whole
    with desk.reading() as work:
        assert work.session.scalar(select(m.LogReview.drawn_by)) == "chef"
