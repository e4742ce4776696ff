"""Whether the rules let the clerk decide as asked, and which override that is."""

from __future__ import annotations

from desktop.domain.acts import Act, AllowedAct, DecisionRequest, FieldFault, Preview
from desktop.domain.errors import ClerkError

_NEEDS_ALL_VERDICTS = (Act.ACCEPT, Act.SUBMIT_FOR_REVIEW, Act.ONE_TIME_NOTICE)
# Which of the two takes a matter in follows from its levels of review; the other is not offered.
_NOT_OFFERED = {
    Act.ACCEPT: "本件受理前须经审核，请先送审。",
    Act.SUBMIT_FOR_REVIEW: "本件不需要审核，可以直接受理。",
}


def check_decision(request: DecisionRequest, preview: Preview) -> str | None:
    """Give the words of the override that a decision is, None for an ordinary one.

    Raises ``ClerkError``: unjudged_materials, blocked_by_typed_data, act_not_allowed, reason_required.
    """
    chosen = next((allowed for allowed in preview.acts if allowed.act is request.act), None)
    if chosen is None:
        raise ClerkError("act_not_allowed", why=_NOT_OFFERED[request.act])
    if not chosen.allowed:
        raise _refusal(request, preview, chosen)
    if not chosen.needs_reason:
        return None
    if not request.reason.strip():
        raise ClerkError("reason_required", why=chosen.why)
    return f"{chosen.why}理由：{request.reason.strip()}"


def _refusal(request: DecisionRequest, preview: Preview, chosen: AllowedAct) -> ClerkError:
    blocking = _blocking(preview)
    takes_in = request.act in (Act.ACCEPT, Act.SUBMIT_FOR_REVIEW)
    if takes_in and blocking is not None and chosen.why == blocking.message:
        return ClerkError("blocked_by_typed_data", field=blocking.field, why=blocking.message)
    if request.act in _NEEDS_ALL_VERDICTS and preview.unjudged and preview.assessment.registrable:
        return ClerkError("unjudged_materials", count=len(preview.unjudged), why=chosen.why)
    return ClerkError("act_not_allowed", why=chosen.why)


def _blocking(preview: Preview) -> FieldFault | None:
    return next((fault for fault in preview.invalid if fault.blocking), None)
