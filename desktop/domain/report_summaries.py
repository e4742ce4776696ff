"""The measures of each part of a report, in their order."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from desktop.domain.measure import MeasureGroup

SUMMARY: Final = MappingProxyType(
    {
        MeasureGroup.REGISTRATION: (
            "registered",
            "registered_small_work",
            "registered_minor_operation",
            "registered_high_risk",
            "in_progress",
            "overdue_open",
            "extended",
            "changed",
            "closed",
            "closed_lapsed",
            "revoked",
            "reregistered",
        ),
        MeasureGroup.COUNTER: (
            "visits",
            "accepted",
            "submitted_for_review",
            "one_time_notices",
            "second_notices",
            "second_notice_rate",
            "permit_told",
            "must_not_start",
            "not_applicable",
            "redirected",
            "visits_per_filing",
            "days_to_acceptance",
            "days_to_completion",
        ),
        MeasureGroup.DEADLINES: (
            "acceptance_in_time_rate",
            "site_checks_in_time_rate",
            "close_outs_in_time_rate",
            "reports_same_day_rate",
        ),
        MeasureGroup.FOUND: ("found_unregistered", "found_registered", "found_registered_rate", "found_open"),
        MeasureGroup.PATROL: (
            "patrols",
            "patrol_persons",
            "patrolled_sites",
            "patrols_with_publicity",
            "monthly_check_rate",
            "drawn",
            "draw_share",
        ),
        MeasureGroup.HAZARD: (
            "hazards_found",
            "hazards_major",
            "hazards_on_the_spot",
            "hazards_cleared",
            "hazards_in_time",
            "hazards_late",
            "hazards_open",
            "hazards_overdue",
            "hazard_clearing_rate",
        ),
        MeasureGroup.ENFORCEMENT: (
            "stop_works",
            "stops_lifted",
            "escalations",
            "transfers",
            "transfers_replied",
            "transfer_reply_rate",
            "public_reports",
            "reports_answered",
        ),
        MeasureGroup.ACTIVITY: (
            "trainings",
            "trained_persons",
            "publicity",
            "copies",
            "media_reach",
            "surveys",
            "asked",
            "awareness_rate",
            "satisfaction_rate",
        ),
        MeasureGroup.INSURANCE: (
            "small_works_insurable",
            "liability_insured",
            "insurance_rate",
            "claims",
            "claims_advanced",
            "claims_paid",
        ),
        MeasureGroup.ACCIDENT: (
            "accidents",
            "dead",
            "injured",
            "accident_loss",
            "accidents_of_all",
            "accident_share",
        ),
        MeasureGroup.MONEY: ("funds", "supervisions", "supervisions_closed", "supervision_closed_rate"),
        MeasureGroup.QUALITY: (
            "files_complete_rate",
            "closed_recorded_rate",
            "funding_missing",
            "grid_missing",
            "stale_open",
            "doubles",
        ),
    }
)
