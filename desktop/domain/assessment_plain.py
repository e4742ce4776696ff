"""The plain (JSON) form of an assessment, as the command-line contract and the ledger keep it."""

from __future__ import annotations

from datetime import date

from desktop.domain.assessment_result import Assessment, Reason


def assessment_to_plain(assessment: Assessment) -> dict[str, object]:
    """Give the assessment as plain data: days as ISO text, tuples as lists, windows as objects."""
    plain: dict[str, object] = {}
    for name in _PLAIN_FIELDS:
        plain[name] = _plain(getattr(assessment, name))
    plain["missing_settings"] = list(assessment.missing_settings)
    plain["extension_window"] = (
        {"first": _plain(assessment.extension_first), "last": _plain(assessment.extension_last)}
        if assessment.extension_first
        else None
    )
    plain["acceptance_feedback"] = _feedback(assessment)
    plain["reasons"] = [_reason(reason) for reason in assessment.reasons]
    return plain


_OWN_FORM = frozenset(
    {"extension_first", "extension_last", "acceptance_feedback_mode", "acceptance_feedback_by", "reasons"}
)
_PLAIN_FIELDS = tuple(name for name in Assessment.__dataclass_fields__ if name not in _OWN_FORM)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _feedback(assessment: Assessment) -> dict[str, object] | None:
    if assessment.acceptance_feedback_mode is None:
        return None
    if assessment.acceptance_feedback_by is None:
        return {"mode": assessment.acceptance_feedback_mode}
    return {"mode": assessment.acceptance_feedback_mode, "by": _plain(assessment.acceptance_feedback_by)}


def _reason(reason: Reason) -> dict[str, object]:
    plain: dict[str, object] = {"decides": reason.decides, "article": reason.article, "because": reason.because}
    if reason.item is not None:
        plain["item"] = reason.item
    if reason.facts:
        plain["facts"] = list(reason.facts)
    return plain
