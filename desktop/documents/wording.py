"""Putting names, days and numbers into words: the places in a pack's texts, dates, amounts, certificates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.documents.context import PaperContext
from desktop.domain.facts import NOT_APPLICABLE, Facts
from desktop.domain.sentences import plain_number, spoken
from desktop.domain.walk_in import Certificate

_PLACE: Final = re.compile(r"\{(\w+)\}")
# Where nothing is known, the clerk or the applicant writes by hand.
BY_HAND: Final = "________"


def fill(text: str, ctx: PaperContext) -> str:
    """Put the names of this matter into the ``{places}`` of a pack's sentence."""
    office = ctx.office
    labels = ctx.pack.labels
    places = {
        "owner": ctx.owner_word,
        "contractor": labels.get("contractor", ""),
        "kind": ctx.kind_word,
        "hotlines": "、".join(ctx.pack.hotlines),
        "enforcement": office.enforcement_body or labels.get("enforcement_body", ""),
        "street": office.street_name,
        "station": office.station_name or office.street_name,
        "phone": office.phone,
        "hours": office.hours,
        "address": office.address,
    }
    return _PLACE.sub(lambda place: places.get(place[1], place[0]) or BY_HAND, text)


def day(value: date | None) -> str:
    """Write a day as on Chinese papers, a room to write one when there is none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def amount(facts: Facts, key: str) -> str:
    """Write an amount in yuan and 万元."""
    value = facts.number(key)
    if value is None:
        return _blank(facts, key)
    exact = f"{value:,f}"
    shown = exact.rstrip("0").rstrip(".") if "." in exact else exact
    return f"{shown}元（{plain_number(value / Decimal(10000))}万元）"


def area(facts: Facts, key: str) -> str:
    """Write an area in m²."""
    return spoken(key, facts) if facts.number(key) is not None else _blank(facts, key)


def certificate(value: Certificate, *, under: str = "") -> str:
    """Write a certificate in one line: kind, grade, number, last valid day; without the kind that ``under`` says."""
    until = f"有效期至{day(value.valid_to)}" if value.valid_to else ""
    kind = "" if value.kind == under else value.kind
    return "  ".join(part for part in (kind, value.grade, value.number, until) if part)


def _blank(facts: Facts, key: str) -> str:
    return "不适用" if facts[key] is NOT_APPLICABLE else ""
