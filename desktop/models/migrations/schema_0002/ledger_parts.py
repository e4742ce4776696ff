"""What schema 0002 adds to filings, drafts and the trail; accounts, attachments, reviews, orders."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE draft ADD COLUMN account_id INTEGER",
    "ALTER TABLE audit_event ADD COLUMN account_id INTEGER",
    "ALTER TABLE audit_event ADD COLUMN changes JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE audit_event ADD COLUMN touched JSON DEFAULT '[]' NOT NULL",
    """
    CREATE TABLE filing_department (
        filing_id INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        is_lead BOOLEAN NOT NULL,
        CONSTRAINT pk_filing_department PRIMARY KEY (filing_id, code),
        CONSTRAINT fk_filing_department_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_filing_department_code ON filing_department (code, filing_id)",
    """
    CREATE TABLE known_party_use (
        role VARCHAR NOT NULL,
        identity VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        CONSTRAINT pk_known_party_use PRIMARY KEY (role, identity, filing_id),
        CONSTRAINT fk_known_party_use_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    # How many filings a firm has is counted in this index alone.
    "DROP INDEX ix_filing_contractor_key",
    "CREATE INDEX ix_filing_contractor_key ON filing (contractor_key, status)",
    # The papers of one visit are found without reading those of all.
    "CREATE INDEX ix_issued_document_visit_id ON issued_document (visit_id)",
    "CREATE INDEX ix_known_party_use_filing_id ON known_party_use (filing_id)",
    """
    CREATE TABLE account (
        id INTEGER NOT NULL,
        user_name VARCHAR NOT NULL,
        user_key VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        organisation_id INTEGER,
        person_id INTEGER,
        password_hash VARCHAR NOT NULL,
        must_change BOOLEAN NOT NULL,
        is_active BOOLEAN NOT NULL,
        failures INTEGER NOT NULL,
        is_locked BOOLEAN NOT NULL,
        made_at DATETIME NOT NULL,
        password_set_at DATETIME NOT NULL,
        CONSTRAINT pk_account PRIMARY KEY (id),
        CONSTRAINT uq_account_user_key UNIQUE (user_key)
    )
    """,
    """
    CREATE TABLE account_grant (
        id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        role VARCHAR NOT NULL,
        areas JSON,
        departments JSON,
        CONSTRAINT pk_account_grant PRIMARY KEY (id),
        CONSTRAINT fk_account_grant_account_id FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    "CREATE INDEX ix_account_grant_account_id ON account_grant (account_id)",
    """
    CREATE TABLE attachment (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        material VARCHAR NOT NULL,
        event VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        media_type VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        is_identity BOOLEAN NOT NULL,
        added_at DATETIME NOT NULL,
        added_by VARCHAR NOT NULL,
        purged_at DATETIME,
        purge_reason VARCHAR NOT NULL,
        CONSTRAINT pk_attachment PRIMARY KEY (id),
        CONSTRAINT uq_attachment_act_id UNIQUE (act_id),
        CONSTRAINT fk_attachment_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_attachment_filing_id ON attachment (filing_id)",
    "CREATE INDEX ix_attachment_sha256 ON attachment (sha256)",
    """
    CREATE TABLE review (
        id INTEGER NOT NULL,
        filing_id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        act_id VARCHAR,
        level INTEGER NOT NULL,
        levels INTEGER NOT NULL,
        asked_at DATETIME NOT NULL,
        asked_by VARCHAR NOT NULL,
        asked_by_id INTEGER,
        outcome VARCHAR NOT NULL,
        opinion VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        done_at DATETIME,
        done_by VARCHAR NOT NULL,
        done_by_id INTEGER,
        CONSTRAINT pk_review PRIMARY KEY (id),
        CONSTRAINT fk_review_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_review_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
        CONSTRAINT uq_review_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_review_filing_id ON review (filing_id)",
    "CREATE INDEX ix_review_outcome ON review (outcome)",
    """
    CREATE TABLE enforcement_order (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        ordered_at DATETIME NOT NULL,
        officer VARCHAR NOT NULL,
        certificate_number VARCHAR NOT NULL,
        clause VARCHAR NOT NULL,
        article VARCHAR NOT NULL,
        due_on DATE,
        CONSTRAINT pk_enforcement_order PRIMARY KEY (id),
        CONSTRAINT uq_enforcement_order_act_id UNIQUE (act_id),
        CONSTRAINT fk_enforcement_order_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_enforcement_order_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id),
        CONSTRAINT uq_enforcement_order_number UNIQUE (number)
    )
    """,
    "CREATE INDEX ix_enforcement_order_filing_id ON enforcement_order (filing_id)",
    """
    CREATE TABLE audit_link (
        event_id INTEGER NOT NULL,
        mac VARCHAR NOT NULL,
        CONSTRAINT pk_audit_link PRIMARY KEY (event_id),
        CONSTRAINT fk_audit_link_event_id FOREIGN KEY(event_id) REFERENCES audit_event (id)
    )
    """,
    """
    CREATE TABLE audit_head (
        id INTEGER NOT NULL,
        count INTEGER NOT NULL,
        event_id INTEGER NOT NULL,
        mac VARCHAR NOT NULL,
        seal VARCHAR NOT NULL,
        CONSTRAINT pk_audit_head PRIMARY KEY (id)
    )
    """,
    """
    INSERT INTO filing_department (filing_id, code, is_lead)
    SELECT id, json_extract(assessment, '$.industry_department'), 1 FROM filing
    WHERE json_type(assessment, '$.industry_department') = 'text'
    """,
    """
    INSERT OR IGNORE INTO filing_department (filing_id, code, is_lead)
    SELECT filing.id, asked.value, 0 FROM filing, json_each(filing.assessment, '$.co_departments') AS asked
    WHERE asked.type = 'text'
    """,
    """
    CREATE TRIGGER audit_link_stays BEFORE UPDATE ON audit_link
    BEGIN SELECT RAISE(ABORT, 'a link of the chain never changes'); END
    """,
    """
    CREATE TRIGGER audit_link_is_kept BEFORE DELETE ON audit_link
    BEGIN SELECT RAISE(ABORT, 'a link of the chain is never deleted'); END
    """,
    """
    CREATE TRIGGER account_is_kept BEFORE DELETE ON account
    BEGIN SELECT RAISE(ABORT, 'an account is deactivated, never deleted'); END
    """,
)
