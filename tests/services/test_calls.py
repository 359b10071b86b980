"""Calls: who, when and where without a word of any customer, the mark that they went out, and the way back."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain import calls as rules
from app.domain.calls import Call
from app.domain.catalogue import Setting
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.people import Outsider
from app.domain.roles import Role
from app.domain.team import Member
from app.exchange.calendar_file import write_calendar
from app.reports import call as report
from app.services import call_reminders, calls, meeting_times, meetings, papers, publishing, transfer, units
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.services.calls import SECRET
from tests.support import TODAY, fill, seated, solgarden

APT = next(one for one in load_lists().catalogue.all if one.key == "apt")
AT = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def pdf_text(*found: Call) -> str:
    out = io.BytesIO()
    report.draw(found, out)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages)


def changed(desk: Desk, **more: object) -> Meeting:
    stored = meetings.get_meeting(desk, key="teammote-1")
    return meetings.save_meeting(
        desk, meeting=replace(stored.value, **more), expected_version=stored.version  # type: ignore[arg-type]
    ).value  # fmt: skip


def test_a_call_says_who_when_where_what_to_prepare_and_the_points_so_far(desk: Desk) -> None:
    found = calls.call_of(desk, key="teammote-1")
    assert (found.heading, found.place, found.date) == ("Teammöte Norr", "Norr", dt.date(2026, 3, 3))
    assert [one.words for one in found.called] == [
        "Eva Chef, enhetschef", "Anna Berg, sjuksköterska", "Bo Ek, undersköterska",
    ]  # fmt: skip
    assert [one.heading for one in found.points][1:3] == ["Kundärende", "Kundärende"]
    assert found.prepare[0].startswith("Läs på om mötets 2 kunder")
    assert found.prepare[-1] == "Kan du inte komma: säg till Eva Chef och ordna en ersättare."
    text = pdf_text(found)
    for word in ("Kallelse", "Teammöte Norr", "13.00–13.30", "Anna Berg", "Förbered", "Punkter hittills"):
        assert word in text


def test_nothing_of_a_customer_is_on_paper_or_in_the_calendar(furnished: Desk) -> None:
    found = calls.calls_of_period(furnished, from_=dt.date(2026, 1, 1), to=dt.date(2026, 12, 31))
    assert len(found) == 10
    whole = pdf_text(*found) + write_calendar(found, at=AT).decode()
    assert SECRET not in whole.replace("\r\n ", "").casefold()
    assert "kund-" not in whole


@pytest.mark.parametrize(
    "typed", ["1101 AB", "Samtal om AB", "ABs fall", "a-b har ramlat", "Gran 7", "gran 7s son", "1102", "EF sover"]
)
def test_what_somebody_typed_that_names_a_customer_is_left_out(desk: Desk, typed: str) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    point = Item(key="ny", heading=typed, kind=ItemKind.ADDED, presenter=Outsider(typed))
    changed(desk, items=(*stored.value.items, point), place=typed, title=typed, link=typed)
    kept = meetings.get_meeting(desk, key="teammote-1")
    meetings.cancel_meeting(desk, key="teammote-1", reason=f"Ingen var där: {typed}", expected_version=kept.version)
    found = calls.call_of(desk, key="teammote-1")
    assert (found.place, found.link, found.cancelled_reason, found.points[-1].heading) == (
        None,
        None,
        None,
        "Kundärende",
    )
    meetings.reinstate_meeting(desk, key="teammote-1", expected_version=kept.version + 1)
    found = calls.call_of(desk, key="teammote-1")
    whole = pdf_text(found) + write_calendar([found], at=AT).decode()
    assert typed not in whole


@pytest.mark.parametrize("typed", ["Abborrfiske", "Nycklar", "Grannsamverkan", "Kl 13", "Absolut tystnad"])
def test_what_only_looks_like_a_customer_is_told(desk: Desk, typed: str) -> None:
    meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading=typed))
    assert typed in [one.heading for one in calls.call_of(desk, key="teammote-1").points]


def test_that_the_call_went_out_is_noted_and_a_move_makes_it_another(desk: Desk) -> None:
    assert rules.state_words(meetings.get_meeting(desk, key="teammote-1").value) == "Inte kallad än"
    (went,) = calls.announce(desk, keys=("teammote-1",))
    stored = meetings.get_meeting(desk, key="teammote-1")
    assert (stored.value.announced_on, rules.state_words(stored.value)) == (TODAY, "Kallad mån 2 mars")
    assert calls.call_of(desk, key="teammote-1").kind == "Kallelse"
    assert calls.announce(desk, keys=("teammote-1",)) == (), "once is enough"
    meeting_times.move_meeting(
        desk, key="teammote-1", date=dt.date(2026, 3, 4), start=dt.time(9), end=dt.time(10),
        expected_version=stored.version,
    )  # fmt: skip
    moved = calls.call_of(desk, key="teammote-1")
    assert (moved.kind, moved.sequence) == ("Ändrad kallelse", 1)
    assert "Ändrad kallelse" in pdf_text(moved)
    assert "Kalla igen" in rules.state_words(meetings.get_meeting(desk, key="teammote-1").value)
    with pytest.raises(Conflict):
        calls.take_back_announcements(desk, announced=(went,))
    (again,) = calls.announce(desk, keys=("teammote-1",))
    assert calls.call_of(desk, key="teammote-1").kind == "Kallelse"
    calls.take_back_announcements(desk, announced=(again,))
    assert rules.is_changed(meetings.get_meeting(desk, key="teammote-1").value)


def test_a_save_never_moves_the_mark_and_another_agenda_is_no_other_call(desk: Desk) -> None:
    calls.announce(desk, keys=("teammote-1",))
    kept = changed(desk, announced_on=None, announced_sequence=7, sequence=40, title="Vårmöte")
    assert (kept.announced_on, kept.announced_sequence, kept.sequence) == (TODAY, 0, 0)
    assert changed(desk, place="Sal B").sequence == 1
    assert changed(desk, start=dt.time(13, 10)).sequence == 2


def test_who_calls_is_whoever_writes_the_meeting(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        calls.announce(seated(desk, Role.CARE_STAFF, member="bo-ek"), keys=("teammote-1",))
    changed(desk, chair="bo-ek")
    assert len(calls.announce(seated(desk, Role.CARE_STAFF, member="bo-ek"), keys=("teammote-1",))) == 1


def test_another_units_account_gets_no_call(desk: Desk) -> None:
    other = seated(desk, Role.MANAGER, units=frozenset({"annan-enhet"}))
    with pytest.raises(NotAllowed):
        calls.call_of(other, key="teammote-1")
    with pytest.raises(NotAllowed):
        calls.calls_of_period(other, from_=TODAY, to=dt.date(2026, 3, 31), unit="solgarden")
    with pytest.raises(Refused, match="period_empty"):
        calls.calls_of_period(other, from_=TODAY, to=dt.date(2026, 3, 31))


def test_the_identity_is_the_same_in_a_database_that_was_exported_and_taken_in(desk: Desk) -> None:
    before = calls.call_of(desk, key="teammote-1").uid
    meeting_times.move_meeting(
        desk, key="teammote-1", date=dt.date(2026, 3, 9), start=dt.time(9), end=dt.time(10), expected_version=1
    )
    document = transfer.read_document(desk)
    (kept,) = [one for one in document.meetings if one.key == "teammote-1"]
    assert rules.uid_of(unit=kept.unit, meeting=kept.key) == before == calls.call_of(desk, key="teammote-1").uid
    assert "teammote" not in before


def over_the_year(desk: Desk, **more: object) -> tuple[Call, ...]:
    """A weekly meeting on Sundays around both changes of clocks in 2027."""
    whole = solgarden()
    (first,) = whole.meetings
    days = (dt.date(2027, 3, 21), dt.date(2027, 3, 28), dt.date(2027, 10, 24), dt.date(2027, 10, 31))
    made = tuple(replace(first, key=f"sondag-{n}", date=day, items=(), **more) for n, day in enumerate(days))  # type: ignore[arg-type]
    fill(desk, replace(whole, meetings=made))
    return calls.calls_of_period(desk, from_=dt.date(2027, 1, 1), to=dt.date(2027, 12, 31))


def test_thirteen_is_thirteen_before_and_after_the_clocks_change(desk: Desk) -> None:
    data = write_calendar(over_the_year(desk), at=AT)
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    starts = [event.start for event in calendar.events]
    instants = [f"{one.astimezone(dt.UTC):%m-%d %H:%M}" for one in starts if isinstance(one, dt.datetime)]
    assert instants == ["03-21 12:00", "03-28 11:00", "10-24 11:00", "10-31 12:00"]
    (zone,) = calendar.timezones
    assert str(zone["TZID"]) == "Europe/Stockholm"
    told, ours = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Stockholm")
    for day in range(3 * 366):
        for hour in (0, 1, 2, 3, 12):
            moment = dt.datetime(2026, 1, 1, hour, 30, tzinfo=dt.UTC) + dt.timedelta(days=day)
            assert moment.astimezone(told).utcoffset() == moment.astimezone(ours).utcoffset(), moment
    assert data == write_calendar(over_the_year_again(desk), at=AT), "the same calls give the same bytes"


def over_the_year_again(desk: Desk) -> tuple[Call, ...]:
    return calls.calls_of_period(desk, from_=dt.date(2027, 1, 1), to=dt.date(2027, 12, 31))


def test_an_invitation_has_organizer_and_attendees_where_addresses_are_known(desk: Desk) -> None:
    whole = solgarden()
    mails = {"eva-chef": "eva@kommun.example", "anna-berg": "anna@kommun.example", "bo-ek": "inte en adress\r\nX:1"}
    fill(desk, replace(whole, members=tuple(replace(one, email=mails.get(one.key)) for one in whole.members)))
    found = calls.call_of(desk, key="teammote-1")
    text = write_calendar([found], at=AT, invite=True).decode().replace("\r\n ", "")
    assert "METHOD:REQUEST" in text
    assert 'ORGANIZER;CN="Eva Chef":mailto:eva@kommun.example' in text
    assert text.count("\r\nATTENDEE") == 2
    assert "inte en adress" not in text
    cancelled = replace(found, cancelled=True, sequence=3)
    text = write_calendar([cancelled], at=AT, invite=True).decode()
    assert "METHOD:CANCEL" in text
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:3" in text


@pytest.mark.parametrize(
    "typed", ["A;B,C\\D", "rad\r\nATTENDEE:mailto:x@y.z", "END:VEVENT\nBEGIN:VALARM", "🎂 عربى", "x" * 400]
)
def test_hostile_text_stays_text_in_the_calendar(desk: Desk, typed: str) -> None:
    changed(desk, place=typed)
    found = calls.call_of(desk, key="teammote-1")
    calendar = icalendar.Calendar.from_ical(write_calendar([found], at=AT))
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.events
    assert str(event["LOCATION"]) == typed.replace("\r\n", "\n")
    assert "ATTENDEE" not in event
    assert event.subcomponents == []


def adjusted(desk: Desk, **own: object) -> None:
    forum = desk.catalogue.forum(Setting.SARSKILT_BOENDE, "teammote")
    assert forum is not None
    units.adjust_forum(desk, unit="solgarden", own=replace(forum, **own))  # type: ignore[arg-type]


def told(desk: Desk) -> list[str]:
    return [one.sentence for one in call_reminders.call_reminders(desk)]


def test_who_is_co_opted_is_called_when_the_day_has_come_and_then_no_more(desk: Desk) -> None:
    whole = solgarden()
    (first,) = whole.meetings
    diet = Member(key="mia-diet", name="Mia Diet", profession="Dietist", units=("solgarden",))
    later = replace(first, date=dt.date(2026, 3, 12), participants=(*first.participants, "mia-diet"))
    fill(desk, replace(whole, members=(*whole.members, diet), meetings=(later,)))
    leader = seated(desk, Role.MANAGER, member="eva-chef")
    assert told(leader) == [], "no day is set"
    adjusted(desk, notice_days=9)
    assert told(leader) == []
    adjusted(desk, notice_days=10)
    assert told(leader) == ["Kalla Mia Diet till Teammöte Norr 12 mars"]
    assert told(desk) == told(leader), "an enhetschef outside the team answers for every meeting"
    assert told(seated(desk, Role.LICENSED, member="anna-berg")) == [], "it is for whoever leads"
    calls.announce(leader, keys=("teammote-1",))
    assert told(leader) == []
    stored = meetings.get_meeting(desk, key="teammote-1")
    moved = replace(stored.value, start=dt.time(12, 30))
    meetings.save_meeting(desk, meeting=moved, expected_version=stored.version)
    assert told(leader) == ["Kalla igen till Teammöte Norr 12 mars: mötet är ändrat"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (11, ""), (10, "stänger i dag"), (9, "stänger i morgon"), (8, "stänger om 2 dagar"), (7, ""),
    ],
)  # fmt: skip
def test_whoever_leads_is_told_when_the_agenda_closes(desk: Desk, days: int, said: str) -> None:
    whole = solgarden()
    fill(desk, replace(whole, meetings=(replace(whole.meetings[0], date=dt.date(2026, 3, 12)),)))
    adjusted(desk, closes_days=days)
    found = call_reminders.call_reminders(desk)
    closing = [one.sentence for one in found if not one.done_here]
    assert closing == ([f"Dagordningen till Teammöte Norr 12 mars {said}"] if said else [])
    closed = [one.sentence for one in found if one.done_here]
    assert closed == (["Publicera dagordningen till Teammöte Norr 12 mars: den har stängt"] if days == 11 else [])
    if days == 11:
        publishing.publish_agenda(desk, key="teammote-1")
    assert not any(one.done_here for one in call_reminders.call_reminders(desk))
    on = dt.date(2026, 3, 12) - dt.timedelta(days=days)
    assert call_reminders.agenda_states(desk, to=dt.date(2026, 3, 31)) == {
        "teammote-1": call_reminders.AgendaState(closes_on=on, is_published=days == 11)
    }
    assert calls.call_of(desk, key="teammote-1").closes_on == on
    assert papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.AGENDA).closes_on == on


@given(days=st.integers(-5, 10**9), ahead=st.integers(0, 400))
def test_any_number_of_days_gives_a_day_before_the_meeting_or_none(days: int, ahead: int) -> None:
    forum = replace(APT, closes_days=days, notice_days=days)
    day = TODAY + dt.timedelta(days=ahead)
    for found in (rules.closing_day(forum, day), rules.notice_day(forum, day)):
        assert (found is None) == (days <= 0)
        assert found is None or found < day
