"""Which measures of terms mean nothing where the rules of the place set no such term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from desktop.domain.pack import Deadlines
from desktop.domain.report import TableSpec

_ACCEPTANCE: Final = ("acceptance_due", "acceptance_in_time", "acceptance_in_time_rate")
_SITE_CHECKS: Final = ("site_checks_due", "site_checks_in_time", "site_checks_in_time_rate", "site_checks_missed")
_CLOSE_OUTS: Final = ("close_outs_due", "close_outs_in_time", "close_outs_in_time_rate")


def without_a_term(terms: Deadlines) -> frozenset[str]:
    """Name the measures whose term the rules do not set: nothing falls due, so nothing is kept or missed."""
    sets = (
        (terms.feedback_working_days, _ACCEPTANCE),
        (terms.site_check_working_days, _SITE_CHECKS),
        (terms.closeout_working_days, _CLOSE_OUTS),
    )
    return frozenset(key for period, keys in sets if period is None for key in keys)


def with_terms_only(specs: Iterable[TableSpec], terms: Deadlines) -> tuple[TableSpec, ...]:
    """Leave out of tables what has no term, and the tables that are empty then."""
    left_out = without_a_term(terms)
    kept = (replace(spec, measures=tuple(key for key in spec.measures if key not in left_out)) for spec in specs)
    return tuple(spec for spec in kept if spec.measures)
