"""The first schema: filings with their visits and papers, the record of acts, the office's own rows.

Revision ID: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out, not taken from the tables of today: a released schema never changes afterwards.
_STATEMENTS = (
    """
    CREATE TABLE calendar_day (
        day DATE NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        is_shipped BOOLEAN NOT NULL,
        CONSTRAINT pk_calendar_day PRIMARY KEY (day)
    )
    """,
    """
    CREATE TABLE draft (
        id VARCHAR NOT NULL,
        saved_at DATETIME NOT NULL,
        filing_id INTEGER,
        walk_in JSON NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE filing (
        id INTEGER NOT NULL,
        number VARCHAR NOT NULL,
        first_number VARCHAR NOT NULL,
        registration_number VARCHAR,
        filed_on DATE NOT NULL,
        project_name VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        community VARCHAR NOT NULL,
        owner_name VARCHAR NOT NULL,
        contractor_name VARCHAR NOT NULL,
        project_sort VARCHAR NOT NULL,
        place_sort VARCHAR NOT NULL,
        community_sort VARCHAR NOT NULL,
        owner_sort VARCHAR NOT NULL,
        contractor_sort VARCHAR NOT NULL,
        category_sort VARCHAR NOT NULL,
        place_key VARCHAR NOT NULL,
        owner_key VARCHAR NOT NULL,
        contractor_key VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        category VARCHAR NOT NULL,
        category_label VARCHAR NOT NULL,
        high_risk BOOLEAN,
        status VARCHAR NOT NULL,
        accepted_on DATE,
        valid_until DATE,
        extension_first DATE,
        site_check_by DATE,
        feedback_by DATE,
        is_provisional BOOLEAN NOT NULL,
        awaits_platform BOOLEAN NOT NULL,
        visits INTEGER NOT NULL,
        incomplete_notices INTEGER NOT NULL,
        overrides JSON NOT NULL,
        walk_in JSON NOT NULL,
        assessment JSON NOT NULL,
        pack_id VARCHAR NOT NULL,
        pack_version VARCHAR NOT NULL,
        CONSTRAINT pk_filing PRIMARY KEY (id),
        CONSTRAINT uq_filing_number UNIQUE (number),
        CONSTRAINT uq_filing_registration_number UNIQUE (registration_number)
    )
    """,
    "CREATE INDEX ix_filing_awaits_platform ON filing (awaits_platform, filed_on)",
    "CREATE INDEX ix_filing_category_sort ON filing (category_sort, id)",
    "CREATE INDEX ix_filing_community ON filing (community, filed_on)",
    "CREATE INDEX ix_filing_community_sort ON filing (community_sort, id)",
    "CREATE INDEX ix_filing_contractor_key ON filing (contractor_key)",
    "CREATE INDEX ix_filing_contractor_sort ON filing (contractor_sort, id)",
    "CREATE INDEX ix_filing_facets ON filing (status, kind, high_risk, community, awaits_platform)",
    "CREATE INDEX ix_filing_filed_on ON filing (filed_on, id)",
    "CREATE INDEX ix_filing_high_risk ON filing (high_risk, filed_on)",
    "CREATE INDEX ix_filing_is_provisional ON filing (is_provisional)",
    "CREATE INDEX ix_filing_kind ON filing (kind, filed_on)",
    "CREATE INDEX ix_filing_owner_key ON filing (owner_key)",
    "CREATE INDEX ix_filing_owner_sort ON filing (owner_sort, id)",
    "CREATE INDEX ix_filing_place_key ON filing (place_key)",
    "CREATE INDEX ix_filing_place_sort ON filing (place_sort, id)",
    "CREATE INDEX ix_filing_project_sort ON filing (project_sort, id)",
    "CREATE INDEX ix_filing_status ON filing (status, filed_on)",
    "CREATE INDEX ix_filing_valid_until ON filing (valid_until, id)",
    """
    CREATE TABLE known_party (
        role VARCHAR NOT NULL,
        identity VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        initials VARCHAR NOT NULL,
        typed JSON NOT NULL,
        used_at DATETIME NOT NULL,
        CONSTRAINT pk_known_party PRIMARY KEY (role, identity)
    )
    """,
    "CREATE INDEX ix_known_party_used_at ON known_party (used_at)",
    """
    CREATE TABLE sequence (
        station VARCHAR NOT NULL,
        series VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        CONSTRAINT pk_sequence PRIMARY KEY (station, series, year)
    )
    """,
    """
    CREATE TABLE setting (
        "key" VARCHAR NOT NULL,
        value JSON NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE void_number (
        number VARCHAR NOT NULL,
        why VARCHAR NOT NULL,
        voided_at DATETIME NOT NULL,
        CONSTRAINT pk_void_number PRIMARY KEY (number)
    )
    """,
    """
    CREATE TABLE audit_event (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        who VARCHAR NOT NULL,
        station VARCHAR NOT NULL,
        act VARCHAR NOT NULL,
        filing_id INTEGER,
        summary VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        paper_ids JSON NOT NULL,
        CONSTRAINT pk_audit_event PRIMARY KEY (id),
        CONSTRAINT fk_audit_event_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_audit_event_at ON audit_event (at)",
    "CREATE INDEX ix_audit_event_filing_id ON audit_event (filing_id)",
    """
    CREATE TABLE filing_number (
        number VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        CONSTRAINT pk_filing_number PRIMARY KEY (number),
        CONSTRAINT fk_filing_number_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_filing_number_filing_id ON filing_number (filing_id)",
    """
    CREATE TABLE platform_entry (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        number VARCHAR NOT NULL,
        entered_at DATETIME NOT NULL,
        clerk VARCHAR NOT NULL,
        CONSTRAINT pk_platform_entry PRIMARY KEY (id),
        CONSTRAINT uq_platform_entry_act_id UNIQUE (act_id),
        CONSTRAINT fk_platform_entry_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_platform_entry_filing_id ON platform_entry (filing_id)",
    """
    CREATE TABLE visit (
        id INTEGER NOT NULL,
        filing_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        visited_on DATE NOT NULL,
        decided_at DATETIME NOT NULL,
        act VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        facts_fingerprint VARCHAR NOT NULL,
        noticed JSON NOT NULL,
        settled JSON NOT NULL,
        reason VARCHAR NOT NULL,
        is_notice_incomplete BOOLEAN NOT NULL,
        is_signed BOOLEAN NOT NULL,
        is_video_watched BOOLEAN NOT NULL,
        video VARCHAR NOT NULL,
        CONSTRAINT pk_visit PRIMARY KEY (id),
        CONSTRAINT uq_visit_filing_id_ordinal UNIQUE (filing_id, ordinal),
        CONSTRAINT fk_visit_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT uq_visit_number UNIQUE (number)
    )
    """,
    "CREATE INDEX ix_visit_visited_on ON visit (visited_on)",
    """
    CREATE TABLE finished_act (
        act_id VARCHAR NOT NULL,
        visit_id INTEGER NOT NULL,
        had_draft BOOLEAN NOT NULL,
        CONSTRAINT pk_finished_act PRIMARY KEY (act_id),
        CONSTRAINT fk_finished_act_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
    )
    """,
    """
    CREATE TABLE issued_document (
        id INTEGER NOT NULL,
        filing_id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        pages INTEGER NOT NULL,
        template_version VARCHAR NOT NULL,
        issued_at DATETIME NOT NULL,
        sha256 VARCHAR NOT NULL,
        content_sha256 VARCHAR NOT NULL,
        paper JSON NOT NULL,
        CONSTRAINT pk_issued_document PRIMARY KEY (id),
        CONSTRAINT fk_issued_document_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_issued_document_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
    )
    """,
    "CREATE INDEX ix_issued_document_filing_id ON issued_document (filing_id)",
    """
    CREATE TABLE visit_material (
        visit_id INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        form VARCHAR,
        copies INTEGER NOT NULL,
        pages INTEGER,
        valid_to DATE,
        remark VARCHAR NOT NULL,
        CONSTRAINT pk_visit_material PRIMARY KEY (visit_id, code),
        CONSTRAINT fk_visit_material_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
    )
    """,
    """
    CREATE TABLE reprint (
        act_id VARCHAR NOT NULL,
        document_id INTEGER NOT NULL,
        reprinted_at DATETIME NOT NULL,
        clerk VARCHAR NOT NULL,
        CONSTRAINT pk_reprint PRIMARY KEY (act_id),
        CONSTRAINT fk_reprint_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_reprint_document_id ON reprint (document_id)",
    """
    CREATE VIRTUAL TABLE filing_search USING fts5(
        numbers, project, place, owner, contractor,
        project_initials, place_initials, owner_initials, contractor_initials,
        id_tails, phone_tails, tokenize='unicode61'
    )
    """,
    """
    CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'an audit event never changes'); END
    """,
    """
    CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'an audit event is never deleted'); END
    """,
    """
    CREATE TRIGGER visit_stays BEFORE UPDATE ON visit
    BEGIN SELECT RAISE(ABORT, 'what was told at a visit never changes'); END
    """,
    """
    CREATE TRIGGER issued_document_stays BEFORE UPDATE ON issued_document
    BEGIN SELECT RAISE(ABORT, 'an issued paper never changes'); END
    """,
)


def upgrade() -> None:
    """Create every table, index and trigger."""
    for statement in _STATEMENTS:
        op.execute(statement)
