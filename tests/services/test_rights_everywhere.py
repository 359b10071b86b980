"""Every service function, none left out, held to the table of roles: tried with a real call on a furnished unit.

The functions are found by walking the package, so that a later one falls under all of this by itself. Whoever is
refused changes nothing, so that all of them can be tried at one database.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from app import models as m
from app.domain.errors import AccessDenied, ImportRefused, KnownError, NotAllowed, NotFound, Refused
from app.domain.roles import READING, RIGHTS, Right, Role
from app.services import meetings, papers
from app.services.desk import Desk
from app.services.papers import Purpose
from app.storage.audit import Event
from tests.services.calls import CALLS, SECRET, services
from tests.support import TODAY, AskedClock, FixedClock, past_the_desk, sit_down

USERS = {
    Role.MANAGER: "chef", Role.LICENSED: "anna", Role.CARE_STAFF: "bo", Role.SECRETARY: "siv", Role.READER: "lena",
}  # fmt: skip
RIGHTS_OF: dict[str, frozenset[Right]] = {one.__name__: vars(one)["rights"] for one in services()}
OF_NO_UNIT = {
    "back_up", "back_up_daily", "list_backups", "second_place", "set_second_place",  # copies of the database
    "issue_recovery_key", "recovery_key_waits", "confirm_recovery_key",  # what opens the database
    "check_open", "list_accounts", "add_account", "end_account",  # the database
    "change_password", "save_draft", "read_draft", "drop_draft", "get_preference", "set_preference",
    "spelling_on", "set_spelling", "own_words", "add_own_word", "remove_own_word",  # one's own
    "mark_regret_seen", "nothing_to_comment",  # what one has taken note of
    "list_parties", "keep_party", "remove_party",  # the address book of other organisations
    "follow_changes",  # that something changed, never what
    "known_words", "member_names",  # minutes name members of other units, too
    "units_to_open", "open_emergency",  # an emergency opens any unit
}  # fmt: skip
"""What belongs to no unit, and so is refused to nobody for the sake of one."""
KEYS_ALONE = {"known_to_sheets"}
"""What tells which keys are taken elsewhere, and nothing of what they are keys of."""


@pytest.fixture
def desk(furnished: Desk) -> Desk:
    """The enhetschef's desk on the furnished unit, with another unit beside it."""
    with past_the_desk(furnished, writing=True) as work:
        work.session.execute(insert(m.Unit).values(key="annan", name="Annan", setting="ordinart-boende"))
        work.commit()
    return furnished


def everything(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with past_the_desk(desk) as work:
        return {
            table.name: [tuple(row) for row in work.session.execute(select(table))]
            for table in m.Base.metadata.sorted_tables
        }


def log_of(desk: Desk) -> list[Any]:
    """Every row of the log."""
    with past_the_desk(desk) as work:
        return [tuple(row) for row in work.session.execute(select(m.AuditEntry.__table__))]


def change(desk: Desk, user: str, **values: object) -> None:
    """Change an account past everything, as another program at the same database would."""
    with past_the_desk(desk, writing=True) as work:
        work.session.execute(update(m.Account).where(m.Account.user == user).values(**values))
        work.commit()


def limit(desk: Desk, user: str) -> None:
    """Limit an account to the other unit."""
    with past_the_desk(desk, writing=True) as work:
        account = work.session.scalars(select(m.Account.id).where(m.Account.user == user)).one()
        unit = work.session.scalars(select(m.Unit.id).where(m.Unit.key == "annan")).one()
        work.session.execute(update(m.Account).where(m.Account.id == account).values(all_units=False))
        work.session.execute(insert(m.AccountUnit).values(account_id=account, unit_id=unit))
        work.commit()


def give_member(desk: Desk, user: str, member: str) -> None:
    """Let the account be that member's."""
    with past_the_desk(desk) as work:
        row = work.session.scalars(select(m.Member.id).where(m.Member.key == member)).one()
    change(desk, user, member_id=row)


def refusal(person: Desk, name: str) -> tuple[type[KnownError], str] | None:
    """How the person is refused at the function, if she is."""
    try:
        CALLS[name](person)
    except KnownError as error:
        return type(error), error.code
    return None


def test_every_service_has_its_example_call_and_nothing_else_has_one() -> None:
    assert sorted(set(RIGHTS_OF) - set(CALLS)) == [], "give them a realistic call in tests/services/calls.py"
    assert sorted(set(CALLS) - set(RIGHTS_OF)) == []


@pytest.mark.parametrize("role", Role)
def test_each_role_is_refused_whatever_it_has_no_right_to(desk: Desk, role: Role) -> None:
    person, before = sit_down(desk, USERS[role]), everything(desk)
    barred = [name for name, rights in RIGHTS_OF.items() if not rights & RIGHTS[role]]
    assert len(barred) > 15 or role is Role.MANAGER
    open_to_her = {name: how for name in barred if (how := refusal(person, name)) != (NotAllowed, "not_allowed")}
    assert open_to_her == {}
    assert everything(desk) == before


def kept_out(desk: Desk, name: str) -> str | None:
    """What the role that just may is refused with, or that the log did more than grow; None when she was let in."""
    least = [role for role in Role if RIGHTS_OF[name] & RIGHTS[role]][-1]
    before = log_of(desk)
    if (refused := refusal(sit_down(desk, USERS[least]), name)) is not None:
        return f"{name}: {refused}"
    return None if log_of(desk)[: len(before)] == before else f"{name}: the log is another"


ONLY_READS = [name for name in CALLS if RIGHTS_OF[name] <= READING]
"""What changes nothing, and so is tried at one database, one after the other."""


def one_of_each_module(names: Iterable[str]) -> list[str]:
    """The first of the services of each module: what differs on a server is the database below them, not they."""
    home = {one.__name__: one.__module__ for one in services()}
    return list({home[name]: name for name in reversed(list(names))}.values())


@pytest.mark.parametrize("furnished", ["file"], indirect=True)
@pytest.mark.parametrize("name", ["whatever only reads", *(name for name in CALLS if name not in ONLY_READS)])
def test_the_role_that_just_may_is_let_in(desk: Desk, name: str) -> None:
    for one in [name] if name in CALLS else ONLY_READS:
        assert kept_out(desk, one) is None


@pytest.mark.parametrize("furnished", ["server"], indirect=True)
@pytest.mark.parametrize(
    "name", ["whatever only reads", *one_of_each_module(name for name in CALLS if name not in ONLY_READS)]
)
def test_so_it_is_on_a_server(desk: Desk, name: str) -> None:
    for one in [name] if name in CALLS else ONLY_READS:
        assert kept_out(desk, one) is None


@pytest.mark.parametrize("role", Role)
def test_an_account_of_another_unit_gets_nothing_and_changes_nothing(desk: Desk, role: Role) -> None:
    limit(desk, USERS[role])
    person, before = sit_down(desk, USERS[role]), everything(desk)
    for name, rights in RIGHTS_OF.items():
        if name in OF_NO_UNIT or not rights & RIGHTS[role]:
            continue
        try:
            found = CALLS[name](person)
        except (NotAllowed, NotFound, ImportRefused, Refused):
            found = None
        assert name in KEYS_ALONE or foreign(found) == [], name
        assert not any(SECRET in text for text in texts(found)), name
    after = everything(desk)
    assert {table for table in before if before[table] != after[table]} <= {"audit"}


FOREIGN = (SECRET, "solgarden", "Solgården", "norr", "soder", "kund-", "teammote-1", "hallet", "justerat", "bo-ek")


def foreign(found: object) -> list[str]:
    """Texts of a value that can only come from the small unit."""
    return [text for text in texts(found) if any(mark in text for mark in FOREIGN)]


def texts(found: object) -> Iterator[str]:
    """Every text in a value, whatever it is made of."""
    if isinstance(found, str):
        yield str(found)
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        for one in dataclasses.fields(found):
            yield from texts(getattr(found, one.name))
    elif isinstance(found, dict):
        yield from texts(tuple(found.items()))
    elif isinstance(found, tuple | list | set | frozenset):
        for part in found:
            yield from texts(part)


ENDINGS: dict[str, tuple[Callable[[Desk, str], None], tuple[type[KnownError], str]]] = {
    "removed": (lambda desk, user: change(desk, user, active=False), (AccessDenied, "account_ended")),
    "another role": (lambda desk, user: change(desk, user, role=_other(user)), (NotAllowed, "account_changed")),
    "other units": (limit, (NotAllowed, "account_changed")),
    "another person": (lambda desk, user: give_member(desk, user, "cia-dahl"), (NotAllowed, "account_changed")),
}


def _other(user: str) -> str:
    return (Role.READER if user == "chef" else Role.MANAGER).value


@pytest.mark.parametrize("how", ENDINGS)
def test_an_account_that_changed_meanwhile_does_nothing_more(desk: Desk, how: str) -> None:
    end, expected = ENDINGS[how]
    for role, user in USERS.items():
        person = sit_down(desk, user)
        end(desk, user)
        before = everything(desk)
        names = [name for name in CALLS if how == "removed" or RIGHTS_OF[name] != {Right.OWN_ACCOUNT}]
        assert {name: said for name in names if (said := refusal(person, name)) != expected} == {}, role
        assert everything(desk) == before
        assert how == "removed" or refusal(person, "save_draft") is None, "what she is typing is kept"


def end_assignment(desk: Desk, member: str) -> None:
    """The member's last day was yesterday."""
    with past_the_desk(desk, writing=True) as work:
        yesterday = TODAY - dt.timedelta(days=1)
        work.session.execute(update(m.Member).where(m.Member.key == member).values(active_to=yesterday))
        work.commit()


def add_manager(desk: Desk) -> None:
    """Another enhetschef, whose assignment stands."""
    with past_the_desk(desk, writing=True) as work:
        work.session.execute(insert(m.Account).values(user="kerstin", full_name="K", role=Role.MANAGER.value))
        work.commit()


@pytest.mark.parametrize("role", Role)
def test_an_ended_assignment_is_the_end_of_every_gesture(desk: Desk, role: Role) -> None:
    add_manager(desk)
    give_member(desk, USERS[role], "ulla-ny")
    person = sit_down(desk, USERS[role])
    end_assignment(desk, "ulla-ny")
    before = everything(desk)
    wanted = (AccessDenied, "assignment_ended")
    assert {name: how for name in CALLS if (how := refusal(person, name)) != wanted} == {}
    assert everything(desk) == before
    with pytest.raises(AccessDenied, match="assignment_ended"):
        sit_down(desk, USERS[role])


def test_no_day_that_is_asked_for_and_no_clock_turned_back_brings_an_ended_assignment_back(
    desk: Desk, clock: FixedClock
) -> None:
    end_assignment(desk, "bo-ek")
    asked = replace(desk, clock=AskedClock(clock.moment, day=TODAY - dt.timedelta(days=90)))
    with pytest.raises(AccessDenied, match="assignment_ended"):
        sit_down(asked, "bo")
    with past_the_desk(desk, writing=True) as work:
        work.record(Event(action="log_in"))
        work.commit()
    clock.moment -= dt.timedelta(days=90)
    with pytest.raises(AccessDenied, match="assignment_ended"):
        sit_down(desk, "bo")


def test_the_last_enhetschef_is_let_in_though_her_assignment_ended(desk: Desk) -> None:
    give_member(desk, "chef", "eva-chef")
    end_assignment(desk, "eva-chef")
    person = sit_down(desk, "chef")
    assert refusal(person, "add_account") is None
    add_manager(desk)
    assert refusal(person, "list_accounts") == (AccessDenied, "assignment_ended")
    give_member(desk, "kerstin", "ulla-ny")
    end_assignment(desk, "ulla-ny")
    assert refusal(person, "list_accounts") is None, "the other one's assignment has ended too"
    with past_the_desk(desk) as work:
        managers = select(func.count()).where(m.Account.role == Role.MANAGER.value, m.Account.active)
        assert work.session.scalar(managers) == 2


@pytest.mark.parametrize("role", [Role.READER, Role.SECRETARY])
def test_nothing_of_any_customer_comes_back_to_one_who_reads_none(desk: Desk, role: Role) -> None:
    """A proposal holds customers for the sekreterare as keys, which say nothing of them; a läsare gets none."""
    person, keys_too = sit_down(desk, USERS[role]), role is Role.READER
    for key in ("teammote-1", "hallet", "justerat", "installt"):
        seen = [meetings.get_meeting(person, key=key), papers_of(person, key)]
        assert told_of_customers(seen, keys_too=True) == [], key
    for name, rights in RIGHTS_OF.items():
        if rights & RIGHTS[role]:
            try:
                found = CALLS[name](person)
            except KnownError as error:
                found = tuple(error.params.values())
            assert told_of_customers(found, keys_too=keys_too or name not in PLANNING) == [], name
    with past_the_desk(desk) as work:
        looked = select(m.AuditEntry.action).where(m.AuditEntry.user == USERS[role], m.AuditEntry.customer.is_not(None))
        written = {"save_meeting", "begin_request", "set_parties"}
        assert set(work.session.scalars(looked)) <= written, "what is handed on is written, and not shown"


PLANNING = {"propose_meeting", "propose_next", "propose_year", "propose_in_turn"}


def papers_of(person: Desk, key: str) -> object:
    if key in ("hallet", "justerat"):
        return papers.meeting_papers(person, key=key, purpose=Purpose.MINUTES)
    return papers.meeting_papers(person, key=key, purpose=Purpose.AGENDA)


def told_of_customers(found: object, *, keys_too: bool) -> list[str]:
    """Texts of a value that say something of a customer of the furnished unit."""
    marks = (SECRET, "kund-") if keys_too else (SECRET,)
    return [text for text in texts(found) if any(mark in text.casefold() for mark in marks)]
