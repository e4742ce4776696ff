"""From a hazard that was not put right to the conduct register (不良档案): why it may be entered, and the form."""

from __future__ import annotations

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import cited
from desktop.services.desk import Desk
from desktop.services.records_of_hazards import BadRecordProposal
from desktop.views.actions import keys_of
from desktop.views.patrol.list_tab import ListTab
from desktop.views.registers.conduct_dialogs import BadRecordDialog
from desktop.views.shared.chips import Tone
from desktop.views.wording import word

KEY = "patrol.hazard_conduct"
_DECIDED = "认定后才列入"


def proposal_of(desk: Desk, hazard_id: int) -> BadRecordProposal | None:
    """Give what the course of a hazard gives ground for, None where it gives none or it is not for one's eyes."""
    try:
        return desk.hazards.bad_record_of(hazard_id)
    except ClerkError as error:
        if error.code not in ("no_bad_conduct", "not_permitted"):
            raise
        return None


def why(proposal: BadRecordProposal, number: str, *, key: str = "") -> str:
    """Say in one line who gave which ground, and that a person decides."""
    hint = f"，{key} 填表" if key else ""
    may_be_entered = f"可列入不良档案{cited('bad_conduct_record')}{hint}"
    return f"{proposal.firm_name} {word(proposal.ground)}（隐患 {number}），{may_be_entered}，{_DECIDED}。"


def why_with_key(proposal: BadRecordProposal, number: str, *, may_judge: bool) -> str:
    """Say it on the card of the hazard, with the key for who judges conduct."""
    return f"▲ {why(proposal, number, key=keys_of(KEY) if may_judge else '')}"


def enter_conduct(tab: ListTab, hazard_id: int, number: str) -> None:
    """Open the form filled with what is proposed; nothing is entered before it is saved."""
    desk = tab.bench.desk
    try:
        proposal = desk.hazards.bad_record_of(hazard_id)
    except ClerkError as error:
        tab.say_trouble(error)
        return
    if proposal.draft is None:
        tab.say(f"名录中没有“{proposal.firm_name}”，先在“名录 · 企业和工匠”登记，再列入不良档案。", Tone.AMBER, "注意")
        return
    if _is_entered(desk, proposal):
        tab.say(f"{number} 已经列入不良档案，见“名录 · 不良档案”。", Tone.AMBER, "注意")
        return
    dialog = BadRecordDialog(desk, None, tab, begun=proposal.draft, because=why(proposal, number))
    if dialog.exec():
        tab.told(f"{proposal.firm_name} 已列入不良档案。", Change.PARTIES)


def _is_entered(desk: Desk, proposal: BadRecordProposal) -> bool:
    """Say whether a record stands that was begun from the same hazard; one that was lifted may be entered again."""
    draft = proposal.draft
    assert draft is not None
    hazard = draft.remark.partition("：")[0] + "："
    return any(
        row.firm_id == draft.firm_id and row.lifted_on is None and row.remark.startswith(hazard)
        for row in desk.conduct.records()
    )
