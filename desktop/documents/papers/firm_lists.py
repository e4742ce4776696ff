"""Lists of the register for paper: firms for owners to choose from, bad records, demands of owners.

None of them carries a personal number: the list for owners holds no document number and no mobile phone, the list of
bad records covers the numbers of persons, the list of demands names neither owner nor house.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, ItemTable, Paper, Paragraph
from desktop.documents.papers.office_list import office_list
from desktop.domain.acts import Office
from desktop.domain.conduct import GROUND_WORDS
from desktop.domain.demands import term_words
from desktop.domain.firm_register import BadRecordRow, DemandRow, FirmRow
from desktop.domain.firms import FirmCertificate, FirmKind, PapersState
from desktop.domain.local_rules import local

KIND_WORDS: Final = {FirmKind.ENTERPRISE: "企业", FirmKind.SOLE_TRADER: "个体工商户", FirmKind.CRAFTSMAN: "工匠"}
STATE_WORDS: Final = {
    PapersState.VALID: "有效",
    PapersState.EXPIRING: "将到期",
    PapersState.EXPIRED: "已过期",
    PapersState.NONE: "未录入证照",
}


def list_for_owners(rows: Iterable[FirmRow], *, office: Office, on: date) -> Paper:
    """Compose the list that owners choose from: on the register, without a bad record in force."""
    listed = [row for row in rows if row.is_active and not row.is_on_record]
    table = ItemTable(
        headers=("序号", "类别", "名称（姓名）", "工种或者专业", "业务范围", "证照", local("登记过的工程"), "联系"),
        rows=tuple(
            (
                str(place),
                KIND_WORDS[row.kind],
                row.name,
                row.trade,
                row.scope,
                _papers(row.certificates, on),
                f"{row.cases} 件",
                row.listed_phone or "由窗口转告",
            )
            for place, row in enumerate(listed, start=1)
        ),
        widths=(10, 18, 34, 24, 26, 36, 18, 24),
    )
    note = local("本名单供业主自行选择，不构成推荐；证照以原件为准。证件号码和个人手机号码不在名单上公开。")
    return _paper("firm_list", "企业和工匠名单", office, on, _body(table, note, "名录中暂无可供选择的企业和工匠。"))


def list_of_bad_records(rows: Iterable[BadRecordRow], *, office: Office, on: date) -> Paper:
    """Compose the list of bad records in force."""
    table = ItemTable(
        headers=("序号", "类别", "名称（姓名）", "证件号码", "情形", "认定日期", "期限", "认定机构", "文书"),
        rows=tuple(
            (
                str(place),
                KIND_WORDS[row.firm_kind],
                row.firm_name,
                row.id_shown,
                GROUND_WORDS[row.ground],
                row.decided_on.isoformat(),
                f"{row.since.isoformat()} 至 {row.until.isoformat() if row.until else '解除之日'}",
                row.decided_by,
                row.document,
            )
            for place, row in enumerate((row for row in rows if row.is_in_force(on)), start=1)
        ),
        widths=(8, 15, 40, 46, 18, 26, 46, 26, 30),
    )
    note = "列入依据：不服从管理、逾期不整改、整改不彻底。期满或者解除后不再列入；自然人证件号码已遮盖。"
    return replace(
        _paper("bad_record_list", "不良档案名单", office, on, _body(table, note, "现无在期的不良档案。")), shape="wide"
    )


def list_of_demands(rows: Iterable[DemandRow], *, office: Office, on: date) -> Paper:
    """Compose what owners look for, for the firms of the register; they answer through the window."""
    table = ItemTable(
        headers=("需求号", "工程或者作业", "工种或者专业", "社区", "时间", "受理日期"),
        rows=tuple(
            (
                str(row.id),
                row.works,
                row.trade,
                row.community,
                term_words(row.wanted_from, row.wanted_to),
                row.taken_on.isoformat(),
            )
            for row in rows
        ),
        widths=(14, 50, 30, 26, 34, 22),
    )
    note = local("有意承接的，请持证照到窗口登记，由窗口转告业主。业主姓名、门牌和电话不公开。")
    return _paper(
        "demand_list", local("业主需求发布单"), office, on, _body(table, note, local("现无已发布的业主需求。"))
    )


def _papers(certificates: Sequence[FirmCertificate], on: date) -> str:
    told = (f"{one.title}{one.grade}（{STATE_WORDS[one.state_on(on)]}）" for one in certificates)
    return "；".join(told) or STATE_WORDS[PapersState.NONE]


def _body(table: ItemTable, note: str, when_empty: str) -> tuple[Block, ...]:
    if not table.rows:
        return (Paragraph(text=when_empty),)
    return (table, Paragraph(text=note, indent=False, small=True))


def _paper(code: str, title: str, office: Office, on: date, blocks: tuple[Block, ...]) -> Paper:
    return office_list(code, title, family="register", office=office, on=on, blocks=blocks)
