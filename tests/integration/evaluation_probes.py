"""How the methods of the evaluations are asked for what their caller must not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from desktop.domain.evaluation import Stage
from desktop.domain.evaluation_course import ProjectDraft, RoundDraft
from desktop.domain.period import parse_period
from desktop.services.desk import Desk

Probe = Callable[[Desk, Any], Any]
_PLACES = ("坪安社区", "新禾社区", "田心社区")


def _round(desk: Desk) -> int:
    """Open a round of all communities, all of them visited; raises what the caller may not do."""
    period = parse_period("2026-H1")
    assert period is not None
    draft = RoundDraft(act_id=str(uuid4()), name="核对", period=period, self_due_on=None, organisations=_PLACES)
    round_id = desk.evaluations.begin(draft)
    desk.evaluations.choose(round_id, _PLACES, reason="都看")
    return round_id


def _proposed(desk: Desk, _target: Any) -> str:
    round_id = _round(desk)
    return repr([desk.evaluations.proposed_projects(round_id, name, 30) for name in _PLACES])


def _opened(desk: Desk, _target: Any) -> str:
    return repr([desk.evaluations.open(one.id) for one in desk.evaluations.all()])


def _keep_project(desk: Desk, target: Any) -> Any:
    return desk.evaluations.keep_project(
        ProjectDraft(
            act_id=str(uuid4()),
            round_id=_round(desk),
            organisation=_PLACES[0],
            filing_number=target.number,
            project="",
            seen_on=date(2026, 3, 1),
            findings=(),
            result="",
        )
    )


def _workbook(desk: Desk, target: Any) -> str:
    from openpyxl import load_workbook

    file = target.folder / f"{uuid4()}.xlsx"
    desk.evaluation_files.workbook(_round(desk), file)
    return repr([list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file)])


EVALUATION_LISTS: Mapping[str, Probe] = {
    "evaluations.open": _opened,
    "evaluations.proposed_projects": _proposed,
    "evaluation_files.workbook": _workbook,
    "evaluation_files.summary_pdf": lambda desk, _target: bool(desk.evaluation_files.summary_pdf(_round(desk))),
    "evaluation_files.look": lambda desk, target: desk.evaluation_files.look(
        _round(desk), target.folder / "none.xlsx", organisation="", stage=Stage.SELF
    ),
}
EVALUATION_ACTS: Mapping[str, Probe] = {"evaluations.keep_project": _keep_project}
EVALUATION_OTHERS: Mapping[str, str] = {
    "evaluations.*": "rounds and what is said in them: gated rows, those of others are proved with the evaluations",
    "evaluation_files.*": "papers and sheets of what evaluations.open gives",
}
