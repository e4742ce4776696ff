"""What can be printed of one filing beside its issued papers: sheets for the site, the posting, the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from desktop.domain.access import Right
from desktop.domain.batch import may_be_shop
from desktop.domain.ledger import FilingFile
from desktop.domain.site import SiteRef
from desktop.views.actions import keys_of
from desktop.views.theme import SPACE_2
from desktop.views.workbench import Workbench

_WORDS = {
    "filing.next_shop": "同商圈下一户",
    "filing.explain": "判定说明",
    "filing.sheets": "现场用表",
    "filing.posting": "入口公示",
    "filing.dossier": "一案一档",
}


class OutgoingButtons(QWidget):
    """A button a kind; each stands only for those who may, and for a matter that has it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._file: FilingFile | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        # Children from the start: a button without a line to stand in must not be a window of its own.
        self.buttons = {key: QPushButton(f"{said}（{keys_of(key)}）", self) for key, said in _WORDS.items()}
        for key, button in self.buttons.items():
            button.setProperty("role", "quiet")
            button.setAccessibleName(_WORDS[key])
            button.clicked.connect(self.acts()[key])
            row.addWidget(button)

    def show_file(self, file: FilingFile) -> None:
        """Belong to a filing."""
        self._file = file
        actor = self._bench.desk.sign_in.actor
        is_accepted = file.accepted_on is not None
        self.buttons["filing.next_shop"].setVisible(actor.may(Right.REGISTER) and may_be_shop(file.walk_in))
        self.buttons["filing.sheets"].setVisible(is_accepted)
        # Not for everybody where a paper to post states numbers of persons whole.
        may_post = is_accepted and self._bench.desk.site_papers.may_post(file.row.id)
        self.buttons["filing.posting"].setVisible(may_post)
        self.buttons["filing.dossier"].setVisible(actor.may(Right.EXPORT))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Give what each key does."""
        return {
            "filing.next_shop": self.next_shop,
            "filing.explain": self.explain,
            "filing.sheets": self.sheets,
            "filing.posting": self.posting,
            "filing.dossier": self.dossier,
        }

    def next_shop(self) -> None:
        """Take in the next shop of the mall that the filing lies in."""
        if self._file is not None and not self.buttons["filing.next_shop"].isHidden():
            self._bench.next_shop_asked.emit(self._file.row.id)

    def explain(self) -> None:
        """Show how the filing was judged, rule by rule."""
        from desktop.views.explaining.explanation_dialog import explain_filing

        if self._file is not None:
            explain_filing(self._bench, self._file.row.id, self)

    def sheets(self) -> None:
        """Show the sheets to be filled on the site."""
        from desktop.views.papers.site_dialogs import SiteSheetsDialog

        if self._file is not None and not self.buttons["filing.sheets"].isHidden():
            ref = SiteRef(filing_id=self._file.row.id)
            self._open(SiteSheetsDialog(self._bench, ref, self._number(), self))

    def posting(self) -> None:
        """Show what hangs at the entrance."""
        from desktop.views.papers.site_dialogs import PostingDialog

        if self._file is not None and not self.buttons["filing.posting"].isHidden():
            self._open(PostingDialog(self._bench, self._file.row.id, self._number(), self))

    def dossier(self) -> None:
        """Show the dossier of the case."""
        from desktop.views.papers.dossier_dialogs import DossierDialog

        if self._file is not None and not self.buttons["filing.dossier"].isHidden():
            self._open(DossierDialog(self._bench, self._file.row.id, self._number(), self))

    def _number(self) -> str:
        return self._file.registration_number or self._file.row.number if self._file else ""

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
