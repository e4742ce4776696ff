"""Mappings of old ledgers that somebody confirmed, kept for the next sheet with the same headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.column_mapping import headings_key
from desktop.domain.old_registration import Blanks, LedgerMapping, OldState
from desktop.domain.sheet_grid import Grid
from desktop.domain.sheet_import import OLD_LEDGER
from desktop.domain.sheet_layout import joined_headings
from desktop.models.sheet_import import ColumnProfile
from desktop.services.filing_keys import storable
from desktop.services.station import Station


def profile_for(session: Session, columns: Sequence[str]) -> ColumnProfile | None:
    """Give the mapping last kept for these headings, in whatever order, none where some are new."""
    key = set(headings_key(columns))
    kept = select(ColumnProfile).where(ColumnProfile.purpose == OLD_LEDGER).order_by(ColumnProfile.saved_at.desc())
    return next((one for one in session.scalars(kept) if key and key <= {*headings_key(one.headings)}), None)


def keep_profile(session: Session, mapping: LedgerMapping, grid: Grid, station: Station) -> None:
    """Keep a mapping that somebody confirmed, in place of an earlier one of the same headings."""
    columns = joined_headings(grid, mapping.headings)
    name = "｜".join(headings_key(columns))[:300]
    asked = select(ColumnProfile).where(ColumnProfile.purpose == OLD_LEDGER, ColumnProfile.name == name)
    profile = session.scalars(asked).first() or ColumnProfile(purpose=OLD_LEDGER, name=name)
    profile.headings = [storable(column) for column in columns]
    profile.mapping = {
        name: value for name, value in mapping_to_plain(mapping).items() if name in ("targets", "blanks")
    }
    profile.saved_at, profile.saved_by = station.now(), storable(station.actor.name)
    session.add(profile)


def mapping_to_plain(mapping: LedgerMapping) -> dict[str, Any]:
    """Give a mapping as plain data, as an import keeps it."""
    blanks, lines = mapping.blanks, mapping.headings
    return {
        "sheet": storable(mapping.sheet),
        "headings": [lines.first, lines.last],
        "targets": [target.value if target else None for target in mapping.targets],
        "blanks": {
            "state": blanks.state.value if blanks.state else None,
            "community": storable(blanks.community),
            "takes_numbers": blanks.takes_numbers,
        },
    }


def blanks_from_plain(plain: dict[str, Any]) -> Blanks:
    """Read what was chosen for lines that say nothing."""
    state = plain.get("state")
    return Blanks(
        state=OldState(state) if state in {each.value for each in OldState} else None,
        community=str(plain.get("community", "")),
        takes_numbers=plain.get("takes_numbers") is True,
    )
