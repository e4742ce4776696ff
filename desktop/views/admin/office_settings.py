"""The settings of the office, as first typed at first start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.setup.office_form import OfficeForm
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_4
from desktop.views.workbench import Workbench


class OfficeSettings(QWidget):
    """The office's form with one button; nothing is changed before it is pressed."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.form = OfficeForm(workbench.desk.office.pack_choices())
        self.banner, self.save = Banner(), QPushButton("保存（Ctrl+S）")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        self.form.changed.connect(self.banner.hide)
        self._build()
        if workbench.desk.sign_in.has_accounts():
            self.form.leave_out_clerk()
        office = workbench.desk.office.office()
        if office is not None:
            self.form.show_office(office)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Rules of another place may have been let in meanwhile.
        self.form.offer_packs(self._bench.desk.office.pack_choices())

    def _save(self) -> None:
        if not self.form.check():
            self.banner.say("还有内容需要改正，见标红各项。没有保存。", Tone.RED, mark="没有保存")
            return
        try:
            changes = self._bench.desk.office.set_up(self.form.office())
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有保存")
            return
        self._bench.changed.emit(changes)
        self.banner.say("已保存。以后签发的文书使用新的内容，已签发的不变。", Tone.BLUE, mark="已保存")

    def _build(self) -> None:
        scroll = QScrollArea()
        inner = QWidget()
        inner.setObjectName("scrolled")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        inside.addWidget(self.form)
        inside.addStretch(1)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_4, 0, SPACE_4, SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        bind_keys(self, {"admin.save": self._save})
