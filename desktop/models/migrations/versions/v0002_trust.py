"""The second schema: people, roles and scopes, a chained trail, reviews, attachments.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

from desktop.models.migrations.schema_0002 import (
    attachment_parts,
    closing_parts,
    firm_parts,
    ledger_parts,
    people_parts,
    review_parts,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PARTS = (ledger_parts, firm_parts, attachment_parts, review_parts, people_parts, closing_parts)


def upgrade() -> None:
    """Create the new tables and columns, and fill in what follows from what the ledger holds."""
    for part in _PARTS:
        for statement in part.STATEMENTS:
            op.execute(statement)
