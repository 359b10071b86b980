"""The tables of trust: emergency access, samples of the log, disposal and holds, journal marks, given passwords."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("accounts", sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_action"), "audit", ["action"], unique=False)
    op.create_table(
        "emergency_accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_emergency_accesses_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_accesses")),
    )
    op.create_index(op.f("ix_emergency_accesses_unit_id"), "emergency_accesses", ["unit_id"], unique=False)
    op.create_index(op.f("ix_emergency_accesses_user"), "emergency_accesses", ["user"], unique=False)
    op.create_table(
        "log_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_reviews")),
    )
    op.create_table(
        "log_review_rows",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["log_reviews.id"], name=op.f("fk_log_review_rows_review_id_log_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "sequence", name=op.f("pk_log_review_rows")),
    )
    op.create_table(
        "disposal_periods",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_disposal_periods")),
    )
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_object"), "holds", ["object"], unique=False)
    op.create_table(
        "disposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposals")),
    )
    op.create_table(
        "disposal_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["disposals.id"],
            name=op.f("fk_disposal_counts_disposal_id_disposals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_counts")),
        sa.UniqueConstraint("disposal_id", "kind", name=op.f("uq_disposal_counts_disposal_id")),
    )
    op.create_index(op.f("ix_disposal_counts_disposal_id"), "disposal_counts", ["disposal_id"], unique=False)
    op.create_table(
        "journal_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_journal_marks_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_journal_marks_customer_id_customers")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_journal_marks_by_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_marks")),
        sa.UniqueConstraint("item_id", "customer_id", "journal", name=op.f("uq_journal_marks_item_id")),
    )
    op.create_index(op.f("ix_journal_marks_by_id"), "journal_marks", ["by_id"], unique=False)
    op.create_index(op.f("ix_journal_marks_customer_id"), "journal_marks", ["customer_id"], unique=False)
    op.create_index(op.f("ix_journal_marks_item_id"), "journal_marks", ["item_id"], unique=False)
