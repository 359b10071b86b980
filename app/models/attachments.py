"""Files kept in the database: what each is and belongs to, and apart from that what is in it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Instant, MemberId, Name, UniqueKey, Version, Words


class Attachment(Base):
    """A file of a meeting, of one of its items, or of a letter; its place is its number among the appendices."""

    __tablename__ = "attachments"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Name]
    title: Mapped[Words]
    media_type: Mapped[Name]
    size: Mapped[int]
    digest: Mapped[Name]
    added_at: Mapped[dt.datetime] = mapped_column(Instant)
    added_by_id: Mapped[MemberId]
    added_by_name: Mapped[Words]
    version: Mapped[Version]


class AttachmentContent(Base):
    """The bytes of a file: a table of its own, so that no list reads them."""

    __tablename__ = "attachment_contents"
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
