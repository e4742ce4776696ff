"""The one place that asks the computer for the moment; everything else is told."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Give the moment now, in UTC."""
    return datetime.now(UTC)
