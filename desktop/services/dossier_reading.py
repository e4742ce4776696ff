"""Reading one case out of the ledger in the five parts of a supervision ledger, numbers covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain import hazard as hazards_of
from desktop.domain.acts import Status
from desktop.domain.bodies import TransferKind
from desktop.domain.book import BookKind
from desktop.domain.book_accidents import TYPES_OF_ACCIDENT
from desktop.domain.books import BookCriteria
from desktop.domain.covered_text import covered_text
from desktop.domain.hazard import HazardState, Measure, Responsible, StepKind
from desktop.domain.hazard_proposal import finding_article
from desktop.domain.ledger_table import Dossier, LedgerTable
from desktop.domain.life_words import CLOSEOUT_STATE_WORDS
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import masked
from desktop.domain.order import OrderKind
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import PatrolRow
from desktop.domain.revoking import GROUND_WORDS
from desktop.domain.site import Site, SiteRef
from desktop.domain.transfer import KIND_WORDS as LETTER_WORDS
from desktop.domain.transfer import MOVE_WORDS, TransferMove
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.models.filing import Filing, FilingVisit
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.order import Order
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut, Extension, RegistrationChange, Revocation
from desktop.models.transfer import Transfer, TransferStep
from desktop.queries.books import book_rows
from desktop.queries.patrols import rows_of
from desktop.queries.whole_site import on_whole_site
from desktop.services.revealing import id_shows_area
from desktop.services.site import site_of

Row = tuple[str, ...]
# More visits to one site than this nobody has made.
_MOST_VISITS: Final = 10_000
_ORDERS: Final = {OrderKind.STOP: "责令停止施工（作业）", OrderKind.RECTIFY: "责令限期改正"}
_NO_ACCIDENTS: Final = "事故登记簿中没有本件的记录。"
_TYPES: Final = dict(TYPES_OF_ACCIDENT)


def dossier_of(session: Session, filing: Filing, *, pack: PolicyPack) -> Dossier:
    """Give the whole of one case as tables in words."""
    site = site_of(session, SiteRef(filing_id=filing.id))
    # What was seen and found before the work was registered is of the same case.
    on_visits, on_hazards, on_letters = (on_whole_site(session, row, filing.id) for row in (Patrol, Hazard, Transfer))
    newest = select(Patrol.id).where(on_visits).order_by(Patrol.visited_on.desc(), Patrol.id.desc())
    visits = rows_of(session, tuple(session.scalars(newest.limit(_MOST_VISITS)))[::-1])
    found = session.scalars(select(Hazard).where(on_hazards).order_by(Hazard.id)).all()
    sent = session.scalars(select(Transfer).where(on_letters).order_by(Transfer.id)).all()
    told = tuple(_violations(session, filing, found, sent, pack))
    return Dossier(
        site=site,
        at_a_glance=_at_a_glance(session, filing, visits, told),
        parts=(
            _basics(session, filing, site, pack),
            _visits(visits),
            LedgerTable(
                title="违法违规行为查处情况",
                headers=("日期", "情形", "依据", "处理", "文号", "结果"),
                widths=(27, 68, 34, 42, 46, 51),
                rows=told,
                note="" if told else "没有查处记录。",
            ),
            _hazards(found, _accidents(session, filing), pack),
            _follow_up(session, filing, found, sent),
        ),
    )


def day_of(value: date | None) -> str:
    """Write a day as ledgers do; empty for none."""
    return value.isoformat() if value else ""


def visit_line(row: PatrolRow) -> Row:
    """Give one visit as the ledgers list it."""
    when = " ".join(part for part in (day_of(row.visited_on), row.visited_time) if part)
    return (
        when,
        row.kind.label,
        f"{row.organisation or '—'}（{row.level.label}）",
        "、".join(row.patrollers),
        row.result.label,
        str(row.hazards or ""),
        covered_text(row.remark),
    )


def hazard_line(one: Hazard, pack: PolicyPack) -> Row:
    """Give one hazard as the ledgers list it."""
    responsible = hazards_of.RESPONSIBLE_WORDS[Responsible(one.responsible)]
    return (
        one.number,
        day_of(one.found_on),
        pack.finding_label(one.finding),
        covered_text("：".join(part for part in (one.spot, one.description) if part)),
        hazards_of.LEVEL_WORDS[hazards_of.HazardLevel(one.level)],
        "：".join(part for part in (responsible, one.responsible_name) if part),
        "当场整改" if one.is_on_the_spot else day_of(one.due_on),
        hazards_of.STATE_WORDS[HazardState(one.state)],
        day_of(one.cleared_on),
    )


VISIT_HEADERS: Final = ("时间", "类型", "单位", "人员", "结果", "隐患", "备注")
VISIT_WIDTHS: Final = (42, 26, 42, 30, 32, 12, 40)
HAZARD_HEADERS: Final = ("编号", "发现日期", "问题", "位置和描述", "级别", "责任方", "整改期限", "状态", "销项日期")
HAZARD_WIDTHS: Final = (48, 28, 42, 56, 13, 36, 28, 20, 28)


def _basics(session: Session, filing: Filing, site: Site, pack: PolicyPack) -> LedgerTable:
    walk_in = masked(walk_in_from_plain(filing.walk_in), shows_area=id_shows_area(session))
    contractor = walk_in.contractor
    pairs: tuple[Row, ...] = (
        (local("登记编号"), site.number),
        ("工程（作业）名称", covered_text(site.project_name)),
        ("地点", covered_text(site.place)),
        ("社区、网格", " ".join(part for part in (site.community, site.grid) if part)),
        ("类别", site.category_label),
        ("风险", _risk_words(site, pack)),
        ("状态", STATUS_WORDS[Status(filing.status)]),
        (local("建设单位（业主）"), walk_in.owner.name),
        (local("业主电话"), walk_in.owner.phone),
        (local("生产经营单位"), contractor.party.name),
        ("单位电话", contractor.party.phone),
        ("项目负责人", contractor.project_manager.name),
        ("监理", walk_in.supervisor.name if walk_in.supervisor else ""),
        ("物业服务企业", walk_in.property_company),
        ("合同金额（元）", str(walk_in.contract_amount_yuan or "")),
        ("施工区域建筑面积（㎡）", str(walk_in.facts.number("floor_area_m2") or "")),
        ("受理日期", day_of(filing.accepted_on)),
        *((("有效期至", day_of(filing.valid_until)),) if filing.valid_until else ()),
        ("计划工期", " 至 ".join(filter(None, map(day_of, (walk_in.planned_start_on, walk_in.planned_end_on))))),
        *_life(session, filing),
    )
    rows = tuple((name, value) for name, value in pairs if value)
    return LedgerTable(title="工程基本信息", headers=("项目", "内容"), widths=(60, 201), rows=rows)


def _risk_words(site: Site, pack: PolicyPack) -> str:
    """Say the risk; nothing where the rules tell no risk apart and none is on record."""
    if site.high_risk:
        return local("高风险")
    if site.escalated_on:
        return local("提级参照高风险管理")
    return local("非高风险") if pack.tells_risk_apart else ""


def _life(session: Session, filing: Filing) -> Iterator[Row]:
    for one in session.scalars(select(RegistrationChange).where(RegistrationChange.filing_id == filing.id)):
        yield "变更", f"{one.number}，{day_of(one.changed_on)}，{covered_text(one.reason)}"
    for extension in session.scalars(select(Extension).where(Extension.filing_id == filing.id)):
        yield "延期", f"{extension.number}，延至{day_of(extension.valid_until)}，{covered_text(extension.reason)}"
    yield "提级日期", day_of(filing.escalated_on)
    yield "完工日期", day_of(filing.completed_on)
    yield local("注销日期"), day_of(filing.closed_on)
    yield "撤销日期", day_of(filing.revoked_on)


def _visits(visits: Sequence[PatrolRow]) -> LedgerTable:
    return LedgerTable(
        title="日常检查记录",
        headers=VISIT_HEADERS,
        widths=VISIT_WIDTHS,
        rows=tuple(visit_line(row) for row in visits),
        note="" if visits else "没有检查记录。",
    )


def _violations(
    session: Session, filing: Filing, found: Sequence[Hazard], sent: Sequence[Transfer], pack: PolicyPack
) -> Iterator[Row]:
    for one in found:
        measures = "、".join(hazards_of.MEASURE_WORDS[Measure(each)] for each in one.measures)
        if measures or one.refused_on or one.stopped_on:
            stopped = f"停工 {day_of(one.stopped_on)}" if one.stopped_on else ""
            refused = f"拒不整改 {day_of(one.refused_on)}" if one.refused_on else ""
            came = "，".join(filter(None, (stopped, refused, hazards_of.STATE_WORDS[HazardState(one.state)])))
            said = covered_text(f"{pack.finding_label(one.finding)}：{one.description}")
            yield (
                day_of(one.found_on),
                said,
                finding_article(pack, one.finding, filing.kind),
                measures,
                one.number,
                came,
            )
    for order in session.scalars(select(Order).where(Order.filing_id == filing.id).order_by(Order.id)):
        asked = f"限{day_of(order.due_on)}前" if order.due_on else ""
        on = day_of(order.ordered_at.astimezone().date())
        yield on, "执法机构签发责令文书", order.article, _ORDERS[OrderKind(order.kind)], order.number, asked
    for letter in sent:
        said = covered_text("：".join(part for part in (letter.violation, letter.facts) if part))
        handed = f"{LETTER_WORDS[TransferKind(letter.kind)]}，{letter.to_body}"
        came = covered_text("；".join(part for part in (letter.result, letter.penalty) if part))
        yield day_of(letter.sent_on), said, letter.article, handed, letter.number, came or "待反馈"
    for one_more in session.scalars(select(Revocation).where(Revocation.filing_id == filing.id)):
        ground = GROUND_WORDS.get(one_more.ground, one_more.ground)
        delivered = f"{day_of(one_more.delivered_on)}送达" if one_more.delivered_on else "待送达"
        said = covered_text(f"{ground}：{one_more.facts}")
        yield day_of(one_more.decided_on), said, one_more.article, local("撤销登记"), one_more.number, delivered


def _accidents(session: Session, filing: Filing) -> str:
    """Tell of the accidents noted of a case, in one line."""
    told = [
        f"{day_of(row.happened_on)} {_TYPES[str(row.values['type'])]}，"
        f"死亡{row.values['dead']}人、受伤{row.values['injured']}人（{row.number}）"
        for row in reversed(book_rows(session, BookKind.ACCIDENT, BookCriteria(filing_id=filing.id)))
    ]
    return f"事故：{'；'.join(told)}。" if told else _NO_ACCIDENTS


def _hazards(found: Sequence[Hazard], accidents: str, pack: PolicyPack) -> LedgerTable:
    return LedgerTable(
        title="安全事故隐患清单",
        headers=HAZARD_HEADERS,
        widths=HAZARD_WIDTHS,
        rows=tuple(hazard_line(one, pack) for one in found),
        note=accidents if found else f"没有隐患记录。{accidents}",
    )


def _follow_up(session: Session, filing: Filing, found: Sequence[Hazard], sent: Sequence[Transfer]) -> LedgerTable:
    rows: list[Row] = []
    for one in found:
        if one.supervised_on:
            rows.append((day_of(one.supervised_on), one.number, "督办", one.supervised_level, ""))
        for step in session.scalars(select(HazardStep).where(HazardStep.hazard_id == one.id).order_by(HazardStep.id)):
            what = hazards_of.STEP_WORDS[StepKind(step.kind)]
            term = f"期限 {day_of(step.due_on)}" if step.due_on else ""
            said = "；".join(part for part in (covered_text(step.text), term) if part)
            rows.append((day_of(step.on), one.number, what, said, step.done_by))
    for letter in sent:
        steps = select(TransferStep).where(TransferStep.transfer_id == letter.id).order_by(TransferStep.id)
        for move in session.scalars(steps):
            what = MOVE_WORDS[TransferMove(move.state)] if move.state in set(TransferMove) else move.state
            rows.append((day_of(move.on), letter.number, what, covered_text(move.text), move.who or move.done_by))
    for close in session.scalars(select(CloseOut).where(CloseOut.filing_id == filing.id).order_by(CloseOut.id)):
        state = next((word for key, word in CLOSEOUT_STATE_WORDS.items() if key.value == close.state), close.state)
        on = close.checked_on or close.applied_on
        rows.append(
            (day_of(on), close.number, local(f"注销：{state}"), covered_text(close.check_text), close.checked_by)
        )
    return LedgerTable(
        title="整改跟踪督办结果",
        headers=("日期", "编号", "步骤", "内容", "经办"),
        widths=(27, 46, 38, 116, 34),
        rows=tuple(sorted(rows, key=lambda row: row[0])),
        note="" if rows else "没有整改、督办记录。",
    )


def _at_a_glance(session: Session, filing: Filing, visits: Sequence[PatrolRow], told: Sequence[Row]) -> LedgerTable:
    """Give 登记、巡查、执法、培训 of the case in four rows."""
    counter = session.scalars(select(FilingVisit).where(FilingVisit.filing_id == filing.id)).all()
    films = [visit for visit in counter if visit.is_video_watched]
    talks = [row for row in visits if row.gave_publicity]
    last_visit = day_of(visits[-1].visited_on) if visits else ""
    last_act = told[-1][0] if told else ""
    taught = f"窗口播放警示片 {len(films)} 次，现场宣导 {len(talks)} 次"
    last_talk = max((*(visit.visited_on for visit in films), *(row.visited_on for row in talks)), default=None)
    until = f"，有效期至{day_of(filing.valid_until)}" if filing.valid_until else ""
    registered = f"{STATUS_WORDS[Status(filing.status)]}{until}"
    return LedgerTable(
        title=local("登记、巡查、执法、培训一览"),
        headers=("监管", "情况", "最近日期"),
        widths=(40, 161, 60),
        rows=(
            (local("登记"), registered, day_of(filing.accepted_on or filing.filed_on)),
            ("巡查", f"{len(visits)} 次", last_visit),
            ("执法", f"{len(told)} 项", last_act),
            ("培训", taught, day_of(last_talk)),
        ),
    )
