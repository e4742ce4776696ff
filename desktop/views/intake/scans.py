"""Scans of the papers of the matter on the form: picked by key, kept with the draft, counted on each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QMimeData, QObject, Signal

from desktop.domain.attachments import Attached, shows_identity
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.actions import keys_of
from desktop.views.intake.draft_keeper import DraftKeeper
from desktop.views.intake.material_list import MaterialList
from desktop.views.shared.given_files import ask_files, given
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench


class Scans(QObject):
    """Keeps what is scanned as safe as what is typed: with the draft, on the disk, before the line counts it."""

    said = Signal(str)  # a sentence for the clerk; empty takes it away

    def __init__(
        self, workbench: Workbench, papers: MaterialList, keeper: DraftKeeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._papers, self._keeper = workbench, papers, keeper
        self._picked: tuple[Attached, ...] = ()
        self._under_way = 0
        self._to_remove: int | None = None
        papers.scan_asked.connect(self._ask)
        papers.unscan_asked.connect(self._remove_last)
        papers.offered.connect(self._take)
        papers.moved.connect(self._forget_removal)

    @property
    def is_under_way(self) -> bool:
        """Say whether a scan is being kept at this moment; a decision would go without it."""
        return self._under_way > 0

    def begin(self) -> None:
        """Show what was picked for the draft that is on the form now."""
        self._forget_removal()
        self._show(self._bench.desk.staging.staged(self._keeper.draft_id))

    def drop_abandoned(self) -> None:
        """Have the scans of drafts that are gone taken away, without anybody waiting for it."""
        staging = self._bench.desk.staging
        self._bench.runner.run(
            lambda _progress: staging.drop_abandoned(),
            done=lambda _count: None,
            failed=while_there(self, lambda error: self.said.emit(describe(error).text)),
            errand=Errand.UNSEEN,
        )

    def _ask(self) -> None:
        here = self._papers.current()
        if here is not None:
            self._add(ask_files(self._papers, f"添加附件：{here[0].label}"))

    def _take(self, mime: QMimeData) -> None:
        sources = given(mime)
        if sources:
            self._add(sources)
        else:
            self.said.emit("剪贴板里没有文件，也没有图片。")

    def _add(self, sources: Iterable[bytes | Path]) -> None:
        here = self._papers.current()
        if here is None:
            return
        line, draft_id, staging = here[0], self._keeper.draft_id, self._bench.desk.staging
        try:
            # The draft comes first: a scan belongs to one that is kept.
            self._keeper.touch()
            self._keeper.flush()
        except ClerkError as trouble:
            self.said.emit(describe(trouble).text)
            return
        stage = partial(
            staging.stage, draft_id, material=line.code, title=line.label, is_identity=shows_identity(line.label)
        )
        for source in sources:
            self._under_way += 1
            self._bench.runner.run(
                partial(_run, partial(stage, source, act_id=uuid4().hex)),
                done=while_there(self, lambda _attached: self._kept(draft_id)),
                failed=while_there(self, self._failed),
                errand=Errand.ACT,
            )

    def _kept(self, draft_id: str) -> None:
        self._under_way -= 1
        if draft_id != self._keeper.draft_id:
            return
        self._show(self._bench.desk.staging.staged(draft_id))
        last = self._picked[-1]
        self.said.emit("")
        self._bench.told.emit(f"已添加附件《{last.title}》，{last.pages} 页")

    def _failed(self, error: Exception) -> None:
        self._under_way -= 1
        self.said.emit(describe(error).text)

    def _remove_last(self) -> None:
        here = self._papers.current()
        if here is None:
            return
        of_line = [scan for scan in self._picked if scan.material == here[0].code]
        if not of_line:
            self.said.emit("这项材料没有附件。")
        elif self._to_remove != of_line[-1].id:
            self._to_remove = of_line[-1].id
            self.said.emit(f"再按一次 {keys_of('materials.unscan')}，去掉《{of_line[-1].title}》的最后一份附件。")
        else:
            self._remove(of_line[-1])

    def _remove(self, scan: Attached) -> None:
        self._forget_removal()
        try:
            self._bench.desk.staging.unstage(self._keeper.draft_id, scan.id)
        except ClerkError as trouble:
            self.said.emit(describe(trouble).text)
            return
        self._show(tuple(kept for kept in self._picked if kept.id != scan.id))
        self._bench.told.emit(f"已去掉附件《{scan.title}》")

    def _show(self, picked: tuple[Attached, ...]) -> None:
        self._picked = picked
        self._papers.show_scans(Counter(scan.material for scan in picked))

    def _forget_removal(self) -> None:
        if self._to_remove is not None:
            self._to_remove = None
            self.said.emit("")


def _run(stage: Callable[[], Attached], _progress: Progress) -> Attached:
    return stage()
