"""Runs of checklists and their steps: each a copy of a template as it was when the run began."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CustomerId, Id, MemberId, Name, UniqueKey, Version, Words


class ChecklistRun(Base):
    """A checklist under way or ended. `tree` is a decision aid's questions as JSON, `answers` the way through them."""

    __tablename__ = "checklist_runs"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    template: Mapped[Name]
    name: Mapped[Name]
    purpose: Mapped[Name]
    about: Mapped[Words]
    owner_id: Mapped[MemberId]
    owner_name: Mapped[Words]
    started_on: Mapped[dt.date]
    due: Mapped[dt.date | None]
    status: Mapped[Name]
    ended_on: Mapped[dt.date | None]
    reason: Mapped[Words]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"), index=True)
    customer_id: Mapped[CustomerId]
    tree: Mapped[Words]
    answers: Mapped[Words]
    version: Mapped[Version]


class ChecklistStep(Base):
    """One step of a run; `skipped` is why it is not called for, `item_id` its point on a meeting's agenda."""

    __tablename__ = "checklist_steps"
    __table_args__ = (UniqueConstraint("run_id", "position"),)
    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("checklist_runs.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[Name]
    guidance: Mapped[Name]
    role: Mapped[Name]
    responsible_id: Mapped[MemberId]
    responsible_name: Mapped[Words]
    done_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[MemberId]
    done_by_name: Mapped[Words]
    note: Mapped[Words]
    skipped: Mapped[Words]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"), index=True)
