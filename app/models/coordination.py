"""Coordination between providers: requests with parties, fields, events, contacts and SIP; what surrounds them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CustomerId, Id, Instant, MemberId, Name, UniqueKey, Version, Words


class CoordinationRequest(Base):
    """A case. `consent_*` is its basis, `sip_*` its SIP with short lists as JSON, `contract_*` the contract's parts."""

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_unit_status", "unit_id", "status"),)
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    customer_id: Mapped[CustomerId]
    person_name: Mapped[Words]
    kind: Mapped[Name]
    direction: Mapped[Name]
    status: Mapped[Name]
    outcome: Mapped[Words]
    reason: Mapped[Words]
    not_relevant: Mapped[Name]
    internal_plan: Mapped[Words]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"), index=True)
    consent_basis: Mapped[Words]
    consent_given_by: Mapped[Words]
    consent_form: Mapped[Words]
    consent_scope: Mapped[Words]
    consent_parties: Mapped[Words]
    consent_date: Mapped[dt.date | None]
    consent_until: Mapped[dt.date | None]
    consent_assessor: Mapped[Words]
    consent_reasons: Mapped[Words]
    consent_legal_basis: Mapped[Words]
    consent_withdrawn_on: Mapped[dt.date | None]
    consent_note: Mapped[Words]
    sip_there: Mapped[bool] = mapped_column(default=False)
    sip_considered_on: Mapped[dt.date | None]
    sip_considered_by: Mapped[Words]
    sip_outcome: Mapped[Words]
    sip_reason: Mapped[Words]
    sip_occasion: Mapped[Words]
    sip_called_on: Mapped[dt.date | None]
    sip_called_by: Mapped[Words]
    sip_participants: Mapped[Words]
    sip_goals: Mapped[Words]
    sip_needs: Mapped[Words]
    sip_measures: Mapped[Words]
    sip_others: Mapped[Words]
    sip_overall_responsible: Mapped[Words]
    sip_follow_ups: Mapped[Words]
    sip_ended_on: Mapped[dt.date | None]
    sip_ended_reason: Mapped[Words]
    contract_there: Mapped[bool] = mapped_column(default=False)
    contract_agreement: Mapped[Words]
    contract_contact: Mapped[Words]
    contract_times: Mapped[Words]
    contract_plan: Mapped[Words]
    discharge_there: Mapped[bool] = mapped_column(default=False)
    admitted_at: Mapped[dt.datetime | None]
    ready_at: Mapped[dt.datetime | None]
    discharged_at: Mapped[dt.datetime | None]
    version: Mapped[Version]


class RequestField(Base):
    """The text of one field of the message."""

    __tablename__ = "request_fields"
    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[Name]
    text: Mapped[Name]


class RequestParty(Base):
    """A party of a case."""

    __tablename__ = "request_parties"
    __table_args__ = (UniqueConstraint("request_id", "key"),)
    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[Name]
    name: Mapped[Name]
    role: Mapped[Name]
    own: Mapped[bool]
    kind: Mapped[Name]
    sector: Mapped[Words]
    channel: Mapped[Words]
    contact: Mapped[Words]
    status: Mapped[Words]


class RequestEvent(Base):
    """Something that happened; written once and never changed. `at` is Swedish wall-clock time."""

    __tablename__ = "request_events"
    __table_args__ = (Index("ix_request_events_kind_at", "kind", "at"),)
    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    at: Mapped[dt.datetime]
    recorded_at: Mapped[dt.datetime | None]
    kind: Mapped[Name]
    party: Mapped[Words]
    person_id: Mapped[MemberId]
    person_name: Mapped[Words]
    channel: Mapped[Words]
    text: Mapped[Words]
    fields: Mapped[Words]


class RequestContact(Base):
    """A permanent health-care contact named in a case."""

    __tablename__ = "request_contacts"
    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Name]
    organisation: Mapped[Words]
    phone: Mapped[Words]
    main: Mapped[bool]
    cause: Mapped[Words]
    told_units_on: Mapped[dt.date | None]
    told_person_on: Mapped[dt.date | None]
    told_by: Mapped[Words]


class SipMeeting(Base):
    """A meeting at which a case's SIP was made or followed up."""

    __tablename__ = "sip_meetings"
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True
    )  # fmt: skip
    position: Mapped[int]


class RequestTask(Base):
    """Something to do in a case: a duty of the guideline's chapter 8, or one of the unit's own."""

    __tablename__ = "request_tasks"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    duty: Mapped[Words]
    text: Mapped[Words]
    responsible_id: Mapped[MemberId]
    responsible_name: Mapped[Words]
    due: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    done_by_id: Mapped[MemberId]
    done_by_name: Mapped[Words]
    note: Mapped[Words]
    version: Mapped[Version]


class Deviation(Base):
    """A deviation in co-operation (guideline 10), from a case or alone."""

    __tablename__ = "deviations"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id", ondelete="SET NULL"), index=True)
    customer_id: Mapped[CustomerId]
    date: Mapped[dt.date]
    kind: Mapped[Name]
    counterpart: Mapped[Words]
    happened: Mapped[Name]
    consequences: Mapped[Words]
    measure: Mapped[Words]
    law: Mapped[Words]
    told: Mapped[Words]
    told_on: Mapped[dt.date | None]
    reported_by_id: Mapped[MemberId]
    reported_by_name: Mapped[Words]
    exported_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    exported_by: Mapped[Words]
    version: Mapped[Version]


class PartyEntry(Base):
    """A party in the address book."""

    __tablename__ = "party_book"
    id: Mapped[Id]
    key: Mapped[UniqueKey]
    name: Mapped[Name]
    kind: Mapped[Name]
    sector: Mapped[Words]
    channel: Mapped[Words]
    contact: Mapped[Words]
    version: Mapped[Version]


class CoordinationLimit(Base):
    """How many days a unit lets an acknowledgement and an answer take before they are late."""

    __tablename__ = "coordination_limits"
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    acknowledge_days: Mapped[int]
    answer_days: Mapped[int]
    version: Mapped[Version]
