"""What is said of one rule: its sentence for this matter, its answer in a word, and whether it decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from desktop.domain.explained_rules import Rule, Trace, sentences_of
from desktop.domain.explanation import Answer, Step
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome
from desktop.domain.sentences import fill_in, plain_number

_PLACE: Final = re.compile(r"\{(\w+)\}")
_WORDS: Final[Mapping[Answer, str]] = {
    Answer.HOLDS: "成立",
    Answer.FAILS: "不成立",
    Answer.UNKNOWN: "未定",
    Answer.NOT_ASKED: "不再问",
}
_OF_MATERIALS: Final[Mapping[Answer, str]] = {Answer.HOLDS: "应当提交", Answer.FAILS: "不需要"}
# By which decision of the assessment a rule shows that it decided.
_DECIDES: Final[Mapping[Step, str]] = {Step.STOPS: "outcome", Step.ABOVE_LIMIT: "article4_item"}


def answer_words(rule: Rule, here: Trace) -> str:
    """Say the answer of a rule in a word."""
    answer = here.answers[rule.key].answer
    if rule.step is not Step.MATERIALS:
        return _WORDS[answer]
    if answer is Answer.FAILS and _code(rule) in here.assessment.optional_materials:
        return "可以提交"
    return _OF_MATERIALS.get(answer, _WORDS[answer])


def is_decisive(rule: Rule, here: Trace) -> bool:
    """Say whether the result rests on this rule."""
    assessment, answer = here.assessment, here.answers[rule.key].answer
    match rule.step:
        case Step.SCOPE:
            decided = (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, Outcome.PERMIT_REQUIRED)
            return assessment.outcome in decided and answer is not Answer.NOT_ASKED
        case Step.SUPERVISION:
            return answer is Answer.HOLDS
        case Step.HIGH_RISK:
            return rule.item in assessment.high_risk_items
        case Step.DEPARTMENTS | Step.COUNTER:
            return answer is Answer.HOLDS
        case Step.MATERIALS:
            return _code(rule) in assessment.required_materials
    decided_by = assessment.reasons_for(_DECIDES[rule.step])
    return answer is Answer.HOLDS and any(reason.article == rule.article for reason in decided_by)


def sentence_of(rule: Rule, here: Trace, pack: PolicyPack) -> str:
    """Give the sentence of a rule, with the values of this matter where it holds."""
    answer = here.answers[rule.key].answer
    match rule.step:
        case Step.SCOPE:
            return _scope_sentence(answer, here, pack)
        case Step.STOPS | Step.HIGH_RISK | Step.COUNTER:
            if answer is Answer.HOLDS:
                return _filled(sentences_of(rule, here.facts, pack), here.facts, pack)
            return "" if rule.label else _open(rule.sentence, here.facts, pack)
        case Step.SUPERVISION:
            return _filled(rule.sentence, here.facts, pack)
        case Step.MATERIALS:
            return _material_sentence(rule, here)
    return ""


def note_of(rule: Rule, here: Trace) -> str:
    """Say why a rule was not asked, or was not needed any more."""
    if here.answers[rule.key].answer is not Answer.NOT_ASKED:
        return ""
    match rule.step:
        case Step.STOPS | Step.SCOPE:
            return "前面的规则已有结论"
        case Step.ABOVE_LIMIT:
            return "不在限额以上，或者前面已有结论"
        case Step.HIGH_RISK:
            return local("只对可以登记的小型工程判定")
        case Step.COUNTER:
            return "前面的一条已定受理地点，或者本件不登记"
        case Step.DEPARTMENTS:
            return "前面的一条已定主管部门，或者本件不登记"
    return "本件不登记"


def _scope_sentence(answer: Answer, here: Trace, pack: PolicyPack) -> str:
    scope = next((scope for scope in pack.scopes if scope.kind == here.facts.text("kind")), None)
    if scope is None or answer not in (Answer.HOLDS, Answer.FAILS):
        return ""
    said = scope.because_within if answer is Answer.HOLDS else scope.because_above
    return _filled(said, here.facts, pack)


def _material_sentence(rule: Rule, here: Trace) -> str:
    reasons = here.assessment.reasons_for("deficiency_items")
    faulty = [reason.because for reason in reasons if reason.because.startswith(f"{rule.label}：")]
    return "".join(sentence.removeprefix(f"{rule.label}：") for sentence in faulty)


def _filled(sentence: str, facts: Facts, pack: PolicyPack) -> str:
    """Fill in settings and facts."""
    return fill_in(_with_settings(sentence, facts, pack), facts, word_of=pack.label_of)


def _open(sentence: str, facts: Facts, pack: PolicyPack) -> str:
    """Fill in the settings; places of facts stay open, as the rule does not speak of this matter."""
    return _PLACE.sub("…", _with_settings(sentence, facts, pack))


def _with_settings(sentence: str, facts: Facts, pack: PolicyPack) -> str:
    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in pack.parameters:
            return match[0]
        number = facts.config.get(name, pack.number(name))
        if number is None:
            return "（本规则未填写）"
        return f"{plain_number(number / 10000)}万元" if name.endswith("_yuan") else plain_number(number)

    return _PLACE.sub(put, sentence)


def _code(rule: Rule) -> str:
    return rule.key.partition(".")[2]
