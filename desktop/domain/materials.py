"""Which materials a matter needs, which are in order, and which gaps there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.assessment_result import UNDETERMINED, Reason, Undetermined
from desktop.domain.conditions import evaluate
from desktop.domain.facts import UNKNOWN, Facts, Visit
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import MaterialRule


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialList:
    """The list made by the facts; ``missing`` names what would decide the undetermined ones."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    deficient: tuple[str, ...] | Undetermined = UNDETERMINED
    missing: frozenset[str] = frozenset()
    reasons: tuple[Reason, ...] = ()


def list_materials(facts: Facts, pack: PolicyPack, *, registrable: bool) -> MaterialList:
    """Make the list; nothing is asked for where nothing is registered."""
    kind = facts.text("kind")
    if not registrable:
        return MaterialList(deficient=())
    if kind is None:
        return MaterialList()
    required: list[MaterialRule] = []
    optional: list[MaterialRule] = []
    undetermined: list[MaterialRule] = []
    missing: set[str] = set()
    numbers = pack.numbers()
    for rule in (rule for rule in pack.materials if kind in rule.kinds):
        needed = rule.required.test(facts, numbers)
        missing |= needed.missing
        if needed.holds:
            required.append(rule)
        elif needed.holds is None:
            undetermined.append(rule)
        elif evaluate(rule.optional, facts, numbers).holds:
            optional.append(rule)
    gaps = _gaps(required, facts, pack)
    doubts = _doubts([*required, *undetermined], facts, pack)
    # While a paper may still be required and is not there, or may be expired, the list of gaps is not closed.
    open_ended = gaps is None or bool(doubts) or bool(_gaps(undetermined, facts, pack))
    return MaterialList(
        required=tuple(rule.code for rule in required),
        optional=tuple(rule.code for rule in optional),
        undetermined=tuple(rule.code for rule in undetermined),
        deficient=UNDETERMINED if open_ended else tuple(rule.code for rule, _ in gaps or ()),
        missing=frozenset(missing) | doubts,
        reasons=(
            *(_reason("required_materials", rule, f"应提交{rule.label}。") for rule in required),
            *(_reason("optional_materials", rule, f"可以提交{rule.label}，没有也不算缺件。") for rule in optional),
            *(_reason("deficiency_items", rule, f"{rule.label}：{problem}") for rule, problem in gaps or ()),
        ),
    )


def objection(rule: MaterialRule, facts: Facts, pack: PolicyPack) -> str:
    """Say what the rules themselves object to a paper that was handed in; empty when nothing."""
    numbers = pack.numbers()
    if evaluate(rule.unusable, facts, numbers).holds:
        return rule.unusable_because
    if evaluate(rule.expired, facts, numbers).holds:
        return rule.expired_because
    return ""


def breaks_one_time_rule(facts: Facts, deficient: Sequence[str]) -> bool:
    """Say whether a gap stands that no earlier notice named, on unchanged facts.

    Only a change since the last notice excuses: that notice was given on the facts as changed before it.
    """
    visits = _in_order(facts)
    told = [place for place, visit in enumerate(visits) if visit.noticed is not None]
    if not told or deficient == UNDETERMINED or any(visit.facts_changed for visit in visits[told[-1] :]):
        return False
    named = {code for visit in visits for code in visit.noticed or ()}
    return any(code not in named for code in deficient)


def _in_order(facts: Facts) -> list[Visit]:
    """Give the visits as they followed each other: by their days where all have one, else as listed."""
    stated = facts["visits"]
    visits = [visit for visit in stated if isinstance(visit, Visit)] if isinstance(stated, tuple) else []
    if all(visit.on for visit in visits):
        visits.sort(key=lambda visit: visit.on or date.min)
    return visits


def _doubts(rules: list[MaterialRule], facts: Facts, pack: PolicyPack) -> frozenset[str]:
    """Name the facts that would say whether a paper that was brought is good; one faulty anyway raises no doubt."""
    provided, numbers = facts.texts("provided_materials"), pack.numbers()
    brought = [rule for rule in rules if rule.code in provided and not objection(rule, facts, pack)]
    asked = (evaluate(when, facts, numbers) for rule in brought for when in (rule.unusable, rule.expired))
    return frozenset().union(*(verdict.missing for verdict in asked if verdict.holds is None))


def _gaps(rules: list[MaterialRule], facts: Facts, pack: PolicyPack) -> list[tuple[MaterialRule, str]] | None:
    """Pair each faulty paper with its problem; None while nobody said what was brought."""
    if facts["provided_materials"] is UNKNOWN:
        return None
    provided = facts.texts("provided_materials")
    problems = [(rule, objection(rule, facts, pack) if rule.code in provided else "未提交。") for rule in rules]
    return [(rule, problem) for rule, problem in problems if problem]


def _reason(decides: str, rule: MaterialRule, because: str) -> Reason:
    return Reason(decides=decides, article=rule.article, because=because, facts=rule.required.looks_at)
