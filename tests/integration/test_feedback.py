"""The register of what is told upward: noted, told, answered, and given out by period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.feedback import FeedbackDraft, FeedbackKind
from desktop.services.desk import Desk
from tests.integration.conftest import count_of

SITUATION = FeedbackDraft(
    noticed_on=date(2026, 3, 1), content="夜间装修集中在城中村出租屋，业主电话 13800001234，登记意愿低"
)
OPINION = FeedbackDraft(
    kind=FeedbackKind.PLATFORM,
    noticed_on=date(2026, 2, 20),
    content="平台导入表没有网格一列",
    told_to="区住房建设局",
    told_on=date(2026, 2, 21),
)


@pytest.mark.requirement("JS-4.3", "LG-14-3")
def test_a_situation_is_noted_told_and_answered(desk: Desk) -> None:
    feedback_id = desk.feedback.note(SITUATION, act_id="f1")
    assert desk.feedback.note(SITUATION, act_id="f1") == feedback_id
    assert [row.state for row in desk.feedback.all()] == ["未反馈"]

    told = replace(desk.feedback.of(feedback_id), told_to="区住房建设局", told_on=date(2026, 3, 2))
    desk.feedback.change(feedback_id, told)
    answered = replace(told, reply="请街道纳入春季排摸", replied_on=date(2026, 3, 2))
    assert desk.feedback.change(feedback_id, answered)
    assert not desk.feedback.change(feedback_id, answered)

    (row,) = desk.feedback.all()
    assert (row.state, row.reply, row.told_to) == ("已答复", "请街道纳入春季排摸", "区住房建设局")
    assert "13800001234" not in row.content
    assert desk.ledger_check.verify().findings == ()


@pytest.mark.requirement("JS-4.3", "LG-14-3")
def test_a_period_is_given_out_as_a_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.feedback.note(SITUATION, act_id="f1")
    desk.feedback.note(OPINION, act_id="f2")

    count = desk.feedback.export(tmp_path / "反馈.xlsx", date(2026, 2, 1), date(2026, 2, 28))

    sheet = load_workbook(tmp_path / "反馈.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, max_col=5, values_only=True))
    assert count == 1
    assert rows == [("平台使用意见建议", "2026-02-20", "平台导入表没有网格一列", "区住房建设局", "2026-02-21")]
    with pytest.raises(ClerkError, match="period_reversed"):
        desk.feedback.export(tmp_path / "b.xlsx", date(2026, 3, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SITUATION, content=" "), "content"),
        (replace(SITUATION, noticed_on=None), "noticed_on"),
        (replace(SITUATION, noticed_on=date(2026, 3, 3)), "noticed_on"),
        (replace(SITUATION, told_on=date(2026, 3, 2)), "told_to"),
        (replace(OPINION, told_on=date(2026, 2, 19)), "told_on"),
        (replace(OPINION, reply="收到"), "replied_on"),
        (replace(SITUATION, reply="收到", replied_on=date(2026, 3, 2)), "told_on"),
    ],
)
def test_what_is_incomplete_is_refused_at_its_field(desk: Desk, draft: FeedbackDraft, field: str) -> None:
    with pytest.raises(ClerkError, match="feedback_unfit") as refused:
        desk.feedback.note(draft, act_id="f1")
    assert refused.value.details["field"] == field
    assert count_of(desk, "feedback") == 0


def test_who_does_not_see_the_whole_ledger_sees_the_own_feedback(desk: Desk) -> None:
    desk.feedback.note(SITUATION, act_id="f1")
    grant = Grant(role=Role.WINDOW_CLERK, areas=frozenset({"新禾社区"}))
    desk.ledger._station.work_as(Actor(account_id=7, user_name="c", name="何窗", grants=(grant,)))
    own = desk.feedback.note(OPINION, act_id="f2")

    assert [row.id for row in desk.feedback.all()] == [own]
    with pytest.raises(ClerkError, match="no_such_entry"):
        desk.feedback.of(1)
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.feedback.note(SITUATION, act_id="f1")


def test_who_only_looks_notes_nothing(desk: Desk) -> None:
    looker = Actor(account_id=None, user_name="a", name="审", grants=(Grant(role=Role.AUDITOR),))
    desk.ledger._station.work_as(looker)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.feedback.note(SITUATION, act_id="f1")
