"""The act: one decision sent to the services, what came of it, and where the keyboard goes when it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.acts import Act, Decided, DecisionRequest, Preview
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.services.revisits import Revisit
from desktop.views.intake.action_bar import ActionBar
from desktop.views.intake.draft_keeper import DraftKeeper
from desktop.views.intake.intake_form import IntakeForm
from desktop.views.intake.materials_panel import MaterialsPanel
from desktop.views.intake.side_parties import OtherPartiesGroup
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_WAITS_FOR_PAPERS: Final = (Act.ACCEPT, Act.SUBMIT_FOR_REVIEW, Act.ONE_TIME_NOTICE)


class Deciding(QObject):
    """Decides what the form and the papers say; while it is under way nothing on them can be changed.

    ``refresh`` assesses what is typed by now; ``request`` gives the matter with act and reason, still without its id.
    """

    decided = Signal(object, str)  # Decided, the clerk's reason

    def __init__(
        self,
        workbench: Workbench,
        *,
        form: IntakeForm,
        materials: MaterialsPanel,
        bar: ActionBar,
        refresh: Callable[[], Preview],
        request: Callable[[Act, str], DecisionRequest],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._form, self._materials, self._bar = form, materials, bar
        self._refresh, self._make_request = refresh, request
        self._request: DecisionRequest | None = None
        self._came_from: QWidget | None = None
        self.is_under_way = False
        bar.chosen.connect(self._choose)
        bar.refused.connect(self._refused)

    def begin(self) -> None:
        """Forget the last decision: another matter is on the form."""
        self._request = None

    def _choose(self, act: Act, reason: str) -> None:
        """Decide, unless a text on the form cannot be taken."""
        if self.is_under_way:
            return
        unreadable = self._form.unreadable()
        if unreadable is not None:
            path, sentence = unreadable
            self._form.focus_on(path)
            self._bar.say(sentence)
            return
        request = self._request = self._with_id(self._make_request(act, reason))
        self._set_under_way(True)
        intake = self._bench.desk.intake
        self._bench.runner.run(
            lambda progress: intake.decide(request, progress),
            done=while_there(self, self._done),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _with_id(self, request: DecisionRequest) -> DecisionRequest:
        """Give the request an id; the same decision tried again keeps its own, so that it can only count once."""
        if self._request is not None:
            again = replace(request, act_id=self._request.act_id)
            if again == self._request:
                return again
        return replace(request, act_id=uuid4().hex)

    def _done(self, decided: Decided) -> None:
        reason = self._request.reason if self._request else ""
        self._request = None
        self._set_under_way(False)
        self.decided.emit(decided, reason)

    def _failed(self, error: Exception) -> None:
        """Say what happened and put the keyboard where it can be put right; everything typed is still there."""
        self._set_under_way(False)
        preview = self._refresh()
        self._bar.say(describe(error).text)
        if not isinstance(error, ClerkError):
            return
        if error.code == "blocked_by_typed_data":
            self._form.focus_on(str(error.details.get("field", "")))
        elif error.code == "unjudged_materials":
            self._materials.focus_first_open(preview.unjudged)

    def _refused(self, act: Act, why: str) -> None:
        """Go to what stands in the way of an act that is not allowed."""
        preview = self._refresh()
        self._bar.say(why)
        blocking = next((fault for fault in preview.invalid if fault.blocking and fault.message == why), None)
        waits_for_papers = act in _WAITS_FOR_PAPERS and preview.unjudged and "核对" in why
        if blocking is not None:
            self._form.focus_on(blocking.field)
        elif waits_for_papers:
            self._materials.focus_first_open(preview.unjudged)
        elif (path := self._form.next_unknown(preview.assessment.missing_facts)) is not None:
            self._form.focus_on(path)

    def _set_under_way(self, is_under_way: bool) -> None:
        self.is_under_way = is_under_way
        if is_under_way:
            self._came_from = QApplication.focusWidget()
            self._bar.say("正在办理…")
        for part in (self._form, self._materials, self._bar):
            part.setEnabled(not is_under_way)
        if not is_under_way and self._came_from is not None:
            self._came_from.setFocus()


def request_of(
    act: Act,
    reason: str,
    *,
    walk_in: WalkIn,
    revisit: Revisit | None,
    keeper: DraftKeeper,
    others: OtherPartiesGroup,
) -> DecisionRequest:
    """Make the request of an act from what stands on the form, still without an id."""
    return DecisionRequest(
        act_id="",
        act=act,
        walk_in=walk_in,
        reason=reason,
        filing_id=revisit.filing_id if revisit else None,
        draft_id=keeper.draft_id,
        signed=others.signed.isChecked(),
        video_watched=others.video_watched.isChecked(),
        video=others.read_film(),
        follows_id=keeper.begun_from.follows_id,
        found_site_id=keeper.begun_from.found_site_id,
    )
