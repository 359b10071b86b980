"""Coordination between providers: requests and all that hangs on them, deviations, the address book, limits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    _requests()
    _under_requests()
    _beside()


def _requests() -> None:
    """Cases."""
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("not_relevant", sa.Text(), nullable=False),
        sa.Column("internal_plan", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("consent_basis", sa.Text(), nullable=True),
        sa.Column("consent_given_by", sa.Text(), nullable=True),
        sa.Column("consent_form", sa.Text(), nullable=True),
        sa.Column("consent_scope", sa.Text(), nullable=True),
        sa.Column("consent_parties", sa.Text(), nullable=True),
        sa.Column("consent_date", sa.Date(), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("consent_assessor", sa.Text(), nullable=True),
        sa.Column("consent_reasons", sa.Text(), nullable=True),
        sa.Column("consent_legal_basis", sa.Text(), nullable=True),
        sa.Column("consent_withdrawn_on", sa.Date(), nullable=True),
        sa.Column("consent_note", sa.Text(), nullable=True),
        sa.Column("sip_there", sa.Boolean(), nullable=False),
        sa.Column("sip_considered_on", sa.Date(), nullable=True),
        sa.Column("sip_considered_by", sa.Text(), nullable=True),
        sa.Column("sip_outcome", sa.Text(), nullable=True),
        sa.Column("sip_reason", sa.Text(), nullable=True),
        sa.Column("sip_occasion", sa.Text(), nullable=True),
        sa.Column("sip_called_on", sa.Date(), nullable=True),
        sa.Column("sip_called_by", sa.Text(), nullable=True),
        sa.Column("sip_participants", sa.Text(), nullable=True),
        sa.Column("sip_goals", sa.Text(), nullable=True),
        sa.Column("sip_needs", sa.Text(), nullable=True),
        sa.Column("sip_measures", sa.Text(), nullable=True),
        sa.Column("sip_others", sa.Text(), nullable=True),
        sa.Column("sip_overall_responsible", sa.Text(), nullable=True),
        sa.Column("sip_follow_ups", sa.Text(), nullable=True),
        sa.Column("sip_ended_on", sa.Date(), nullable=True),
        sa.Column("sip_ended_reason", sa.Text(), nullable=True),
        sa.Column("contract_there", sa.Boolean(), nullable=False),
        sa.Column("contract_agreement", sa.Text(), nullable=True),
        sa.Column("contract_contact", sa.Text(), nullable=True),
        sa.Column("contract_times", sa.Text(), nullable=True),
        sa.Column("contract_plan", sa.Text(), nullable=True),
        sa.Column("discharge_there", sa.Boolean(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(), nullable=True),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("discharged_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_requests_customer_id_customers")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_requests_item_id_items"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_requests_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("key", name=op.f("uq_requests_key")),
    )
    op.create_index(op.f("ix_requests_customer_id"), "requests", ["customer_id"], unique=False)
    op.create_index(op.f("ix_requests_item_id"), "requests", ["item_id"], unique=False)
    op.create_index("ix_requests_unit_status", "requests", ["unit_id", "status"], unique=False)


def _under_requests() -> None:
    """What hangs on a case."""
    op.create_table(
        "request_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_fields_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_fields")),
    )
    op.create_index(op.f("ix_request_fields_request_id"), "request_fields", ["request_id"], unique=False)
    op.create_table(
        "request_parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_parties_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_parties")),
        sa.UniqueConstraint("request_id", "key", name=op.f("uq_request_parties_request_id")),
    )
    op.create_table(
        "request_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["members.id"], name=op.f("fk_request_events_person_id_members")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_events_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_events")),
    )
    op.create_index("ix_request_events_kind_at", "request_events", ["kind", "at"], unique=False)
    op.create_index(op.f("ix_request_events_person_id"), "request_events", ["person_id"], unique=False)
    op.create_index(op.f("ix_request_events_request_id"), "request_events", ["request_id"], unique=False)
    op.create_table(
        "request_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("told_units_on", sa.Date(), nullable=True),
        sa.Column("told_person_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_contacts_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_contacts")),
    )
    op.create_index(op.f("ix_request_contacts_request_id"), "request_contacts", ["request_id"], unique=False)
    op.create_table(
        "sip_meetings",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_sip_meetings_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_sip_meetings_request_id_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "meeting_id", name=op.f("pk_sip_meetings")),
    )
    op.create_index(op.f("ix_sip_meetings_meeting_id"), "sip_meetings", ["meeting_id"], unique=False)
    op.create_table(
        "request_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_by_name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["members.id"], name=op.f("fk_request_tasks_done_by_id_members")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_request_tasks_request_id_requests"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["members.id"], name=op.f("fk_request_tasks_responsible_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_tasks")),
        sa.UniqueConstraint("key", name=op.f("uq_request_tasks_key")),
    )
    op.create_index(op.f("ix_request_tasks_done_by_id"), "request_tasks", ["done_by_id"], unique=False)
    op.create_index(op.f("ix_request_tasks_request_id"), "request_tasks", ["request_id"], unique=False)
    op.create_index(op.f("ix_request_tasks_responsible_id"), "request_tasks", ["responsible_id"], unique=False)


def _beside() -> None:
    """Deviations, the address book, how long answers may take."""
    op.create_table(
        "deviations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("counterpart", sa.Text(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_by_name", sa.Text(), nullable=True),
        sa.Column("exported_at", sa.DateTime(), nullable=True),
        sa.Column("exported_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_deviations_customer_id_customers")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["members.id"], name=op.f("fk_deviations_reported_by_id_members")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_deviations_request_id_requests"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_deviations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviations")),
        sa.UniqueConstraint("key", name=op.f("uq_deviations_key")),
    )
    op.create_index(op.f("ix_deviations_customer_id"), "deviations", ["customer_id"], unique=False)
    op.create_index(op.f("ix_deviations_reported_by_id"), "deviations", ["reported_by_id"], unique=False)
    op.create_index(op.f("ix_deviations_request_id"), "deviations", ["request_id"], unique=False)
    op.create_index(op.f("ix_deviations_unit_id"), "deviations", ["unit_id"], unique=False)
    op.create_table(
        "party_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_book")),
        sa.UniqueConstraint("key", name=op.f("uq_party_book_key")),
    )
    op.create_table(
        "coordination_limits",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("acknowledge_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_coordination_limits_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_coordination_limits")),
    )
