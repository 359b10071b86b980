"""What goes before and after a meeting's minutes: preparations, comments on a draft, versions, who has read them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CustomerId, Id, Instant, MemberId, Name, UniqueKey, Version, Words


class Preparation(Base):
    """Something that one person is to have ready before a meeting."""

    __tablename__ = "preparations"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[Name]
    text: Mapped[Words]
    instrument: Mapped[Words]
    customer_id: Mapped[CustomerId]
    responsible_id: Mapped[MemberId]
    responsible_name: Mapped[Words]
    done_on: Mapped[dt.date | None]
    done_by_id: Mapped[MemberId]
    done_by_name: Mapped[Words]
    note: Mapped[Words]
    version: Mapped[Version]


class MinutesComment(Base):
    """A comment on minutes that are out for comments, to an item or the whole; `at` is Swedish wall-clock time."""

    __tablename__ = "minutes_comments"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime]
    by_id: Mapped[MemberId]
    by_name: Mapped[Words]
    text: Mapped[Name]
    answer: Mapped[Words]
    settled_at: Mapped[dt.datetime | None]
    settled_by_id: Mapped[MemberId]
    settled_by_name: Mapped[Words]
    version: Mapped[Version]


class MinutesVersion(Base):
    """The minutes as they stood when they went out or were approved: `content` in the exchange format, its digest."""

    __tablename__ = "minutes_versions"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[Name]
    at: Mapped[dt.datetime] = mapped_column(Instant)
    by_id: Mapped[MemberId]
    by_name: Mapped[Words]
    content: Mapped[Name]
    digest: Mapped[Name]


class MinutesReceipt(Base):
    """That a member has read and understood a version of the minutes."""

    __tablename__ = "minutes_receipts"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
    number: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(Instant)


class MeetingTemplate(Base):
    """A meeting's agenda kept to begin others with: `content` is its items and places as JSON."""

    __tablename__ = "meeting_templates"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[Name]
    forum: Mapped[Name]
    content: Mapped[Name]
    version: Mapped[Version]
