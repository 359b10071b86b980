"""The tables of planning: series, absences, rooms, travel, turns, occasions, the year wheel, regrets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("since_is_day", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("until_is_day", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("substitute_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_absences_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["substitute_id"], ["members.id"], name=op.f("fk_absences_substitute_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("key", name=op.f("uq_absences_key")),
    )
    op.create_index("ix_absences_member_since", "absences", ["member_id", "since"], unique=False)
    op.create_index(op.f("ix_absences_substitute_id"), "absences", ["substitute_id"], unique=False)
    op.create_table(
        "member_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("since", sa.Time(), nullable=False),
        sa.Column("until", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_member_hours_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_hours")),
    )
    op.create_index(op.f("ix_member_hours_member_id"), "member_hours", ["member_id"], unique=False)
    op.create_table(
        "occasions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_occasions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasions")),
        sa.UniqueConstraint("key", name=op.f("uq_occasions_key")),
    )
    op.create_index(op.f("ix_occasions_unit_id"), "occasions", ["unit_id"], unique=False)
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_rooms_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("key", name=op.f("uq_rooms_key")),
    )
    op.create_index(op.f("ix_rooms_unit_id"), "rooms", ["unit_id"], unique=False)
    op.create_table(
        "travel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["units.id"], name=op.f("fk_travel_from_id_units"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["units.id"], name=op.f("fk_travel_to_id_units"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_travel_from_id")),
        sa.UniqueConstraint("key", name=op.f("uq_travel_key")),
    )
    op.create_index(op.f("ix_travel_to_id"), "travel", ["to_id"], unique=False)
    op.create_table(
        "wheel_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_wheel_months_unit_id_units"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wheel_months")),
        sa.UniqueConstraint("key", name=op.f("uq_wheel_months_key")),
        sa.UniqueConstraint("unit_id", "forum", "month", name=op.f("uq_wheel_months_unit_id")),
    )
    op.create_table(
        "covers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("who_id", sa.Integer(), nullable=True),
        sa.Column("who_name", sa.Text(), nullable=True),
        sa.Column("since", sa.Time(), nullable=True),
        sa.Column("until", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_covers_occasion_id_occasions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_covers_ward_id_wards")),
        sa.ForeignKeyConstraint(["who_id"], ["members.id"], name=op.f("fk_covers_who_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    op.create_index(op.f("ix_covers_occasion_id"), "covers", ["occasion_id"], unique=False)
    op.create_index(op.f("ix_covers_ward_id"), "covers", ["ward_id"], unique=False)
    op.create_index(op.f("ix_covers_who_id"), "covers", ["who_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["series.id"], name=op.f("fk_series_continues_id_series"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_series_unit_id_units")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_series_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("key", name=op.f("uq_series_key")),
    )
    op.create_index(op.f("ix_series_continues_id"), "series", ["continues_id"], unique=False)
    op.create_index(op.f("ix_series_unit_id"), "series", ["unit_id"], unique=False)
    op.create_index(op.f("ix_series_ward_id"), "series", ["ward_id"], unique=False)
    op.create_table(
        "wheel_themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month_id"], ["wheel_months.id"], name=op.f("fk_wheel_themes_month_id_wheel_months"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wheel_themes")),
    )
    op.create_index(op.f("ix_wheel_themes_month_id"), "wheel_themes", ["month_id"], unique=False)
    op.create_table(
        "meeting_regrets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("substitute_name", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_regrets_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_meeting_regrets_member_id_members")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["members.id"], name=op.f("fk_meeting_regrets_substitute_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_regrets")),
    )
    op.create_index(op.f("ix_meeting_regrets_meeting_id"), "meeting_regrets", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_regrets_member_id"), "meeting_regrets", ["member_id"], unique=False)
    op.create_index(op.f("ix_meeting_regrets_substitute_id"), "meeting_regrets", ["substitute_id"], unique=False)
    op.create_table(
        "series_exdates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_exdates_series_id_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_exdates")),
        sa.UniqueConstraint("series_id", "date", name=op.f("uq_series_exdates_series_id")),
    )
    op.create_index(op.f("ix_series_exdates_series_id"), "series_exdates", ["series_id"], unique=False)
    op.create_table(
        "series_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_moves_series_id_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_moves")),
        sa.UniqueConstraint("series_id", "was", name=op.f("uq_series_moves_series_id")),
    )
    op.create_index(op.f("ix_series_moves_series_id"), "series_moves", ["series_id"], unique=False)
    op.create_table(
        "series_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_pauses_series_id_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_pauses")),
    )
    op.create_index(op.f("ix_series_pauses_series_id"), "series_pauses", ["series_id"], unique=False)
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("put_in_on", sa.Date(), nullable=True),
        sa.Column("put_in_why", sa.Text(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("passed_why", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_turns_customer_id_customers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_turns_customer_id")),
    )
    op.add_column("meetings", sa.Column("series_day", sa.Date(), nullable=True))
    op.add_column("meetings", sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("meetings", sa.Column("announced_on", sa.Date(), nullable=True))
    op.add_column("meetings", sa.Column("announced_sequence", sa.Integer(), server_default="0", nullable=False))
    op.add_column("meetings", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_meetings_occasion", "meetings", ["occasion"], unique=False)
    op.create_index("ix_meetings_series", "meetings", ["series", "series_day"], unique=False)
