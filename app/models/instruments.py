"""The instruments for risk assessments that a unit uses, where they depart from the catalogue."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Name, Version, Words


class UnitInstrument(Base):
    """An instrument as one unit has it: `bands` are its limits with their words as JSON."""

    __tablename__ = "unit_instruments"
    __table_args__ = (UniqueConstraint("unit_id", "key"),)
    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    key: Mapped[Name]
    name: Mapped[Name]
    area: Mapped[Name]
    least: Mapped[float | None]
    most: Mapped[float | None]
    bands: Mapped[Name]
    guidance: Mapped[Words]
    active: Mapped[bool]
    version: Mapped[Version]
