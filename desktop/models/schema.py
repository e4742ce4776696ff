"""All tables in one place, for migrations and their check."""

from __future__ import annotations

from sqlalchemy import MetaData

from desktop.models import (
    account,
    attachment,
    desk_rows,
    filing,
    firm,
    issued_document,
    known_party,
    order,
    platform_entry,
    record,
    review,
)

TABLE_MODULES = (
    account,
    attachment,
    desk_rows,
    filing,
    firm,
    issued_document,
    known_party,
    order,
    platform_entry,
    record,
    review,
)


def ledger_tables() -> MetaData:
    """Give the tables as the newest schema has them; the full-text index stands beside."""
    return filing.Filing.metadata
