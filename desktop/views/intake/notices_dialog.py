"""The notices for merchants: a sheet for each shop of a list, or one for every shop, made as one document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.papers_together import Together
from desktop.domain.progress import SILENT, Progress
from desktop.domain.shop_list import Shop
from desktop.views.papers.sheets_dialog import SheetsDialog, file_word
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.workbench import Workbench


class NoticesDialog(SheetsDialog):
    """Look at them, print or save; that they were given out stays on record.  Closed while they are made, it stops."""

    def __init__(self, workbench: Workbench, shops: Sequence[Shop], mall: str, parent: QWidget | None = None) -> None:
        self._shops, self._mall = tuple(shops), mall
        self._made: Together | None = None
        self._task: Task | None = None
        lines = [" ".join(part for part in (shop.name, shop.unit) if part) for shop in self._shops]
        titles = lines or [f"{mall}各商户（通用）"]
        super().__init__(workbench, "商户告知单", titles, ticked=range(len(titles)), parent=parent)
        self.setObjectName("merchant_notices")
        self.setWindowTitle("商户告知单")

    def fetch(self) -> list[bytes]:
        """Give the notices of all shops as one document."""
        return [self._bench.desk.malls.notices(self._shops, mall=self._mall).pdf]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the document that was looked at, or one of the chosen shops alone."""
        if self._made is not None and len(chosen) == self.list.count():
            return [self._made.pdf]
        shops = [self._shops[row] for row in chosen]
        return [self._bench.desk.malls.notices(shops, mall=self._mall).pdf]

    def after_giving_out(self) -> None:
        """Put on record that notices were given out."""
        self._bench.desk.malls.note_notices(self._mall, len(self.chosen()))

    def file_name(self, row: int) -> str:
        """Name the one file of all chosen notices, that of one by its unit: a shop may bear a person's name."""
        count = len(self.chosen())
        unit = self._shops[row].unit if self._shops and count == 1 else ""
        return f"商户告知单 {unit or f'{count} 份'}" if self._shops else "商户告知单 通用"

    def save_to(self, folder: Path) -> None:
        """Save the chosen notices as one file."""
        chosen = self.chosen()
        file = folder / f"{file_word(self.file_name(chosen[0]))}.pdf"

        def work(_progress: Progress) -> tuple[Path, ...]:
            try:
                file.write_bytes(self.final(chosen)[0])
            except OSError as error:
                raise ClerkError("cannot_save_file", why=error.strerror or "") from error
            return (file,)

        self._bench.runner.run(
            work,
            done=while_there(self, self._after_save),
            failed=while_there(self, self._trouble),
            errand=Errand.ACT,
        )

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def _load(self) -> None:
        shops, mall, malls = self._shops, self._mall, self._bench.desk.malls

        def work(progress: Progress = SILENT) -> Together:
            return malls.notices(shops, mall=mall, progress=progress)

        self._bar = BusyBar("生成进度", self)
        self.foot.insertWidget(1, self._bar, 1)
        self._bar.begin("正在生成…")
        self.view.say("正在生成…")
        self._task = self._bench.runner.run(
            work,
            done=while_there(self, self._show_made),
            failed=while_there(self, self._not_made),
            errand=Errand.PAPERS,
        )
        step = while_there(self, self._step)
        self._task.progressed.connect(lambda done, total: step((done, total)))

    def _step(self, counts: tuple[int, int]) -> None:
        done, total = counts
        self._bar.step(done, total, f"正在生成 {done} / {total} 份，按 Esc 停止")

    def _show_made(self, made: Together) -> None:
        self._task, self._made, self._pdfs = None, made, [made.pdf]
        self._bar.hide()
        self._choose(self.list.currentRow())
        self._count()
        self.loaded.emit()

    def _not_made(self, error: Exception) -> None:
        self._task = None
        self._bar.hide()
        self._not_loaded(error)

    def _choose(self, row: int) -> None:
        if self._made is not None and 0 <= row < len(self._made.starts):
            self.view.show_paper(self._made.pdf, self._made.starts[row])
            self._say_page()

    def _say_page(self) -> None:
        super()._say_page()
        if self._made is not None:
            # Who turns the pages sees in the list whose notice it is.
            self.list.blockSignals(True)
            self.list.setCurrentRow(bisect_right(self._made.starts, self.view.page) - 1)
            self.list.blockSignals(False)

    def _after_save(self, files: tuple[Path, ...]) -> None:
        self._say(f"已存 {len(self.chosen())} 份，合为一个文件：{files[0]}。", Tone.GREEN, "保存")
        self.after_giving_out()
        self.saved.emit(files)
