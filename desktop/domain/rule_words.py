"""The conditions of a rule file in Chinese words, with the labels of its own questions, choices and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from desktop.domain.fact_words import usual_label

_OPS: Final[Mapping[str, str]] = {
    "at_least": "不小于",
    "more_than": "大于",
    "at_most": "不大于",
    "less_than": "小于",
    "is": "为",
    "stated_as": "填明为",
    "one_of": "为其中之一：",
    "includes_any": "含其中之一：",
}


class RuleWords:
    """Says the conditions of one tree; what has no label is said by its key."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._facts = {
            str(entry["fact"]): str(entry.get("label", entry["fact"])).rstrip("？?")
            for entry in _listed(tree.get("questions"))
            if "fact" in entry
        }
        self._numbers = _tables(tree.get("parameters"))
        choices = tree.get("choices")
        self._choices = {
            str(fact): _labels(values) for fact, values in (choices if isinstance(choices, Mapping) else {}).items()
        }
        self._choices.setdefault("category", _labels(tree.get("categories")))

    def name(self, section: str, name: str) -> str:
        """Say the name of an entry that has no label of its own."""
        if section == "parameters":
            return str(self._numbers.get(name, {}).get("label", name))
        return self._fact(name)

    @staticmethod
    def is_condition(value: Mapping[str, Any]) -> bool:
        """Say whether a table is a condition."""
        return bool({"fact", "all", "any", "not", "ref", "setting"} & value.keys()) and "label" not in value

    def condition(self, raw: Any) -> str:
        """Say a condition."""
        match raw:
            case {"all": [*parts]}:
                return "并且".join(self._part(part) for part in parts)
            case {"any": [*parts]}:
                return "或者".join(self._part(part) for part in parts)
            case {"not": part}:
                return f"不是（{self.condition(part)}）"
            case {"ref": name}:
                return f"符合条件“{name}”"
            case {"setting": name, **rest}:
                return self._compared(self.name("parameters", str(name)), _texts(rest), {})
            case {"fact": fact, **rest}:
                return self._compared(self._fact(str(fact)), _texts(rest), self._choices.get(str(fact), {}))
            case _:
                return "任何情形"

    def _fact(self, name: str) -> str:
        return self._facts.get(name) or usual_label(name)

    def _part(self, raw: Any) -> str:
        said = self.condition(raw)
        return f"（{said}）" if isinstance(raw, Mapping) and ("all" in raw or "any" in raw) else said

    def _compared(self, what: str, rest: Mapping[str, Any], choices: Mapping[str, str]) -> str:
        said = [what]
        for op, value in rest.items():
            if op == "if_not_applicable":
                said.append({True: "（不适用的算符合）", False: ""}.get(value, "（不适用的算未知）"))
            elif op == "not_empty":
                said.append("已填")
            elif op == "before_filing":
                said.append("早于申报之日")
            else:
                said.append(f"{_OPS.get(op, op)}{self._value(value, choices)}")
        return "".join(said) if rest else f"{what}：是"

    def _value(self, value: Any, choices: Mapping[str, str]) -> str:
        if isinstance(value, list):
            return "、".join(self._value(each, choices) for each in value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str) and value.startswith("@"):
            known = self._numbers.get(value[1:], {})
            return f"{known.get('value', '（未填）')}（{known.get('label', value[1:])}）"
        return choices.get(str(value), str(value))


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in value or () if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _labels(value: Any) -> dict[str, str]:
    return {str(entry["code"]): str(entry.get("label", entry["code"])) for entry in _listed(value) if "code" in entry}


def _texts(rest: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in rest.items()}


def _tables(value: Any) -> dict[str, Mapping[str, Any]]:
    found = value.items() if isinstance(value, Mapping) else ()
    return {key: each for key, each in found if isinstance(each, Mapping)}
