"""Other values that one declared fact could have, as near to the declared one as the rules can tell apart.

Between two bounds of a pack nothing that is asked of a number changes; so the values at each bound and just beside it
are all that need be tried, and the nearest that turns a rule is the smallest change there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from desktop.domain.conditions import NUMBER_OPS, All, AnyOf, Compare, Condition, Not, evaluate
from desktop.domain.explained_rules import EFFECTIVE
from desktop.domain.fact_words import code_word, fact_label, number_words
from desktop.domain.facts import (
    DERIVED_SPECS,
    NOT_APPLICABLE,
    UNKNOWN,
    Facts,
    FactType,
    FactValue,
    spec_of,
)
from desktop.domain.pack import PolicyPack

_STEP: Final = Decimal("0.01")
_DAY: Final = timedelta(days=1)
# What happened at the window, or what makes the matter another one altogether.
_NOT_CHANGED: Final = frozenset({"kind", "filed_on", "visits"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Another value of one fact: ``distance`` orders the values of a number, ``words`` say the change."""

    fact: str
    value: FactValue
    words: str
    distance: Decimal = Decimal(0)


@dataclass(slots=True)
class _Asked:
    """What the rules ask of one fact."""

    bounds: set[Decimal] = field(default_factory=set)
    codes: dict[str, None] = field(default_factory=dict)
    is_dated: bool = False


def candidates(
    facts: Facts, pack: PolicyPack, conditions: Iterable[Condition], *, wanted_papers: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """List every other value worth trying; ``wanted_papers`` are the codes of papers that are wanting."""
    asked = _asked_of(facts, pack, conditions)
    found = [
        candidate
        for name, wanted in asked.items()
        if name not in _NOT_CHANGED and _can_be_declared(name, facts, pack)
        for candidate in _others(name, facts, pack, wanted)
    ]
    return (*found, *_channels(facts, pack), *_papers(facts, pack, wanted_papers))


def _asked_of(facts: Facts, pack: PolicyPack, conditions: Iterable[Condition]) -> Mapping[str, _Asked]:
    asked: dict[str, _Asked] = {}
    for condition in conditions:
        for compare in compares_of(condition):
            for name in EFFECTIVE.get(compare.fact, (compare.fact,)):
                if name in DERIVED_SPECS:
                    continue
                _note(asked.setdefault(name, _Asked()), compare, facts, pack)
    return asked


def _note(asked: _Asked, compare: Compare, facts: Facts, pack: PolicyPack) -> None:
    if compare.op in NUMBER_OPS:
        bound = Decimal(str(compare.value)) if compare.parameter is None else _set(compare.parameter, facts, pack)
        if bound is not None and bound > 0:
            asked.bounds.add(bound)
    elif compare.op == "before_filing":
        asked.is_dated = True
    else:
        values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
        asked.codes.update((value, None) for value in values if isinstance(value, str))


def _set(parameter: str, facts: Facts, pack: PolicyPack) -> Decimal | None:
    return facts.config.get(parameter, pack.number(parameter))


def compares_of(condition: Condition) -> Iterator[Compare]:
    """Give every comparison of a fact that a condition makes, in its order."""
    match condition:
        case Compare():
            yield condition
        case Not(part):
            yield from compares_of(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from compares_of(part)


def _can_be_declared(name: str, facts: Facts, pack: PolicyPack) -> bool:
    """Say whether the fact was declared, or is asked about a matter like this one."""
    if facts[name] is UNKNOWN:
        return False
    if facts.is_stated(name):
        return True
    kind, numbers = facts.text("kind"), pack.numbers()
    asked = (question for question in pack.questions if question.fact == name and kind in question.kinds)
    return any(evaluate(question.when, facts, numbers).holds is not False for question in asked)


def _others(name: str, facts: Facts, pack: PolicyPack, asked: _Asked) -> Iterator[Candidate]:
    spec, value = spec_of(name), facts[name]
    label = fact_label(name, pack, kind=facts.text("kind"))
    match spec.type if spec is not None else None:
        case FactType.NUMBER:
            yield from _numbers(name, label, value, pack, asked.bounds)
        case FactType.FLAG:
            yield Candidate(fact=name, value=not value, words=f"“{label}”改为“{'否' if value else '是'}”")
        case FactType.FLAG_OR_TEXT:
            yield from _flags_or_texts(name, label, value, pack, asked)
        case FactType.CHOICE | FactType.TEXT:
            yield from _codes(name, label, value, facts, pack, asked)
        case FactType.TEXTS:
            yield from _lists(name, label, value, pack, asked)
        case FactType.DATE:
            filed_on = facts.day("filed_on")
            if asked.is_dated and isinstance(value, date) and filed_on is not None:
                yield _dated(name, label, value, filed_on)


def _numbers(
    name: str, label: str, value: FactValue, pack: PolicyPack, bounds: Iterable[Decimal]
) -> Iterator[Candidate]:
    for bound in bounds:
        said = number_words(name, bound, pack)
        if not isinstance(value, Decimal):
            yield Candidate(fact=name, value=bound, words=f"{label}填为{said}（现为不适用）", distance=bound)
            above = bound + _STEP
            yield Candidate(fact=name, value=above, words=f"{label}填为大于{said}（现为不适用）", distance=above)
            continue
        away = abs(bound - value)
        difference = number_words(name, away, pack)
        if bound > value:
            yield Candidate(fact=name, value=bound, words=f"{label}增加{difference}（达到{said}）", distance=away)
        elif bound < value:
            words = f"{label}减少{difference}（不超过{said}）"
            yield Candidate(fact=name, value=bound, words=words, distance=away)
        if bound >= value:
            words = f"增加超过{difference}（大于{said}）" if away else f"略有增加（大于{said}）"
            yield Candidate(fact=name, value=bound + _STEP, words=f"{label}{words}", distance=away + _STEP)
        if bound <= value:
            words = f"减少超过{difference}（小于{said}）" if away else f"略有减少（小于{said}）"
            yield Candidate(fact=name, value=bound - _STEP, words=f"{label}{words}", distance=away + _STEP)


def _flags_or_texts(name: str, label: str, value: FactValue, pack: PolicyPack, asked: _Asked) -> Iterator[Candidate]:
    if value is not False and value != "":
        yield Candidate(fact=name, value=False, words=f"“{label}”改为“否”")
    if value is not True and not isinstance(value, str):
        yield Candidate(fact=name, value=True, words=f"“{label}”改为“是”")
    for code in asked.codes:
        if code != value:
            yield Candidate(fact=name, value=code, words=f"“{label}”改为“{code_word(name, code, pack)}”")


def _codes(
    name: str, label: str, value: FactValue, facts: Facts, pack: PolicyPack, asked: _Asked
) -> Iterator[Candidate]:
    known = _known_codes(name, facts, pack)
    spec = spec_of(name)
    if not known and isinstance(value, str) and value:
        yield Candidate(fact=name, value="", words=f"不填“{label}”")
    elif not known:
        yield Candidate(fact=name, value="有", words=f"填写“{label}”")
    elif isinstance(value, str) and spec is not None and spec.when_absent is NOT_APPLICABLE:
        yield Candidate(fact=name, value=NOT_APPLICABLE, words=f"“{label}”改为不适用")
    unlisted = [code for code in known if code not in asked.codes][:1]
    for code in (*(code for code in known if code in asked.codes), *unlisted):
        if code != value:
            yield Candidate(fact=name, value=code, words=f"“{label}”改为“{code_word(name, code, pack)}”")


def _known_codes(name: str, facts: Facts, pack: PolicyPack) -> tuple[str, ...]:
    if name == "category":
        kind = facts.text("kind")
        return tuple(category.code for category in pack.categories if category.kind == kind)
    spec = spec_of(name)
    listed = tuple(choice.code for choice in pack.choices.get(name, ()))
    return listed or (spec.choices if spec is not None else ())


def _lists(name: str, label: str, value: FactValue, pack: PolicyPack, asked: _Asked) -> Iterator[Candidate]:
    listed = tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()
    known = [choice.code for choice in pack.choices.get(name, ())]
    if listed:
        yield Candidate(fact=name, value=(), words=f"“{label}”改为没有")
    for code in listed if len(listed) > 1 else ():
        left = tuple(item for item in listed if item != code)
        yield Candidate(fact=name, value=left, words=f"“{label}”去掉“{code_word(name, code, pack)}”")
    added = [code for code in known if code in asked.codes and code not in listed] or known[: not listed]
    for code in added:
        words = f"“{label}”加上“{code_word(name, code, pack)}”"
        yield Candidate(fact=name, value=(*listed, code), words=words)


def _dated(name: str, label: str, value: date, filed_on: date) -> Candidate:
    if value < filed_on:
        return Candidate(fact=name, value=filed_on, words=f"{label}到申报当日（{filed_on}）或者以后")
    before = filed_on - _DAY
    return Candidate(fact=name, value=before, words=f"{label}在申报当日以前届满（{before}或者更早）")


def _channels(facts: Facts, pack: PolicyPack) -> Iterator[Candidate]:
    spec, value = spec_of("filing_channel"), facts["filing_channel"]
    for code in spec.choices if spec is not None and isinstance(value, str) else ():
        if code != value:
            word = code_word("filing_channel", code, pack)
            yield Candidate(fact="filing_channel", value=code, words=f"改为{word}")


def _papers(facts: Facts, pack: PolicyPack, wanted: Iterable[str]) -> Iterator[Candidate]:
    provided = facts.texts("provided_materials")
    if facts["provided_materials"] is UNKNOWN:
        return
    for code in wanted:
        if code not in provided:
            words = f"补交“{code_word('provided_materials', code, pack)}”"
            yield Candidate(fact="provided_materials", value=(*provided, code), words=words)
