"""A plain table being read: takes each key once with its type, and remembers every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.domain.errors import Fault
from desktop.policy.near_names import meant

_LARGEST_COUNT: Final = 10_000
_MOST_DIGITS: Final = 15
# Control characters but line breaks, marks that turn the direction of writing, and marks of byte order.
_UNSEEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(slots=True)
class Table:
    """One table of the file; ``close`` reports the keys nobody asked for, so a misspelt key is a fault."""

    raw: Mapping[str, Any]
    where: str
    faults: list[Fault]
    taken: set[str] = field(default_factory=set)

    def fault(self, key: str, what: str) -> None:
        """Note a fault at one key."""
        self.faults.append(Fault(f"{self.where}.{key}" if self.where and key else self.where or key, what))

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; without a default it must be there and not be empty."""
        value = self._take(key)
        if isinstance(value, str) and (value or default is not None):
            self._refuse_unseen(key, value)
            return value
        if value is None and default is not None:
            return default
        is_wanting = value is None or value == ""
        self.fault(key, f'需要一段文字，写成 {key} = "…"' if is_wanting else "应为文字，写在引号里")
        return default or ""

    def optional_text(self, key: str) -> str | None:
        """Take a text that may be absent."""
        return self.text(key, "") or None

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            self._refuse_unseen(key, "".join(value))
            return tuple(value)
        self.fault(key, f'应为文字的列表，写成 {key} = ["…", "…"]')
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        """Take true or false."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(key, "应为 true 或 false，不加引号")
        return default

    def integer(self, key: str, *, optional: bool = False) -> int | None:
        """Take a whole number that is not negative."""
        value = self._take(key)
        if value is None and optional:
            return None
        is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        is_large = is_count and value > _LARGEST_COUNT
        if is_count and not is_large:
            return int(value)
        self.fault(key, f"最大 {_LARGEST_COUNT}" if is_large else f"应为不小于 0 的整数，写成 {key} = 1，不加引号")
        return None

    def number(self, key: str) -> Decimal:
        """Take an exact decimal, written as text or as a whole number; never a binary float."""
        value = self._take(key)
        if isinstance(value, str | int) and not isinstance(value, bool):
            try:
                number = Decimal(value)
            except InvalidOperation:
                number = Decimal("NaN")
            if number.is_finite():
                if abs(number.adjusted()) > _MOST_DIGITS:
                    self.fault(key, "数字太大或者小数太多")
                    return Decimal(0)
                return number
        self.fault(key, '应为数字，写成 "1000000" 这样的文字')
        return Decimal(0)

    def day(self, key: str) -> date | None:
        """Take a date that may be absent."""
        value = self._take(key)
        # A TOML date with a time is a datetime, which does not compare with days.
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(key, f"应为日期，写成 {key} = 2026-03-02，不加引号，不写时刻")
        return None

    def table(self, key: str) -> Table:
        """Take a table; a missing one is a fault and reads as empty."""
        value = self._take(key)
        if not isinstance(value, Mapping):
            self.fault(key, f"缺少这一节，加上 [{key}]" if value is None else f"应为一个表，写成 [{key}]")
            value = {}
        return Table(value, f"{self.where}.{key}" if self.where else key, self.faults)

    def tables(self, key: str) -> Iterator[Table]:
        """Take a list of tables, each knowing its place."""
        value = self._take(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(key, f"应为列表，每一项写成 [[{key}]]")
            return
        for index, entry in enumerate(value):
            name = entry.get("code") or entry.get("fact") or entry.get("item") if isinstance(entry, Mapping) else None
            where = f"{self.where}.{key}" if self.where else key
            place = f"{where}[{index}]" + (f"({name})" if name is not None else "")
            if isinstance(entry, Mapping):
                yield Table(entry, place, self.faults)
            else:
                self.faults.append(Fault(place, "应为一个表"))

    def named_tables(self, key: str) -> Iterator[tuple[str, Table]]:
        """Take a table of tables by name."""
        parent = self.table(key)
        for name in parent.raw:
            yield name, parent.table(name)

    def raw_value(self, key: str) -> Any:
        """Take a value as it stands; None when absent."""
        return self._take(key)

    def close(self) -> None:
        """Report every key that was not asked for."""
        for key in self.raw:
            if key not in self.taken:
                self.fault(key, f"未知的键{meant(key, sorted(self.taken - self.raw.keys()))}")

    def _refuse_unseen(self, key: str, text: str) -> None:
        if found := _UNSEEN.search(text):
            self.fault(key, f"有看不见的控制字符（U+{ord(found[0]):04X}），删去它")

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        return self.raw.get(key)
