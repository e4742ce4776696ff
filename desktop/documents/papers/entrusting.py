"""The letter of entrustment and the letter of responsibility, filled in or blank.

Our own wording; each duty with the article behind it, where the document of the place has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from desktop.documents.blocks import (
    Block,
    Fact,
    FactTable,
    Heading,
    Item,
    NumberedItems,
    Paper,
    Paragraph,
    Shape,
    Signatures,
)
from desktop.documents.wording import day
from desktop.domain.acts import Office
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.local_rules import article, local
from desktop.domain.organisations import AcceptanceScope, EntrustmentRow, LetterRow
from desktop.domain.pack import PolicyPack

ENTRUSTMENT_TITLE: Final = "信息登记服务委托书"
LETTER_TITLE: Final = "安全管理工作责任书"
_NO_DAY: Final = "____年__月__日"

_SCOPES: Final = {
    AcceptanceScope.MINOR_OPERATIONS: "零星作业的登记咨询、受理和核对材料",
    AcceptanceScope.NON_HIGH_RISK: "零星作业和非高风险小型工程的登记咨询、受理和核对材料",
}
# What a place says that tells no works of higher risk apart, or knows no minor operations.
_WITHOUT_RISK: Final = "零星作业和小型工程的登记咨询、受理和核对材料"
_WITHOUT_MINOR: Final = "非高风险小型工程的登记咨询、受理和核对材料"
_SMALL_WORKS: Final = "小型工程的登记咨询、受理和核对材料"
# What is done, and the keys of the articles behind it.
_ENTRUSTED: Final = (
    ("在受托片区内提供登记服务，按公布的时间有专人在窗口，逐项核对材料", "entrustment"),
    ("{outside}，不受理，当场告知并转街道办事处", "high_risk_at_street"),
    ("配合日常安全巡查，按期把登记信息和巡查信息报街道办事处", "entrustment"),
    ("提前把注意事项、禁止行为和安全生产指引告知建设单位或者业主", "advance_notice"),
    ("妥善保管收取的材料和个人信息，不用于登记以外的事", "entrustment"),
    ("委托期满、范围改变或者提前终止的，自当日起不再受理新件，已收材料移交街道办事处", "entrustment"),
)
_RESPONSIBLE: Final[tuple[tuple[str, ...], ...]] = (
    ("落实专人负责责任片区内的小型工程和零星作业安全管理，人员变动及时告知街道", "responsibility_letter"),
    ("开工前提醒建设单位、业主和商户办理登记，未登记的劝其先办理并告知街道", "responsibility_letter", "advance_notice"),
    ("建立日常安全巡查制度，留存巡查台账备查", "property_patrols"),
    ("高空作业派专人全程旁站，查看作业人员资质、防护用品和警示标识", "standby"),
    ("核查并登记进场的作业内容、作业人员资质和安全防护设施", "entry_check"),
    ("发现隐患或者违法行为立即制止，并报告社区或者街道", "property_reports"),
    ("配合开展安全生产宣传教育", "property_publicity"),
)
_STREET: Final = (
    ("指导登记咨询、受理、审核和巡查，提供表格和安全生产指引", "street_guidance"),
    ("收到报告后及时核查处理，把结果告知报告单位", "reports_handled"),
)


def entrustment_paper(row: EntrustmentRow | None, *, office: Office, pack: PolicyPack, on: date) -> Paper:
    """Compose the entrustment; without one, a blank with room for its scope, areas and term."""
    own = None if row is None else row.entrustment
    scopes = _scopes(pack)
    said = local(scopes.get(own.scope, "") if own is not None else "□ " + "\n□ ".join(scopes.values()))
    facts = (
        (("委托单位", office.street_name), ("受托单位", row.organisation if row else "")),
        (("委托书编号", own.document_number if own else ""), ("签订日期", "")),
        (("委托范围", said),),
        (("受托片区", "、".join(own.areas) if own else "\n"),),
        (("委托期限", _term(own.first_on if own else None, own.last_on if own else None)),),
    )
    asked = local("委托下列单位提供安全生产信息登记服务。")
    # What registration is in law is said only where the document of the place says it.
    nature = local("登记是告知性登记。") if pack.legal_nature else ""
    opening = f"依据《{pack.title}》{pack.article('entrustment')}，{asked}{nature}"
    blocks: tuple[Block, ...] = (
        Paragraph(text=opening),
        _table(facts),
        Heading(text="受托单位做到"),
        _duties([(text.replace("{outside}", _outside(pack)), *keys) for text, *keys in _ENTRUSTED]),
        Heading(text="委托单位做到"),
        _duties(_STREET),
        _signed(),
    )
    return _paper("entrustment_letter", local(ENTRUSTMENT_TITLE), blocks, office=office, on=on if row else None)


def responsibility_letter(row: LetterRow | None, *, office: Office, on: date) -> Paper:
    """Compose the letter of responsibility; without one, a blank."""
    own = None if row is None else row.letter
    facts = (
        (("甲方", office.street_name), ("乙方", row.organisation if row else "")),
        (("编号", own.document_number if own else ""), ("签订日期", day(own.signed_on) if own else "")),
        (("责任片区", own.area if own else "\n"),),
        (("期限", _term(own.first_on if own else None, own.last_on if own else None)),),
    )
    opening = local("为落实责任片区内小型工程和零星作业的安全管理，双方约定如下。本责任书不免除各方依法应负的责任。")
    blocks: tuple[Block, ...] = (
        Paragraph(text=opening),
        _table(facts),
        Heading(text="乙方责任"),
        _duties(_RESPONSIBLE),
        Heading(text="甲方责任"),
        _duties(_STREET),
        _signed(),
    )
    return _paper("responsibility_letter", LETTER_TITLE, blocks, office=office, on=on if row else None)


def _scopes(pack: PolicyPack) -> dict[AcceptanceScope, str]:
    """Say what may be entrusted in the kinds of work that the document of the place knows."""
    scopes = dict(_SCOPES)
    if MINOR_OPERATION not in pack.kinds():
        del scopes[AcceptanceScope.MINOR_OPERATIONS]
        scopes[AcceptanceScope.NON_HIGH_RISK] = _WITHOUT_MINOR if pack.tells_risk_apart else _SMALL_WORKS
    elif not pack.tells_risk_apart:
        scopes[AcceptanceScope.NON_HIGH_RISK] = _WITHOUT_RISK
    return scopes


def _outside(pack: PolicyPack) -> str:
    return "高风险小型工程和超出受托范围的" if pack.tells_risk_apart else "超出受托范围的"


def _paper(code: str, title: str, blocks: tuple[Block, ...], *, office: Office, on: date | None) -> Paper:
    shape: Shape = "form"
    return Paper(
        code=code,
        title=title,
        number="",
        issuer=office.street_name,
        template_version=code,
        shape=shape,
        blocks=blocks,
        issued_on=on.isoformat() if on else "",
    )


def _table(rows: Sequence[tuple[tuple[str, str], ...]]) -> FactTable:
    facts = tuple(tuple(Fact(label=label, value=value) for label, value in row) for row in rows)
    return FactTable(rows=facts, tall=True)


def _duties(duties: Sequence[tuple[str, ...]]) -> NumberedItems:
    return NumberedItems(
        items=tuple(
            Item(text=local(text), article="、".join(filter(None, map(article, keys)))) for text, *keys in duties
        )
    )


def _term(first: date | None, last: date | None) -> str:
    return f"{day(first) or _NO_DAY} 至 {day(last) or _NO_DAY}，届满自行失效"


def _signed() -> Signatures:
    return Signatures(
        lines=(
            local("街道办事处（盖章）："),
            "对方单位（盖章）：",
            "经办人：",
            "负责人：",
            "日期：",
            "日期：",
        )
    )
