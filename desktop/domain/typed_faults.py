"""What is wrong or doubtful in the typed data of a matter, field by field, in the clerk's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from desktop.domain.acts import FieldFault
from desktop.domain.checked import compact
from desktop.domain.deadlines import add_months
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.identifiers import check_identity, check_t_number
from desktop.domain.local_rules import article, cited, in_brackets, local
from desktop.domain.pack_rules import Deadlines
from desktop.domain.person_document import check_person_document, document_of
from desktop.domain.phones import check_phone
from desktop.domain.typed_texts import text_faults
from desktop.domain.walk_in import Certificate, IdKind, Party, PartyKind, SiteManager, WalkIn, Worker

# Further from today a planned day is a slip of the keys.
_USUAL_YEARS = 20
CORRECTION_INCOMPLETE = "correction_incomplete"
_NOT_OF_THE_STREET = (
    "“{community}”不在本街道（受理点）社区名单，请核对属地；不属本街道的，请告知到属地街道办理{cited}。"
)


def typed_faults(
    walk_in: WalkIn,
    *,
    today: date,
    kind: str | None,
    high_risk: bool,
    terms: Deadlines,
    communities: Collection[str] = (),
) -> tuple[FieldFault, ...]:
    """List every fault; ``blocking`` ones stop acceptance, the others deserve a second look.

    ``terms`` are those of the pack; ``communities`` those of the street; without any, no community is doubted.
    """
    return (
        *text_faults(walk_in),
        *_missing(walk_in, kind, high_risk),
        *_place(walk_in, communities),
        *_parties(walk_in, today),
        *_people(walk_in, today),
        *_days(walk_in, kind, today, terms),
        *_corrections(walk_in),
        *_lapsing(walk_in),
    )


def _fault(field: str, code: str, message: str, *, blocking: bool = True) -> FieldFault:
    return FieldFault(field=field, code=code, message=message, blocking=blocking)


def _missing(walk_in: WalkIn, kind: str | None, high_risk: bool) -> Iterator[FieldFault]:
    owner = local("业主") if kind == MINOR_OPERATION else local("建设单位")
    needed = [
        ("project_name", walk_in.project_name, "请填写工程（作业）名称。"),
        ("place.community", walk_in.place.community, "请选择所在社区。"),
        ("owner.name", walk_in.owner.name, f"请填写{owner}名称或者姓名。"),
        ("contractor.party.name", walk_in.contractor.party.name, local("请填写生产经营单位名称或者姓名。")),
    ]
    if kind == MINOR_OPERATION:
        needed.append(("content", walk_in.content, f"请填写作业内容{cited('minor_operation_contents')}。"))
    if kind == SMALL_WORK and high_risk:
        needed += _managers(walk_in)
    for field, value, message in needed:
        if not value.strip():
            yield _fault(field, "missing", message)


def _managers(walk_in: WalkIn) -> Iterator[tuple[str, str, str]]:
    """Give whose site safety managers the document of the place asks for: of both sides, of who works, or none."""
    both, one = article("site_safety_managers"), article("contractor_safety_manager")
    sides = (
        ("owner_safety_manager.name", walk_in.owner_safety_manager, local("建设单位"), both),
        ("contractor_safety_manager.name", walk_in.contractor_safety_manager, "施工单位", both or one),
    )
    for field, manager, side, asked_by in sides:
        if asked_by:
            sentence = f"{local('高风险小型工程')}必须有{side}现场安全管理人员{in_brackets(asked_by)}。"
            yield field, manager.name, sentence


def _place(walk_in: WalkIn, communities: Collection[str]) -> Iterator[FieldFault]:
    community = walk_in.place.community.strip()
    known = {_community_name(name) for name in communities}
    if community and known and _community_name(community) not in known:
        message = _NOT_OF_THE_STREET.format(community=community, cited=cited("territory"))
        yield _fault("place.community", "community_unknown", message, blocking=False)


def _community_name(text: str) -> str:
    """Give what people mean by a community, with or without the word for it."""
    return text.strip().removesuffix("社区")


def _parties(walk_in: WalkIn, today: date) -> Iterator[FieldFault]:
    named: list[tuple[str, Party | None]] = [
        ("owner", walk_in.owner),
        ("agent", walk_in.agent),
        ("property_owner", walk_in.property_owner),
        ("contractor.party", walk_in.contractor.party),
        ("designer", walk_in.designer),
        ("supervisor", walk_in.supervisor),
    ]
    for path, party in named:
        if party is not None:
            yield from _party(path, party, today)
    owner, unit = walk_in.owner, walk_in.contractor.party
    if owner.id_number.strip() and owner.id_number == unit.id_number and unit.name and owner.name != unit.name:
        message = local("与业主（建设单位）的证件号码相同而名称不同，请核对。")
        yield _fault("contractor.party.id_number", "same_number", message, blocking=False)


def _party(path: str, party: Party, today: date) -> Iterator[FieldFault]:
    if party.id_number.strip():
        checked = check_identity(party.id_kind, party.id_number, today)
        if not checked.valid:
            yield _fault(f"{path}.id_number", "id_invalid", checked.why, blocking=checked.is_blocking)
    yield from _phone(f"{path}.phone", party.phone)
    if path in ("agent", "property_owner") and not party.name.strip():
        who = "受委托人" if path == "agent" else "房屋产权人"
        yield _fault(f"{path}.name", "missing", f"请填写{who}姓名或者名称。")


def _phone(field: str, phone: str) -> Iterator[FieldFault]:
    if phone.strip():
        checked = check_phone(phone)
        if not checked.valid:
            yield _fault(field, "phone_invalid", checked.why)


def _people(walk_in: WalkIn, today: date) -> Iterator[FieldFault]:
    managers: list[tuple[str, SiteManager]] = [
        ("owner_safety_manager", walk_in.owner_safety_manager),
        ("contractor_safety_manager", walk_in.contractor_safety_manager),
        ("contractor.project_manager", walk_in.contractor.project_manager),
    ]
    for path, manager in managers:
        yield from _phone(f"{path}.phone", manager.phone)
    for index, worker in enumerate(walk_in.workers):
        yield from _worker(f"workers.{index}", worker, today)


def _worker(path: str, worker: Worker, today: date) -> Iterator[FieldFault]:
    if not worker.name.strip():
        yield _fault(f"{path}.name", "missing", "请填写作业人员姓名。")
    if worker.id_number.strip():
        checked = check_person_document(worker.id_number, today)
        if not checked.valid:
            yield _fault(f"{path}.id_number", "id_invalid", checked.why)
    number = worker.certificate.number.strip()
    if number.upper().startswith(("T", "Ｔ")) and not _names_other_document(worker):
        checked = check_t_number(number, worker.id_number, today)
        if not checked.valid:
            # Old numbers of other forms exist, so the clerk may let it stand.
            yield _fault(f"{path}.certificate.number", "certificate_doubtful", checked.why, blocking=False)


def _names_other_document(worker: Worker) -> bool:
    """Say whether the T-number rightly holds the worker's own passport or permit instead of a resident ID."""
    document = compact(worker.id_number)
    is_other = bool(document) and document_of(document) is not IdKind.RESIDENT_ID
    return is_other and compact(worker.certificate.number) == f"T{document}"


def _days(walk_in: WalkIn, kind: str | None, today: date, terms: Deadlines) -> Iterator[FieldFault]:
    start, end = walk_in.planned_start_on, walk_in.planned_end_on
    far = [
        (field, day)
        for field, day in (("planned_start_on", start), ("planned_end_on", end))
        if day is not None and abs(day.year - today.year) > _USUAL_YEARS
    ]
    for field, day in far:
        yield _fault(field, "day_far_off", f"{day}离今天太远，请核对年份。")
    if far:
        return
    if kind == MINOR_OPERATION and start is None:
        yield _fault("planned_start_on", "missing", f"请填写作业时间{cited('minor_operation_contents')}。")
    if start is None or end is None:
        return
    if end < start:
        yield _fault("planned_end_on", "ends_before_start", "计划完工早于计划开工，请核对日期。")
    elif terms.validity_months is not None and end > add_months(start, terms.validity_months):
        yield _fault("planned_end_on", "longer_than_validity", _too_long(terms, terms.validity_months), blocking=False)


def _too_long(terms: Deadlines, months: int) -> str:
    validity = "，".join(filter(None, (f"{months}个月", terms.validity_article)))
    window = terms.extension_window_days
    asked = "到期前应申请延期" if window is None else f"到期前{window}日内应申请延期"
    return f"{local('计划工期超过登记有效期')}（{validity}），{asked}。"


def _corrections(walk_in: WalkIn) -> Iterator[FieldFault]:
    for index, correction in enumerate(walk_in.corrections):
        if not (correction.item.strip() and correction.asked.strip()):
            message = "补充更正事项请写明更正什么、怎样更正；不需要的请删除这一行。"
            yield _fault(f"corrections.{index}", CORRECTION_INCOMPLETE, message)


def _lapsing(walk_in: WalkIn) -> Iterator[FieldFault]:
    end = walk_in.planned_end_on
    if end is None:
        return
    lasting: list[tuple[str, str, Certificate]] = [
        ("contractor.qualification", "资质证书", walk_in.contractor.qualification),
        ("contractor.safety_licence", "安全生产许可证", walk_in.contractor.safety_licence),
    ]
    lasting += [
        (f"workers.{index}.certificate", "特种作业操作证", worker.certificate)
        for index, worker in enumerate(walk_in.workers)
    ]
    for path, name, certificate in lasting:
        if certificate.valid_to is not None and certificate.valid_to < end:
            message = f"{name}在计划完工（{end}）之前到期（{certificate.valid_to}），请提醒续期。"
            yield _fault(f"{path}.valid_to", "lapses_before_end", message, blocking=False)


def party_document(kind: PartyKind) -> IdKind:
    """Say which document a kind of party usually shows."""
    return IdKind.RESIDENT_ID if kind is PartyKind.PERSON else IdKind.CREDIT_CODE
