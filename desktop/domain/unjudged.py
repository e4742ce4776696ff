"""The assessment of what this program never judged: taken over as written elsewhere, every question left open."""

from __future__ import annotations

from desktop.domain.assessment_result import UNDETERMINED, Assessment, Reason


def unjudged(*, pack_id: str, pack_version: str, high_risk: bool | None, because: str) -> Assessment:
    """Give an assessment that decides nothing; ``high_risk`` is what the source says, ``because`` names the source."""
    return Assessment(
        outcome=UNDETERMINED,
        intake_result=UNDETERMINED,
        high_risk=UNDETERMINED if high_risk is None else high_risk,
        high_risk_items=(),
        article4_item=None,
        managed_as_high_risk=UNDETERMINED,
        acceptance_point="",
        required_materials=(),
        optional_materials=(),
        undetermined_materials=(),
        deficiency_items=UNDETERMINED,
        supervision_required=UNDETERMINED,
        industry_department=None,
        classification_table_row=None,
        co_departments=(),
        validity_end=None,
        extension_first=None,
        extension_last=None,
        extension_result=None,
        acceptance_feedback_mode=None,
        acceptance_feedback_by=None,
        site_check_by=None,
        closeout_by=None,
        closeout_result=None,
        closeout_needs=(),
        one_time_rule_breached=False,
        patrol_actions=(),
        if_refused=None,
        if_not_rectified=None,
        report_to=None,
        transfer_to=None,
        status_change=None,
        basis=None,
        escalation_article=None,
        re_registration_required=False,
        reminders=(),
        inform_zh="",
        provisional_dates=(),
        reasons=(Reason(decides="outcome", article="旧台账", because=because),),
        missing_facts=(),
        pack_id=pack_id,
        pack_version=pack_version,
    )
