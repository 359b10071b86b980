"""Alembic's entry: runs the steps on the connection it is handed, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from app.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=False,
    transactional_ddl=True,
)
context.run_migrations()
