"""Turning the data form of conditions into `desktop.domain.conditions`, every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.domain.conditions import NUMBER_OPS, OPS, All, Always, AnyOf, Compare, Condition, Not, Setting
from desktop.domain.errors import Fault
from desktop.domain.facts import DERIVED_SPECS, FACT_SPECS, FactSpec, FactType, spec_of
from desktop.policy.near_names import meant

NEVER: Final = Not(Always())
_WORDS: Final = frozenset({FactType.CHOICE, FactType.TEXT, FactType.FLAG_OR_TEXT})
# Which types of fact an operator makes sense for; another is a slip that would never hold.
_TYPES_OF: Final[Mapping[str, frozenset[FactType]]] = {
    **dict.fromkeys(NUMBER_OPS, frozenset({FactType.NUMBER})),
    "is": _WORDS | {FactType.FLAG},
    "stated_as": _WORDS | {FactType.FLAG},
    "one_of": _WORDS,
    "includes_any": frozenset({FactType.TEXTS}),
    "not_empty": _WORDS | {FactType.TEXTS, FactType.VISITS},
    "before_filing": frozenset({FactType.DATE}),
}
_IF_NOT_APPLICABLE: Final[Mapping[Any, bool | None]] = {True: True, False: False, "unknown": None}


@dataclass(slots=True)
class ConditionReader:
    """Reads conditions against the known facts, parameters and named conditions of one pack."""

    parameters: frozenset[str]
    faults: list[Fault]
    named: dict[str, Condition] = field(default_factory=dict)

    def read(self, raw: Any, where: str) -> Condition:
        """Read one condition; an absent or empty one always holds."""
        if raw is None or raw == {}:
            return Always()
        if not isinstance(raw, Mapping):
            forms = "{ fact = … }、{ setting = … }、{ all = […] }、{ any = […] } 或 { not = … }"
            return self._fault(where, f"条件应写成 {forms}")
        for key in ("all", "any"):
            if key in raw:
                return self._joined(raw, key, where)
        if "not" in raw:
            return Not(self.read(raw["not"], f"{where}.not")) if self._alone(raw, "not", where) else NEVER
        if "ref" in raw:
            return self._referred(raw, where)
        if "setting" in raw:
            return self._setting(raw, where)
        return self._compare(raw, where)

    def _joined(self, raw: Mapping[str, Any], key: str, where: str) -> Condition:
        parts = raw[key]
        if not self._alone(raw, key, where) or not isinstance(parts, list) or not parts:
            return self._fault(f"{where}.{key}", "应为条件的列表，不能为空")
        read = tuple(self.read(part, f"{where}.{key}[{index}]") for index, part in enumerate(parts))
        return All(read) if key == "all" else AnyOf(read)

    def _referred(self, raw: Mapping[str, Any], where: str) -> Condition:
        name = raw["ref"]
        if isinstance(name, str) and name in self.named and self._alone(raw, "ref", where):
            return self.named[name]
        return self._fault(f"{where}.ref", f"没有名为 {name} 的条件{meant(name, self.named)}；被引用的要写在前面")

    def _setting(self, raw: Mapping[str, Any], where: str) -> Condition:
        name, ops = raw["setting"], [key for key in raw if key != "setting"]
        if name not in self.parameters:
            return self._fault(f"{where}.setting", self._no_parameter(name))
        if len(ops) != 1 or ops[0] not in (*NUMBER_OPS, "is"):
            return self._fault(where, f"与参数比较须写且只写一个：is、{'、'.join(NUMBER_OPS)}")
        number = self._decimal(raw[ops[0]])
        if number is None:
            return self._fault(f"{where}.{ops[0]}", '应为数字，写成 "1" 这样的文字')
        return Setting(name, ops[0], number)

    def _compare(self, raw: Mapping[str, Any], where: str) -> Condition:
        name = raw.get("fact")
        spec = spec_of(name) if isinstance(name, str) else None
        if spec is None or not isinstance(name, str):
            return self._fault(f"{where}.fact", f"没有名为 {name} 的事实{meant(name, (*FACT_SPECS, *DERIVED_SPECS))}")
        ops = [key for key in raw if key in OPS]
        unknown = [key for key in raw if key not in OPS and key not in ("fact", "if_not_applicable")]
        if unknown or len(ops) > 1:
            cure = meant(unknown[0], sorted(OPS)) if unknown else "，只留一个"
            return self._fault(where, f"不能同时使用或不认识：{', '.join(unknown or ops)}{cure}")
        if_not_applicable = raw.get("if_not_applicable", False)
        if not isinstance(if_not_applicable, bool) and if_not_applicable != "unknown":
            return self._fault(f"{where}.if_not_applicable", '应为 true、false 或 "unknown"')
        op = ops[0] if ops else "is"
        value = raw[op] if ops else True
        return self._typed(name, spec, op, value, _IF_NOT_APPLICABLE[if_not_applicable], where)

    def _typed(
        self, name: str, spec: FactSpec, op: str, value: Any, if_not_applicable: bool | None, where: str
    ) -> Condition:
        if spec.type not in _TYPES_OF[op]:
            fit = "、".join(sorted(op for op, types in _TYPES_OF.items() if spec.type in types))
            return self._fault(f"{where}.{op}", f"{op} 不能用于 {name}（{spec.type.value}），可用：{fit}")
        if op in ("not_empty", "before_filing") and value is not True:
            return self._fault(f"{where}.{op}", "只能写 true；相反的意思用 { not = … }")
        if op in ("is", "stated_as") and not isinstance(value, bool | str):
            return self._fault(f"{where}.{op}", "应为 true、false 或文字")
        if op in NUMBER_OPS:
            return self._number(name, op, value, if_not_applicable, where)
        if op in ("one_of", "includes_any"):
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                return self._fault(f"{where}.{op}", "应为文字的列表")
            strangers = [item for item in value if spec.choices and item not in spec.choices]
            if strangers:
                said = f"{name} 没有 {'、'.join(strangers)} 这个值{meant(strangers[0], spec.choices)}"
                return self._fault(f"{where}.{op}", said)
            value = tuple(value)
        if op == "is" and isinstance(value, bool) and spec.type not in (FactType.FLAG, FactType.FLAG_OR_TEXT):
            return self._fault(where, f"{name} 不是是非题，应写明要比较的值")
        if op == "is" and isinstance(value, str) and spec.choices and value not in spec.choices:
            return self._fault(f"{where}.is", f"{name} 没有 {value} 这个值{meant(value, spec.choices)}")
        return Compare(name, op, value, if_not_applicable=if_not_applicable)

    def _number(self, name: str, op: str, value: Any, if_not_applicable: bool | None, where: str) -> Condition:
        if isinstance(value, str) and value.startswith("@"):
            if value[1:] not in self.parameters:
                return self._fault(f"{where}.{op}", self._no_parameter(value[1:]))
            return Compare(name, op, parameter=value[1:], if_not_applicable=if_not_applicable)
        number = self._decimal(value)
        if number is None:
            return self._fault(f"{where}.{op}", '应为数字或 "@参数名"，小数写成 "3.5" 这样的文字')
        return Compare(name, op, number, if_not_applicable=if_not_applicable)

    def _no_parameter(self, name: Any) -> str:
        return f"没有名为 {name} 的参数{meant(name, sorted(self.parameters))}"

    @staticmethod
    def _decimal(value: Any) -> Decimal | None:
        try:
            number = Decimal(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
        except InvalidOperation:
            return None
        return number if number is not None and number.is_finite() else None

    def _alone(self, raw: Mapping[str, Any], key: str, where: str) -> bool:
        if len(raw) > 1:
            self._fault(where, f"{key} 不能与其他键并用")
            return False
        return True

    def _fault(self, where: str, what: str) -> Condition:
        self.faults.append(Fault(where, what))
        return NEVER
