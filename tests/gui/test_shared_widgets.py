"""Fields take what clerks type, say in words what they cannot take, and never tear a character."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import desktop
from desktop.domain import acts, ledger, pack, walk_in
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN
from desktop.views.actions import ACTIONS
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.editors import AmountEdit, AreaEdit, DayEdit, NumberEdit
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import TROUBLES, describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.text_field import TextField, whole_characters
from desktop.views.shared.tri_state import TriState
from desktop.views.theme import COLOURS, apply_theme, base_px, prepare_environment, style_sheet
from desktop.views.wording import STATUS_TONES, VERDICT_TONES, word
from tests.gui.input_method import write

RARE = "𠅤𬭎䶮"
COMMUNITIES = (("pa", "坪安社区"), ("xh", "新禾社区"), ("hw", "河湾社区"), ("cl", "长乐社区"))


# Windows live as long as their test; the test bot itself holds them weakly.
_WINDOWS: list[QWidget] = []


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp)
    yield
    _WINDOWS.clear()


def side_by_side(qtbot: QtBot, *widgets: QWidget) -> None:
    """Show widgets in one active window."""
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    _WINDOWS.append(window)


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


@pytest.mark.parametrize(("typed", "code"), [("xh", "xh"), ("XH", "xh"), ("hwsq", "hw"), ("zl", ""), ("cl", "cl")])
def test_pinyin_initials_choose_from_a_pick_list(qtbot: QtBot, typed: str, code: str) -> None:
    picks, next_field = PickList(COMMUNITIES), QLineEdit()
    side_by_side(qtbot, picks, next_field)
    picks.setFocus()

    qtbot.keyClicks(picks, typed)
    qtbot.keyClick(picks, Qt.Key.Key_Return)
    next_field.setFocus()

    # 长 reads cháng and zhǎng; both initials find 长乐, so zl finds it too.
    assert picks.value() == (code or "cl")


def test_a_pick_list_filters_by_part_of_the_chinese_word(qtbot: QtBot) -> None:
    picks = PickList(COMMUNITIES)
    side_by_side(qtbot, picks)
    picks.setFocus()

    with qtbot.waitSignal(picks.picked) as picked:
        write(picks, "河湾")
        qtbot.keyClick(picks, Qt.Key.Key_Return)

    assert picked.args == ["hw"]
    assert picks.text() == "河湾社区"


def test_arrow_keys_choose_and_esc_restores(qtbot: QtBot) -> None:
    picks = PickList(COMMUNITIES)
    side_by_side(qtbot, picks)
    picks.set_value("pa")
    picks.setFocus()

    qtbot.keyClick(picks, Qt.Key.Key_Down)
    assert picks.is_open()
    qtbot.keyClick(picks, Qt.Key.Key_Down)
    qtbot.keyClick(picks, Qt.Key.Key_Return)
    assert picks.value() == "xh"
    write(picks, "乱打")
    qtbot.keyClick(picks, Qt.Key.Key_Escape)

    assert (picks.value(), picks.text(), picks.is_open()) == ("xh", "新禾社区", False)


def test_a_text_that_is_no_choice_is_refused_in_words_when_the_field_is_left(qtbot: QtBot) -> None:
    picks, other = PickList(COMMUNITIES), QLineEdit()
    row = FieldRow("社区", picks)
    side_by_side(qtbot, row, other)
    picks.setFocus()

    write(picks, "不存在社区")
    other.setFocus()

    assert picks.value() == ""
    assert "不存在社区" in row.fault


def test_a_free_pick_list_keeps_what_is_not_in_the_list(qtbot: QtBot) -> None:
    picks, other = PickList(COMMUNITIES, allows_other=True), QLineEdit()
    side_by_side(qtbot, picks, other)
    picks.setFocus()

    write(picks, "新成立社区")
    other.setFocus()

    assert picks.value() == "新成立社区"


@pytest.mark.parametrize("leaves_by", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_beginning_of_one_choice_is_taken_where_others_may_be_typed(qtbot: QtBot, leaves_by: Qt.Key) -> None:
    # Both hold 坪安, only one begins so.
    communities = (("坪安社区", "坪安社区"), ("新坪安社区", "新坪安社区"))
    picks, other = PickList(communities, allows_other=True), QLineEdit()
    side_by_side(qtbot, picks, other)
    picks.setFocus()

    write(picks, "坪安")
    qtbot.keyClick(picks, leaves_by)

    assert (picks.value(), picks.text()) == ("坪安社区", "坪安社区")


def test_initials_begin_a_choice_where_others_may_be_typed(qtbot: QtBot) -> None:
    picks, other = PickList(COMMUNITIES, allows_other=True), QLineEdit()
    side_by_side(qtbot, picks, other)
    picks.setFocus()

    qtbot.keyClicks(picks, "hw")
    qtbot.keyClick(picks, Qt.Key.Key_Tab)

    assert picks.value() == "hw"
    assert picks.text() == "河湾社区"


@pytest.mark.parametrize("typed", ["社区", "安社", "坪安社区东"])
def test_what_begins_no_choice_stays_as_typed(qtbot: QtBot, typed: str) -> None:
    picks, other = PickList((("pa", "坪安社区"),), allows_other=True), QLineEdit()
    side_by_side(qtbot, picks, other)
    picks.setFocus()

    write(picks, typed)
    qtbot.keyClick(picks, Qt.Key.Key_Return)
    other.setFocus()

    assert picks.value() == typed


def test_the_first_of_three_answers_has_its_left_edge(qtbot: QtBot) -> None:
    answers = TriState(None)
    side_by_side(qtbot, answers)
    first = answers.findChildren(QToolButton)[0]
    edge = first.grab().toImage()

    colours = {edge.pixelColor(column, edge.height() // 2).name() for column in range(2)}

    assert COLOURS.edge in colours


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


def test_chips_differ_in_shape_when_all_colour_is_gone(qtbot: QtBot) -> None:
    pictures = set()
    for tone in Tone:
        chip = Chip("同", tone)
        qtbot.addWidget(chip)
        grey = chip.grab().toImage().convertToFormat(chip.grab().toImage().Format.Format_Grayscale8)
        dark = [
            (x, y)
            for x in range(grey.width() // 2)
            for y in range(grey.height())
            if grey.pixelColor(x, y).value() < 150
        ]
        pictures.add(tuple(dark))

    assert len(pictures) == len(Tone)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((tone, f"{tone}_ground") for tone in ("red", "amber", "green", "blue", "grey")),
        *((tone, "paper") for tone in ("ink", "ink_soft", "ink_faint", "red", "amber", "accent")),
        *((tone, "desk") for tone in ("ink", "ink_soft", "ink_faint")),
        ("rail_ink", "rail"),
        ("ink", "picked"),
    ],
)
def test_every_text_has_the_contrast_of_wcag_aa(ink: str, ground: str) -> None:
    lighter, darker = sorted((_light(getattr(COLOURS, ink)), _light(getattr(COLOURS, ground))), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _light(colour: str) -> float:
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("asked", "got"), [(5, 12), (16, 16), (40, 18)])
def test_the_text_size_stays_between_12_and_18(qapp: QApplication, asked: int, got: int) -> None:
    apply_theme(qapp, asked)

    assert base_px() == got
    assert qapp.font().pixelSize() == got


def test_no_token_of_the_style_sheet_is_left_open() -> None:
    assert "$" not in style_sheet(14)


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert QLocale().name() == "zh_CN"
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_fcitx_is_mapped_to_ibus_before_the_application_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")

    prepare_environment()

    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_a_long_name_is_shortened_and_told_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("坪" * 50)
    qtbot.addWidget(label)
    label.resize(120, 24)
    label.show()

    assert label.is_shortened
    assert label.toolTip() == "坪" * 50


def test_text_size_and_printer_are_remembered(tmp_path: Path, qapp: QApplication) -> None:
    first = Remembered(tmp_path)
    first.base_px, first.printer = 16, "窗口打印机"
    first.keep()

    again = Remembered(tmp_path)

    assert (again.base_px, again.printer) == (16, "窗口打印机")


def test_a_spoiled_memory_gives_the_usual_text_size(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "window.ini").write_text("[text]\nbase_px=²\n", encoding="utf-8")

    assert Remembered(tmp_path).base_px == 14
