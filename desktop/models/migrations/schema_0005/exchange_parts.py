"""What schema 0005 adds to what came by package: when it was received, first and last."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE foreign_subject ADD COLUMN first_received_at DATETIME",
    "ALTER TABLE foreign_subject ADD COLUMN last_received_at DATETIME",
    # Of what came before only the last time is on record.
    """
    UPDATE foreign_subject SET
        first_received_at = (SELECT at FROM audit_event WHERE id = local_event),
        last_received_at = (SELECT at FROM audit_event WHERE id = local_event)
    """,
)
