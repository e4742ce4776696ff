"""When the first certificate of a stored matter ends: those of the contractor, of the managers and of the workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Date, Function, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

# Where the matter keeps certificates, and what each is called where it does not say so itself.
_PLACES: Final = (
    ("contractor.qualification", "资质证书"),
    ("contractor.safety_licence", "安全生产许可证"),
    ("contractor.project_manager.certificate", "项目负责人证书"),
    ("contractor_safety_manager.certificate", "安全管理人员证书"),
)
_NEVER: Final = "9999-12-31"


def earliest_end(walk_in: InstrumentedAttribute[dict[str, Any]]) -> Function[date | None]:
    """Give the first day on which a certificate of the matter ends, none where no certificate has one."""
    workers = func.json_each(walk_in, "$.workers").table_valued("value")
    end = func.json_extract(workers.c.value, "$.certificate.valid_to")
    of_workers = select(func.min(end)).select_from(workers).where(true()).correlate(walk_in.class_).scalar_subquery()
    fixed = (func.json_extract(walk_in, f"$.{place}.valid_to") for place, _word in _PLACES)
    # The least of several values is none as soon as one is: what has no end counts as ending never.
    ends = (func.coalesce(each, _NEVER) for each in (*fixed, of_workers))
    return func.nullif(func.min(*ends), _NEVER, type_=Date())


def ended_by(walk_in: Mapping[str, Any], day: date) -> Iterator[tuple[str, date]]:
    """Give the certificates of a stored matter that end by a day, in words, with their last valid day."""
    for place, word in _PLACES:
        held: Any = walk_in
        for step in place.split("."):
            held = held.get(step) or {}
        yield from _ending(held, word, day)
    for worker in walk_in.get("workers") or ():
        held = worker.get("certificate") or {}
        named = f"（{worker['name']}）" if worker.get("name") else ""
        yield from _ending(held, f"{held.get('kind') or '作业人员'}操作证{named}", day)


def _ending(held: Mapping[str, Any], word: str, day: date) -> Iterator[tuple[str, date]]:
    if held.get("valid_to") and (ends := date.fromisoformat(held["valid_to"])) <= day:
        yield word, ends
