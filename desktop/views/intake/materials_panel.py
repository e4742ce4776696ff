"""The papers beside the form: the list with its count, the current paper's details, and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Preview
from desktop.domain.local_rules import local
from desktop.domain.walk_in import Correction, MaterialCheck
from desktop.views.actions import action, actions_of, keys_in_words, keys_of
from desktop.views.intake.corrections_list import CorrectionsList
from desktop.views.intake.decision_words import takes_no_papers
from desktop.views.intake.material_detail import MaterialDetail
from desktop.views.intake.material_list import MaterialList
from desktop.views.intake.named import named
from desktop.views.shared.elided import ElidedLabel
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3

_NOT_YET: Final = "填写类别和事实后，这里列出应交的材料。"
_NONE_TAKEN: Final = "本件不予登记，不收材料。"


class MaterialsPanel(QFrame):
    """Checks the papers of one matter; ``changed`` follows every verdict and detail."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.list = MaterialList()
        self.detail = MaterialDetail()
        self.corrections = CorrectionsList()
        self.count = named(QLabel(), "materials.count")
        self.empty = named(QLabel(_NOT_YET), "materials.empty")
        self.empty.setProperty("role", "faint")
        self._rest = named(QPushButton(f"其余全齐  {keys_of('materials.rest')}"), "materials.rest")
        self._rest.setProperty("role", "quiet")
        self._rest.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rest.clicked.connect(self.list.rest_in_order)
        self.list.judged.connect(self._changed)
        self.list.moved.connect(self._show_current)
        self.list.details_asked.connect(self._go_to_details)
        self.detail.edited.connect(self.list.set_check)
        self.detail.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.corrections.changed.connect(self.changed)
        self._lay_out()
        self._show_counts()

    def read(self) -> tuple[tuple[MaterialCheck, ...], tuple[Correction, ...]]:
        """Give verdicts and corrections."""
        return self.list.read(), self.corrections.read()

    def write(self, checks: tuple[MaterialCheck, ...], corrections: tuple[Correction, ...]) -> None:
        """Show those of another matter, without signals."""
        self.list.write(checks)
        self.corrections.write(corrections)
        self._show_counts()

    def note_ends(self, ends: Mapping[str, date]) -> None:
        """Put down the last valid day of papers, by their codes, without judging any."""
        checks = {check.code: check for check in self.list.read()}
        for code, valid_to in ends.items():
            self.list.set_check(replace(checks.get(code, MaterialCheck(code=code)), valid_to=valid_to))

    def show_preview(self, preview: Preview) -> None:
        """Show the list made by the facts."""
        self.list.show_lines(preview.lines)
        self.empty.setText(local(_NONE_TAKEN) if takes_no_papers(preview.assessment) else _NOT_YET)
        self._show_counts()

    def focus_first_open(self, unjudged: tuple[str, ...] = ()) -> None:
        """Go to the first paper without a verdict, else to the list."""
        if unjudged:
            self.list.focus_on(unjudged[0])
        else:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _changed(self) -> None:
        self._show_counts()
        self._show_current()
        self.changed.emit()

    def _show_current(self) -> None:
        here = self.list.current()
        focus = QApplication.focusWidget()
        is_typing = focus is not None and self.detail.isAncestorOf(focus)
        if is_typing and here and here[1].code == self.detail.code:
            return
        self.detail.show_check(here[0] if here else None, here[1] if here else MaterialCheck(code=""))

    def _show_counts(self) -> None:
        judged, required = self.list.counts()
        self.count.setText(f"已核对 {judged}/{required}" if required else "")
        self._rest.setVisible(judged < required)
        has_lines = self.list.count() > 0
        for widget in (self.list, self.detail, self.corrections, self.corrections.add_button, self._keys):
            widget.setVisible(has_lines)
        self.empty.setVisible(not has_lines)

    def _go_to_details(self, to_remark: bool) -> None:
        (self.detail.remark if to_remark else self.detail.form).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        heading = QLabel("申报材料")
        heading.setProperty("role", "heading")
        hint = QLabel(keys_of("intake.materials"))
        hint.setProperty("role", "faint")
        self.count.setProperty("role", "strong")
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        for widget in (heading, hint, self._rest, self.corrections.add_button):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.count)
        self._keys = ElidedLabel(_key_words())
        self._keys.setProperty("role", "faint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_1)
        layout.addLayout(head)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._keys)
        layout.addWidget(self.detail)
        layout.addWidget(self.corrections)


def _key_words() -> str:
    verdicts, forms = (
        " ".join(f"{keys_in_words(spec)}{spec.text}" for spec in actions_of("intake") if spec.key.startswith(kind))
        for kind in ("verdict.", "paper.")
    )
    scan = f"{keys_of('materials.scan')}{action('materials.scan').text}"
    return f"{scan} · {verdicts} · {forms}"
