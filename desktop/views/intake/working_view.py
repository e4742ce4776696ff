"""What stands on the page while one matter is worked on: the form, the decision beside it, papers and acts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop.domain.acts import Office, Preview
from desktop.domain.pack import PolicyPack
from desktop.views.intake.action_bar import ActionBar
from desktop.views.intake.decision_panel import DecisionPanel
from desktop.views.intake.intake_form import IntakeForm
from desktop.views.intake.materials_panel import MaterialsPanel
from desktop.views.intake.page_head import PageHead
from desktop.views.theme import SPACE_2, SPACE_4


class WorkingView(QWidget):
    """Lays the parts out and shows a preview on them; what they do to each other is the page's."""

    def __init__(self, pack: PolicyPack, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        # From the outside inwards: a change of parent costs under a style sheet.
        self._middle = QSplitter(Qt.Orientation.Horizontal, self)
        self.form_card, self._side = QFrame(self._middle), QWidget(self._middle)
        self.head = PageHead(self)
        self.form = IntakeForm(pack, office, self.form_card)
        self.decision = DecisionPanel(pack, office.station_kind, self._side)
        self.materials = MaterialsPanel(self._side)
        self.actions_bar = ActionBar(self)
        self._lay_out()

    def show_preview(self, preview: Preview) -> None:
        """Show what the rules make of what is typed by now."""
        kind = self.form.kind.kind.value() or None
        self.decision.show_assessment(preview.assessment, kind=kind, label_of=self.form.label_of)
        self.materials.show_preview(preview)
        self.actions_bar.show_acts(preview.acts if kind else (), unjudged=len(preview.unjudged))
        self.form.show_faults(preview.invalid)

    def _lay_out(self) -> None:
        self.form_card.setProperty("role", "card")
        card = QVBoxLayout(self.form_card)
        card.setContentsMargins(1, 1, 1, 1)
        card.addWidget(self.form)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(SPACE_2)
        # The decision takes the room its lines need, the papers what is left, but never less than a few lines.
        right.addWidget(self.decision)
        right.addWidget(self.materials, 1)
        middle = self._middle
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(SPACE_2)
        middle.addWidget(self.form_card)
        middle.addWidget(self._side)
        middle.setStretchFactor(0, 7)
        middle.setStretchFactor(1, 5)
        middle.setSizes([700, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.head)
        column.addWidget(middle, 1)
        column.addWidget(self.actions_bar)
