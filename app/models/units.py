"""Units, wards, apartments, a ward's substitutes, and what a unit's forums change against the catalogue."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Name, UniqueKey, Version


class Unit(Base):
    """An organisational unit in one setting."""

    __tablename__ = "units"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    name: Mapped[Name]
    setting: Mapped[Name]
    version: Mapped[Version]


class Ward(Base):
    """Part of a unit with its own team."""

    __tablename__ = "wards"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[Name]
    position: Mapped[int]


class Apartment(Base):
    """A place on a ward; `position` is the order of the follow-up rotation."""

    __tablename__ = "apartments"
    __table_args__ = (UniqueConstraint("ward_id", "number"),)
    id: Mapped[Id]
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id", ondelete="CASCADE"), index=True)
    number: Mapped[Name]
    position: Mapped[int]


class WardSubstitute(Base):
    """Who stands in for a profession in a ward's fixed team."""

    __tablename__ = "ward_substitutes"
    __table_args__ = (UniqueConstraint("ward_id", "profession"),)
    id: Mapped[Id]
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id", ondelete="CASCADE"), index=True)
    profession: Mapped[Name]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    position: Mapped[int]


class UnitForum(Base):
    """A unit's departure from the catalogue for one forum; `departure` is its JSON as the exchange file has it."""

    __tablename__ = "unit_forums"
    __table_args__ = (UniqueConstraint("unit_id", "forum"),)
    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    forum: Mapped[Name]
    departure: Mapped[Name]
    position: Mapped[int]
