"""What schema 0002 adds for reviews: who checked and passed each paper, verified data, the days of the home page."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE visit ADD COLUMN reviewer VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE visit_material ADD COLUMN checked_by VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE visit_material ADD COLUMN reviewed_by VARCHAR DEFAULT '' NOT NULL",
    "UPDATE visit_material SET checked_by = (SELECT clerk FROM visit WHERE visit.id = visit_material.visit_id)",
    "CREATE INDEX ix_filing_site_check_by ON filing (site_check_by, id)",
    "CREATE INDEX ix_filing_feedback_by ON filing (feedback_by, id)",
    """
    CREATE TABLE verification (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        datum VARCHAR NOT NULL,
        how VARCHAR NOT NULL,
        result VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        verified_at DATETIME NOT NULL,
        verified_by VARCHAR NOT NULL,
        verified_by_id INTEGER,
        CONSTRAINT pk_verification PRIMARY KEY (id),
        CONSTRAINT uq_verification_act_id UNIQUE (act_id),
        CONSTRAINT fk_verification_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_verification_filing_id ON verification (filing_id)",
)
