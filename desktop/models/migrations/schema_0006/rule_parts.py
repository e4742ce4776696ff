"""What schema 0006 adds for versions of the rules."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE pack_version (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        pack_id VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        effective_from DATE,
        based_on VARCHAR NOT NULL,
        rules VARCHAR NOT NULL,
        papers VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        made_at DATETIME NOT NULL,
        made_by VARCHAR NOT NULL,
        made_by_id INTEGER,
        written_by JSON NOT NULL,
        submitted_at DATETIME,
        submitted_by VARCHAR NOT NULL,
        submitted_by_id INTEGER,
        decided_at DATETIME,
        decided_by VARCHAR NOT NULL,
        decided_by_id INTEGER,
        decision VARCHAR NOT NULL,
        origin JSON,
        CONSTRAINT pk_pack_version PRIMARY KEY (id),
        CONSTRAINT uq_pack_version_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_pack_version_pack_id ON pack_version (pack_id, version)",
    """
    CREATE TRIGGER pack_version_is_kept BEFORE DELETE ON pack_version WHEN OLD.decided_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a version of the rules that was decided on is never deleted'); END
    """,
    """
    CREATE TRIGGER pack_version_is_fixed
    BEFORE UPDATE OF pack_id, version, effective_from, rules, papers, sha256 ON pack_version
    WHEN OLD.state = 'in_force'
    BEGIN SELECT RAISE(ABORT, 'a version of the rules that filings may be judged by never changes'); END
    """,
)
