"""Issuing an order of enforcement: kind, clause, facts, what is asked, until when, and who signs."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.order import OrderKind, OrderRequest
from desktop.views.actions import keys_of
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.word_room import make_room
from desktop.views.theme import SPACE_2, SPACE_4, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_LONGEST = 800


class OrderDialog(QDialog):
    """Nothing typed is lost by a mistake; ``issued`` follows with the paper."""

    issued = Signal(object)  # IssuedPaper

    def __init__(self, workbench: Workbench, filing_id: int, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._filing_id = workbench, filing_id
        self._act_id = uuid4().hex
        self._was_warned = False
        self.setObjectName("order")
        self.setWindowTitle("签发责令文书")
        self.kind = PickList([(kind.value, word(kind)) for kind in OrderKind])
        self.clause, self.clause_text = PickList(), QLabel()
        self.facts, self.asked = TextField(limit=_LONGEST), TextField(limit=_LONGEST)
        self.due_on, self.certificate_number = DayEdit(today=workbench.desk.office.today), TextField()
        self.fault, self.issue = QLabel(), QPushButton(f"签发（{keys_of('order.issue')}）")
        self._build(heading)
        self.kind.set_value(OrderKind.STOP.value)
        self.certificate_number.set_value(workbench.desk.orders.last_certificate())
        self._offer_clauses()
        self._connect()
        self.resize(base_px() * 56, self.sizeHint().height())
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def request(self) -> OrderRequest:
        """Give the order as typed."""
        return OrderRequest(
            act_id=self._act_id,
            filing_id=self._filing_id,
            kind=OrderKind(self.kind.value() or OrderKind.STOP.value),
            clause=self.clause.value(),
            facts=self.facts.value(),
            asked=self.asked.value(),
            certificate_number=self.certificate_number.value(),
            due_on=self._day(),
        )

    def reject(self) -> None:
        """Leave; what was typed goes only at the second time."""
        if (self.facts.value() or self.asked.value()) and not self._was_warned:
            self._was_warned = True
            self._say(f"文书还没有签发：{keys_of('order.issue')} 签发，再按一次 Esc 放弃已录入的内容。")
            return
        super().reject()

    def _day(self) -> date | None:
        return self.due_on.day()

    def _issue(self) -> None:
        if not self.issue.isEnabled():
            return
        for each in (self.kind, self.clause):
            each.settle()
        if self.due_on.problem():
            self._say(self.due_on.problem())
            self.due_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        request, orders = self.request(), self._bench.desk.orders
        self._set_busy(True)
        self._bench.runner.run(
            lambda _progress: orders.issue(request),
            done=while_there(self, self._done),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _done(self, paper: IssuedPaper) -> None:
        self._set_busy(False)
        self.issued.emit(paper)
        self.accept()

    def _failed(self, error: Exception) -> None:
        """Say what is wanting and go to the first such field."""
        self._set_busy(False)
        self._say(describe(error).text)
        named = error.details.get("fields") if isinstance(error, ClerkError) else None
        faulty = named if isinstance(named, tuple) else ()
        for name in ("clause", "facts", "asked", "due_on", "certificate_number"):
            if name in faulty:
                getattr(self, name).setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()
        make_room(self)

    def _set_busy(self, is_busy: bool) -> None:
        self.issue.setEnabled(not is_busy)
        if is_busy:
            self.fault.hide()

    def _offer_clauses(self) -> None:
        """Offer the clauses that speak of the chosen order; what was chosen stays where it fits."""
        kind = OrderKind(self.kind.value() or OrderKind.STOP.value)
        try:
            clauses = self._bench.desk.orders.clauses(kind, self._filing_id)
        except ClerkError as error:
            # The version it was judged by is not here: no order on other rules.
            clauses = ()
            self._say(describe(error).text)
        chosen = self.clause.value()
        self._texts = {clause.code: clause.text for clause in clauses}
        self.clause.set_options([(clause.code, f"{clause.article} {clause.text[:24]}…") for clause in clauses])
        self.clause.set_value(chosen if chosen in self._texts else "")
        self._show_clause()

    def _show_clause(self) -> None:
        self.clause_text.setText(self._texts.get(self.clause.value(), ""))

    def _connect(self) -> None:
        self.kind.picked.connect(lambda _code: self._offer_clauses())
        self.clause.picked.connect(lambda _code: self._show_clause())
        self.issue.clicked.connect(self._issue)
        for field in (self.kind, self.clause, self.facts, self.asked, self.due_on, self.certificate_number):
            field.changed.connect(self.fault.hide)
        bind_keys(self, {"order.issue": self._issue})

    def _build(self, heading: str) -> None:
        title = QLabel(heading)
        title.setProperty("role", "heading")
        for words in (self.clause_text, self.fault):
            words.setWordWrap(True)
        self.clause_text.setProperty("role", "soft")
        # Room for the longest clause, so that the fields below stay where they are.
        self.clause_text.setMinimumHeight(self.clause_text.fontMetrics().lineSpacing() * 3)
        self.clause_text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fault.setProperty("role", "fault")
        self.fault.hide()
        self.facts.setPlaceholderText("何时、何地、发现什么；印在文书上")
        self.asked.setPlaceholderText("要求做什么；印在文书上")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(title)
        for label, field in (
            ("文书(&W)", self.kind),
            ("依据条款(&T)", self.clause),
            ("查明的事实(&S)", self.facts),
            ("要求(&Y)", self.asked),
            ("期限(&Q)", self.due_on),
            ("执法证号(&Z)", self.certificate_number),
        ):
            column.addWidget(FieldRow(label, field, label_characters=8))
            if field is self.clause:
                column.addWidget(self.clause_text)
        officer = QLabel(f"{self._officer()}（以本人账号签发）")
        column.addWidget(FieldRow("执法人员", officer, label_characters=8))
        column.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = QPushButton("不签发（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self.issue.setAutoDefault(False)
        self.issue.setProperty("role", "primary")
        foot.addWidget(self.issue)
        foot.addWidget(close)
        column.addLayout(foot)

    def _officer(self) -> str:
        office = self._bench.desk.office.office()
        return self._bench.desk.sign_in.actor.name or (office.clerk_name if office else "")
