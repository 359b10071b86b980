"""The audit log's rows, the drafts of what is being typed, and the facts about the database itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Instant, Name, Words


class AuditEntry(Base):
    """One thing somebody did; `mac` chains it to the row before. No content, only what was touched."""

    __tablename__ = "audit"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    user: Mapped[Name]
    role: Mapped[Name]
    unit: Mapped[Words]
    workstation: Mapped[Name]
    action: Mapped[Name]
    object: Mapped[Words]
    customer: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[Words]
    mac: Mapped[bytes]


class Draft(Base):
    """Text being typed: one per user and place, tied to the version it started from."""

    __tablename__ = "drafts"
    user: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    started_from: Mapped[int]
    content: Mapped[Name]
    at: Mapped[dt.datetime] = mapped_column(Instant)


class Fact(Base):
    """A named fact about the database: its identity and schema number."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Name]
