"""What the measures of the key lists count, by the same reading of the facts as the lists (``domain/key_lists.py``).

Unlike the lists, which show works under way, these count what was registered in a period.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_

from desktop.domain.key_lists import CROWDED_PLACES
from desktop.models.filing import Filing
from desktop.queries.statistics.filing_source import FILINGS
from desktop.queries.statistics.source import Count, in_period

# A window of its own: the facts lie in the wide rows, which other counts of registrations need not read.
_REGISTERED: Final = in_period(Filing.accepted_on)


def _path(fact: str) -> str:
    return f"$.facts.stated.{fact}"


def _said(fact: str) -> ColumnElement[Any]:
    return func.json_extract(Filing.walk_in, _path(fact))


def _kind_said(fact: str) -> ColumnElement[str]:
    """Give the type of what was stated, empty for nothing."""
    return func.coalesce(func.json_type(Filing.walk_in, _path(fact)), "")


def _is_true(fact: str) -> ColumnElement[bool]:
    return _kind_said(fact) == "true"


_IS_CROWDED: Final = or_(
    _is_true("crowded_place"),
    and_(_kind_said("crowded_place") == "text", _said("crowded_place") != ""),
    func.coalesce(_said("place_kind").in_(sorted(CROWDED_PLACES)), False),
)
_DOES_HOT_WORK: Final = or_(
    _is_true("hot_work"), func.coalesce(func.json_array_length(Filing.walk_in, _path("hot_work_tools_zh")), 0) > 0
)
# What was stated of hot work in a crowded place is final, a no as well.
_IS_HOT_WORK: Final = or_(
    _is_true("crowded_place_hot_work"),
    and_(_kind_said("crowded_place_hot_work") == "", _DOES_HOT_WORK, _IS_CROWDED),
)

KEY_LIST_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "registered_crowded": Count(source=FILINGS, when=_REGISTERED, only=_IS_CROWDED),
        "registered_hot_work": Count(source=FILINGS, when=_REGISTERED, only=_IS_HOT_WORK),
        "registered_insulation": Count(source=FILINGS, when=_REGISTERED, only=_is_true("insulation_material")),
    }
)
