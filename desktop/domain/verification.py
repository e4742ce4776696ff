"""Verifying what was declared (信息核实): which datum, how, with what result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local


class Datum(StrEnum):
    """What can be verified; each value is stored."""

    OWNER_IDENTITY = "owner_identity"  # 业主（建设单位）身份
    OWNER_PHONE = "owner_phone"  # 业主联系电话
    AGENT = "agent"  # 受委托人
    PROPERTY = "property"  # 房屋权属
    ADDRESS = "address"  # 地点
    CONTENT = "content"  # 工程内容、面积、金额
    CONTRACTOR = "contractor"  # 生产经营单位证照
    CONTRACTOR_PHONE = "contractor_phone"  # 生产经营单位联系电话
    WORKERS = "workers"  # 作业人员证书
    INSURANCE = "insurance"  # 保险


class Manner(StrEnum):
    """How it was verified; each value is stored."""

    PHONE = "phone"  # 电话
    SITE = "site"  # 现场
    CERTIFICATE = "certificate"  # 证照查询
    OTHER = "other"  # 其他


class Finding(StrEnum):
    """What came of it; each value is stored."""

    TRUE = "true"  # 属实
    DIFFERS = "differs"  # 不符
    OPEN = "open"  # 未能核实


DATUM_WORDS = LocalCatalogue(
    {
        Datum.OWNER_IDENTITY: "建设单位（业主）身份",
        Datum.OWNER_PHONE: "建设单位（业主）联系电话",
        Datum.AGENT: "受委托人身份和权限",
        Datum.PROPERTY: "房屋权属",
        Datum.ADDRESS: "工程（作业）地点",
        Datum.CONTENT: "工程内容、面积、金额",
        Datum.CONTRACTOR: "生产经营单位证照",
        Datum.CONTRACTOR_PHONE: "生产经营单位联系电话",
        Datum.WORKERS: "作业人员证书",
        Datum.INSURANCE: "保险",
    },
    local,
)
MANNER_WORDS = {Manner.PHONE: "电话", Manner.SITE: "现场", Manner.CERTIFICATE: "证照查询", Manner.OTHER: "其他"}
FINDING_WORDS = {Finding.TRUE: "属实", Finding.DIFFERS: "不符", Finding.OPEN: "未能核实"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRequest:
    """One check as noted.  ``act_id`` is made by the client, so that repeating the call is harmless."""

    act_id: str
    filing_id: int
    datum: Datum
    manner: Manner
    finding: Finding
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One check as shown."""

    id: int
    datum: Datum
    manner: Manner
    finding: Finding
    note: str
    at: datetime
    who: str
