"""Fields take what clerks type, say in words what they cannot take, and never tear a character."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN
from desktop.views.shared.editors import AmountEdit, AreaEdit, DayEdit, NumberEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField, whole_characters
from desktop.views.shared.tri_state import TriState
from tests.gui.input_method import write
from tests.gui.side_by_side import side_by_side

pytestmark = pytest.mark.usefixtures("themed")

RARE = "𠅤𬭎䶮"


def test_a_limit_counts_characters_and_never_splits_a_pair(qtbot: QtBot) -> None:
    field = TextField(limit=4)
    side_by_side(qtbot, field)
    told: list[str] = []
    field.objected.connect(told.append)

    write(field, RARE + "张三")

    assert field.text() == RARE + "张"
    assert "1 个字没有写入" in told[0]


def test_backspace_takes_a_whole_rare_character(qtbot: QtBot) -> None:
    field = TextField("张𠅤")
    side_by_side(qtbot, field)
    field.setFocus()
    field.end(False)

    qtbot.keyClick(field, Qt.Key.Key_Backspace)

    assert field.text() == "张"


def test_a_mark_is_not_torn_from_its_character() -> None:
    assert whole_characters("葛\U000e0101城", 1) == ""
    assert whole_characters("城葛\U000e0101", 3) == "城葛\U000e0101"


def test_direction_marks_of_a_paste_are_dropped_with_a_word(qtbot: QtBot) -> None:
    field = TextField()
    side_by_side(qtbot, field)
    told: list[str] = []
    field.objected.connect(told.append)

    write(field, "坪安\u202e路")

    assert field.text() == "坪安路"
    assert told


def test_a_fault_waits_until_the_field_is_left_and_goes_at_once(qtbot: QtBot) -> None:
    field, other = TextField(), QLineEdit()
    row = FieldRow("电话(&T)", field)
    side_by_side(qtbot, row, other)
    field.setFocus()

    row.set_fault("电话少一位。")
    assert row.fault == ""
    other.setFocus()
    assert row.fault == "电话少一位。"
    row.set_fault("")
    assert row.fault == ""


def test_alt_and_a_letter_jump_to_a_field(qtbot: QtBot) -> None:
    field, other = TextField(), QLineEdit()
    side_by_side(qtbot, FieldRow("电话(&T)", field), other)
    other.setFocus()

    qtbot.keyClick(other, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    assert field.hasFocus()
    assert field.accessibleName() == "电话(T)"


@pytest.mark.parametrize("typed", ["2026-3-2", "20260302", "2026.3.2", "3-2"])
def test_a_day_is_read_as_people_type_it_and_written_out(qtbot: QtBot, typed: str) -> None:
    day, other = DayEdit(today=lambda: date(2026, 1, 1)), QLineEdit()
    side_by_side(qtbot, day, other)
    day.setFocus()

    qtbot.keyClicks(day, typed)
    other.setFocus()

    assert day.day() == date(2026, 3, 2)
    assert day.text() == "2026-03-02"


def test_an_impossible_day_stays_as_typed_and_says_why(qtbot: QtBot) -> None:
    day, other = DayEdit(), QLineEdit()
    side_by_side(qtbot, day, other)
    day.setFocus()

    qtbot.keyClicks(day, "2026-02-30")
    other.setFocus()

    assert day.day() is None
    assert day.text() == "2026-02-30"
    assert "没有这一天" in day.problem()


@pytest.mark.requirement("LG-2-0a")
def test_an_amount_in_wan_is_shown_in_yuan_beside_it(qtbot: QtBot) -> None:
    amount = AmountEdit()
    side_by_side(qtbot, amount)
    amount.field.setFocus()

    qtbot.keyClicks(amount.field, "99.9999")

    assert amount.yuan() == Decimal(999999)
    assert amount.other_unit == "= 999,999 元"


def test_a_unit_typed_behind_the_number_changes_the_unit(qtbot: QtBot) -> None:
    amount, other = AmountEdit(), QLineEdit()
    side_by_side(qtbot, amount, other)
    amount.field.setFocus()

    write(amount.field, "1200000元")
    other.setFocus()

    assert amount.yuan() == Decimal(1200000)
    assert amount.field.text() == "1200000"
    assert amount.other_unit == "= 120 万元"


def test_a_negative_amount_is_refused_in_words(qtbot: QtBot) -> None:
    amount = AmountEdit()
    side_by_side(qtbot, amount)

    qtbot.keyClicks(amount.field, "-5")

    assert amount.yuan() is None
    assert "不能是负数" in amount.problem()


def test_an_area_knows_empty_zero_and_not_applicable_apart(qtbot: QtBot) -> None:
    area = AreaEdit()
    side_by_side(qtbot, area)

    assert area.area() is UNKNOWN
    qtbot.keyClicks(area.field, "0")
    assert area.area() == Decimal(0)
    qtbot.keyClick(area.not_applicable, Qt.Key.Key_Space)
    assert area.area() is NOT_APPLICABLE


def test_a_measured_number_says_why_it_cannot_stand(qtbot: QtBot) -> None:
    depth = NumberEdit("米", what="开挖深度")
    side_by_side(qtbot, depth)

    write(depth.field, "三米")

    assert depth.number() is None
    assert "请只填阿拉伯数字（单位为米）" in depth.problem()
    assert depth.problem().startswith("开挖深度")


def test_yes_no_and_unknown_take_one_key_each(qtbot: QtBot) -> None:
    answer = TriState()
    side_by_side(qtbot, answer)
    answer.setFocus()
    seen = []
    answer.changed.connect(lambda: seen.append(answer.value()))

    qtbot.keyClick(answer, Qt.Key.Key_Y)
    qtbot.keyClick(answer, Qt.Key.Key_N)
    qtbot.keyClick(answer, Qt.Key.Key_Space)

    assert seen == [True, False, None]
