"""The troubles of making packages and taking in their acknowledgements, in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_Say = Callable[[Mapping[str, object]], tuple[str, str]]

PACKING_TROUBLES: Final[Mapping[str, _Say]] = {
    "nothing_to_send": lambda _d: (
        "没有需要上报的内容。",
        "没有生成文件。上次确认以来没有变动；需要再报一次的，请选“全部台账”或者“一段时间”。",
    ),
    "period_required": lambda _d: ("上报的起止日期没有填对。", "请填写起、止两个日期，起日不晚于止日。"),
    "scans_need_whole": lambda _d: (
        "个人信息已遮盖的上报包不能带附件。",
        "附件上能看到完整号码。请改选“完整个人信息”并写明用途，或者不带附件。",
    ),
    "package_not_ours": lambda _d: (
        "这份回执不是给本单位的上报包的。",
        "没有改动任何内容。请核对是不是拿错了文件，或者本单位的台账恢复过旧备份；恢复过的，请再报一次全部台账。",
    ),
}
