"""The fifth schema: registers beside the ledger, evaluations, printed reports, and what filings are counted by.

Revision ID: 0005
"""

from __future__ import annotations

from alembic import op

from desktop.models.migrations.schema_0005 import exchange_parts, filing_parts, register_parts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the new tables; new columns of filings are computed, so that every recorded hash stays true."""
    for statements in (register_parts.STATEMENTS, filing_parts.STATEMENTS, exchange_parts.STATEMENTS):
        for statement in statements:
            op.execute(statement)
