"""What is known of a matter that is to be handed on: its site, its facts, its evidence, out of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.domain.attachments import AttachedTo
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts, FactValue
from desktop.domain.found_site import ABOVE_LIMIT, FoundState
from desktop.domain.hazard import MEASURE_WORDS, Measure
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.public_report import SOURCE_WORDS, ReportSource
from desktop.domain.site import Site, SiteRef
from desktop.domain.transfer import TransferMatter
from desktop.models.attachment import Attachment
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.models.on_site import OnSite
from desktop.models.public_report import PublicReport
from desktop.services.reach import require_for_row
from desktop.services.site import require_on_site, site_of, stored_found_site

# Codes of the pack's findings that a work found unregistered stands for.
UNREGISTERED: Final = "unregistered"
WITHOUT_PERMIT: Final = "permit_missing_or_split"
_NO_SITE: Final = SiteRef()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRows:
    """The stored rows that a matter is about, each where there is one, and the site as papers speak of it."""

    site: Site
    hazard: Hazard | None = None
    report: PublicReport | None = None
    found: FoundSite | None = None

    @property
    def community(self) -> str:
        """Give the community by which the scope is drawn."""
        return self.site.community

    @property
    def facts(self) -> Facts:
        """Give the facts of the site with its kind, as far as it is one of the two that are registered."""
        kind: dict[str, FactValue] = {"kind": self.site.kind} if self.site.kind not in ("", ABOVE_LIMIT) else {}
        return self.site.facts.with_facts(**kind)


def matter_rows(session: Session, actor: Actor, matter: TransferMatter) -> MatterRows:
    """Read what a matter is about, within the reach of who is at work.

    Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, no_such_found_site, no_such_hazard,
    no_such_report, site_required.
    """
    hazard = _hazard(session, actor, matter.hazard_id)
    report = _report(session, actor, matter.report_id)
    ref = matter.site
    for row in (hazard, report):
        ref = _ref(row) if ref == _NO_SITE and row is not None else ref
    if ref != _NO_SITE:
        require_on_site(session, actor, Right.PATROL_FEEDBACK, ref)
        found = stored_found_site(session, ref.found_site_id) if ref.found_site_id is not None else None
        return MatterRows(site=site_of(session, ref), hazard=hazard, report=report, found=found)
    if report is not None:
        return MatterRows(site=_place(report.number, report.place, report.community), hazard=hazard, report=report)
    if hazard is not None:
        return MatterRows(site=_place(hazard.number, hazard.spot, hazard.community), hazard=hazard)
    raise ClerkError("site_required")


def usual_finding(rows: MatterRows) -> str:
    """Give the finding that the rows themselves say."""
    if rows.hazard is not None:
        return rows.hazard.finding
    if rows.found is not None:
        return WITHOUT_PERMIT if rows.found.kind == ABOVE_LIMIT else UNREGISTERED
    return ""


def told_facts(rows: MatterRows, labels: Mapping[str, str], *, on: date) -> str:
    """Put into sentences what is on record on a day; ``labels`` are the words of the pack's findings."""
    return "".join(_told(rows, labels, on))


def told_measures(rows: MatterRows) -> str:
    """Say what was done on the spot and asked for."""
    hazard, found = rows.hazard, rows.found
    parts: list[str] = []
    if hazard is not None:
        known = {measure.value: MEASURE_WORDS[measure] for measure in Measure}
        parts += [known.get(measure, measure) for measure in hazard.measures]
        if hazard.due_on is not None:
            parts.append(f"要求于{_day(hazard.due_on)}前整改")
    if found is not None and found.register_by is not None:
        parts.append(local(f"督促于{_day(found.register_by)}前办理信息登记"))
    return "；".join(dict.fromkeys(parts))


def evidence_of(session: Session, rows: MatterRows) -> tuple[str, ...]:
    """List the papers and photos on record; the person who reported is not named."""
    return tuple(dict.fromkeys(_evidence(session, rows)))


def _told(rows: MatterRows, labels: Mapping[str, str], on: date) -> Iterator[str]:
    hazard, found, report = rows.hazard, rows.found, rows.report
    if report is not None:
        source = SOURCE_WORDS[ReportSource(report.source)]
        said = _sentence(cover_numbers(report.content))
        yield f"{_day(report.received_on)}收到{source}反映（{report.number}）：{said}"
        if report.verified_on is not None:
            yield f"{_day(report.verified_on)}核查：{_sentence(report.result)}"
    if found is not None:
        unregistered = local("未办理安全生产信息登记的")
        yield f"{_day(found.found_on)}在{found.place}发现{unregistered}{_sentence(found.work)}"
        if found.kind == ABOVE_LIMIT:
            yield "该工程超出限额，应当办理施工许可手续。"
        if found.refused_on is not None:
            yield f"{_day(found.refused_on)}{local('拒不登记')}：{_sentence(found.state_reason)}"
        elif found.register_by is not None and found.register_by < on and found.state != FoundState.LINKED.value:
            yield local(f"督促其于{_day(found.register_by)}前登记，期满未补办。")
    if hazard is not None:
        where = f"{rows.site.place}{hazard.spot}"
        word = labels.get(hazard.finding, "")
        said = f"{word}：{hazard.description}" if word else hazard.description
        yield f"{_day(hazard.found_on)}在{where}现场检查发现{_sentence(said)}"
        if hazard.refused_on is not None:
            yield f"{_day(hazard.refused_on)}拒不整改。"


def _evidence(session: Session, rows: MatterRows) -> Iterator[str]:
    hazard, found, report = rows.hazard, rows.found, rows.report
    if hazard is not None:
        yield f"隐患记录 {hazard.number}"
        steps = select(HazardStep.document_id).where(HazardStep.hazard_id == hazard.id)
        of_steps = select(IssuedDocument).where(IssuedDocument.id.in_(steps.where(HazardStep.document_id.is_not(None))))
        for paper in session.scalars(of_steps.order_by(IssuedDocument.id)):
            yield f"《{paper.title}》{paper.number}"
        yield from _photos(session, AttachedTo.HAZARD, hazard.id)
    if found is not None:
        yield local(f"未登记工地发现记录 {found.number}")
        notices = select(IssuedDocument).where(IssuedDocument.number == found.number)
        for paper in session.scalars(notices.order_by(IssuedDocument.id)):
            yield f"《{paper.title}》{paper.number}"
        yield from _photos(session, AttachedTo.FOUND_SITE, found.id)
    if report is not None:
        yield f"投诉举报（问题上报）收件单 {report.number}"


def _photos(session: Session, subject: AttachedTo, subject_id: int) -> Iterator[str]:
    of_subject = select(func.count(Attachment.id)).where(
        Attachment.subject == subject.value, Attachment.subject_id == subject_id
    )
    if count := session.scalar(of_subject):
        yield f"现场照片 {count} 件"


def _hazard(session: Session, actor: Actor, hazard_id: int | None) -> Hazard | None:
    if hazard_id is None:
        return None
    hazard = session.scalars(select(Hazard).where(Hazard.id == hazard_id)).first()
    if hazard is None:
        raise ClerkError("no_such_hazard", hazard_id=hazard_id)
    require_for_row(session, actor, Right.PATROL_FEEDBACK, hazard)
    return hazard


def _report(session: Session, actor: Actor, report_id: int | None) -> PublicReport | None:
    if report_id is None:
        return None
    report = session.scalars(select(PublicReport).where(PublicReport.id == report_id)).first()
    if report is None:
        raise ClerkError("no_such_report", report_id=report_id)
    require_for_row(session, actor, Right.PATROL_FEEDBACK, report)
    return report


def _ref(row: OnSite) -> SiteRef:
    return SiteRef(filing_id=row.filing_id, found_site_id=row.found_site_id)


def _place(number: str, place: str, community: str) -> Site:
    return Site(ref=_NO_SITE, number=number, project_name="", place=place, community=community)


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
