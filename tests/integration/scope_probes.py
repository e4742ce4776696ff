"""How each method of the desk's services is asked for what its caller must not see; one that is not here fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from desktop.domain.acts import Act, DecisionRequest, IssuedPaper
from desktop.domain.key_lists import KeyList
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.ledger_table import AreaCriteria, AreaKind
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeRequest,
    ChangeSource,
    CloseOutRequest,
    CompletionRequest,
    Delivery,
    DeliveryManner,
    ExtensionRequest,
    LapseRequest,
    RevocationRequest,
    SiteVerification,
    WasteRecord,
)
from desktop.domain.order import OrderKind, OrderRequest
from desktop.domain.outside_review import OutsideReviewNote, ReviewedPaper
from desktop.domain.package import PackageKind
from desktop.domain.registration_life import CompletionSource
from desktop.domain.sampling import DrawRequest, InspectionNote, InspectionResult, Population, Standing
from desktop.domain.site import SiteRef
from desktop.domain.splitting_radar import SplittingAnswer, SplittingDecision
from desktop.domain.standing_ledger import SheetFormat, StandingCriteria, StandingLedger
from desktop.domain.verification import Datum, Finding, Manner, VerificationRequest
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import TaskKind, Urgency
from desktop.services.desk import Desk
from tests.integration.book_probes import BOOK_ACTS, BOOK_LISTS, BOOK_OTHERS
from tests.integration.evaluation_probes import EVALUATION_ACTS, EVALUATION_LISTS, EVALUATION_OTHERS
from tests.integration.hazard_probes import HAZARD_ACTS, HAZARD_LISTS, HAZARD_OTHERS
from tests.integration.outward_probes import OUTWARD_ACTS, OUTWARD_LISTS, OUTWARD_OTHERS
from tests.integration.packages import records_in
from tests.integration.patrol_probes import PATROL_ACTS, PATROL_LISTS, PATROL_OTHERS
from tests.integration.platform_probes import PLATFORM_ACTS, PLATFORM_LISTS, PLATFORM_OTHERS
from tests.integration.statistics_probes import STATISTICS_LISTS, STATISTICS_OTHERS

PURPOSE = "核对业主身份"
_THREE_YEARS = AreaCriteria(kind=AreaKind.STREET, first_on=date(2024, 1, 1), last_on=date(2026, 12, 31))
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One filing that a probe asks for, with all that would name it, and a folder for files."""

    id: int
    number: str
    mark: str  # in its project's and its owner's name, and nowhere else
    act_id: str
    papers: tuple[IssuedPaper, ...]
    walk_in: WalkIn
    folder: Path


Probe = Callable[[Desk, Target], Any]


def _new() -> str:
    return str(uuid4())


def _workbook(desk: Desk, target: Target, *, whole: bool = False) -> str:
    from openpyxl import load_workbook

    file = target.folder / f"{_new()}.xlsx"
    desk.exporting.ledger_file(LedgerCriteria(), file, whole=whole, purpose=PURPOSE)
    sheet = load_workbook(file)["台账"]
    return repr(list(sheet.iter_rows(min_row=4, values_only=True)))


def _packed(desk: Desk, target: Target) -> str:
    file = target.folder / f"{_new()}.swpkg"
    desk.packing.make(PackageKind.ALL, file, act_id=_new())
    return repr(records_in(file))


def _standing(desk: Desk, target: Target, ledger: StandingLedger) -> str:
    file = target.folder / f"{_new()}.csv"
    asked = StandingCriteria(ledger=ledger, first_on=date(2024, 1, 1), last_on=date(2026, 12, 31))
    desk.standing_ledgers.write(asked, file, form=SheetFormat.CSV, whole=True, purpose=PURPOSE)
    return file.read_text(encoding="utf-8-sig")


def _order(desk: Desk, target: Target) -> Any:
    kind = next(iter(OrderKind))
    asked = OrderRequest(
        act_id=_new(),
        filing_id=target.id,
        kind=kind,
        clause="",
        facts="现场未设警示",
        asked="立即改正",
        certificate_number="19020000001",
    )
    return desk.orders.issue(asked)


def _verify(desk: Desk, target: Target) -> Any:
    asked = VerificationRequest(
        act_id=_new(),
        filing_id=target.id,
        datum=next(iter(Datum)),
        manner=next(iter(Manner)),
        finding=next(iter(Finding)),
    )
    return desk.verifying.record(asked)


def _decide(desk: Desk, target: Target) -> Any:
    return desk.intake.decide(
        DecisionRequest(act_id=_new(), act=Act.ACCEPT, walk_in=target.walk_in, filing_id=target.id)
    )


def _drawn(desk: Desk, target: Target) -> list[Any]:
    """Draw everything that can be drawn, and give the target's row where it is among them."""
    population = Population(first_on=FIRST, last_on=LAST, standing=Standing.ALL)
    drawn = desk.draws.draw(DrawRequest(act_id=_new(), population=population, share=Decimal(1)))
    return [row for row in drawn.drawn if row.filing_id == target.id]


def _noted(target: Target) -> InspectionNote:
    return InspectionNote(draw_id=1, filing_id=target.id, result=InspectionResult.IN_ORDER, inspected_on=LAST)


def _one_work(target: Target) -> SplittingDecision:
    ids = (target.id, target.id % 4 + 1)
    return SplittingDecision(act_id=_new(), filing_ids=ids, answer=SplittingAnswer.ONE_WORK, reason="同一合同")


def _asked_outside(target: Target) -> OutsideReviewNote:
    return OutsideReviewNote(
        act_id=_new(), filing_id=target.id, paper=ReviewedPaper.SCHEME, reviewer="深圳市明泉审图有限公司", asked_on=LAST
    )


# The life of a registration: every act on it names it.
LIFE_PROBES: Mapping[str, Probe] = {
    "life.of": lambda desk, t: desk.life.of(t.id),
    "life.extension_ahead": lambda desk, t: desk.life.extension_ahead(t.id),
    "life.extend": lambda desk, t: desk.life.extend(ExtensionRequest(act_id=_new(), filing_id=t.id, reason="工期")),
    "life.matter_to_change": lambda desk, t: desk.life.matter_to_change(t.id),
    "malls.after": lambda desk, t: desk.malls.after(t.id),
    "life.begin_again": lambda desk, t: desk.life.begin_again(t.id),
    "life.change_ahead": lambda desk, t: desk.life.change_ahead(t.id, t.walk_in),
    "life.change": lambda desk, t: desk.life.change(
        ChangeRequest(
            act_id=_new(),
            filing_id=t.id,
            kind=ChangeKind.OTHER,
            source=ChangeSource.APPLICATION,
            reason="备注",
            walk_in=replace(t.walk_in, remark="补充"),
        )
    ),
    "life.note_completion": lambda desk, t: desk.life.note_completion(
        CompletionRequest(
            act_id=_new(), filing_id=t.id, completed_on=desk.office.today(), source=CompletionSource.OWNER
        )
    ),
    "life.withdraw_completion": lambda desk, t: desk.life.withdraw_completion(t.id, reason="记错了"),
    "life.closeout_ahead": lambda desk, t: desk.life.closeout_ahead(t.id, desk.office.today(), desk.office.today()),
    "life.apply_closeout": lambda desk, t: desk.life.apply_closeout(
        CloseOutRequest(
            act_id=_new(),
            filing_id=t.id,
            completed_on=desk.office.today(),
            applied_on=desk.office.today(),
            applicant="林知远",
            waste=WasteRecord(is_none=True),
        )
    ),
    "life.verify_closeout": lambda desk, t: desk.life.verify_closeout(
        SiteVerification(
            act_id=_new(), filing_id=t.id, is_complete=False, checked_on=desk.office.today(), text="未完工"
        )
    ),
    "life.close_lapsed": lambda desk, t: desk.life.close_lapsed(
        LapseRequest(act_id=_new(), filing_id=t.id, patrol_id=1, reason="失联")
    ),
    "life.grounds": lambda desk, t: desk.life.grounds(t.id),
    "life.revoke": lambda desk, t: desk.life.revoke(
        RevocationRequest(act_id=_new(), filing_id=t.id, ground="permit_evasion", facts="分解合同", evidence="合同")
    ),
    "life.deliver": lambda desk, t: desk.life.deliver(
        Delivery(filing_id=t.id, delivered_on=desk.office.today(), manner=DeliveryManner.IN_PERSON, receiver="林知远")
    ),
}
# Lists and look-ups: whatever they give names no filing outside the scope.
LISTS: Mapping[str, Probe] = {
    "ledger.ids": lambda desk, t: desk.ledger.page(desk.ledger.ids(LedgerCriteria(text=t.mark))),
    "ledger.page": lambda desk, t: desk.ledger.page([t.id]),
    "ledger.facets": lambda desk, t: desk.ledger.facets(LedgerCriteria(text=t.number)),
    "ledger.decided_today": lambda desk, _t: desk.ledger.decided_today(),
    "intake.similar": lambda desk, t: desk.intake.similar(t.walk_in, limit=50),
    "intake.suspected_splitting": lambda desk, t: desk.intake.suspected_splitting(t.walk_in),
    "intake.parties_like": lambda desk, t: desk.intake.parties_like(t.walk_in.owner.name),
    "intake.contractors_like": lambda desk, t: desk.intake.contractors_like(t.walk_in.contractor.party.name),
    "drafts.all": lambda desk, _t: desk.drafts.all(),
    "malls.all": lambda desk, _t: desk.malls.all(),
    "exporting.ledger_file": lambda desk, t: _workbook(desk, t) + _workbook(desk, t, whole=True),
    "standing_ledgers.write": lambda desk, t: [_standing(desk, t, ledger) for ledger in StandingLedger],
    "packing.make": _packed,
    "packing.sent": lambda desk, _t: desk.packing.sent(),
    "packing.standing": lambda desk, _t: desk.packing.standing(),
    "reviews.queue": lambda desk, _t: desk.reviews.queue(),
    "worklist.worklist": lambda desk, _t: desk.worklist.worklist(),
    # Each kind in one urgency at a time; over the examples all come up.
    "worklist.page": lambda desk, t: [
        desk.worklist.page(kind, tuple(Urgency)[(place + t.id) % len(Urgency)]) for place, kind in enumerate(TaskKind)
    ],
    "worklist.counts": lambda desk, _t: desk.worklist.counts(),
    "firms.offers": lambda desk, t: desk.firms.offers(t.walk_in.contractor.party.name),
    "dossiers.ledger": lambda desk, _t: desk.dossiers.ledger(_THREE_YEARS),
    "issuing.save_papers": lambda desk, t: desk.issuing.save_papers(t.papers, t.folder),
    "draws.all": lambda desk, _t: [desk.draws.open(row.id) for row in desk.draws.all()],
    "draws.coverage": lambda desk, _t: desk.draws.coverage(FIRST, LAST).drawn,
    "splitting_radar.scan": lambda desk, _t: desk.splitting_radar.scan(),
    "key_lists.sheet": lambda desk, _t: [desk.key_lists.sheet(kind) for kind in KeyList],
    "key_lists.supervision": lambda desk, _t: desk.key_lists.supervision(),
    "key_lists.workbook": lambda desk, t: desk.key_lists.workbook(t.folder / f"{_new()}.xlsx"),
    **OUTWARD_LISTS,
    **PATROL_LISTS,
    **PLATFORM_LISTS,
    **HAZARD_LISTS,
    **EVALUATION_LISTS,
    **BOOK_LISTS,
    **STATISTICS_LISTS,
}
# Acts on one filing: outside the scope they raise ``ClerkError`` or give nothing, and leave no trace.
ACTS: Mapping[str, Probe] = {
    "ledger.file": lambda desk, t: desk.ledger.file(t.id),
    "explaining.filing": lambda desk, t: desk.explaining.filing(t.id),
    "explaining.numbered": lambda desk, t: desk.explaining.numbered(t.number),
    "intake.revisit": lambda desk, t: desk.intake.revisit(t.id),
    "intake.is_as_stored": lambda desk, t: desk.intake.is_as_stored(t.id, t.walk_in),
    "intake.decided_before": lambda desk, t: desk.intake.decided_before(t.act_id),
    "intake.decide": _decide,
    "issuing.pdf": lambda desk, t: [desk.issuing.pdf(paper.id) for paper in t.papers],
    "issuing.reprint": lambda desk, t: desk.issuing.reprint(t.papers[0].id, act_id=_new()),
    "issuing.save_bundle": lambda desk, t: desk.issuing.save_bundle(t.id, t.folder),
    "platform.record": lambda desk, t: desk.platform.record(t.id, f"PT-{t.id}-{_new()[:8]}", act_id=_new()),
    "platform.sheet": lambda desk, t: desk.platform.sheet(t.id),
    "revealing.reveal": lambda desk, t: desk.revealing.reveal(t.id, PURPOSE),
    "reviews.steps": lambda desk, t: desk.reviews.steps(t.id),
    "reviews.checkers": lambda desk, t: desk.reviews.checkers(t.id),
    "reviews.approve": lambda desk, t: desk.reviews.approve(t.id, _new()),
    "reviews.return_with": lambda desk, t: desk.reviews.return_with(t.id, "材料与现场不符"),
    "reviews.give_opinion": lambda desk, t: desk.reviews.give_opinion(t.id, "请到现场核对"),
    "orders.issue": _order,
    "verifying.of": lambda desk, t: desk.verifying.of(t.id),
    "verifying.record": _verify,
    **LIFE_PROBES,
    **OUTWARD_ACTS,
    **PATROL_ACTS,
    **PLATFORM_ACTS,
    **HAZARD_ACTS,
    **EVALUATION_ACTS,
    **BOOK_ACTS,
    "in_charge.links": lambda desk, t: desk.in_charge.links(t.id),
    "attachments.add": lambda desk, t: desk.attachments.add(t.id, b"%PDF-1.4 no paper", act_id=_new()),
    "attachments.of_filing": lambda desk, t: desk.attachments.of_filing(t.id),
    "site_papers.sheet": lambda desk, t: desk.site_papers.sheet("patrol_record", SiteRef(filing_id=t.id)),
    "site_papers.posting_set": lambda desk, t: desk.site_papers.posting_set(t.id),
    "site_papers.may_post": lambda desk, t: desk.site_papers.may_post(t.id),
    "site_papers.posting_out": lambda desk, t: desk.site_papers.posting_out(t.id),
    "dossiers.of": lambda desk, t: desk.dossiers.of(t.id),
    "dossiers.pdf": lambda desk, t: desk.dossiers.pdf(t.id),
    "dossiers.preview": lambda desk, t: desk.dossiers.preview(t.id),
    "dossiers.workbook": lambda desk, t: desk.dossiers.workbook(t.id, t.folder / f"{_new()}.xlsx"),
    "draws.draw": lambda desk, t: _drawn(desk, t),
    "draws.record": lambda desk, t: desk.draws.record(_noted(t)),
    "splitting_radar.decide": lambda desk, t: desk.splitting_radar.decide(_one_work(t)),
    "outside_reviews.of": lambda desk, t: desk.outside_reviews.of(t.id),
    "outside_reviews.record": lambda desk, t: desk.outside_reviews.record(_asked_outside(t)),
}
# Methods that give or touch no filing, with the reason why none can come out of them.
OF_NO_FILING: Mapping[str, str] = {
    "accounts.*": "accounts; their own scope is proved with them",
    "anchor.*": "the chain's end, noted outside the ledger",
    "attachment_care.*": "files by content hash, and limits",
    "attachments.content": "by the attachment's id: gated rows, proved with the attachments",
    "attachments.watermarked": "by the attachment's id: gated rows, proved with the attachments",
    "backups.*": "whole copies, for who keeps backups",
    "calendar.*": "working days",
    "closing.*": "sheets that count the day of the whole window",
    "conduct.*": "records of firms, public inside the street",
    "demands.*": "demands of owners; their own scope is proved with them",
    "explaining.walk_in": "what the caller typed, no row of the ledger",
    "draws.foreseen": "two counts of what the caller may draw",
    "draws.list_pdf": "for who sees every filing on the list, proved with the draws",
    "draws.open": "reached through draws.all",
    "draws.reprint": "as draws.list_pdf",
    "draws.results_pdf": "as draws.list_pdf",
    "draws.usual": "rules",
    "draws.verify": "as draws.list_pdf",
    "worklist.pdf": "the tasks of worklist.worklist on paper",
    "key_lists.pdf": "the rows of key_lists.sheet on paper",
    "dossiers.ledger_preview": "what dossiers.ledger gives, on paper",
    "dossiers.ledger_pdf": "what dossiers.ledger gives, on paper",
    "dossiers.ledger_workbook": "what dossiers.ledger gives, as a workbook",
    "site_papers.patrol_paper": "by the patrol's id: gated rows, proved with the papers",
    "site_papers.patrol_paper_of": "by the patrol's id: gated rows, proved with the papers",
    "site_papers.sheets": "titles of forms",
    "malls.begin_drafts": "by the mall's name: the filing is held to its scope as malls.after, proved with the malls",
    "malls.next_of": "by the mall's name: the filing is held to its scope as malls.after, proved with the malls",
    "malls.note_notices": "records a count of what the caller listed",
    "malls.notices": "what the caller listed, with rules and points",
    "malls.read_list": "a file of the caller",
    "drafts.discard": "deletes own drafts, gives nothing",
    "drafts.save": "keeps what the caller typed",
    "entrustments.*": "who is entrusted with which community",
    "exporting.may_export": "says what the caller may",
    "exporting.note_list": "records a count; the list itself comes from ledger.page",
    "firms.*": "the register of firms, public inside the street",
    "intake.accept_reviewed": "reached by reviews.approve only, and held to the same scope",
    "intake.foreseen": "pure",
    "intake.pack": "rules",
    "intake.preview": "pure",
    "issuing.blank": "blank forms",
    "issuing.blanks": "blank forms",
    "issuing.draft_papers": "what the caller typed",
    "issuing.warm_up": "gives nothing",
    "ledger_check.*": "counts and first broken link, for auditors",
    "office.*": "the office itself",
    "organisations.*": "organisations",
    "ledger.rules_of": "rules",
    "orders.clauses": "rules",
    "orders.last_certificate": "the caller's own certificate",
    "person_lists.*": "persons with posts; their own scope is proved with them",
    "package_sheets.signature_sheet": "of what packing.sent gives; names nobody but the clerk",
    "packing.apply_acknowledgement": "takes rights that count everywhere; proved with the packages",
    "dry_run.*": "every filing, whole by design, for who keeps settings or decides exceptions; it names nobody",
    "pack_preview.*": "papers of a matter of which nothing is known",
    "pack_versions.*": "versions of the rules, which bind everybody; a count of filings names none of them",
    "packing.may_pack": "says what the caller may",
    "persons.*": "persons with posts; their own scope is proved with them",
    "protecting.*": "keys of the ledger file",
    "receiving.*": "takes a right that counts everywhere, and tells what was sent; proved with the packages",
    "register_papers.*": "lists of organisations, persons and firms",
    "retention.*": "what is kept too long, whole by design, for who keeps settings",
    "review_settings.*": "rules",
    "reviews.answer": "by the opinion's id: gated rows, proved with the reviews",
    "revealing.may_reveal": "says what the caller may",
    "revealing.set_shows_area": "a setting",
    "revealing.shows_area": "a setting",
    "screen_lock.*": "a setting",
    "sign_in.*": "accounts",
    "staging.*": "scans of the caller's own drafts",
    "station_keys.*": "keys and names of stations; what they sign is proved with the packages",
    "trail.*": "every event, whole by design, for auditors and nobody else",
    **OUTWARD_OTHERS,
    **PATROL_OTHERS,
    "sheet_imports.may_import": "says what the caller may",
    "sheet_imports.look": "a file of the caller's own",
    "sheet_imports.examine": "a file of the caller's own; places outside the scope are faults, proved with the imports",
    "sheet_imports.write_faults": "a file of the caller's own with its faults",
    "sheet_imports.take": "writes only within the caller's scope, proved with the imports",
    "sheet_imports.imports": "names of files and counts, those of the caller unless all is seen",
    **PLATFORM_OTHERS,
    **HAZARD_OTHERS,
    **EVALUATION_OTHERS,
    **BOOK_OTHERS,
    **STATISTICS_OTHERS,
}


def how(method: str) -> str:
    """Say how a method is covered; empty for one that nobody listed."""
    if method in LISTS or method in ACTS:
        return "probed"
    return OF_NO_FILING.get(method) or OF_NO_FILING.get(f"{method.partition('.')[0]}.*", "")


def elsewhere(walk_in: WalkIn, community: str) -> WalkIn:
    """Give the same matter in another community."""
    return replace(walk_in, place=replace(walk_in.place, community=community))
