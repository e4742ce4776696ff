"""What schema 0003 changes in the tables of before: columns of later life, papers and photos without a filing."""

from __future__ import annotations

_KEPT = (
    "patrol",
    "hazard",
    "hazard_step",
    "found_site",
    "transfer",
    "transfer_step",
    "public_report",
    "public_report_step",
    "extension",
    "registration_change",
    "close_out",
    "revocation",
    "outside_review",
    "random_draw",
    "drawn_filing",
    "splitting_verdict",
)

# Taking NOT NULL away changes no row.  SQLite's own way without writing the table anew, hundreds of megabytes of
# papers, is to edit the stored definition and have it read again.
_RELAXED = (
    "PRAGMA writable_schema=ON",
    """
    UPDATE sqlite_schema
    SET sql = replace(replace(sql, 'filing_id INTEGER NOT NULL', 'filing_id INTEGER'),
                      'visit_id INTEGER NOT NULL', 'visit_id INTEGER')
    WHERE type = 'table' AND name IN ('issued_document', 'attachment')
    """,
    "PRAGMA writable_schema=RESET",
)

STATEMENTS = (
    *_RELAXED,
    "ALTER TABLE issued_document ADD COLUMN community VARCHAR",
    "ALTER TABLE attachment ADD COLUMN subject VARCHAR",
    "ALTER TABLE attachment ADD COLUMN subject_id INTEGER",
    "ALTER TABLE attachment ADD COLUMN moment VARCHAR",
    "ALTER TABLE attachment ADD COLUMN community VARCHAR",
    "CREATE INDEX ix_attachment_subject ON attachment (subject, subject_id)",
    """
    ALTER TABLE filing ADD COLUMN planned_end DATE
    GENERATED ALWAYS AS (json_extract(walk_in, '$.planned_end_on'))
    """,
    "ALTER TABLE filing ADD COLUMN completed_on DATE",
    "ALTER TABLE filing ADD COLUMN closed_on DATE",
    "ALTER TABLE filing ADD COLUMN revoked_on DATE",
    "ALTER TABLE filing ADD COLUMN escalated_on DATE",
    "ALTER TABLE filing ADD COLUMN stopped_on DATE",
    "ALTER TABLE filing ADD COLUMN follows_id INTEGER",
    "ALTER TABLE draft ADD COLUMN follows_id INTEGER",
    "ALTER TABLE draft ADD COLUMN found_site_id INTEGER",
    "CREATE INDEX ix_filing_status_valid ON filing (status, valid_until, planned_end, completed_on, community)",
    "CREATE INDEX ix_filing_completed_on ON filing (completed_on, status)",
    "CREATE INDEX ix_filing_escalated_on ON filing (escalated_on, status)",
    "CREATE INDEX ix_filing_follows_id ON filing (follows_id)",
    *(
        f"""
    CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what happened on a site is never deleted'); END
    """
        for table in _KEPT
    ),
)
