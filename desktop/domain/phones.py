"""Checks of telephone numbers as people say them at a counter."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.checked import Checked, NumberFault, bad, good, half_width, shown

MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
LANDLINE: Final = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})")
AREA_CODE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
LOCAL: Final = re.compile(r"[2-9][0-9]{6,7}")
SERVICE: Final = re.compile(r"[48]00[0-9]{7}")
FOREIGN: Final = re.compile(r"\+[1-9][0-9]{7,14}")
EXTENSION: Final = re.compile(r"(?:转|分机号?|EXT\.?|#|X)+([0-9]{1,6})$")
SEPARATORS: Final = re.compile(r"[\s()\[\].·\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff-]+")
LONGEST: Final = 60


def check_phone(text: str) -> Checked:
    """Check a telephone number: mobile, landline with or without area code, 400/800, extension, abroad.

    The normalised form is plain digits, with a hyphen after the area code and before an extension.
    """
    typed = half_width(text).strip().upper()
    if not typed:
        return bad("", NumberFault.EMPTY, "未填写联系电话")
    if len(typed) > LONGEST:
        return bad(typed, NumberFault.LENGTH, f"联系电话过长（{len(typed)} 个字符），一栏只填一个号码")
    main, extension = _parts(typed)
    normal = _normal_form(main)
    if normal is not None:
        return good(f"{normal}-{extension}" if extension else normal, "号码位数相符")
    return _fault(main)


def _parts(typed: str) -> tuple[str, str]:
    """Separate the number from an extension named by a word, or by a last hyphen the number can do without."""
    marked = EXTENSION.search(SEPARATORS.sub("", typed))
    if marked:
        return SEPARATORS.sub("", typed)[: marked.start()], marked[1]
    main = SEPARATORS.sub("", typed)
    head, hyphen, tail = typed.rpartition("-")
    shorter = SEPARATORS.sub("", head)
    if hyphen and re.fullmatch(r"[0-9]{1,6}", tail.strip()) and _normal_form(main) is None and _normal_form(shorter):
        return shorter, tail.strip()
    return main, ""


def _normal_form(digits: str) -> str | None:
    home = re.sub(r"^(?:\+|00)86(?=[0-9])", "", digits)
    if digits != home and re.fullmatch(r"[1-9][0-9]{8,10}", home) and not MOBILE.fullmatch(home):
        home = "0" + home  # +86 755 … drops the 0 of the area code
    if MOBILE.fullmatch(home) or LOCAL.fullmatch(home) or SERVICE.fullmatch(home):
        return home
    landline = LANDLINE.fullmatch(home)
    if landline:
        return f"{landline[1]}-{landline[2]}"
    abroad = re.sub(r"^00(?=[1-9])", "+", digits)
    return abroad if FOREIGN.fullmatch(abroad) and not abroad.startswith("+86") else None


def _fault(main: str) -> Checked:
    for char in main.removeprefix("+"):
        if char not in "0123456789":
            return bad(main, NumberFault.CHARACTER, f"联系电话中有{shown(char)}，一栏只填一个号码的数字")
    if main.startswith("1") and len(main) == 11:
        return bad(main, NumberFault.PREFIX, f"手机号第 2 位应为 3 至 9，现为 {main[1]}，请核对")
    if main.startswith("1"):
        return bad(main, NumberFault.LENGTH, f"手机号应为 11 位，现有 {len(main)} 位，请核对")
    if main.startswith("0"):
        return _landline_fault(main)
    return bad(main, NumberFault.LENGTH, f"电话号码位数不对（{len(main)} 位），固定电话请带区号")


def _landline_fault(main: str) -> Checked:
    """Say what is wrong with an area code and what follows: the code, the count, or the first digit."""
    code = AREA_CODE.match(main)
    if code is None:
        return bad(main, NumberFault.PREFIX, f"没有以 {main[:3]} 开头的区号，请核对")
    local = main[code.end() :]
    if len(local) not in (7, 8):
        why = f"区号 {code[0]} 之后应为 7 或 8 位号码，现有 {len(local)} 位，请核对"
        return bad(main, NumberFault.LENGTH, why)
    return bad(main, NumberFault.FORM, f"区号 {code[0]} 之后的号码不会以 {local[0]} 开头（0、1 不作首位），请核对")
