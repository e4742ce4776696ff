"""The troubles of taking in packages and of deciding conflicts, in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.local_rules import local

_Say = Callable[[Mapping[str, object]], tuple[str, str]]

RECEIVING_TROUBLES: Final[Mapping[str, _Say]] = {
    "package_is_own": lambda _d: (
        "这是本单位自己生成的上报包。",
        "没有写入任何内容。请选下级单位交来的文件；本单位的台账请从备份恢复。",
    ),
    "no_such_package": lambda _d: ("没有接收过这个上报包。", "请在列表中重新选择。"),
    "no_such_conflict": lambda _d: ("没有这条两边不一致的记录。", "请在列表中重新选择。"),
    "conflict_decided": lambda _d: (
        "这条记录已经裁定过了。",
        local("原裁定没有改动。需要更正的，请在相应的登记、巡查中办理更正。"),
    ),
    "conflict_unfit": lambda d: (
        f"来包的记录不能采用：{d.get('why', '')}",
        "没有写入任何内容。请对方更正后重新上报，或者保留本台账的。",
    ),
}
