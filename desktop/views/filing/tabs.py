"""The four tabs of a filing: overview, materials, papers, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import IssuedPaper
from desktop.domain.insured import InsuranceWarning
from desktop.domain.ledger import FilingFile, TimelineEntry
from desktop.domain.local_rules import in_brackets
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import MaterialCheck
from desktop.views.filing.overview_text import Lines, overview, reasons
from desktop.views.shared.chips import Chip, Tone
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6
from desktop.views.wording import VERDICT_TONES, word

_PAPER_HEADINGS = ("文书", "编号", "签发时间", "页数", "补打")


def label(text: str, role: str = "", *, wraps: bool = True) -> QLabel:
    """Make a label whose words can be selected."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wraps)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Tab(QScrollArea):
    """A scrolling column that is filled anew for every filing; arrow keys scroll it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, *parts: QWidget) -> None:
        """Show other parts, one below the other."""
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_4)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)

    def words(self) -> str:
        """Give all words shown, for reading aloud and for tests."""
        return "\n".join(found.text() for found in self.findChildren(QLabel))


class OverviewTab(Tab):
    """What was declared, in two columns, and why it was judged so."""

    def show_file(self, file: FilingFile, pack: PolicyPack, insurance: InsuranceWarning | None = None) -> None:
        """Show one filing; ``insurance`` is what is wanting in its 安责险."""
        shown = overview(file, pack, insurance=insurance)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_6)
        half = _first_half([len(lines) + 1 for _heading, lines in shown])
        for part in (shown[:half], shown[half:]):
            column = QVBoxLayout()
            column.setSpacing(SPACE_4)
            for heading, lines in part:
                column.addWidget(_group(heading, lines))
            column.addStretch(1)
            row.addLayout(column, 1)
        parts = [columns]
        why = reasons(file)
        if why:
            parts.append(_group("判定依据", tuple((article, because) for article, because in why)))
        self.fill(*parts)


class MaterialsTab(Tab):
    """The materials with the clerk's verdicts, and who gave and who passed each."""

    def show_file(
        self, file: FilingFile, pack: PolicyPack, checkers: Mapping[str, tuple[str, str]] = MappingProxyType({})
    ) -> None:
        """Show one filing; ``checkers`` names for a paper who checked it and who passed it at review."""
        if not file.walk_in.materials:
            self.fill(label("没有核对材料。", "soft"))
            return
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        for column, heading in enumerate(("核对", "材料", "形式", "份数", "有效期至", "说明", "核对人")):
            grid.addWidget(label(heading, "faint", wraps=False), 0, column)
        for place, check in enumerate(file.walk_in.materials, 1):
            _material_row(grid, place, check, pack)
            checked, passed = checkers.get(check.code, ("", ""))
            who = "　".join(part for part in (checked, f"审核 {passed}" if passed else "") if part)
            grid.addWidget(label(who or "—"), place, 6)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(5, 2)
        self.fill(table)


class PapersTab(Tab):
    """Every issued paper; one button previews it and prints it again."""

    paper_asked = Signal(object)  # tuple[IssuedPaper, ...]

    def show_papers(self, papers: Sequence[IssuedPaper]) -> None:
        """Show the papers, the newest first."""
        if not papers:
            self.fill(label("这一件没有签发文书。", "soft"))
            return
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_1)
        for column, heading in enumerate(_PAPER_HEADINGS):
            grid.addWidget(label(heading, "faint", wraps=False), 0, column)
        for place, paper in enumerate(papers, 1):
            self._paper_row(grid, place, paper)
        grid.setColumnStretch(len(_PAPER_HEADINGS) + 1, 1)
        self.fill(table)

    def _paper_row(self, grid: QGridLayout, place: int, paper: IssuedPaper) -> None:
        cells = (
            label(paper.title, "strong", wraps=False),
            label(paper.number, "figure", wraps=False),
            label(f"{paper.issued_at.astimezone():%Y-%m-%d %H:%M}", "figure", wraps=False),
            label(str(paper.pages) if paper.pages else "—", wraps=False),
            label(f"{paper.reprints} 次" if paper.reprints else "—", wraps=False),
        )
        for column, cell in enumerate(cells):
            grid.addWidget(cell, place, column)
        again = _button(f"预览、补打 {paper.title}", "预览、补打", lambda: self.paper_asked.emit((paper,)))
        grid.addWidget(again, place, len(cells))


class TimelineTab(Tab):
    """What happened, the newest first: when, who, what, which paper."""

    paper_asked = Signal(object)  # tuple[IssuedPaper, ...]

    def show_file(self, file: FilingFile) -> None:
        """Show one filing."""
        known = {paper.id: paper for paper in file.papers}
        entries = sorted(file.timeline, key=lambda entry: entry.at, reverse=True)
        if not entries:
            self.fill(label("还没有经过记录。", "soft"))
            return
        self.fill(*(self._entry(entry, known) for entry in entries))

    def _entry(self, entry: TimelineEntry, known: dict[int, IssuedPaper]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(2)
        when = label(f"{entry.at.astimezone():%Y-%m-%d %H:%M}", "figure", wraps=False)
        grid.addWidget(when, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(entry.summary or entry.act, "strong"), 0, 1)
        grid.addWidget(label("　".join(part for part in (entry.station, entry.who) if part), "soft"), 1, 1)
        if entry.reason:
            grid.addWidget(label(f"理由：{entry.reason}"), 2, 1)
        papers = tuple(known[paper_id] for paper_id in entry.paper_ids if paper_id in known)
        if papers:
            words = "、".join(paper.title for paper in papers)
            grid.addWidget(label(words, "soft"), 3, 1)
            look = _button(f"看文书：{words}", f"看 {len(papers)} 份文书", partial(self.paper_asked.emit, papers))
            # With an alignment of its own, or the button's width would be the most of the whole column.
            grid.addWidget(look, 4, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        return box


def _first_half(lengths: Sequence[int]) -> int:
    """Give how many groups stand in the first column so that both are about as long."""
    cuts = range(1, len(lengths) + 1)
    return min(cuts, key=lambda cut: abs(sum(lengths[:cut]) - sum(lengths[cut:])), default=0)


def _group(heading: str, lines: Lines) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_3)
    grid.setVerticalSpacing(SPACE_1)
    grid.addWidget(label(heading, "heading"), 0, 0, 1, 2)
    for place, (name, text) in enumerate(lines, 1):
        name_label = label(name, "soft")
        name_label.setFixedWidth(name_label.fontMetrics().horizontalAdvance("宽") * 9)
        grid.addWidget(name_label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text), place, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return box


def _material_row(grid: QGridLayout, place: int, check: MaterialCheck, pack: PolicyPack) -> None:
    rule = next((rule for rule in pack.materials if rule.code == check.code), None)
    grid.addWidget(Chip(word(check.verdict), VERDICT_TONES.get(check.verdict, Tone.GREY)), place, 0)
    texts = (
        f"{rule.label}{in_brackets(rule.article)}" if rule else check.code,
        word(check.form) if check.form else "—",
        f"{check.copies} 份" + (f" {check.pages} 页" if check.pages else ""),
        check.valid_to.isoformat() if check.valid_to else "—",
        check.remark or "",
    )
    for column, text in enumerate(texts, 1):
        grid.addWidget(label(text), place, column)


def _button(name: str, text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda _checked=False: act())
    return button
