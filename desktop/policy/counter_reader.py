"""Reading who takes a matter in: the counter rules of a pack."""

from __future__ import annotations

from typing import Final

from desktop.domain.facts import FACT_SPECS, MINOR_OPERATION, SMALL_WORK
from desktop.domain.pack_rules import CounterRule
from desktop.policy.condition_reader import ConditionReader
from desktop.policy.table import Table

_KINDS: Final = (SMALL_WORK, MINOR_OPERATION)
# What an assessment may call the place: others would have no word in lists and statistics.
POINTS: Final = (
    "street_office",
    "community_or_property",
    "community",
    "property_company",
    "street_or_property",
    "any",
)


def counter_rule(table: Table, reader: ConditionReader) -> CounterRule:
    """Read one rule; one that names channels has to say where else to go."""
    point = table.text("point")
    if point not in POINTS:
        table.fault("point", f"应为 {'、'.join(POINTS)} 之一")
    kinds = table.texts("kinds", _KINDS)
    for kind in kinds:
        if kind not in _KINDS:
            table.fault("kinds", f"没有 {kind} 这一类，应为 {'、'.join(_KINDS)}")
    channels = filing_channels(table, "channels")
    return CounterRule(
        point=point,
        article=table.text("article"),
        because=table.text("because"),
        redirect_because=table.text("redirect_because") if channels else table.text("redirect_because", ""),
        channels=channels,
        kinds=kinds,
        told_at_counter=table.flag("told_at_counter"),
        when=reader.read(table.raw_value("when"), f"{table.where}.when"),
    )


def filing_channels(table: Table, key: str) -> tuple[str, ...]:
    """Read a list of filing channels."""
    known, channels = FACT_SPECS["filing_channel"].choices, table.texts(key)
    for channel in channels:
        if channel not in known:
            table.fault(key, f"没有 {channel} 这一种申报方式，应为 {'、'.join(known)}")
    return channels
