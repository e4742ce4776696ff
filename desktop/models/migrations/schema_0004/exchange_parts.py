"""What schema 0004 adds for the exchange with other stations: keys, packages, what came and what was refused."""

from __future__ import annotations

_KEPT = (
    "station_key",
    "known_station",
    "sent_package",
    "received_package",
    "exchange_conflict",
)

STATEMENTS = (
    """
    CREATE TABLE station_key (
        id INTEGER NOT NULL,
        sign_public VARCHAR NOT NULL,
        seal_public VARCHAR NOT NULL,
        private_sealed VARCHAR NOT NULL,
        fingerprint VARCHAR NOT NULL,
        made_at DATETIME NOT NULL,
        CONSTRAINT pk_station_key PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE known_station (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        sign_public VARCHAR NOT NULL,
        seal_public VARCHAR NOT NULL,
        fingerprint VARCHAR NOT NULL,
        period_kind VARCHAR NOT NULL,
        confirmed_at DATETIME NOT NULL,
        confirmed_by VARCHAR NOT NULL,
        confirmed_by_id INTEGER,
        blocked_at DATETIME,
        note VARCHAR NOT NULL,
        CONSTRAINT pk_known_station PRIMARY KEY (id),
        CONSTRAINT uq_known_station_act_id UNIQUE (act_id),
        CONSTRAINT uq_known_station_fingerprint UNIQUE (fingerprint),
        CONSTRAINT fk_known_station_confirmed_by_id FOREIGN KEY(confirmed_by_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE sent_package (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        package_id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        from_event INTEGER NOT NULL,
        to_event INTEGER NOT NULL,
        period_from DATE,
        period_to DATE,
        is_masked BOOLEAN NOT NULL,
        has_attachments BOOLEAN NOT NULL,
        receiver_id INTEGER,
        counts JSON NOT NULL,
        file_name VARCHAR NOT NULL,
        file_sha256 VARCHAR NOT NULL,
        made_at DATETIME NOT NULL,
        made_by VARCHAR NOT NULL,
        made_by_id INTEGER,
        acknowledged_at DATETIME,
        acknowledged_by VARCHAR NOT NULL,
        outcome JSON NOT NULL,
        CONSTRAINT pk_sent_package PRIMARY KEY (id),
        CONSTRAINT uq_sent_package_act_id UNIQUE (act_id),
        CONSTRAINT uq_sent_package_package_id UNIQUE (package_id),
        CONSTRAINT fk_sent_package_receiver_id FOREIGN KEY(receiver_id) REFERENCES known_station (id)
    )
    """,
    """
    CREATE TABLE refused_record (
        kind VARCHAR NOT NULL,
        subject_id INTEGER NOT NULL,
        package_id VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        refused_at DATETIME NOT NULL,
        CONSTRAINT pk_refused_record PRIMARY KEY (kind, subject_id)
    )
    """,
    """
    CREATE TABLE received_package (
        id INTEGER NOT NULL,
        act_id VARCHAR NOT NULL,
        package_id VARCHAR NOT NULL,
        station_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        from_event INTEGER NOT NULL,
        to_event INTEGER NOT NULL,
        period_from DATE,
        period_to DATE,
        is_masked BOOLEAN NOT NULL,
        chain_count INTEGER NOT NULL,
        chain_mac VARCHAR NOT NULL,
        made_at DATETIME NOT NULL,
        file_sha256 VARCHAR NOT NULL,
        outcome JSON NOT NULL,
        not_taken JSON NOT NULL,
        received_at DATETIME NOT NULL,
        received_by VARCHAR NOT NULL,
        received_by_id INTEGER,
        CONSTRAINT pk_received_package PRIMARY KEY (id),
        CONSTRAINT uq_received_package_act_id UNIQUE (act_id),
        CONSTRAINT uq_received_package_package_id UNIQUE (package_id),
        CONSTRAINT fk_received_package_station_id FOREIGN KEY(station_id) REFERENCES known_station (id)
    )
    """,
    "CREATE INDEX ix_received_package_station_id ON received_package (station_id, made_at)",
    """
    CREATE TABLE foreign_subject (
        kind VARCHAR NOT NULL,
        subject_id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        station_id INTEGER NOT NULL,
        versions JSON NOT NULL,
        local_event INTEGER NOT NULL,
        is_masked BOOLEAN NOT NULL,
        CONSTRAINT pk_foreign_subject PRIMARY KEY (kind, subject_id),
        CONSTRAINT uq_foreign_subject_kind_uid UNIQUE (kind, uid),
        CONSTRAINT fk_foreign_subject_station_id FOREIGN KEY(station_id) REFERENCES known_station (id)
    )
    """,
    "CREATE INDEX ix_foreign_subject_station_id ON foreign_subject (station_id)",
    """
    CREATE TABLE exchange_conflict (
        id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        subject_id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        package_id VARCHAR NOT NULL,
        station_id INTEGER NOT NULL,
        ours JSON NOT NULL,
        theirs JSON NOT NULL,
        found_at DATETIME NOT NULL,
        decision VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        decided_at DATETIME,
        decided_by VARCHAR NOT NULL,
        decided_by_id INTEGER,
        CONSTRAINT pk_exchange_conflict PRIMARY KEY (id),
        CONSTRAINT fk_exchange_conflict_station_id FOREIGN KEY(station_id) REFERENCES known_station (id)
    )
    """,
    "CREATE INDEX ix_exchange_conflict_open ON exchange_conflict (decided_at, id)",
    """
    CREATE TABLE awaited_file (
        sha256 VARCHAR NOT NULL,
        station_id INTEGER NOT NULL,
        told_at DATETIME NOT NULL,
        CONSTRAINT pk_awaited_file PRIMARY KEY (sha256),
        CONSTRAINT fk_awaited_file_station_id FOREIGN KEY(station_id) REFERENCES known_station (id)
    )
    """,
    *(
        f"""
    CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what was exchanged is never deleted'); END
    """
        for table in _KEPT
    ),
)
