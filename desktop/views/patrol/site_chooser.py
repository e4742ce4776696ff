"""Choosing the site of a visit: one field, a pick list when several are meant, and the card of the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.patrol import PatrolSite, SitesByCode
from desktop.views.actions import keys_of
from desktop.views.patrol.site_card import SiteCard
from desktop.views.patrol.site_field import SiteField
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, row_px
from desktop.views.workbench import Workbench

_COLUMNS = ("编号", "工程（作业）名称", "地点", "业主", "上次巡查")
_WIDTHS = (11, 18, 18, 9)
_ROOMY = (1, 2, 3)
_ROWS = 6
_ASK_AGAIN = "请核对编号，或者换名称、地址中的几个字"
_NOT_REGISTERED = f"没有登记的工地按 {keys_of('patrol.found')} 记下来"
_NOTHING_TO_LINK = "还没有选工地。选好后这里写明是哪一处，核对无误再确定。"


class SitePicks(RegisterTable):
    """Several sites to choose from by ↑ ↓ Enter; Esc goes back to the field."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SiteChooser(QWidget):
    """``chosen`` follows with the site; ``source`` says whether the last one was scanned."""

    chosen = Signal(object)  # PatrolSite
    left = Signal()  # Enter in the field while its site stands: go on

    def __init__(self, workbench: Workbench, *, is_for_link: bool = False) -> None:
        super().__init__()
        self._bench = workbench
        card = SiteCard(_NOTHING_TO_LINK) if is_for_link else SiteCard()
        self._not_found = _ASK_AGAIN if is_for_link else local(f"{_ASK_AGAIN}；{_NOT_REGISTERED}")
        self.site: PatrolSite | None = None
        self.is_scanned = False
        self.field, self.card, self.said = SiteField(), card, QLabel()
        self.picks = SitePicks("patrol.picks", _COLUMNS, _WIDTHS, roomy=_ROOMY)
        self.picks.setAccessibleName("选择工地")
        self.picks.setFixedHeight(row_px() * (_ROWS + 1))
        self.row = FieldRow("工地(&G)", self.field, label_characters=4)
        self.said.setProperty("role", "doubt")
        self.said.setWordWrap(True)
        self._found: tuple[PatrolSite, ...] = ()
        self._asked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for part in (self.row, self.said, self.picks, self.card):
            column.addWidget(part)
        self.said.hide()
        self.picks.hide()
        self.setFocusProxy(self.field)
        self.field.asked.connect(self._ask)
        self.picks.opened.connect(self._pick)
        self.picks.left.connect(self._back_to_field)

    def take(self, site: PatrolSite | None) -> None:
        """Choose a site, or none; no signal."""
        self.site = site
        self._say("")
        self.picks.hide()
        self.card.show()
        if site is None:
            self.field.begin()
            self.card.show_nothing()
            return
        self.field.begin(site.number)
        desk = self._bench.desk
        self.card.show_site(site, desk.office.today(), site.next_visit_on(desk.patrol_plan.plan()))

    def step_back(self) -> bool:
        """Close the list of several; says whether it was open."""
        if self.picks.isHidden():
            return False
        self._back_to_field()
        return True

    def _ask(self, typed: str, is_scanned: bool) -> None:
        if self.site is not None and typed == self.site.number and not is_scanned:
            self.left.emit()
            return
        self.is_scanned, self._asked = is_scanned, typed
        patrols = self._bench.desk.patrols
        self._say("")
        self._bench.runner.run(
            lambda _progress: patrols.site_by_code(typed),
            done=while_there(self, self._show_found),
            failed=while_there(self, lambda error: self._say(describe(error).text)),
        )

    def _show_found(self, found: SitesByCode) -> None:
        if found.is_exact:
            self._choose(found.sites[0])
        elif not found.sites:
            self._say(f"没有找到“{self._asked}”。{self._not_found}。")
            self.field.selectAll()
        else:
            self._offer(found)

    def _offer(self, found: SitesByCode) -> None:
        self._found = found.sites
        self.picks.show_rows([(place, _texts(site), True) for place, site in enumerate(found.sites)])
        self.picks.setCurrentCell(0, 0)
        more = "只列出前面的，请多写几个字。" if found.is_cut else ""
        self._say(f"有 {len(found.sites)} 处，↑ ↓ 选择，Enter 确定，Esc 返回。{more}")
        self.card.hide()
        self.picks.show()
        self.picks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, place: int) -> None:
        self._choose(self._found[place])

    def _choose(self, site: PatrolSite) -> None:
        self.take(site)
        self.chosen.emit(site)

    def _back_to_field(self) -> None:
        self.picks.hide()
        self.card.show()
        self._say("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))


def _texts(site: PatrolSite) -> tuple[str, ...]:
    last = site.last_visited_on
    return (site.number, site.project_name, site.place, site.owner_name, last.isoformat() if last else "")
