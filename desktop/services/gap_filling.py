"""Filling in what the documents of a place leave open: each number and class with its source, as a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_numbers import number_fault
from desktop.domain.pack_rules import OpenList, Parameter
from desktop.domain.pack_version import FilledList, FilledNumber, PackTree
from desktop.domain.typed_text import clean_text, text_fault

UNVERIFIED: Final = "未核实"  # in a source: what is taken on such a one says so wherever it is shown
_LONGEST_SOURCE: Final = 120
_LONGEST_LABEL: Final = 120
_MOST_CLASSES: Final = 40


def filled(
    tree: PackTree, pack: PolicyPack, *, numbers: Sequence[FilledNumber], lists: Sequence[FilledList]
) -> PackTree:
    """Give the tree with some of its gaps filled in; the others stay open.

    A class becomes a value of the fact that the list names, and an item of key works.  Raises ``FaultyInput`` with
    every number and class that is unfit; ``where`` is the name of the number or ``<list>[<place>]``.
    """
    faults = [*_number_faults(pack, numbers), *_list_faults(pack, lists)]
    if faults:
        raise FaultyInput(tuple(faults))
    rules = dict(tree.rules)
    rules["parameters"] = {**rules.get("parameters", {}), **_settled(rules.get("parameters", {}), numbers)}
    for asked in lists:
        opened = _open_list(pack, asked.code)
        assert opened is not None
        rules = _with_classes(rules, opened, asked)
    return PackTree(rules=rules, papers=tree.papers)


def _settled(parameters: Mapping[str, Any], numbers: Sequence[FilledNumber]) -> dict[str, Any]:
    settled: dict[str, Any] = {}
    for number in numbers:
        kept = {key: value for key, value in parameters[number.name].items() if key in ("label", "words")}
        source = clean_text(number.source)
        value = str(Decimal(number.value.strip()))
        settled[number.name] = {**kept, "value": value, "article": source}
        if UNVERIFIED in source:
            settled[number.name]["unverified"] = True
    return settled


def _with_classes(rules: dict[str, Any], opened: OpenList, asked: FilledList) -> dict[str, Any]:
    choices, items = dict(rules.get("choices", {})), list(rules.get("high_risk", ()))
    values = list(choices.get(opened.fact, ()))
    last = max((item.get("item", 0) for item in items if isinstance(item, Mapping)), default=0)
    for place, one in enumerate(asked.classes, start=1):
        code, label = f"{opened.code}_{place}", clean_text(one.label)
        values.append({"code": code, "label": label})
        items.append(
            {
                "item": last + place,
                "article": clean_text(one.source),
                "label": label,
                "because": f"属于{label}。",
                "when": {"fact": opened.fact, "includes_any": [code]},
            }
        )
    choices[opened.fact] = values
    still_open = [entry for entry in rules.get("open_lists", ()) if entry.get("code") != opened.code]
    return {**rules, "choices": choices, "high_risk": items, "open_lists": still_open}


def _number_faults(pack: PolicyPack, numbers: Sequence[FilledNumber]) -> list[Fault]:
    faults = []
    for number in numbers:
        known = pack.parameters.get(number.name)
        if known is None or not known.is_gap:
            faults.append(Fault(number.name, "这一项不是待填写的设置"))
            continue
        if why := _value_fault(number.name, known, number.value):
            faults.append(Fault(number.name, why))
        if why := _source_fault(number.source):
            faults.append(Fault(number.name, why))
    return faults


def _value_fault(name: str, known: Parameter, typed: str) -> str:
    try:
        value = Decimal(typed.strip())
    except InvalidOperation:
        return f"“{known.label}”应为数字"
    if not value.is_finite() or value < 0:
        return f"“{known.label}”应为不小于 0 的数字"
    if why := number_fault(name, value):
        return f"“{known.label}”{why}"
    allowed = [word.value for word in known.words]
    return f"“{known.label}”应为 {'、'.join(map(str, allowed))} 之一" if allowed and value not in allowed else ""


def _source_fault(source: str) -> str:
    if not source.strip():
        return "请写明出处：文件名称和条款"
    return f"出处{why}" if (why := text_fault(source.strip(), longest=_LONGEST_SOURCE)) else ""


def _list_faults(pack: PolicyPack, lists: Sequence[FilledList]) -> list[Fault]:
    faults = []
    for asked in lists:
        opened = _open_list(pack, asked.code)
        if opened is None:
            faults.append(Fault(asked.code, "这一项不是待填写的清单"))
            continue
        if not 1 <= len(asked.classes) <= _MOST_CLASSES:
            faults.append(Fault(asked.code, f"“{opened.label}”请逐类填写，1 至 {_MOST_CLASSES} 类"))
        for place, one in enumerate(asked.classes):
            if not one.label.strip() or text_fault(one.label.strip(), longest=_LONGEST_LABEL):
                faults.append(Fault(f"{asked.code}[{place}]", f"请写明这一类是什么，最多 {_LONGEST_LABEL} 个字"))
            if why := _source_fault(one.source):
                faults.append(Fault(f"{asked.code}[{place}]", why))
    return faults


def _open_list(pack: PolicyPack, code: str) -> OpenList | None:
    return next((opened for opened in pack.open_lists if opened.code == code), None)
