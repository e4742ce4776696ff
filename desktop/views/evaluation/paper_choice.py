"""The papers of a round, each to be ticked, looked at and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.evaluation import SampledProject, Stage
from desktop.domain.evaluation_course import Evaluation
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class RoundPapersDialog(SheetsDialog):
    """Summary, follow-up, the draw, and what there is of the chosen organisation and project."""

    def __init__(
        self,
        workbench: Workbench,
        asked: Evaluation,
        *,
        organisation: str,
        project: SampledProject | None,
        parent: QWidget | None = None,
    ) -> None:
        self._papers = tuple(_papers(workbench, asked, organisation, project))
        super().__init__(
            workbench, asked.round.name, [name for name, _make in self._papers], ticked=(0,), parent=parent
        )
        self.setObjectName("evaluation_papers")
        self.setWindowTitle(asked.round.number)

    def fetch(self) -> list[bytes]:
        """Give every paper as it is now."""
        return [make() for _name, make in self._papers]

    def file_name(self, row: int) -> str:
        """Name the file by the title of the paper."""
        return self._papers[row][0]


def _papers(
    workbench: Workbench, asked: Evaluation, organisation: str, project: SampledProject | None
) -> Sequence[tuple[str, Callable[[], bytes]]]:
    files, round_id, number = workbench.desk.evaluation_files, asked.round.id, asked.round.number
    papers: list[tuple[str, Callable[[], bytes]]] = [
        (f"专项评价汇总表 {number}", lambda: files.summary_pdf(round_id)),
        (f"整改跟踪表 {number}", lambda: files.follow_ups_pdf(round_id)),
    ]
    if asked.round.visited:
        papers.append((f"实地评价单位抽取单 {number}", lambda: files.draw_pdf(round_id)))
    if organisation:
        papers += [
            (f"自评报告 {organisation}", lambda: files.self_report_pdf(round_id, organisation)),
            (f"自评表 {organisation}", lambda: files.table_pdf(round_id, organisation, Stage.SELF)),
        ]
    if organisation in asked.round.visited:
        papers.append((f"实地评价表 {organisation}", lambda: files.table_pdf(round_id, organisation, Stage.FIELD)))
    if project is not None:
        project_id = project.id
        name = f"现场抽查项目记录 {project.organisation} {project.seen_on.isoformat()}"
        papers.append((name, lambda: files.project_pdf(round_id, project_id)))
    return papers
