"""Remarks on the names a pack uses for things of the program: papers, words, articles by catalogue, actions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from desktop.domain.article_keys import PREFIXES
from desktop.domain.errors import Fault
from desktop.domain.hazard_proposal import ACTION_WORDS
from desktop.domain.local_rules import said_in
from desktop.domain.pack import PolicyPack
from desktop.policy.near_names import meant

# What becomes of a registration after a finding.
STATUS_CHANGES: Final = ("revoked", "rectification", "escalated")


def name_remarks(pack: PolicyPack, *, papers: Collection[str]) -> Iterator[Fault]:
    """Look the names through; ``papers`` are the codes of the papers that the program prints."""
    for code in pack.papers if papers else ():
        if code not in papers:
            yield Fault(f"papers.{code}", f"程序没有这份文书，不会印，不能另加{meant(code, papers)}")
    yield from _words(pack)
    yield from _catalogues(pack)
    yield from _after_findings(pack)
    yield from _violations(pack)


def _words(pack: PolicyPack) -> Iterator[Fault]:
    """Pairs whose word is replaced once more when it is said again, as what is merged and then printed is."""
    words = pack.local_rules.words
    for neutral, said in words.items():
        again = said_in(words, said)
        if again != said:
            cure = f'改掉其中一对，或者加上 "{said}" = "{said}"'
            yield Fault(f"words.{neutral}", f"“{said}”再说一次会变成“{again}”；{cure}")


def _catalogues(pack: PolicyPack) -> Iterator[Fault]:
    from desktop.domain.books import BOOKS
    from desktop.domain.duties import Duty
    from desktop.domain.measures import MEASURES

    known = {
        "duty.": [duty.value for duty in Duty],
        "measure.": [
            name for each in MEASURES.values() for name in (each.key, each.denominator, f"{each.key}_target") if name
        ],
        "book.": [
            name
            for kind, spec in BOOKS.items()
            for name in (kind.value, *(f"{kind.value}_{f.key}" for f in spec.fields))
        ],
    }
    for key in pack.local_rules.articles:
        prefix = next((each for each in PREFIXES if key.startswith(each)), "")
        names = known.get(prefix)
        if names is not None and key.removeprefix(prefix) not in names:
            near = meant(key.removeprefix(prefix), names)
            yield Fault(f"articles.{key}", f"程序没有这一项，条文不会引用{near}")


def _after_findings(pack: PolicyPack) -> Iterator[Fault]:
    for name in ("findings", "revocations", "transfers"):
        for rule in getattr(pack, name):
            place = f"{name}({rule.code})"
            for action in (*rule.actions, *(each for each in (rule.if_refused, rule.if_not_rectified) if each)):
                if action not in ACTION_WORDS:
                    yield Fault(f"{place}.actions", f"程序不认识 {action} 这一种处理{meant(action, ACTION_WORDS)}")
            if rule.status_change and rule.status_change not in STATUS_CHANGES:
                near = meant(rule.status_change, STATUS_CHANGES)
                yield Fault(f"{place}.status_change", f"程序不认识 {rule.status_change} 这一种变化{near}")


def _violations(pack: PolicyPack) -> Iterator[Fault]:
    """Violations that a rule or a body speaks of and the list of violations does not offer."""
    offered = [choice.code for choice in pack.choices.get("violation_kind", ())]
    named = [(f"transfers({rule.code}).code", rule.code) for rule in pack.transfers]
    named += [(f"bodies({body.code}).violations", code) for body in pack.bodies for code in sorted(body.violations)]
    for place, code in named if offered else ():
        if code not in offered:
            yield Fault(place, f"[choices] violation_kind 里没有 {code}{meant(code, offered)}")
