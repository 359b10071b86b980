"""Disposal from the first suggestion to the last backup: what goes, what stays, who decides, and what is left of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update

from app import models as m
from app.domain.accounts import Account
from app.domain.customers import CustomerStatus, StatusPeriod
from app.domain.disposal import KEPT, KINDS, DisposalRow, DisposalStatus, DueKind
from app.domain.document import Document
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meetings import Action, ActionStatus, Addition, Item, ItemKind, Meeting, MeetingStatus
from app.domain.roles import Role
from app.services import accounts, disposal, endings, holds, meetings, team
from app.services.customers import list_customers
from app.services.desk import Desk
from app.services.disposal_kinds import REMOVERS
from app.services.disposal_meetings import naming
from app.services.drafts import save_draft
from app.services.references import OWN, pointing_columns
from app.storage.audit import Event
from tests import support
from tests.support import AskedClock, FixedClock, audit_rows, fill, sit_down, surroundings, tied

CANARY = "sju gula kanariefåglar"
LONG_AGO = dt.date(2019, 5, 6)


def old_meeting(key: str, *, customer: str | None = None, status: MeetingStatus = MeetingStatus.APPROVED) -> Meeting:
    """A meeting long ago, with everything that can hang on one."""
    item = Item(
        key=f"{key}-1", heading="Läget", kind=ItemKind.CUSTOMER if customer else ItemKind.ADDED, customer=customer,
        notes=CANARY, decisions=(CANARY,),
        actions=(Action(key=f"{key}-a", text=CANARY, status=ActionStatus.DONE, done_on=LONG_AGO),),
    )  # fmt: skip
    return Meeting(
        key=key, unit="solgarden", forum="teammote", ward="norr", date=LONG_AGO, start=dt.time(13), end=dt.time(14),
        status=status, secretary="anna-berg", participants=("anna-berg",), items=(item,), appendices=(CANARY,),
        additions=(Addition(at=dt.datetime.combine(LONG_AGO, dt.time(8)), by="anna-berg", text=CANARY, item=item.key),),
    )  # fmt: skip


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The enhetschef's desk, her account tied to who she is in the team."""
    return tied(desk, user="chef", member="eva-chef")


@pytest.fixture
def second(desk: Desk) -> Desk:
    """Another enhetschef on the same open database, who has had her account for long."""
    with desk.writing() as work:
        work.session.execute(insert(m.Account).values(user="maria", full_name="Maria Chef", role=Role.MANAGER.value))
        work.commit()
    return tied(desk, user="maria", member="gun-holm")


def keep_minutes_for(desk: Desk, months: int = 60) -> None:
    disposal.set_disposal_period(desk, kind="minutes", months=months, expected_version=0)


def take_in(desk: Desk, *found: Meeting) -> None:
    fill(desk, Document(meetings=found))


def propose(desk: Desk) -> DisposalRow:
    return disposal.propose_disposal(desk, seen=disposal.preview_disposal(desk))


def of(kind: str, found: tuple[DueKind, ...]) -> DueKind:
    return next(one for one in found if one.period.kind.key == kind)


def keys_of(desk: Desk, table: type[m.Meeting | m.Customer | m.Member]) -> set[str]:
    with desk.reading() as work:
        return set(work.session.scalars(select(table.key)))


class TestTables:
    """Later tables fall under disposal by themselves, or these say that they do not."""

    def test_every_table_belongs_to_a_kind_or_is_kept_for_a_reason(self) -> None:
        taken = {table for kind in KINDS for table in kind.tables}
        assert set(m.Base.metadata.tables) == taken | KEPT.keys()
        assert not taken & KEPT.keys()
        assert all(KEPT.values())

    def test_no_table_with_a_customer_is_kept(self) -> None:
        assert not {table.name for table, _ in pointing_columns(m.Customer)} & KEPT.keys()

    def test_every_table_that_names_a_customer_leads_to_a_meeting(self) -> None:
        found = str(naming())
        tables = [table.name for table, _ in pointing_columns(m.Customer) if table.name not in OWN]
        tables = [name for name in tables if name not in ("requests", "deviations")]  # kinds of their own, with holds
        assert len(tables) >= 6
        assert all(f"FROM {name}" in found for name in tables)

    def test_every_kind_can_be_removed(self) -> None:
        assert list(REMOVERS) == [kind.key for kind in KINDS]


class TestPeriods:
    def test_they_are_suggestions_until_chosen(self, desk: Desk) -> None:
        assert not any(one.chosen for one in disposal.disposal_periods(desk))
        keep_minutes_for(desk, 84)
        found = {one.kind.key: one for one in disposal.disposal_periods(desk)}["minutes"]
        assert (found.months, found.version, found.chosen) == (84, 1, True)
        assert ("set_disposal_period", "kind:minutes", None) in audit_rows(desk)

    def test_two_who_change_the_same_do_not_overwrite_each_other(self, desk: Desk) -> None:
        keep_minutes_for(desk, 84)
        with pytest.raises(Conflict):
            keep_minutes_for(desk, 60)
        disposal.set_disposal_period(desk, kind="minutes", months=None, expected_version=1)
        with pytest.raises(Conflict):
            disposal.set_disposal_period(desk, kind="minutes", months=60, expected_version=1)

    def test_minutes_are_never_due_before_a_period_is_chosen(self, desk: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        assert of("minutes", disposal.preview_disposal(desk)).going == ()

    def test_an_account_of_some_units_decides_nothing_here(self, desk: Desk) -> None:
        limited = support.seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))
        for call in (disposal.preview_disposal, lambda one: disposal.propose_disposal(one, seen=())):
            with pytest.raises(NotAllowed, match="disposal_every_unit"):
                call(limited)


class TestPreview:
    def test_it_changes_nothing_and_shows_no_text(self, desk: Desk) -> None:
        take_in(desk, old_meeting("gammalt", customer="kund-1"))
        keep_minutes_for(desk)
        found = disposal.preview_disposal(desk)
        assert [one.key for one in of("minutes", found).going] == ["meeting:gammalt"]
        assert CANARY not in repr(found)
        assert meetings.get_meeting(desk, key="gammalt").value == old_meeting("gammalt", customer="kund-1")

    def test_a_meeting_with_an_open_action_stays(self, desk: Desk) -> None:
        one = old_meeting("gammalt")
        unfinished = replace(one.items[0], actions=(Action(key="a-1", text="Ring"),))
        take_in(desk, replace(one, items=(unfinished,)))
        keep_minutes_for(desk)
        [staying] = of("minutes", disposal.preview_disposal(desk)).staying
        assert staying.held == "Har öppna åtgärder"

    def test_a_planned_meeting_that_was_written_on_counts_as_held(self, desk: Desk) -> None:
        bare = replace(
            old_meeting("tomt", status=MeetingStatus.PLANNED), items=(), additions=(), appendices=(), secretary=None
        )
        take_in(desk, bare, old_meeting("skrivet", status=MeetingStatus.PLANNED))
        found = disposal.preview_disposal(desk)
        assert [one.key for one in of("not_held", found).going] == ["meeting:tomt"]

    def test_each_customer_shown_is_logged(self, desk: Desk) -> None:
        leave(desk, "kund-4", LONG_AGO)
        assert [one.label for one in of("customers", disposal.preview_disposal(desk)).going] == ["1201 GH"]
        assert audit_rows(desk)[-1] == ("read", "disposal", "kund-4")

    def test_a_customer_stays_while_anything_names_her(self, desk: Desk) -> None:
        leave(desk, "kund-1", LONG_AGO)
        [staying] = of("customers", disposal.preview_disposal(desk)).staying
        assert staying.held == "Nämns i handlingar som är kvar"

    def test_a_customer_goes_together_with_the_last_that_names_her(self, desk: Desk) -> None:
        leave(desk, "kund-4", LONG_AGO)
        take_in(desk, old_meeting("gammalt", customer="kund-4"))
        assert of("customers", disposal.preview_disposal(desk)).staying
        keep_minutes_for(desk)
        assert [one.key for one in of("customers", disposal.preview_disposal(desk)).going] == ["customer:kund-4"]


def leave(desk: Desk, key: str, day: dt.date) -> None:
    """The customer has left long ago."""
    stored = next(one for one in list_customers(desk) if one.value.key == key)
    left = replace(stored.value, status_history=(StatusPeriod(status=CustomerStatus.LEFT, from_=day),))
    fill(desk, Document(customers=(left,)))


class TestHolds:
    def test_a_hold_on_a_meeting_keeps_it_and_says_why(self, desk: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        hold = holds.place_hold(desk, kind="meeting", object_key="gammalt", reason="Begärd av IVO")
        [staying] = of("minutes", disposal.preview_disposal(desk)).staying
        assert staying.held == "Stopp: Begärd av IVO"
        holds.lift_hold(desk, hold=hold)
        assert of("minutes", disposal.preview_disposal(desk)).staying == ()
        [kept] = holds.list_holds(desk, lifted=True)
        assert (kept.stands, kept.lifted_by, kept.reason) == (False, "chef", "Begärd av IVO")
        assert holds.list_holds(desk) == ()

    def test_a_hold_on_a_customer_keeps_every_meeting_that_names_her(self, desk: Desk) -> None:
        take_in(desk, old_meeting("om", customer="kund-4"), old_meeting("annat"))
        keep_minutes_for(desk)
        leave(desk, "kund-4", LONG_AGO)
        holds.place_hold(desk, kind="customer", object_key="kund-4", reason="Skadestånd")
        found = disposal.preview_disposal(desk)
        assert [one.key for one in of("minutes", found).going] == ["meeting:annat"]
        assert [one.held for one in of("minutes", found).staying] == ["Stopp för en kund: Skadestånd"]
        assert [one.held for one in of("customers", found).staying] == ["Stopp: Skadestånd"]

    def test_it_needs_a_reason_and_something_to_hold(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="hold_reason_missing"):
            holds.place_hold(desk, kind="meeting", object_key="teammote-1", reason=" ")
        with pytest.raises(NotFound):
            holds.place_hold(desk, kind="customer", object_key="ingen", reason="IVO")
        holds.place_hold(desk, kind="meeting", object_key="teammote-1", reason="IVO")
        with pytest.raises(Refused, match="hold_stands"):
            holds.place_hold(desk, kind="meeting", object_key="teammote-1", reason="IVO")

    def test_it_is_lifted_once(self, desk: Desk) -> None:
        hold = holds.place_hold(desk, kind="customer", object_key="kund-1", reason="IVO")
        holds.lift_hold(desk, hold=hold)
        with pytest.raises(Refused, match="hold_lifted"):
            holds.lift_hold(desk, hold=hold)
        assert audit_rows(desk)[-1] == ("lift_hold", "customer:kund-1", "kund-1")

    def test_another_units_manager_neither_sees_nor_places_one(self, desk: Desk) -> None:
        holds.place_hold(desk, kind="meeting", object_key="teammote-1", reason="IVO")
        elsewhere = support.seated(desk, Role.MANAGER, units=frozenset({"annan"}))
        assert holds.list_holds(elsewhere) == ()
        with pytest.raises(NotAllowed, match="not_your_unit"):
            holds.place_hold(elsewhere, kind="customer", object_key="kund-1", reason="IVO")


class TestProposal:
    def test_it_is_not_approved_by_her_who_made_it(self, desk: Desk, second: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        proposal = propose(desk)
        assert (proposal.counts, proposal.total) == ({"minutes": 1}, 1)
        with pytest.raises(Refused, match="disposal_second_person"):
            disposal.approve_disposal(desk, disposal=proposal.id, expected_version=1)
        assert "gammalt" in keys_of(second, m.Meeting)

    def test_one_manager_alone_is_told_what_is_needed(self, desk: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        proposal = propose(desk)
        with pytest.raises(Refused, match="disposal_one_manager"):
            disposal.approve_disposal(desk, disposal=proposal.id, expected_version=1)

    def test_nothing_due_is_no_proposal(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="disposal_nothing"):
            propose(desk)

    def test_only_one_waits_at_a_time(self, desk: Desk, second: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        first = propose(desk)
        later = propose(second)
        assert [(one.id, one.status.value) for one in disposal.list_disposals(desk)] == [
            (later.id, "proposed"), (first.id, "withdrawn"),
        ]  # fmt: skip
        with pytest.raises(Refused, match="disposal_decided"):
            disposal.approve_disposal(second, disposal=first.id, expected_version=2)
        disposal.withdraw_disposal(desk, disposal=later.id, expected_version=1)
        with pytest.raises(Refused, match="disposal_decided"):
            disposal.withdraw_disposal(second, disposal=later.id, expected_version=2)

    def test_what_was_not_seen_is_not_proposed(self, desk: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        seen = disposal.preview_disposal(desk)
        take_in(desk, old_meeting("till"))
        with pytest.raises(Refused, match="disposal_changed"):
            disposal.propose_disposal(desk, seen=seen)

    @pytest.mark.parametrize("meanwhile", ["another", "hold", "period", "edit"])
    def test_what_changed_since_is_not_approved(self, desk: Desk, second: Desk, meanwhile: str) -> None:
        take_in(desk, old_meeting("gammalt", customer="kund-1"))
        keep_minutes_for(desk)
        proposal = propose(desk)
        if meanwhile == "another":
            take_in(desk, old_meeting("till"))
        elif meanwhile == "hold":
            holds.place_hold(desk, kind="customer", object_key="kund-1", reason="IVO")
        elif meanwhile == "period":
            disposal.set_disposal_period(desk, kind="minutes", months=None, expected_version=1)
        else:
            meetings.add_addition(desk, key="gammalt", text="Rättat", expected_version=1)
        with pytest.raises(Refused, match="disposal_changed"):
            disposal.approve_disposal(second, disposal=proposal.id, expected_version=1)
        assert "gammalt" in keys_of(desk, m.Meeting)
        assert disposal.list_disposals(desk)[0].status is DisposalStatus.PROPOSED

    def test_days_that_pass_add_nothing_to_it(self, desk: Desk, second: Desk, clock: FixedClock) -> None:
        younger = replace(old_meeting("yngre"), date=dt.date(2021, 3, 2), key="yngre")
        take_in(desk, old_meeting("gammalt"), younger)
        keep_minutes_for(desk)
        proposal = propose(desk)
        clock.moment += dt.timedelta(days=5)
        done = disposal.approve_disposal(second, disposal=proposal.id, expected_version=1)
        assert done.counts == {"minutes": 1}
        assert "yngre" in keys_of(desk, m.Meeting)

    def test_a_stale_page_decides_nothing(self, desk: Desk, second: Desk) -> None:
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        proposal = propose(desk)
        with pytest.raises(Conflict):
            disposal.approve_disposal(second, disposal=proposal.id, expected_version=7)
        with pytest.raises(Conflict):
            disposal.withdraw_disposal(second, disposal=proposal.id, expected_version=7)
        assert "gammalt" in keys_of(desk, m.Meeting)


class TestTwoAccountsOfOnePerson:
    """She who alone has the keys to two accounts is one person, however she came by the other one."""

    @pytest.fixture
    def waiting(self, desk: Desk) -> DisposalRow:
        """A proposal of the enhetschef's."""
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        return propose(desk)

    def assert_refused(self, other: Desk, waiting: DisposalRow, code: str) -> None:
        why = disposal.why_not_dispose(other, disposal=waiting.id)
        assert why is not None
        assert why.code == code
        with pytest.raises(Refused, match=code):
            disposal.approve_disposal(other, disposal=waiting.id, expected_version=1)
        assert "gammalt" in keys_of(other, m.Meeting)

    def new_manager(self, desk: Desk, *, member: str | None) -> Desk:
        new = Account(user="chef2", full_name="Ny", role=Role.MANAGER, units=None, member=member, active=True)
        accounts.add_account(desk, surroundings(), account=new, password=support.PASSWORD)
        support.choose_own_passwords(desk)
        return sit_down(desk, "chef2")

    def test_an_account_of_nobody_neither_proposes_nor_approves(self, second: Desk, waiting: DisposalRow) -> None:
        nobody = tied(second, user="maria", member=None)
        self.assert_refused(nobody, waiting, "disposal_member_missing")
        with pytest.raises(Refused, match="disposal_member_missing"):
            propose(nobody)

    @pytest.mark.parametrize("member", ["dan-falk", None])
    def test_an_account_made_after_the_proposal(self, desk: Desk, waiting: DisposalRow, member: str | None) -> None:
        self.assert_refused(self.new_manager(desk, member=member), waiting, "disposal_account_changed")

    def test_an_account_made_before_it(self, desk: Desk, clock: FixedClock) -> None:
        other = self.new_manager(desk, member="dan-falk")
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        self.assert_refused(other, propose(desk), "disposal_account_given")
        with pytest.raises(Refused, match="disposal_account_given"):
            propose(other)
        clock.moment += dt.timedelta(days=29, hours=23)
        self.assert_refused(other, propose(desk), "disposal_account_given")
        clock.moment += dt.timedelta(hours=1)
        waiting = disposal.list_disposals(desk)[0]
        assert disposal.why_not_dispose(other, disposal=waiting.id) is None
        assert disposal.approve_disposal(other, disposal=waiting.id, expected_version=1).counts == {"minutes": 1}

    def test_the_others_password_reset_after_it(self, desk: Desk, second: Desk, waiting: DisposalRow) -> None:
        accounts.reset_password(desk, surroundings(), user="siv", password=support.PASSWORD)
        assert disposal.why_not_dispose(second, disposal=waiting.id) is None, "not hers"
        with desk.writing() as work:
            work.record(Event(action="reset_password", object="user:maria"))
            work.commit()
        self.assert_refused(second, waiting, "disposal_account_changed")

    def test_the_others_password_reset_before_it_through_a_third_account(
        self, desk: Desk, second: Desk, clock: FixedClock
    ) -> None:
        with sit_down(desk, "siv").writing() as work:
            work.record(Event(action="reset_password", object="user:maria"))
            work.commit()
        clock.moment += dt.timedelta(days=3)
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        self.assert_refused(second, propose(desk), "disposal_account_given")

    def test_the_recovery_key_used_for_the_other(self, desk: Desk, second: Desk) -> None:
        with second.writing() as work:
            work.record(Event(action="use_recovery_key", object="user:maria"))
            work.commit()
        take_in(desk, old_meeting("gammalt"))
        keep_minutes_for(desk)
        self.assert_refused(second, propose(desk), "disposal_account_given")
        with pytest.raises(Refused, match="disposal_account_given"):
            propose(second)

    def test_her_own_account_tied_to_another_member_after_it(
        self, desk: Desk, second: Desk, waiting: DisposalRow
    ) -> None:
        mine = next(one for one in accounts.list_accounts(desk) if one.user == "maria")
        accounts.save_account(second, account=replace(mine, member="dan-falk"), expected_version=mine.version)
        self.assert_refused(sit_down(second, "maria"), waiting, "disposal_account_changed")

    def test_two_rows_of_one_person_made_one(self, desk: Desk, second: Desk, waiting: DisposalRow) -> None:
        endings.merge_members(desk, keep="gun-holm", drop="eva-chef")
        self.assert_refused(sit_down(second, "maria"), waiting, "disposal_second_person")

    def test_the_proposers_own_account_tied_to_another_member_after_it(
        self, desk: Desk, second: Desk, waiting: DisposalRow
    ) -> None:
        tied(desk, user="chef", member="dan-falk")
        self.assert_refused(tied(second, user="maria", member="eva-chef"), waiting, "disposal_second_person")


def test_a_day_that_was_asked_for_disposes_of_nothing(desk: Desk, second: Desk, clock: FixedClock) -> None:
    younger = replace(old_meeting("yngre"), date=dt.date(2024, 3, 2))
    take_in(desk, younger)
    keep_minutes_for(desk)
    asked = AskedClock(clock.moment, day=dt.date(2060, 1, 1))
    later = replace(desk, clock=asked)
    assert later.today == dt.date(2060, 1, 1)
    assert of("minutes", disposal.preview_disposal(later)).going == ()
    with pytest.raises(Refused, match="disposal_nothing"):
        propose(later)
    true = clock.moment
    clock.moment = dt.datetime.combine(asked.day, dt.time(9))
    waiting = propose(desk)
    clock.moment = true
    assert waiting.before == dt.date(2060, 1, 1)
    with pytest.raises(Refused, match="disposal_not_yet"):
        disposal.approve_disposal(second, disposal=waiting.id, expected_version=1)
    assert "yngre" in keys_of(desk, m.Meeting)


class TestCarriedOut:
    def test_what_goes_is_gone_and_what_stays_is_whole(self, desk: Desk, second: Desk) -> None:
        later = replace(support.team_meeting(), key="senare", items=(
            Item(key="senare-1", heading="Uppföljning", kind=ItemKind.CARRIED, text="Kvar", carried_from="gammalt-1"),
        ))  # fmt: skip
        take_in(desk, old_meeting("gammalt", customer="kund-4"), later)
        leave(desk, "kund-4", LONG_AGO)
        save_draft(desk, kind="meeting", key="gammalt", started_from=1, content=CANARY)
        keep_minutes_for(desk)
        done = disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        assert done.counts == {"minutes": 1, "customers": 1}
        assert "gammalt" not in keys_of(desk, m.Meeting)
        assert "kund-4" not in keys_of(desk, m.Customer)
        stored = meetings.get_meeting(desk, key="senare")
        assert (stored.value.items[0].text, stored.value.items[0].carried_from, stored.version) == ("Kvar", None, 2)
        [row] = disposal.list_disposals(desk)
        assert (row.status, row.proposed_by, row.decided_by) == (DisposalStatus.DONE, "chef", "maria")

    def test_the_log_says_how_many_and_of_whom(self, desk: Desk, second: Desk) -> None:
        take_in(desk, old_meeting("ett", customer="kund-4"), old_meeting("tva", customer="kund-4"))
        keep_minutes_for(desk)
        disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        rows = [row for row in audit_rows(desk) if row[0] == "dispose"]
        assert rows == [("dispose", "kind:minutes", None), ("dispose", "kind:minutes", "kund-4")]
        assert desk.store.first_broken_audit_row() is None

    def test_others_who_have_ended(self, desk: Desk, second: Desk, clock: FixedClock) -> None:
        stored = team.get_member(desk, key="dan-falk")
        team.save_member(desk, member=replace(stored.value, to=LONG_AGO), expected_version=stored.version)
        stored = team.get_member(desk, key="anna-berg")
        team.save_member(desk, member=replace(stored.value, to=LONG_AGO), expected_version=stored.version)
        save_draft(desk, kind="unit", key="solgarden", started_from=1, content="gammalt")
        hold = holds.place_hold(desk, kind="meeting", object_key="teammote-1", reason="IVO")
        holds.lift_hold(desk, hold=hold)
        _close(desk, "siv")
        _emergency_and_review(desk, clock.instant())
        clock.moment += dt.timedelta(days=366 * 6)
        disposal.set_disposal_period(desk, kind="accounts", months=60, expected_version=0)
        done = disposal.approve_disposal(second, disposal=propose(desk).id, expected_version=1)
        assert done.counts == {
            "not_held": 1, "members": 1, "drafts": 1, "accounts": 1, "emergencies": 1, "reviews": 1, "holds": 1,
        }  # fmt: skip
        assert "dan-falk" not in keys_of(desk, m.Member)
        assert "anna-berg" in keys_of(desk, m.Member), "her account and customers still name her"
        with desk.reading() as work:
            assert work.session.scalars(select(m.LogReviewRow.sequence)).all() == []
            assert "siv" not in work.session.scalars(select(m.Account.user)).all()


def _close(desk: Desk, user: str) -> None:
    """What ending an account leaves in the tables."""
    with desk.writing() as work:
        work.session.execute(update(m.Account).where(m.Account.user == user).values(active=False))
        work.record(Event(action="end_account", object=f"user:{user}"))
        work.commit()


def _emergency_and_review(desk: Desk, at: dt.datetime) -> None:
    with desk.writing() as work:
        unit = work.session.scalars(select(m.Unit.id)).one()
        opened = {"user": "anna", "unit_id": unit, "reason": "akut", "opened_at": at, "until": at}
        work.session.execute(insert(m.EmergencyAccess).values(**opened, seen_by="chef", seen_at=at))
        work.session.execute(insert(m.EmergencyAccess).values(**opened))
        review = work.session.scalars(
            insert(m.LogReview).returning(m.LogReview.id),
            [{
                "since": LONG_AGO, "until": LONG_AGO, "drawn_by": "chef", "drawn_at": at, "signed_by": "chef",
                "signed_at": at,
            }],
        ).one()  # fmt: skip
        work.session.execute(insert(m.LogReviewRow).values(review_id=review, sequence=1))
        work.commit()


def test_ending_a_customer_starts_her_period(desk: Desk, clock: FixedClock) -> None:
    stored = next(one for one in list_customers(desk) if one.value.key == "kund-4")
    endings.end_customer(desk, key="kund-4", on=clock.today(), deceased=False, expected_version=stored.version)
    clock.moment += dt.timedelta(days=729)
    assert of("customers", disposal.preview_disposal(desk)).going == ()
    clock.moment += dt.timedelta(days=3)
    assert [one.key for one in of("customers", disposal.preview_disposal(desk)).going] == ["customer:kund-4"]
