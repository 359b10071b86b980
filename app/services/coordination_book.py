"""The address book of parties: found when a case is begun, kept where it is used."""

from __future__ import annotations

from sqlalchemy import delete, select

from app import models as m
from app.domain.coordination.book import BookEntry
from app.domain.coordination.parties import Channel, PartyKind, Sector
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.keys import free_key, key_from
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services.desk import Desk, needs
from app.services.rows import all_keys
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS)
def list_parties(desk: Desk) -> tuple[Stored[BookEntry], ...]:
    """The whole address book, by name."""
    with desk.reading() as work:
        rows = work.session.scalars(select(m.PartyEntry).order_by(m.PartyEntry.name)).all()
        return tuple(Stored(_entry(row), row.version) for row in rows)


@needs(Right.WRITE_REQUESTS, Right.PREPARE_REQUESTS)
def keep_party(desk: Desk, *, entry: BookEntry, expected_version: int | None = None) -> Stored[BookEntry]:
    """Keep a party; without a version it is a new one, and gets a key of its name. Raises Refused, Conflict."""
    name = entry.name.strip()
    if not name:
        raise Refused("party_name")
    refuse_personnummer([name])
    with desk.writing() as work:
        row = _row(work, entry.key, expected_version) if expected_version is not None else None
        if row is None:
            key = free_key(key_from(name, fallback="part"), all_keys(work.session, m.PartyEntry))
            row = m.PartyEntry(key=key, version=1)
            work.session.add(row)
        row.name, row.kind = name, entry.kind.value
        row.sector = entry.sector.value if entry.sector else None
        row.channel = entry.channel.value if entry.channel else None
        row.contact = entry.contact
        work.session.flush()
        work.record(Event(action="keep_party", object=f"party:{row.key}"))
        kept = Stored(_entry(row), row.version)
        work.commit()
    return kept


@needs(Right.WRITE_REQUESTS, Right.PREPARE_REQUESTS)
def remove_party(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take a party out of the address book; the cases that name it keep their own words."""
    with desk.writing() as work:
        _row(work, key, expected_version)
        work.session.execute(delete(m.PartyEntry).where(m.PartyEntry.key == key))
        work.record(Event(action="remove_party", object=f"party:{key}"))
        work.commit()


def _row(work: UnitOfWork, key: str, expected_version: int) -> m.PartyEntry:
    row = work.session.scalars(select(m.PartyEntry).where(m.PartyEntry.key == key)).first()
    if row is None:
        raise NotFound("not_found", what="Parten", key=key)
    if row.version != expected_version:
        raise Conflict("changed_meanwhile")
    return row


def _entry(row: m.PartyEntry) -> BookEntry:
    return BookEntry(
        key=row.key, name=row.name, kind=PartyKind(row.kind), sector=Sector(row.sector) if row.sector else None,
        channel=Channel(row.channel) if row.channel else None, contact=row.contact,
    )  # fmt: skip
