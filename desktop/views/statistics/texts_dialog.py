"""What a manager writes under the headings of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.views.actions import keys_of, shortcut
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px

_SIZE: Final = (56, 42)  # in characters
_LINES: Final = 5


class TextsDialog(QDialog):
    """One field a heading; Ctrl+S takes what is written, one Esc warns before it is given up."""

    def __init__(
        self,
        title: str,
        headings: Sequence[str],
        texts: Mapping[str, str],
        *,
        before: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, QPlainTextEdit] = {}
        self.banner = Banner()
        self._was_warned = False
        self._build(title)
        begun = dict(texts) or {heading: before[heading] for heading in headings if before.get(heading)}
        for place, heading in enumerate(headings):
            self._add(place, heading, begun.get(heading, ""))
        self._column.addStretch(1)
        if not texts and begun:
            self.banner.say("填的是上一次出这种报表时写的，请照这一期改。", Tone.BLUE, mark="上次")
        self._begun = self.texts()
        next(iter(self.fields.values())).setFocus()

    def texts(self) -> dict[str, str]:
        """Give what is written, by heading; what is empty is left out."""
        written = {heading: field.toPlainText().strip() for heading, field in self.fields.items()}
        return {heading: text for heading, text in written.items() if text}

    def reject(self) -> None:
        if self.texts() != self._begun and not self._was_warned:
            self._was_warned = True
            self.banner.say(
                f"改动还没有保存：{keys_of('registers.save')} 保存，再按一次 Esc 放弃。", Tone.AMBER, mark="注意"
            )
            return
        super().reject()

    def _add(self, place: int, heading: str, text: str) -> None:
        label, field = QLabel(f"{heading}(&{place + 1})"), QPlainTextEdit(text)
        label.setProperty("role", "heading")
        label.setBuddy(field)
        field.setTabChangesFocus(True)
        field.setAccessibleName(heading)
        field.setObjectName(f"statistics_texts.{place + 1}")
        field.setMinimumHeight(base_px() * _LINES)
        self._column.addWidget(label)
        self._column.addWidget(field, 1)
        self.fields[heading] = field

    def _build(self, title: str) -> None:
        self.setObjectName("statistics_texts")
        self.setWindowTitle(f"说明文字　{title}")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        inner, scroll = QWidget(), QScrollArea()
        inner.setObjectName("scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(SPACE_2)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        save, close = QPushButton(f"保存（{keys_of('registers.save')}）"), QPushButton("取消（Esc）")
        save.setProperty("role", "primary")
        save.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (save, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
        QShortcut(shortcut("registers.save"), self).activated.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
