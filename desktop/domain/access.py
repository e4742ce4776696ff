"""Who may do what, where and in which trade: rights, the roles that hold them, and the person at work.

Eight roles are those of governments and departments of three levels; the others work at the street.
A right counts only inside the scope of the grant that gives it: function, area and industry belong together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.errors import ClerkError


class Right(StrEnum):
    """What an account can be entitled to; each value is stored in nothing but the record."""

    SEE = "see"  # 查看
    REGISTER = "register"  # 受理登记
    REVIEW_FILING = "review_filing"  # 备案审核
    REVIEW_DEMAND = "review_demand"  # 业主需求审核
    PATROL_FEEDBACK = "patrol_feedback"  # 巡查反馈
    ISSUE_ORDERS = "issue_orders"  # 签发责令文书
    STATISTICS = "statistics"  # 统计
    EXPORT = "export"  # 导出
    DECIDE_EXCEPTIONS = "decide_exceptions"  # 撤销登记、例外处理
    DRAW_INSPECTIONS = "draw_inspections"  # 抽查
    SEE_WHOLE = "see_whole"  # 查看完整个人信息
    JUDGE_CONDUCT = "judge_conduct"  # 认定不良档案
    KEEP_REGISTERS = "keep_registers"  # 维护组织、人员和企业名录
    KEEP_ACCOUNTS = "keep_accounts"  # 账号维护
    KEEP_SETTINGS = "keep_settings"  # 设置
    KEEP_BACKUPS = "keep_backups"  # 备份和恢复
    AUDIT = "audit"  # 审计


class Role(StrEnum):
    """The roles that an account can be given; each value is stored."""

    CITY_GOVERNMENT_USER = "city_government_user"  # 市级政府用户
    CITY_GOVERNMENT_ADMIN = "city_government_admin"  # 市级政府管理员
    CITY_DEPARTMENT_USER = "city_department_user"  # 市级主管部门用户
    CITY_DEPARTMENT_ADMIN = "city_department_admin"  # 市级主管部门管理员
    DISTRICT_GOVERNMENT_USER = "district_government_user"  # 区级政府用户
    DISTRICT_GOVERNMENT_ADMIN = "district_government_admin"  # 区级政府管理员
    DISTRICT_DEPARTMENT_USER = "district_department_user"  # 区级主管部门用户
    DISTRICT_DEPARTMENT_ADMIN = "district_department_admin"  # 区级主管部门管理员
    WINDOW_CLERK = "window_clerk"  # 窗口受理员
    REVIEWER = "reviewer"  # 审核员
    PATROLLER = "patroller"  # 巡查员
    ENFORCEMENT_OFFICER = "enforcement_officer"  # 执法人员
    MANAGER = "manager"  # 分管领导
    AUDITOR = "auditor"  # 审计员
    ADMINISTRATOR = "administrator"  # 系统管理员


_ANNEX_4: Final = frozenset({Right.SEE, Right.REVIEW_FILING, Right.REVIEW_DEMAND, Right.PATROL_FEEDBACK})
_ANNEX_4_ADMIN: Final = _ANNEX_4 | {Right.KEEP_ACCOUNTS}

RIGHTS_OF: Final[Mapping[Role, frozenset[Right]]] = {
    Role.CITY_GOVERNMENT_USER: _ANNEX_4,
    Role.CITY_GOVERNMENT_ADMIN: _ANNEX_4_ADMIN,
    Role.CITY_DEPARTMENT_USER: _ANNEX_4,
    Role.CITY_DEPARTMENT_ADMIN: _ANNEX_4_ADMIN,
    Role.DISTRICT_GOVERNMENT_USER: _ANNEX_4,
    Role.DISTRICT_GOVERNMENT_ADMIN: _ANNEX_4_ADMIN,
    Role.DISTRICT_DEPARTMENT_USER: _ANNEX_4,
    Role.DISTRICT_DEPARTMENT_ADMIN: _ANNEX_4_ADMIN,
    Role.WINDOW_CLERK: frozenset({Right.SEE, Right.REGISTER, Right.SEE_WHOLE, Right.EXPORT, Right.STATISTICS}),
    Role.REVIEWER: frozenset(
        {Right.SEE, Right.REVIEW_FILING, Right.REVIEW_DEMAND, Right.SEE_WHOLE, Right.EXPORT, Right.STATISTICS}
    ),
    Role.PATROLLER: frozenset({Right.SEE, Right.PATROL_FEEDBACK, Right.EXPORT, Right.STATISTICS}),
    Role.ENFORCEMENT_OFFICER: frozenset(
        {Right.SEE, Right.PATROL_FEEDBACK, Right.ISSUE_ORDERS, Right.SEE_WHOLE, Right.EXPORT, Right.STATISTICS}
    ),
    Role.MANAGER: frozenset(
        {
            Right.SEE,
            Right.REVIEW_FILING,
            Right.REVIEW_DEMAND,
            Right.JUDGE_CONDUCT,
            Right.PATROL_FEEDBACK,
            Right.DECIDE_EXCEPTIONS,
            Right.DRAW_INSPECTIONS,
            Right.SEE_WHOLE,
            Right.EXPORT,
            Right.STATISTICS,
        }
    ),
    # Who keeps accounts does not read the trail of what was done with them, and the other way round (分权).
    Role.AUDITOR: frozenset({Right.AUDIT}),
    Role.ADMINISTRATOR: frozenset({Right.KEEP_ACCOUNTS, Right.KEEP_REGISTERS, Right.KEEP_SETTINGS, Right.KEEP_BACKUPS}),
}
# Annex 4: a department sees the projects of its own trade only.
BY_INDUSTRY: Final = frozenset(
    {
        Role.CITY_DEPARTMENT_USER,
        Role.CITY_DEPARTMENT_ADMIN,
        Role.DISTRICT_DEPARTMENT_USER,
        Role.DISTRICT_DEPARTMENT_ADMIN,
    }
)
# Annex 4: these keep the accounts of their own unit only; the others those of all levels within their area.
OWN_UNIT_ACCOUNTS: Final = frozenset({Role.CITY_DEPARTMENT_ADMIN, Role.DISTRICT_DEPARTMENT_ADMIN})
# Roles that one account cannot hold together.
APART: Final = (frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role given to an account, with where and in which trade it counts; None is everywhere, or every trade.

    ``areas`` are communities as the ledger writes them, ``departments`` codes of industry departments: a filing is of
    a department's trade when that department leads it or is asked along.
    """

    role: Role
    areas: frozenset[str] | None = None
    departments: frozenset[str] | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """Give the rights of the role."""
        return RIGHTS_OF[self.role]

    @property
    def is_whole(self) -> bool:
        """Say whether the grant counts for every filing."""
        return self.areas is None and self.departments is None

    def covers(self, community: str, departments: Collection[str]) -> bool:
        """Say whether a filing of a community and of some departments is inside the grant."""
        in_area = self.areas is None or community in self.areas
        return in_area and (self.departments is None or not self.departments.isdisjoint(departments))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person at work, as signed in."""

    account_id: int | None
    user_name: str
    name: str
    organisation_id: int | None = None
    organisation: str = ""
    grants: tuple[Grant, ...] = ()

    def grants_for(self, right: Right) -> tuple[Grant, ...]:
        """Give the grants that hold a right."""
        return tuple(grant for grant in self.grants if right in grant.rights)

    def may(self, right: Right) -> bool:
        """Say whether the right is held at all, wherever it counts."""
        return any(right in grant.rights for grant in self.grants)

    def may_for(self, right: Right, community: str, departments: Collection[str]) -> bool:
        """Say whether the right is held for one filing."""
        return any(grant.covers(community, departments) for grant in self.grants_for(right))

    def require(self, *rights: Right) -> None:
        """Raise ``ClerkError("not_permitted")`` unless one of the rights is held."""
        if not any(self.may(right) for right in rights):
            raise ClerkError("not_permitted", right=rights[0].value, user=self.user_name)

    def require_for(self, right: Right, community: str, departments: Collection[str]) -> None:
        """Raise ``ClerkError``: not_permitted, or outside_scope when the right does not reach this filing."""
        self.require(right)
        if not self.may_for(right, community, departments):
            raise ClerkError("outside_scope", right=right.value, user=self.user_name, community=community)


# Before the first account is made whoever opens the ledger is its founder.
FOUNDER: Final = Actor(
    account_id=None, user_name="", name="", grants=tuple(Grant(role=role) for role in Role if role not in BY_INDUSTRY)
)
NOBODY: Final = Actor(account_id=None, user_name="", name="")
