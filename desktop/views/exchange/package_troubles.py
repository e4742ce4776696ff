"""The troubles of packages, station cards and acknowledgements in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_Say = Callable[[Mapping[str, object]], tuple[str, str]]

_NOTHING: Final = "没有写入任何内容。"
_ROLES: Final = {"below": "下级单位（向本单位上报）", "above": "上级单位（本单位向其上报）"}

PACKAGE_TROUBLES: Final[Mapping[str, _Say]] = {
    "not_a_package": lambda _d: ("这个文件不是上报包。", f"{_NOTHING}请选扩展名为 .swpkg 的文件。"),
    "not_a_station_card": lambda _d: ("这个文件不是单位名片。", f"{_NOTHING}请选扩展名为 .swcard 的文件。"),
    "not_an_acknowledgement": lambda _d: ("这个文件不是上报回执。", f"{_NOTHING}请选扩展名为 .swack 的文件。"),
    "package_newer": lambda _d: ("文件由更新版本的程序做成。", f"{_NOTHING}请升级本程序后再打开。"),
    "not_sealed_for_us": lambda _d: (
        "上报包已加密，不是加密给本单位的。",
        f"{_NOTHING}请对方在“往来单位”中选本单位，重新生成。",
    ),
    "package_too_large": lambda d: (
        f"文件超出允许的大小{_place(d)}。",
        f"{_NOTHING}请对方分段生成，或者不带附件；来路不明的文件不要打开。",
    ),
    "package_damaged": lambda d: (
        f"文件不完整，或者被改动过{_place(d)}。",
        f"{_NOTHING}请重新复制一次；仍然如此的，请对方重新生成。",
    ),
    "package_not_signed": lambda d: (
        f"签名与{d.get('name') or '所写的单位'}不符。",
        f"{_NOTHING}文件可能被改动过，请与对方核实后重新取一份。",
    ),
    "package_of_other_station": lambda d: (
        f"文件是另一个单位的：{d.get('name', '')}。",
        f"{_NOTHING}请核对文件是否选错。",
    ),
    "station_ambiguous": lambda d: (
        "没有办理：有几个往来单位用这个代码。",
        f"代码 {d.get('station', '')} 对应 {d.get('count', '几')} 个单位，请改用核对码指明。",
    ),
    "station_unknown": lambda d: (
        f"还没有把{d.get('name') or '对方'}列为往来单位。",
        f"{_NOTHING}请先取得对方的名片文件和核对单，由系统管理员核对。",
    ),
    "station_blocked": lambda d: (
        f"{d.get('name') or '这个单位'}已停止往来。",
        f"{_NOTHING}需要恢复的，请系统管理员写明理由后恢复。",
    ),
    "station_role_differs": lambda d: (
        f"{d.get('name', '')}在本台账中列为{_ROLES.get(str(d.get('role')), '另一种单位')}。",
        f"{_NOTHING}列错的，请系统管理员重新核对。",
    ),
    "no_such_station": lambda _d: ("没有这个往来单位。", "请在列表中重新选择。"),
    "own_station": lambda _d: ("这是本单位自己的名片。", "请选对方单位的名片文件。"),
    "fingerprint_differs": lambda d: (
        f"核对码不一致：第 {_listed(d.get('groups'))} 组。",
        "没有列入。请照核对单重新录入；仍不一致的，名片文件不是该单位的，请与对方联系。",
    ),
    "station_key_unreadable": lambda _d: (
        "本单位的上报密钥读不出来。",
        "台账和密钥文件可能不是一套。请从同一份备份恢复，或者联系维护人员。",
    ),
}


def _place(details: Mapping[str, object]) -> str:
    """Say where in the file the trouble is, as far as it is known."""
    told = [f"第 {details['line']} 行"] if details.get("line") else []
    named = [str(details[key]) for key in ("part", "key") if details.get(key)]
    place = "，".join((" ".join(named), *told)) if named else "".join(told)
    return f"（{place}）" if place else ""


def _listed(groups: object) -> str:
    return "、".join(str(group) for group in groups) if isinstance(groups, tuple | list) else ""
