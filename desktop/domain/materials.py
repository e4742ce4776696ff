"""Which materials a matter needs, which are in order, and which gaps there are (龙岗 第二十八条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.assessment_result import UNDETERMINED, Reason, Undetermined
from desktop.domain.conditions import evaluate, facts_of
from desktop.domain.facts import UNKNOWN, Facts, Visit
from desktop.domain.pack import MaterialRule, PolicyPack


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
    if not registrable or kind is None:
        return MaterialList(deficient=())
    numbers = pack.numbers()
    required: list[MaterialRule] = []
    optional: list[str] = []
    undetermined: list[str] = []
    missing: set[str] = set()
    for rule in pack.materials:
        if kind not in rule.kinds:
            continue
        needed = evaluate(rule.required, facts, numbers)
        if needed.holds:
            required.append(rule)
        elif needed.holds is None:
            undetermined.append(rule.code)
            missing |= needed.missing
        elif evaluate(rule.optional, facts, numbers).holds:
            optional.append(rule.code)
    return MaterialList(
        required=tuple(rule.code for rule in required),
        optional=tuple(optional),
        undetermined=tuple(undetermined),
        deficient=_deficient(required, facts, pack),
        missing=frozenset(missing - {"high_risk", "supervision_required"}),
        reasons=tuple(_reason(rule) for rule in required),
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
    """Say whether a gap stands now that no earlier notice named, though the facts did not change (第二十七条(三))."""
    visits = facts["visits"]
    notices = [visit for visit in visits if isinstance(visit, Visit)] if isinstance(visits, tuple) else []
    told = [visit for visit in notices if visit.noticed is not None]
    if not told or deficient == UNDETERMINED or any(visit.facts_changed for visit in notices):
        return False
    named = {code for visit in told for code in visit.noticed or ()}
    return any(code not in named for code in deficient)


def _deficient(required: list[MaterialRule], facts: Facts, pack: PolicyPack) -> tuple[str, ...] | Undetermined:
    if facts["provided_materials"] is UNKNOWN:
        return UNDETERMINED
    provided = facts.texts("provided_materials")
    return tuple(rule.code for rule in required if rule.code not in provided or objection(rule, facts, pack))


def _reason(rule: MaterialRule) -> Reason:
    looked_at = tuple(sorted(facts_of(rule.required)))
    return Reason(decides="required_materials", article=rule.article, because=f"应提交{rule.label}。", facts=looked_at)
