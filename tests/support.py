"""Fixtures' material: a frozen clock, the surroundings of a desk, and a small unit to work in."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import insert, select, update

from app import models
from app.bootstrap import load_lists
from app.domain.accounts import Account
from app.domain.address import Address, ServerAddress
from app.domain.catalogue import Setting
from app.domain.customers import Contacts, Customer
from app.domain.document import Document
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.roles import Role
from app.domain.team import Member
from app.domain.units import Unit, Ward
from app.models import AuditEntry
from app.services import access, accounts, demo, envelope, standing, transfer
from app.services.access import Surroundings
from app.services.desk import Desk
from app.storage.audit import Who
from app.storage.file_store import open_store
from app.storage.key_file import DatabaseKeys
from app.storage.server import work_engine
from app.storage.server_place import ServerPlace
from app.storage.server_store import ServerStore
from app.storage.unit_of_work import UnitOfWork

PASSWORD = "björkdunge 4417 vinter"
TODAY = dt.date(2026, 3, 2)
"""A Monday."""
FILE, DEMO_FILE = "solgarden.tfdb", "demo.tfdb"
NOBODY = Who(user="test", role="", workstation="")


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    moment: dt.datetime = field(default_factory=lambda: dt.datetime.combine(TODAY, dt.time(9, 0)))

    def today(self) -> dt.date:
        return self.moment.date()

    def now(self) -> dt.datetime:
        return self.moment

    def instant(self) -> dt.datetime:
        return (self.moment - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC)


@dataclass
class AskedClock(FixedClock):
    """A clock whose day was asked for, as by TEAMFORUM_TODAY; its instants are the true ones."""

    day: dt.date = TODAY

    def today(self) -> dt.date:
        return self.day

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.day, self.moment.time())


_lists = functools.cache(load_lists)


def surroundings(clock: FixedClock | None = None) -> Surroundings:
    """What a desk is given, with a fixed clock."""
    lists = _lists()
    return Surroundings(
        clock or FixedClock(), lists.catalogue, lists.professions, lists.common_passwords, workstation="test"
    )


def make_database(path: Address, *, setting: Setting = Setting.SARSKILT_BOENDE, unit: str = "Solgården") -> None:
    """A new database with one unit, closed again."""
    made = access.create_database(
        surroundings(), path, unit_name=unit, setting=setting, user="chef", full_name="Eva Chef", password=PASSWORD
    )
    envelope.confirm_recovery_key(made.desk, typed=made.recovery_key)
    made.desk.close()


def log_in(path: Address, user: str = "chef", *, clock: FixedClock | None = None) -> Desk:
    """A desk on an existing database."""
    return access.log_in(surroundings(clock), path, user=user, password=PASSWORD)


def quick_desk(path: Path, key: bytes, *, clock: FixedClock | None = None) -> Desk:
    """The enhetschef's desk by a key known already: as after a log-in, without the time that a password takes."""
    around = surroundings(clock)
    store = open_store(path, key, wait=0.0, now=around.clock.now())
    actor = standing.seated(store, "chef", who=NOBODY, clock=around.clock)
    return Desk(store, actor, around.clock, around.workstation, around.catalogue, around.professions)


def server_desk(address: ServerAddress, key: bytes, *, clock: FixedClock | None = None) -> Desk:
    """The enhetschef's desk on a server's database, opened as after a log-in: looked at, tidied, migrated."""
    around = surroundings(clock)
    store = ServerPlace(address).open(DatabaseKeys(key, None), wait=0.0, now=around.clock.now())
    actor = standing.seated(store, "chef", who=NOBODY, clock=around.clock)
    return Desk(store, actor, around.clock, around.workstation, around.catalogue, around.professions)


def quick_server_desk(address: ServerAddress, key: bytes, *, role: str, clock: FixedClock | None = None) -> Desk:
    """The same by a login that is known already, without looking what stands there first."""
    around = surroundings(clock)
    store = ServerStore(address, work_engine(address, role=role, key=key), key, role=role)
    actor = standing.seated(store, "chef", who=NOBODY, clock=around.clock)
    return Desk(store, actor, around.clock, around.workstation, around.catalogue, around.professions)


def make_solgarden(path: Address) -> None:
    """A small särskilt boende: two wards, a team, customers, one teammöte, and an account of each role."""
    make_database(path)
    desk = log_in(path)
    try:
        fill(desk, solgarden())
        for user, role, member in (
            ("anna", Role.LICENSED, "anna-berg"),
            ("bo", Role.CARE_STAFF, "bo-ek"),
            ("siv", Role.SECRETARY, None),
            ("lena", Role.READER, None),
        ):
            account = Account(user=user, full_name=user.capitalize(), role=role, units=None, member=member, active=True)
            accounts.add_account(desk, surroundings(), account=account, password=PASSWORD)
        choose_own_passwords(desk)
    finally:
        desk.close()


def demo_desk(template: Path, folder: Path) -> Desk:
    """The demo's enhetschef at a copy of the demo municipality (the fixture `demo_template`) in `folder`, made here."""
    shutil.copytree(template, folder)
    return access.log_in(surroundings(), folder / DEMO_FILE, user=demo.USER, password=demo.PASSWORD)


def fill(desk: Desk, document: Document) -> None:
    """Take in what a test begins with; the backup that an import makes first has tests of its own."""
    with patch.object(type(desk.store), "back_up", return_value=Path()):
        transfer.take_in(desk, document=document)


def choose_own_passwords(desk: Desk) -> None:
    """As if everybody had come in once and chosen her own password instead of the one handed over."""
    with desk.writing() as work:
        work.session.execute(update(models.Account).values(must_change=False))
        work.commit()


def solgarden() -> Document:
    """What the small unit holds."""
    unit = Unit(
        key="solgarden",
        name="Solgården",
        setting=Setting.SARSKILT_BOENDE,
        wards=(
            Ward(key="norr", name="Norr", apartments=("1101", "1102", "1103", "1104")),
            Ward(key="soder", name="Söder", apartments=("1201", "1202")),
        ),
    )
    return Document(units=(unit,), members=_team(), customers=_customers(), meetings=(team_meeting(),))


def _team() -> tuple[Member, ...]:
    rows = (
        ("anna-berg", "Anna Berg", "Sjuksköterska", ()),
        ("bo-ek", "Bo Ek", "Undersköterska", ("norr",)),
        ("cia-dahl", "Cia Dahl", "Specialistundersköterska", ("soder",)),
        ("dan-falk", "Dan Falk", "Fysioterapeut", ()),
        ("eva-chef", "Eva Chef", "Enhetschef", ()),
        ("gun-holm", "Gun Holm", "Undersköterska", ("norr", "soder")),
    )
    return tuple(
        Member(key=key, name=name, profession=profession, units=("solgarden",), wards=wards, night=key == "gun-holm")
        for key, name, profession, wards in rows
    )


def _customers() -> tuple[Customer, ...]:
    bo = Contacts(permanent_care_contact="bo-ek", responsible_nurse="anna-berg")
    return (
        Customer(key="kund-1", reference="AB", unit="solgarden", ward="norr", apartment="1101", contacts=bo),
        Customer(key="kund-2", reference="CD", unit="solgarden", ward="norr", apartment="1102"),
        Customer(
            key="kund-3", reference="EF", unit="solgarden", ward="norr", apartment="1103", protected=True, code="Gran 7"
        ),
        Customer(key="kund-4", reference="GH", unit="solgarden", ward="soder", apartment="1201"),
    )


def team_meeting() -> Meeting:
    """The teammöte on Norr of the next day, with two customers due."""
    return Meeting(
        key="teammote-1",
        unit="solgarden",
        forum="teammote",
        ward="norr",
        date=dt.date(2026, 3, 3),
        start=dt.time(13, 0),
        end=dt.time(13, 30),
        place="Norr",
        chair="eva-chef",
        participants=("eva-chef", "anna-berg", "bo-ek"),
        customers=("kund-1", "kund-2"),
        items=(
            Item(key="punkt-1", heading="Föregående minnesanteckningar", kind=ItemKind.STANDING),
            Item(key="punkt-2", heading="1101 AB", kind=ItemKind.CUSTOMER, customer="kund-1"),
            Item(key="punkt-3", heading="1102 CD", kind=ItemKind.CUSTOMER, customer="kund-2"),
            Item(key="punkt-4", heading="Sommarfest", kind=ItemKind.ADDED, raised_by="bo-ek"),
        ),
    )


def seated(desk: Desk, role: Role, *, member: str | None = None, units: frozenset[str] | None = None) -> Desk:
    """The same open database with another person at the desk: a file can be opened by one program only.

    She gets an account of her own in the database (but no password), and a unit that is missing is made.
    """
    limits = [] if units is None else sorted(units) or ["none"]
    user = "-".join([role.value, *([member] if member else []), *limits])
    with past_the_desk(desk, writing=True) as work:
        if work.session.scalar(select(models.Account.id).where(models.Account.user == user)) is None:
            _add_account(work, user, role, member=member, units=units)
            work.commit()
    return sit_down(desk, user)


def _add_account(work: UnitOfWork, user: str, role: Role, *, member: str | None, units: frozenset[str] | None) -> None:
    session = work.session
    for unit in sorted((units or frozenset()) - set(session.scalars(select(models.Unit.key)))):
        session.execute(insert(models.Unit).values(key=unit, name=unit, setting=Setting.SARSKILT_BOENDE.value))
    member_id = session.scalars(select(models.Member.id).where(models.Member.key == member)).one() if member else None
    row = {"user": user, "full_name": role.label, "role": role.value, "all_units": units is None}
    session.execute(insert(models.Account).values(**row, member_id=member_id))
    account = session.scalars(select(models.Account.id).where(models.Account.user == user)).one()
    for unit_id in session.scalars(select(models.Unit.id).where(models.Unit.key.in_(units or ()))).all():
        session.execute(insert(models.AccountUnit).values(account_id=account, unit_id=unit_id))


def sit_down(desk: Desk, user: str) -> Desk:
    """The same open database with the person of an account at the desk, as after her log-in."""
    return replace(desk, actor=standing.seated(desk.store, user, who=NOBODY, clock=desk.clock))


def tied(desk: Desk, *, user: str, member: str | None) -> Desk:
    """The desk of `user`, whose account belongs to the member from the beginning: the log has no row of it."""
    with past_the_desk(desk, writing=True) as work:
        key = select(models.Member.id).where(models.Member.key == member).scalar_subquery()
        work.session.execute(update(models.Account).where(models.Account.user == user).values(member_id=key))
        work.commit()
    return sit_down(desk, user)


@contextmanager
def past_the_desk(desk: Desk, *, writing: bool = False) -> Iterator[UnitOfWork]:
    """A unit of work that asks nothing of the person at the desk."""
    with desk.store.work(who=NOBODY, at=desk.clock.instant(), writing=writing) as work:
        yield work


def audit_rows(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    """Action, object and customer of every row of the audit log, oldest first."""
    query = select(AuditEntry.action, AuditEntry.object, AuditEntry.customer).order_by(AuditEntry.sequence)
    with desk.reading() as work:
        return [(row.action, row.object, row.customer) for row in work.session.execute(query)]


def audit_entries(desk: Desk) -> list[AuditEntry]:
    """Every row of the audit log, oldest first."""
    with desk.reading() as work:
        return list(work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, to see that nothing was changed."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
