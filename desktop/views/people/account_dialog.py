"""One account: made new with a one-time password, or its name and roles changed with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.access import Grant
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.services.accounts import AccountRow, Made, NewAccount
from desktop.views.actions import keys_of
from desktop.views.people.grants_editor import GrantsEditor
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 48
_LABEL_CHARACTERS: Final = 6
_HEIGHT_PX: Final = 620
_FIELD_OF: Final = {"user_name_taken": "user_name", "user_name_unfit": "name", "reason_required": "reason"}
Organisations = Sequence[tuple[str, str]]  # id as text, name


class AccountDialog(QDialog):
    """Accepted once it is kept; ``made`` then holds the one-time password of a new account."""

    answered = Signal()  # the ledger has answered, whichever way

    def __init__(
        self,
        workbench: Workbench,
        *,
        row: AccountRow | None = None,
        organisations: Organisations = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._row = workbench, row
        self._proposed = ""
        self.made: Made | None = None
        self.name, self.user_name, self.reason = TextField(), TextField(), TextField()
        self.organisation = PickList(organisations)
        office = workbench.desk.office.office()
        departments = dict.fromkeys(rule.department for rule in workbench.desk.office.pack().departments)
        self.grants = GrantsEditor(office.communities if office else (), tuple(departments))
        self.rows = {
            "name": FieldRow("姓名(&X)", self.name, label_characters=_LABEL_CHARACTERS),
            "user_name": FieldRow("用户名(&U)", self.user_name, label_characters=_LABEL_CHARACTERS),
            "organisation": FieldRow("所属单位(&D)", self.organisation, label_characters=_LABEL_CHARACTERS),
            "reason": FieldRow("原因(&R)", self.reason, label_characters=_LABEL_CHARACTERS),
        }
        self.banner, self.save, self.leave = Banner(), QPushButton(), QPushButton("取消（Esc）")
        self._scroll = QScrollArea()
        self._build()
        self._show_row()
        self._connect()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() != Qt.Key.Key_Escape or self.save.isEnabled():
            super().keyPressEvent(event)

    def _begin(self) -> None:
        if not self.save.isEnabled() or not self._is_fit():
            return
        accounts, row, reason = self._bench.desk.accounts, self._row, self.reason.value()
        name, grants = self.name.value(), self.grants.grants()
        chosen = self.organisation.value()
        asked = NewAccount(
            user_name=self.user_name.value(),
            name=name,
            grants=grants,
            organisation_id=int(chosen) if chosen else None,
        )

        def work(_progress: Progress) -> Made | None:
            if row is None:
                return accounts.make(asked)
            if _as_set(grants) != _as_set(row.grants):
                accounts.set_grants(row.id, grants, reason)
            if name != row.name:
                accounts.rename(row.id, name)
            return None

        self.save.setEnabled(False)
        self._bench.runner.run(work, done=self._kept, failed=self._refused, errand=Errand.ACT)

    def _is_fit(self) -> bool:
        are_grants_fit = self.grants.check()
        faults = {
            "name": "" if self.name.value() else "请填写姓名。",
            "user_name": "" if self.user_name.value() else "请填写用户名，一般是姓名的全拼。",
            "reason": "请写明为什么改角色，原因会留在记录中。" if self._lacks_reason() else "",
        }
        for name, words in faults.items():
            self._say_at(name, words)
        first = next((name for name, words in faults.items() if words), None)
        if first is not None and (are_grants_fit or first != "reason"):
            self.rows[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.grants.fault.text():
            self.banner.say(self.grants.fault.text(), Tone.RED, mark="没有保存")
        return are_grants_fit and first is None

    def _lacks_reason(self) -> bool:
        is_changed = self._row is not None and _as_set(self.grants.grants()) != _as_set(self._row.grants)
        return is_changed and not self.reason.value()

    def _kept(self, made: Made | None) -> None:
        self.made = made
        self.accept()
        self.answered.emit()

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        words = describe(error).text
        field = _FIELD_OF.get(error.code) if isinstance(error, ClerkError) else None
        if field is not None:
            self._say_at(field, words)
            self.rows[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.banner.say(words, Tone.RED, mark="没有保存")
        self.answered.emit()

    def _say_at(self, name: str, words: str) -> None:
        self.rows[name].set_fault(words)
        self.rows[name].reveal()

    def _propose(self) -> None:
        if self._row is None and self.user_name.value() in ("", self._proposed):
            name = self.name.value()
            self._proposed = self._bench.desk.accounts.suggested_user_name(name) if name else ""
            self.user_name.set_value(self._proposed)
            self.rows["user_name"].set_fault("")

    def _show_row(self) -> None:
        row = self._row
        self.rows["reason"].setVisible(row is not None)
        self.rows["organisation"].setVisible(bool(self.organisation.options))
        if row is None:
            return
        self.name.set_value(row.name)
        self.user_name.set_value(row.user_name)
        self.user_name.setEnabled(False)
        self.organisation.set_value("" if row.organisation_id is None else str(row.organisation_id))
        self.organisation.setEnabled(False)
        self.grants.show_grants(row.grants)

    def _connect(self) -> None:
        self.name.changed.connect(self._propose)
        for name, field in (("name", self.name), ("user_name", self.user_name), ("reason", self.reason)):
            field.changed.connect(lambda row=self.rows[name]: row.set_fault(""))
        self.grants.changed.connect(self.banner.hide)
        self.save.clicked.connect(self._begin)
        self.leave.clicked.connect(self.reject)
        bind_keys(
            self,
            {
                "account.save": self._begin,
                "account.add_role": self.grants.add_row,
                "account.remove_role": self.grants.remove_here,
            },
        )

    def _build(self) -> None:
        title = "新建账号" if self._row is None else "改姓名和角色"
        self.setObjectName("account")
        self.setWindowTitle(title)
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        room = room_on_screen(self)
        self.resize(base_px() * _WIDTH_CHARACTERS, min(_HEIGHT_PX, room.height()))
        for name, row in self.rows.items():
            row.editor.setObjectName(name)
        self.user_name.setPlaceholderText("登录用，一般是姓名的全拼")
        self.reason.setPlaceholderText("改角色要写明原因，例：调岗")
        self.save.setText(f"{'建立账号' if self._row is None else '保存'}（{keys_of('account.save')}）")
        self.save.setProperty("role", "primary")
        heading = QLabel("角色和范围")
        heading.setProperty("role", "heading")
        inner = QWidget()
        inner.setObjectName("scrolled")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        inside.setSpacing(SPACE_2)
        for name in ("name", "user_name", "organisation"):
            inside.addWidget(self.rows[name])
        inside.addWidget(heading)
        inside.addWidget(self.grants)
        inside.addWidget(self.rows["reason"])
        inside.addStretch(1)
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_4, SPACE_2, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        keys = QLabel("Enter 下一项　空格 勾选")
        keys.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_6, 0, SPACE_6, 0)
        foot.setSpacing(SPACE_3)
        foot.addWidget(keys)
        foot.addStretch(1)
        for button in (self.save, self.leave):
            button.setAutoDefault(False)
            foot.addWidget(button)
        return foot


def _as_set(grants: Sequence[Grant]) -> frozenset[Grant]:
    return frozenset(grants)
