"""The sentences at the foot of a paper: what it is in law, and the standing of the rules it rests on.

Registration is a notification.  A paper of a registration says so of itself; one that tells, refuses or
hands on says on what it rests and that nothing is registered, and only then what registration is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.documents.context import PaperContext
from desktop.documents.grounds import is_by_rule
from desktop.domain.local_rules import in_brackets, local

# How the pack's sentence of the legal nature names the registration it stands on.
_THIS: Final = "本登记"
_BY_NOTICE: Final[Mapping[str, str]] = {
    "one_time_notice": "本告知{basis}作出，所申报事项尚未登记",
    "permit_notice": "本告知{basis}作出，所申报工程没有登记",
    "must_not_start": "本告知{basis}作出，所申报事项没有登记",
    "transfer_sheet": "本件{basis}转办，所申报事项没有登记",
}


def foot(ctx: PaperContext, code: str) -> tuple[str, ...]:
    """Give the sentences at the foot of one paper."""
    pack = ctx.pack
    wording = ctx.texts(code).basis
    own = f"本文书的用语依据{wording}" if wording else ""
    return tuple(text for text in (_nature(ctx, code), own, pack.basis_on(ctx.issued_on)) if text)


def _nature(ctx: PaperContext, code: str) -> str:
    pack = ctx.pack
    if not pack.legal_nature or ctx.order is not None:
        # An order speaks of what was found on site; what registration is in law is beside its point.
        return ""
    nature = f"{pack.legal_nature}{in_brackets(pack.legal_nature_article)}"
    if ctx.accepted_on is not None:
        return nature
    own = _own(ctx, code)
    in_general = nature.replace(local(_THIS), pack.labels.get("registration", local("登记")), 1)
    return f"{own}；{in_general}" if own else in_general


def _own(ctx: PaperContext, code: str) -> str:
    pack, assessment = ctx.pack, ctx.assessment
    if code == "submission_receipt":
        said = local("只说明收到材料，所申报事项尚未登记")
        return f"本{local('回执')}{_basis(pack.deadlines.feedback_article)}出具，{said}"
    if code in _BY_NOTICE:
        return local(_BY_NOTICE[code]).format(basis=_basis(pack.notice_article))
    by_counter = assessment.article_for("acceptance_point") or pack.counter_article
    articles = {"not_applicable": assessment.article_for("outcome"), "to_street_office": by_counter}
    if code not in articles:
        return ""
    grounds = _basis(articles[code]) if is_by_rule(code, assessment) else "按所载理由"
    state = "没有" if code == "not_applicable" else "尚未"
    return f"本告知{grounds}作出，{local(f'所申报事项{state}登记')}"


def _basis(article: str) -> str:
    return f"依据{article}" if article else "按所载理由"
