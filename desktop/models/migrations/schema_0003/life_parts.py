"""What schema 0003 adds for the life of a registration, and for random inspections."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE extension (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        applied_on DATE NOT NULL,
        timing VARCHAR NOT NULL,
        valid_before DATE NOT NULL,
        valid_until DATE NOT NULL,
        months INTEGER NOT NULL,
        reason VARCHAR NOT NULL,
        exception_reason VARCHAR NOT NULL,
        document_id INTEGER,
        done_at DATETIME NOT NULL,
        done_by VARCHAR NOT NULL,
        done_by_id INTEGER,
        CONSTRAINT pk_extension PRIMARY KEY (id),
        CONSTRAINT uq_extension_act_id UNIQUE (act_id),
        CONSTRAINT uq_extension_number UNIQUE (number),
        CONSTRAINT fk_extension_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_extension_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_extension_filing_id ON extension (filing_id)",
    """
    CREATE TABLE registration_change (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        changed_on DATE NOT NULL,
        reason VARCHAR NOT NULL,
        "before" JSON NOT NULL,
        "after" JSON NOT NULL,
        fields JSON NOT NULL,
        assessment_before JSON NOT NULL,
        assessment_after JSON NOT NULL,
        materials JSON NOT NULL,
        document_id INTEGER,
        done_at DATETIME NOT NULL,
        done_by VARCHAR NOT NULL,
        done_by_id INTEGER,
        CONSTRAINT pk_registration_change PRIMARY KEY (id),
        CONSTRAINT uq_registration_change_act_id UNIQUE (act_id),
        CONSTRAINT uq_registration_change_number UNIQUE (number),
        CONSTRAINT fk_registration_change_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_registration_change_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_registration_change_filing_id ON registration_change (filing_id)",
    """
    CREATE TABLE close_out (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        completed_on DATE,
        applied_on DATE NOT NULL,
        apply_by DATE,
        is_late BOOLEAN,
        applicant VARCHAR NOT NULL,
        waste JSON NOT NULL,
        needs JSON NOT NULL,
        state VARCHAR NOT NULL,
        checked_on DATE,
        checked_by VARCHAR NOT NULL,
        check_text VARCHAR NOT NULL,
        patrol_id INTEGER,
        exception_reason VARCHAR NOT NULL,
        document_id INTEGER,
        done_at DATETIME NOT NULL,
        done_by VARCHAR NOT NULL,
        done_by_id INTEGER,
        CONSTRAINT pk_close_out PRIMARY KEY (id),
        CONSTRAINT uq_close_out_act_id UNIQUE (act_id),
        CONSTRAINT uq_close_out_number UNIQUE (number),
        CONSTRAINT fk_close_out_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_close_out_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_close_out_filing_id ON close_out (filing_id)",
    """
    CREATE TABLE revocation (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        ground VARCHAR NOT NULL,
        article VARCHAR NOT NULL,
        facts VARCHAR NOT NULL,
        evidence VARCHAR NOT NULL,
        decided_on DATE NOT NULL,
        decided_by VARCHAR NOT NULL,
        document_id INTEGER,
        delivered_on DATE,
        delivery VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        delivery_note VARCHAR NOT NULL,
        done_at DATETIME NOT NULL,
        done_by_id INTEGER,
        CONSTRAINT pk_revocation PRIMARY KEY (id),
        CONSTRAINT uq_revocation_act_id UNIQUE (act_id),
        CONSTRAINT uq_revocation_number UNIQUE (number),
        CONSTRAINT fk_revocation_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_revocation_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_revocation_filing_id ON revocation (filing_id)",
    """
    CREATE TABLE outside_review (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        filing_id INTEGER NOT NULL,
        subject VARCHAR NOT NULL,
        reviewer VARCHAR NOT NULL,
        asked_on DATE NOT NULL,
        returned_on DATE,
        verdict VARCHAR NOT NULL,
        opinion VARCHAR NOT NULL,
        noted_at DATETIME NOT NULL,
        noted_by VARCHAR NOT NULL,
        noted_by_id INTEGER,
        CONSTRAINT pk_outside_review PRIMARY KEY (id),
        CONSTRAINT uq_outside_review_act_id UNIQUE (act_id),
        CONSTRAINT fk_outside_review_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_outside_review_filing_id ON outside_review (filing_id)",
    """
    CREATE TABLE random_draw (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL,
        population VARCHAR NOT NULL,
        criteria JSON NOT NULL,
        share VARCHAR NOT NULL,
        seed VARCHAR NOT NULL,
        frame JSON NOT NULL,
        document_id INTEGER,
        drawn_on DATE NOT NULL,
        drawn_at DATETIME NOT NULL,
        drawn_by VARCHAR NOT NULL,
        drawn_by_id INTEGER,
        CONSTRAINT pk_random_draw PRIMARY KEY (id),
        CONSTRAINT uq_random_draw_act_id UNIQUE (act_id),
        CONSTRAINT uq_random_draw_number UNIQUE (number),
        CONSTRAINT fk_random_draw_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    """
    CREATE TABLE drawn_filing (
        draw_id INTEGER NOT NULL,
        filing_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        result VARCHAR NOT NULL,
        inspected_on DATE,
        patrol_id INTEGER,
        note VARCHAR NOT NULL,
        CONSTRAINT pk_drawn_filing PRIMARY KEY (draw_id, filing_id),
        CONSTRAINT fk_drawn_filing_draw_id FOREIGN KEY(draw_id) REFERENCES random_draw (id),
        CONSTRAINT fk_drawn_filing_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_drawn_filing_filing_id ON drawn_filing (filing_id)",
    """
    CREATE TABLE splitting_verdict (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        group_key VARCHAR NOT NULL,
        filing_ids JSON NOT NULL,
        verdict VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        decided_at DATETIME NOT NULL,
        decided_by VARCHAR NOT NULL,
        decided_by_id INTEGER,
        CONSTRAINT pk_splitting_verdict PRIMARY KEY (id),
        CONSTRAINT uq_splitting_verdict_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_splitting_verdict_group_key ON splitting_verdict (group_key)",
)
