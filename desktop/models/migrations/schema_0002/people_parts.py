"""What schema 0002 adds for organisations, persons, entrustments, letters and rotations."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE organisation (
        id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        level VARCHAR NOT NULL,
        short_names JSON NOT NULL,
        parent_id INTEGER,
        areas JSON NOT NULL,
        phone VARCHAR NOT NULL,
        is_point BOOLEAN NOT NULL,
        address VARCHAR NOT NULL,
        hours VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        roles JSON NOT NULL,
        contract_first_on DATE,
        contract_last_on DATE,
        rules_document VARCHAR NOT NULL,
        lead_department VARCHAR NOT NULL,
        carrying_body VARCHAR NOT NULL,
        tasks VARCHAR NOT NULL,
        is_active BOOLEAN NOT NULL,
        CONSTRAINT pk_organisation PRIMARY KEY (id),
        CONSTRAINT fk_organisation_parent_id FOREIGN KEY(parent_id) REFERENCES organisation (id)
    )
    """,
    "CREATE INDEX ix_organisation_kind ON organisation (kind)",
    "CREATE INDEX ix_organisation_name_key ON organisation (name_key)",
    """
    CREATE TABLE entrustment (
        id INTEGER NOT NULL,
        organisation_id INTEGER NOT NULL,
        scope VARCHAR NOT NULL,
        areas JSON NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL,
        document_number VARCHAR NOT NULL,
        ended_on DATE,
        made_at DATETIME NOT NULL,
        CONSTRAINT pk_entrustment PRIMARY KEY (id),
        CONSTRAINT fk_entrustment_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
    )
    """,
    "CREATE INDEX ix_entrustment_organisation_id ON entrustment (organisation_id)",
    """
    CREATE TABLE responsibility_letter (
        id INTEGER NOT NULL,
        organisation_id INTEGER NOT NULL,
        area VARCHAR NOT NULL,
        signed_on DATE NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL,
        document_number VARCHAR NOT NULL,
        CONSTRAINT pk_responsibility_letter PRIMARY KEY (id),
        CONSTRAINT fk_responsibility_letter_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
    )
    """,
    "CREATE INDEX ix_responsibility_letter_organisation_id ON responsibility_letter (organisation_id)",
    """
    CREATE TABLE person (
        id INTEGER NOT NULL,
        organisation_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        phone VARCHAR NOT NULL,
        posts JSON NOT NULL,
        certificate_number VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        is_active BOOLEAN NOT NULL,
        CONSTRAINT pk_person PRIMARY KEY (id),
        CONSTRAINT fk_person_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
    )
    """,
    "CREATE INDEX ix_person_organisation_id ON person (organisation_id)",
    """
    CREATE TABLE rotation (
        id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        area VARCHAR NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL,
        CONSTRAINT pk_rotation PRIMARY KEY (id),
        CONSTRAINT fk_rotation_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    "CREATE INDEX ix_rotation_person_id ON rotation (person_id)",
    """
    CREATE TRIGGER organisation_is_kept BEFORE DELETE ON organisation
    BEGIN SELECT RAISE(ABORT, 'an organisation is deactivated, never deleted'); END
    """,
    """
    CREATE TRIGGER person_is_kept BEFORE DELETE ON person
    BEGIN SELECT RAISE(ABORT, 'a person is deactivated, never deleted'); END
    """,
)
