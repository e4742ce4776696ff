"""Answers of the task runner that come when the page or window they are for is already gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def while_there(owner: QObject, answer: Callable[[T], None]) -> Callable[[T], None]:
    """Pass an answer on only while its owner exists; the window may be closed before the ledger answers."""

    def pass_on(value: T) -> None:
        if isValid(owner):
            answer(value)

    return pass_on
