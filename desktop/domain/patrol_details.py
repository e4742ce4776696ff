"""What single kinds of visits have of their own: a stand-by, a check at the gate, first checks of high-risk works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyDetails:
    """Stand-by beside dangerous work (旁站): who stood there from when to when, and what was seen.

    Times are "09:30"; a check is None while nobody answered it.
    """

    watcher: str
    begins: str
    ends: str
    work: str = ""  # the work that was watched
    persons_registered: bool | None = None  # 人员资质备案
    gear_worn: bool | None = None  # 防护用品
    warning_signs: bool | None = None  # 警示标识


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """One person who came to work."""

    name: str
    trade: str = ""
    certificate: str = ""
    is_certified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetails:
    """Check at the gate of an estate (进场核查): content, persons' qualifications, protective gear."""

    work: str
    entrants: tuple[Entrant, ...] = ()
    is_registered: bool | None = None  # the work has its registration
    qualifications_in_order: bool | None = None
    gear_in_order: bool | None = None
    is_admitted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeCheck:
    """The scheme of high-risk works: its five contents, and who signed and approved it."""

    plan: bool | None = None  # 施工计划
    technique: bool | None = None  # 工艺技术
    safety_measures: bool | None = None  # 安全保证措施
    persons: bool | None = None  # 人员保障
    emergency: bool | None = None  # 应急处置措施
    signed_by: str = ""  # 施工单位技术负责人
    signed_on: str = ""  # "2026-03-02" or empty
    is_sealed: bool | None = None
    approved_by: str = ""  # 建设单位
    approved_on: str = ""
    is_kept_to: bool | None = None  # works follow it, and it was not changed without approval

    @property
    def is_whole(self) -> bool:
        """Say whether it has all five contents, signature, seal and approval."""
        contents = (self.plan, self.technique, self.safety_measures, self.persons, self.emergency, self.is_sealed)
        return all(contents) and bool(self.signed_by and self.approved_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteManager:
    """A safety manager whom the first check met, or missed."""

    name: str
    phone: str = ""
    certificate: str = ""
    is_present: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCheckDetails:
    """The first check of high-risk works within three working days."""

    scheme: SchemeCheck = SchemeCheck()
    owner_manager: SiteManager | None = None
    contractor_manager: SiteManager | None = None
    leader: SiteManager | None = None  # 注册建造师或者相符的专业技术人员
    is_briefed_in_writing: bool | None = None  # 书面安全技术交底
    is_briefing_signed: bool | None = None  # 双方签字确认
    is_shift_briefed: bool | None = None  # 班前安全生产交底
    gear_checked: bool | None = None  # 防护用品
    emergency_known: bool | None = None  # 险情时停止作业、撤离
    area_marked: bool | None = None  # 作业区域
    fire_separation: bool | None = None  # 不燃材料防火分隔
    hot_work_by_rule: bool | None = None  # 动火; None also where there is none
    qualification_fits: bool | None = None  # 资质证书与工程相符
    licence_in_force: bool | None = None  # 安全生产许可证在有效期内
    operators_certified: bool | None = None  # 特种作业操作证与本人相符


# The points that a paper of the pack may ask: codes are the fields that keep the answers.
POINTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "standby_record": ("persons_registered", "gear_worn", "warning_signs"),
        "entry_check_record": ("is_registered", "qualifications_in_order", "gear_in_order", "is_admitted"),
        "site_check_scheme": (
            "plan",
            "technique",
            "safety_measures",
            "persons",
            "emergency",
            "is_sealed",
            "is_kept_to",
        ),
        "site_check_manner": (
            "is_briefed_in_writing",
            "is_briefing_signed",
            "is_shift_briefed",
            "gear_checked",
            "emergency_known",
            "area_marked",
            "fire_separation",
            "hot_work_by_rule",
        ),
        "site_check_certificates": ("qualification_fits", "licence_in_force", "operators_certified"),
    }
)
PatrolDetails = StandbyDetails | EntryDetails | FirstCheckDetails
_NAMES: Final[Mapping[str, type[PatrolDetails]]] = {
    "standby": StandbyDetails,
    "entry": EntryDetails,
    "first_check": FirstCheckDetails,
}
_PARTS: Final[Mapping[str, type[SchemeCheck] | type[SiteManager]]] = {
    "scheme": SchemeCheck,
    "owner_manager": SiteManager,
    "contractor_manager": SiteManager,
    "leader": SiteManager,
}


def details_to_plain(details: PatrolDetails | None) -> dict[str, Any]:
    """Give the details as plain data; empty for none."""
    if details is None:
        return {}
    name = next(name for name, shape in _NAMES.items() if isinstance(details, shape))
    return {name: asdict(details)}


def details_from_plain(plain: Mapping[str, Any]) -> PatrolDetails | None:
    """Read stored details back; fields that a later version added are as nobody answered them."""
    for name, shape in _NAMES.items():
        if name in plain:
            return shape(**{key: _part(key, value) for key, value in _known(shape, plain[name]).items()})
    return None


def _part(key: str, value: Any) -> Any:
    if key == "entrants":
        return tuple(Entrant(**_known(Entrant, each)) for each in value)
    shape = _PARTS.get(key)
    return value if shape is None or value is None else shape(**_known(shape, value))


def _known(shape: type[Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(shape)}
    return {key: value for key, value in plain.items() if key in names}
