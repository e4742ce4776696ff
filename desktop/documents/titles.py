"""The codes of the printed papers with the titles they bear where a pack gives none of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "receipt": "登记回执",
        "registration_form": "安全生产信息登记表",
        "owner_commitment": "建设单位（业主）安全生产承诺书",
        "contractor_commitment": "生产经营单位安全生产承诺书",
        "risk_notice": "风险告知书",
        "safety_guide": "安全生产指引及禁止行为清单",
        "prohibitions": "禁止行为",
        "usual_risks": "常见安全风险",
        "papers_received": "收件清单",
        "posting": "公示牌材料",
        "one_time_notice": "一次性告知书",
        "permit_notice": "告知办理施工许可通知书",
        "must_not_start": "不得开工建设（作业）告知书",
        "transfer_sheet": "转办单",
        "not_applicable": "不属于登记范围告知书",
        "to_street_office": "转街道办事处办理告知单",
        "submission_receipt": "收件回执",
        "stop_order": "责令停止施工（作业）通知书",
        "rectification_order": "责令限期改正通知书",
        "power_of_attorney": "授权委托书",
        "owner_consent": "房屋产权人同意施工证明",
        "manager_authorisation": "项目负责人授权委托书",
        "briefing_record": "安全生产作业交底记录",
        "recovery_sheet": "台账恢复单",
    }
)
