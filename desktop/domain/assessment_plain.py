"""The plain (JSON) form of an assessment, as the command-line contract and the ledger keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from desktop.domain.assessment_result import Assessment, Reason


def assessment_to_plain(assessment: Assessment) -> dict[str, object]:
    """Give the assessment as plain data: days as ISO text, tuples as lists, windows as objects."""
    plain: dict[str, object] = {}
    for name in _PLAIN_FIELDS:
        plain[name] = _plain(getattr(assessment, name))
    plain["missing_settings"] = list(assessment.missing_settings)
    for name, told in _TOGETHER.items():
        plain[name] = told(assessment)
    plain["reasons"] = [_reason(reason) for reason in assessment.reasons]
    return plain


def parts_to_plain(assessment: Assessment, names: Iterable[str]) -> list[object]:
    """Give some results as they stand in the plain form, in this order; raises ``AttributeError`` for none."""
    return [_TOGETHER[name](assessment) if name in _TOGETHER else _plain(getattr(assessment, name)) for name in names]


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


def _window(assessment: Assessment) -> dict[str, object] | None:
    if not assessment.extension_first:
        return None
    return {"first": _plain(assessment.extension_first), "last": _plain(assessment.extension_last)}


def _feedback(assessment: Assessment) -> dict[str, object] | None:
    if assessment.acceptance_feedback_mode is None:
        return None
    if assessment.acceptance_feedback_by is None:
        return {"mode": assessment.acceptance_feedback_mode}
    return {"mode": assessment.acceptance_feedback_mode, "by": _plain(assessment.acceptance_feedback_by)}


# Results that stand together in the plain form.
_TOGETHER: Final[Mapping[str, Callable[[Assessment], object]]] = {
    "extension_window": _window,
    "acceptance_feedback": _feedback,
}


def _reason(reason: Reason) -> dict[str, object]:
    plain: dict[str, object] = {"decides": reason.decides, "article": reason.article, "because": reason.because}
    if reason.item is not None:
        plain["item"] = reason.item
    if reason.facts:
        plain["facts"] = list(reason.facts)
    return plain
