"""Which act the assessment itself proposes, for filings that come from a file."""

from __future__ import annotations

from desktop.domain.acts import Act, Preview
from desktop.domain.errors import ClerkError
from desktop.domain.gap_words import declared_missing


def proposed_act(preview: Preview) -> Act:
    """Give the one act that the assessment proposes.

    Raises ``ClerkError("act_not_allowed")`` when there is none, with the first reason and what is missing:
    facts of the matter (``missing``) and gaps of the rules (``missing_settings``).
    """
    for allowed in preview.acts:
        if allowed.allowed and allowed.primary:
            return allowed.act
    why = next((allowed.why for allowed in preview.acts if allowed.why), "")
    assessment = preview.assessment
    raise ClerkError(
        "act_not_allowed",
        why=why,
        missing=declared_missing(assessment),
        missing_settings=assessment.missing_settings,
    )
