"""All tables in one place, for migrations and their check."""

from __future__ import annotations

from sqlalchemy import MetaData

from desktop.models import desk_rows, filing, issued_document, known_party, platform_entry, record

TABLE_MODULES = (desk_rows, filing, issued_document, known_party, platform_entry, record)


def ledger_tables() -> MetaData:
    """Give the tables as the newest schema has them; the full-text index stands beside."""
    return filing.Filing.metadata
