"""The words of the registers of firms, bad records and demands, and the tones of their states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from desktop.domain.conduct import GROUND_WORDS, MEASURE_WORDS, Ground, MeasureKind
from desktop.domain.demands import DemandState
from desktop.domain.firm_register import BadRecordRow, FirmFile, MeasureRow
from desktop.domain.firms import CertificateKind, FirmCertificate, FirmKind, PapersState
from desktop.domain.local_rules import local
from desktop.views.shared.words_of import words_of

FIRM_WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    FirmKind: {FirmKind.ENTERPRISE: "企业", FirmKind.SOLE_TRADER: "个体工商户", FirmKind.CRAFTSMAN: "工匠"},
    CertificateKind: {
        CertificateKind.QUALIFICATION: "资质证书",
        CertificateKind.SAFETY_LICENCE: "安全生产许可证",
        CertificateKind.SPECIAL_OPERATION: "特种作业操作证",
        CertificateKind.SKILL: "职业技能证书",
        CertificateKind.OTHER: "其他证书",
    },
    PapersState: {
        PapersState.VALID: "有效",
        PapersState.EXPIRING: "将到期",
        PapersState.EXPIRED: "已过期",
        PapersState.NONE: "未录入",
    },
    Ground: words_of(Ground, GROUND_WORDS),
    MeasureKind: words_of(MeasureKind, MEASURE_WORDS),
    DemandState: {
        DemandState.OPEN: "待审核",
        DemandState.PUBLISHED: "已发布",
        DemandState.ANSWERED: "已答复",
        DemandState.DECLINED: "不予发布",
    },
}
# Shapes that stand for the tones where a cell has words only.
_MARKS: Final = {PapersState.VALID: "●", PapersState.EXPIRING: "▲", PapersState.EXPIRED: "■", PapersState.NONE: "○"}


def firm_options(kind: type[Enum]) -> tuple[tuple[str, str], ...]:
    """Give the pairs of code and label of a closed list, for a pick list."""
    return tuple((str(member.value), local(label)) for member, label in FIRM_WORDS[kind].items())


def papers_words(state: PapersState, valid_to: date | None) -> str:
    """Say how papers stand, with the day on which the first of them ends."""
    until = f" {valid_to.isoformat()}" if valid_to and state is not PapersState.VALID else ""
    return f"{_MARKS[state]} {FIRM_WORDS[PapersState][state]}{until}"


def certificate_words(certificate: FirmCertificate, state: PapersState) -> str:
    """Say one certificate with its number, grade and last day."""
    kind = FIRM_WORDS[CertificateKind][certificate.kind]
    named = certificate.title if certificate.title and certificate.title != kind else kind
    until = f"至 {certificate.valid_to.isoformat()}" if certificate.valid_to else "长期"
    parts = (named, certificate.grade, certificate.number, until)
    return f"{_MARKS[state]} {'　'.join(part for part in parts if part)}"


def record_words(record: BadRecordRow, today: date) -> str:
    """Say one bad record in a line."""
    until = record.until.isoformat() if record.until else "未定"
    return (
        f"■ 不良档案：{GROUND_WORDS[record.ground]}，{record.since.isoformat()} 至 {until}，"
        f"{record.decided_by}（{record.document}）{state_words(record, today)}"
    )


def state_words(record: BadRecordRow, today: date) -> str:
    """Say whether a bad record counts today, and why not."""
    if record.lifted_on is not None:
        return f"已解除 {record.lifted_on.isoformat()}"
    if record.is_in_force(today):
        return "在期"
    return "未开始" if today < record.since else "期满"


def measure_words(measure: MeasureRow) -> str:
    """Say one measure in a line."""
    document = f"（{measure.document}）" if measure.document else ""
    return (
        f"▲ {MEASURE_WORDS[measure.kind]}：{measure.taken_on.isoformat()}，{measure.taken_by}{document}{measure.remark}"
    )


def page_words(page: FirmFile, today: date) -> str:
    """Say everything on the page of one party, a line for each certificate, record and measure."""
    row = page.row
    facts = (
        row.scope,
        page.address,
        local(f"登记过的工程 {row.cases} 件"),
        f"培训：{row.training}" if row.training else "",
    )
    lines = ["　".join(part for part in (row.name, row.id_shown, *facts, page.remark) if part)]
    lines += [certificate_words(one, one.state_on(today)) for one in row.certificates]
    lines += [record_words(one, today) for one in page.records]
    lines += [measure_words(one) for one in page.measures]
    return "\n".join(lines)
