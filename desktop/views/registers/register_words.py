"""The words of the registers: kinds, levels, posts, scopes, and what is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from desktop.domain.local_rules import local
from desktop.domain.organisations import POST_NAMES, AcceptanceScope, Gap, Level, OrganisationKind, Post
from desktop.views.shared.words_of import words_of

REGISTER_WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    OrganisationKind: {
        OrganisationKind.DISTRICT: "区县政府（安委办）",
        OrganisationKind.DEPARTMENT: "行业主管部门",
        OrganisationKind.STREET_OFFICE: "街道办事处（乡镇）",
        OrganisationKind.STREET_DEPARTMENT: "街道内设机构",
        OrganisationKind.COMMUNITY_STATION: "社区工作站",
        OrganisationKind.VILLAGE_COMMITTEE: "居（村）委会",
        OrganisationKind.PROPERTY_COMPANY: "物业服务企业",
        OrganisationKind.PARK_BODY: "园区、商圈管委会",
        OrganisationKind.THIRD_PARTY: "第三方机构",
        OrganisationKind.INSURER: "承保机构",
    },
    Level: {
        Level.CITY: "市级",
        Level.DISTRICT: "区级",
        Level.STREET: "街道级",
        Level.COMMUNITY: "社区级",
    },
    Post: words_of(Post, POST_NAMES),
    AcceptanceScope: {
        AcceptanceScope.NONE: "不受理",
        AcceptanceScope.MINOR_OPERATIONS: "零星作业",
        AcceptanceScope.NON_HIGH_RISK: "零星作业和非高风险小型工程",
        AcceptanceScope.ALL: "全部",
    },
}

_GAPS: Final = {
    "area_without_node": "没有责任单位",
    "no_leader": "没有分管领导",
    "no_system_admin": "没有系统后台管理员",
    "no_window_person": "受理点没有窗口专人",
    "no_contract": "不在服务合同期内",
    "no_entrustment": "没有在有效期内的委托，不能受理新件",
}


def gap_words(gap: Gap) -> str:
    """Say what is lacking in one short phrase."""
    return _GAPS[gap.code]


def options(kind: type[Enum]) -> tuple[tuple[str, str], ...]:
    """Give the pairs of code and label of a closed list, for a pick list."""
    return tuple((str(member.value), local(label)) for member, label in REGISTER_WORDS[kind].items())
