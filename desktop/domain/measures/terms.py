"""Which measures mean nothing where the rules of the place set no such term and know no such class of works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.measure import Breakdown
from desktop.domain.pack import PolicyPack
from desktop.domain.report import TableSpec

_ACCEPTANCE: Final = ("acceptance_due", "acceptance_in_time", "acceptance_in_time_rate")
_SITE_CHECKS: Final = ("site_checks_due", "site_checks_in_time", "site_checks_in_time_rate", "site_checks_missed")
_CLOSE_OUTS: Final = ("close_outs_due", "close_outs_in_time", "close_outs_in_time_rate")
_VALIDITY: Final = ("overdue_open", "extended", "closed_lapsed")
# Where there is one kind only it is no part of the whole.
_OF_KINDS: Final = ("registered_small_work", "registered_minor_operation")
_RISK: Final = (
    "registered_high_risk",
    "key_site_months",
    "key_site_months_checked",
    "key_site_months_missed",
    "monthly_check_rate",
)


def unknown_here(pack: PolicyPack) -> frozenset[str]:
    """Name the measures of what the rules do not know: nothing is counted, so nothing is kept or missed."""
    terms = pack.deadlines
    sets = (
        (terms.feedback_working_days is not None, _ACCEPTANCE),
        (terms.site_check_working_days is not None, _SITE_CHECKS),
        (terms.closeout_working_days is not None, _CLOSE_OUTS),
        (terms.validity_months is not None, _VALIDITY),
        (MINOR_OPERATION in pack.kinds(), _OF_KINDS),
        (pack.tells_risk_apart, _RISK),
    )
    return frozenset(key for is_known, keys in sets if not is_known for key in keys)


def with_known_only(specs: Iterable[TableSpec], pack: PolicyPack) -> tuple[TableSpec, ...]:
    """Leave out of tables what the rules do not know, and the tables that are empty then."""
    left_out = unknown_here(pack)
    kept = (replace(spec, measures=tuple(key for key in spec.measures if key not in left_out)) for spec in specs)
    return tuple(known for spec in kept if spec.measures for known in _parted(spec, pack))


def _parted(spec: TableSpec, pack: PolicyPack) -> Iterator[TableSpec]:
    """Give a table parted only by what the rules tell apart."""
    told = {Breakdown.KIND: len(pack.kinds()) > 1, Breakdown.RISK: pack.tells_risk_apart}
    parts = [part for part in (spec.by, spec.across) if part is not None]
    known = [part for part in parts if told.get(part, True)]
    if len(known) == len(parts):
        yield spec
    elif known:
        yield replace(spec, title=_TITLES.get(known[0], spec.title), by=known[0], across=None)


_TITLES: Final = {Breakdown.KIND: "类别", Breakdown.RISK: "风险等级"}
