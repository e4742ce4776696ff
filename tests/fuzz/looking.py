"""Reads a whole ledger as its pages do, so that nothing was taken in that the program cannot show."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path

from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteCriteria
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.package import PackageKind
from desktop.domain.patrol import PatrolCriteria
from desktop.domain.public_report import ReportCriteria
from desktop.domain.transfer import TransferCriteria
from desktop.services.desk import Desk


def look_at_everything(desk: Desk, folder: Path) -> None:
    """Ask every page and every file for all it has, and send it all up; raises what the program raises."""
    ids = desk.ledger.ids(LedgerCriteria())
    desk.ledger.page(ids)
    for filing_id in ids:
        desk.ledger.file(filing_id)
    desk.patrols.page(desk.patrols.ids(PatrolCriteria()))
    hazards = desk.hazards.ids(HazardCriteria())
    desk.hazards.page(hazards)
    for hazard_id in hazards:
        desk.hazards.file(hazard_id)
    desk.found_sites.find(FoundSiteCriteria())
    for transfer in desk.transfers.find(TransferCriteria()):
        desk.transfers.file(transfer.id)
    for report in desk.reports.find(ReportCriteria()):
        desk.reports.file(report.id)
    for draw in desk.draws.all():
        desk.draws.open(draw.id)
    desk.worklist.worklist()
    desk.packing.standing()
    for conflict in desk.receiving.conflicts():
        desk.receiving.conflict(conflict.id)
    _send_up(desk, folder / "all.swpkg")


def _send_up(desk: Desk, file: Path) -> None:
    act_id = f"look-{len(desk.packing.sent())}"
    # A street that has taken nothing yet has nothing to send.
    with suppress(ClerkError) if not desk.packing.standing().count else nullcontext():
        desk.packing.make(PackageKind.ALL, file, act_id=act_id, whole=True, purpose="核对全部台账")
    file.unlink(missing_ok=True)
