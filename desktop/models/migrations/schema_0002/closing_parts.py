"""What schema 0002 adds for the daily closing sheets."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE closing_sheet (
        id INTEGER NOT NULL,
        day DATE NOT NULL,
        ordinal INTEGER NOT NULL,
        made_at DATETIME NOT NULL,
        made_by VARCHAR NOT NULL,
        made_by_id INTEGER,
        event_count INTEGER NOT NULL,
        head_mac VARCHAR NOT NULL,
        pages INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        content_sha256 VARCHAR NOT NULL,
        paper JSON NOT NULL,
        CONSTRAINT pk_closing_sheet PRIMARY KEY (id),
        CONSTRAINT uq_closing_sheet_day UNIQUE (day, ordinal)
    )
    """,
    """
    CREATE TRIGGER closing_sheet_stays BEFORE UPDATE ON closing_sheet
    BEGIN SELECT RAISE(ABORT, 'a closing sheet never changes'); END
    """,
    """
    CREATE TRIGGER closing_sheet_is_kept BEFORE DELETE ON closing_sheet
    BEGIN SELECT RAISE(ABORT, 'a closing sheet is never deleted'); END
    """,
)
