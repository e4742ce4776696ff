"""What keys do in the window that tries a version of the rules."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec


def _dry_run(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"dry_run.{key}", neutral=text, shortcut=shortcut, page="dry_run")


DRY_RUN: Final[tuple[ActionSpec, ...]] = (
    _dry_run("begin", "开始试算；试算中按 Esc 停止", "F9"),
    _dry_run("kinds", "到变化的种类：↑ ↓ 只列这一种", "F2"),
    _dry_run("transitions", "到变化的合计：Enter 只列这一类", "F3"),
    _dry_run("lines", "到逐件清单：Enter 打开这一件", "F4"),
    _dry_run("sort", "清单按当前列排序，再按一次倒序", "Ctrl+S"),
    _dry_run("workbook", "存为 Excel", "Ctrl+E"),
)
