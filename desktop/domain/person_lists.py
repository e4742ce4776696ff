"""The three person lists (annexes 1 to 3): their columns, and what one row of them says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from desktop.domain.access import Role
from desktop.domain.organisations import OrganisationKind, Post


class Annex(IntEnum):
    """Which of the three lists."""

    STREETS = 1
    COMMUNITIES = 2
    INDUSTRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexShape:
    """The layout of one list: its title, its headings and what its columns mean."""

    annex: Annex
    title: str
    region: str
    unit: str
    third: str  # heading of the third column of people
    region_kind: OrganisationKind
    unit_kinds: tuple[OrganisationKind, ...]
    posts: tuple[Post, Post, Post]

    @property
    def people(self) -> tuple[str, str, str]:
        """Give the headings of the three columns of people."""
        return ("分管领导姓名电话", "负责人姓名电话", self.third)

    @property
    def headers(self) -> tuple[str, ...]:
        """Give the headings of the table."""
        return (self.unit, *self.people, "角色")


_ON_THE_GROUND: Final = (Post.LEADER, Post.HEAD, Post.PATROLLER)
SHAPES: Final = {
    shape.annex: shape
    for shape in (
        AnnexShape(
            annex=Annex.STREETS,
            title="县市区、乡镇（街道）安全管控人员及管理权限汇总表",
            region="所属县市区",
            unit="乡镇（街道）",
            third="巡查人员姓名电话",
            region_kind=OrganisationKind.DISTRICT,
            unit_kinds=(OrganisationKind.STREET_OFFICE,),
            posts=_ON_THE_GROUND,
        ),
        AnnexShape(
            annex=Annex.COMMUNITIES,
            title="社区（村）安全管控人员及管理权限汇总表",
            region="所属乡镇",
            unit="社区（村）",
            third="巡查人员姓名电话",
            region_kind=OrganisationKind.STREET_OFFICE,
            unit_kinds=(OrganisationKind.COMMUNITY_STATION, OrganisationKind.VILLAGE_COMMITTEE),
            posts=_ON_THE_GROUND,
        ),
        AnnexShape(
            annex=Annex.INDUSTRIES,
            title="行业安全管控人员及管理权限汇总表",
            region="所属县市",
            unit="所属行业",
            third="安控人员姓名电话",
            region_kind=OrganisationKind.DISTRICT,
            unit_kinds=(OrganisationKind.DEPARTMENT,),
            posts=(Post.LEADER, Post.HEAD, Post.SAFETY_CONTROLLER),
        ),
    )
}
ADMIN_LABEL: Final = "系统后台管理员姓名/电话"


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One person in a cell."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """What the lists say of one organisation; ``people`` follow the three columns of the annex.

    ``where`` names sheet and row for whoever has to put something right.
    """

    annex: Annex
    region: str
    unit: str
    people: tuple[tuple[Listed, ...], tuple[Listed, ...], tuple[Listed, ...]]
    roles: tuple[Role, ...] = ()
    where: str = ""

    @property
    def shape(self) -> AnnexShape:
        """Give the layout of its list."""
        return SHAPES[self.annex]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """The head of a list: whose it is, and the 系统后台管理员 (the first is the main one, a second the deputy)."""

    annex: Annex
    name: str
    admins: tuple[Listed, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLists:
    """The three lists together."""

    regions: tuple[RegionRow, ...] = ()
    rows: tuple[ListRow, ...] = ()
