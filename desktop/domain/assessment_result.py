"""The result of assessing a matter, and its plain form for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desktop.domain.conditions import SETTING
from desktop.domain.pack_rules import IntakeResult, Outcome

UNDETERMINED: Final = "undetermined"
Undetermined = Literal["undetermined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one thing was decided: its article, and the sentence a clerk can read aloud."""

    decides: str
    article: str
    because: str
    item: int | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the pack says about one matter.  ``"undetermined"`` is a value of its own, never false."""

    outcome: Outcome | Undetermined
    intake_result: IntakeResult | Undetermined
    high_risk: bool | Undetermined
    high_risk_items: tuple[int, ...]
    article4_item: int | None
    managed_as_high_risk: bool | Undetermined
    acceptance_point: str
    required_materials: tuple[str, ...]
    optional_materials: tuple[str, ...]
    undetermined_materials: tuple[str, ...]
    deficiency_items: tuple[str, ...] | Undetermined
    supervision_required: bool | Undetermined
    industry_department: str | None
    classification_table_row: int | None
    co_departments: tuple[str, ...]
    validity_end: date | None
    extension_first: date | None
    extension_last: date | None
    extension_result: str | None
    acceptance_feedback_mode: str | None
    acceptance_feedback_by: date | None
    site_check_by: date | None
    closeout_by: date | None
    closeout_result: str | None
    closeout_needs: tuple[str, ...]
    one_time_rule_breached: bool
    patrol_actions: tuple[str, ...]
    if_refused: str | None
    if_not_rectified: str | None
    report_to: str | None
    transfer_to: str | None
    status_change: str | None
    basis: str | None
    escalation_article: str | None
    re_registration_required: bool
    reminders: tuple[str, ...]
    inform_zh: str
    provisional_dates: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing_facts: tuple[str, ...]
    pack_id: str
    pack_version: str

    @property
    def missing_settings(self) -> tuple[str, ...]:
        """Name the gaps of the pack that would have to be filled in to decide the matter."""
        return tuple(name.removeprefix(SETTING) for name in self.missing_facts if name.startswith(SETTING))

    @property
    def registrable(self) -> bool:
        """Say whether the matter is one that is registered here (第二、四、五条)."""
        return self.outcome in (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK)

    @property
    def is_high_risk(self) -> bool:
        """Say whether the duties of high-risk works apply for certain."""
        return self.high_risk is True or self.managed_as_high_risk is True

    def reasons_for(self, *decides: str) -> tuple[Reason, ...]:
        """Give the reasons behind some decisions."""
        return tuple(reason for reason in self.reasons if reason.decides in decides)

    def article_for(self, decides: str) -> str:
        """Give the article of the first reason behind a decision, empty when there is none."""
        return next((reason.article for reason in self.reasons if reason.decides == decides), "")
