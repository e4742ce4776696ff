"""A hazard begun from a failed item or from the dictionary, filled with what the rules propose for it."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.check_lists import CheckItem
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, HazardLevel
from desktop.domain.hazard_proposal import Proposal
from desktop.domain.pack import PolicyPack
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk


def proposal_for(desk: Desk, site: SiteRef, draft: HazardDraft) -> Proposal | None:
    """Give what the rules ask after a hazard; None while no finding is chosen or the site is out of reach."""
    try:
        return desk.hazards.propose(site, draft.finding, level=draft.level, is_refused=draft.is_refused)
    except (KeyError, ClerkError):
        return None


def draft_of_item(item: CheckItem, pack: PolicyPack) -> HazardDraft:
    """Begin a hazard from a failed item: as the dictionary words it, else as the item does."""
    begun = draft_of_entry(item.entry, pack)
    if begun is not None:
        return replace(begun, finding=item.finding, group=item.group.value)
    return HazardDraft(finding=item.finding, description=f"不符合：{item.label}", group=item.group.value)


def draft_of_entry(code: str, pack: PolicyPack) -> HazardDraft | None:
    """Begin a hazard from the dictionary; None for a code it does not have."""
    entry = pack.hazard_entry(code)
    if entry is None:
        return None
    return HazardDraft(
        finding=entry.finding,
        description=entry.label,
        entry=entry.code,
        group=entry.group.value,
        level=HazardLevel.MAJOR if entry.is_major else HazardLevel.GENERAL,
    )


def with_proposal(draft: HazardDraft, proposal: Proposal | None) -> HazardDraft:
    """Take over measures and term that the rules propose."""
    if proposal is None:
        return draft
    due_on = None if draft.is_on_the_spot else proposal.due_on
    return replace(draft, measures=proposal.measures, due_on=due_on)
