"""The search index, empty; it is filled when all steps are taken."""

from __future__ import annotations

from alembic import op

from app.storage import search_tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    search_tables.make(op.get_bind())
