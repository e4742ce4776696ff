"""The sixth schema: versions of the rules made or received here, and malls whose shops are taken in together.

Revision ID: 0006
"""

from __future__ import annotations

from alembic import op

from desktop.models.migrations.schema_0006 import batch_parts, rule_parts

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of versions; the new column of filings is computed, so that every recorded hash stays true."""
    for statement in (*rule_parts.STATEMENTS, *batch_parts.STATEMENTS):
        op.execute(statement)
