"""Whether a condition can hold for any matter at all: a rule that never can is a slip of its author.

The values that a condition tells apart are tried one by one, the rest stays unknown; numbers are tried on both sides
of each limit.  A condition with too many of them is taken to be able to hold: nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final

from desktop.domain.conditions import NUMBER_OPS, Compare, Condition, evaluate, facts_of
from desktop.domain.facts import (
    DERIVED_SPECS,
    FACT_SPECS,
    NOT_APPLICABLE,
    UNKNOWN,
    Facts,
    FactType,
    FactValue,
    spec_of,
)
from desktop.domain.pack import PolicyPack
from desktop.policy.pack_rules import compared, values_of

_MOST_TRIALS: Final = 4096
_STEP: Final = Decimal("0.01")
# A value that no list offers stands for every other there may be.
_OTHER: Final = "\0"
_NOTHING_KNOWN: Final[Mapping[str, FactValue]] = dict.fromkeys((*FACT_SPECS, *DERIVED_SPECS), UNKNOWN)


def can_hold(condition: Condition, pack: PolicyPack, kinds: tuple[str, ...]) -> bool:
    """Say whether some matter of these kinds makes the condition hold, or leaves it open."""
    numbers = pack.numbers()
    named = facts_of(condition) - {"kind", "category"}
    trials = {fact: _values(fact, condition, pack) for fact in sorted(named)}
    is_matter_asked = len(named) < len(facts_of(condition))
    matters = tuple(_matters(pack, kinds)) if is_matter_asked else ({},)
    if prod(map(len, trials.values())) * len(matters) > _MOST_TRIALS:
        trials = {}
    for matter in matters:
        for values in product(*trials.values()):
            stated = {**_NOTHING_KNOWN, **matter, **dict(zip(trials, values, strict=True))}
            if evaluate(condition, Facts(stated), numbers).holds is not False:
                return True
    return False


def always_holds(condition: Condition, pack: PolicyPack, kind: str) -> bool:
    """Say whether the condition holds for every matter of a kind, whatever else is so."""
    return evaluate(condition, Facts({**_NOTHING_KNOWN, "kind": kind}), pack.numbers()).holds is True


def may_concern(condition: Condition, pack: PolicyPack, *, kind: str, category: str) -> bool:
    """Say whether the condition may hold for some matter of a category."""
    matter = {**_NOTHING_KNOWN, "kind": kind, "category": category}
    return evaluate(condition, Facts(matter), pack.numbers()).holds is not False


def _matters(pack: PolicyPack, kinds: tuple[str, ...]) -> Iterator[dict[str, FactValue]]:
    for category in pack.categories:
        if category.kind in kinds:
            yield {"kind": category.kind, "category": category.code}


def _values(fact: str, condition: Condition, pack: PolicyPack) -> tuple[FactValue, ...]:
    spec = spec_of(fact)
    asked = tuple(each for each in compared(condition) if each.fact == fact)
    if spec is None:
        return (UNKNOWN,)
    offered = _offered(fact, pack)
    named = {value for each in asked for value in values_of(each) if not offered or value in offered}
    blank: tuple[FactValue, ...] = (NOT_APPLICABLE,) if spec.when_absent is NOT_APPLICABLE else ()
    match spec.type:
        case FactType.FLAG:
            return (True, False)
        case FactType.FLAG_OR_TEXT:
            return (True, False, *sorted(named))
        case FactType.TEXTS:
            return ((), (_OTHER,), tuple(sorted(named)), *((value,) for value in sorted(named)))
        case FactType.NUMBER:
            return (*_numbers(asked, pack), *blank)
        case FactType.CHOICE | FactType.TEXT:
            return (*sorted(named), _OTHER, *blank)
        case _:
            return (UNKNOWN,)


def _offered(fact: str, pack: PolicyPack) -> frozenset[str]:
    return frozenset(choice.code for choice in pack.choices.get(fact, ()))


def _numbers(asked: tuple[Compare, ...], pack: PolicyPack) -> tuple[FactValue, ...]:
    bounds = set[Decimal]()
    for each in asked:
        if each.op not in NUMBER_OPS:
            continue
        bound = each.value if each.parameter is None else pack.number(each.parameter)
        if not isinstance(bound, Decimal):
            # A gap: whatever the number is, the comparison stays open.
            return (UNKNOWN,)
        bounds.add(bound)
    near = {around for bound in bounds for around in (bound - _STEP, bound, bound + _STEP)}
    return tuple(sorted(number for number in near if number >= 0)) or (UNKNOWN,)
