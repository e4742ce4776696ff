"""What schema 0004 adds for sheets taken in, for what is told upward, and for notes on patrollers."""

from __future__ import annotations

_KEPT = (
    "sheet_import",
    "feedback",
    "patroller_note",
)

STATEMENTS = (
    """
    CREATE TABLE column_profile (
        id INTEGER NOT NULL,
        purpose VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        headings JSON NOT NULL,
        mapping JSON NOT NULL,
        saved_at DATETIME NOT NULL,
        saved_by VARCHAR NOT NULL,
        CONSTRAINT pk_column_profile PRIMARY KEY (id),
        CONSTRAINT uq_column_profile_purpose_name UNIQUE (purpose, name)
    )
    """,
    """
    CREATE TABLE sheet_import (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        purpose VARCHAR NOT NULL,
        file_name VARCHAR NOT NULL,
        file_sha256 VARCHAR NOT NULL,
        mapping JSON NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_taken INTEGER NOT NULL,
        rows_known INTEGER NOT NULL,
        rows_refused INTEGER NOT NULL,
        imported_at DATETIME NOT NULL,
        imported_by VARCHAR NOT NULL,
        imported_by_id INTEGER,
        CONSTRAINT pk_sheet_import PRIMARY KEY (id),
        CONSTRAINT uq_sheet_import_act_id UNIQUE (act_id)
    )
    """,
    """
    CREATE TABLE imported_row (
        id INTEGER NOT NULL,
        import_id INTEGER NOT NULL,
        purpose VARCHAR NOT NULL,
        row_key VARCHAR NOT NULL,
        row_number INTEGER NOT NULL,
        subject VARCHAR NOT NULL,
        subject_id INTEGER NOT NULL,
        kept JSON NOT NULL,
        CONSTRAINT pk_imported_row PRIMARY KEY (id),
        CONSTRAINT uq_imported_row_purpose_row_key UNIQUE (purpose, row_key),
        CONSTRAINT fk_imported_row_import_id FOREIGN KEY(import_id) REFERENCES sheet_import (id)
    )
    """,
    "CREATE INDEX ix_imported_row_import_id ON imported_row (import_id)",
    """
    CREATE TABLE feedback (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        noticed_on DATE NOT NULL,
        content VARCHAR NOT NULL,
        told_to VARCHAR NOT NULL,
        told_on DATE,
        reply VARCHAR NOT NULL,
        replied_on DATE,
        noted_at DATETIME NOT NULL,
        noted_by VARCHAR NOT NULL,
        noted_by_id INTEGER,
        CONSTRAINT pk_feedback PRIMARY KEY (id),
        CONSTRAINT uq_feedback_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_feedback_told_on ON feedback (told_on, id)",
    """
    CREATE TABLE prevention_service (
        id INTEGER NOT NULL,
        import_id INTEGER,
        insurer VARCHAR NOT NULL,
        policy_number VARCHAR NOT NULL,
        project_name VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        served_on DATE NOT NULL,
        service VARCHAR NOT NULL,
        findings VARCHAR NOT NULL,
        filing_id INTEGER,
        CONSTRAINT pk_prevention_service PRIMARY KEY (id),
        CONSTRAINT fk_prevention_service_import_id FOREIGN KEY(import_id) REFERENCES sheet_import (id),
        CONSTRAINT fk_prevention_service_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_prevention_service_filing_id ON prevention_service (filing_id)",
    "CREATE INDEX ix_prevention_service_served_on ON prevention_service (served_on, id)",
    """
    CREATE TABLE patroller_note (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        patroller VARCHAR NOT NULL,
        organisation VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        happened_on DATE NOT NULL,
        facts VARCHAR NOT NULL,
        handling VARCHAR NOT NULL,
        decided_by VARCHAR NOT NULL,
        noted_on DATE NOT NULL,
        noted_at DATETIME NOT NULL,
        noted_by VARCHAR NOT NULL,
        noted_by_id INTEGER,
        CONSTRAINT pk_patroller_note PRIMARY KEY (id),
        CONSTRAINT uq_patroller_note_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_patroller_note_name ON patroller_note (patroller, noted_on)",
    *(
        f"""
    CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what was taken in or told is never deleted'); END
    """
        for table in _KEPT
    ),
)
