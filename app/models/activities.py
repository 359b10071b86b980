"""The activities of a month that a boråd or aktivitetsråd draws up, common and individual."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CustomerId, Id, MemberId, Name, UniqueKey, Version, Words


class Activity(Base):
    """One activity on one day; without a customer it is for everybody of the ward or the unit."""

    __tablename__ = "activities"
    __table_args__ = (Index("ix_activities_unit_date", "unit_id", "date"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    date: Mapped[dt.date]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    text: Mapped[Name]
    place: Mapped[Words]
    leader_id: Mapped[MemberId]
    leader_name: Mapped[Words]
    customer_id: Mapped[CustomerId]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"), index=True)
    version: Mapped[Version]
