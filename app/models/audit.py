"""The audit log and the samples drawn from it, drafts of what is being typed, and facts about the database itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Instant, Name, Words


class AuditEntry(Base):
    """One thing somebody did; `mac` chains it to the row before. No content, only what was touched."""

    __tablename__ = "audit"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    user: Mapped[Name]
    role: Mapped[Name]
    unit: Mapped[Words]
    workstation: Mapped[Name]
    action: Mapped[Name] = mapped_column(index=True)
    object: Mapped[Words]
    customer: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[Words]
    mac: Mapped[bytes]


class LogReview(Base):
    """A random sample of the log that an enhetschef goes through and signs (HSLF-FS 2016:40 chapter 4)."""

    __tablename__ = "log_reviews"
    id: Mapped[Id]
    unit: Mapped[Words]
    since: Mapped[dt.date]
    until: Mapped[dt.date]
    drawn_by: Mapped[Name]
    drawn_at: Mapped[dt.datetime] = mapped_column(Instant)
    signed_by: Mapped[Words]
    signed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    note: Mapped[Words]


class LogReviewRow(Base):
    """One row of the log in a sample, and what the reviewer remarked about it."""

    __tablename__ = "log_review_rows"
    review_id: Mapped[int] = mapped_column(ForeignKey("log_reviews.id", ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    remark: Mapped[Words]


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
