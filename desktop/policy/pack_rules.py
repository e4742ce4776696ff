"""Every rule of a pack that has a condition, with its place, as the checks over a whole pack go through them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.conditions import All, AnyOf, Compare, Condition, Not
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import FollowUp

_BOTH = (SMALL_WORK, MINOR_OPERATION)
_WORKS = (SMALL_WORK,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRule:
    """One condition: where it stands, for which kinds of matter it is asked, and which rules it competes with.

    Of rules with the same ``first_of`` the first that holds is taken, so what stands behind one that always holds is
    never asked.
    """

    place: str
    when: Condition
    kinds: tuple[str, ...] = _BOTH
    first_of: str = ""
    is_wording: bool = False  # a sentence of a paper or of a check list: what is not asked is only not printed


def rules_of(pack: PolicyPack) -> Iterator[PlacedRule]:
    """Go through the rules in the order of the file's sections."""
    for scope in pack.scopes:
        yield PlacedRule(place=f"scopes({scope.kind}).within", when=scope.within, kinds=(scope.kind,))
    for stop in pack.stops:
        yield PlacedRule(place=f"stops({stop.code}).when", when=stop.when, kinds=stop.kinds, first_of="stops")
    for kind in pack.above_limit_kinds:
        yield PlacedRule(place=f"above_limit_kinds({kind.code}).when", when=kind.when, kinds=_WORKS)
    for item in pack.high_risk:
        yield PlacedRule(place=f"high_risk({item.item}).when", when=item.when, kinds=_WORKS)
    if pack.supervision is not None:
        yield PlacedRule(place="supervision.when", when=pack.supervision)
    yield from _counters(pack)
    for index, leads in enumerate(pack.departments):
        place = f"departments[{index}]({leads.department}).when"
        yield PlacedRule(place=place, when=leads.when, first_of="departments" if leads.lead else "")
    yield from _materials(pack)
    yield from _questions(pack)
    for name, sentences in (("reminders", pack.reminders), ("closeout_needs", pack.closeout_needs)):
        for index, sentence in enumerate(sentences):
            yield PlacedRule(place=f"{name}[{index}].when", when=sentence.when)
    yield from _follow_ups({"findings": pack.findings, "revocations": pack.revocations, "transfers": pack.transfers})
    for checked in {item.code: item for each in pack.check_lists for item in each.items}.values():
        yield PlacedRule(place=f"check_items({checked.code}).when", when=checked.when, is_wording=True)
    for paper in pack.papers.values():
        for index, duty in enumerate(paper.duties):
            place = f"papers.{paper.code}.duties[{index}].when"
            yield PlacedRule(place=place, when=duty.when, is_wording=True)


def compared(condition: Condition) -> Iterator[Compare]:
    """Give every comparison of a fact within a condition."""
    match condition:
        case Compare():
            yield condition
        case Not(part):
            yield from compared(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from compared(part)
        case _:
            return


def values_of(compare: Compare) -> tuple[str, ...]:
    """Give the texts that a comparison names; none for one with a number or with yes and no."""
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    return tuple(value for value in values if isinstance(value, str)) if compare.parameter is None else ()


def _counters(pack: PolicyPack) -> Iterator[PlacedRule]:
    for index, counter in enumerate(pack.counters):
        first_of = "" if counter.told_at_counter else "counters"
        place = f"counters[{index}]({counter.point}).when"
        yield PlacedRule(place=place, when=counter.when, kinds=counter.kinds, first_of=first_of)


def _materials(pack: PolicyPack) -> Iterator[PlacedRule]:
    for rule in pack.materials:
        for key in ("required", "optional", "expired", "unusable"):
            yield PlacedRule(place=f"materials({rule.code}).{key}", when=getattr(rule, key), kinds=rule.kinds)


def _questions(pack: PolicyPack) -> Iterator[PlacedRule]:
    for question in pack.questions:
        yield PlacedRule(place=f"questions({question.fact}).when", when=question.when, kinds=question.kinds)


def _follow_ups(sections: Mapping[str, tuple[FollowUp, ...]]) -> Iterator[PlacedRule]:
    for name, rules in sections.items():
        for index, rule in enumerate(rules):
            first_of = f"{name}({rule.code})"
            yield PlacedRule(place=f"{name}[{index}]({rule.code}).when", when=rule.when, first_of=first_of)
