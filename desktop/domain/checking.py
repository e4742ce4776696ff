"""Which list fits a visit, and what its failed items suggest."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.check_lists import CheckList
from desktop.domain.patrol import CheckAnswer, CheckVerdict, PatrolKind, SuggestedFinding
from desktop.domain.site import Site


def list_for(lists: Sequence[CheckList], site: Site | None, kind: PatrolKind) -> CheckList | None:
    """Give the list for a visit: one for its kind before a general one, None when the pack has none that fits."""
    fitting = [each for each in lists if _fits(each, site, kind)]
    return next((each for each in fitting if each.patrol_kinds), fitting[0] if fitting else None)


def list_of(lists: Sequence[CheckList], code: str) -> CheckList | None:
    """Find a list by its code."""
    return next((each for each in lists if each.code == code), None)


def suggested(check_list: CheckList | None, answers: Sequence[CheckAnswer]) -> tuple[SuggestedFinding, ...]:
    """Give the findings that the failed items of a visit suggest, in the order of the list."""
    failed = {answer.item for answer in answers if answer.verdict is CheckVerdict.FAILED}
    return tuple(
        SuggestedFinding(
            finding=item.finding,
            item=item.code,
            label=item.label,
            group=item.group.value,
            article=item.article,
            entry=item.entry,
        )
        for item in (check_list.items if check_list else ())
        if item.code in failed
    )


def _fits(check_list: CheckList, site: Site | None, kind: PatrolKind) -> bool:
    if check_list.patrol_kinds and kind not in check_list.patrol_kinds:
        return False
    # Of a road nothing is known: only a list for that kind of visit, or for everything, fits.
    if site is None:
        return bool(check_list.patrol_kinds) or (not check_list.kinds and check_list.is_high_risk is None)
    if check_list.kinds and site.kind and site.kind not in check_list.kinds:
        return False
    return check_list.is_high_risk in (None, site.is_managed_as_high_risk)
