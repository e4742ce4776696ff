"""What single kinds of visits ask beside the check list: stand-by, check at the gate, first check."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.first_check_points import CERTIFICATE_POINTS, SCHEME_POINTS, SITE_POINTS
from desktop.domain.local_rules import article, cited, local
from desktop.domain.patrol_details import (
    Entrant,
    EntryDetails,
    FirstCheckDetails,
    PatrolDetails,
    SchemeCheck,
    SiteManager,
    StandbyDetails,
)
from desktop.domain.patrol_faults import is_time
from desktop.domain.patrol_kinds import PatrolKind
from desktop.views.actions import keys_of
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.text_field import TextField
from desktop.views.shared.tri_state import TriState
from desktop.views.theme import base_px

WITH_DETAILS: Final = frozenset({PatrolKind.STANDBY, PatrolKind.ENTRY_CHECK, PatrolKind.FIRST_CHECK})
_ENTRANT_LINES: Final = 5
_IN_A_LINE: Final = 3


class DetailsDialog(RecordDialog):
    """Fields of one kind of visit; ``details`` gives them as typed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("patrol_details", title, save=self._check, parent=parent)
        self.texts: dict[str, TextField] = {}
        self.answers: dict[str, TriState] = {}
        self.save_button.setText(f"记下（{keys_of('registers.save')}）")

    @abstractmethod
    def details(self) -> PatrolDetails:
        """Give the details as typed."""

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.details()),)

    def text(self, name: str) -> str:
        """Give one text as typed."""
        return self.texts[name].value()

    def answer(self, name: str) -> bool | None:
        """Give one answer, None while nobody gave it."""
        return self.answers[name].value()

    def add_text(self, name: str, value: str, hint: str = "") -> TextField:
        """Make one line of text."""
        self.texts[name] = TextField(value, limit=100)
        self.texts[name].setPlaceholderText(hint)
        return self.texts[name]

    def add_answer(self, name: str, value: bool | None) -> TriState:
        """Make one question of yes, no, or not looked at."""
        self.answers[name] = TriState(value)
        return self.answers[name]

    def _check(self) -> None:
        """Raise ``ClerkError`` for what is wanting; a subclass knows."""

    def _refuse(self, field: str, why: str) -> None:
        raise ClerkError("patrol_unfit", field=field, why=why, fields=(field,))


class StandbyDialog(DetailsDialog):
    """Who stood by dangerous work, from when to when, and what was seen."""

    def __init__(self, begun: PatrolDetails | None, parent: QWidget | None = None) -> None:
        super().__init__("旁站记录", parent)
        shown = begun if isinstance(begun, StandbyDetails) else StandbyDetails(watcher="", begins="", ends="")
        self.add_field("watcher", "旁站人员(&R)", self.add_text("watcher", shown.watcher))
        self.add_line(
            ("begins", "开始(&K)", self.add_text("begins", shown.begins, "09:30")),
            ("ends", "结束(&J)", self.add_text("ends", shown.ends, "11:00")),
        )
        self.add_field("work", "作业内容(&N)", self.add_text("work", shown.work, "例如：外墙高处作业"))
        for name, label in (
            ("persons_registered", "人员备案"),
            ("gear_worn", "防护用品"),
            ("warning_signs", "警示标识"),
        ):
            self.add_field(name, label, self.add_answer(name, getattr(shown, name)), article=article("standby"))
        self.ready()

    def details(self) -> StandbyDetails:
        """Give the record as typed."""
        return StandbyDetails(
            watcher=self.text("watcher"),
            begins=self.text("begins").replace("：", ":"),
            ends=self.text("ends").replace("：", ":"),
            work=self.text("work"),
            persons_registered=self.answer("persons_registered"),
            gear_worn=self.answer("gear_worn"),
            warning_signs=self.answer("warning_signs"),
        )

    def _check(self) -> None:
        found = self.details()
        if not found.watcher:
            self._refuse("watcher", "请填写旁站人员。")
        if not is_time(found.begins):
            self._refuse("begins", "请填写旁站开始时间，如 09:30。")
        if not is_time(found.ends) or found.ends < found.begins:
            self._refuse("ends", "请填写旁站结束时间，不早于开始时间，如 11:00。")


class EntryCheckDialog(DetailsDialog):
    """Who came to the gate to do what, and whether they were let in."""

    def __init__(self, begun: PatrolDetails | None, parent: QWidget | None = None) -> None:
        super().__init__("进场核查", parent)
        shown = begun if isinstance(begun, EntryDetails) else EntryDetails(work="")
        self.people = QPlainTextEdit("\n".join(_entrant_line(each) for each in shown.entrants))
        self.people.setTabChangesFocus(True)
        self.people.setFixedHeight(int(base_px() * 1.7 * _ENTRANT_LINES))
        self.people.setPlaceholderText("一人一行：姓名，工种，证书编号")
        self.add_field("work", "作业内容(&N)", self.add_text("work", shown.work))
        self.add_field("entrants", "进场人员(&R)", self.people)
        for name, label in (
            ("is_registered", local("已办登记")),
            ("qualifications_in_order", "资格相符"),
            ("gear_in_order", "防护用品"),
            ("is_admitted", "放行进场"),
        ):
            self.add_field(name, label, self.add_answer(name, getattr(shown, name)), article=article("entry_check"))
        self.ready()

    def details(self) -> EntryDetails:
        """Give the check as typed."""
        lines = (line.strip() for line in self.people.toPlainText().splitlines())
        return EntryDetails(
            work=self.text("work"),
            entrants=tuple(_entrant(line) for line in lines if line),
            is_registered=self.answer("is_registered"),
            qualifications_in_order=self.answer("qualifications_in_order"),
            gear_in_order=self.answer("gear_in_order"),
            is_admitted=self.answer("is_admitted"),
        )

    def _check(self) -> None:
        if not self.details().work:
            self._refuse("work", "请填写进场作业的内容。")


class FirstCheckDialog(DetailsDialog):
    """The first check of high-risk works, point by point."""

    _MANAGERS: Final = (
        ("owner_manager", "业主安全员"),
        ("contractor_manager", "施工安全员"),
        ("leader", "建造师、技术"),
    )

    def __init__(self, begun: PatrolDetails | None, parent: QWidget | None = None) -> None:
        super().__init__(local("高风险小型工程首次现场检查"), parent)
        shown = begun if isinstance(begun, FirstCheckDetails) else FirstCheckDetails()
        self._heading(f"施工方案{cited('first_check_scheme')}：五项内容、签字、盖章、审批")
        self._pairs(SCHEME_POINTS, shown.scheme)
        self.add_line(
            ("signed_by", "签字人(&Q)", self.add_text("signed_by", shown.scheme.signed_by, "施工单位技术负责人")),
            ("approved_by", "审批(&S)", self.add_text("approved_by", shown.scheme.approved_by, local("建设单位"))),
        )
        self._heading(f"到岗人员{cited('first_check_managers')}：姓名，是否在岗")
        for name, label in self._MANAGERS:
            met = getattr(shown, name) or SiteManager(name="")
            self.add_line(
                (name, local(label), self.add_text(name, met.name)),
                (f"{name}.present", "在岗", self.add_answer(f"{name}.present", met.is_present)),
            )
        self._heading(f"现场{cited('first_check_site')}")
        self._pairs(SITE_POINTS, shown)
        self._heading(f"资质和证件{cited('first_check_certificates')}：相符并在有效期内")
        self._pairs(CERTIFICATE_POINTS, shown)
        self.setMinimumWidth(base_px() * 66)
        self.ready()

    def details(self) -> FirstCheckDetails:
        """Give the check as typed."""
        site = {name: self.answer(name) for name, _label in (*SITE_POINTS, *CERTIFICATE_POINTS)}
        return FirstCheckDetails(
            scheme=self._scheme(),
            owner_manager=self._manager("owner_manager"),
            contractor_manager=self._manager("contractor_manager"),
            leader=self._manager("leader"),
            **site,
        )

    def _scheme(self) -> SchemeCheck:
        answers: dict[str, Any] = {name: self.answer(name) for name, _label in SCHEME_POINTS}
        typed = SchemeCheck(signed_by=self.text("signed_by"), approved_by=self.text("approved_by"))
        return replace(typed, **answers)

    def _manager(self, name: str) -> SiteManager | None:
        who, is_present = self.text(name), self.answer(f"{name}.present")
        return SiteManager(name=who, is_present=is_present) if who or is_present is not None else None

    def _pairs(self, fields: tuple[tuple[str, str], ...], shown: SchemeCheck | FirstCheckDetails) -> None:
        made = [(name, label, self.add_answer(name, getattr(shown, name))) for name, label in fields]
        for start in range(0, len(made), _IN_A_LINE):
            asked = made[start : start + _IN_A_LINE]
            self.add_line(*asked)
            added = self._column.itemAt(self._column.count() - 1)
            line = added.layout() if added is not None else None
            if isinstance(line, QHBoxLayout):
                for _empty in range(_IN_A_LINE - len(asked)):
                    line.addWidget(QWidget(), 1)  # so that fields below each other are in line

    def _heading(self, words: str) -> None:
        label = QLabel(words)
        label.setProperty("role", "strong")
        self._column.addWidget(label)


def ask_details(kind: PatrolKind, begun: PatrolDetails | None, parent: QWidget) -> PatrolDetails | None:
    """Ask for what a kind of visit has of its own; gives what there was when it was left with Esc."""
    dialogs: dict[PatrolKind, type[StandbyDialog] | type[EntryCheckDialog] | type[FirstCheckDialog]] = {
        PatrolKind.STANDBY: StandbyDialog,
        PatrolKind.ENTRY_CHECK: EntryCheckDialog,
        PatrolKind.FIRST_CHECK: FirstCheckDialog,
    }
    dialog = dialogs[kind](begun, parent)
    return dialog.details() if dialog.exec() else begun


def fits(kind: PatrolKind, details: PatrolDetails | None) -> bool:
    """Say whether details belong to a kind of visit."""
    shapes = {
        PatrolKind.STANDBY: StandbyDetails,
        PatrolKind.ENTRY_CHECK: EntryDetails,
        PatrolKind.FIRST_CHECK: FirstCheckDetails,
    }
    return kind in shapes and isinstance(details, shapes[kind])


def details_words(details: PatrolDetails | None) -> str:
    """Say in one line what was noted."""
    if isinstance(details, StandbyDetails):
        return f"旁站：{details.watcher} {details.begins}—{details.ends} {details.work}".strip()
    if isinstance(details, EntryDetails):
        admitted = {True: "，放行进场", False: "，不予放行", None: ""}[details.is_admitted]
        return f"进场核查：{details.work}，{len(details.entrants)} 人{admitted}"
    if isinstance(details, FirstCheckDetails):
        return f"首次检查：方案{'齐全' if details.scheme.is_whole else '不齐'}"
    return ""


def _entrant(line: str) -> Entrant:
    parts = [part.strip() for part in line.replace(",", "，").replace("\t", "，").split("，")]
    name, trade, certificate = (*parts, "", "")[:3]
    return Entrant(name=name, trade=trade, certificate=certificate, is_certified=True if certificate else None)


def _entrant_line(entrant: Entrant) -> str:
    return "，".join(part for part in (entrant.name, entrant.trade, entrant.certificate) if part)
