"""What the ledger puts under the headings of a platform's sheet, and what is missing there.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.pack import PolicyPack
from desktop.domain.platform_template import CellKind, PlatformColumn, PlatformTemplate
from desktop.domain.sentences import plain_number
from desktop.domain.walk_in import Certificate, IdKind, Insurance, Party, PartyKind, SiteManager, WalkIn

CellValue = str | Decimal | date | None
_WAN: Final = Decimal(10_000)
FIXED: Final = "="
_PARTY_KINDS: Final = {
    PartyKind.ORGANISATION: "企业法人及其他单位",
    PartyKind.PARTNERSHIP: "合伙组织",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.PERSON: "自然人",
}
_ID_KINDS: Final = {
    IdKind.RESIDENT_ID: "居民身份证",
    IdKind.CREDIT_CODE: "统一社会信用代码",
    IdKind.PASSPORT: "护照",
    IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdKind.FOREIGN_RESIDENT_ID: "外国人永久居留身份证",
    IdKind.OTHER: "其他",
}
_RISK_WORDS: Final = {"yes": "是", "no": "否"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformMatter:
    """One registered filing as a platform wants it; numbers of persons whole."""

    filing_id: int
    number: str
    walk_in: WalkIn
    high_risk: bool | None
    accepted_on: date | None
    valid_until: date | None

    @property
    def kind(self) -> str:
        """Give the kind of matter, empty while it is unknown."""
        return self.walk_in.facts.text("kind") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """What is wrong with one cell before the sheet is given out."""

    heading: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value comes from: its name for people, and how it is read; codes have the pack's or own words."""

    label: str
    read: Callable[[PlatformMatter], CellValue]
    words: Callable[[PolicyPack, str], str] | None = None


def _party(word: str, of: Callable[[WalkIn], Party | None]) -> Iterator[tuple[str, Source]]:
    def part(read: Callable[[Party], CellValue]) -> Callable[[PlatformMatter], CellValue]:
        def of_matter(matter: PlatformMatter) -> CellValue:
            party = of(matter.walk_in)
            return None if party is None else read(party)

        return of_matter

    yield "name", Source(label=f"{word}名称", read=part(lambda party: party.name))
    yield (
        "kind",
        Source(
            label=f"{word}类别",
            read=part(lambda party: party.kind.value),
            words=lambda _pack, code: _PARTY_KINDS[PartyKind(code)],
        ),
    )
    yield (
        "id_kind",
        Source(
            label=f"{word}证件类型",
            read=part(lambda party: party.id_kind.value),
            words=lambda _pack, code: _ID_KINDS[IdKind(code)],
        ),
    )
    yield "id_number", Source(label=f"{word}证件号码", read=part(lambda party: party.id_number))
    yield "contact_name", Source(label=f"{word}联系人", read=part(lambda party: party.contact_name))
    yield "phone", Source(label=f"{word}联系电话", read=part(lambda party: party.phone))
    yield "address", Source(label=f"{word}地址", read=part(lambda party: party.address))


def _certificate(word: str, of: Callable[[WalkIn], Certificate]) -> Iterator[tuple[str, Source]]:
    yield "kind", Source(label=f"{word}类别", read=lambda matter: of(matter.walk_in).kind)
    yield "grade", Source(label=f"{word}等级", read=lambda matter: of(matter.walk_in).grade)
    yield "number", Source(label=f"{word}编号", read=lambda matter: of(matter.walk_in).number)
    yield "valid_to", Source(label=f"{word}有效期至", read=lambda matter: of(matter.walk_in).valid_to)


def _manager(word: str, of: Callable[[WalkIn], SiteManager]) -> Iterator[tuple[str, Source]]:
    yield "name", Source(label=word, read=lambda matter: of(matter.walk_in).name)
    yield "phone", Source(label=f"{word}联系电话", read=lambda matter: of(matter.walk_in).phone)
    for name, source in _certificate(f"{word}证件", lambda walk_in: of(walk_in).certificate):
        yield f"certificate.{name}", source


def _fact(name: str) -> Callable[[PlatformMatter], CellValue]:
    return lambda matter: matter.walk_in.facts.number(name)


def _in_wan(name: str) -> Callable[[PlatformMatter], CellValue]:
    def read(matter: PlatformMatter) -> CellValue:
        number = matter.walk_in.facts.number(name)
        return None if number is None else (number / _WAN).normalize()

    return read


def _insurance(read: Callable[[Insurance], CellValue]) -> Callable[[PlatformMatter], CellValue]:
    def first(matter: PlatformMatter) -> CellValue:
        insurances = matter.walk_in.insurances
        return read(insurances[0]) if insurances else None

    return first


def _category_words(pack: PolicyPack, code: str) -> str:
    category = pack.category(code)
    return category.label if category is not None else code


def _of(prefix: str, parts: Iterator[tuple[str, Source]]) -> dict[str, Source]:
    return {f"{prefix}.{name}": source for name, source in parts}


def _text(label: str, read: Callable[[WalkIn], str]) -> Source:
    return Source(label=label, read=lambda matter: read(matter.walk_in))


SOURCES: Final[Mapping[str, Source]] = {
    "number": Source(label="登记编号", read=lambda matter: matter.number),
    "accepted_on": Source(label="受理日期", read=lambda matter: matter.accepted_on),
    "valid_until": Source(label="登记有效期至", read=lambda matter: matter.valid_until),
    "kind": Source(label="类别", read=lambda matter: matter.kind, words=lambda pack, code: pack.label_of("kind", code)),
    "category": Source(label="类型", read=lambda matter: matter.walk_in.facts.text("category"), words=_category_words),
    "high_risk": Source(
        label="是否高风险",
        read=lambda matter: None if matter.high_risk is None else ("yes" if matter.high_risk else "no"),
        words=lambda _pack, code: _RISK_WORDS[code],
    ),
    "project_name": _text("工程（作业）名称", lambda walk_in: walk_in.project_name),
    "content": _text("工程（作业）内容", lambda walk_in: walk_in.content),
    "place": _text("地点", lambda walk_in: walk_in.place.text),
    "place.sub_area": _text("片区", lambda walk_in: walk_in.place.sub_area),
    "place.community": _text("社区", lambda walk_in: walk_in.place.community),
    "place.grid": _text("网格", lambda walk_in: walk_in.place.grid),
    "place.estate": _text("小区、路段", lambda walk_in: walk_in.place.estate),
    "place.building": _text("栋", lambda walk_in: walk_in.place.building),
    "place.room": _text("房号", lambda walk_in: walk_in.place.room),
    "place.detail": _text("详细地址", lambda walk_in: walk_in.place.detail),
    "contract_amount_yuan": Source(label="合同金额（元）", read=_fact("contract_amount_yuan")),
    "contract_amount_wan": Source(label="合同金额（万元）", read=_in_wan("contract_amount_yuan")),
    "floor_area_m2": Source(label="施工区域建筑面积（㎡）", read=_fact("floor_area_m2")),
    "investment_yuan": Source(label="工程投资额（元）", read=_fact("investment_yuan")),
    "building_area_m2": Source(label="建筑面积（㎡）", read=_fact("building_area_m2")),
    "funding": Source(
        label="资金来源",
        read=lambda matter: matter.walk_in.funding,
        words=lambda pack, code: pack.label_of("funding", code),
    ),
    "waste_site": _text("拟消纳场所", lambda walk_in: walk_in.waste_site),
    "planned_start_on": Source(label="计划开始日期", read=lambda matter: matter.walk_in.planned_start_on),
    "planned_end_on": Source(label="计划结束日期", read=lambda matter: matter.walk_in.planned_end_on),
    "property_company": _text("物业服务企业", lambda walk_in: walk_in.property_company),
    "workers": _text("作业人员", lambda walk_in: "、".join(each.name for each in walk_in.workers if each.name)),
    "worker_count": Source(
        label="作业人数", read=lambda matter: Decimal(len(matter.walk_in.workers)) if matter.walk_in.workers else None
    ),
    "remark": _text("备注", lambda walk_in: walk_in.remark),
    "insurance.kind": Source(label="保险种类", read=_insurance(lambda each: each.kind)),
    "insurance.insurer": Source(label="保险公司", read=_insurance(lambda each: each.insurer)),
    "insurance.policy_number": Source(label="保单号", read=_insurance(lambda each: each.policy_number)),
    **_of("owner", _party("建设单位（业主）", lambda walk_in: walk_in.owner)),
    **_of("agent", _party("受委托人", lambda walk_in: walk_in.agent)),
    **_of("property_owner", _party("房屋产权人", lambda walk_in: walk_in.property_owner)),
    **_of("contractor", _party("施工单位", lambda walk_in: walk_in.contractor.party)),
    **_of("designer", _party("设计单位", lambda walk_in: walk_in.designer)),
    **_of("supervisor", _party("监理单位", lambda walk_in: walk_in.supervisor)),
    **_of("qualification", _certificate("资质证书", lambda walk_in: walk_in.contractor.qualification)),
    **_of("safety_licence", _certificate("安全生产许可证", lambda walk_in: walk_in.contractor.safety_licence)),
    **_of("project_manager", _manager("项目负责人", lambda walk_in: walk_in.contractor.project_manager)),
    **_of("owner_safety_manager", _manager("建设单位安全管理人员", lambda walk_in: walk_in.owner_safety_manager)),
    **_of(
        "contractor_safety_manager", _manager("施工单位安全管理人员", lambda walk_in: walk_in.contractor_safety_manager)
    ),
}


def cells_of(template: PlatformTemplate, matter: PlatformMatter, pack: PolicyPack) -> tuple[CellValue, ...]:
    """Give the cells of one filing in the order of the columns; what has no value is None."""
    return tuple(_cell(column, matter, pack) for column in template.columns)


def faults_of(template: PlatformTemplate, matter: PlatformMatter, pack: PolicyPack) -> tuple[CellFault, ...]:
    """Say what the platform would refuse: required values that are missing, and values the mapping does not know."""
    return tuple(
        CellFault(heading=column.heading, what=what)
        for column in template.columns
        if (what := _fault(column, matter, pack))
    )


def _fault(column: PlatformColumn, matter: PlatformMatter, pack: PolicyPack) -> str:
    if column.kinds and matter.kind not in column.kinds:
        return ""
    code = _raw(column, matter)
    if column.values and isinstance(code, str) and code and code not in column.values:
        source = SOURCES.get(column.source)
        shown = source.words(pack, code) if source is not None and source.words is not None else code
        return f"对照表里没有“{shown}”"
    value = _cell(column, matter, pack)
    if value is None:
        if not column.is_required:
            return ""
        return "必填，台账里没有" if column.source else "必填，这一列没有对应台账的内容，请在平台的表里自行填写"
    if column.longest and len(str(value)) > column.longest:
        return f"最多 {column.longest} 个字，现有 {len(str(value))} 个"
    return ""


def _cell(column: PlatformColumn, matter: PlatformMatter, pack: PolicyPack) -> CellValue:
    if column.kinds and matter.kind not in column.kinds:
        return None
    value = _raw(column, matter)
    if value in (None, ""):
        return None
    source = SOURCES.get(column.source)
    if isinstance(value, str):
        if column.values:
            return column.values.get(value)
        worded = source.words(pack, value) if source is not None and source.words is not None else value
        # A line break would end the line where the sheet is pasted.
        return " ".join(worded.split()) or None
    if column.kind is CellKind.TEXT:
        return value.isoformat() if isinstance(value, date) else plain_number(value)
    return value


def _raw(column: PlatformColumn, matter: PlatformMatter) -> CellValue:
    if column.source.startswith(FIXED):
        return column.source.removeprefix(FIXED)
    source = SOURCES.get(column.source)
    return source.read(matter) if source is not None else None
