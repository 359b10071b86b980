"""What a year is planned from: series, absences, rooms, travel, turns, occasions, the year wheel."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, MemberId, Name, UniqueKey, Version, Words


class Series(Base):
    """A forum's rule on a ward or in a unit: what its meetings are made from."""

    __tablename__ = "series"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    forum: Mapped[Name]
    title: Mapped[Words]
    rrule: Mapped[Name]
    first: Mapped[dt.date]
    until: Mapped[dt.date | None]
    start: Mapped[dt.time]
    end: Mapped[dt.time]
    place: Mapped[Words]
    link: Mapped[Words]
    pinned: Mapped[bool] = mapped_column(default=False)
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"), index=True)
    version: Mapped[Version]


class SeriesExdate(Base):
    """A day of the rule on which the series is not held."""

    __tablename__ = "series_exdates"
    __table_args__ = (UniqueConstraint("series_id", "date"),)
    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    date: Mapped[dt.date]


class SeriesMove(Base):
    """A day of the rule that was moved, or whose hours were."""

    __tablename__ = "series_moves"
    __table_args__ = (UniqueConstraint("series_id", "was"),)
    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    was: Mapped[dt.date]
    date: Mapped[dt.date]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]


class SeriesPause(Base):
    """Days, both inclusive, on which the series rests."""

    __tablename__ = "series_pauses"
    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    since: Mapped[dt.date]
    until: Mapped[dt.date]
    reason: Mapped[Words]


class Absence(Base):
    """When a member is away, in Swedish wall-clock time; where an end `is_day`, that whole day belongs to it."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_member_since", "member_id", "since"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    since: Mapped[dt.datetime]
    since_is_day: Mapped[bool]
    until: Mapped[dt.datetime]
    until_is_day: Mapped[bool]
    kind: Mapped[Words]
    substitute_id: Mapped[MemberId]
    substitute_name: Mapped[Words]
    version: Mapped[Version]


class MemberHours(Base):
    """Hours of a weekday (Monday 0) in which a member works."""

    __tablename__ = "member_hours"
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    weekday: Mapped[int]
    since: Mapped[dt.time]
    until: Mapped[dt.time]


class Room(Base):
    """A room in which one meeting is held at a time; of one unit, or shared by all."""

    __tablename__ = "rooms"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    name: Mapped[Name]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    version: Mapped[Version]


class Travel(Base):
    """How long it takes from one unit to another, the same both ways."""

    __tablename__ = "travel"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    from_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    minutes: Mapped[int]
    version: Mapped[Version]


class Occasion(Base):
    """Meetings held one after the other while others cover the wards."""

    __tablename__ = "occasions"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    version: Mapped[Version]


class Cover(Base):
    """Who works on a ward while its team is at the occasion."""

    __tablename__ = "covers"
    id: Mapped[Id]
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    who_id: Mapped[MemberId]
    who_name: Mapped[Words]
    since: Mapped[dt.time | None]
    until: Mapped[dt.time | None]


class Turn(Base):
    """What the team has decided about when a customer is followed up; one row a customer at most."""

    __tablename__ = "turns"
    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), unique=True)
    weeks: Mapped[int | None]
    priority: Mapped[int | None]
    put_in_on: Mapped[dt.date | None]
    put_in_why: Mapped[Words]
    passed_on: Mapped[dt.date | None]
    passed_why: Mapped[Words]
    version: Mapped[Version]


class WheelMonth(Base):
    """What a forum takes up in a month of every year (årshjul)."""

    __tablename__ = "wheel_months"
    __table_args__ = (UniqueConstraint("unit_id", "forum", "month"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    forum: Mapped[Name]
    month: Mapped[int]
    version: Mapped[Version]


class WheelTheme(Base):
    """One theme of a month."""

    __tablename__ = "wheel_themes"
    id: Mapped[Id]
    month_id: Mapped[int] = mapped_column(ForeignKey("wheel_months.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Name]


class MeetingRegret(Base):
    """Somebody called who said beforehand that she cannot come, and who comes in her place."""

    __tablename__ = "meeting_regrets"
    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    substitute_id: Mapped[MemberId]
    substitute_name: Mapped[Words]
    at: Mapped[dt.datetime]
    note: Mapped[Words]
