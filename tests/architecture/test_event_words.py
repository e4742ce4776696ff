"""Every act that any service puts on record has its Chinese word."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from desktop import services
from desktop.services.touched import ROWS_OF
from desktop.services.wording import EVENT_WORDS, SUBJECT_WORDS

_FOLDER = Path(services.__file__).parent


def _acts() -> Iterator[tuple[str, str]]:
    """Give every text that is passed as ``act=``, also the branches of a choice and constants of the module."""
    for file in sorted(_FOLDER.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "act":
                for part in ast.walk(node.value):
                    value = part.value if isinstance(part, ast.Constant) else None
                    value = constants.get(part.id) if isinstance(part, ast.Name) else value
                    if isinstance(value, str):
                        yield file.name, value
            yield from ((file.name, act) for act in _acts_by_place(node, constants))


def _acts_by_place(node: ast.AST, constants: Mapping[str, object]) -> Iterator[str]:
    """Give the texts shaped like an act that a service passes to its own ``_record`` or ``_note``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("_record", "_note"):
        for part in node.args:
            value: object = part.value if isinstance(part, ast.Constant) else None
            value = constants.get(part.id) if isinstance(part, ast.Name) else value
            if isinstance(value, str) and value.isascii():
                yield value


@pytest.mark.requirement("LG-P1")
def test_every_act_on_record_has_a_word() -> None:
    wordless = {(file, act) for file, act in _acts() if act not in EVENT_WORDS}
    assert wordless == set()


def test_every_kind_of_subject_has_a_word() -> None:
    assert set(ROWS_OF) <= set(SUBJECT_WORDS)
