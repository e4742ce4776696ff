"""How unregistered works, transfers and reports are asked for a filing that the caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from desktop.domain.found_site import FoundSiteCriteria
from desktop.domain.public_report import ReportCriteria, ReportDraft
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferCriteria, TransferMatter, TransferRequest
from desktop.domain.transfer_register import RegisterPeriod
from desktop.services.desk import Desk

_RECEIVED_ON = date(2026, 3, 2)
_EVER = RegisterPeriod(first_on=date(2026, 1, 1), last_on=date(2026, 12, 31))


def _letter(filing_id: int) -> TransferRequest:
    return TransferRequest(
        act_id=str(uuid4()),
        site=SiteRef(filing_id=filing_id),
        to_body="街道综合执法机构",
        facts="拒不整改",
        grounds=("第三十六条(一)",),
        request="请依法查处",
    )


def _report(filing_id: int) -> ReportDraft:
    return ReportDraft(content="夜间施工", received_on=_RECEIVED_ON, site=SiteRef(filing_id=filing_id))


OUTWARD_LISTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "found_sites.find": lambda desk, _t: desk.found_sites.find(FoundSiteCriteria()),
    "found_sites.count": lambda desk, t: desk.found_sites.count(FoundSiteCriteria(text=t.number)),
    "found_sites.campaigns": lambda desk, _t: desk.found_sites.campaigns(),
    "found_sites.campaign_summary": lambda desk, _t: desk.found_sites.campaign_summary("春季排摸"),
    "transfers.find": lambda desk, t: desk.transfers.find(TransferCriteria(text=t.number)),
    "transfers.count": lambda desk, t: desk.transfers.count(TransferCriteria(text=t.number)),
    "transfers.register": lambda desk, _t: desk.transfers.register(_EVER),
    "reports.find": lambda desk, t: desk.reports.find(ReportCriteria(text=t.number)),
    "reports.count": lambda desk, t: desk.reports.count(ReportCriteria(text=t.number)),
}
OUTWARD_ACTS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "found_sites.proposals": lambda desk, t: desk.found_sites.proposals(t.id),
    "found_sites.link": lambda desk, t: desk.found_sites.link(1, t.id),
    "transfers.propose": lambda desk, t: desk.transfers.propose(TransferMatter(site=SiteRef(filing_id=t.id))),
    "transfers.draft": lambda desk, t: desk.transfers.draft(TransferMatter(site=SiteRef(filing_id=t.id))),
    "transfers.send": lambda desk, t: desk.transfers.send(_letter(t.id)),
    "reports.take_down": lambda desk, t: desk.reports.take_down(_report(t.id), act_id=str(uuid4())),
}
_BY_ID = "by the row's own id: gated rows, proved with the outward services"
OUTWARD_OTHERS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "found_sites.begin_walk_in",
            "found_sites.dismiss",
            "found_sites.papers",
            "found_sites.refuse",
            "found_sites.row",
            "found_sites.set_kind",
            "found_sites.urge",
            "transfers.after_refusal",
            "transfers.file",
            "transfers.measure_of",
            "transfers.step",
            "reports.answer",
            "reports.assign",
            "reports.file",
            "reports.found_site_draft",
            "reports.link",
            "reports.reveal",
            "reports.reward",
            "reports.verify",
        ),
        _BY_ID,
    ),
    "found_sites.faults": "pure",
    "found_sites.record": "what the caller typed",
    "found_sites.term": "a setting",
    "reports.faults": "pure",
    "reports.verify_by": "a setting",
    "transfers.faults": "pure",
    "transfers.register_pdf": "what transfers.register gives, on paper",
    "transfers.register_workbook": "what transfers.register gives, as a workbook",
    "transfers.reply_by": "a setting",
}
