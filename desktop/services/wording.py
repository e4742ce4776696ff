"""The few Chinese words that the record itself keeps; the words of the screen live in the views."""

from __future__ import annotations

from desktop.domain.acts import Act

ACT_WORDS = {
    Act.ACCEPT: "受理登记",
    Act.ONE_TIME_NOTICE: "一次性告知",
    Act.INFORM_PERMIT: "告知办理施工许可",
    Act.MUST_NOT_START: "告知不得开工并转执法",
    Act.NOT_APPLICABLE: "不属登记范围",
    Act.TO_STREET_OFFICE: "转街道办理",
}

DUE_DATE_WORDS = {"site_check_by": "首次现场检查期限", "feedback_by": "受理反馈期限"}
