"""What schema 0006 adds to filings: the mall whose shops are taken in together, read out by the file itself."""

from __future__ import annotations

STATEMENTS = (
    """
    ALTER TABLE filing ADD COLUMN batch VARCHAR
    GENERATED ALWAYS AS (nullif(json_extract(walk_in, '$.batch.name'), ''))
    """,
    "CREATE INDEX ix_filing_batch ON filing (batch, id) WHERE batch IS NOT NULL",
)
