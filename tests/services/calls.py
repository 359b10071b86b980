"""One realistic call of every service function on the small unit's database, for every test that has to try them all.

`furnish` fills the database of `tests.support` so that each call has something to work on; `CALLS` has one entry for
each function that takes a desk. A new service function gets its entry here, or the tests fail and name it. What a call
needs to know beforehand (versions, whole values) it reads past the desk, so that nothing but the function itself can
refuse the person at it.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import inspect
import pkgutil
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

import app.services
from app import models as m
from app.domain import checklist_runs as checklist_rules
from app.domain.accounts import Account, NewAccount
from app.domain.activities import Activity
from app.domain.attachments import Attachment, AttachmentFile
from app.domain.availability import Absence, AbsenceKind, Room, Travel
from app.domain.busy import BusyFile, BusyTime
from app.domain.catalogue import Setting
from app.domain.checklist_runs import Run, RunChange
from app.domain.customers import Contacts, Customer, CustomerStatus
from app.domain.document import Document
from app.domain.file_kinds import FileKind
from app.domain.instruments import Band, Instrument
from app.domain.letters import Letter, LetterPart, LetterStatus, PartKind
from app.domain.meeting_templates import MeetingTemplate, TemplateContent, TemplateItem, Wanted
from app.domain.meetings import (
    Action,
    ActionRow,
    ActionStatus,
    Addition,
    Assessment,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Journal,
    Meeting,
    MeetingStatus,
    NextMeeting,
    Participation,
    Question,
)
from app.domain.minutes import VersionKind
from app.domain.occasions import Cover
from app.domain.people import Outsider, Person
from app.domain.preparations import Preparation, PreparationChange, PreparationKind
from app.domain.proposed_year import ProposedMeeting
from app.domain.roles import Role
from app.domain.sick_call import Reported
from app.domain.stored import Stored
from app.domain.team import HandOver, Member
from app.domain.turns import Turn
from app.domain.units import Unit
from app.services import (
    absences,
    access,
    accounts,
    action_papers,
    actions,
    activities,
    after_today,
    attachment_records,
    attachments,
    backups,
    busy_times,
    call_reminders,
    calls,
    changes,
    checklist_records,
    checklist_runs,
    checklists,
    checks,
    circulation,
    clashes,
    councils,
    covers,
    customer_history,
    customer_view,
    customers,
    disposal,
    drafts,
    emergency,
    endings,
    envelope,
    expiry,
    handing_on,
    handover,
    holds,
    imports,
    instruments,
    journal,
    journal_waits,
    leaving,
    letter_papers,
    letter_records,
    letters,
    lifting,
    log,
    log_end,
    log_review,
    looking_ahead,
    meeting_lists,
    meeting_records,
    meeting_removal,
    meeting_templates,
    meeting_times,
    meetings,
    minutes_keeping,
    minutes_readers,
    minutes_versions,
    misses,
    moving,
    own_preparations,
    papers,
    participation,
    participation_waits,
    planning_records,
    points,
    preferences,
    preparations,
    presenting,
    proposals,
    publishing,
    questions,
    register_records,
    regrets,
    review,
    rooms,
    search,
    short_meetings,
    sick_call,
    sight,
    spelling,
    team,
    text_modules,
    today,
    trails,
    transfer,
    turn_reasons,
    turns,
    units,
    week_papers,
    year_plan,
    year_wheel,
)
from app.services.attachments import Reason
from app.services.desk import Desk
from app.services.papers import Purpose
from app.services.records import Directory
from app.storage.audit import Event
from tests.services import coordination_calls
from tests.services.coordination_calls import COORDINATION_CALLS
from tests.services.planning_calls import PLANNING_CALLS, TEAM_SERIES
from tests.support import PASSWORD, TODAY, fill, past_the_desk, solgarden, surroundings, team_meeting, tied

Call = Callable[[Desk], object]
Service = Callable[..., object]

INSIDE = {
    "may_at", "myself", "own_forum", "require_unit", "require_every_unit",
    "require_every_unit_of", "draft_meeting", "next_meeting", "log_read", "read_problem",
    "sees_every_customer", "sees_all", "sees_customer", "has_role", "within_reach", "without_details",
    "review_forum", "change_case", "moment", "with_new_series", "knows_why", "require_reader", "require_writing",
}  # fmt: skip
"""Parts of services that run inside another one, which has checked; so do those that are handed a unit of work."""

SECRET = "kanarie"
OTHER_PASSWORD = "sommarkväll 8813 brygga"
"""Stands in every text of the furnished database that says something of a customer."""


@functools.cache
def services() -> tuple[Service, ...]:
    """Every function of `app.services` that takes a desk and is a gesture of its own."""
    return tuple(_services())


def _services() -> Iterator[Service]:
    for found in pkgutil.iter_modules(app.services.__path__):
        module = importlib.import_module(f"app.services.{found.name}")
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
            if own and name not in INSIDE:
                parameters = list(inspect.signature(function).parameters)
                if parameters[:1] == ["desk"] and "work" not in parameters:
                    yield function


def version(desk: Desk, table: Any, key: str) -> int:
    """The version at which a row stands."""
    with past_the_desk(desk) as work:
        return int(work.session.scalars(select(table.version).where(table.key == key)).one())


def _meeting(desk: Desk, key: str) -> Meeting:
    """The meeting as the person sees it."""
    with past_the_desk(desk) as work:
        return sight.shown(desk, work, meeting_records.load(work.session, m.Meeting.key == key)[key][0])


def _one(desk: Desk, load: Callable[..., dict[str, tuple[Any, int]]], key: str) -> Any:
    with past_the_desk(desk) as work:
        return load(work.session)[key][0]


def _step(step: Service, key: str, **given: Any) -> Call:
    return lambda desk: step(desk, key=key, expected_version=version(desk, m.Meeting, key), **given)


def _customer(service: Service, **given: Any) -> Call:
    return lambda desk: service(desk, key="kund-1", expected_version=version(desk, m.Customer, "kund-1"), **given)


def _action(service: Service, key: str) -> Call:
    return lambda desk: service(desk, key=key, expected_version=version(desk, m.Action, key))


def _save_meeting(desk: Desk) -> object:
    changed = replace(_meeting(desk, "teammote-1"), place="Sal B")
    expected = version(desk, m.Meeting, "teammote-1")
    return meetings.save_meeting(desk, meeting=changed, expected_version=expected)


def _save_customer(desk: Desk) -> object:
    changed = replace(_one(desk, register_records.load_customers, "kund-1"), apartment=f"{SECRET} 2")
    return customers.save_customer(desk, customer=changed, expected_version=version(desk, m.Customer, "kund-1"))


def _save_member(desk: Desk) -> object:
    changed = replace(_one(desk, register_records.load_members, "dan-falk"), phone="040-123")
    return team.save_member(desk, member=changed, expected_version=version(desk, m.Member, "dan-falk"))


def _save_unit(desk: Desk) -> object:
    changed = replace(_one(desk, register_records.load_units, "solgarden"), name="Solgården 2")
    return units.save_unit(desk, unit=changed, expected_version=version(desk, m.Unit, "solgarden"))


def _adjust_forum(desk: Desk) -> object:
    forum = desk.catalogue.forum(Setting.SARSKILT_BOENDE, "teammote")
    assert forum is not None
    return units.adjust_forum(desk, unit="solgarden", own=replace(forum, place="Matsalen"))


def _remove_instrument(desk: Desk) -> object:
    (own,) = _one(desk, register_records.load_units, "solgarden").instruments
    return instruments.remove_instrument(desk, unit="solgarden", expected=own)


def _set_action(desk: Desk) -> object:
    changed = Action(key="att-gora", text="", responsible="bo-ek", due=TODAY, status=ActionStatus.OPEN)
    return actions.set_action(desk, action=changed, expected_version=version(desk, m.Action, "att-gora"))


def _participation(desk: Desk) -> object:
    told = Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish=SECRET)
    expected = version(desk, m.Meeting, "teammote-1")
    return participation.write_participation(
        desk, meeting="teammote-1", item="punkt-2", participation=told, expected_version=expected
    )


def _new_account(desk: Desk) -> object:
    new = Account(user="ny", full_name="Ny", role=Role.CARE_STAFF, units=("solgarden",), member=None, active=True)
    return accounts.add_account(desk, surroundings(), account=new, password=PASSWORD)


def _new_accounts(desk: Desk) -> object:
    new = Account(user="ny", full_name="Ny", role=Role.CARE_STAFF, units=("solgarden",), member=None, active=True)
    return accounts.add_accounts(desk, surroundings(), new=[NewAccount(new, OTHER_PASSWORD)])


def _save_account(desk: Desk) -> object:
    with past_the_desk(desk) as work:
        expected = work.session.scalars(select(m.Account.version).where(m.Account.user == "siv")).one()
    changed = Account(user="siv", full_name="Siv", role=Role.SECRETARY, units=("solgarden",), member=None, active=True)
    return accounts.save_account(desk, account=changed, expected_version=expected)


def _new_meeting(key: str = "nytt-mote") -> Meeting:
    return replace(team_meeting(), key=key, date=TODAY + dt.timedelta(days=20), chair=None, items=())


def _delete_member(desk: Desk) -> object:
    return team.delete_member(desk, key="ulla-ny", expected_version=version(desk, m.Member, "ulla-ny"))


def _hand_over(desk: Desk, key: str) -> object:
    """All that she holds goes to another."""
    with past_the_desk(desk) as work:
        held = [one.reference for one in leaving._held(desk, work, key)]
    takers = [HandOver(kind=one.kind, key=one.key, to="gun-holm") for one in held]
    return leaving.hand_over(desk, key=key, last_day=TODAY, takers=takers)


def _move(desk: Desk) -> object:
    folder = Path(tempfile.mkdtemp())
    try:
        return moving.move_database(desk, to=folder / "flyttad.tfdb")
    finally:
        shutil.rmtree(folder)


def _followed(desk: Desk) -> object:
    following = changes.follow_changes(desk, on_change=lambda _: None, on_contact=lambda _: None)
    if following is not None:
        following.stop()
    return following is not None


def _announced(desk: Desk) -> calls.Announced:
    return calls.Announced(
        meeting="teammote-1", before=None, before_sequence=0, version=version(desk, m.Meeting, "teammote-1")
    )


def _published(desk: Desk) -> publishing.Published:
    return publishing.Published(
        meeting="teammote-1", number=1, before_at=None, before_number=0, before_announced=None, before_sequence=0,
        version=version(desk, m.Meeting, "teammote-1"),
    )  # fmt: skip


def _take_back_item(desk: Desk) -> object:
    """A point that she has just added, and that nobody was shown."""
    key = "teammote-1-egen"
    added = meetings.propose_item(desk, meeting="teammote-1", item=Item(key=key, heading="Nycklar"))
    return points.take_back_item(desk, meeting="teammote-1", item=key, expected_version=added.version)


def _prepare(service: Service, key: str = "forb-las", **given: Any) -> Call:
    return lambda desk: service(desk, key=key, expected_version=version(desk, m.Preparation, key), **given)


def _own_prepared(service: Service, **given: Any) -> Call:
    return lambda desk: _prepare(service, _own_key(desk), **given)(desk)


def _own_key(desk: Desk) -> str:
    """Of her own, about a customer; of the sekreterare, who is no member, her own about nobody."""
    known = ("bo-ek", "anna-berg", "dan-falk", "hanna-lind")
    return f"forb-{desk.actor.member if desk.actor.member in known else 'siv'}"


def _own_taken_back(desk: Desk) -> object:
    """As if she had just begun a note on her own."""
    own = _own_key(desk)
    with past_the_desk(desk) as work:
        left = planning_records.load(work.session, planning_records.PREPARATIONS, m.Preparation.key == own)[own][0]
    change = PreparationChange(was=replace(left, note="Nästan klart"), left=left)
    return preparations.take_back_preparations(desk, changes=[change])


def _opening(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        return work.session.scalars(select(m.EmergencyAccess.id)).one()


def _lost_end(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        query = select(m.AuditEntry.sequence).where(m.AuditEntry.action == "log_anchor_missing")
        return work.session.scalars(query).one()


def _proposed(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        return work.session.scalars(select(m.Disposal.id)).one()


def _held_back(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        return work.session.scalars(select(m.Hold.id)).one()


def _run(service: Service, key: str = "lista", **given: Any) -> Call:
    return lambda desk: service(desk, key=key, expected_version=version(desk, m.ChecklistRun, key), **given)


def _take_back(desk: Desk) -> object:
    """The step that is ticked in `lista`, as if that had just been done."""
    with past_the_desk(desk) as work:
        left = checklist_records.read_run(desk, work, "lista")[0]
    change = RunChange(checklist_rules.untick(left, 1), left, 1)
    return checklist_runs.take_back(desk, change=change)


def _hers(desk: Desk) -> str:
    """The member of whoever is at the desk, for what each does for herself; else somebody of the team."""
    return desk.actor.member or "bo-ek"


def _absence(desk: Desk, key: str = "") -> Absence:
    day = TODAY + dt.timedelta(days=40)
    return Absence(key=key, member=_hers(desk), from_=day, to=day, kind=AbsenceKind.TRAINING)


_ASKED, _ANSWERED = "Får matsalen ny färg?", "Kommer en ny frys?"
_WAY = Travel(key="", from_="solgarden", to="lunden", minutes=10)
_THREE_WEEKS_AGO = dt.datetime.combine(TODAY - dt.timedelta(days=21), dt.time(7))
_MARCH = dt.date(2026, 3, 31)
_BUSY = BusyFile(
    first=TODAY, last=_MARCH, times=(BusyTime(uid="a@b", from_=dt.date(2026, 3, 9), to=dt.date(2026, 3, 10)),)
)
_PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def _file(key: str, *, item: str | None = None, name: str = "budget.png") -> AttachmentFile:
    return AttachmentFile(
        Attachment(
            key=key, unit="solgarden", meeting="teammote-1", item=item, number=1 if item is None else 2, name=name,
            kind=FileKind.PNG, size=len(_PNG), digest=sha256(_PNG).hexdigest(),
            added_at=dt.datetime.combine(TODAY, dt.time(8)), added_by="anna-berg",
        ),
        _PNG,
    )  # fmt: skip


_FILE = _file("fil-borta")
_LETTER = Letter(
    key="brev", unit="solgarden", year=2026, week=10, intro="Hej alla",
    parts=(
        LetterPart(kind=PartKind.NOTICE, heading="Ny larmknapp", text="Den sitter vid dörren."),
        LetterPart(kind=PartKind.MINUTES_WITH_FILES, heading="Teammöte", meeting="justerat"),
    ),
)  # fmt: skip
_TO_READ = Preparation(key="", meeting="teammote-1", kind=PreparationKind.READ, text="Nya rutinen")
_NEW_CUSTOMER = Customer(key="kund-ny", reference=f"{SECRET} ny", unit="solgarden", ward="norr")
_NEW_MEMBER = Member(key="", name="Pia Ny", profession="Undersköterska", units=("solgarden",))
_WALK = Activity(
    key="promenad", unit="solgarden", ward="norr", date=TODAY, start=dt.time(10), text="Promenad", leader="bo-ek"
)  # fmt: skip
_HERS = Activity(
    key="", unit="solgarden", ward="norr", date=TODAY + dt.timedelta(days=1), text="Bakar", customer="kund-1",
)  # fmt: skip
_TEMPLATE = MeetingTemplate(
    key="mallen", unit="solgarden", name="APT kort", forum="apt",
    content=TemplateContent(items=(TemplateItem(heading="Arbetsmiljö", minutes=10, presenter="eva-chef"),)),
)  # fmt: skip
_LEFT = ActionRow(
    key="justerat-a", text=f"{SECRET} åtgärd", responsible="gun-holm", responsible_name="Gun Holm", due=TODAY,
    status=ActionStatus.OPEN, follow_up=None, done_on=None, result=None, customer="kund-1", customer_label=SECRET,
    unit="solgarden", meeting="justerat", meeting_heading="Teammöte Norr", meeting_date=TODAY, item="justerat-2",
    item_heading=SECRET, version=1,
)  # fmt: skip
"""What `justerat` decided, which a point of `hallet` follows up."""
_KEPT = {"kind": "meeting", "key": "teammote-1"}

CALLS: dict[str, Call] = {
    # access, accounts
    "change_password": lambda d: access.change_password(d, surroundings(), old=PASSWORD, new=PASSWORD + " två"),
    "issue_recovery_key": access.issue_recovery_key,
    "recovery_key_waits": envelope.recovery_key_waits,
    "confirm_recovery_key": lambda d: envelope.confirm_recovery_key(d, typed=access.issue_recovery_key(d)),
    "list_accounts": accounts.list_accounts,
    "add_account": _new_account,
    "add_accounts": _new_accounts,
    "propose_accounts": accounts.propose_accounts,
    "save_account": _save_account,
    "reset_password": lambda d: accounts.reset_password(d, surroundings(), user="siv", password=OTHER_PASSWORD),
    "end_account": lambda d: accounts.end_account(d, user="siv"),
    # absences, rooms, regrets, covers
    "list_absences": absences.list_absences,
    "get_absence": lambda d: absences.get_absence(d, key=f"borta-{_hers(d)}"),
    "keep_absence": lambda d: absences.keep_absence(d, absence=_absence(d), expected_version=None),
    "remove_absence": lambda d: absences.remove_absence(d, key=f"borta-{_hers(d)}", expected_version=1),
    "called_meanwhile": lambda d: absences.called_meanwhile(d, absence=_absence(d)),
    # activities and templates
    "list_activities": lambda d: activities.list_activities(d, unit="solgarden", from_=TODAY, to=_MARCH),
    "add_activities": lambda d: activities.add_activities(d, activities=[replace(_WALK, key="")]),
    "save_activity": lambda d: activities.save_activity(d, activity=_WALK, expected_version=1),
    "remove_activities": lambda d: activities.remove_activities(d, activities=[Stored(_WALK, 1)]),
    "copy_activities": lambda d: activities.copy_activities(d, unit="solgarden", month=TODAY, to=dt.date(2026, 4, 1)),
    "activity_paper": lambda d: activities.activity_paper(d, unit="solgarden", month=TODAY),
    "own_activity_paper": lambda d: activities.own_activity_paper(d, unit="solgarden", month=TODAY, customer="kund-1"),
    "council_paper": lambda d: councils.council_paper(d, key="hallet"),
    "list_meeting_templates": meeting_templates.list_meeting_templates,
    "make_meeting_template": lambda d: meeting_templates.make_meeting_template(
        d, meeting="teammote-1", name="Vårt teammöte", wanted=Wanted()
    ),
    "keep_meeting_template": lambda d: meeting_templates.keep_meeting_template(
        d, template=replace(_TEMPLATE, name="Vår APT"), expected_version=1
    ),
    "remove_meeting_template": lambda d: meeting_templates.remove_meeting_template(d, key="mallen", expected_version=1),
    "list_rooms": rooms.list_rooms,
    "room_names": lambda d: rooms.room_names(d, unit="solgarden"),
    "keep_room": lambda d: rooms.keep_room(d, room=Room(key="", name="Stora", unit="solgarden"), expected_version=None),
    "remove_room": lambda d: rooms.remove_room(d, key="lilla-rummet", expected_version=1),
    "list_travel": rooms.list_travel,
    "keep_travel": lambda d: rooms.keep_travel(d, travel=_WAY, expected_version=None),
    "remove_travel": lambda d: rooms.remove_travel(d, key="till-backen", expected_version=1),
    "tell_regret": lambda d: regrets.tell_regret(d, meeting="apt-1", member=_hers(d), substitute=Outsider("Vikarie")),
    "take_back_regret": lambda d: regrets.take_back_regret(d, meeting="apt-1", member=_hers(d)),
    "own_regrets": lambda d: regrets.own_regrets(d, from_=TODAY, to=TODAY + dt.timedelta(days=7)),
    "regrets_to_me": regrets.regrets_to_me,
    "mark_regret_seen": lambda d: regrets.mark_regret_seen(d, mark="teammote-1|bo-ek||2026-03-02T09:00"),
    "covers_of": lambda d: covers.covers_of(d, meeting="apt-1"),
    "keep_covers": lambda d: covers.keep_covers(
        d, meeting="apt-1", covers=[Cover(ward="norr", who="gun-holm")], expected_version=None
    ),
    "sick_call": lambda d: sick_call.sick_call(d, members=("anna-berg",), day=TODAY + dt.timedelta(days=1)),
    "report_sick": lambda d: sick_call.report_sick(
        d, members=("anna-berg",), day=TODAY + dt.timedelta(days=1), instead={}
    ),
    "take_back_sick": lambda d: sick_call.take_back_sick(
        d, reported=Reported(absences=(), regrets=(("tomt", "bo-ek"),))
    ),
    # actions
    "list_actions": actions.list_actions,
    "count_actions": actions.count_actions,
    "complete_action": _action(actions.complete_action, "att-gora"),
    "reopen_action": _action(actions.reopen_action, "gjort"),
    "set_action": _set_action,
    "follow_up_action": _action(actions.follow_up_action, "gjort"),
    "take_back_follow_up": _action(
        functools.partial(actions.take_back_follow_up, effect=None, follow_up=None), "gjort"
    ),
    "earlier_times": lambda d: actions.earlier_times(d, key="igen"),
    "export_actions": lambda d: action_papers.export_actions(d, about="Enhetens"),
    "print_actions": lambda d: action_papers.print_actions(d, about="Enhetens"),
    "task_slips": action_papers.task_slips,
    # since the last shift
    "shift_handover": lambda d: handover.shift_handover(d, since=_THREE_WEEKS_AGO),
    "handover_paper": lambda d: handover.handover_paper(d, since=_THREE_WEEKS_AGO),
    "count_handover": handover.count_handover,
    # appendices
    "add_attachment": lambda d: attachments.add_attachment(d, meeting="teammote-1", name="bild.png", data=_PNG),
    "take_out": lambda d: attachments.take_out(d, key="fil-hallet", reason=Reason.SHOW),
    "retitle_attachment": lambda d: attachments.retitle_attachment(d, key="fil", title="Budget", expected_version=1),
    "remove_attachment": lambda d: attachments.remove_attachment(d, key="fil", expected_version=1),
    "put_back_attachment": lambda d: attachments.put_back_attachment(d, file=_FILE),
    # letters
    "list_letters": letters.list_letters,
    "get_letter": lambda d: letters.get_letter(d, key="brev-gammalt"),
    "offered_meetings": lambda d: letters.offered_meetings(d, unit="solgarden", year=2026, week=10),
    "keep_letter": lambda d: letters.keep_letter(d, letter=replace(_LETTER, key=""), expected_version=None),
    "remove_letter": lambda d: letters.remove_letter(d, key="brev", expected_version=1),
    "copy_letter": lambda d: letters.copy_letter(d, key="brev-gammalt"),
    "send_letter": lambda d: letters.send_letter(d, key="brev", expected_version=1, pdf=b"%PDF-1.7 brev"),
    "letter_paper": lambda d: letter_papers.letter_paper(d, key="brev-gammalt"),
    "sent_pdf": lambda d: letter_papers.sent_pdf(d, key="brev-gammalt"),
    # checklists
    "list_templates": checklists.list_templates,
    "list_runs": checklists.list_runs,
    "get_run": lambda d: checklists.get_run(d, key="lista-kund"),
    "own_steps": checklists.own_steps,
    "run_paper": lambda d: checklists.run_paper(d, key="lista-kund"),
    "blank_paper": lambda d: checklists.blank_paper(d, template_key="1177-moment", unit="solgarden"),
    "start_run": lambda d: checklist_runs.start_run(d, template="forbereda-mote", unit="solgarden"),
    "remove_run": _run(checklist_runs.remove_run, "lista-ny"),
    "tick_step": _run(checklist_runs.tick_step, position=0),
    "untick_step": _run(checklist_runs.untick_step, position=1),
    "skip_step": _run(checklist_runs.skip_step, position=0, reason="Behövs inte"),
    "write_step": _run(checklist_runs.write_step, position=0, responsible="bo-ek", note="Ring först"),
    "change_run": _run(checklist_runs.change_run, about="APT", owner="bo-ek", due=None, meeting=None),
    "answer_run": _run(checklist_runs.answer_run, "lista-svar", answers=(0, 0)),
    "finish_run": _run(checklist_runs.finish_run, "lista-klar"),
    "abandon_run": _run(checklist_runs.abandon_run, reason="Mötet är inställt"),
    "reopen_run": _run(checklist_runs.reopen_run, "lista-slut"),
    "put_on_meeting": _run(checklist_runs.put_on_meeting, position=0, meeting="apt-1"),
    "take_back": _take_back,
    # the whole database
    "back_up_daily": backups.back_up_daily,
    "list_backups": backups.list_backups,
    "second_place": backups.second_place,
    "set_second_place": lambda d: backups.set_second_place(d, folder=None),
    "back_up": lambda d: backups.back_up(d, folder=d.store.usual_backup_folder()),
    "check_open": checks.check_open,
    "move_database": _move,
    "read_document": transfer.read_document,
    "take_in": lambda d: transfer.take_in(d, document=Document(customers=(_NEW_CUSTOMER,))),
    "known_to_sheets": imports.known_to_sheets,
    # customers
    "list_customers": customers.list_customers,
    "get_customer": lambda d: customers.get_customer(d, key="kund-1"),
    "customer_history": lambda d: customer_history.customer_history(d, key="kund-1"),
    "history_paper": lambda d: customer_history.history_paper(d, key="kund-1"),
    "open_customer": lambda d: customer_view.open_customer(d, key="kund-1"),
    "customer_labels": customers.customer_labels,
    "find_customers": lambda d: customers.find_customers(d, text=SECRET),
    "search": lambda d: search.search(d, words=SECRET),
    "add_customer": lambda d: customers.add_customer(d, customer=_NEW_CUSTOMER),
    "save_customer": _save_customer,
    "change_status": _customer(customers.change_status, status=CustomerStatus.HOSPITAL, on=TODAY),
    "move_customer": _customer(customers.move_customer, unit="solgarden", ward="soder", apartment=SECRET),
    "merge_customers": lambda d: customers.merge_customers(d, keep="kund-1", drop="kund-2"),
    "what_ends": lambda d: endings.what_ends(d, key="kund-1"),
    "end_customer": _customer(endings.end_customer, on=TODAY, deceased=False),
    # emergencies
    "units_to_open": emergency.units_to_open,
    "open_emergency": lambda d: emergency.open_emergency(d, unit="solgarden", reason="Kunden svarar inte på larm"),
    "my_emergencies": emergency.my_emergencies,
    "end_emergencies": emergency.end_emergencies,
    "list_emergencies": emergency.list_emergencies,
    "mark_seen": lambda d: emergency.mark_seen(d, key=_opening(d)),
    # the log's end
    "list_lost_ends": log_end.list_lost_ends,
    "mark_lost_end_seen": lambda d: log_end.mark_lost_end_seen(d, key=_lost_end(d)),
    "note_log_end": log_end.note_log_end,
    # disposal, holds, journal marks
    "disposal_periods": disposal.disposal_periods,
    "set_disposal_period": lambda d: disposal.set_disposal_period(d, kind="minutes", months=60, expected_version=0),
    "preview_disposal": disposal.preview_disposal,
    "propose_disposal": lambda d: disposal.propose_disposal(d, seen=disposal.preview_disposal(d)),
    "why_not_dispose": lambda d: disposal.why_not_dispose(d, disposal=_proposed(d)),
    "list_disposals": disposal.list_disposals,
    "withdraw_disposal": lambda d: disposal.withdraw_disposal(d, disposal=_proposed(d), expected_version=1),
    "approve_disposal": lambda d: disposal.approve_disposal(d, disposal=_proposed(d), expected_version=1),
    "old_backups": expiry.old_backups,
    "set_backup_days": lambda d: expiry.set_backup_days(d, days=14),
    "expire_backups": expiry.expire_backups,
    "list_holds": holds.list_holds,
    "place_hold": lambda d: holds.place_hold(d, kind="customer", object_key="kund-1", reason="IVO"),
    "lift_hold": lambda d: holds.lift_hold(d, hold=_held_back(d)),
    "mark_journaled": lambda d: journal.mark_journaled(
        d, meeting="hallet", item="hallet-2", customer="kund-1", journal=Journal.HSL
    ),
    "copy_to_journal": lambda d: journal.copy_to_journal(
        d, meeting="hallet", item="hallet-2", customer="kund-1", journal=Journal.HSL
    ),
    "to_journal": journal_waits.to_journal,
    "unmark_journaled": lambda d: journal.unmark_journaled(
        d, meeting="hallet", item="hallet-2", customer="kund-1", journal=Journal.HSL
    ),
    "reveal_customer": lambda d: customers.reveal_customer(d, key="kund-1"),
    # one's own
    "save_draft": lambda d: drafts.save_draft(d, **_KEPT, started_from=1, content="Text"),
    "list_drafts": drafts.list_drafts,
    "read_draft": lambda d: drafts.read_draft(d, **_KEPT),
    "bring_back_drafts": drafts.bring_back_drafts,
    "drop_draft": lambda d: drafts.drop_draft(d, **_KEPT),
    "get_preference": lambda d: preferences.get_preference(d, name="sida", default="today"),
    "set_preference": lambda d: preferences.set_preference(d, name="sida", value="today"),
    "follow_changes": _followed,
    "spelling_on": spelling.spelling_on,
    "set_spelling": lambda d: spelling.set_spelling(d, on=False),
    "own_words": spelling.own_words,
    "add_own_word": lambda d: spelling.add_own_word(d, word="hälskydd"),
    "remove_own_word": lambda d: spelling.remove_own_word(d, word="hälskydd"),
    "known_words": spelling.known_words,
    "get_text_modules": lambda d: text_modules.get_text_modules(d, unit="solgarden"),
    "keep_text_modules": lambda d: text_modules.keep_text_modules(
        d,
        unit="solgarden",
        modules={"any": ("Punkten bordläggs.",), "customer": ()},
        before=text_modules.shipped_modules(),
    ),
    "get_live_minutes": lambda d: preferences.get_live_minutes(d, unit="solgarden"),
    "set_live_minutes": lambda d: preferences.set_live_minutes(d, unit="solgarden", minutes=20),
    # meetings
    "list_meetings": meeting_lists.list_meetings,
    "whole_meetings": meeting_lists.whole_meetings,
    "count_meetings": meeting_lists.count_meetings,
    "forums_by_day": lambda d: meeting_lists.forums_by_day(d, from_=TODAY, to=TODAY + dt.timedelta(days=30)),
    "places_in_use": lambda d: meeting_lists.places_in_use(d, from_=TODAY, to=TODAY + dt.timedelta(days=30)),
    "preview_busy_times": lambda d: busy_times.preview_busy_times(d, member="bo-ek", found=_BUSY),
    "keep_busy_times": lambda d: busy_times.keep_busy_times(d, member="bo-ek", found=_BUSY, remove_gone=True),
    "take_back_busy_times": lambda d: busy_times.take_back_busy_times(
        d, done=busy_times.BusyKept(member="bo-ek", kept=(), replaced=(), removed=())
    ),
    "call_of": lambda d: calls.call_of(d, key="teammote-1"),
    "calls_of_period": lambda d: calls.calls_of_period(d, from_=TODAY, to=_MARCH),
    "call_reminders": call_reminders.call_reminders,
    "list_preparations": lambda d: preparations.list_preparations(d, meeting="teammote-1"),
    "count_preparations": lambda d: preparations.count_preparations(d, meeting="teammote-1"),
    "keep_preparation": lambda d: preparations.keep_preparation(d, preparation=_TO_READ, expected_version=None),
    "remove_preparation": _prepare(preparations.remove_preparation),
    "settle_preparation": _own_prepared(preparations.settle_preparation),
    "unsettle_preparation": _own_prepared(preparations.unsettle_preparation),
    "move_preparation": _prepare(preparations.move_preparation, by=-1),
    "add_suggested": lambda d: preparations.add_suggested(d, meeting="teammote-1"),
    "take_back_preparations": _own_taken_back,
    "own_preparations": own_preparations.own_preparations,
    "unprepared": own_preparations.unprepared,
    "preparation_paper": lambda d: own_preparations.preparation_paper(d, meeting="teammote-1"),
    "agenda_states": lambda d: call_reminders.agenda_states(d, to=_MARCH),
    "publish_agenda": lambda d: publishing.publish_agenda(d, key="teammote-1"),
    "take_back_agenda": lambda d: publishing.take_back_agenda(d, published=_published(d)),
    "announce": lambda d: calls.announce(d, keys=("teammote-1",)),
    "take_back_announcements": lambda d: calls.take_back_announcements(d, announced=(_announced(d),)),
    "week_papers": lambda d: week_papers.week_papers(d, day=TODAY),
    "clashes_in": lambda d: clashes.clashes_in(d, from_=TODAY, to=TODAY + dt.timedelta(days=30)),
    "clashes_with": lambda d: clashes.clashes_with(d, meeting=_meeting(d, "teammote-1")),
    "clashes_if_moved": lambda d: clashes.clashes_if_moved(
        d, key="teammote-1", date=TODAY, start=dt.time(9), end=dt.time(10)
    ),
    "move_meeting": _step(meeting_times.move_meeting, "teammote-1", date=TODAY, start=dt.time(9), end=dt.time(10)),
    "get_meeting": lambda d: meetings.get_meeting(d, key="hallet"),
    "book_meeting": lambda d: meetings.book_meeting(d, meeting=_new_meeting()),
    "save_meeting": _save_meeting,
    "delete_meeting": _step(meeting_removal.delete_meeting, "tomt"),
    "short_days": short_meetings.short_days,
    "open_short": lambda d: short_meetings.open_short(d, unit="solgarden", forum="pulsmote"),
    "start_short": _step(short_meetings.start_short, "teammote-1"),
    "short_around": lambda d: short_meetings.short_around(d, key="hallet"),
    "settle_left": _step(short_meetings.settle_left, "hallet", item="hallet-4", action=_LEFT, done=True),
    "open_meeting": _step(meetings.open_meeting, "teammote-1"),
    "close_meeting": _step(meetings.close_meeting, "teammote-1"),
    "reopen_meeting": _step(meetings.reopen_meeting, "hallet"),
    "approve_minutes": _step(meetings.approve_minutes, "hallet"),
    "cancel_meeting": _step(meetings.cancel_meeting, "teammote-1", reason="Sjukdom"),
    "reinstate_meeting": _step(meetings.reinstate_meeting, "installt"),
    "add_addition": _step(meetings.add_addition, "justerat", text="Rättat."),
    "own_profession": presenting.own_profession,
    "take_back_item": _take_back_item,
    "propose_item": lambda d: meetings.propose_item(d, meeting="teammote-1", item=Item(key="", heading="Nycklar")),
    "write_participation": _participation,
    "participation_waits": participation_waits.participation_waits,
    "read_review": lambda d: review.read_review(d, meeting="teammote-1", customer="kund-1"),
    "meeting_papers": lambda d: papers.meeting_papers(d, key="teammote-1", purpose=Purpose.AGENDA),
    "papers_of_period": lambda d: papers.papers_of_period(d, from_=TODAY, to=_MARCH, purpose=Purpose.AGENDA),
    "propose_meeting": lambda d: proposals.propose_meeting(d, unit="solgarden", forum="teammote", ward="norr"),
    "propose_in_turn": lambda d: turn_reasons.propose_in_turn(d, unit="solgarden", forum="teammote", ward="norr"),
    "open_in_turn": lambda d: turn_reasons.open_in_turn(d, key="hallet"),
    "list_turns": lambda d: turns.list_turns(d, unit="solgarden"),
    "turn_papers": lambda d: turns.turn_papers(d, unit="solgarden"),
    "change_turn": lambda d: turns.change_turn(d, turn=Turn(customer="kund-1", weeks=8), expected=0),
    "keep_turns": lambda d: turns.keep_turns(d, turns=(Turn(customer="kund-1", priority=1),), expected=(0,)),
    "count_misses": misses.count_misses,
    "get_wheel": lambda d: year_wheel.get_wheel(d, unit="solgarden", forum="apt"),
    "wheel_paper": lambda d: year_wheel.wheel_paper(d, unit="solgarden", forum="apt"),
    "keep_wheel": lambda d: year_wheel.keep_wheel(
        d, unit="solgarden", forum="apt", months=(("Brandskydd",), *[()] * 11), expected=(0,) * 12
    ),
    "propose_next": lambda d: proposals.propose_next(d, key="hallet"),
    "previous_meeting": lambda d: proposals.previous_meeting(d, key="teammote-1"),
    "propose_year": lambda d: year_plan.propose_year(
        d, units_wanted=("solgarden",), from_=dt.date(2026, 4, 1), to=dt.date(2026, 4, 30), seconds=1.0
    ),
    "apply_year": lambda d: year_plan.apply_year(d, proposed=(ProposedMeeting(meeting=_new_meeting("c")),)),
    "hand_on": lambda d: handing_on.hand_on(d, key="hallet"),
    # after the meeting
    "look_ahead": lambda d: looking_ahead.look_ahead(d, key="hallet"),
    "leave_out": lambda d: looking_ahead.leave_out(d, item="hallet-2", left_out=True),
    "waiting_lifts": lifting.waiting_lifts,
    "return_item": lambda d: lifting.return_item(d, item="lyft-1"),
    "trail_of": lambda d: trails.trail_of(d, item="hallet-2"),
    "open_questions": questions.open_questions,
    "answer_question": lambda d: questions.answer_question(d, item="ute-1", question=_ASKED, answer="Ja."),
    "take_back_answer": lambda d: questions.take_back_answer(
        d, item="ute-1", question=_ANSWERED, answer="Ja.", asked_of="bo-ek"
    ),
    "circulate": _step(circulation.circulate, "hallet", until=TODAY + dt.timedelta(days=7)),
    "afterwards_of": lambda d: circulation.afterwards_of(d, meeting="ute"),
    "write_comment": lambda d: circulation.write_comment(d, meeting="ute", text="Stämmer inte.", item="ute-2"),
    "remove_comment": lambda d: circulation.remove_comment(d, comment=f"egen-{d.actor.user}"),
    "settle_comment": lambda d: circulation.settle_comment(d, comment="synpunkt", answer="Rättat", expected_version=1),
    "reopen_comment": lambda d: circulation.reopen_comment(d, comment="besvarad", expected_version=1),
    "compare_versions": lambda d: minutes_versions.compare_versions(d, meeting="ute", older=1, newer=0),
    "mark_read": lambda d: minutes_readers.mark_read(d, meeting="last"),
    "unmark_read": lambda d: minutes_readers.unmark_read(d, meeting="last"),
    "after_today": after_today.after_today,
    "nothing_to_comment": lambda d: after_today.nothing_to_comment(d, mark="ute|2026-03-01 08:00:00"),
    "today": today.today,
    # team, units
    "list_members": team.list_members,
    "get_member": lambda d: team.get_member(d, key="dan-falk"),
    "member_names": team.member_names,
    "ward_team": lambda d: team.ward_team(d, unit="solgarden", ward="norr"),
    "team_gaps": lambda d: team.team_gaps(d, unit="solgarden"),
    "add_member": lambda d: team.add_member(d, member=_NEW_MEMBER),
    "save_member": _save_member,
    "delete_member": _delete_member,
    "held_by": lambda d: leaving.held_by(d, key="bo-ek"),
    "hand_over": lambda d: _hand_over(d, "bo-ek"),
    "merge_members": lambda d: endings.merge_members(d, keep="gun-holm", drop="ulla-ny"),
    "list_units": units.list_units,
    "get_unit": lambda d: units.get_unit(d, key="solgarden"),
    "unit_forums": lambda d: units.unit_forums(d, unit="solgarden"),
    "unit_instruments": lambda d: instruments.unit_instruments(d, unit="solgarden"),
    "keep_instrument": lambda d: instruments.keep_instrument(
        d, unit="solgarden", instrument=Instrument(key="", name="Egen skala"), expected=None
    ),
    "remove_instrument": _remove_instrument,
    "add_unit": lambda d: units.add_unit(d, name="Lunden", setting=Setting.SARSKILT_BOENDE),
    "new_ward": lambda d: units.new_ward(d, unit="solgarden", name="Öster"),
    "save_unit": _save_unit,
    "adjust_forum": _adjust_forum,
    # the log
    "list_log": log.list_log,
    "count_log": log.count_log,
    "log_users": log.log_users,
    "verify_log": log.verify_log,
    "holds_head": lambda d: log.holds_head(d, typed="rad 1, 0000-0000-0000-0000"),
    "customer_extract": lambda d: log.customer_extract(d, customer="kund-1"),
    "user_extract": lambda d: log.user_extract(d, user=d.actor.user),
    "daily_extract": lambda d: log.daily_extract(d, day=TODAY),
    "draw_review": lambda d: log_review.draw_review(d, from_=TODAY, to=TODAY),
    "list_reviews": log_review.list_reviews,
    "open_review": lambda d: log_review.open_review(d, review=1000),
    "remark_row": lambda d: log_review.remark_row(d, review=1000, sequence=1, remark="Fråga"),
    "sign_review": lambda d: log_review.sign_review(d, review=1000, note="Inget att anmärka"),
    "review_state": log_review.review_state,
    **PLANNING_CALLS,
    **COORDINATION_CALLS,
}
"""What a person does with each function. All work on the furnished database at the desk of one who may."""


def furnish(desk: Desk) -> None:
    """Fill the small unit: minutes in every state, actions done and undone, customers whose every word is `SECRET`."""
    document = solgarden()
    new = (
        Member(key="ulla-ny", name="Ulla Ny", profession="Undersköterska", units=("solgarden",)),
        Member(key="hanna-lind", name="Hanna Lind", profession="Handläggare", units=("solgarden",)),
    )
    named = tuple(
        replace(one, reference=f"{SECRET} {one.key[-1]}", apartment=f"{SECRET} lgh {one.key[-1]}",
                code=one.code and f"{SECRET} gran")
        for one in document.customers
    )  # fmt: skip
    third = replace(named[2], contacts=Contacts(responsible_nurse="anna-berg"))
    fill(
        desk,
        replace(
            document, members=(*document.members, *new), customers=(*named[:2], third, *named[3:]),
            meetings=(_planned(), _held(), _approved(), _cancelled(), _empty(), _apt(), *_after_meetings()),
            series=(TEAM_SERIES,),
            units=(replace(document.units[0], instruments=(_OWN_SCALE,)), *_BESIDE), absences=_absences(),
            travel=(_TO_BACKEN,), rooms=(_ROOM,),
            activities=(_WALK, replace(_HERS, key="bakar", text=f"{SECRET} bakar")), templates=(_TEMPLATE,),
            preparations=_prepared(),
        ),
    )  # fmt: skip
    with past_the_desk(desk, writing=True) as work:
        work.record(Event(action="log_anchor_missing", reason="7"))
        unit = select(m.Unit.id).where(m.Unit.key == "solgarden").scalar_subquery()
        long_ago = desk.clock.instant() - dt.timedelta(days=2)
        row = {"user": "bo", "unit_id": unit, "reason": f"{SECRET} larmade i natt", "opened_at": long_ago}
        work.session.execute(insert(m.EmergencyAccess).values(**row, until=long_ago + dt.timedelta(hours=1)))
        sample = {"unit": "solgarden", "since": TODAY, "until": TODAY, "drawn_by": "chef", "drawn_at": long_ago}
        work.session.execute(insert(m.LogReview).values(id=1000, **sample))
        work.session.execute(insert(m.LogReviewRow).values(review_id=1000, sequence=1))
        work.record(Event(action="read", object="customer:kund-2", customer="kund-2", unit="solgarden"))
        work.commit()
    tied(desk, user="lena", member="hanna-lind")
    _attach(desk)
    _write_letters(desk)
    _begin_lists(desk)
    _keep_after(desk)
    coordination_calls.furnish(desk)
    _let_go(desk)


_READERS = ("eva-chef", "anna-berg", "bo-ek", "dan-falk", "hanna-lind")


def _after_meetings() -> tuple[Meeting, ...]:
    """One out for comments, with a point that was lifted and dealt with elsewhere, and one approved to be read."""
    base = replace(_new_meeting("ute"), participants=_READERS, customers=(), status=MeetingStatus.DRAFT)
    out = replace(
        base, date=TODAY - dt.timedelta(days=44), ward="soder", chair="eva-chef",
        circulated_at=dt.datetime.combine(TODAY - dt.timedelta(days=1), dt.time(8)),
        comments_by=TODAY + dt.timedelta(days=5),
        items=(
            Item(
                key="ute-1", heading="Matsalen", notes="Togs upp.", questions=(
                    Question(question=_ASKED, answered_by="bo-ek"),
                    Question(question=_ANSWERED, answer="Ja.", answered_by="bo-ek", answered_on=TODAY),
                ),
            ),
            Item(key="ute-2", heading="Nycklar", notes="Ses över.", lifted_to="reflektionsmote"),
            Item(
                key="ute-3", heading=f"{SECRET} 4", kind=ItemKind.CUSTOMER, customer="kund-4", notes=SECRET,
                lifted_to="kvalitetsmote", questions=(Question(question=f"{SECRET} fråga"),),
            ),
        ),
    )  # fmt: skip
    lifted = Item(key="lyft-1", heading="Nycklar", kind=ItemKind.LIFTED, carried_from="ute-2", decisions=("Nya lås.",))
    dealt = replace(
        base, key="lyft", forum="reflektionsmote", ward=None, date=TODAY - dt.timedelta(days=42), items=(lifted,)
    )
    after = replace(_new_meeting("efter"), ward="soder", customers=(), date=TODAY + dt.timedelta(days=12))
    read = replace(base, key="last", forum="kvalitetsmote", ward=None, date=TODAY - dt.timedelta(days=49))
    return out, dealt, after, replace(read, status=MeetingStatus.APPROVED, secretary="cia-dahl")


def _keep_after(desk: Desk) -> None:
    """Versions of the minutes that are out and of those to be read, and comments on them."""
    with past_the_desk(desk, writing=True) as work:
        minutes_keeping.keep_version(desk, work, "ute", VersionKind.CIRCULATED)
        minutes_keeping.keep_version(desk, work, "last", VersionKind.APPROVED)
        meeting = work.session.scalars(select(m.Meeting.id).where(m.Meeting.key == "ute")).one()
        about = work.session.scalars(select(m.Item.id).where(m.Item.key == "ute-3")).one()
        bo = work.session.scalars(select(m.Member.id).where(m.Member.key == "bo-ek")).one()
        row = {"meeting_id": meeting, "at": dt.datetime.combine(TODAY, dt.time(8)), "by_id": bo, "text": "Fel namn."}
        rows = [
            {**row, "key": "synpunkt", "item_id": None, "settled_at": None},
            {**row, "key": "besvarad", "item_id": None, "settled_at": dt.datetime.combine(TODAY, dt.time(9))},
            {**row, "key": "om-kund", "item_id": about, "settled_at": None, "text": f"{SECRET} 4 synpunkt"},
        ]
        own = {"chef": "dan-falk", "siv": None, "anna": "anna-berg", "bo": "bo-ek", "lena": "hanna-lind"}
        names = dict(work.session.execute(select(m.Account.user, m.Account.full_name)).all())
        ids = dict(work.session.execute(select(m.Member.key, m.Member.id)).all())
        rows = [{**one, "by_name": None} for one in rows]
        for user, member in own.items():
            by = {"by_id": ids[member] if member else None, "by_name": None if member else names[user]}
            rows.append({**row, **by, "key": f"egen-{user}", "item_id": None, "settled_at": None})
        work.session.execute(insert(m.MinutesComment), rows)
        work.commit()


def _attach(desk: Desk) -> None:
    """A file with the planned meeting, one with a customer's point of it, one with the meeting that was held."""
    with past_the_desk(desk, writing=True) as work:
        of_held = _file("fil-hallet")
        of_held = AttachmentFile(replace(of_held.attachment, meeting="hallet"), of_held.data)
        for one in (_file("fil"), _file("fil-kund", item="punkt-2", name=f"{SECRET} 1.png"), of_held):
            attachment_records.put(work, one.attachment, one.data, at=desk.clock.instant())
        work.commit()


def _write_letters(desk: Desk) -> None:
    """A letter being written and one that was sent, with the minutes of a meeting about a customer in both."""
    sent = replace(
        _LETTER, key="brev-gammalt", week=9, status=LetterStatus.SENT, sent_by=Outsider("Siv"),
        sent_at=dt.datetime.combine(TODAY, dt.time(7)),
    )  # fmt: skip
    with past_the_desk(desk, writing=True) as work:
        planning_records.insert(work.session, Directory(work.session), letter_records.LETTERS, [_LETTER, sent])
        work.commit()


def _begin_lists(desk: Desk) -> None:
    """Checklists in every state, the sekreterare's own but one: that is about a customer."""
    siv, at = Outsider("Siv"), desk.clock.now()

    def begun(template: str, key: str, owner: Person = siv) -> Run:
        found = checklists.template_of(desk.catalogue, template)
        return checklist_rules.begin(found, key=key, unit="solgarden", owner=owner, on=TODAY)

    first = checklist_rules.tick(begun("forbereda-mote", "lista"), 1, by=siv, at=at)
    done = begun("delaktighet", "lista-klar")
    for number in range(len(done.steps)):
        done = checklist_rules.tick(done, number, by=siv, at=at)
    about = replace(begun("vardgaranti", "lista-kund", "bo-ek"), customer="kund-1")
    about = checklist_rules.answer(about, (0, 0, 0))
    about = checklist_rules.write_step(about, 0, responsible="bo-ek", note=f"{SECRET} anteckning")
    over = checklist_rules.abandon(begun("delaktighet", "lista-slut"), reason="Flyttad", on=TODAY)
    runs = [first, begun("delaktighet", "lista-ny"), begun("vardgaranti", "lista-svar"), done, about, over]
    with past_the_desk(desk, writing=True) as work:
        planning_records.insert(work.session, Directory(work.session), checklist_records.RUNS, runs)
        work.commit()


_OWN_SCALE = Instrument(
    key="oro", name="Oro", bands=(Band(from_=0, risk="Lugn"), Band(from_=3, risk="Orolig")), least=0
)
_NAMES = (("lunden", "Lunden"), ("backen", "Backen"))
_BESIDE = tuple(
    Unit(key=key, name=name, setting=Setting.ORDINART_BOENDE)
    for key, name in (("lunden", "Lunden"), ("backen", "Backen"))
)
_TO_BACKEN = Travel(key="till-backen", from_="solgarden", to="backen", minutes=20)
_ROOM = Room(key="lilla-rummet", name="Lilla rummet", unit="solgarden")


def _absences() -> tuple[Absence, ...]:
    """One of everybody who has an account."""
    day = TODAY + dt.timedelta(days=30)
    return tuple(
        Absence(key=f"borta-{member}", member=member, from_=day, to=day, kind=AbsenceKind.SICK)
        for member in ("bo-ek", "anna-berg", "hanna-lind", "dan-falk")
    )


def _prepared() -> tuple[Preparation, ...]:
    """Before the teammöte: something of a customer for each who has an account, something of nobody, one thing done."""
    about = replace(_TO_READ, kind=PreparationKind.ASSESSMENT, customer="kund-1", text=SECRET, instrument="ROAG")
    hers = tuple(
        replace(about, key=f"forb-{member}", responsible=member, position=place)
        for place, member in enumerate(("bo-ek", "anna-berg", "dan-falk", "hanna-lind"))
    )
    done = replace(_TO_READ, key="forb-klar", responsible="gun-holm", done_on=TODAY, done_by="gun-holm", position=5)
    siv = replace(_TO_READ, key="forb-siv", responsible=Outsider("Siv"), position=6)
    return (*hers, replace(_TO_READ, key="forb-las", position=4), done, siv)


def _apt() -> Meeting:
    """An APT to which everybody who has an account is called."""
    called = ("eva-chef", "anna-berg", "bo-ek", "dan-falk", "hanna-lind")
    day = TODAY + dt.timedelta(days=9)
    return replace(_new_meeting("apt-1"), forum="apt", ward=None, participants=called, customers=(), date=day)


def _let_go(desk: Desk) -> None:
    """A meeting held back, and a proposal of another enhetschef's to let go of a draft that was kept long ago."""
    long_ago = desk.clock.instant() - dt.timedelta(days=400)
    with past_the_desk(desk, writing=True) as work:
        draft = {"user": "siv", "kind": "meeting", "key": "borta", "started_from": 1, "content": SECRET}
        work.session.execute(insert(m.Draft).values(**draft, at=long_ago))
        hold = {"kind": "meeting", "object": "hallet", "reason": "Begärd av IVO", "placed_by": "maria"}
        work.session.execute(insert(m.Hold).values(**hold, placed_at=long_ago))
        work.commit()
    chef = tied(desk, user="chef", member="dan-falk")
    disposal.propose_disposal(chef, seen=disposal.preview_disposal(chef))
    with past_the_desk(desk, writing=True) as work:
        work.session.execute(update(m.Disposal).values(proposed_by="maria", proposer="gun-holm"))
        work.commit()


def _about(item: Item) -> Item:
    """The point with everything that can be written of a customer under it."""
    return replace(
        item, heading=f"{SECRET} rubrik", text=SECRET, notes=f"{SECRET} sover bättre", decisions=(f"{SECRET} beslut",),
        questions=(Question(question=f"{SECRET} fråga", answer=SECRET, asked_by="bo-ek"),),
        assessments=(Assessment(customer="kund-1", instrument="ROAG", date=TODAY, risk=SECRET, note=SECRET),),
        participation=(Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish=SECRET),),
    )  # fmt: skip


def _planned() -> Meeting:
    first, ab, cd, party = team_meeting().items
    return replace(
        team_meeting(),
        items=(first, replace(ab, heading=SECRET, text=SECRET), replace(cd, heading=SECRET), party),
    )  # fmt: skip


def _written(meeting: Meeting, *, key: str, number: int) -> Meeting:
    first, ab, _, party = meeting.items
    undone = Action(key=f"{key}-a", text=f"{SECRET} åtgärd", responsible="gun-holm", due=TODAY, customer="kund-1")
    return replace(
        meeting, key=key, date=TODAY - dt.timedelta(days=7 * number), secretary="cia-dahl",
        attendance=(Attendance(member="bo-ek", status=AttendanceStatus.PRESENT),),
        next_meeting=NextMeeting(customers=("kund-2",)), appendices=("Schema",),
        items=(
            replace(first, key=f"{key}-1", notes="Godkändes."),
            replace(_about(ab), key=f"{key}-2", actions=(undone,)),
            replace(party, key=f"{key}-3", notes="I juni."),
            Item(key=f"{key}-4", heading=SECRET, kind=ItemKind.CUSTOMER, customer="kund-4", notes=SECRET),
        ),
    )  # fmt: skip


def _held() -> Meeting:
    """Held a week ago and not approved, with one action to do and one that is done."""
    meeting = replace(_written(team_meeting(), key="hallet", number=1), status=MeetingStatus.DRAFT)
    first, about, party, other = meeting.items
    todo = Action(key="att-gora", text="Köp tårta", responsible="bo-ek", due=TODAY)
    done = Action(key="gjort", text="Boka sal", responsible="bo-ek", status=ActionStatus.DONE, done_on=TODAY)
    relief = Outsider("Vera Vikarie")
    asked = Action(key="vikariens", text=f"{SECRET} ring", responsible=relief, due=TODAY, customer="kund-1")
    [undone] = about.actions
    again = replace(undone, key="igen", repeats=undone.key)
    about = replace(about, actions=(*about.actions, asked, again))
    other = replace(other, carried_from="justerat-2")
    return replace(meeting, items=(first, about, replace(party, actions=(todo, done)), other))


def _approved() -> Meeting:
    meeting = replace(_written(team_meeting(), key="justerat", number=2), status=MeetingStatus.APPROVED)
    said = Addition(at=dt.datetime.combine(TODAY, dt.time(8)), by="bo-ek", text=f"{SECRET} tillägg", item="justerat-2")
    return replace(meeting, approver="eva-chef", additions=(said,))


def _cancelled() -> Meeting:
    return replace(
        _new_meeting("installt"), status=MeetingStatus.CANCELLED, cancelled_reason="Sjukdom",
        date=TODAY + dt.timedelta(days=3),
    )  # fmt: skip


def _empty() -> Meeting:
    return replace(_new_meeting("tomt"), date=TODAY + dt.timedelta(days=5))
