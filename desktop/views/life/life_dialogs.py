"""The dialogs of extension, completion, lapse, revocation and delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import (
    OTHER_GROUND,
    CompletionRequest,
    Delivery,
    DeliveryManner,
    ExtensionRequest,
    LapseRequest,
    LifeFile,
    RevocationRequest,
)
from desktop.domain.life_words import READ_ONLY_AFTER_REVOKING
from desktop.domain.local_rules import article as by_rules
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.registration_life import CompletionSource, extension_months
from desktop.views.life.life_dialog import LONGEST, LifeDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_WHY_EXCEPTION: Final = {"late": "已过有效期", "used_up": "已用完延期次数"}


class ExtensionDialog(LifeDialog):
    """One application for extension, taken in today."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "extension", title="办理延期", heading=heading, parent=parent)
        self._filing_id, self._life = filing_id, life
        pack = life.pack
        most = extension_months(pack)
        self.reason, self.exception_reason = TextField(limit=LONGEST), TextField(limit=LONGEST)
        self.months = PickList([(str(count), f"{count} 个月") for count in range(most, 0, -1)])
        self.add("reason", "延期理由(&L)", self.reason, article=pack.deadlines.extension_article)
        self.add("months", "延长(&Y)", self.months)
        self.months.set_value(str(most))
        if life.may_except:
            self.add("exception_reason", "例外理由(&W)", self.exception_reason)
            self.exception_reason.setPlaceholderText("逾期或者超过次数的，由分管领导写明")
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        ahead = self.bench.desk.life.extension_ahead(self._filing_id, self._months())
        span = f"{ahead.first} 至 {ahead.last}"
        if ahead.timing == "too_early":
            return f"还没有到可以申请延期的日期：{span} 可以申请{in_brackets(ahead.article)}。", Tone.RED
        article = in_brackets(ahead.article)
        brings = local(f"有效期由 {ahead.valid_before} 延至 {ahead.valid_until}，出具延期申请表和延期回执{article}。")
        if ahead.is_past:
            return local(f"延长后的期限已经过去，只能重新登记{in_brackets(ahead.article)}。"), Tone.RED
        if ahead.exceptions:
            why = "、".join(_WHY_EXCEPTION[each] for each in ahead.exceptions)
            who = "写明例外理由后" if self._life.may_except else local("只能由分管领导例外同意，或者重新登记；同意后")
            return f"{why}：{who}{brings}", Tone.AMBER
        return brings, Tone.GREEN

    def job(self) -> Callable[[], object]:
        request = ExtensionRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            reason=self.reason.value(),
            months=self._months(),
            exception_reason=self.exception_reason.value(),
        )
        return lambda: self.bench.desk.life.extend(request)

    def _months(self) -> int | None:
        typed = self.months.value()
        return int(typed) if typed.isdigit() else None


class CompletionDialog(LifeDialog):
    """A notice that the work is finished."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "completion", title="记完工", heading=heading, parent=parent)
        self._filing_id, self._life = filing_id, life
        today = workbench.desk.office.today
        self.completed_on, self.note = DayEdit(today=today), TextField(limit=LONGEST)
        self.source = PickList([(each.value, word(each)) for each in CompletionSource])
        article = life.pack.deadlines.closeout_article
        self.add("completed_on", "完工日期(&R)", self.completed_on, article=article)
        self.add("source", "谁说的(&S)", self.source)
        self.add("note", "情况(&Q)", self.note)
        self.completed_on.set_day(life.registration.completed_on or today())
        self.source.set_value(CompletionSource.OWNER.value)
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        terms = self._life.pack.deadlines
        days = terms.closeout_working_days
        if days is None:
            return local("列为已完工未注销，请告知及时申报注销。"), Tone.GREEN
        article = in_brackets(terms.closeout_article)
        return local(f"列为已完工未注销，完工后 {days} 个工作日内申报注销{article}。"), Tone.GREEN

    def job(self) -> Callable[[], object]:
        completed_on = self.completed_on.day()
        if completed_on is None:
            raise ClerkError("life_incomplete", fields=("completed_on",))
        request = CompletionRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            completed_on=completed_on,
            source=CompletionSource(self.source.value() or CompletionSource.OWNER.value),
            note=self.note.value(),
        )
        return lambda: self.bench.desk.life.note_completion(request)


class CompletionWithdrawalDialog(LifeDialog):
    """A completion noted by mistake is taken back."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "completion_withdrawal", title="撤回完工", heading=heading, parent=parent)
        self._filing_id, self._completed_on = filing_id, life.registration.completed_on
        self.reason = TextField(limit=LONGEST)
        self.add("reason", "理由(&L)", self.reason)
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        return f"撤回 {self._completed_on} 完工的记录，恢复在建；原记录和理由留在经过中。", Tone.AMBER

    def job(self) -> Callable[[], object]:
        reason = self.reason.value()
        return lambda: self.bench.desk.life.withdraw_completion(self._filing_id, reason=reason)


class LapseDialog(LifeDialog):
    """The manager closes a registration whose owner is not to be found."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "lapse", title=local("逾期失联注销"), heading=heading, parent=parent)
        self._filing_id, self._life = filing_id, life
        self.patrol = PickList([(str(each.id), f"{each.visited_on} {each.who}") for each in life.patrols])
        self.reason = TextField(limit=LONGEST)
        self.add("patrol", "巡查记录(&X)", self.patrol)
        self.add("reason", "理由(&L)", self.reason)
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        if not self._life.patrols:
            return "还没有这一处的巡查记录，须先到现场巡查。", Tone.RED
        article = self._life.pack.deadlines.closeout_article
        return local(f"登记即时注销，出具注销回执，此后只供查看{in_brackets(article)}。"), Tone.AMBER

    def job(self) -> Callable[[], object]:
        if not self.patrol.value().isdigit():
            raise ClerkError("life_incomplete", fields=("patrol",))
        request = LapseRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            patrol_id=int(self.patrol.value()),
            reason=self.reason.value(),
        )
        return lambda: self.bench.desk.life.close_lapsed(request)


class RevocationDialog(LifeDialog):
    """The manager revokes a registration on one of the grounds."""

    def __init__(
        self, workbench: Workbench, filing_id: int, _life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "revocation", title=local("撤销登记"), heading=heading, parent=parent)
        self._filing_id = filing_id
        self._grounds = {each.code: each for each in workbench.desk.life.grounds(filing_id)}
        self.ground = PickList(
            [(each.code, f"{each.label}{in_brackets(each.article)}") for each in self._grounds.values()]
        )
        self.ground_text, self.facts = TextField(limit=LONGEST), TextField(limit=LONGEST)
        self.evidence = TextField(limit=LONGEST)
        self.add("ground", "理由(&L)", self.ground, article=by_rules("revocation_grounds"))
        self.add("ground_text", "其他情形(&Q)", self.ground_text)
        self.add("facts", "查明的事实(&S)", self.facts)
        self.add("evidence", "证据(&Z)", self.evidence)
        self.has_refused = self.add_tick("has_refused", "已督促整改，拒不整改或者逾期未改(&J)")
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        ground = self._grounds.get(self.ground.value())
        self.rows["ground_text"].setVisible(ground is not None and ground.code == OTHER_GROUND)
        needs_refusal = ground is not None and ground.needs_refusal
        self.has_refused.setVisible(needs_refusal)
        if ground is None:
            return "请选择理由。", Tone.AMBER
        if needs_refusal and not self.has_refused.isChecked():
            return f"先责成整改；拒不整改的才撤销{in_brackets(ground.first_article)}。", Tone.RED
        said = local(f"登记无效并撤销，出具撤销登记告知书{in_brackets(ground.article)}。")
        said += f"此后{local(READ_ONLY_AFTER_REVOKING)}。需要移交的另行移交。"
        return said, Tone.AMBER

    def job(self) -> Callable[[], object]:
        asked = {"ground": self.ground.value(), "facts": self.facts.value(), "evidence": self.evidence.value()}
        if empty := tuple(name for name, text in asked.items() if not text):
            raise ClerkError("life_incomplete", fields=empty)
        request = RevocationRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            ground=self.ground.value(),
            facts=self.facts.value(),
            evidence=self.evidence.value(),
            ground_text=self.ground_text.value(),
            has_refused=self.has_refused.isChecked(),
        )
        return lambda: self.bench.desk.life.revoke(request)


class DeliveryDialog(LifeDialog):
    """How the notice of revocation reached the owner."""

    def __init__(
        self, workbench: Workbench, filing_id: int, _life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "delivery", title="记送达", heading=heading, parent=parent)
        self._filing_id = filing_id
        today = workbench.desk.office.today
        self.manner = PickList([(each.value, word(each)) for each in DeliveryManner])
        self.delivered_on, self.receiver = DayEdit(today=today), TextField()
        self.note = TextField(limit=LONGEST)
        self.add("manner", "送达方式(&F)", self.manner)
        self.add("delivered_on", "送达日期(&R)", self.delivered_on)
        self.add("receiver", "收件人(&S)", self.receiver)
        self.add("note", "说明(&M)", self.note)
        self.manner.set_value(DeliveryManner.IN_PERSON.value)
        self.delivered_on.set_day(today())
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        return "送达记录只记一次，不能更改。", Tone.AMBER

    def job(self) -> Callable[[], object]:
        delivered_on = self.delivered_on.day()
        if delivered_on is None:
            raise ClerkError("life_incomplete", fields=("delivered_on",))
        delivery = Delivery(
            filing_id=self._filing_id,
            delivered_on=delivered_on,
            manner=DeliveryManner(self.manner.value() or DeliveryManner.IN_PERSON.value),
            receiver=self.receiver.value(),
            note=self.note.value(),
        )
        return lambda: self.bench.desk.life.deliver(delivery)
