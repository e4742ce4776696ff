"""The Chinese names of the roles, as offices write them, and how they are read from a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError
from desktop.domain.search_keys import normalise

ROLE_NAMES: Final[Mapping[Role, str]] = {
    Role.CITY_GOVERNMENT_USER: "市级政府用户",
    Role.CITY_GOVERNMENT_ADMIN: "市级政府管理员",
    Role.CITY_DEPARTMENT_USER: "市级主管部门用户",
    Role.CITY_DEPARTMENT_ADMIN: "市级主管部门管理员",
    Role.DISTRICT_GOVERNMENT_USER: "区级政府用户",
    Role.DISTRICT_GOVERNMENT_ADMIN: "区级政府管理员",
    Role.DISTRICT_DEPARTMENT_USER: "区级主管部门用户",
    Role.DISTRICT_DEPARTMENT_ADMIN: "区级主管部门管理员",
    Role.WINDOW_CLERK: "窗口受理员",
    Role.REVIEWER: "审核员",
    Role.PATROLLER: "巡查员",
    Role.ENFORCEMENT_OFFICER: "执法人员",
    Role.MANAGER: "分管领导",
    Role.AUDITOR: "审计员",
    Role.ADMINISTRATOR: "系统管理员",
}
_OTHER_NAMES: Final[Mapping[str, Role]] = {
    "县级政府用户": Role.DISTRICT_GOVERNMENT_USER,
    "县级政府管理员": Role.DISTRICT_GOVERNMENT_ADMIN,
    "县级主管部门用户": Role.DISTRICT_DEPARTMENT_USER,
    "县级主管部门管理员": Role.DISTRICT_DEPARTMENT_ADMIN,
    "区级部门用户": Role.DISTRICT_DEPARTMENT_USER,
    "市级部门用户": Role.CITY_DEPARTMENT_USER,
    "窗口人员": Role.WINDOW_CLERK,
    "巡查人员": Role.PATROLLER,
}
_BY_NAME: Final = {normalise(name): role for role, name in ROLE_NAMES.items()} | {
    normalise(name): role for name, role in _OTHER_NAMES.items()
}
_PARTED: Final = re.compile(r"[、，,;；/\n|]+")


def roles_named(text: str) -> tuple[Role, ...]:
    """Read the roles that a text names, each once; raises ``ClerkError("no_such_role", name=…)``."""
    roles: list[Role] = []
    for name in (part.strip() for part in _PARTED.split(text)):
        if not name:
            continue
        role = _BY_NAME.get(normalise(name))
        if role is None:
            raise ClerkError("no_such_role", name=name)
        roles.append(role)
    return tuple(role for role in Role if role in roles)


def roles_written(roles: Iterable[Role]) -> str:
    """Write roles as one cell."""
    return "、".join(ROLE_NAMES[role] for role in roles)
