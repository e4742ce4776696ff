"""The matters whose articles a pack may name under ``[articles]``, each with what it is about (for pack authors)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Keys of measures and register entries are checked against their own catalogues: "measure.<code>", "book.<code>".
PREFIXES: Final = ("measure.", "book.", "department.", "duty.")

ARTICLE_KEYS: Final[Mapping[str, str]] = {
    "one_time_notice": "受理的结果：受理、一次性告知、告知办理施工许可、不得开工",
    "street_office_counter": "在街道办事处受理、办理变更的事项",
    "posting_at_entrance": "回执、承诺书、风险告知书和公示牌张贴在主要出入口",
    "change_of_registration": "登记内容或者风险变化的变更",
    "revocation_grounds": "撤销登记的情形",
    "report_reward": "举报属实的奖励",
    "entry_check": "进场核查、放行",
    "first_check_managers": "首次现场检查：到岗人员",
    "first_check_scheme": "首次现场检查：施工方案",
    "first_check_site": "首次现场检查：现场",
    "first_check_certificates": "首次现场检查：资质和证件",
    "measures_against_firms": "对企业、工匠和人员的处理措施",
    "bad_conduct_record": "企业和工匠列入不良档案",
    "high_risk_at_street": "高风险小型工程只由街道受理",
    "small_work_at_street": "小型工程由街道受理",
    "area_in_charge": "单位负责的片区",
    "patroller_rotation": "巡查人员轮岗",
    "patroller_notes": "巡查人员履职、廉洁的记事",
    "team_strength": "巡查队伍的人数",
    # -- views: keys of screens stand above this line
    # -- papers: keys of papers, books, measures and ledgers stand above this line
    "patrol_findings": "巡查发现问题的处理",
    "staff_as_registered": "人员与登记相符、持证上岗",
    "unregistered_work": "发现未登记的处理",
    "lacking_information": "现场与登记不符的，补充完善有关信息和条件",
    "escalation": "提级，参照高风险小型工程管理",
    "area_coverage": "全覆盖、分片管理，每个社区都有人负责",
    "leader_in_charge": "区、部门、街道明确分管负责人",
    "system_admin": "区、部门、街道明确系统后台管理员",
    "window_person": "受理点指定专人受理",
    "third_party_contract": "委托第三方机构巡查",
    "entrustment": "街道委托社区工作站、物业服务企业受理",
    "patrol_plan": "分级分类巡查的频次",
    "random_inspection": "随机抽查",
    "platform_entry": "受理后录入平台",
    "outside_review": "委托第三方审查资质、图纸、方案",
    "public_reports": "投诉举报的受理、核查、答复和奖励",
    "prohibition": "禁止的建设行为",
    "standby": "旁站监督",
    "splitting": "不得分解工程、规避办理施工许可",
    "territory": "向属地街道申报登记",
    "minor_operation_contents": "零星作业应当登记的信息",
    "site_safety_managers": "建设单位、施工单位配备现场安全管理人员",
    # -- services: keys of services, queries and the rest of domain stand above this line
}
