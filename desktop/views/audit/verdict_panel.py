"""How verifying goes and what it came to: progress, then OK in words, or the first broken link and every mismatch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.trail import Finding, Verdict
from desktop.views.shared.banner import Banner
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.theme import SPACE_1, base_px

_EVENT = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 500
_ROWS = 5


class VerdictPanel(QWidget):
    """Hidden until something is verified; Enter on a finding asks for its event."""

    asked = Signal(int)  # id of an event

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress, self.banner, self.list = BusyBar("核验进度"), Banner(), _Findings()
        self.verdict: Verdict | None = None
        self.list.setAccessibleName("核验发现")
        self.list.setObjectName("audit.findings")
        self.list.setFixedHeight(int(base_px() * 1.9 * _ROWS))
        self.list.asked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for widget in (self.progress, self.banner, self.list):
            column.addWidget(widget)
        self.put_away()

    def put_away(self) -> None:
        """Show nothing."""
        self.verdict = None
        for widget in (self.progress, self.banner, self.list, self):
            widget.hide()

    def begin(self) -> None:
        """Show that verifying is under way."""
        self.put_away()
        self.progress.begin("正在核验…　Esc 停止")
        self.progress.show()
        self.show()

    def step(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.progress.step(done, total, f"正在核验 {done} / {total}　Esc 停止")

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what it came to; findings are listed, the first broken link first."""
        self.verdict = verdict
        self.progress.hide()
        found = [*([verdict.broken] if verdict.broken else []), *verdict.findings]
        self.list.fill(found[:_MOST_SHOWN])
        self.list.setVisible(bool(found))
        if verdict.is_sound:
            self.banner.say(_sound(verdict), Tone.GREEN, mark="无异常")
        else:
            self.banner.say(_unsound(verdict, len(found)), Tone.RED, mark="有异常")
        self.show()


class _Findings(QListWidget):
    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.itemActivated.connect(self._open)

    def fill(self, findings: list[Finding]) -> None:
        """List findings."""
        self.clear()
        for finding in findings:
            item = QListWidgetItem(finding.sentence, self)
            item.setData(_EVENT, finding.event_id)
        if findings:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem) -> None:
        event_id = item.data(_EVENT)
        if event_id is not None:
            self.asked.emit(int(event_id))


def _sound(verdict: Verdict) -> str:
    return (
        f"审计链 {verdict.events} 条首尾相接；{verdict.subjects} 项内容与记录一致；"
        f"文书 {verdict.papers} 份；编号 {verdict.numbers} 个，无缺号、无重号。"
    )


def _unsound(verdict: Verdict, count: int) -> str:
    first = f"第一处断链：{verdict.broken.sentence}" if verdict.broken else "审计链首尾相接，但有内容被绕过本程序改动。"
    more = f"（列出前 {_MOST_SHOWN} 处）" if count > _MOST_SHOWN else ""
    return f"共 {count} 处异常{more}。{first}请勿继续受理，联系管理人员，保存好最近的日结单和备份。"
