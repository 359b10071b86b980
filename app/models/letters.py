"""Information letters of a unit: what each collects, and when it went out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Instant, MemberId, Name, UniqueKey, Version, Words


class Letter(Base):
    """An information letter (informationsbrev vecka NN), being written or sent."""

    __tablename__ = "letters"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    year: Mapped[int]
    week: Mapped[int]
    title: Mapped[Words]
    intro: Mapped[Words]
    recipients: Mapped[Words]
    status: Mapped[Name]
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    sent_by_id: Mapped[MemberId]
    sent_by_name: Mapped[Words]
    version: Mapped[Version]


class LetterPart(Base):
    """A notice, an invitation, or a meeting's minutes in a letter."""

    __tablename__ = "letter_parts"
    id: Mapped[Id]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[Name]
    heading: Mapped[Words]
    text: Mapped[Words]
    date: Mapped[dt.date | None]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    place: Mapped[Words]
    target: Mapped[Words]
    register: Mapped[Words]
    register_by: Mapped[dt.date | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"), index=True)
