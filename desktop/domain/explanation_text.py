"""An explanation as plain Chinese lines for the command line, the clipboard and paper, and as a plain form for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desktop.domain.explanation import STEP_WORDS, Conclusion, Explanation, RuleSeen, SingleChange
from desktop.domain.facts import Blank, FactValue
from desktop.domain.local_rules import in_brackets, local

GAP: str = "本规则未填写的设置"
_INDENT = "    "


def explanation_lines(explanation: Explanation, *, heading: str = "") -> tuple[str, ...]:
    """Write the whole derivation, what decided first in each test."""
    return tuple(_lines(explanation, heading))


def _lines(explanation: Explanation, heading: str) -> Iterator[str]:
    if heading:
        yield heading
    yield f"适用规则：{explanation.pack_title}（{explanation.assessment.pack_version}）"
    if explanation.banner:
        yield explanation.banner
    yield ""
    yield "【结论】"
    for conclusion in explanation.conclusions:
        yield from _conclusion(conclusion)
    for step in explanation.steps():
        yield ""
        yield f"【{local(STEP_WORDS[step])}】"
        for rule in explanation.of_step(step):
            yield from _rule(rule)


def _conclusion(conclusion: Conclusion) -> Iterator[str]:
    articles = in_brackets("、".join(conclusion.articles))
    yield f"{conclusion.label}：{conclusion.value}{articles}"
    if conclusion.note:
        yield f"{_INDENT}{conclusion.note}"
    yield from (f"{_INDENT}{change_line(change)}" for change in conclusion.changes)


def _rule(rule: RuleSeen) -> Iterator[str]:
    yield f"{'●' if rule.is_decisive else '○'} [{rule.answer_words}] {rule_heading(rule)}"
    yield from (f"{_INDENT}{line}" for line in rule_lines(rule))


def rule_heading(rule: RuleSeen) -> str:
    """Say which rule it is: its article, and its label or its sentence."""
    words = rule.label or rule.sentence
    return f"{rule.article}　{words}" if rule.article else words


def rule_lines(rule: RuleSeen) -> tuple[str, ...]:
    """Say what a rule looked at, what it waits for, and what would change its answer, a line each."""
    return tuple(_details(rule))


def _details(rule: RuleSeen) -> Iterator[str]:
    if rule.label and rule.sentence:
        yield rule.sentence
    if rule.facts:
        yield "看的事实：" + "；".join(f"{fact.label}：{fact.value}" for fact in rule.facts)
    if rule.settings:
        yield "比的参数：" + "；".join(
            f"{setting.label}：{setting.value or GAP}{'（未核实）' if setting.is_unverified else ''}"
            for setting in rule.settings
        )
    if rule.wanting:
        yield "缺：" + "、".join(rule.wanting)
    if rule.follows:
        yield "随以下判定而变：" + "、".join(rule.follows)
    if rule.note:
        yield rule.note
    yield from map(change_line, rule.changes)


def change_line(change: SingleChange) -> str:
    """Say a change and what comes of it."""
    return f"如果{change.words}，则{'；'.join(effect.words for effect in change.effects)}"


def explanation_to_plain(explanation: Explanation) -> dict[str, object]:
    """Give the explanation in values that JSON knows."""
    return {
        "pack_id": explanation.assessment.pack_id,
        "pack_version": explanation.assessment.pack_version,
        "pack_title": explanation.pack_title,
        "banner": explanation.banner,
        "conclusions": [
            {
                "what": one.what,
                "label": one.label,
                "value": one.value,
                "articles": list(one.articles),
                "changes": [_change_to_plain(change) for change in one.changes],
                "note": one.note,
            }
            for one in explanation.conclusions
        ],
        "rules": [_rule_to_plain(rule) for step in explanation.steps() for rule in explanation.of_step(step)],
    }


def _rule_to_plain(rule: RuleSeen) -> dict[str, object]:
    return {
        "key": rule.key,
        "step": rule.step.value,
        "article": rule.article,
        "label": rule.label,
        "sentence": rule.sentence,
        "answer": rule.answer.value,
        "answer_words": rule.answer_words,
        "is_decisive": rule.is_decisive,
        "facts": [
            {"name": fact.name, "label": fact.label, "value": fact.value, "is_wanting": fact.is_wanting}
            for fact in rule.facts
        ],
        "settings": [
            {
                "name": setting.name,
                "label": setting.label,
                "value": setting.value,
                "article": setting.article,
                "is_unverified": setting.is_unverified,
            }
            for setting in rule.settings
        ],
        "wanting": list(rule.wanting),
        "follows": list(rule.follows),
        "changes": [_change_to_plain(change) for change in rule.changes],
        "note": rule.note,
    }


def _change_to_plain(change: SingleChange) -> dict[str, object]:
    return {
        "fact": change.fact,
        "value": _plain(change.value),
        "words": change.words,
        "effects": [
            {"what": effect.what, "label": effect.label, "before": effect.before, "after": effect.after}
            for effect in change.effects
        ],
    }


def _plain(value: FactValue) -> object:
    if isinstance(value, Blank):
        return value.value
    if isinstance(value, Decimal | date):
        return str(value)
    return [str(item) for item in value] if isinstance(value, tuple) else value
