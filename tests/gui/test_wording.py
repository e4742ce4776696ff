"""Every code has a Chinese word, every trouble says what to do, every key means one thing."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest

import desktop
from desktop.domain import acts, ledger, pack, walk_in
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.views.actions import ACTIONS
from desktop.views.shared.messages import TROUBLES, describe
from desktop.views.wording import STATUS_TONES, VERDICT_TONES, word

pytestmark = pytest.mark.usefixtures("themed")


def raised_codes() -> list[str]:
    """Give every code of a ``ClerkError`` that the program raises, also where the code comes from a table."""
    root = Path(desktop.__file__).parent
    source = "\n".join(file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.py")))
    raised = re.findall(r'ClerkError\(\s*"(\w+)"', source)
    by_result_of_sqlite = re.findall(r'^    \d+: "(\w+)",$', source, re.MULTILINE)
    by_condition = [code for pair in re.findall(r'code = "(\w+)" if .+ else "(\w+)"', source) for code in pair]
    return sorted({*raised, *by_result_of_sqlite, *by_condition})


def test_the_codes_of_troubles_are_found_in_the_program() -> None:
    assert {"already_open", "disk_trouble", "folder_unusable", "no_printer", "unknown_pack"} <= set(raised_codes())


def enums_of(*modules: ModuleType) -> list[Enum]:
    """Give every member of every enum that some modules define."""
    kinds = {
        kind
        for module in modules
        for _name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__ == module.__name__
    }
    return [member for kind in sorted(kinds, key=lambda kind: kind.__name__) for member in kind]


@pytest.mark.parametrize("member", enums_of(acts, ledger, pack, walk_in), ids=repr)
def test_every_member_of_a_closed_list_has_a_chinese_word(member: Enum) -> None:
    words = word(member)

    assert words
    assert not words.isascii()


def test_every_state_and_verdict_has_a_tone() -> None:
    assert set(STATUS_TONES) == set(acts.Status)
    assert set(VERDICT_TONES) == set(walk_in.Verdict)


@pytest.mark.parametrize("code", raised_codes())
def test_every_named_trouble_says_what_happened_and_what_to_do(code: str) -> None:
    trouble = describe(ClerkError(code))

    assert code in TROUBLES
    assert trouble.title
    assert trouble.remedy


def test_a_printed_report_and_a_report_from_the_public_are_not_mistaken_for_each_other() -> None:
    assert "报表" in describe(ClerkError("no_such_statistics")).text
    assert "投诉举报" in describe(ClerkError("no_such_report")).text


def test_a_faulty_file_is_told_with_every_place() -> None:
    trouble = describe(FaultyInput((Fault("第 2 行", "日期不对"), Fault("第 5 行", "类别不对"))))

    assert "第 2 行：日期不对" in trouble.details
    assert "第 5 行：类别不对" in trouble.details


def test_a_bug_is_told_without_its_technical_text() -> None:
    trouble = describe(RuntimeError("select * from party where id='440'"))

    assert "440" not in trouble.text + trouble.details


def test_no_key_is_given_twice_in_a_part_of_a_page_or_everywhere() -> None:
    for page, part in {(spec.page, spec.part) for spec in ACTIONS}:
        here = [spec for spec in ACTIONS if spec.page == "" or (spec.page, spec.part) == (page, part)]
        keys = [keys for spec in here for keys in (spec.shortcut, *spec.also)]
        assert len(keys) == len(set(keys)), (page, part)
