"""The closed lists that columns of a record hold values of: what a newer program or a stranger may have put there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Act, Status
from desktop.domain.attachments import AttachedKind, AttachedTo, MediaType, Moment
from desktop.domain.bodies import TransferKind
from desktop.domain.book import BookKind
from desktop.domain.found_site import FoundSource, FoundState
from desktop.domain.hazard import HazardLevel, HazardState, Measure, Responsible, StepKind
from desktop.domain.life_acts import ChangeKind, ChangeSource, CloseOutKind, CloseOutState, DeliveryManner
from desktop.domain.order import OrderKind
from desktop.domain.outside_review import OutsideVerdict, ReviewedPaper
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult, PatrolSource
from desktop.domain.public_report import ReportMove, ReportSource, ReportState, ReportVerdict
from desktop.domain.review import ReviewOutcome
from desktop.domain.sampling import InspectionResult
from desktop.domain.transfer import TransferMove, TransferState
from desktop.domain.verification import Datum, Finding, Manner
from desktop.domain.walk_in import PaperForm, Verdict

# Table: column: the values it may hold; those in ``_MAY_BE_EMPTY`` may say nothing.
_LISTS: Final[Mapping[str, Mapping[str, type[StrEnum]]]] = {
    "filing": {"status": Status},
    "visit": {"act": Act},
    "visit_material": {"verdict": Verdict, "form": PaperForm},
    "attachment": {"media_type": MediaType, "event": AttachedKind, "subject": AttachedTo, "moment": Moment},
    "close_out": {"kind": CloseOutKind, "state": CloseOutState},
    "enforcement_order": {"kind": OrderKind},
    "registration_change": {"kind": ChangeKind, "source": ChangeSource},
    "revocation": {"delivery": DeliveryManner},
    "review": {"outcome": ReviewOutcome},
    "outside_review": {"subject": ReviewedPaper, "verdict": OutsideVerdict},
    "verification": {"datum": Datum, "how": Manner, "result": Finding},
    "patrol": {"kind": PatrolKind, "level": PatrolLevel, "result": PatrolResult, "source": PatrolSource},
    "hazard": {"level": HazardLevel, "state": HazardState, "responsible": Responsible},
    "hazard_step": {"kind": StepKind},
    "found_site": {"source": FoundSource, "state": FoundState},
    "transfer": {"kind": TransferKind, "state": TransferState},
    "transfer_step": {"state": TransferMove},
    "public_report": {"source": ReportSource, "state": ReportState, "verdict": ReportVerdict},
    "public_report_step": {"state": ReportMove},
    "drawn_filing": {"result": InspectionResult},
    "book_entry": {"kind": BookKind},
}
# Columns that hold a list of such values.
_IN_LISTS: Final[Mapping[tuple[str, str], type[StrEnum]]] = {("hazard", "measures"): Measure}
_MAY_BE_EMPTY: Final = frozenset(
    {
        ("visit_material", "form"),
        ("attachment", "event"),
        ("revocation", "delivery"),
        ("outside_review", "verdict"),
        ("public_report", "verdict"),
        ("review", "outcome"),
        ("drawn_filing", "result"),
    }
)


def known_values(table: str, column: str) -> frozenset[str] | None:
    """Give the values a column may hold; None where it is free."""
    values = _LISTS.get(table, {}).get(column)
    if values is None:
        return None
    return frozenset(each.value for each in values) | ({""} if (table, column) in _MAY_BE_EMPTY else set())


def listed_values(table: str, column: str) -> frozenset[str] | None:
    """Give the values that may stand in a list of a column; None where the column is no such list."""
    values = _IN_LISTS.get((table, column))
    return None if values is None else frozenset(each.value for each in values)
