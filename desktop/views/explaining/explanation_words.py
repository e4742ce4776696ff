"""The explanation as the window shows it: the words and tones of its tree, and the text beside it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from desktop.domain.explanation import Answer, Conclusion, Explanation, RuleSeen, SingleChange, Step
from desktop.domain.explanation_text import GAP
from desktop.domain.local_rules import in_brackets, local
from desktop.views.shared.chips import Tone
from desktop.views.theme import COLOURS

TONES: Final[Mapping[Answer, Tone]] = {
    Answer.HOLDS: Tone.BLUE,
    Answer.FAILS: Tone.GREY,
    Answer.UNKNOWN: Tone.AMBER,
    Answer.NOT_ASKED: Tone.GREY,
}
# Papers and days follow from what decided; they stand under their own headings.
_DECIDING_STEPS: Final = frozenset({Step.STOPS, Step.SCOPE, Step.ABOVE_LIMIT, Step.HIGH_RISK, Step.SUPERVISION})
_MARK: Final = "●"


def deciding_rules(explanation: Explanation) -> tuple[RuleSeen, ...]:
    """Give the rules on which the result rests, and while it is open those that keep it open."""
    found = (rule for rule in explanation.rules if rule.step in _DECIDING_STEPS)
    return tuple(rule for rule in found if rule.is_decisive or rule.answer is Answer.UNKNOWN)


def rule_title(rule: RuleSeen) -> str:
    """Give the line of a rule in the tree."""
    words = rule.label or rule.sentence
    return "　".join(part for part in (rule.article, words) if part)


def answer_title(rule: RuleSeen) -> str:
    """Give the answer of a rule in the tree; one that decided is marked."""
    return f"{_MARK} {rule.answer_words}" if rule.is_decisive else rule.answer_words


def conclusions_html(explanation: Explanation) -> str:
    """Write the results of the whole, then what would change those that a single fact may change."""
    rows = "".join(_result(conclusion) for conclusion in explanation.conclusions)
    changing = (conclusion for conclusion in explanation.conclusions if conclusion.changes or conclusion.note)
    # What a risk hangs on is asked for most.
    ordered = sorted(changing, key=lambda conclusion: conclusion.what != "high_risk")
    return f'<table cellspacing="0" cellpadding="3">{rows}</table>' + "".join(map(_what_changes, ordered))


def rules_html(title: str, rules: Iterable[RuleSeen]) -> str:
    """Write the rules of one test one under the other."""
    return f"<h3>{escape(title)}</h3>" + "<hr/>".join(map(rule_html, rules))


def rule_html(rule: RuleSeen) -> str:
    """Write one rule: what it says, its answer, what it looked at, and what would change it."""
    tone = TONES[rule.answer].ink.name()
    head = escape("　".join(part for part in (rule.article, rule.label) if part))
    parts = [f'<p><b>{head}</b>　<span style="color: {tone};"><b>{escape(answer_title(rule))}</b></span></p>']
    if rule.sentence:
        parts.append(f"<p>{escape(rule.sentence)}</p>")
    parts.append(_looked_at(rule))
    if rule.wanting:
        parts.append(_line("缺", "、".join(rule.wanting), Tone.AMBER))
    if rule.follows:
        parts.append(_line("随以下判定而变", "、".join(rule.follows), Tone.GREY))
    if rule.note:
        parts.append(f'<p style="color: {COLOURS.ink_soft};">{escape(rule.note)}</p>')
    parts += map(_change, rule.changes)
    return "".join(parts)


def _result(conclusion: Conclusion) -> str:
    articles = in_brackets("、".join(conclusion.articles))
    return _row(conclusion.label, f"<b>{escape(conclusion.value)}</b>{escape(articles)}")


def _what_changes(conclusion: Conclusion) -> str:
    head = f"<h3>怎样会改变“{escape(conclusion.label)}”</h3>"
    note = f'<p style="color: {COLOURS.ink_soft};">{escape(conclusion.note)}</p>' if conclusion.note else ""
    return head + note + "".join(map(_change, conclusion.changes))


def _looked_at(rule: RuleSeen) -> str:
    rows = "".join(_rows(rule))
    return f'<table cellspacing="0" cellpadding="3">{rows}</table>' if rows else ""


def _rows(rule: RuleSeen) -> Iterator[str]:
    for fact in rule.facts:
        ink = COLOURS.amber if fact.is_wanting else COLOURS.ink
        yield _row(fact.label, f'<span style="color: {ink};">{escape(fact.value)}</span>')
    for setting in rule.settings:
        said = (
            escape(setting.value)
            if setting.value is not None
            else f'<span style="color: {COLOURS.amber};">{GAP}</span>'
        )
        yield _row(f"规则：{setting.label}", said + ("（未核实）" if setting.is_unverified else ""))


def _row(label: str, value: str) -> str:
    return f'<tr><td style="color: {COLOURS.ink_faint};">{escape(label)}</td><td>{value}</td></tr>'


def _line(label: str, text: str, tone: Tone) -> str:
    return f'<p style="color: {tone.ink.name()};">{escape(label)}：{escape(text)}</p>'


def _change(change: SingleChange) -> str:
    effects = "".join(f"<li>{escape(effect.words)}</li>" for effect in change.effects)
    ink = Tone.GREEN.ink.name()
    return f'<p style="color: {ink};"><b>{escape(local("如果"))}{escape(change.words)}</b></p><ul>{effects}</ul>'
