"""One event whole: who, what, why, the fields before and after, its link."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop.domain.trail import TrailEvent, grouped
from desktop.services.wording import act_word
from desktop.views.theme import COLOURS, SPACE_2, SPACE_3

_NOTHING = "选中一条记录，这里显示全部内容。"


class EventCard(QFrame):
    """Shows one event; scrolls by keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.heading, self.body = QLabel(), QTextBrowser()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.body.setAccessibleName("记录内容")
        self.body.setObjectName("audit.event")
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        self.body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.body, 1)
        self.show_event(None)

    def show_event(self, event: TrailEvent | None) -> None:
        """Show an event, or say how to choose one."""
        if event is None:
            self.heading.setText("")
            self.body.setPlainText(_NOTHING)
            return
        self.heading.setText(f"第 {event.row.id} 号　{act_word(event.row.act)}")
        self.body.setHtml("".join(_lines(event)))


def _lines(event: TrailEvent) -> list[str]:
    row = event.row
    who = f"{row.who}（{event.account}）" if event.account else row.who
    parts = [
        _line("时间", f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}"),
        _line("人员", who or "未登录"),
        _line("受理点", row.station),
        _line("编号", row.number),
        _line("内容", row.summary),
        _line("理由", event.reason),
        _line("文书", "、".join(event.papers)),
        _line("所写内容", "、".join(event.subjects)),
    ]
    if event.changes:
        parts.append(_changes(event))
    parts.append(_line("链环", grouped(event.mac) or "没有"))
    return parts


def _line(label: str, value: str) -> str:
    if not value:
        return ""
    soft = f'<span style="color:{COLOURS.ink_soft}">{label}</span>'
    return f"<p style='margin:0 0 4px 0'>{soft}　{escape(value)}</p>"


def _changes(event: TrailEvent) -> str:
    rows = "".join(
        f"<tr><td>{escape(change.field)}</td><td>{escape(change.before)}</td><td>{escape(change.after)}</td></tr>"
        for change in event.changes
    )
    head = "<tr><th align='left'>字段</th><th align='left'>之前</th><th align='left'>之后</th></tr>"
    return f"<table cellpadding='3' width='100%'>{head}{rows}</table>"
