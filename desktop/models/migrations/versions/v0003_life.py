"""The third schema: patrols, hazards, transfers, reports, and the life of a registration until it is closed.

Revision ID: 0003
"""

from __future__ import annotations

from alembic import op

from desktop.models.migrations.schema_0003 import dealing_parts, ledger_parts, life_parts, site_parts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The triggers of the last part need the tables of the others.
_PARTS = (site_parts, dealing_parts, life_parts, ledger_parts)


def upgrade() -> None:
    """Create the new tables and columns; not one stored row changes, so that every recorded hash stays true."""
    for part in _PARTS:
        for statement in part.STATEMENTS:
            op.execute(statement)
