"""What schema 0005 adds to filings: what statistics part them by, read out of the matter by the file itself."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE filing ADD COLUMN funding VARCHAR GENERATED ALWAYS AS (json_extract(walk_in, '$.funding'))",
    "ALTER TABLE filing ADD COLUMN sub_area VARCHAR GENERATED ALWAYS AS (json_extract(walk_in, '$.place.sub_area'))",
    "ALTER TABLE filing ADD COLUMN grid VARCHAR GENERATED ALWAYS AS (json_extract(walk_in, '$.place.grid'))",
    """
    ALTER TABLE filing ADD COLUMN office_code VARCHAR
    GENERATED ALWAYS AS (substr(first_number, 1, instr(first_number, '-') - 1))
    """,
    """
    ALTER TABLE filing ADD COLUMN insured_kinds VARCHAR GENERATED ALWAYS AS (
        coalesce(json_extract(walk_in, '$.insurances[0].kind'), '') || ' ' ||
        coalesce(json_extract(walk_in, '$.insurances[1].kind'), '') || ' ' ||
        coalesce(json_extract(walk_in, '$.insurances[2].kind'), '')
    )
    """,
    """
    CREATE INDEX ix_filing_statistics ON filing (
        accepted_on, community, kind, category, high_risk, office_code, funding, sub_area, grid,
        contractor_key, status, valid_until, closed_on, revoked_on, insured_kinds
    )
    """,
)
