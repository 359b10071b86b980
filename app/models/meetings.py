"""Meetings with all that hangs on them: who was called and came, items, decisions, actions, questions, additions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CustomerId, Id, MemberId, Name, UniqueKey, Version, Words


class Meeting(Base):
    """One meeting of a forum. `next_*` is what it agreed about the meeting after it.

    `published_*` is when its agenda last went out, `agenda_changed_at` when what had gone out was last changed,
    `circulated_at` when its minutes went out for comments.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_unit_date", "unit_id", "date", "start"),
        Index("ix_meetings_date", "date", "start"),
        Index("ix_meetings_series", "series", "series_day"),
        Index("ix_meetings_occasion", "occasion"),
    )
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    forum: Mapped[Name]
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    title: Mapped[Words]
    date: Mapped[dt.date]
    start: Mapped[dt.time]
    end: Mapped[dt.time]
    place: Mapped[Words]
    link: Mapped[Words]
    status: Mapped[Name]
    cancelled_reason: Mapped[Words]
    chair_id: Mapped[MemberId]
    chair_name: Mapped[Words]
    secretary_id: Mapped[MemberId]
    secretary_name: Mapped[Words]
    approver_id: Mapped[MemberId]
    approver_name: Mapped[Words]
    series: Mapped[Words]
    series_day: Mapped[dt.date | None]
    occasion: Mapped[Words]
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    announced_on: Mapped[dt.date | None]
    announced_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    published_at: Mapped[dt.datetime | None]
    published_version: Mapped[int] = mapped_column(default=0, server_default="0")
    agenda_changed_at: Mapped[dt.datetime | None]
    circulated_at: Mapped[dt.datetime | None]
    comments_by: Mapped[dt.date | None]
    has_next: Mapped[bool] = mapped_column(default=False)
    next_date: Mapped[dt.date | None]
    next_start: Mapped[dt.time | None]
    next_place: Mapped[Words]
    version: Mapped[Version]


class MeetingMember(Base):
    """A member called to the meeting."""

    __tablename__ = "meeting_members"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
    position: Mapped[int]


class MeetingCustomer(Base):
    """A customer due at the meeting, or (`for_next`) agreed for the next one."""

    __tablename__ = "meeting_customers"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    for_next: Mapped[bool] = mapped_column(primary_key=True, default=False)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True, index=True)
    position: Mapped[int]


class Attendance(Base):
    """One person's presence at the meeting."""

    __tablename__ = "attendance"
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    member_id: Mapped[MemberId]
    name: Mapped[Words]
    profession: Mapped[Words]
    organisation: Mapped[Words]
    status: Mapped[Name]
    co_opted: Mapped[bool] = mapped_column(default=False)
    substitute_for_id: Mapped[MemberId]
    substitute_for_name: Mapped[Words]
    since: Mapped[dt.time | None]
    until: Mapped[dt.time | None]
    note: Mapped[Words]


class Item(Base):
    """One agenda item and its minutes."""

    __tablename__ = "items"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    heading: Mapped[Name]
    kind: Mapped[Name]
    text: Mapped[Words]
    raised_by_id: Mapped[MemberId]
    raised_by_name: Mapped[Words]
    customer_id: Mapped[CustomerId]
    presenter_id: Mapped[MemberId]
    presenter_name: Mapped[Words]
    minutes: Mapped[int | None]
    notes: Mapped[Words]
    lifted_to: Mapped[Words]
    lifted_recipient_id: Mapped[MemberId]
    lifted_recipient_name: Mapped[Words]
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    added_at: Mapped[dt.datetime | None]
    left_out: Mapped[bool] = mapped_column(default=False, server_default=false())


class Presentation(Base):
    """What one profession presents under an item: need, problem and wish of its field (routine 3.1)."""

    __tablename__ = "presentations"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    profession: Mapped[Name]
    by_id: Mapped[MemberId]
    by_name: Mapped[Words]
    need: Mapped[Words]
    problem: Mapped[Words]
    wish: Mapped[Words]


class ItemAbsence(Base):
    """Somebody at the meeting who took no part in an item, or in a part of it."""

    __tablename__ = "item_absences"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[MemberId]
    person_name: Mapped[Words]
    since: Mapped[dt.time | None]
    until: Mapped[dt.time | None]
    reason: Mapped[Words]


class Decision(Base):
    """One decision of an item."""

    __tablename__ = "decisions"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Name]


class Action(Base):
    """Something one person is to do, decided under an item. `repeats` is the key of the one it follows on."""

    __tablename__ = "actions"
    __table_args__ = (Index("ix_actions_status_due", "status", "due"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Name]
    responsible_id: Mapped[MemberId]
    responsible_name: Mapped[Words]
    due: Mapped[dt.date | None]
    status: Mapped[Name]
    follow_up: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    result: Mapped[Words]
    effect: Mapped[Words]
    followed_up_on: Mapped[dt.date | None]
    followed_up_by_id: Mapped[MemberId]
    followed_up_by_name: Mapped[Words]
    repeat: Mapped[Words]
    repeats: Mapped[Words]
    customer_id: Mapped[CustomerId]
    version: Mapped[Version]


class Question(Base):
    """A question of an item with its answer, when there is one."""

    __tablename__ = "questions"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    question: Mapped[Name]
    asked_by_id: Mapped[MemberId]
    asked_by_name: Mapped[Words]
    answer: Mapped[Words]
    answered_by_id: Mapped[MemberId]
    answered_by_name: Mapped[Words]
    answered_on: Mapped[dt.date | None]
    answer_by: Mapped[dt.date | None]


class Assessment(Base):
    """A risk assessment of a customer."""

    __tablename__ = "assessments"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    instrument: Mapped[Name]
    date: Mapped[dt.date]
    score: Mapped[float | None]
    risk: Mapped[Words]
    note: Mapped[Words]


class Participation(Base):
    """The customer's part: asked, present, reported back to."""

    __tablename__ = "participation"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    asked_by_id: Mapped[MemberId]
    asked_by_name: Mapped[Words]
    asked_on: Mapped[dt.date | None]
    wish: Mapped[Words]
    present: Mapped[bool] = mapped_column(default=False)
    reported_by_id: Mapped[MemberId]
    reported_by_name: Mapped[Words]
    reported_on: Mapped[dt.date | None]


class JournalMark(Base):
    """That what a point says of a customer was entered in her journal (journalförd): which, by whom and when."""

    __tablename__ = "journal_marks"
    __table_args__ = (UniqueConstraint("item_id", "customer_id", "journal"),)
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    journal: Mapped[Name]
    by_id: Mapped[MemberId]
    by_name: Mapped[Words]
    on: Mapped[dt.date]


class Appendix(Base):
    """The name of an appendix."""

    __tablename__ = "appendices"
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Name]


class Addition(Base):
    """A dated addition to approved minutes; `at` is Swedish wall-clock time."""

    __tablename__ = "additions"
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    at: Mapped[dt.datetime]
    by_id: Mapped[MemberId]
    by_name: Mapped[Words]
    text: Mapped[Name]
