"""Reading JSON that somebody else wrote: nothing double, nothing endless, every field of the kind that is expected.

Whatever is wrong comes as ``UnfitJson``, which names the key it is wrong with.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Never

DEEPEST: Final = 12
_MOST_DIGITS: Final = 19
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_HEX: Final = re.compile(r"[0-9a-f]+")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_UID: Final = re.compile(r"[!-~]{1,100}")
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What turns the direction of writing or cannot be seen has no business in a name.
_UNSEEN: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]")


class UnfitJson(ValueError):
    """JSON that is not what it should be; ``key`` is the path to the trouble, empty for the whole."""

    def __init__(self, why: str, key: str = "") -> None:
        super().__init__(f"{key}: {why}" if key else why)
        self.why = why
        self.key = key


def strict_json(data: bytes) -> Any:
    """Read JSON in UTF-8; raises ``UnfitJson`` for doubled keys, NaN, long numbers, half characters or deep nesting."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_undoubled,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_finite,
        )
    except UnfitJson:
        raise
    except UnicodeDecodeError as error:
        raise UnfitJson("not UTF-8") from error
    except RecursionError as error:
        raise UnfitJson("nested too deeply") from error
    except ValueError as error:
        raise UnfitJson("not JSON") from error
    # Half a character comes only of an escape, depth only of brackets: most lines of a package need no second look.
    if b"\\u" in data or data.count(b"[") + data.count(b"{") > DEEPEST:
        _check(value, DEEPEST)
    return value


def _undoubled(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    given = dict(pairs)
    if len(given) != len(pairs):
        raise UnfitJson("a key stands twice")
    return given


def _no_number(text: str) -> Never:
    raise UnfitJson(f"{text} is no number")


def _whole(text: str) -> int:
    number = int(text) if len(text.lstrip("-")) <= _MOST_DIGITS else _LARGEST + 1
    if not _SMALLEST <= number <= _LARGEST:
        raise UnfitJson("a number is too long")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise UnfitJson("a number is too long")
    return number


def _check(value: Any, deep: int) -> None:
    """See that nothing is nested deeper than ``deep`` and that every text can be written as UTF-8."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict | list):
        if not deep:
            raise UnfitJson("nested too deeply")
        if isinstance(value, dict):
            for key in value:
                _check_text(key)
        for each in value.values() if isinstance(value, dict) else value:
            _check(each, deep - 1)


def _check_text(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise UnfitJson("half a character") from error


class Fields:
    """One object of the JSON, asked field by field; every method raises ``UnfitJson`` naming the key."""

    def __init__(self, value: object, path: str = "", *, keys: Collection[str] | None = None) -> None:
        """Take an object; ``keys`` are all those it must have, and no others."""
        self._path = path
        if not isinstance(value, dict):
            raise UnfitJson("not an object", path)
        if keys is not None and value.keys() != set(keys):
            odd = sorted(value.keys() ^ set(keys))
            raise UnfitJson("missing" if odd[0] in keys else "unknown key", self.name(odd[0][:60]))
        self._value: Mapping[str, Any] = value

    def name(self, key: str) -> str:
        """Give the path of a key."""
        return f"{self._path}.{key}" if self._path else key

    def value(self, key: str) -> Any:
        """Give whatever stands under a key."""
        if key not in self._value:
            raise UnfitJson("missing", self.name(key))
        return self._value[key]

    def items(self) -> Collection[tuple[str, Any]]:
        """Give all keys with what stands under them."""
        return self._value.items()

    def text(self, key: str, *, longest: int = 200, may_be_empty: bool = False) -> str:
        """Give a text without characters that cannot be seen."""
        value = self.value(key)
        if not isinstance(value, str) or len(value) > longest or _UNSEEN.search(value):
            raise UnfitJson(f"not a text of at most {longest} characters", self.name(key))
        if not may_be_empty and not value.strip():
            raise UnfitJson("empty", self.name(key))
        return value

    def hexadecimal(self, key: str, length: int, *, may_be_empty: bool = False) -> str:
        """Give hexadecimal digits in small letters."""
        value = self.value(key)
        if may_be_empty and value == "":
            return ""
        if not isinstance(value, str) or len(value) != length or not _HEX.fullmatch(value):
            raise UnfitJson(f"not {length} hexadecimal digits", self.name(key))
        return value

    def number(self, key: str) -> int:
        """Give a whole number from 0 up."""
        value = self.value(key)
        if type(value) is not int or value < 0:
            raise UnfitJson("not a whole number from 0 up", self.name(key))
        return value

    def truth(self, key: str) -> bool:
        """Give true or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise UnfitJson("neither true nor false", self.name(key))
        return value

    def uuid(self, key: str) -> str:
        """Give a UUID in small letters."""
        value = self.value(key)
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise UnfitJson("not a UUID", self.name(key))
        return value

    def uid(self, key: str) -> str:
        """Give the uid of a record."""
        value = self.value(key)
        if not is_uid(value):
            raise UnfitJson("not a uid", self.name(key))
        return str(value)

    def moment(self, key: str) -> datetime:
        """Give a moment in UTC, written as ISO 8601 with ``+00:00``."""
        value = self.value(key)
        if isinstance(value, str) and len(value) <= 32 and value.endswith("+00:00"):
            try:
                moment = datetime.fromisoformat(value).astimezone(UTC)
            except (ValueError, OverflowError):
                moment = None
            # Others cannot be told in every local time.
            if moment is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
                return moment
        raise UnfitJson("not a moment in UTC", self.name(key))

    def rows(self, key: str, *, most: int) -> list[Any]:
        """Give a list."""
        value = self.value(key)
        if not isinstance(value, list) or len(value) > most:
            raise UnfitJson(f"not a list of at most {most}", self.name(key))
        return value


def is_uid(value: object) -> bool:
    """Say whether a value can be the uid of a record: at most 100 visible characters of ASCII."""
    return isinstance(value, str) and _UID.fullmatch(value) is not None


def day_of(value: object, key: str) -> date:
    """Read a day such as 2026-01-31; raises ``UnfitJson``."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return day
    raise UnfitJson("not a day", key)
