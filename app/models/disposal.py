"""Disposal (gallring): periods per record type, holds, and proposals that a second person has to approve."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Instant, Name, Version, Words


class DisposalPeriod(Base):
    """How many months a kind of record is kept after it is finished; without months it is never proposed."""

    __tablename__ = "disposal_periods"
    kind: Mapped[str] = mapped_column(primary_key=True)
    months: Mapped[int | None]
    version: Mapped[Version]


class Hold(Base):
    """A record that is not to be disposed of while the hold stands, with the reason; lifted ones are kept."""

    __tablename__ = "holds"
    id: Mapped[Id]
    kind: Mapped[Name]
    object: Mapped[Name] = mapped_column(index=True)
    reason: Mapped[Name]
    placed_by: Mapped[Name]
    placed_at: Mapped[dt.datetime] = mapped_column(Instant)
    lifted_by: Mapped[Words]
    lifted_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class Disposal(Base):
    """One proposal to dispose of what had ended before a day, and what came of it."""

    __tablename__ = "disposals"
    id: Mapped[Id]
    before: Mapped[dt.date]
    proposed_by: Mapped[Name]
    proposer: Mapped[Name]
    """The key of the member whom the account belonged to when she proposed."""
    proposed_at: Mapped[dt.datetime] = mapped_column(Instant)
    decided_by: Mapped[Words]
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    status: Mapped[Name]
    version: Mapped[Version]


class DisposalCount(Base):
    """How many records of a kind a disposal holds, and a digest of which, so that what is approved is what was seen."""

    __tablename__ = "disposal_counts"
    __table_args__ = (UniqueConstraint("disposal_id", "kind"),)
    id: Mapped[Id]
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposals.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Name]
    count: Mapped[int]
    digest: Mapped[Name]
