"""What keys do on the page 上报."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_TABS: Final = "各栏"
_SENDING: Final = "上报"
_RECEIVING: Final = "接收"
_CONFLICTS: Final = "冲突"
_STATIONS: Final = "往来单位"


def _exchange(key: str, text: str, shortcut: str, part: str) -> ActionSpec:
    return ActionSpec(key=f"exchange.{key}", neutral=text, shortcut=shortcut, page="exchange", part=part)


EXCHANGE: Final[tuple[ActionSpec, ...]] = (
    _exchange("make", "生成上报包", "F9", _SENDING),
    _exchange("acknowledgement", "读入上级单位的回执", "Ctrl+I", _SENDING),
    _exchange("sheet", "选中上报包的签收单，查看和打印", "Ctrl+P", _SENDING),
    _exchange("open", "打开下级单位的上报包", "Ctrl+O", _RECEIVING),
    _exchange("answer", "保存选中上报包的回执", "Ctrl+S", _RECEIVING),
    _exchange("period", "到期间，看谁没报", "Ctrl+G", _RECEIVING),
    _exchange("ours", "保留本台账的，写明理由", "F5", _CONFLICTS),
    _exchange("theirs", "采用来包的，写明理由", "F6", _CONFLICTS),
    _exchange("decided", "已裁定的也列出", "Ctrl+T", _CONFLICTS),
    _exchange("card_in", "读入对方的名片，核对后列为往来单位", "Insert", _STATIONS),
    _exchange("card_out", "另存本单位名片", "Ctrl+E", _STATIONS),
    _exchange("card_paper", "本单位核对单，查看和打印", "Ctrl+P", _STATIONS),
    _exchange("block", "停止或者恢复与选中单位往来", "Ctrl+Delete", _STATIONS),
    _exchange("tab_sending", "上报", "Alt+1", _TABS),
    _exchange("tab_receiving", "接收", "Alt+2", _TABS),
    _exchange("tab_conflicts", "冲突", "Alt+3", _TABS),
    _exchange("tab_stations", "往来单位", "Alt+4", _TABS),
)
