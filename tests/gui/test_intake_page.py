"""The whole intake page by keys on a real ledger: decision, papers, acts, drafts and next visits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, Decided, DecisionRequest, Status
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Correction, MaterialCheck, PaperForm, Verdict, WalkIn
from desktop.services.desk import Desk
from desktop.views.intake.asked_questions import asked_questions, plain_no
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.input_method import write

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 20_000


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    return shown(qtbot, workbench)


def shown(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    page = IntakePage(workbench)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def answered(pack: PolicyPack, base: Facts) -> Facts:
    """The facts with every question that concerns them answered no, where that can be said."""
    for _ in range(3):
        asked = asked_questions(pack, base, base.stated)
        no = {q.fact: plain_no(q, pack) for q in asked.questions if not base.is_stated(q.fact)}
        base = base.with_facts(**{fact: value for fact, value in no.items() if value is not None})
    return base


def fill(page: IntakePage, walk_in: WalkIn) -> None:
    """Stand where a clerk stands after typing all of this."""
    page.form.set_walk_in(walk_in)
    page.materials.write(walk_in.materials, walk_in.corrections)
    page.form.changed.emit()
    page.refresh()


def ready(pack: PolicyPack) -> WalkIn:
    return factories.walk_in(answered(pack, factories.small_work_facts()))


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def field_with_focus() -> str:
    widget: QWidget | None = focus()
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def decide(page: IntakePage, qtbot: QtBot, key: Qt.Key) -> None:
    press(focus(), key)
    qtbot.waitUntil(lambda: page.done.isVisible(), timeout=20_000)


def judge_all(page: IntakePage) -> None:
    press(focus(), Qt.Key.Key_M, ALT)
    press(page.materials.list, Qt.Key.Key_Space, SHIFT)


# --- the decision at the side ---


@pytest.mark.requirement("LG-3-1")
def test_the_panel_says_what_it_is_who_takes_it_and_why(page: IntakePage, pack: PolicyPack) -> None:
    high = factories.small_work_facts(contract_amount_yuan=Decimal(1_200_000))
    fill(page, factories.walk_in(answered(pack, high)))
    assert page.decision.what.text() == "高风险小型工程"
    assert "街道办事处受理" in page.decision.who.text()
    assert any("第三条(一)" in line.line.article for line in page.decision.why_lines())


@pytest.mark.requirement("LG-3-0")
def test_what_is_unknown_and_decides_is_reached_by_f4(page: IntakePage) -> None:
    fill(page, factories.walk_in())
    assert page.decision.what.text() == "还不能判定"
    assert not page.decision.missing.isHidden()
    unknown = {f"facts.{fact}" for fact in page.refresh().assessment.missing_facts}
    in_reading_order = [path for group in page.form.groups for path in group.rows if path in unknown]
    page.form.kind.category.setFocus()
    for path in in_reading_order[:3]:
        press(focus(), Qt.Key.Key_F4)
        assert field_with_focus() == path


@pytest.mark.requirement("LG-3-0")
def test_an_unknown_fact_is_a_link_to_its_field(page: IntakePage) -> None:
    fill(page, factories.walk_in())
    page.decision.missing.linkActivated.emit("illegal_acts")
    assert field_with_focus() == "facts.illegal_acts"


@pytest.mark.requirement("LG-3-6")
def test_pointing_at_a_reason_lights_the_fields_it_came_from(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    deep = factories.small_work_facts(earthwork=True, excavation_depth_m=Decimal("3.2"))
    fill(page, factories.walk_in(answered(pack, deep)))
    line = next(line for line in page.decision.why_lines() if "第三条(六)" in line.line.article)
    row = page.form.row("facts.excavation_depth_m")
    assert row is not None
    line.lit.emit(line.line.facts)
    assert row.label.property("lit")
    line.lit.emit(())
    assert not row.label.property("lit")


# --- typed data ---


@pytest.mark.requirement("LG-28-2a")
def test_a_wrong_number_is_said_under_its_field_with_the_reason(page: IntakePage, pack: PolicyPack) -> None:
    wrong = factories.company(id_number="91350100M000100Y44")
    fill(page, replace(ready(pack), owner=wrong))
    page.form.focus_on("owner.id_number")
    page.form.owner.phone.setFocus()
    row = page.form.row("owner.id_number")
    assert row is not None
    assert "校验码" in row.fault


@pytest.mark.requirement("LG-28-1")
def test_an_act_that_typed_data_stop_puts_the_keyboard_on_the_mistake(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, replace(ready(pack), project_name=""))
    judge_all(page)
    press(focus(), Qt.Key.Key_F9)
    assert field_with_focus() == "project_name"
    assert "名称" in page.actions_bar.why.text()
    assert page.form.walk_in().owner == factories.company(), "nothing typed is lost"


# --- papers ---


@pytest.mark.requirement("LG-27-3b1")
def test_a_verdict_is_one_key_and_goes_on_to_the_next_paper(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    papers = page.materials.list
    codes = page.refresh().unjudged
    for key in (Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        press(papers, key)
    verdicts = [page.walk_in().check_of(code).verdict for code in codes[:6]]
    assert verdicts == [
        Verdict.IN_ORDER,
        Verdict.MISSING,
        Verdict.UNREADABLE,
        Verdict.UNSIGNED,
        Verdict.EXPIRED,
        Verdict.INCONSISTENT,
    ]
    assert page.materials.count.text() == f"已核对 6/{len(codes)}"


@pytest.mark.requirement("LG-27-3b1")
def test_other_asks_for_its_words_and_zero_takes_a_verdict_back(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    code = page.refresh().unjudged[0]
    press(page.materials.list, Qt.Key.Key_6)
    assert field_with_focus() == "material.remark"
    QTest.keyClicks(focus(), "page 2")
    check = page.walk_in().check_of(code)
    assert (check.verdict, check.remark) == (Verdict.OTHER, "page 2")
    press(focus(), Qt.Key.Key_Escape)
    assert field_with_focus() == "materials"
    press(page.materials.list, Qt.Key.Key_0)
    assert page.walk_in().check_of(code).verdict is Verdict.UNJUDGED


@pytest.mark.requirement("LG-28-T")
def test_form_copies_and_pages_belong_to_the_current_paper(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    code = page.refresh().unjudged[0]
    press(page.materials.list, Qt.Key.Key_V)
    press(page.materials.list, Qt.Key.Key_Return)
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "2")
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "5")
    assert page.walk_in().check_of(code) == MaterialCheck(code=code, form=PaperForm.ORIGINAL_SEEN, copies=2, pages=5)


@pytest.mark.requirement("LG-27-3b1")
def test_the_notice_waits_for_every_paper_and_says_how_many(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    left = len(page.refresh().unjudged)
    button = page.findChild(QPushButton, "act.one_time_notice")
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    assert f"还有 {left} 项未核对" in button.text()
    press(focus(), Qt.Key.Key_F8)
    assert f"还有 {left} 项未核对" in page.actions_bar.why.text()
    assert field_with_focus() == "materials"
    assert not page.done.isVisible()


# --- acts ---


@pytest.mark.requirement("LG-27-3a")
def test_f9_accepts_and_the_number_stands_large(page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk) -> None:
    fill(page, ready(pack))
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert page.done.number.text().startswith("PA")
    assert page.done.act.text() == "已受理，已登记"
    assert page.done.papers.count() > 1
    assert desk.drafts.all() == ()


@pytest.mark.requirement("LG-27-3a")
def test_the_next_person_begins_with_an_empty_form(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    fill(page, ready(pack))
    page.form.others.signed.click()
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    press(focus(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    assert page.walk_in().project_name == ""
    assert page.walk_in().materials == ()
    assert not page.form.others.signed.isChecked()
    assert field_with_focus() == "facts.kind"


@pytest.mark.requirement("LG-27-3a")
def test_papers_of_the_decision_are_opened_by_one_key(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, workbench: Workbench
) -> None:
    fill(page, ready(pack))
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    with qtbot.waitSignal(workbench.papers_asked) as asked:
        press(focus(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked.args is not None
    assert len(asked.args[0]) == page.done.papers.count()


@pytest.mark.requirement("LG-6-1")
def test_an_act_that_needs_a_reason_asks_for_it_in_the_page(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    indoors = factories.minor_facts(in_public_area=False, inside_residence=True)
    fill(page, factories.walk_in(answered(pack, indoors)))
    press(focus(), Qt.Key.Key_F5)
    assert field_with_focus() == "act.reason"
    press(focus(), Qt.Key.Key_Return)
    assert "理由" in page.actions_bar.why.text()
    QTest.keyClicks(focus(), "inside a flat")
    decide(page, qtbot, Qt.Key.Key_Return)
    assert "inside a flat" in page.done.reason.text()


@pytest.mark.requirement("LG-27-3d")
def test_an_act_that_is_not_allowed_says_why_when_pressed(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_F7)
    assert "不属于应当办理施工许可" in page.actions_bar.why.text()


@pytest.mark.requirement("LG-27-3d")
def test_trouble_while_deciding_is_said_and_the_same_act_can_be_tried_again(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk
) -> None:
    fill(page, replace(ready(pack), project_name="名称里有没有字体的字\U0010fffd"))
    judge_all(page)
    press(focus(), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.form.isEnabled() and "办理" not in page.actions_bar.why.text(), timeout=20_000)
    assert page.actions_bar.why.text()
    assert page.walk_in().project_name.startswith("名称里")
    assert desk.ledger.decided_today() == 0


# --- drafts ---


@pytest.mark.requirement("LG-28-1")
def test_a_draft_is_kept_within_a_second_of_typing(page: IntakePage, qtbot: QtBot, desk: Desk) -> None:
    page.form.work.project_name.setFocus()
    with qtbot.waitSignal(page.keeper.saved, timeout=800):
        QTest.keyClicks(focus(), "shop")
    assert [draft.walk_in.project_name for draft in desk.drafts.all()] == ["shop"]
    assert "草稿已保存" in page.head.draft.text()
    assert not page.has_unsaved()


@pytest.mark.requirement("LG-28-1")
def test_an_unfinished_form_is_offered_at_the_next_start(
    page: IntakePage, qtbot: QtBot, workbench: Workbench, pack: PolicyPack
) -> None:
    fill(page, ready(pack))
    judge_all(page)
    page.flush()
    typed = page.walk_in()
    page.close()
    again = shown(qtbot, workbench)
    assert "1 份未办完" in again.head.drafts.head.text()
    press(focus(), Qt.Key.Key_K, ALT)
    press(focus(), Qt.Key.Key_Return)
    assert again.walk_in() == typed
    assert again.head.drafts.isHidden()


@pytest.mark.requirement("LG-28-1")
def test_a_draft_is_discarded_only_by_the_second_press(page: IntakePage, qtbot: QtBot, desk: Desk) -> None:
    desk.drafts.save("one", factories.walk_in())
    page.new_matter()
    press(focus(), Qt.Key.Key_K, ALT)
    press(focus(), Qt.Key.Key_Delete)
    assert len(desk.drafts.all()) == 1
    press(focus(), Qt.Key.Key_Delete)
    assert desk.drafts.all() == ()


@pytest.mark.requirement("LG-28-1")
def test_the_next_person_costs_no_typing_of_an_unfinished_form(page: IntakePage, desk: Desk) -> None:
    page.form.work.project_name.setFocus()
    QTest.keyClicks(focus(), "shop")
    page.new_matter()
    assert [draft.walk_in.project_name for draft in desk.drafts.all()] == ["shop"]
    assert "1 份未办完" in page.head.drafts.head.text()


# --- a fast clerk: no pause between the keys ---


@pytest.mark.requirement("LG-28-1")
def test_papers_are_judged_by_the_facts_typed_a_moment_ago(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, replace(ready(pack), facts=ready(pack).facts.with_facts(hot_work=False)))
    before = page.refresh().assessment.required_materials
    row = page.form.row("facts.hot_work")
    assert row is not None
    row.editor.setFocus()
    press(focus(), Qt.Key.Key_Y)
    press(focus(), Qt.Key.Key_M, ALT)
    press(focus(), Qt.Key.Key_Space, SHIFT)
    judged = {check.code for check in page.walk_in().materials}
    after = set(page.refresh().assessment.required_materials)
    assert judged == after
    assert after >= set(before)


@pytest.mark.requirement("LG-28-1")
@pytest.mark.parametrize("modifier", [ALT, CTRL])
def test_a_choice_half_typed_is_taken_before_the_papers_are_listed(
    page: IntakePage, pack: PolicyPack, modifier: Qt.KeyboardModifier
) -> None:
    fill(page, ready(pack))
    page.form.kind.category.setFocus()
    page.form.kind.category.selectAll()
    code, label = page.form.kind.category.options[-1]
    write(page.form.kind.category, label[:-1])
    press(focus(), Qt.Key.Key_M, modifier)
    assert focus() is page.materials.list
    press(focus(), Qt.Key.Key_Space, SHIFT)
    assert page.walk_in().facts.text("category") == code
    assert not page.refresh().unjudged


def test_a_community_begun_is_registered_whole(page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk) -> None:
    fill(page, ready(pack))
    judge_all(page)
    page.form.place.community.setFocus()
    page.form.place.community.selectAll()
    write(page.form.place.community, "新禾")
    decide(page, qtbot, Qt.Key.Key_F9)
    (filing,) = desk.ledger.page(desk.ledger.ids(LedgerCriteria()))
    assert filing.community == "新禾社区"


# --- papers before any decision ---


def dialog_of(page: IntakePage, qtbot: QtBot, key: Qt.Key) -> SheetsDialog:
    """The dialog a key opens, with its sheets loaded."""
    opened: list[SheetsDialog] = []
    page.paper_asks.shown.connect(opened.append)
    press(focus(), key, CTRL)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    dialog = opened[0]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)
    return dialog


def test_ctrl_p_shows_the_papers_to_come_marked_as_drafts_and_saves_them(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    fill(page, factories.all_in_order(ready(pack), pack))
    dialog = dialog_of(page, qtbot, Qt.Key.Key_P)
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "安全生产信息登记回执" in titles
    assert "草稿" in dialog.banner.text
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)
    receipt = pypdf.PdfReader(tmp_path / "草稿 安全生产信息登记回执.pdf")
    assert "草稿" in receipt.pages[0].extract_text()
    press(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not desk.ledger.ids(LedgerCriteria())
    dialog.deleteLater()


def test_ctrl_b_lists_the_blank_forms_and_a_digit_goes_to_one(
    page: IntakePage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = dialog_of(page, qtbot, Qt.Key.Key_B)
    blanks = desk.issuing.blanks()
    assert dialog.list.count() == len(blanks)
    press(dialog.list, Qt.Key.Key_3)
    assert dialog.list.currentRow() == 2
    assert "打印 1 份" in dialog.print_button.text()
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)
    code, title = blanks[2]
    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"空白 {title}.pdf"]
    assert (tmp_path / f"空白 {title}.pdf").read_bytes() == desk.issuing.blank(code)
    dialog.reject()
    dialog.deleteLater()


def test_ticked_blank_forms_are_printed_instead_of_the_one_looked_at(page: IntakePage, qtbot: QtBot) -> None:
    dialog = dialog_of(page, qtbot, Qt.Key.Key_B)
    press(dialog.list, Qt.Key.Key_Space)
    press(dialog.list, Qt.Key.Key_Down)
    press(dialog.list, Qt.Key.Key_Space)
    press(dialog.list, Qt.Key.Key_Down)
    assert dialog.chosen() == (0, 1)
    assert "打印 2 份" in dialog.print_button.text()
    dialog.reject()
    dialog.deleteLater()


# --- room on the screen ---


@pytest.mark.parametrize("size", [14, 18])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_no_field_is_cut_off_at_any_text_size(
    qtbot: QtBot, workbench: Workbench, pack: PolicyPack, qapp: QApplication, size: int, width: int, height: int
) -> None:
    apply_theme(qapp, size)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.resize(width, height)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    fill(page, replace(ready(pack), project_name="名" * 50, owner=factories.company("名" * 50)))
    body = page.form.widget()
    assert body is not None
    assert window.width() == width
    qtbot.waitUntil(lambda: body.width() <= page.form.viewport().width())
    assert body.minimumSizeHint().width() <= page.form.viewport().width()
    window.close()


@pytest.mark.requirement("LG-3-1")
def test_every_reason_is_in_sight_on_a_small_screen(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    # What the frame of the window leaves at 1366 × 768.
    page.resize(1282, 688)
    high = factories.small_work_facts(contract_amount_yuan=Decimal(1_200_000))
    fill(page, factories.walk_in(answered(pack, high)))
    last = page.decision.why_lines()[-1]
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert len(page.decision.why_lines()) >= 5
    assert last.visibleRegion().boundingRect().height() >= last.height() - 2


# --- next visit, earlier filings ---


def notice(desk: Desk, pack: PolicyPack) -> Decided:
    """A filing that was told what is missing: the second and the third paper, and an area to correct."""
    matter = ready(pack)
    codes = desk.intake.preview(matter).unjudged
    for place, code in enumerate(codes):
        verdict = Verdict.MISSING if place in (1, 2) else Verdict.IN_ORDER
        matter = matter.with_check(MaterialCheck(code=code, verdict=verdict))
    request = DecisionRequest(act_id="notice", act=Act.ONE_TIME_NOTICE, walk_in=matter)
    return desk.intake.decide(request)


@pytest.mark.requirement("LG-27-3c1")
def test_a_next_visit_asks_only_for_the_open_items(
    page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot
) -> None:
    told = notice(desk, pack)
    page.open_revisit(told.filing_id)
    assert "第 2 次来窗" in page.head.banner.text
    assert "还有 2 项未补正" in page.head.banner.text
    assert len(page.refresh().unjudged) == 2
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert desk.ledger.file(told.filing_id).row.status is Status.REGISTERED


@pytest.mark.requirement("LG-27-3c1")
def test_a_filing_that_awaits_nothing_cannot_be_visited_again(page: IntakePage, pack: PolicyPack, desk: Desk) -> None:
    told = notice(desk, pack)
    page.open_revisit(told.filing_id)
    finished = DecisionRequest(
        act_id="done",
        act=Act.ACCEPT,
        walk_in=factories.all_in_order(page.walk_in(), pack),
        filing_id=told.filing_id,
    )
    desk.intake.decide(finished)
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        page.open_revisit(told.filing_id)


@pytest.mark.requirement("LG-10-11")
def test_an_earlier_filing_at_the_address_is_offered_while_typing(
    page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot, workbench: Workbench
) -> None:
    told = notice(desk, pack)
    fill(page, WalkIn(place=factories.walk_in().place))
    qtbot.waitUntil(lambda: not page.form.similar.isHidden())
    assert "1 件相近（同一地址）" in page.form.similar.head.text()
    press(focus(), Qt.Key.Key_D, ALT)
    with qtbot.waitSignal(workbench.filing_asked) as asked:
        press(focus(), Qt.Key.Key_Return)
    assert asked.args == [told.filing_id]


@pytest.mark.requirement("LG-28-1")
def test_an_earlier_party_is_taken_over_whole(page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot) -> None:
    notice(desk, pack)
    page.form.owner.name.setFocus()
    owner = factories.company()
    page.form.owner.name.setText(owner.name[:5])
    page.form.owner.name.textEdited.emit(owner.name[:5])
    qtbot.waitUntil(lambda: page.form.owner.name.offers == 1)
    press(focus(), Qt.Key.Key_Down)
    press(focus(), Qt.Key.Key_Return)
    assert page.walk_in().owner == owner


@pytest.mark.requirement("LG-27-3b1")
def test_information_to_correct_is_told_beside_the_papers(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    judge_all(page)
    add = page.findChild(QPushButton, "corrections.add")
    assert isinstance(add, QPushButton)
    QTest.mouseClick(add, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.keyClicks(focus(), "area")
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "measure")
    assert page.walk_in().corrections == (Correction(item="area", asked="measure"),)
    found = page.refresh().deficiencies
    assert [item.code for item in found] == ["info-area"]
