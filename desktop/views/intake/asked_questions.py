"""Which questions of the pack concern the matter as answered so far; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.conditions import evaluate
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts, FactType, FactValue, spec_of
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Question

# Questions may follow from questions; the packs chain at most a few deep.
_MOST_ROUNDS: Final = 8
_USUAL: Final = "general"
_REST: Final = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The questions that concern a matter, in the pack's order, and its facts with their answers."""

    questions: tuple[Question, ...]
    facts: Facts


def asked_questions(pack: PolicyPack, base: Facts, answers: Mapping[str, FactValue]) -> Asked:
    """Give the questions whose conditions hold over the facts and the answers of the questions shown.

    ``base`` are facts asked elsewhere on the form; an answer to a question that is not shown never counts.
    """
    shown: tuple[Question, ...] = ()
    facts = base
    for _ in range(_MOST_ROUNDS):
        after = tuple(question for question in pack.questions if _concerns(question, facts, pack))
        if after == shown:
            break
        shown = after
        facts = base.with_facts(**{question.fact: answers.get(question.fact, UNKNOWN) for question in shown})
    return Asked(questions=shown, facts=facts)


def plain_no(question: Question, pack: PolicyPack) -> FactValue | None:
    """Give the answer that says "none of this", None for a question that has no such answer."""
    spec = spec_of(question.fact)
    if spec is None:
        return None
    match spec.type:
        case FactType.FLAG | FactType.FLAG_OR_TEXT:
            return False
        case FactType.TEXTS:
            return ()
        case FactType.NUMBER if spec.when_absent is NOT_APPLICABLE:
            return NOT_APPLICABLE
        case FactType.TEXT:
            return _nothing_special(question, pack) if spec.when_absent is NOT_APPLICABLE else None
        case _:
            return None


def _nothing_special(question: Question, pack: PolicyPack) -> FactValue | None:
    """Answer a closed list by its own word for the usual; one with a word for the rest must be looked at."""
    codes = {choice.code for choice in pack.choices.get(question.fact, ())}
    if _USUAL in codes:
        return _USUAL
    return NOT_APPLICABLE if codes and _REST not in codes else None


def _concerns(question: Question, facts: Facts, pack: PolicyPack) -> bool:
    if facts.text("kind") not in question.kinds or _is_open_list(question, pack):
        return False
    return evaluate(question.when, _with_limits(facts, pack), pack.numbers()).holds is True


def _is_open_list(question: Question, pack: PolicyPack) -> bool:
    """Say whether a question offers a closed list that nobody has filled in yet: there is nothing to choose."""
    spec = spec_of(question.fact)
    return spec is not None and spec.type is FactType.TEXTS and not pack.choices.get(question.fact)


def _with_limits(facts: Facts, pack: PolicyPack) -> Facts:
    """Add whether the matter exceeds the limits, which some questions depend on."""
    scope = next((scope for scope in pack.scopes if scope.kind == facts.text("kind")), None)
    if scope is None:
        return facts
    within = evaluate(scope.within, facts, pack.numbers()).holds
    return facts.with_facts(above_limit=UNKNOWN if within is None else not within)
