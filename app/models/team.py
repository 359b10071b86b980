"""Team members and the units and wards they belong to."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Name, UniqueKey, Version, Words


class Member(Base):
    """A person with a profession; never deleted while anything refers to her."""

    __tablename__ = "members"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    name: Mapped[Name]
    profession: Mapped[Name]
    email: Mapped[Words]
    phone: Mapped[Words]
    night: Mapped[bool] = mapped_column(default=False)
    active_from: Mapped[dt.date | None]
    active_to: Mapped[dt.date | None]
    version: Mapped[Version]


class MemberUnit(Base):
    """A unit the member belongs to; `position` keeps the order."""

    __tablename__ = "member_units"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    position: Mapped[int]


class MemberWard(Base):
    """A ward in whose fixed team the member is; `position` keeps the order."""

    __tablename__ = "member_wards"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True, index=True)
    position: Mapped[int]
