"""Pick lists take pinyin initials, parts of words and keys, and say what is no choice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from tests.gui.input_method import write
from tests.gui.side_by_side import side_by_side

pytestmark = pytest.mark.usefixtures("themed")

COMMUNITIES = (("pa", "坪安社区"), ("xh", "新禾社区"), ("hw", "河湾社区"), ("cl", "长乐社区"))


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


@pytest.mark.parametrize(
    ("typed", "code"), [("发现", "found"), ("发现问题", "found"), ("问题", "none"), ("wfx", "none")]
)
def test_what_begins_with_the_typed_word_is_meant_before_the_present_choice_that_holds_it(
    qtbot: QtBot, typed: str, code: str
) -> None:
    picks = PickList((("none", "未发现问题"), ("found", "发现问题"), ("gone", "现场无人")))
    side_by_side(qtbot, picks)
    picks.set_value("none")
    picks.setFocus()
    picks.selectAll()

    write(picks, typed)
    qtbot.keyClick(picks, Qt.Key.Key_Return)

    assert picks.value() == code


def test_an_alias_finds_its_choice_only_where_no_label_is_meant(qtbot: QtBot) -> None:
    picks = PickList((("r", "定期巡查"), ("s", "日常抽查")), aliases=(("r", "日常"), ("r", "例行"), ("s", "例行抽样")))
    next_field = QLineEdit()
    side_by_side(qtbot, picks, next_field)
    met = []
    for typed in ("日常", "例行", "例"):
        picks.set_value("")
        picks.setFocus()
        write(picks, typed)
        next_field.setFocus()
        met.append(picks.value())

    assert met == ["s", "r", ""], "a label first, then the whole alias; what could mean both means neither"


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
