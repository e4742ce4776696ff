"""A plain ledger with its sites and registers written as real rows into a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop.models.attachment import Attachment
from desktop.models.base import Base
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing, FilingVisit, VisitMaterial
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.models.registration_life import CloseOut
from desktop.models.transfer import Transfer, TransferStep
from tests.integration.statistics.plain_ledger import PlainFiling
from tests.integration.statistics.plain_site_life import PlainLetter, PlainLife, PlainProblem
from tests.integration.statistics.stored_ledger import row, store


def store_life(engine: Engine, life: PlainLife) -> None:
    """Put a ledger in the place of what the file held."""
    store(engine, life.ledger)
    with Session(engine) as session:
        for filing in session.scalars(select(Filing)):
            _complete(filing, life)
        for visit in session.scalars(select(FilingVisit).where(FilingVisit.act == "accept")):
            for code, verdict in enumerate(life.verdicts[visit.filing_id]):
                session.add(row(VisitMaterial, visit_id=visit.id, code=str(code), verdict=verdict))
        for close_out in session.scalars(select(CloseOut).where(CloseOut.kind == "completed")):
            close_out.state = "verified" if close_out.filing_id in life.verified else "awaiting_check"
        session.add_all([row(FoundSite, id=key) for key in (7, 8)])
        session.flush()
        for some in (_scans(life), _patrols(life), _problems(life), _letters(life), _entries(life), _draws(life)):
            session.add_all(some)
            session.flush()
        session.commit()


def _complete(filing: Filing, life: PlainLife) -> None:
    filing.escalated_on = life.escalated.get(filing.id)
    filing.place_key, filing.owner_key = life.sameness[filing.id]
    filing.overrides = ["exception"] if filing.id in life.overridden else []
    insurances = [{"kind": "工伤保险"}, {"kind": "安全生产责任保险"}] if filing.id in life.insured else []
    stated = {**filing.walk_in["facts"]["stated"], **life.facts[filing.id]}
    filing.walk_in = {**filing.walk_in, "insurances": insurances, "facts": {"stated": stated}}


def _scans(life: PlainLife) -> Iterator[Base]:
    for filing_id, scans in life.scans.items():
        for material, at in scans:
            yield row(Attachment, filing_id=filing_id, material=material, added_at=at)


def _id(filing: PlainFiling | None) -> int | None:
    return None if filing is None else filing.id


def _patrols(life: PlainLife) -> Iterator[Base]:
    for one in life.patrols:
        yield row(
            Patrol,
            id=one.id,
            filing_id=_id(one.filing),
            found_site_id=one.found_site,
            community=one.community,
            kind=one.kind,
            level=one.level,
            result=one.result,
            visited_on=one.on,
            patrollers=list(one.who),
            gave_publicity=one.gave_publicity,
            recorded_at=one.at,
        )


def _problems(life: PlainLife) -> Iterator[Base]:
    for one in life.problems:
        yield row(
            Hazard,
            id=one.id,
            filing_id=_id(one.filing),
            community=one.community,
            group=one.group,
            level=one.level,
            state=_state(one),
            found_on=one.found_on,
            found_at=one.at,
            due_on=one.due_on,
            is_on_the_spot=one.is_on_the_spot,
            feedback_on=one.feedback_on,
            cleared_on=one.cleared_on,
        )
        for kind, on, due_on, at in one.steps:
            yield row(HazardStep, hazard_id=one.id, kind=kind, on=on, due_on=due_on, done_at=at)


def _state(one: PlainProblem) -> str:
    if one.is_withdrawn:
        return "withdrawn"
    return "cleared" if one.cleared_on else "rectifying"


def _letters(life: PlainLife) -> Iterator[Base]:
    for one in life.transfers:
        yield row(
            Transfer,
            id=one.id,
            filing_id=_id(one.filing),
            community=one.community,
            kind="transfer",
            to_body=one.to,
            sent_on=one.on,
            sent_at=one.at,
            replied_on=one.answered_on,
        )
        if one.answered_at is not None:
            yield row(TransferStep, transfer_id=one.id, state="replied", done_at=one.answered_at)
    for one in life.reports:
        yield from _report(one)


def _report(one: PlainLetter) -> Iterator[Base]:
    yield row(
        PublicReport,
        id=one.id,
        filing_id=_id(one.filing),
        community=one.community,
        source=one.to,
        received_on=one.on,
        recorded_at=one.at,
        verdict=one.verdict,
        verified_on=one.answered_on,
        replied_on=one.answered_on,
    )
    if one.answered_at is not None:
        for move in ("verified", "answered"):
            yield row(PublicReportStep, report_id=one.id, state=move, done_at=one.answered_at)


def _entries(life: PlainLife) -> Iterator[Base]:
    for one in life.entries:
        yield row(
            BookEntry,
            id=one.id,
            kind=one.kind,
            happened_on=one.on,
            community=one.community,
            organisation=one.organisation,
            filing_id=_id(one.filing),
            values=one.values,
            recorded_at=one.at,
            ended_at=one.ended_at,
        )


def _draws(life: PlainLife) -> Iterator[Base]:
    for draw in life.draws:
        yield row(RandomDraw, id=draw.id, drawn_on=draw.on, drawn_at=draw.at)
        for filing_id, (result, inspected_on) in draw.drawn.items():
            yield row(
                DrawnFiling, draw_id=draw.id, filing_id=filing_id, ordinal=1, result=result, inspected_on=inspected_on
            )
