"""Papers that a change found on patrol left to be brought, and that nobody brought yet."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ScalarSelect, Select, func, select, true
from sqlalchemy.orm import Session

from desktop.domain.walk_in import DEFICIENT
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.registration_life import RegistrationChange

OUTSTANDING_PAPERS: Final = "lacking_information"  # key of the article by which they are asked for
_WANTING: Final = sorted(verdict.value for verdict in DEFICIENT)
# Of the filings the gate lets through; the plain tables save a second round through it.
_CHANGE: Final = RegistrationChange.__table__
_MATTER: Final = Filing.__table__.alias("changed_filing")
_CHANGED: Final = _CHANGE.alias("changed")


def outstanding_papers(session: Session, filing: Filing) -> tuple[str, ...]:
    """Give the codes of the papers that earlier changes asked for, that are required and still wanting."""
    rows = select(RegistrationChange.materials).where(RegistrationChange.filing_id == filing.id)
    asked = dict.fromkeys(each["code"] for row in session.scalars(rows.order_by(RegistrationChange.id)) for each in row)
    if not asked:
        return ()
    required, matter = filing.assessment.get("required_materials") or (), walk_in_from_plain(filing.walk_in)
    return tuple(code for code in asked if code in required and matter.check_of(code).verdict in DEFICIENT)


def filings_wanting_papers() -> Select[tuple[int]]:
    """Select the filings of which such a paper is wanting, as ``outstanding_papers`` says of one; few were changed."""
    return _wanting().with_only_columns(_MATTER.c.id)


def codes_wanting() -> ScalarSelect[Any]:
    """Give the codes of the papers wanting of a filing in one text, parted by commas."""
    codes = _wanting().with_only_columns(func.group_concat(_ASKED.distinct()))
    return codes.where(_MATTER.c.id == Filing.id).correlate(Filing).scalar_subquery()


_EACH: Final = func.json_each(_CHANGE.c.materials).table_valued("value", name="asked")
_HELD: Final = func.json_each(_MATTER.c.walk_in, "$.materials").table_valued("value", name="held")
_REQUIRED: Final = func.json_each(_MATTER.c.assessment, "$.required_materials").table_valued("value", name="required")
_ASKED: Final = func.json_extract(_EACH.c.value, "$.code")


def _wanting() -> Select[Any]:
    of_change = _CHANGE.join(_MATTER, _MATTER.c.id == _CHANGE.c.filing_id)
    listed = of_change.join(_EACH, true()).join(_HELD, true()).join(_REQUIRED, true())
    return (
        select(_MATTER.c.id)
        .select_from(listed)
        .where(
            # Else SQLite reads every matter to look for its change.
            _MATTER.c.id.in_(select(_CHANGED.c.filing_id)),
            func.json_extract(_HELD.c.value, "$.code") == _ASKED,
            func.json_extract(_HELD.c.value, "$.verdict").in_(_WANTING),
            _REQUIRED.c.value == _ASKED,
        )
    )
