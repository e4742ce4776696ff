"""What the clerk typed for one person at the window: everything a filing holds before it is decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.facts import Facts, FactValue

ONLINE: Final = "online"  # the channel of what was filed on the city's platform (网上申报)


class PartyKind(StrEnum):
    """Kinds of party."""

    ORGANISATION = "organisation"  # 企业法人及其他单位
    PARTNERSHIP = "partnership"  # 合伙组织
    SOLE_TRADER = "sole_trader"  # 个体工商户
    PERSON = "person"  # 自然人


class IdKind(StrEnum):
    """Kinds of identity document; only the first two have a checksum that can be verified."""

    RESIDENT_ID = "resident_id"  # 居民身份证（含港澳台居民居住证）
    CREDIT_CODE = "credit_code"  # 统一社会信用代码
    PASSPORT = "passport"  # 护照
    HK_MACAO_PERMIT = "hk_macao_permit"  # 港澳居民来往内地通行证
    TAIWAN_PERMIT = "taiwan_permit"  # 台湾居民来往大陆通行证
    FOREIGN_RESIDENT_ID = "foreign_resident_id"  # 外国人永久居留身份证
    OTHER = "other"


class Verdict(StrEnum):
    """The clerk's verdict on one material."""

    UNJUDGED = "unjudged"  # 未核对
    IN_ORDER = "in_order"  # 齐
    MISSING = "missing"  # 缺
    UNREADABLE = "unreadable"  # 不清
    UNSIGNED = "unsigned"  # 未签
    EXPIRED = "expired"  # 过期
    INCONSISTENT = "inconsistent"  # 不一致
    OTHER = "other"  # 其他
    NOT_APPLICABLE = "not_applicable"  # 不适用


DEFICIENT = frozenset(
    {Verdict.MISSING, Verdict.UNREADABLE, Verdict.UNSIGNED, Verdict.EXPIRED, Verdict.INCONSISTENT, Verdict.OTHER}
)


class PaperForm(StrEnum):
    """In which form a material was handed in."""

    ORIGINAL = "original"  # 原件
    COPY = "copy"  # 复印件
    ORIGINAL_SEEN = "original_seen"  # 复印件，原件已核


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation: owner, agent, property owner, designer, supervisor."""

    kind: PartyKind = PartyKind.ORGANISATION
    name: str = ""
    id_kind: IdKind = IdKind.CREDIT_CODE
    id_number: str = ""
    contact_name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A licence or certificate with its last valid day (included)."""

    kind: str = ""
    number: str = ""
    grade: str = ""
    valid_to: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteManager:
    """A named person in charge on site: owner's or contractor's safety manager, project manager."""

    name: str = ""
    phone: str = ""
    certificate: Certificate = field(default_factory=Certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contractor:
    """The producing and operating unit (生产经营单位) with its certificates."""

    party: Party = field(default_factory=Party)
    qualification: Certificate = field(default_factory=Certificate)
    safety_licence: Certificate = field(default_factory=Certificate)
    project_manager: SiteManager = field(default_factory=SiteManager)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One worker; the ID number is asked only where a special-operation certificate is of the T kind."""

    name: str = ""
    trade: str = ""
    id_number: str = ""
    certificate: Certificate = field(default_factory=Certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the work is done."""

    sub_area: str = ""  # 片区, where the street is parted into some
    community: str = ""
    grid: str = ""
    estate: str = ""  # 小区/路段
    building: str = ""  # 栋
    room: str = ""  # 房号
    detail: str = ""

    @property
    def text(self) -> str:
        """Give the address in one line, community first."""
        return "".join(part for part in (self.community, self.estate, self.building, self.room, self.detail) if part)

    @property
    def belongs_to(self) -> str:
        """Give the parts of the street that the place lies in, from the largest."""
        return " ".join(part for part in (self.sub_area, self.community, self.grid) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """An insurance policy of the work: kind is 工伤保险, 安全生产责任保险 or 意外伤害保险."""

    kind: str = ""
    insurer: str = ""
    policy_number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialCheck:
    """The clerk's verdict on one material of the pack's list."""

    code: str
    verdict: Verdict = Verdict.UNJUDGED
    form: PaperForm | None = None
    copies: int = 1
    pages: int | None = None
    valid_to: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of typed information that the notice asks for beside the papers (修改意见)."""

    item: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The mall or park whose shops are taken in one after another (一揽子纳管); no name means none.

    ``began_with`` is the first number of the filing that the others were begun from, where it bears no name itself.
    """

    name: str = ""
    began_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """One person's matter as typed; ``facts`` decide, the rest identifies and is printed."""

    facts: Facts = field(default_factory=Facts)
    project_name: str = ""
    content: str = ""
    place: Place = field(default_factory=Place)
    owner: Party = field(default_factory=Party)
    agent: Party | None = None
    property_owner: Party | None = None
    contractor: Contractor = field(default_factory=Contractor)
    owner_safety_manager: SiteManager = field(default_factory=SiteManager)
    contractor_safety_manager: SiteManager = field(default_factory=SiteManager)
    designer: Party | None = None
    supervisor: Party | None = None
    property_company: str = ""
    workers: tuple[Worker, ...] = ()
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    funding: str = ""
    waste_site: str = ""
    insurances: tuple[Insurance, ...] = ()
    materials: tuple[MaterialCheck, ...] = ()
    corrections: tuple[Correction, ...] = ()
    remark: str = ""
    batch: Batch = field(default_factory=Batch)

    @property
    def contract_amount_yuan(self) -> Decimal | None:
        """Give the contract amount in yuan, None when unknown."""
        return self.facts.number("contract_amount_yuan")

    def check_of(self, code: str) -> MaterialCheck:
        """Give the verdict on one material; a material nobody touched is unjudged."""
        return next((check for check in self.materials if check.code == code), MaterialCheck(code=code))

    def with_check(self, check: MaterialCheck) -> WalkIn:
        """Return the same matter with one verdict set or replaced."""
        others = tuple(known for known in self.materials if known.code != check.code)
        return replace(self, materials=(*others, check))


def is_another_matter(before: WalkIn, now: WalkIn) -> bool:
    """Say whether a next visit brings what looks like another matter: another kind, or another owner elsewhere."""
    other_owner = (before.owner.name, before.owner.id_number) != (now.owner.name, now.owner.id_number)
    other_kind = before.facts.text("kind") != now.facts.text("kind")
    return other_kind or (other_owner and before.place.text != now.place.text)


def decisive_facts(walk_in: WalkIn, *, filed_on: date, channel: str) -> Facts:
    """Give the facts a matter is judged by: what was ticked plus what follows from parties, papers and dates.

    ``provided_materials`` are the papers judged in order; a paper without a verdict counts as not provided.  What was
    filed online stays so, whichever counter deals with it later.
    """
    is_online = walk_in.facts.text("filing_channel") == ONLINE
    derived: dict[str, FactValue] = {
        "filed_on": filed_on,
        "filing_channel": ONLINE if is_online else channel,
        "agent": walk_in.agent is not None,
        "applicant_is_owner": walk_in.property_owner is None,
        "provided_materials": tuple(c.code for c in walk_in.materials if c.verdict is Verdict.IN_ORDER),
        "contractor_kind": _contractor_kind(walk_in.contractor.party),
    }
    days = {
        "planned_start_on": walk_in.planned_start_on,
        "planned_end_on": walk_in.planned_end_on,
        "qualification_valid_to": walk_in.contractor.qualification.valid_to,
        "safety_licence_valid_to": walk_in.contractor.safety_licence.valid_to,
        "special_cert_valid_to": min(
            (w.certificate.valid_to for w in walk_in.workers if w.certificate.valid_to), default=None
        ),
    }
    derived.update({key: day for key, day in days.items() if day is not None})
    return walk_in.facts.with_facts(**derived)


def _contractor_kind(party: Party) -> str:
    return {
        PartyKind.PERSON: "individual",
        PartyKind.SOLE_TRADER: "sole_trader",
    }.get(party.kind, "enterprise")
