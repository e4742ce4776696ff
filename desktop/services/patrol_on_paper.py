"""Reading a stored visit as its record on paper states it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.entry_check import entry_check_record
from desktop.documents.papers.on_site import CheckedLine, FoundHazard, PatrolOnPaper
from desktop.documents.papers.patrol_record import patrol_record
from desktop.documents.papers.site_check import site_check_record
from desktop.documents.papers.standby import standby_record
from desktop.documents.site_paper import SitePaper
from desktop.documents.wording import day
from desktop.domain.check_lists import CheckItem
from desktop.domain.checking import list_for, list_of
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.hazard import MEASURE_WORDS, Measure
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import CheckAnswer, PatrolRow
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.site import Site
from desktop.models.attachment import Attachment
from desktop.models.hazard import Hazard
from desktop.queries.patrols import rows_of
from desktop.services.touched import PATROL

_PAPER_OF: Final = {
    PatrolKind.STANDBY: standby_record,
    PatrolKind.ENTRY_CHECK: entry_check_record,
    PatrolKind.FIRST_CHECK: site_check_record,
}


def patrol_row(session: Session, patrol_id: int) -> PatrolRow:
    """Find a visit; raises ``ClerkError("no_such_patrol")``."""
    rows = rows_of(session, [patrol_id])
    if not rows:
        raise ClerkError("no_such_patrol", patrol_id=patrol_id)
    return rows[0]


def compose_record(ctx: SitePaper, patrol: PatrolOnPaper) -> Paper:
    """Compose the record that fits the kind of visit."""
    return _PAPER_OF.get(patrol.kind, patrol_record)(ctx, patrol)


def patrol_on_paper(session: Session, row: PatrolRow, *, pack: PolicyPack, facts: Facts) -> PatrolOnPaper:
    """Give a visit with the points that were gone through and the hazards it found."""
    photos = select(func.count(Attachment.id)).where(Attachment.subject == PATROL, Attachment.subject_id == row.id)
    found = session.scalars(select(Hazard).where(Hazard.patrol_id == row.id).order_by(Hazard.id))
    return PatrolOnPaper(
        id=row.id,
        kind=row.kind,
        result=row.result,
        visited_on=row.visited_on,
        visited_time=row.visited_time,
        patrollers=row.patrollers,
        organisation=row.organisation,
        level=row.level,
        grid=row.grid,
        road="" if row.number else row.place,
        lines=_lines(row, pack, facts),
        hazards=tuple(_hazard(hazard, pack) for hazard in found),
        details=row.details,
        remark=row.remark,
        gave_publicity=row.gave_publicity,
        photos=session.scalar(photos) or 0,
    )


def lines_to_check(pack: PolicyPack, site: Site | None, kind: PatrolKind) -> tuple[CheckedLine, ...]:
    """Give the points that a visit to a site goes through, to be ticked on paper."""
    check_list = list_for(pack.check_lists, site, kind)
    if check_list is None:
        return ()
    facts = site.facts.with_facts(high_risk=site.is_managed_as_high_risk) if site else Facts({})
    return tuple(_line(item) for item in check_list.items_for(facts, pack.numbers()))


def _lines(row: PatrolRow, pack: PolicyPack, facts: Facts) -> tuple[CheckedLine, ...]:
    check_list = list_of(pack.check_lists, row.check_list)
    if check_list is None:
        return ()
    answers = {answer.item: answer for answer in row.answers}
    return tuple(_line(item, answers.get(item.code), "符合") for item in check_list.items_for(facts, pack.numbers()))


def _line(item: CheckItem, answer: CheckAnswer | None = None, usual: str = "") -> CheckedLine:
    return CheckedLine(
        group=item.group.label,
        text=item.label,
        article=item.article,
        verdict=answer.verdict.label if answer else usual,
        remark=answer.remark if answer else "",
    )


def _hazard(hazard: Hazard, pack: PolicyPack) -> FoundHazard:
    term = f"限期至{day(hazard.due_on)}" if hazard.due_on else ""
    return FoundHazard(
        number=hazard.number,
        description="：".join(part for part in (hazard.spot, hazard.description) if part),
        article=next((each.article for each in pack.findings if each.code == hazard.finding), ""),
        how="当场整改" if hazard.is_on_the_spot else term,
        measures=tuple(MEASURE_WORDS[Measure(each)] for each in hazard.measures),
    )
