"""What schema 0002 adds for firms and craftsmen, bad records, measures and owners' demands."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE firm (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        initials VARCHAR NOT NULL,
        id_kind VARCHAR NOT NULL,
        id_number VARCHAR NOT NULL,
        number_key VARCHAR NOT NULL,
        trade VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        contact_name VARCHAR NOT NULL,
        phone VARCHAR NOT NULL,
        listed_phone VARCHAR NOT NULL,
        address VARCHAR NOT NULL,
        training VARCHAR NOT NULL,
        remark VARCHAR NOT NULL,
        is_active BOOLEAN NOT NULL,
        added_at DATETIME NOT NULL,
        CONSTRAINT pk_firm PRIMARY KEY (id),
        CONSTRAINT uq_firm_act_id UNIQUE (act_id),
        CONSTRAINT uq_firm_number_key UNIQUE (number_key)
    )
    """,
    "CREATE INDEX ix_firm_name_key ON firm (name_key)",
    """
    CREATE TABLE firm_certificate (
        id INTEGER NOT NULL,
        firm_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        grade VARCHAR NOT NULL,
        valid_to DATE,
        CONSTRAINT pk_firm_certificate PRIMARY KEY (id),
        CONSTRAINT fk_firm_certificate_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
    )
    """,
    "CREATE INDEX ix_firm_certificate_firm_id ON firm_certificate (firm_id)",
    "CREATE INDEX ix_firm_certificate_valid_to ON firm_certificate (valid_to)",
    """
    CREATE TABLE bad_record (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        firm_id INTEGER NOT NULL,
        ground VARCHAR NOT NULL,
        decided_on DATE NOT NULL,
        since DATE NOT NULL,
        until DATE,
        document VARCHAR NOT NULL,
        decided_by VARCHAR NOT NULL,
        filing_number VARCHAR NOT NULL,
        remark VARCHAR NOT NULL,
        entered_at DATETIME NOT NULL,
        entered_by VARCHAR NOT NULL,
        lifted_on DATE,
        lifted_by VARCHAR NOT NULL,
        lift_reason VARCHAR NOT NULL,
        CONSTRAINT pk_bad_record PRIMARY KEY (id),
        CONSTRAINT uq_bad_record_act_id UNIQUE (act_id),
        CONSTRAINT fk_bad_record_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
    )
    """,
    "CREATE INDEX ix_bad_record_firm_id ON bad_record (firm_id)",
    """
    CREATE TABLE firm_measure (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        firm_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        taken_on DATE NOT NULL,
        taken_by VARCHAR NOT NULL,
        document VARCHAR NOT NULL,
        remark VARCHAR NOT NULL,
        entered_at DATETIME NOT NULL,
        entered_by VARCHAR NOT NULL,
        CONSTRAINT pk_firm_measure PRIMARY KEY (id),
        CONSTRAINT uq_firm_measure_act_id UNIQUE (act_id),
        CONSTRAINT fk_firm_measure_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
    )
    """,
    "CREATE INDEX ix_firm_measure_firm_id ON firm_measure (firm_id)",
    """
    CREATE TABLE owner_demand (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        works VARCHAR NOT NULL,
        trade VARCHAR NOT NULL,
        community VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        wanted_from DATE,
        wanted_to DATE,
        owner_name VARCHAR NOT NULL,
        owner_phone VARCHAR NOT NULL,
        remark VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        taken_on DATE NOT NULL,
        taken_by VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        answered_on DATE,
        answered_by VARCHAR NOT NULL,
        CONSTRAINT pk_owner_demand PRIMARY KEY (id),
        CONSTRAINT uq_owner_demand_act_id UNIQUE (act_id)
    )
    """,
    "CREATE INDEX ix_owner_demand_community ON owner_demand (community)",
    "CREATE INDEX ix_owner_demand_state ON owner_demand (state)",
    """
    CREATE TRIGGER firm_is_kept BEFORE DELETE ON firm
    BEGIN SELECT RAISE(ABORT, 'a firm is withdrawn, never deleted'); END
    """,
    """
    CREATE TRIGGER bad_record_is_kept BEFORE DELETE ON bad_record
    BEGIN SELECT RAISE(ABORT, 'a bad record is lifted, never deleted'); END
    """,
    """
    CREATE TRIGGER firm_measure_is_kept BEFORE DELETE ON firm_measure
    BEGIN SELECT RAISE(ABORT, 'a measure is never deleted'); END
    """,
)
