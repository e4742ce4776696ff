"""What is wrong with a letter to another body or with what came back, so that it can be put right before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.transfer import Penalty, PenaltyKind, TransferMove, TransferRequest, TransferStepDraft
from desktop.domain.typed_text import text_fault, yuan_fault

LONGEST_FACTS: Final = 2000
LONGEST_LINE: Final = 200
MOST_LINES: Final = 20


def transfer_faults(request: TransferRequest, on: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a letter: it never goes out without addressee, facts, grounds and what is asked."""
    return tuple(_faults(request, on))


def step_faults(draft: TransferStepDraft, *, sent_on: date, on: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a step."""
    return tuple(_step_faults(draft, sent_on, on))


def _faults(request: TransferRequest, on: date) -> Iterator[FieldFault]:
    for field_name, message, longest in (
        ("to_body", "请选择或者填写接收机构。", LONGEST_LINE),
        ("facts", "请填写查明的事实。", LONGEST_FACTS),
        ("request", "请填写请对方做什么。", LONGEST_FACTS),
    ):
        text = str(getattr(request, field_name))
        if not text.strip():
            yield _fault(field_name, "missing", message)
        elif why := text_fault(text.strip(), longest=longest):
            yield _fault(field_name, "text", f"{why}。")
    if why := text_fault(request.measures.strip(), longest=LONGEST_FACTS):
        yield _fault("measures", "text", f"{why}。")
    for field_name, lines in (("evidence", request.evidence), ("grounds", request.grounds)):
        yield from _line_faults(field_name, lines)
    if not any(ground.strip() for ground in request.grounds):
        yield _fault("grounds", "missing", "请至少填写一条依据。")
    if request.reply_by is not None and request.reply_by < on:
        yield _fault("reply_by", "past", "请求反馈的日期早于今天。")


def _line_faults(field_name: str, lines: tuple[str, ...]) -> Iterator[FieldFault]:
    if len(lines) > MOST_LINES:
        yield _fault(field_name, "too_many", f"最多 {MOST_LINES} 条，请合并。")
    for line in lines:
        if why := text_fault(line.strip(), longest=LONGEST_LINE):
            yield _fault(field_name, "text", f"{why}。")


def _step_faults(draft: TransferStepDraft, sent_on: date, on: date) -> Iterator[FieldFault]:
    if draft.on is None:
        yield _fault("on", "missing", "请填写日期。")
    elif not sent_on <= draft.on <= on:
        yield _fault("on", "outside", "日期应在移交之日至今天之间。")
    if draft.move in (TransferMove.REPLIED, TransferMove.JOINT_REMOVAL) and not draft.text.strip():
        yield _fault("text", "missing", "请填写结果。")
    if why := text_fault(draft.text.strip(), longest=LONGEST_FACTS):
        yield _fault("text", "text", f"{why}。")
    if why := text_fault(draft.who.strip(), longest=LONGEST_LINE):
        yield _fault("who", "text", f"{why}。")
    if draft.move is TransferMove.JOINT_REMOVAL and not any(body.strip() for body in draft.bodies):
        yield _fault("bodies", "missing", "请填写参加排险的机构。")
    for field_name, lines in (("documents", draft.documents), ("bodies", draft.bodies)):
        yield from _line_faults(field_name, lines)
    if draft.penalty is not None:
        yield from _penalty_faults(draft.penalty, draft.move, on)


def _penalty_faults(penalty: Penalty, move: TransferMove, on: date) -> Iterator[FieldFault]:
    if move is not TransferMove.REPLIED:
        yield _fault("penalty", "not_now", "处罚随对方的反馈填写。")
    if penalty.kind is PenaltyKind.FINE and penalty.amount_yuan is None:
        yield _fault("penalty.amount_yuan", "missing", "请填写罚款金额（元）。")
    if penalty.amount_yuan is not None and (why := yuan_fault(penalty.amount_yuan)):
        yield _fault("penalty.amount_yuan", "unfit", f"处罚{why}。")
    if why := text_fault(penalty.document.strip(), longest=LONGEST_LINE):
        yield _fault("penalty.document", "text", f"{why}。")
    if penalty.decided_on is not None and penalty.decided_on > on:
        yield _fault("penalty.decided_on", "future", "处罚决定的日期晚于今天。")


def _fault(field_name: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field_name, code=code, message=message)
