"""The fourth schema: packages between stations, sheets taken in, what is told upward.

Revision ID: 0004
"""

from __future__ import annotations

from alembic import op

from desktop.models.migrations.schema_0004 import exchange_parts, sheet_parts

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CHANGED = ("ALTER TABLE platform_entry ADD COLUMN entered_on DATE",)


def upgrade() -> None:
    """Create the new tables; the one new column may be empty, so that every recorded hash stays true."""
    for statements in (exchange_parts.STATEMENTS, sheet_parts.STATEMENTS, _CHANGED):
        for statement in statements:
            op.execute(statement)
