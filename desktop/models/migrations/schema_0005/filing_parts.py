"""What schema 0005 adds to filings, visits and patrols: what statistics part and count, read out by the file itself."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE filing ADD COLUMN funding VARCHAR GENERATED ALWAYS AS (json_extract(walk_in, '$.funding'))",
    """
    ALTER TABLE filing ADD COLUMN channel VARCHAR
    GENERATED ALWAYS AS (json_extract(walk_in, '$.facts.stated.filing_channel'))
    """,
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
        accepted_on, community, kind, category, high_risk, office_code, funding, channel, sub_area, grid,
        contractor_key, status, valid_until, closed_on, revoked_on, insured_kinds
    ) WHERE accepted_on IS NOT NULL
    """,
    """
    CREATE INDEX ix_filing_closed_statistics ON filing (
        closed_on, status, community, kind, category, high_risk, office_code, funding, sub_area, grid, contractor_key
    ) WHERE closed_on IS NOT NULL
    """,
    "CREATE INDEX ix_filing_revoked_on ON filing (revoked_on, status) WHERE revoked_on IS NOT NULL",
    "CREATE INDEX ix_visit_act ON visit (filing_id, act, decided_at, clerk)",
    """
    CREATE INDEX ix_visit_material_open ON visit_material (visit_id)
    WHERE verdict NOT IN ('in_order', 'not_applicable')
    """,
    """
    ALTER TABLE patrol ADD COLUMN patroller_count INTEGER GENERATED ALWAYS AS (json_array_length(patrollers))
    """,
    """
    CREATE INDEX ix_patrol_statistics ON patrol (
        visited_on, community, kind, level, organisation, gave_publicity, patroller_count, filing_id, found_site_id,
        patrollers
    )
    """,
    "ALTER TABLE patrol ADD COLUMN visited_month VARCHAR GENERATED ALWAYS AS (substr(visited_on, 1, 7))",
    """
    CREATE INDEX ix_patrol_month ON patrol (
        visited_month, level, organisation, kind, community, visited_on, gave_publicity, patroller_count
    )
    """,
)
