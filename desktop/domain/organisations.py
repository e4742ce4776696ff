"""Who carries the work: organisations of every level, their posts, entrustments and letters of responsibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.access import Role
from desktop.domain.masking import mask_phone


class OrganisationKind(StrEnum):
    """Kinds of organisation; each value is stored."""

    DISTRICT = "district"  # 区县政府、安委办
    DEPARTMENT = "department"  # 行业主管部门
    STREET_OFFICE = "street_office"  # 街道办事处、乡镇
    STREET_DEPARTMENT = "street_department"  # 街道内设机构
    COMMUNITY_STATION = "community_station"  # 社区工作站
    VILLAGE_COMMITTEE = "village_committee"  # 居（村）委会
    PROPERTY_COMPANY = "property_company"  # 物业服务企业
    PARK_BODY = "park_body"  # 园区、商圈管委会
    THIRD_PARTY = "third_party"  # 第三方机构
    INSURER = "insurer"  # 承保机构


class Level(StrEnum):
    """The three levels of the mechanism, with the city above them; each value is stored."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class Post(StrEnum):
    """What a person is there for; each value is stored."""

    LEADER = "leader"  # 分管领导
    HEAD = "head"  # 负责人
    PATROLLER = "patroller"  # 巡查人员
    SAFETY_CONTROLLER = "safety_controller"  # 安控人员
    SYSTEM_ADMIN = "system_admin"  # 系统后台管理员
    DEPUTY_ADMIN = "deputy_admin"  # 系统后台管理员（副）
    ENFORCEMENT_OFFICER = "enforcement_officer"  # 执法人员
    WINDOW_PERSON = "window_person"  # 窗口专人
    HANDLER = "handler"  # 承办人
    LEADING_GROUP = "leading_group"  # 领导小组成员


class AcceptanceScope(StrEnum):
    """What an acceptance point may take; each value is stored.

    One rule gives property companies minor operations, another whatever the street entrusts: the widest is
    therefore a setting of each point.  High-risk works go to the street office from every other point.
    """

    NONE = "none"
    MINOR_OPERATIONS = "minor_operations"  # 零星作业
    NON_HIGH_RISK = "non_high_risk"  # 非高风险小型工程和零星作业
    ALL = "all"  # 全部，仅街道办事处


LEVEL_OF_KIND: Final[Mapping[OrganisationKind, Level]] = {
    OrganisationKind.DISTRICT: Level.DISTRICT,
    OrganisationKind.DEPARTMENT: Level.DISTRICT,
    OrganisationKind.STREET_OFFICE: Level.STREET,
    OrganisationKind.STREET_DEPARTMENT: Level.STREET,
    OrganisationKind.COMMUNITY_STATION: Level.COMMUNITY,
    OrganisationKind.VILLAGE_COMMITTEE: Level.COMMUNITY,
    OrganisationKind.PROPERTY_COMPANY: Level.COMMUNITY,
    OrganisationKind.PARK_BODY: Level.STREET,
    OrganisationKind.THIRD_PARTY: Level.STREET,
    OrganisationKind.INSURER: Level.DISTRICT,
}
# Who may act only by the entrustment of the street.
ENTRUSTED_KINDS: Final = frozenset({OrganisationKind.PROPERTY_COMPANY, OrganisationKind.VILLAGE_COMMITTEE})
# With whom letters of responsibility are signed.
LETTER_KINDS: Final = frozenset({OrganisationKind.PARK_BODY, OrganisationKind.PROPERTY_COMPANY})
POST_NAMES: Final[Mapping[Post, str]] = {
    Post.LEADER: "分管领导",
    Post.HEAD: "负责人",
    Post.PATROLLER: "巡查人员",
    Post.SAFETY_CONTROLLER: "安控人员",
    Post.SYSTEM_ADMIN: "系统后台管理员",
    Post.DEPUTY_ADMIN: "系统后台管理员（副）",
    Post.ENFORCEMENT_OFFICER: "执法人员",
    Post.WINDOW_PERSON: "窗口专人",
    Post.HANDLER: "承办人",
    Post.LEADING_GROUP: "领导小组成员",
}
# One person an organisation at most.
SINGLE_POSTS: Final = frozenset({Post.SYSTEM_ADMIN, Post.DEPUTY_ADMIN})
# Members of a third-party team at each level.
PATROL_NORM: Final[Mapping[Level, int]] = {Level.DISTRICT: 3, Level.STREET: 3, Level.COMMUNITY: 1}

_WIDEST: Final[Mapping[OrganisationKind, AcceptanceScope]] = {
    OrganisationKind.STREET_OFFICE: AcceptanceScope.ALL,
    OrganisationKind.STREET_DEPARTMENT: AcceptanceScope.ALL,
    OrganisationKind.COMMUNITY_STATION: AcceptanceScope.NON_HIGH_RISK,
    OrganisationKind.VILLAGE_COMMITTEE: AcceptanceScope.NON_HIGH_RISK,
    OrganisationKind.PROPERTY_COMPANY: AcceptanceScope.NON_HIGH_RISK,
    OrganisationKind.PARK_BODY: AcceptanceScope.NON_HIGH_RISK,
}
_BREADTH: Final = tuple(AcceptanceScope)


def widest_scope(kind: OrganisationKind) -> AcceptanceScope:
    """Give the most that a point of a kind can be set to take."""
    return _WIDEST.get(kind, AcceptanceScope.NONE)


def narrower(one: AcceptanceScope, other: AcceptanceScope) -> AcceptanceScope:
    """Give the smaller of two scopes."""
    return min(one, other, key=_BREADTH.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation as typed.

    ``areas`` are those it answers for, each by one organisation only; ``short_names`` are other names it is called by.
    ``is_point`` says that people can register there; ``roles`` are the 角色 granted to its people.
    """

    kind: OrganisationKind
    name: str
    level: Level
    short_names: tuple[str, ...] = ()
    parent_id: int | None = None
    areas: tuple[str, ...] = ()
    phone: str = ""
    is_point: bool = False
    address: str = ""
    hours: str = ""
    scope: AcceptanceScope = AcceptanceScope.NONE
    roles: tuple[Role, ...] = ()
    contract_first_on: date | None = None
    contract_last_on: date | None = None
    rules_document: str = ""  # 管理制度文件
    lead_department: str = ""  # 牵头部门
    carrying_body: str = ""  # 承担机构
    tasks: str = ""  # 任务分工


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One organisation as the register shows it."""

    id: int
    organisation: Organisation
    parent: str
    people: int
    is_active: bool

    @property
    def name(self) -> str:
        """Give the full name."""
        return self.organisation.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of an organisation as typed; an enforcement officer has a certificate number."""

    organisation_id: int
    name: str
    phone: str
    posts: frozenset[Post] = frozenset()
    certificate_number: str = ""
    note: str = ""

    def with_phone_covered(self) -> Person:
        """Give the person with the telephone covered, as lists show it."""
        return replace(self, phone=mask_phone(self.phone))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as the register shows it, with the organisation's kind and level."""

    id: int
    person: Person
    organisation: str
    kind: OrganisationKind
    level: Level
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrustment:
    """The street's entrustment of an organisation: scope, areas and term."""

    organisation_id: int
    scope: AcceptanceScope
    areas: tuple[str, ...]
    first_on: date
    last_on: date
    document_number: str = ""

    def runs_on(self, day: date) -> bool:
        """Say whether it holds on a day; both its ends belong to it."""
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrustmentRow:
    """One entrustment as the register shows it; ``ended_on`` is the day from which it no longer holds."""

    id: int
    entrustment: Entrustment
    organisation: str
    ended_on: date | None

    def runs_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.entrustment.runs_on(day) and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityLetter:
    """A signed 安全管理工作责任书: with whom, for which area, from when to when."""

    organisation_id: int
    area: str
    signed_on: date
    first_on: date
    last_on: date
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """One letter as the register shows it."""

    id: int
    letter: ResponsibilityLetter
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """One turn of a patroller's rotation: who, where, from when to when."""

    person_id: int
    area: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationRow:
    """One turn as the register shows it."""

    id: int
    rotation: Rotation
    person: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something an organisation or an area still lacks; ``code`` names it for the wording."""

    code: str
    what: str  # the organisation or the area
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCount:
    """Patrollers of a third-party team against the norm of its level."""

    organisation: str
    level: Level
    present: int
    norm: int
