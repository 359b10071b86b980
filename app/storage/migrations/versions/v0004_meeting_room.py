"""The meeting room: checklists, what goes before and after minutes, files, letters, templates, activities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    _checklists()
    _letters_and_files()
    _minutes()
    _under_items()
    _of_units()
    _columns()


def _checklists() -> None:
    op.create_table(
        "checklist_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("tree", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_checklist_runs_unit_id_units")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_checklist_runs_owner_id_members")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_checklist_runs_meeting_id_meetings"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_checklist_runs_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_checklist_runs_key")),
    )
    for column in ("unit_id", "owner_id", "meeting_id", "customer_id"):
        op.create_index(op.f(f"ix_checklist_runs_{column}"), "checklist_runs", [column], unique=False)
    op.create_table(
        "checklist_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_by_name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("skipped", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["checklist_runs.id"], name=op.f("fk_checklist_steps_run_id_checklist_runs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["members.id"], name=op.f("fk_checklist_steps_responsible_id_members")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["members.id"], name=op.f("fk_checklist_steps_done_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_checklist_steps_item_id_items"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_steps")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_checklist_steps_run_id")),
    )
    for column in ("responsible_id", "done_by_id", "item_id"):
        op.create_index(op.f(f"ix_checklist_steps_{column}"), "checklist_steps", [column], unique=False)


def _letters_and_files() -> None:
    """Letters, and files of meetings and letters."""
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("intro", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_by_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["sent_by_id"], ["members.id"], name=op.f("fk_letters_sent_by_id_members")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_letters_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
    )
    op.create_index(op.f("ix_letters_sent_by_id"), "letters", ["sent_by_id"], unique=False)
    op.create_index(op.f("ix_letters_unit_id"), "letters", ["unit_id"], unique=False)
    op.create_table(
        "letter_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("register", sa.Text(), nullable=True),
        sa.Column("register_by", sa.Date(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_parts_letter_id_letters"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_letter_parts_meeting_id_meetings"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_parts")),
    )
    op.create_index(op.f("ix_letter_parts_letter_id"), "letter_parts", ["letter_id"], unique=False)
    op.create_index(op.f("ix_letter_parts_meeting_id"), "letter_parts", ["meeting_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_attachments_added_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_attachments_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_attachments_letter_id_letters"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_attachments_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attachments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("key", name=op.f("uq_attachments_key")),
    )
    op.create_index(op.f("ix_attachments_added_by_id"), "attachments", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_attachments_item_id"), "attachments", ["item_id"], unique=False)
    op.create_index(op.f("ix_attachments_letter_id"), "attachments", ["letter_id"], unique=False)
    op.create_index(op.f("ix_attachments_meeting_id"), "attachments", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attachments_unit_id"), "attachments", ["unit_id"], unique=False)
    op.create_table(
        "attachment_contents",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_attachment_contents_attachment_id_attachments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_contents")),
    )


def _minutes() -> None:
    """Who has read what, versions, comments, preparations."""
    op.create_table(
        "minutes_receipts",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_receipts_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_minutes_receipts_member_id_members")),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_minutes_receipts")),
    )
    op.create_index(op.f("ix_minutes_receipts_member_id"), "minutes_receipts", ["member_id"], unique=False)
    op.create_table(
        "minutes_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_minutes_versions_by_id_members")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_versions_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_versions")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_versions_meeting_id")),
    )
    op.create_index(op.f("ix_minutes_versions_by_id"), "minutes_versions", ["by_id"], unique=False)
    op.create_table(
        "minutes_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_minutes_comments_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_minutes_comments_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_comments_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["members.id"], name=op.f("fk_minutes_comments_settled_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_comments")),
        sa.UniqueConstraint("key", name=op.f("uq_minutes_comments_key")),
    )
    op.create_index(op.f("ix_minutes_comments_by_id"), "minutes_comments", ["by_id"], unique=False)
    op.create_index(op.f("ix_minutes_comments_item_id"), "minutes_comments", ["item_id"], unique=False)
    op.create_index(op.f("ix_minutes_comments_meeting_id"), "minutes_comments", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_minutes_comments_settled_by_id"), "minutes_comments", ["settled_by_id"], unique=False)
    op.create_table(
        "preparations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_by_name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_preparations_customer_id_customers")),
        sa.ForeignKeyConstraint(["done_by_id"], ["members.id"], name=op.f("fk_preparations_done_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_preparations_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_preparations_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["members.id"], name=op.f("fk_preparations_responsible_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparations")),
        sa.UniqueConstraint("key", name=op.f("uq_preparations_key")),
    )
    op.create_index(op.f("ix_preparations_customer_id"), "preparations", ["customer_id"], unique=False)
    op.create_index(op.f("ix_preparations_done_by_id"), "preparations", ["done_by_id"], unique=False)
    op.create_index(op.f("ix_preparations_item_id"), "preparations", ["item_id"], unique=False)
    op.create_index(op.f("ix_preparations_meeting_id"), "preparations", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_preparations_responsible_id"), "preparations", ["responsible_id"], unique=False)


def _under_items() -> None:
    """What hangs on a point."""
    op.create_table(
        "item_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=True),
        sa.Column("since", sa.Time(), nullable=True),
        sa.Column("until", sa.Time(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_absences_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["members.id"], name=op.f("fk_item_absences_person_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_absences")),
    )
    op.create_index(op.f("ix_item_absences_item_id"), "item_absences", ["item_id"], unique=False)
    op.create_index(op.f("ix_item_absences_person_id"), "item_absences", ["person_id"], unique=False)
    op.create_table(
        "presentations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_presentations_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_presentations_item_id_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presentations")),
    )
    op.create_index(op.f("ix_presentations_by_id"), "presentations", ["by_id"], unique=False)
    op.create_index(op.f("ix_presentations_item_id"), "presentations", ["item_id"], unique=False)


def _of_units() -> None:
    """Templates, instruments and activities of a unit."""
    op.create_table(
        "meeting_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meeting_templates_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_templates")),
        sa.UniqueConstraint("key", name=op.f("uq_meeting_templates_key")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_meeting_templates_unit_id")),
    )
    op.create_index(op.f("ix_meeting_templates_unit_id"), "meeting_templates", ["unit_id"], unique=False)
    op.create_table(
        "unit_instruments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("least", sa.Double(), nullable=True),
        sa.Column("most", sa.Double(), nullable=True),
        sa.Column("bands", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_instruments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_instruments")),
        sa.UniqueConstraint("unit_id", "key", name=op.f("uq_unit_instruments_unit_id")),
    )
    op.create_index(op.f("ix_unit_instruments_unit_id"), "unit_instruments", ["unit_id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("leader_name", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_activities_customer_id_customers")),
        sa.ForeignKeyConstraint(["leader_id"], ["members.id"], name=op.f("fk_activities_leader_id_members")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_activities_meeting_id_meetings"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_activities_unit_id_units")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_activities_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("key", name=op.f("uq_activities_key")),
    )
    op.create_index(op.f("ix_activities_customer_id"), "activities", ["customer_id"], unique=False)
    op.create_index(op.f("ix_activities_leader_id"), "activities", ["leader_id"], unique=False)
    op.create_index(op.f("ix_activities_meeting_id"), "activities", ["meeting_id"], unique=False)
    op.create_index("ix_activities_unit_date", "activities", ["unit_id", "date"], unique=False)
    op.create_index(op.f("ix_activities_ward_id"), "activities", ["ward_id"], unique=False)


def _columns() -> None:
    """What meetings, items and actions say besides."""
    op.add_column("actions", sa.Column("effect", sa.Text(), nullable=True))
    op.add_column("actions", sa.Column("followed_up_on", sa.Date(), nullable=True))
    op.add_column(
        "actions",
        sa.Column(
            "followed_up_by_id",
            sa.Integer(),
            sa.ForeignKey("members.id", name="fk_actions_followed_up_by_id_members"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("actions", sa.Column("followed_up_by_name", sa.Text(), nullable=True))
    op.add_column("actions", sa.Column("repeat", sa.Text(), nullable=True))
    op.add_column("actions", sa.Column("repeats", sa.Text(), nullable=True))
    op.create_index(op.f("ix_actions_followed_up_by_id"), "actions", ["followed_up_by_id"], unique=False)
    op.add_column("questions", sa.Column("answer_by", sa.Date(), nullable=True))
    op.add_column("items", sa.Column("added_at", sa.DateTime(), nullable=True))
    op.add_column("items", sa.Column("left_out", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("meetings", sa.Column("published_at", sa.DateTime(), nullable=True))
    op.add_column("meetings", sa.Column("published_version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("meetings", sa.Column("agenda_changed_at", sa.DateTime(), nullable=True))
    op.add_column("meetings", sa.Column("circulated_at", sa.DateTime(), nullable=True))
    op.add_column("meetings", sa.Column("comments_by", sa.Date(), nullable=True))
