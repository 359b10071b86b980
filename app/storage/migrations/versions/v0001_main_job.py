"""The tables of the main job: registers, meetings, accounts, audit log, drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_customer"), "audit", ["customer"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("started_from", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user", "kind", "key", name=op.f("pk_drafts")),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("night", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("key", name=op.f("uq_members_key")),
    )
    op.create_table(
        "preferences",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user", "name", name=op.f("pk_preferences")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("key", name=op.f("uq_units_key")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("all_units", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_accounts_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("user", name=op.f("uq_accounts_user")),
    )
    op.create_index(op.f("ix_accounts_member_id"), "accounts", ["member_id"], unique=False)
    op.create_table(
        "member_units",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_member_units_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_member_units_unit_id_units")),
        sa.PrimaryKeyConstraint("member_id", "unit_id", name=op.f("pk_member_units")),
    )
    op.create_index(op.f("ix_member_units_unit_id"), "member_units", ["unit_id"], unique=False)
    op.create_table(
        "unit_forums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("departure", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_forums_unit_id_units"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_forums")),
        sa.UniqueConstraint("unit_id", "forum", name=op.f("uq_unit_forums_unit_id")),
    )
    op.create_index(op.f("ix_unit_forums_unit_id"), "unit_forums", ["unit_id"], unique=False)
    op.create_table(
        "wards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_wards_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wards")),
        sa.UniqueConstraint("key", name=op.f("uq_wards_key")),
    )
    op.create_index(op.f("ix_wards_unit_id"), "wards", ["unit_id"], unique=False)
    op.create_table(
        "account_units",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_units_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_account_units_unit_id_units")),
        sa.PrimaryKeyConstraint("account_id", "unit_id", name=op.f("pk_account_units")),
    )
    op.create_table(
        "apartments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_apartments_ward_id_wards"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apartments")),
        sa.UniqueConstraint("ward_id", "number", name=op.f("uq_apartments_ward_id")),
    )
    op.create_index(op.f("ix_apartments_ward_id"), "apartments", ["ward_id"], unique=False)
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("apartment", sa.Text(), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("permanent_care_contact_id", sa.Integer(), nullable=True),
        sa.Column("responsible_nurse_id", sa.Integer(), nullable=True),
        sa.Column("physiotherapist_id", sa.Integer(), nullable=True),
        sa.Column("occupational_therapist_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["occupational_therapist_id"], ["members.id"], name=op.f("fk_customers_occupational_therapist_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["permanent_care_contact_id"], ["members.id"], name=op.f("fk_customers_permanent_care_contact_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["physiotherapist_id"], ["members.id"], name=op.f("fk_customers_physiotherapist_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_nurse_id"], ["members.id"], name=op.f("fk_customers_responsible_nurse_id_members")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_customers_unit_id_units")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_customers_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("key", name=op.f("uq_customers_key")),
    )
    op.create_index(
        op.f("ix_customers_occupational_therapist_id"), "customers", ["occupational_therapist_id"], unique=False
    )
    op.create_index(
        op.f("ix_customers_permanent_care_contact_id"), "customers", ["permanent_care_contact_id"], unique=False
    )
    op.create_index(op.f("ix_customers_physiotherapist_id"), "customers", ["physiotherapist_id"], unique=False)
    op.create_index(op.f("ix_customers_responsible_nurse_id"), "customers", ["responsible_nurse_id"], unique=False)
    op.create_index(op.f("ix_customers_unit_id"), "customers", ["unit_id"], unique=False)
    op.create_index(op.f("ix_customers_ward_id"), "customers", ["ward_id"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("chair_name", sa.Text(), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("secretary_name", sa.Text(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("approver_name", sa.Text(), nullable=True),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("has_next", sa.Boolean(), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("next_start", sa.Time(), nullable=True),
        sa.Column("next_place", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["approver_id"], ["members.id"], name=op.f("fk_meetings_approver_id_members")),
        sa.ForeignKeyConstraint(["chair_id"], ["members.id"], name=op.f("fk_meetings_chair_id_members")),
        sa.ForeignKeyConstraint(["secretary_id"], ["members.id"], name=op.f("fk_meetings_secretary_id_members")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meetings_unit_id_units")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_meetings_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("key", name=op.f("uq_meetings_key")),
    )
    op.create_index(op.f("ix_meetings_approver_id"), "meetings", ["approver_id"], unique=False)
    op.create_index(op.f("ix_meetings_chair_id"), "meetings", ["chair_id"], unique=False)
    op.create_index("ix_meetings_date", "meetings", ["date", "start"], unique=False)
    op.create_index(op.f("ix_meetings_secretary_id"), "meetings", ["secretary_id"], unique=False)
    op.create_index("ix_meetings_unit_date", "meetings", ["unit_id", "date", "start"], unique=False)
    op.create_index(op.f("ix_meetings_ward_id"), "meetings", ["ward_id"], unique=False)
    op.create_table(
        "member_wards",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_member_wards_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_member_wards_ward_id_wards")),
        sa.PrimaryKeyConstraint("member_id", "ward_id", name=op.f("pk_member_wards")),
    )
    op.create_index(op.f("ix_member_wards_ward_id"), "member_wards", ["ward_id"], unique=False)
    op.create_table(
        "ward_substitutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ward_substitutes_member_id_members")),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_ward_substitutes_ward_id_wards"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward_substitutes")),
        sa.UniqueConstraint("ward_id", "profession", name=op.f("uq_ward_substitutes_ward_id")),
    )
    op.create_index(op.f("ix_ward_substitutes_member_id"), "ward_substitutes", ["member_id"], unique=False)
    op.create_index(op.f("ix_ward_substitutes_ward_id"), "ward_substitutes", ["ward_id"], unique=False)
    op.create_table(
        "appendices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_appendices_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appendices")),
    )
    op.create_index(op.f("ix_appendices_meeting_id"), "appendices", ["meeting_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("profession", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("co_opted", sa.Boolean(), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("substitute_for_name", sa.Text(), nullable=True),
        sa.Column("since", sa.Time(), nullable=True),
        sa.Column("until", sa.Time(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_attendance_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attendance_member_id_members")),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"], ["members.id"], name=op.f("fk_attendance_substitute_for_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attendance_member_id"), "attendance", ["member_id"], unique=False)
    op.create_index(op.f("ix_attendance_substitute_for_id"), "attendance", ["substitute_for_id"], unique=False)
    op.create_table(
        "customer_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_periods_customer_id_customers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_periods")),
    )
    op.create_index(op.f("ix_customer_periods_customer_id"), "customer_periods", ["customer_id"], unique=False)
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("raised_by_name", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("presenter_id", sa.Integer(), nullable=True),
        sa.Column("presenter_name", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("lifted_to", sa.Text(), nullable=True),
        sa.Column("lifted_recipient_id", sa.Integer(), nullable=True),
        sa.Column("lifted_recipient_name", sa.Text(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["carried_from_id"], ["items.id"], name=op.f("fk_items_carried_from_id_items")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_items_customer_id_customers")),
        sa.ForeignKeyConstraint(
            ["lifted_recipient_id"], ["members.id"], name=op.f("fk_items_lifted_recipient_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_items_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["presenter_id"], ["members.id"], name=op.f("fk_items_presenter_id_members")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["members.id"], name=op.f("fk_items_raised_by_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("key", name=op.f("uq_items_key")),
    )
    op.create_index(op.f("ix_items_carried_from_id"), "items", ["carried_from_id"], unique=False)
    op.create_index(op.f("ix_items_customer_id"), "items", ["customer_id"], unique=False)
    op.create_index(op.f("ix_items_lifted_recipient_id"), "items", ["lifted_recipient_id"], unique=False)
    op.create_index(op.f("ix_items_meeting_id"), "items", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_items_presenter_id"), "items", ["presenter_id"], unique=False)
    op.create_index(op.f("ix_items_raised_by_id"), "items", ["raised_by_id"], unique=False)
    op.create_table(
        "meeting_customers",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("for_next", sa.Boolean(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_meeting_customers_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_customers_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "for_next", "customer_id", name=op.f("pk_meeting_customers")),
    )
    op.create_index(op.f("ix_meeting_customers_customer_id"), "meeting_customers", ["customer_id"], unique=False)
    op.create_table(
        "meeting_members",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_members_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_meeting_members_member_id_members")),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_meeting_members")),
    )
    op.create_index(op.f("ix_meeting_members_member_id"), "meeting_members", ["member_id"], unique=False)
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_actions_customer_id_customers")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_actions_item_id_items"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["responsible_id"], ["members.id"], name=op.f("fk_actions_responsible_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("key", name=op.f("uq_actions_key")),
    )
    op.create_index(op.f("ix_actions_customer_id"), "actions", ["customer_id"], unique=False)
    op.create_index(op.f("ix_actions_item_id"), "actions", ["item_id"], unique=False)
    op.create_index(op.f("ix_actions_responsible_id"), "actions", ["responsible_id"], unique=False)
    op.create_index("ix_actions_status_due", "actions", ["status", "due"], unique=False)
    op.create_table(
        "additions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_additions_by_id_members")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_additions_item_id_items")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_additions_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_additions")),
    )
    op.create_index(op.f("ix_additions_by_id"), "additions", ["by_id"], unique=False)
    op.create_index(op.f("ix_additions_item_id"), "additions", ["item_id"], unique=False)
    op.create_index(op.f("ix_additions_meeting_id"), "additions", ["meeting_id"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_assessments_customer_id_customers")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_assessments_item_id_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_customer_id"), "assessments", ["customer_id"], unique=False)
    op.create_index(op.f("ix_assessments_item_id"), "assessments", ["item_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_decisions_item_id_items"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_item_id"), "decisions", ["item_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_name", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_by_name", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["members.id"], name=op.f("fk_participation_asked_by_id_members")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_participation_customer_id_customers")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_participation_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["members.id"], name=op.f("fk_participation_reported_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index(op.f("ix_participation_asked_by_id"), "participation", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_participation_customer_id"), "participation", ["customer_id"], unique=False)
    op.create_index(op.f("ix_participation_item_id"), "participation", ["item_id"], unique=False)
    op.create_index(op.f("ix_participation_reported_by_id"), "participation", ["reported_by_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_name", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["members.id"], name=op.f("fk_questions_answered_by_id_members")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["members.id"], name=op.f("fk_questions_asked_by_id_members")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_questions_item_id_items"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_answered_by_id"), "questions", ["answered_by_id"], unique=False)
    op.create_index(op.f("ix_questions_asked_by_id"), "questions", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_questions_item_id"), "questions", ["item_id"], unique=False)
