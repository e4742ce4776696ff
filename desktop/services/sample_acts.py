"""What follows the sample registrations: patrols, hazards, letters, reports and the life of a registration.

Each is an ordinary act of the services (``resources/samples/later.toml``); what who is at work may not do is left out,
with all that would follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteDraft
from desktop.domain.hazard import HazardDraft, HazardLevel, HazardRequest, Measure, StepKind, StepRequest
from desktop.domain.life_acts import (
    CloseOutRequest,
    CompletionRequest,
    ExtensionRequest,
    NeedProof,
    RevocationRequest,
    SiteVerification,
    WasteRecord,
)
from desktop.domain.patrol import CheckAnswer, CheckVerdict, PatrolKind, PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.public_report import ReportDraft, ReportSource
from desktop.domain.registration_life import CompletionSource, LifeState
from desktop.domain.sampling import DrawRequest, Population
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMatter, TransferMove, TransferStepDraft
from desktop.services.books import BookService
from desktop.services.draws import DrawService
from desktop.services.found_sites import FoundSiteService
from desktop.services.hazards import HazardService
from desktop.services.intake import IntakeService
from desktop.services.life import LifeService
from desktop.services.patrols import PatrolService
from desktop.services.reports import ReportService
from desktop.services.station import Station
from desktop.services.transfers import TransferService

Raw = Mapping[str, Any]
_TIME: Final = "09:30"
_DAYS_OF_A_MONTH: Final = 31
# Entered on an earlier day, when its days were others: it stands as it was entered.  The others are of places whose
# rules have no such act or ground, or whose samples leave nothing to draw from.
_LEFT_OUT: Final = frozenset({"act_id_used", "draw_empty", "life_incomplete", "no_extension_here", "step_not_allowed"})
_NO_WASTE: Final = WasteRecord(is_none=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleServices:
    """The services that enter the samples."""

    intake: IntakeService
    patrols: PatrolService
    hazards: HazardService
    found_sites: FoundSiteService
    transfers: TransferService
    reports: ReportService
    life: LifeService
    draws: DrawService
    books: BookService


class SampleActs:
    """Does one act after the other on the day at which the station stands; ``filings`` are those registered."""

    def __init__(
        self, station: Station, services: SampleServices, filings: Mapping[str, int], *, patrollers: tuple[str, ...]
    ) -> None:
        self._station, self._to = station, services
        self._filings, self._patrollers = filings, patrollers
        # What earlier acts brought, by their names.
        self._hazards: dict[str, tuple[int, ...]] = {}
        self._letters: dict[str, int] = {}
        self._reports: dict[str, int] = {}
        self._acts: Final[Mapping[str, tuple[Right, Callable[[Raw], None]]]] = {
            "patrol": (Right.PATROL_FEEDBACK, self._patrol),
            "findings": (Right.PATROL_FEEDBACK, self._findings),
            "step": (Right.PATROL_FEEDBACK, self._step),
            "transfer": (Right.PATROL_FEEDBACK, self._transfer),
            "transfer_step": (Right.PATROL_FEEDBACK, self._transfer_step),
            "found_site": (Right.PATROL_FEEDBACK, self._found_site),
            "report": (Right.PATROL_FEEDBACK, self._report),
            "assign_report": (Right.PATROL_FEEDBACK, self._assign_report),
            "extend": (Right.REGISTER, self._extend),
            "note_completion": (Right.REGISTER, self._note_completion),
            "apply_closeout": (Right.REGISTER, self._apply_closeout),
            "verify_closeout": (Right.PATROL_FEEDBACK, self._verify_closeout),
            "revoke": (Right.DECIDE_EXCEPTIONS, self._revoke),
            "draw": (Right.DRAW_INSPECTIONS, self._draw),
        }

    def do(self, raw: Raw) -> None:
        """Do one act where it can be done; raises what its service raises."""
        right, act = self._acts[raw["do"]]
        if self._station.actor.may(right) and self._has_ground(raw):
            try:
                act(raw)
            except ClerkError as error:
                if error.code not in _LEFT_OUT:
                    raise

    def _has_ground(self, raw: Raw) -> bool:
        """Say whether what the act is about came to be here."""
        known = {*self._filings, *self._letters, *self._reports}
        return raw.get("of", "") in {"", *known} and raw.get("hazard", "") in {"", *self._hazards}

    @property
    def _today(self) -> date:
        return self._station.today()

    def _visit(self, raw: Raw) -> PatrolRequest:
        site, kind = SiteRef(filing_id=self._filings[raw["of"]]), PatrolKind(raw.get("kind", PatrolKind.REGULAR))
        level = PatrolLevel(raw.get("level", PatrolLevel.COMMUNITY))
        check_list, office = self._to.patrols.check_list(site, kind), self._station.known_office()
        items = [item.code for item in check_list.items] if check_list is not None else []
        failed = [code for code in raw.get("failed", ()) if code in items]
        found = PatrolResult.FINDINGS if "hazards" in raw else PatrolResult.IN_ORDER
        return PatrolRequest(
            act_id=self._act_id(raw),
            visited_on=self._today,
            visited_time=_TIME,
            patrollers=self._patrollers,
            organisation=office.street_name if level is PatrolLevel.STREET else office.station_name,
            level=level,
            site=site,
            kind=kind,
            result=PatrolResult(raw.get("result", found)),
            check_list=check_list.code if check_list is not None else "",
            answers=tuple(CheckAnswer(item=code, verdict=CheckVerdict.FAILED) for code in failed),
            remark=raw.get("remark", ""),
        )

    def _patrol(self, raw: Raw) -> None:
        self._to.patrols.record(self._visit(raw))

    def _findings(self, raw: Raw) -> None:
        visit = self._visit(raw)
        recorded = self._to.hazards.record_visit(
            visit,
            HazardRequest(
                act_id=f"{visit.act_id}-hazards",
                site=visit.site,
                found_on=visit.visited_on,
                hazards=tuple(self._hazard(each) for each in raw["hazards"]),
                issues_notice=raw.get("is_noticed", True),
            ),
        )
        self._hazards[raw["name"]] = recorded.ids

    def _hazard(self, raw: Raw) -> HazardDraft:
        return HazardDraft(
            finding=raw["finding"],
            description=raw["description"],
            level=HazardLevel(raw.get("level", HazardLevel.GENERAL)),
            measures=tuple(Measure(each) for each in raw.get("measures", ())),
            entry=raw.get("entry", ""),
            group=raw["group"],
            spot=raw.get("spot", ""),
            due_on=self._today + timedelta(days=raw["due_in"]) if "due_in" in raw else None,
            is_refused=raw.get("is_refused", False),
        )

    def _hazard_of(self, raw: Raw) -> int:
        return self._hazards[raw["hazard"]][raw.get("place", 0)]

    def _step(self, raw: Raw) -> None:
        self._to.hazards.step(
            StepRequest(
                act_id=self._act_id(raw),
                hazard_id=self._hazard_of(raw),
                kind=StepKind(raw["kind"]),
                on=self._today,
                text=raw["text"],
            )
        )

    def _transfer(self, raw: Raw) -> None:
        letter = self._to.transfers.draft(TransferMatter(hazard_id=self._hazard_of(raw)))
        sent = self._to.transfers.send(replace(letter, act_id=self._act_id(raw)))
        self._letters[raw["name"]] = sent.transfer_id

    def _transfer_step(self, raw: Raw) -> None:
        step = TransferStepDraft(
            act_id=self._act_id(raw), move=TransferMove(raw["move"]), on=self._today, who=raw["who"], text=raw["text"]
        )
        self._to.transfers.step(self._letters[raw["of"]], step)

    def _found_site(self, raw: Raw) -> None:
        draft = FoundSiteDraft(
            community=self._community,
            place=raw["place"],
            work=raw["work"],
            kind=raw["kind"],
            owner_name=raw["owner_name"],
            owner_phone=raw["owner_phone"],
            contractor_name=raw["contractor_name"],
            found_on=self._today,
            found_by=self._patrollers[0],
            register_by=self._today + timedelta(days=raw["register_in"]),
        )
        self._to.found_sites.record(draft, act_id=self._act_id(raw))

    def _report(self, raw: Raw) -> None:
        draft = ReportDraft(
            source=ReportSource(raw["source"]),
            received_on=self._today,
            reporter_name=raw["reporter_name"],
            reporter_phone=raw["reporter_phone"],
            community=self._community,
            place=raw["place"],
            content=raw["content"],
        )
        self._reports[raw["name"]] = self._to.reports.take_down(draft, act_id=self._act_id(raw)).report_id

    def _assign_report(self, raw: Raw) -> None:
        self._to.reports.assign(self._reports[raw["of"]], to=self._patrollers[0], act_id=self._act_id(raw))

    def _extend(self, raw: Raw) -> None:
        self._to.life.extend(
            ExtensionRequest(act_id=self._act_id(raw), filing_id=self._filings[raw["of"]], reason=raw["reason"])
        )

    def _note_completion(self, raw: Raw) -> None:
        filing_id = self._filings[raw["of"]]
        # Noted once: entered again on another day it would move the day of completion.
        if self._to.life.of(filing_id).registration.completed_on is None:
            self._to.life.note_completion(
                CompletionRequest(
                    act_id=self._act_id(raw),
                    filing_id=filing_id,
                    completed_on=self._completed_on(raw),
                    source=CompletionSource.OWNER,
                    note=raw["note"],
                )
            )

    def _apply_closeout(self, raw: Raw) -> None:
        self._to.life.apply_closeout(
            CloseOutRequest(
                act_id=self._act_id(raw),
                filing_id=self._filings[raw["of"]],
                completed_on=self._completed_on(raw),
                applied_on=self._today,
                applicant=raw["applicant"],
                waste=_NO_WASTE,
            )
        )

    def _verify_closeout(self, raw: Raw) -> None:
        filing_id = self._filings[raw["of"]]
        file = self._to.life.of(filing_id)
        if file.state is not LifeState.AWAITING_CLOSEOUT or file.awaiting is None:
            return
        visit = replace(self._visit(raw), kind=PatrolKind.CLOSEOUT_CHECK, result=PatrolResult.COMPLETED)
        self._to.life.verify_closeout(
            SiteVerification(
                act_id=self._act_id(raw),
                filing_id=filing_id,
                is_complete=True,
                checked_on=self._today,
                text=raw["text"],
                patrol_id=self._to.patrols.record(visit).patrol_id,
                settled=tuple(need.text for need in file.awaiting.needs if need.proof is NeedProof.PAPER),
            )
        )

    def _revoke(self, raw: Raw) -> None:
        self._to.life.revoke(
            RevocationRequest(
                act_id=self._act_id(raw),
                filing_id=self._filings[raw["of"]],
                ground=raw["ground"],
                facts=raw["facts"],
                evidence=raw["evidence"],
            )
        )

    def _draw(self, raw: Raw) -> None:
        first = self._today - timedelta(days=raw["months"] * _DAYS_OF_A_MONTH)
        population = Population(first_on=first, last_on=self._today)
        self._to.draws.draw(
            DrawRequest(act_id=self._act_id(raw), population=population, share=Decimal(raw["share"]), seed=raw["seed"])
        )

    def _completed_on(self, raw: Raw) -> date:
        return self._today - timedelta(days=raw["completed_before"])

    @property
    def _community(self) -> str:
        return self._station.known_office().communities[0] if self._station.known_office().communities else "坪安社区"

    def _act_id(self, raw: Raw) -> str:
        """Give the same id whenever the act is entered here, and another at another office: packages go by it."""
        return f"sample-later-{self._station.known_office().code}-{raw['name']}"
