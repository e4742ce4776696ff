"""The head of the intake page: whose visit this is, when the draft was kept, and the offer of earlier drafts."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.services.revisits import Revisit
from desktop.views.intake.drafts_line import DraftsLine
from desktop.views.intake.named import named, restyle
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.theme import SPACE_1, SPACE_3


class PageHead(QWidget):
    """Title, state of the draft, the banner of a next visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.visit = QLabel("新的来件"), QLabel("第 1 次来窗")
        self.title.setProperty("role", "title")
        self.visit.setProperty("role", "soft")
        self.draft = named(QLabel(), "draft.state")
        self.draft.setProperty("role", "faint")
        self.drafts = DraftsLine()
        self.banner = Banner()
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for widget in (self.title, self.draft):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.visit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(line)
        column.addWidget(self.drafts)
        column.addWidget(self.banner)

    def show_new(self) -> None:
        """Stand for a first visit."""
        self.title.setText("新的来件")
        self.visit.setText("第 1 次来窗")
        self.banner.say("")
        self.draft.clear()

    def show_visit(self, revisit: Revisit | None) -> None:
        """Stand for the visit that begins; None is the first."""
        if revisit is None:
            self.show_new()
        elif revisit.opinion:
            self.show_returned(revisit.number, revisit.opinion)
        else:
            self.show_revisit(revisit.number, visit=revisit.visit, open_items=len(revisit.open_items))

    def show_revisit(self, number: str, *, visit: int, open_items: int) -> None:
        """Stand for a next visit after a notice."""
        self.title.setText("补正来件")
        self.draft.clear()
        self.visit.setText(f"第 {visit} 次来窗")
        words = f"第 {visit} 次来窗 · 告知书 {number} · 还有 {open_items} 项未补正。事实没有变化的，只核对这几项。"
        self.banner.say(words, Tone.BLUE, mark="补正")

    def show_returned(self, number: str, opinion: str) -> None:
        """Stand for a filing that the reviewer sent back with an opinion."""
        self.title.setText("退回来件")
        self.draft.clear()
        self.visit.setText("审核退回")
        next_step = local("改正后按 F9 再次送审；缺材料的按 F8 一次性告知。")
        self.banner.say(f"{number} 审核退回：{opinion}　{next_step}", mark="退回")

    def show_begun(self, title: str, sentence: str) -> None:
        """Stand for a first visit that was begun from something; nothing stays as it is without a title."""
        if title:
            self.title.setText(title)
            self.banner.say(sentence, Tone.BLUE, mark=title)

    def show_saved(self, saved_at: datetime) -> None:
        """Say when the draft was kept."""
        restyle(self.draft, role="faint")
        self.draft.setText(f"草稿已保存 {saved_at.astimezone():%H:%M:%S}")

    def show_unsaved(self, sentence: str) -> None:
        """Say why the draft could not be kept."""
        restyle(self.draft, role="fault")
        self.draft.setText(f"草稿没有保存：{sentence}")
