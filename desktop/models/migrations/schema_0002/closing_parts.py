"""What schema 0002 adds for the daily closing sheets, and against replacing what is only ever added."""

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
        CONSTRAINT uq_closing_sheet_day_ordinal UNIQUE (day, ordinal)
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
    # INSERT OR REPLACE deletes without asking the triggers on deleting.
    """
    CREATE TRIGGER closing_sheet_is_new BEFORE INSERT ON closing_sheet
    WHEN EXISTS (SELECT 1 FROM closing_sheet WHERE id = NEW.id OR (day = NEW.day AND ordinal = NEW.ordinal))
    BEGIN SELECT RAISE(ABORT, 'a closing sheet is never replaced'); END
    """,
    """
    CREATE TRIGGER audit_event_is_new BEFORE INSERT ON audit_event
    WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'an audit event is never replaced'); END
    """,
    """
    CREATE TRIGGER audit_link_is_new BEFORE INSERT ON audit_link
    WHEN EXISTS (SELECT 1 FROM audit_link WHERE event_id = NEW.event_id)
    BEGIN SELECT RAISE(ABORT, 'a link of the chain is never replaced'); END
    """,
    """
    CREATE TRIGGER account_is_new BEFORE INSERT ON account
    WHEN EXISTS (SELECT 1 FROM account WHERE id = NEW.id OR user_key = NEW.user_key)
    BEGIN SELECT RAISE(ABORT, 'an account is never replaced'); END
    """,
)
