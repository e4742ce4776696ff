"""Runs the steps on the connection that ``desktop.models.migrating`` has opened."""

from __future__ import annotations

from alembic import context

# SQLite rolls schema changes back with the transaction around them; the caller holds that transaction.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
