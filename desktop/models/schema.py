"""All tables in one place, for migrations and their check."""

from __future__ import annotations

from sqlalchemy import MetaData

from desktop.models import (
    account,
    attachment,
    book_entry,
    closing_sheet,
    desk_rows,
    evaluation,
    filing,
    firm,
    found_site,
    hazard,
    issued_document,
    issued_report,
    known_party,
    order,
    organisation,
    pack_version,
    package,
    patrol,
    person,
    platform_entry,
    public_report,
    random_draw,
    record,
    registration_life,
    report_upward,
    review,
    sheet_import,
    station_key,
    transfer,
    verification,
)

TABLE_MODULES = (
    account,
    attachment,
    book_entry,
    closing_sheet,
    desk_rows,
    evaluation,
    filing,
    firm,
    found_site,
    hazard,
    issued_document,
    issued_report,
    known_party,
    order,
    organisation,
    pack_version,
    package,
    patrol,
    person,
    platform_entry,
    public_report,
    random_draw,
    record,
    registration_life,
    report_upward,
    review,
    sheet_import,
    station_key,
    transfer,
    verification,
)


def ledger_tables() -> MetaData:
    """Give the tables as the newest schema has them; the full-text index stands beside."""
    return filing.Filing.metadata
