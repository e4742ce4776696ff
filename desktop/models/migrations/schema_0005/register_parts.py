"""What schema 0005 adds for registers beside the ledger, for evaluations and for printed reports."""

from __future__ import annotations

_KEPT = ("book_entry", "evaluation_round", "sampled_project", "issued_report")

STATEMENTS = (
    """
    CREATE TABLE book_entry (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        uid VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        happened_on DATE NOT NULL,
        community VARCHAR NOT NULL,
        organisation VARCHAR NOT NULL,
        filing_id INTEGER,
        firm_id INTEGER,
        entry_values JSON NOT NULL,
        import_id INTEGER,
        recorded_at DATETIME NOT NULL,
        recorded_by VARCHAR NOT NULL,
        recorded_by_id INTEGER,
        ended_at DATETIME,
        end_reason VARCHAR NOT NULL,
        is_withdrawn BOOLEAN NOT NULL,
        CONSTRAINT pk_book_entry PRIMARY KEY (id),
        CONSTRAINT uq_book_entry_act_id UNIQUE (act_id),
        CONSTRAINT fk_book_entry_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
        CONSTRAINT fk_book_entry_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
        CONSTRAINT fk_book_entry_import_id FOREIGN KEY(import_id) REFERENCES sheet_import (id)
    )
    """,
    "CREATE INDEX ix_book_entry_filing_id ON book_entry (filing_id)",
    "CREATE INDEX ix_book_entry_firm_id ON book_entry (firm_id)",
    "CREATE INDEX ix_book_entry_kind_happened ON book_entry (kind, happened_on, id)",
    "CREATE INDEX ix_book_entry_uid ON book_entry (uid, version)",
    """
    CREATE TABLE evaluation_round (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        period VARCHAR NOT NULL,
        self_due_on DATE,
        organisations JSON NOT NULL,
        visited JSON NOT NULL,
        items JSON NOT NULL,
        seed VARCHAR NOT NULL,
        closed_at DATETIME,
        opened_at DATETIME NOT NULL,
        opened_by VARCHAR NOT NULL,
        opened_by_id INTEGER,
        CONSTRAINT pk_evaluation_round PRIMARY KEY (id),
        CONSTRAINT uq_evaluation_round_act_id UNIQUE (act_id),
        CONSTRAINT uq_evaluation_round_number UNIQUE (number)
    )
    """,
    """
    CREATE TABLE evaluation_line (
        round_id INTEGER NOT NULL,
        organisation VARCHAR NOT NULL,
        item VARCHAR NOT NULL,
        stage VARCHAR NOT NULL,
        score VARCHAR,
        text VARCHAR NOT NULL,
        evidence VARCHAR NOT NULL,
        problem VARCHAR NOT NULL,
        measure VARCHAR NOT NULL,
        due_on DATE,
        done_on DATE,
        noted_at DATETIME NOT NULL,
        noted_by VARCHAR NOT NULL,
        CONSTRAINT pk_evaluation_line PRIMARY KEY (round_id, organisation, item, stage),
        CONSTRAINT fk_evaluation_line_round_id FOREIGN KEY(round_id) REFERENCES evaluation_round (id)
    )
    """,
    """
    CREATE TABLE sampled_project (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        round_id INTEGER NOT NULL,
        organisation VARCHAR NOT NULL,
        filing_id INTEGER,
        project VARCHAR NOT NULL,
        seen_on DATE NOT NULL,
        findings JSON NOT NULL,
        result VARCHAR NOT NULL,
        noted_at DATETIME NOT NULL,
        noted_by VARCHAR NOT NULL,
        CONSTRAINT pk_sampled_project PRIMARY KEY (id),
        CONSTRAINT uq_sampled_project_act_id UNIQUE (act_id),
        CONSTRAINT fk_sampled_project_round_id FOREIGN KEY(round_id) REFERENCES evaluation_round (id),
        CONSTRAINT fk_sampled_project_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
    )
    """,
    "CREATE INDEX ix_sampled_project_filing_id ON sampled_project (filing_id)",
    "CREATE INDEX ix_sampled_project_round_id ON sampled_project (round_id, organisation)",
    """
    CREATE TABLE report_definition (
        id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        definition JSON NOT NULL,
        texts JSON NOT NULL,
        saved_at DATETIME NOT NULL,
        saved_by VARCHAR NOT NULL,
        saved_by_id INTEGER,
        CONSTRAINT pk_report_definition PRIMARY KEY (id),
        CONSTRAINT uq_report_definition_name UNIQUE (name)
    )
    """,
    """
    CREATE TABLE issued_report (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        period VARCHAR NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL,
        as_of DATETIME NOT NULL,
        scope VARCHAR NOT NULL,
        grants JSON NOT NULL,
        report JSON NOT NULL,
        fingerprint VARCHAR NOT NULL,
        document_id INTEGER NOT NULL,
        issued_at DATETIME NOT NULL,
        issued_by VARCHAR NOT NULL,
        issued_by_id INTEGER,
        CONSTRAINT pk_issued_report PRIMARY KEY (id),
        CONSTRAINT uq_issued_report_act_id UNIQUE (act_id),
        CONSTRAINT uq_issued_report_number UNIQUE (number),
        CONSTRAINT fk_issued_report_document_id FOREIGN KEY(document_id) REFERENCES issued_document (id)
    )
    """,
    "CREATE INDEX ix_issued_report_last_on ON issued_report (last_on, id)",
    *(
        f"""
    CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what was reported or recorded is never deleted'); END
    """
        for table in _KEPT
    ),
)
