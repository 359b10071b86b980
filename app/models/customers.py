"""Customers, their contacts, and the history of where they have been living."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, MemberId, Name, UniqueKey, Version, Words


class Customer(Base):
    """The person cared for: apartment and reference, never a personnummer."""

    __tablename__ = "customers"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    reference: Mapped[Name]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    apartment: Mapped[Words]
    protected: Mapped[bool] = mapped_column(default=False)
    code: Mapped[Words]
    permanent_care_contact_id: Mapped[MemberId]
    responsible_nurse_id: Mapped[MemberId]
    physiotherapist_id: Mapped[MemberId]
    occupational_therapist_id: Mapped[MemberId]
    version: Mapped[Version]


class CustomerPeriod(Base):
    """One status from a day to a day; open while `until` is empty."""

    __tablename__ = "customer_periods"
    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    status: Mapped[Name]
    since: Mapped[dt.date]
    until: Mapped[dt.date | None]
    position: Mapped[int]
