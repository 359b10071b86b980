"""After the meeting: what goes on, what is lifted and comes back, comments, versions, readers, and the one way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from app import models as m
from app.domain.comparing import Mark
from app.domain.errors import NotAllowed, Refused, StorageFault
from app.domain.lifting import OUTSIDE
from app.domain.meetings import Action, ItemKind, Meeting, Question
from app.domain.minutes import VersionKind
from app.domain.people import Outsider
from app.domain.roles import Role
from app.domain.stored import Stored
from app.services import (
    actions,
    after_today,
    checks,
    circulation,
    endings,
    lifting,
    looking_ahead,
    meetings,
    minutes_readers,
    minutes_versions,
    questions,
    trails,
)
from app.services.desk import Desk
from tests.support import TODAY, past_the_desk, seated, team_meeting

NEXT = TODAY + dt.timedelta(days=15)


def hold(desk: Desk, *, changed: dict[str, dict[str, object]] | None = None, close: bool = True) -> Stored[Meeting]:
    """Hold the teammöte with what was written of its points, by key."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    opened = meetings.open_meeting(desk, key="teammote-1", expected_version=stored.version)
    written = changed or {}
    items = tuple(replace(one, **written.get(one.key, {})) for one in opened.value.items)  # type: ignore[arg-type]
    meeting = replace(opened.value, items=items, secretary="anna-berg")
    saved = meetings.save_meeting(desk, meeting=meeting, expected_version=opened.version)
    if not close:
        return saved
    return meetings.close_meeting(desk, key="teammote-1", expected_version=saved.version)


def approve(desk: Desk, held: Stored[Meeting]) -> Stored[Meeting]:
    return meetings.approve_minutes(desk, key=held.value.key, expected_version=held.version)


def book(desk: Desk, *, forum: str = "reflektionsmote", ward: str | None = None, day: dt.date = NEXT) -> Meeting:
    """Book a meeting with nothing on its agenda."""
    base = replace(team_meeting(), key=f"{forum}-{day}", forum=forum, ward=ward, date=day, customers=(), items=())
    return meetings.book_meeting(desk, meeting=base).value


class TestGoingOn:
    def test_what_is_shown_beforehand_is_what_comes(self, desk: Desk) -> None:
        todo = Action(key="a-1", text="Beställ larmmatta", responsible="bo-ek")
        asked = Question(question="Vem ringer dottern?")
        hold(desk, changed={
            "punkt-2": {"notes": "Fallrisk.", "actions": (todo,)},
            "punkt-3": {"notes": "Sover bra.", "questions": (asked,)},
        })  # fmt: skip
        found = looking_ahead.look_ahead(desk, key="teammote-1")
        assert found.next_key is None
        assert [(one.heading, one.undealt) for one in found.points] == [
            ("Sommarfest", True), ("Uppföljning: 1101 AB", False), ("Uppföljning: 1102 CD", False),
        ]  # fmt: skip
        booked = book(desk, forum="teammote", ward="norr")
        assert [(one.heading, one.text or "") for one in booked.items] == [
            (one.heading, one.text) for one in found.points
        ]
        assert all(one.there for one in looking_ahead.look_ahead(desk, key="teammote-1").points)

    def test_what_is_left_out_does_not_come_and_is_taken_away_where_it_stands(self, desk: Desk) -> None:
        held = hold(desk, changed={"punkt-2": {"notes": "Bra."}, "punkt-3": {"notes": "Bra."}})
        looking_ahead.leave_out(desk, item="punkt-4", left_out=True)
        assert book(desk, forum="teammote", ward="norr").items == ()
        looking_ahead.leave_out(desk, item="punkt-4", left_out=False)
        approve(desk, held)
        following = f"teammote-{NEXT}"
        assert [one.carried_from for one in meetings.get_meeting(desk, key=following).value.items] == ["punkt-4"]
        looking_ahead.leave_out(desk, item="punkt-4", left_out=True)
        assert meetings.get_meeting(desk, key=following).value.items == ()

    def test_an_editor_that_knows_nothing_of_it_does_not_take_it_along_again(self, desk: Desk) -> None:
        held = hold(desk)
        looking_ahead.leave_out(desk, item="punkt-4", left_out=True)
        meetings.save_meeting(desk, meeting=replace(held.value, place="Sal B"), expected_version=held.version)
        left = [one.item for one in looking_ahead.look_ahead(desk, key="teammote-1").points if one.left_out]
        assert left == ["punkt-4"]

    def test_only_the_first_of_several_meetings_takes_it(self, desk: Desk) -> None:
        hold(desk)
        later = [
            replace(team_meeting(), key=f"senare-{n}", date=NEXT + dt.timedelta(days=7 * n), items=(), customers=())
            for n in (1, 0)
        ]
        with desk.writing() as work:
            kept = meetings.insert_new(desk, work, later)
            work.commit()
        assert [len(one.items) for one in kept] == [0, 3]


class TestLifting:
    def lifted(self, desk: Desk, *, to: str = "reflektionsmote") -> Stored[Meeting]:
        return hold(desk, changed={"punkt-2": {"notes": "Orolig om kvällen.", "lifted_to": to}})

    def test_it_stands_on_the_other_forums_next_agenda(self, desk: Desk) -> None:
        book(desk)
        self.lifted(desk)
        (item,) = meetings.get_meeting(desk, key=f"reflektionsmote-{NEXT}").value.items
        assert (item.kind, item.carried_from, item.customer) == (ItemKind.LIFTED, "punkt-2", "kund-1")
        assert "Orolig om kvällen." in (item.text or "")
        assert lifting.waiting_lifts(desk) == ()

    def test_without_a_meeting_it_waits_and_is_put_there_when_one_is_booked(self, desk: Desk) -> None:
        self.lifted(desk)
        (waits,) = lifting.waiting_lifts(desk)
        assert (waits.item, waits.forum, waits.heading) == ("punkt-2", "reflektionsmote", "1101 AB")
        (item,) = book(desk).items
        assert item.carried_from == "punkt-2"
        assert lifting.waiting_lifts(desk) == ()

    def test_a_meeting_that_is_taken_away_lets_it_wait_again(self, desk: Desk) -> None:
        from app.services.meeting_removal import delete_meeting  # noqa: PLC0415

        self.lifted(desk)
        booked = book(desk)
        delete_meeting(desk, key=booked.key, expected_version=1)
        assert len(lifting.waiting_lifts(desk)) == 1

    def test_lifted_by_mistake_it_leaves_the_agenda(self, desk: Desk) -> None:
        book(desk)
        held = self.lifted(desk)
        items = tuple(replace(one, lifted_to=None) for one in held.value.items)
        meetings.save_meeting(desk, meeting=replace(held.value, items=items), expected_version=held.version)
        assert meetings.get_meeting(desk, key=f"reflektionsmote-{NEXT}").value.items == ()

    def test_saved_and_closed_and_approved_it_comes_once(self, desk: Desk) -> None:
        book(desk)
        approve(desk, self.lifted(desk))
        assert len(meetings.get_meeting(desk, key=f"reflektionsmote-{NEXT}").value.items) == 1

    def test_the_answer_is_taken_up_where_it_was_lifted_from(self, desk: Desk) -> None:
        self.lifted(desk)
        there = book(desk)
        opened = meetings.open_meeting(desk, key=there.key, expected_version=1)
        (item,) = opened.value.items
        dealt = replace(opened.value, items=(replace(item, decisions=("Sällskap efter middagen.",)),))
        saved = meetings.save_meeting(desk, meeting=dealt, expected_version=opened.version)
        meetings.close_meeting(desk, key=there.key, expected_version=saved.version)
        with pytest.raises(Refused, match="return_not_booked"):
            lifting.return_item(desk, item=item.key)
        book(desk, forum="teammote", ward="norr", day=NEXT + dt.timedelta(days=7))
        key = lifting.return_item(desk, item=item.key)
        back = meetings.get_meeting(desk, key=key).value.items[-1]
        assert back.carried_from == item.key
        assert "Sällskap efter middagen." in (back.text or "")
        with pytest.raises(Refused, match="return_there"):
            lifting.return_item(desk, item=item.key)

    def test_outward_it_is_a_question_that_waits_until_somebody_writes_the_answer(self, desk: Desk) -> None:
        man = Outsider("God man Karin Ek")
        held = hold(desk, changed={
            "punkt-3": {"notes": "Glasögon.", "lifted_to": OUTSIDE, "lifted_recipient": man},
        })  # fmt: skip
        approve(desk, held)
        (one,) = questions.open_questions(desk)
        assert (one.asked, one.answers, one.customer) == (questions.Asked.OUTSIDE, man, "kund-2")
        questions.answer_question(desk, item="punkt-3", question=one.question, answer="Ja, efter den 25.")
        assert questions.open_questions(desk) == ()
        with pytest.raises(Refused, match="question_answered"):
            questions.answer_question(desk, item="punkt-3", question=one.question, answer="Nej.")
        checks.check_open(desk)
        questions.take_back_answer(
            desk, item="punkt-3", question=one.question, answer="Ja, efter den 25.", asked_of=man
        )  # fmt: skip
        assert len(questions.open_questions(desk)) == 1


class TestComments:
    def out(self, desk: Desk) -> Stored[Meeting]:
        held = hold(desk, changed={"punkt-2": {"notes": "Fallrisk."}})
        until = TODAY + dt.timedelta(days=5)
        return circulation.circulate(desk, key="teammote-1", until=until, expected_version=held.version)

    def test_who_was_called_comments_and_the_writer_settles(self, desk: Desk) -> None:
        self.out(desk)
        bo, anna = seated(desk, Role.CARE_STAFF, member="bo-ek"), seated(desk, Role.LICENSED, member="anna-berg")
        assert [one.meeting for one in after_today.after_today(bo).comment] == ["teammote-1"]
        made = circulation.write_comment(bo, meeting="teammote-1", item="punkt-2", text=" Fel rum. ")
        assert after_today.after_today(bo).comment == ()
        (waits,) = after_today.after_today(anna).settle
        assert waits.count == 1
        with pytest.raises(NotAllowed):
            circulation.settle_comment(bo, comment=made.key, expected_version=1)
        circulation.settle_comment(anna, comment=made.key, answer="Rättat.", expected_version=1)
        found = circulation.afterwards_of(bo, meeting="teammote-1")
        assert [(one.text, one.answer, one.open) for one in found.comments] == [("Fel rum.", "Rättat.", False)]
        assert found.open_comments() == 0
        with pytest.raises(Refused, match="comment_settled"):
            circulation.remove_comment(bo, comment=made.key)

    def test_nobody_else_comments_and_nothing_is_said_of_points_that_are_hidden(self, desk: Desk) -> None:
        self.out(desk)
        circulation.write_comment(desk, meeting="teammote-1", item="punkt-2", text="Om kunden.")
        reader = seated(desk, Role.READER)
        assert circulation.afterwards_of(reader, meeting="teammote-1").comments == ()
        with pytest.raises(NotAllowed, match="comment_not_called"):
            circulation.write_comment(reader, meeting="teammote-1", text="Hej")

    def test_minutes_that_are_not_out_take_no_comments(self, desk: Desk) -> None:
        hold(desk)
        with pytest.raises(Refused, match="comment_closed"):
            circulation.write_comment(desk, meeting="teammote-1", text="Hej")

    def test_having_nothing_to_say_is_remembered_until_they_go_out_again(self, desk: Desk) -> None:
        self.out(desk)
        bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
        (row,) = after_today.after_today(bo).comment
        after_today.nothing_to_comment(bo, mark=row.mark)
        assert after_today.after_today(bo).comment == ()


class TestVersions:
    def test_each_has_its_digest_in_the_log_and_differs_word_by_word(self, desk: Desk) -> None:
        held = hold(desk, changed={"punkt-2": {"notes": "Hög fallrisk i natt."}})
        sent = circulation.circulate(desk, key="teammote-1", until=TODAY, expected_version=held.version)
        first, second, *rest = sent.value.items
        changed = replace(sent.value, items=(first, replace(second, notes="Hög fallrisk i går."), *rest))
        saved = meetings.save_meeting(desk, meeting=changed, expected_version=sent.version)
        approve(desk, saved)
        versions = circulation.afterwards_of(desk, meeting="teammote-1").versions
        assert [one.kind for one in versions] == [VersionKind.CIRCULATED, VersionKind.APPROVED]
        with past_the_desk(desk) as work:
            logged = work.session.scalars(
                select(m.AuditEntry.reason).where(m.AuditEntry.action == "keep_minutes_version")
            ).all()
        assert logged == [f"{one.number}:{one.digest}" for one in versions]
        found = minutes_versions.compare_versions(desk, meeting="teammote-1", older=1, newer=2)
        (pair,) = [one for one in found.pairs if one.differs and one.heading == "1101 AB"]
        assert [text for mark, text in pair.left if mark is Mark.GONE] == ["natt"]
        assert [text for mark, text in pair.right if mark is Mark.NEW] == ["går"]

    def test_a_reader_sees_a_version_as_little_as_the_minutes(self, desk: Desk) -> None:
        approve(desk, hold(desk, changed={"punkt-2": {"notes": "Fallrisk."}, "punkt-4": {"notes": "I juni."}}))
        reader = seated(desk, Role.READER)
        told = repr(minutes_versions.compare_versions(reader, meeting="teammote-1", older=1, newer=0))
        assert "I juni." in told
        assert "Fallrisk" not in told
        assert "1101" not in told

    def test_what_lives_on_after_approval_is_no_change_of_the_text(self, desk: Desk) -> None:
        todo = Action(key="a-1", text="Beställ", responsible="bo-ek")
        held = approve(desk, hold(desk, changed={"punkt-2": {"notes": "Fallrisk.", "actions": (todo,)}}))
        actions.complete_action(desk, key="a-1", result="Gjort.", expected_version=1)
        looking_ahead.leave_out(desk, item="punkt-4", left_out=True)
        meetings.add_addition(desk, key="teammote-1", text="Rättelse.", expected_version=held.version + 1)
        endings.merge_members(desk, keep="gun-holm", drop="anna-berg")
        endings.merge_members(desk, keep="cia-dahl", drop="gun-holm")
        assert checks.check_open(desk).rows["minutes_versions"] == 2

    @pytest.mark.parametrize(
        "change",
        [
            update(m.Item).where(m.Item.key == "punkt-2").values(notes="Något annat."),
            update(m.Decision).values(text="Ett annat beslut."),
            update(m.Action).values(text="En annan åtgärd."),
            update(m.Meeting).where(m.Meeting.key == "teammote-1").values(status="draft"),
            update(m.MinutesVersion).values(content="{}"),
            update(m.MinutesVersion).values(digest="0"),
            delete(m.MinutesVersion),
            delete(m.Decision),
        ],
    )
    def test_a_change_past_the_program_is_told(self, desk: Desk, change: object) -> None:
        todo = Action(key="a-1", text="Beställ", responsible="bo-ek")
        written: dict[str, object] = {"notes": "Fallrisk.", "decisions": ("Larmmatta.",), "actions": (todo,)}
        approve(desk, hold(desk, changed={"punkt-2": written}))
        checks.check_open(desk)
        with past_the_desk(desk, writing=True) as work:
            work.session.execute(change)  # type: ignore[call-overload] # any statement
            work.commit()
        with pytest.raises(StorageFault, match="minutes_changed"):
            checks.check_open(desk)

    def test_a_label_of_before_is_not_shown_when_the_identity_is_protected_since(self, desk: Desk) -> None:
        approve(desk, hold(desk, changed={"punkt-2": {"notes": "Fallrisk."}}))
        with past_the_desk(desk, writing=True) as work:
            hidden = update(m.Customer).where(m.Customer.key == "kund-1")
            work.session.execute(hidden.values(protected=True, code="Lind 4"))
            work.commit()
        told = repr(minutes_versions.compare_versions(desk, meeting="teammote-1", older=1, newer=0))
        assert "Lind 4" in told
        assert "1101 AB" not in told
        checks.check_open(desk)


class TestReading:
    def test_those_called_are_asked_until_they_have_read_and_anew_after_an_addition(self, desk: Desk) -> None:
        held = approve(desk, hold(desk))
        bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
        assert [one.meeting for one in after_today.after_today(bo).read] == ["teammote-1"]
        assert minutes_readers.mark_read(bo, meeting="teammote-1") == 1
        assert after_today.after_today(bo).read == ()
        found = circulation.afterwards_of(desk, meeting="teammote-1")
        assert {one.name: one.has_read(found.latest) for one in found.readers} == {
            "Anna Berg": False, "Bo Ek": True, "Eva Chef": False,
        }  # fmt: skip
        meetings.add_addition(desk, key="teammote-1", text="Rättelse.", expected_version=held.version)
        assert [one.meeting for one in after_today.after_today(bo).read] == ["teammote-1"]
        minutes_readers.mark_read(bo, meeting="teammote-1")
        minutes_readers.unmark_read(bo, meeting="teammote-1")
        assert len(after_today.after_today(bo).read) == 1

    def test_minutes_that_do_not_concern_her_are_not_hers_to_mark(self, desk: Desk) -> None:
        approve(desk, hold(desk))
        with pytest.raises(NotAllowed, match="read_not_called"):
            minutes_readers.mark_read(seated(desk, Role.LICENSED, member="dan-falk"), meeting="teammote-1")

    def test_who_approves_has_read(self, desk: Desk) -> None:
        held = hold(desk)
        anna = seated(desk, Role.MANAGER, member="anna-berg")
        approve(anna, held)
        assert after_today.after_today(anna).read == ()


class TestApproving:
    def test_a_convenor_who_named_another_leaves_it_to_her(self, desk: Desk) -> None:
        stored = meetings.get_meeting(desk, key="teammote-1")
        led = replace(stored.value, chair="bo-ek", approver="gun-holm", secretary="dan-falk")
        saved = meetings.save_meeting(desk, meeting=led, expected_version=stored.version)
        bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
        closed = meetings.close_meeting(bo, key="teammote-1", expected_version=saved.version)
        with pytest.raises(NotAllowed):
            approve(bo, closed)
        assert approve(desk, closed).value.approver == Outsider("Eva Chef"), "who approved is who stands there"


class TestTheWay:
    def test_it_is_the_same_from_each_station(self, desk: Desk) -> None:
        booked = book(desk)
        held = hold(desk, changed={"punkt-2": {"notes": "Orolig.", "lifted_to": "reflektionsmote"}})
        approve(desk, held)
        (lifted,) = meetings.get_meeting(desk, key=booked.key).value.items
        ways = [trails.trail_of(desk, item=key).stations for key in ("punkt-2", lifted.key)]
        assert [[one.item for one in way] for way in ways] == [["punkt-2", lifted.key]] * 2
        assert [[one.here for one in way] for way in ways] == [[True, False], [False, True]]
        first, second = ways[0]
        assert first.came == ("Lyft till Reflektionsmöte",)
        assert (second.how, second.came) == ("Lyft hit", ("Planerad",))

    def test_who_may_not_see_the_customer_sees_that_there_was_something(self, desk: Desk) -> None:
        book(desk)
        hold(desk, changed={"punkt-2": {"notes": "Orolig.", "lifted_to": "reflektionsmote"}})
        found = trails.trail_of(seated(desk, Role.READER), item="punkt-2")
        assert {(one.heading, one.came, one.hidden) for one in found.stations} == {("Kundärende", (), True)}

    def test_a_planned_point_that_was_nowhere_has_no_way(self, desk: Desk) -> None:
        assert not trails.trail_of(desk, item="punkt-4").has_way
