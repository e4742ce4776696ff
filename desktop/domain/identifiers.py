"""Checks of identity numbers, credit codes and certificate numbers, with the reason in the clerk's words.

Nothing here raises on hostile text, and nothing is refused for an area code that today's list no longer
knows: codes of abolished counties live on in people's numbers.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from desktop.domain.checked import Checked, NumberFault, bad, compact, good, shown
from desktop.domain.deadlines import why_no_such_day
from desktop.domain.phones import check_phone
from desktop.domain.walk_in import IdKind

__all__ = [
    "Checked",
    "NumberFault",
    "age_on",
    "birth_date",
    "check_certificate_number",
    "check_credit_code",
    "check_identity",
    "check_phone",
    "check_resident_id",
    "check_t_number",
]

RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS: Final = "10X98765432"
CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
EARLIEST_BIRTH_YEAR: Final = 1850
DIGITS: Final = frozenset("0123456789")
LOOKALIKES: Final = {"I": "数字 1", "O": "数字 0", "Z": "数字 2", "S": "数字 5", "V": "字母 U"}
OLD_FOREIGN: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
TRAVEL_DOCUMENT: Final = re.compile(r"[A-Z0-9]{5,20}")
CERTIFICATE: Final = re.compile(r"[A-Z0-9\u3400-\u9fff()\[\]〔〕（）【】/.·]{4,40}")


def check_resident_id(text: str, today: date) -> Checked:
    """Check a resident ID number by GB 11643-1999: 18 characters, a real birth date, MOD 11-2.

    Residence permits of 港澳台居民 (81, 82, 83) have the same build.  Numbers that begin with 9 belong to
    foreign permanent residents and are checked by their check symbol alone.
    """
    number = compact(text)
    fault = _shape_fault(number)
    if fault is not None:
        return fault
    if number[0] == "9":
        return _check_symbol(number) or good(number, "外国人永久居留身份证号，校验码相符")
    return _birth_fault(number, today) or _check_symbol(number) or good(number, "居民身份证号，校验码相符")


def check_credit_code(text: str) -> Checked:
    """Check a unified social credit code by GB 32100-2015: 31 symbols, weights 3^(i-1) mod 31."""
    code = compact(text)
    if not code:
        return bad(code, NumberFault.EMPTY, "未填写统一社会信用代码")
    if len(code) != 18:
        return bad(code, NumberFault.LENGTH, f"统一社会信用代码应为 18 位，现有 {len(code)} 位，请对照营业执照核对")
    for place, char in enumerate(code, start=1):
        if char not in CREDIT_ALPHABET:
            return bad(code, NumberFault.CHARACTER, _illegal_credit_symbol(code, place))
    expected = _credit_check(code[:17])
    if code[17] != expected:
        why = f"校验码不符：第 18 位应为 {expected}，请对照营业执照逐位核对"
        return bad(code, NumberFault.CHECK_SYMBOL, why)
    return good(code, "统一社会信用代码，校验码相符")


def check_t_number(text: str, worker_id: str, today: date) -> Checked:
    """Check the number of a 特种作业操作证: T and the holder's resident ID number.

    A well-formed number that is not the worker's own is ``NumberFault.HOLDER``, which does not block;
    with an empty ``worker_id`` the holder is not compared.
    """
    number = compact(text)
    if not number:
        return bad(number, NumberFault.EMPTY, "未填写特种作业操作证号")
    if not number.startswith("T"):
        return bad(number, NumberFault.PREFIX, "特种作业操作证号应以字母 T 开头，后接持证人身份证号")
    inner = check_resident_id(number[1:], today)
    if not inner.valid:
        return bad(number, inner.code or NumberFault.FORM, f"字母 T 之后应为持证人身份证号；{inner.why}")
    holder = compact(worker_id)
    if holder and holder != inner.normalised:
        return bad(number, NumberFault.HOLDER, "证号中的身份证号与该人员的身份证号不一致，请核对是否本人证件")
    return good(number, "特种作业操作证号，校验码相符")


def check_certificate_number(text: str, worker_id: str, today: date) -> Checked:
    """Check the number of any certificate: T-numbers fully, all others by their form only.

    Issuers number their certificates in their own ways and old numbers exist, so an odd form does not block.
    """
    number = compact(text)
    if not number:
        return bad(number, NumberFault.EMPTY, "未填写证件编号")
    if re.fullmatch(r"T[0-9]{5,}[0-9X]", number):
        return check_t_number(number, worker_id, today)
    if not CERTIFICATE.fullmatch(number):
        return bad(number, NumberFault.FORM, "证件编号的位数或字符少见，请与证件原件核对")
    return good(number, "此类证件编号没有校验码，请与证件原件核对")


def check_identity(kind: IdKind, text: str, today: date) -> Checked:
    """Check the number of an identity document of the chosen kind; travel documents by length only."""
    if kind is IdKind.RESIDENT_ID:
        return check_resident_id(text, today)
    if kind is IdKind.CREDIT_CODE:
        return check_credit_code(text)
    if kind is IdKind.FOREIGN_RESIDENT_ID:
        return _check_foreign(compact(text))
    number = compact(text)
    if not number:
        return bad(number, NumberFault.EMPTY, "未填写证件号码")
    if kind is not IdKind.OTHER and not TRAVEL_DOCUMENT.fullmatch(number):
        return bad(number, NumberFault.CHARACTER, "证件号码应为 5 至 20 位字母和数字，请与证件核对")
    return good(number, "此类证件没有可核验的校验码，请与证件核对")


def birth_date(text: str) -> date | None:
    """Read the birth date out of a resident ID number, None where the number holds none."""
    number = compact(text)
    if len(number) != 18 or not set(number[:17]) <= DIGITS or number[0] == "9":
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age_on(text: str, day: date) -> int | None:
    """Give the full years of age on a day, None where the number holds no birth date or a later one."""
    born = birth_date(text)
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _shape_fault(number: str) -> Checked | None:
    if not number:
        return bad(number, NumberFault.EMPTY, "未填写身份证号")
    if len(number) == 15 and set(number) <= DIGITS:
        return bad(number, NumberFault.OUTDATED, "15 位旧身份证号已停止使用，请按现行证件填写 18 位号码")
    if len(number) != 18:
        return bad(number, NumberFault.LENGTH, f"身份证号应为 18 位，现有 {len(number)} 位，请核对证件")
    for place, char in enumerate(number, start=1):
        if char not in DIGITS and not (place == 18 and char == "X"):
            allowed = "数字或 X" if place == 18 else "数字"
            return bad(number, NumberFault.CHARACTER, f"第 {place} 位{shown(char)}应为{allowed}，请核对证件")
    if number[0] == "0":
        return bad(number, NumberFault.CHARACTER, "第 1 位不能是 0：没有以 0 开头的行政区划代码，请核对证件")
    return None


def _birth_fault(number: str, today: date) -> Checked | None:
    born, digits = birth_date(number), number[6:14]
    if born is None:
        why = f"出生日期不存在：第 7 至 14 位为 {digits}（{_impossible(digits)}），请核对证件"
        return bad(number, NumberFault.BIRTH_DATE, why)
    if born > today:
        why = f"出生日期 {born.isoformat()} 晚于今天，请核对第 7 至 14 位"
        return bad(number, NumberFault.BIRTH_IN_FUTURE, why)
    if born.year < EARLIEST_BIRTH_YEAR:
        why = f"出生年份 {born.year} 过早，请核对第 7 至 10 位"
        return bad(number, NumberFault.BIRTH_TOO_OLD, why)
    return None


def _impossible(digits: str) -> str:
    return why_no_such_day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _check_symbol(number: str) -> Checked | None:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], RESIDENT_WEIGHTS, strict=True))
    expected = RESIDENT_CHECKS[total % 11]
    if number[17] == expected:
        return None
    return bad(number, NumberFault.CHECK_SYMBOL, f"校验码不符：第 18 位应为 {expected}，请对照证件逐位核对")


def _credit_check(body: str) -> str:
    total = sum(CREDIT_ALPHABET.index(char) * weight for char, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def _illegal_credit_symbol(code: str, place: int) -> str:
    """Say what is wrong with a symbol; of the check symbol, which the others decide, say what it must be."""
    char = code[place - 1]
    if place == len(code):
        known = "不可能出现（代码不使用 I、O、Z、S、V）" if char in LOOKALIKES else "不是统一社会信用代码的字符"
        return f"第 18 位{shown(char)}{known}，按前 17 位应为 {_credit_check(code[:17])}，请对照营业执照核对"
    if char in LOOKALIKES:
        return f"第 {place} 位{shown(char)}不可能出现（代码不使用 I、O、Z、S、V），是否应为{LOOKALIKES[char]}？"
    return f"第 {place} 位{shown(char)}不是统一社会信用代码的字符，请对照营业执照核对"


def _check_foreign(number: str) -> Checked:
    if OLD_FOREIGN.fullmatch(number):
        return good(number, "旧版外国人永久居留身份证号，没有可核验的校验码，请核对有效期")
    fault = _shape_fault(number)
    if fault is not None:
        return fault
    if number[0] != "9":
        return bad(number, NumberFault.PREFIX, "外国人永久居留身份证号应以 9 开头，请核对证件种类")
    return _check_symbol(number) or good(number, "外国人永久居留身份证号，校验码相符")
