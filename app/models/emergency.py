"""Emergency access (nödöppning): who opened a unit's customers without being assigned to them, why, and who saw it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Instant, Name, Words


class EmergencyAccess(Base):
    """One opening of a unit by one user, for a while; `seen_by` is the enhetschef who has taken note of it."""

    __tablename__ = "emergency_accesses"
    id: Mapped[Id]
    user: Mapped[Name] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    reason: Mapped[Name]
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    until: Mapped[dt.datetime] = mapped_column(Instant)
    seen_by: Mapped[Words]
    seen_at: Mapped[dt.datetime | None] = mapped_column(Instant)
