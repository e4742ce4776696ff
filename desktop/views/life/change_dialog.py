"""Changing a registration: the form as it was filled in, what differs, and only the papers that are newly needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.life_acts import ChangeAhead, ChangeKind, ChangeRequest, ChangeSource, LifeFile, NeededMaterial
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.views.intake.intake_form import IntakeForm
from desktop.views.life.life_dialog import LONGEST, LifeDialog
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_VERDICTS: Final = (Verdict.IN_ORDER, Verdict.MISSING, Verdict.UNREADABLE, Verdict.UNSIGNED, Verdict.NOT_APPLICABLE)
_MOST_FIELDS: Final = 12
_PAUSE_MS: Final = 150


class ChangeDialog(LifeDialog):
    """The whole matter in the form of the intake; at its right what changes and what is asked for."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "change", title="办理变更", heading=heading, parent=parent)
        self._filing_id, self._rules = filing_id, life.pack
        desk = workbench.desk
        office = desk.office.office()
        assert office is not None
        self._before = desk.life.matter_to_change(filing_id)
        self.kind = PickList([(each.value, word(each)) for each in ChangeKind])
        self.source = PickList([(each.value, word(each)) for each in ChangeSource])
        self.reason = TextField(limit=LONGEST)
        self.add_pair(("kind", "变更事项(&N)", self.kind), ("source", "来源(&O)", self.source))
        self.add("reason", "理由(&Q)", self.reason)
        self.form = IntakeForm(self._rules, office)
        self.form.set_walk_in(self._before)
        self._as_opened = self.form.walk_in()
        self.fields = QLabel()
        self.materials: dict[str, PickList] = {}
        self._materials = QVBoxLayout()
        self._lay_out()
        self.source.set_value(ChangeSource.APPLICATION.value)
        # Judged once the typing rests: the whole matter is assessed twice.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._edited)
        self.form.changed.connect(self._pause.start)
        # The form says its keys beside its headings; they hold here as at the intake.
        bind_keys(self, {f"group.{group.key}": group.focus_first for group in self.form.groups if group.key})
        bind_keys(self, {"intake.materials": self._to_materials})
        self.ready()
        self.resize(base_px() * 92, base_px() * 50)

    def walk_in(self) -> WalkIn:
        """Give the matter as it becomes, with the verdicts on the papers still to be brought."""
        typed = with_edits(self._before, self._as_opened, self.form.walk_in())
        for code, verdict in self.materials.items():
            if verdict.value():
                typed = typed.with_check(MaterialCheck(code=code, verdict=Verdict(verdict.value())))
        return typed

    def told_effect(self) -> tuple[str, Tone]:
        ahead = self.bench.desk.life.change_ahead(self._filing_id, self.walk_in())
        self._show_fields(ahead)
        self._ask_materials(ahead)
        if ahead.obstacle:
            return describe(ClerkError(ahead.obstacle, why=ahead.after.inform_zh)).text, Tone.RED
        if not ahead.fields:
            return "还没有改动。", Tone.AMBER
        by_change = self._rules.article("change_of_registration")
        papers = local("出具变更登记表和新的公示材料")
        if ahead.raises_class:
            article = ahead.after.article_for("high_risk") or by_change
            said = local("变更后属于高风险") + in_brackets(article) + self._site_check(ahead)
            return f"{said}。{papers}。", Tone.AMBER
        said = local("变更后不再属于高风险。") if ahead.lowers_class else "风险等级不变。"
        articles = (by_change, self._rules.article("posting_at_entrance"))
        return f"{said}{papers}{in_brackets('、'.join(each for each in articles if each))}。", Tone.GREEN

    def _site_check(self, ahead: ChangeAhead) -> str:
        if not ahead.site_check_by:
            return ""
        article = self._rules.deadlines.site_check_article
        return f"，{ahead.site_check_by} 前首次现场检查{in_brackets(article)}"

    def job(self) -> Callable[[], object]:
        for name, field in (("kind", self.kind), ("source", self.source)):
            if not field.value():
                raise ClerkError("life_incomplete", fields=(name,))
        unreadable = self.form.unreadable()
        if unreadable is not None:
            self.form.focus_on(unreadable[0])
            raise ClerkError("blocked_by_typed_data", field=unreadable[0], why=unreadable[1])
        for verdict in tuple(self.materials.values()):
            verdict.settle()
        request = ChangeRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            kind=ChangeKind(self.kind.value()),
            source=ChangeSource(self.source.value()),
            reason=self.reason.value(),
            walk_in=self.walk_in(),
        )
        return lambda: self.bench.desk.life.change(request)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _to_materials(self) -> None:
        first = next(iter(self.materials.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_fields(self, ahead: ChangeAhead) -> None:
        lines = [
            f"{field.label}：{cover_numbers(field.before) or '无'} → {cover_numbers(field.after) or '无'}"
            for field in ahead.fields[:_MOST_FIELDS]
        ]
        more = len(ahead.fields) - _MOST_FIELDS
        self.fields.setText("\n".join([*lines, *([f"另有 {more} 项"] if more > 0 else [])]) or "还没有改动")

    def _ask_materials(self, ahead: ChangeAhead) -> None:
        """Ask for a verdict on each paper still to be brought; what is no longer asked goes."""
        wanted = {need.code: need for need in ahead.needed}
        if tuple(wanted) == tuple(self.materials):
            return
        told = {code: field.value() for code, field in self.materials.items()}
        while (item := self._materials.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.materials = {}
        for code, need in wanted.items():
            field = PickList([(each.value, word(each)) for each in _VERDICTS])
            field.setObjectName(f"material.{code}")
            field.set_value(told.get(code, "") or self._stood(need))
            # A paper brought at last is a change of its own.
            field.picked.connect(lambda _code: self._edited())
            self.materials[code] = field
            label = f"{need.label}（待补）" if need.is_outstanding else need.label
            row = FieldRow(label, field, article=need.article, help=need.cure, label_characters=12)
            row.label.setWordWrap(True)
            self._materials.addWidget(row)

    def _stood(self, need: NeededMaterial) -> str:
        """Give the verdict that a paper asked for earlier has had since; a paper newly needed has none."""
        verdict = self._before.check_of(need.code).verdict
        return verdict.value if need.is_outstanding and verdict in _VERDICTS else ""

    def _lay_out(self) -> None:
        self.fields.setWordWrap(True)
        self.fields.setAccessibleName("改动的内容")
        side = QWidget()
        side.setObjectName("scrolled")
        column = QVBoxLayout(side)
        column.setSpacing(SPACE_3)
        for text, part in (("改动的内容", self.fields), ("因变更补充的材料　Alt+M", None)):
            heading = QLabel(text)
            heading.setProperty("role", "heading")
            column.addWidget(heading)
            if part is not None:
                column.addWidget(part)
        column.addLayout(self._materials)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(side)
        both = QHBoxLayout()
        both.setSpacing(SPACE_3)
        both.addWidget(self.form, 3)
        both.addWidget(scrolled, 2)
        self._fields.addLayout(both, 1)


def with_edits(stored: WalkIn, shown: WalkIn, typed: WalkIn) -> WalkIn:
    """Give the stored matter with what was typed, and nothing that the form alone says otherwise than it was stored.

    A question that nobody answered is unknown on the form, and not stated in a matter that came by a file.
    """
    names = (field.name for field in fields(stored) if field.name not in ("facts", "materials", "corrections"))
    edited = {name: getattr(typed, name) for name in names if getattr(typed, name) != getattr(shown, name)}
    facts = dict(stored.facts.stated)
    for name in {*shown.facts.stated, *typed.facts.stated}:
        now = typed.facts.stated.get(name)
        if now == shown.facts.stated.get(name):
            continue
        facts.pop(name, None)
        if now is not None:
            facts[name] = now
    return replace(stored, facts=Facts(facts, stored.facts.config), **edited)
