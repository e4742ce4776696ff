"""The sentences at the foot of a paper: what it is in law, and the standing of the rules it rests on.

Registration is a notification (第八条).  A paper of a registration says so of itself; one that tells, refuses or
hands on says on what it rests and that nothing is registered, and only then what registration is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.documents.context import PaperContext
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import Outcome, PolicyPack

# How the pack's sentence of the legal nature names the registration it stands on.
_THIS: Final = "本登记"
_BY_NOTICE: Final[Mapping[str, str]] = {
    "one_time_notice": "本告知依据{article}作出，所申报事项尚未登记",
    "permit_notice": "本告知依据{article}作出，所申报工程没有登记",
    "must_not_start": "本告知依据{article}作出，所申报事项没有登记",
    "transfer_sheet": "本件依据{article}转办，所申报事项没有登记",
}


def foot(ctx: PaperContext, code: str) -> tuple[str, ...]:
    """Give the sentences at the foot of one paper."""
    pack = ctx.pack
    basis = f"依据：{pack.banner_on(ctx.issued_on) or pack.title}"
    return tuple(text for text in (_nature(ctx, code), basis) if text)


def _nature(ctx: PaperContext, code: str) -> str:
    pack = ctx.pack
    if not pack.legal_nature:
        return ""
    nature = f"{pack.legal_nature}（{pack.legal_nature_article}）"
    if ctx.accepted_on is not None:
        return nature
    own = _own(ctx, code)
    in_general = nature.replace(_THIS, pack.labels.get("registration", "登记"), 1)
    return f"{own}；{in_general}" if own else in_general


def _own(ctx: PaperContext, code: str) -> str:
    pack, assessment = ctx.pack, ctx.assessment
    if code in _BY_NOTICE:
        return _BY_NOTICE[code].format(article=pack.notice_article)
    if code == "not_applicable":
        return f"{_told(assessment.article_for('outcome') if is_by_rule(code, assessment) else '')}，所申报事项没有登记"
    if code == "to_street_office":
        return f"{_told(_counter(pack, assessment))}，所申报事项尚未登记"
    return ""


def _counter(pack: PolicyPack, assessment: Assessment) -> str:
    return pack.counter_article if is_by_rule("to_street_office", assessment) else ""


def _told(article: str) -> str:
    return f"本告知依据{article}作出" if article else "本告知按所载理由作出"


def is_by_rule(code: str, assessment: Assessment) -> bool:
    """Say whether the rules themselves give what a notice tells; otherwise it rests on the clerk's own reason."""
    if code == "to_street_office":
        return assessment.is_high_risk
    return assessment.outcome is _OUTCOMES.get(code)


_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "permit_notice": Outcome.PERMIT_REQUIRED,
    "must_not_start": Outcome.PROHIBITED,
    "transfer_sheet": Outcome.PROHIBITED,
    "not_applicable": Outcome.NOT_APPLICABLE,
}
