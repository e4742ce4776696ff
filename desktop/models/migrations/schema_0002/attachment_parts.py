"""What schema 0002 adds for scans that are picked before there is a filing."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE staged_attachment (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        draft_id VARCHAR NOT NULL,
        material VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        media_type VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        is_identity BOOLEAN NOT NULL,
        added_at DATETIME NOT NULL,
        added_by VARCHAR NOT NULL,
        CONSTRAINT pk_staged_attachment PRIMARY KEY (id),
        CONSTRAINT uq_staged_attachment_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_staged_attachment_draft_id ON staged_attachment (draft_id)",
    "CREATE INDEX ix_staged_attachment_sha256 ON staged_attachment (sha256)",
)
