"""Reading the cells of one line of patrols, however people fill them in; every doubt in words with its cure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final, TypeVar

from desktop.domain.checked import half_width
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult, words_of
from desktop.domain.patrol_sheet import SheetAnswer, SheetColumn, SheetRow
from desktop.domain.search_keys import normalise
from desktop.domain.typed_text import clean_text, parse_day

_Word = TypeVar("_Word", PatrolKind, PatrolLevel, PatrolResult)
Trouble = tuple[SheetColumn, str]
_TIME: Final = re.compile(r"(?:上午|下午|早上|晚上)?(\d{1,2})(?::|点|时)(\d{1,2})?(?::\d{1,2})?(半)?分?")
_AT_NIGHT: Final = "晚上"
_EVENING: Final = range(5, 12)  # of the hours said with 晚上; the others belong to one of two days
_SHORT_TIME: Final = re.compile(r"(\d{2})(\d{2})")
_NAMES: Final = re.compile(r"[、,，;；/|\r\n]+")
_ITEMS: Final = re.compile(r"[;；\r\n]+")
# What a formula leaves behind that could not be computed.
_BROKEN: Final = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
_DITTO: Final = frozenset({"同上", "〃", '"', "″", "“", "”"})
_YES: Final = frozenset({"是", "有", "已", "已宣导", "√", "✓", "y", "yes", "1", "true"})
_NO: Final = frozenset({"", "否", "无", "未", "×", "n", "no", "0", "false", "-", "—", "/"})
# Other words in use for the kinds of visit; in a sheet an empty cell is a regular one.
KIND_ALIASES: Final = {
    "": PatrolKind.REGULAR,
    "日常巡查": PatrolKind.REGULAR,
    "日常": PatrolKind.REGULAR,
    "巡查": PatrolKind.REGULAR,
    "定期": PatrolKind.REGULAR,
    "专项": PatrolKind.SPECIAL,
    "专项检查": PatrolKind.SPECIAL,
    "扫街式巡查": PatrolKind.SWEEP,
    "随机抽查": PatrolKind.SPOT_CHECK,
    "举报": PatrolKind.REPORT_CHECK,
    "投诉核查": PatrolKind.REPORT_CHECK,
    "首次检查": PatrolKind.FIRST_CHECK,
    "首检": PatrolKind.FIRST_CHECK,
    "整改复查": PatrolKind.RECHECK,
    "进场": PatrolKind.ENTRY_CHECK,
    "督导": PatrolKind.INSPECTION,
    "完工核实": PatrolKind.CLOSEOUT_CHECK,
}
_LEVELS: Final = {
    "区级": PatrolLevel.DISTRICT,
    "街道办": PatrolLevel.STREET,
    "街道办事处": PatrolLevel.STREET,
    "街道级": PatrolLevel.STREET,
    "社区工作站": PatrolLevel.COMMUNITY,
    "社区级": PatrolLevel.COMMUNITY,
    "居委会": PatrolLevel.COMMUNITY,
    "网格员": PatrolLevel.GRID,
    "第三方机构": PatrolLevel.THIRD_PARTY,
    "三方": PatrolLevel.THIRD_PARTY,
    "物业公司": PatrolLevel.PROPERTY,
    "物业服务企业": PatrolLevel.PROPERTY,
}
_RESULTS: Final = {
    "正常": PatrolResult.IN_ORDER,
    "无": PatrolResult.IN_ORDER,
    "合格": PatrolResult.IN_ORDER,
    "符合": PatrolResult.IN_ORDER,
    "无问题": PatrolResult.IN_ORDER,
    "未发现隐患": PatrolResult.IN_ORDER,
    "未发现": PatrolResult.IN_ORDER,
    "有问题": PatrolResult.FINDINGS,
    "不合格": PatrolResult.FINDINGS,
    "有隐患": PatrolResult.FINDINGS,
    "存在隐患": PatrolResult.FINDINGS,
    "发现隐患": PatrolResult.FINDINGS,
    "存在问题": PatrolResult.FINDINGS,
    "停工": PatrolResult.NOT_WORKING,
    "未开工": PatrolResult.NOT_WORKING,
    "未作业": PatrolResult.NOT_WORKING,
    "完工": PatrolResult.COMPLETED,
    "竣工": PatrolResult.COMPLETED,
    "无人": PatrolResult.NO_ACCESS,
    "锁门": PatrolResult.NO_ACCESS,
    "拒绝检查": PatrolResult.NO_ACCESS,
}


def is_ditto(cell: Any) -> bool:
    """Say whether a cell repeats the one above."""
    return isinstance(cell, str) and "".join(cell.split()) in _DITTO


def read_line(row: int, cells: Mapping[SheetColumn, Any], today: date) -> tuple[SheetRow | None, tuple[Trouble, ...]]:
    """Read one line; without a row the troubles say in which cell and how to put it right."""
    reading = _Line(cells, today)
    visited_on = reading.day(SheetColumn.VISITED_ON)
    level = reading.word(SheetColumn.LEVEL, PatrolLevel, _LEVELS)
    kind = reading.word(SheetColumn.KIND, PatrolKind, KIND_ALIASES)
    failed = reading.answers(SheetColumn.FAILED)
    usual = PatrolResult.FINDINGS if failed else PatrolResult.IN_ORDER
    result = reading.word(SheetColumn.RESULT, PatrolResult, {**_RESULTS, "": usual})
    times = [reading.time(column) for column in (SheetColumn.VISITED_TIME, SheetColumn.BEGINS, SheetColumn.ENDS)]
    reading.refuse_broken()
    patrollers = tuple(name for part in _NAMES.split(reading.lines(SheetColumn.PATROLLERS)) if (name := part.strip()))
    for column, is_there in (
        (SheetColumn.PATROLLERS, patrollers),
        (SheetColumn.ORGANISATION, reading.text(SheetColumn.ORGANISATION)),
    ):
        if not is_there:
            reading.troubles.append((column, f"未填写{column.value}，与上一行相同的可以写“同上”"))
    gave_publicity = reading.flag(SheetColumn.PUBLICITY)
    if reading.troubles or visited_on is None or level is None or kind is None or result is None:
        return None, tuple(reading.troubles)
    return SheetRow(
        row=row,
        number=reading.text(SheetColumn.NUMBER),
        visited_on=visited_on,
        visited_time=times[0],
        kind=kind,
        level=level,
        organisation=reading.text(SheetColumn.ORGANISATION),
        patrollers=patrollers,
        result=result,
        failed=failed,
        not_applicable=tuple(answer.item for answer in reading.answers(SheetColumn.NOT_APPLICABLE)),
        remark=reading.text(SheetColumn.REMARK),
        community=reading.text(SheetColumn.COMMUNITY),
        grid=reading.text(SheetColumn.GRID),
        road=reading.text(SheetColumn.ROAD),
        gave_publicity=gave_publicity,
        campaign=reading.text(SheetColumn.CAMPAIGN),
        watcher=reading.text(SheetColumn.WATCHER),
        begins=times[1],
        ends=times[2],
        work=reading.text(SheetColumn.WORK),
        checked=tuple(answer.item for answer in reading.answers(SheetColumn.CHECKED)),
        wanting=tuple(answer.item for answer in reading.answers(SheetColumn.WANTING)),
        signed_by=reading.text(SheetColumn.SIGNED_BY),
        approved_by=reading.text(SheetColumn.APPROVED_BY),
    ), ()


class _Line:
    def __init__(self, cells: Mapping[SheetColumn, Any], today: date) -> None:
        self._cells, self._today = cells, today
        self.troubles: list[Trouble] = []

    def refuse_broken(self) -> None:
        """Refuse what a formula left that could not be computed: it is no name and no number."""
        for column, cell in self._cells.items():
            if isinstance(cell, str) and (found := _BROKEN.search(cell)):
                self.troubles.append((column, f"公式出错（{found[0]}），请改成文字或者数值"))

    def lines(self, column: SheetColumn) -> str:
        """Give a cell as text with its line breaks; a whole number that Excel made a float is written plainly."""
        cell = self._cells.get(column)
        if cell is None:
            return ""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell).strip()

    def text(self, column: SheetColumn) -> str:
        return clean_text(self.lines(column))

    def day(self, column: SheetColumn) -> date | None:
        cell = self._cells.get(column)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        # What follows a day, such as its time, is said in the column beside it.
        typed = parse_day(self.text(column).partition(" ")[0], self._today)
        if typed.value is None:
            self.troubles.append((column, typed.why))
        return typed.value

    def time(self, column: SheetColumn) -> str:
        cell = self._cells.get(column)
        if isinstance(cell, datetime | time):
            return f"{cell:%H:%M}"
        typed = "".join(half_width(self.text(column)).split())
        if not typed:
            return ""
        if isinstance(cell, float) and 0 <= cell < 1:
            minutes = round(cell * 24 * 60)
            return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
        match = _TIME.fullmatch(typed) or _SHORT_TIME.fullmatch(typed)
        if match is not None:
            hour, minute = int(match[1]), int(match[2] or (30 if match.re is _TIME and match[3] else 0))
            if typed.startswith(_AT_NIGHT) and hour <= 12 and hour not in _EVENING:
                why = "看不出是当天还是第二天：请用 24 小时写法，并核对巡查日期，例如 00:00"
                self.troubles.append((column, f"“{self.text(column)}”{why}"))
                return ""
            if typed.startswith(("下午", _AT_NIGHT)) and hour < 12:
                hour += 12
            if hour < 24 and minute < 60:
                return f"{hour:02}:{minute:02}"
        self.troubles.append((column, f"“{self.text(column)}”不是时间，请写成 09:30 的样子，不知道的可以空着"))
        return ""

    def word(self, column: SheetColumn, words: type[_Word], more: Mapping[str, _Word]) -> _Word | None:
        key = normalise(self.text(column))
        known = {
            **{normalise(name): word for name, word in more.items()},
            **{normalise(name): each for each in words for name in words_of(each)},
        }
        found = known.get(key)
        if found is None:
            typed = self.text(column)
            said = f"没有“{typed}”这一种" if typed else f"未填写{column.value}"
            self.troubles.append((column, f"{said}，应为 {'、'.join(each.label for each in words)} 之一"))
        return found

    def answers(self, column: SheetColumn) -> tuple[SheetAnswer, ...]:
        parts = [clean_text(part) for part in _ITEMS.split(self.lines(column))]
        found = []
        for part in parts:
            if part and normalise(part) not in _NO:
                item, _, remark = part.replace(":", "：").partition("：")
                found.append(SheetAnswer(item=item.strip(), remark=remark.strip()))
        return tuple(found)

    def flag(self, column: SheetColumn) -> bool:
        typed = "".join(half_width(self.text(column)).split()).lower()
        if typed in _YES or typed in _NO:
            return typed in _YES
        self.troubles.append((column, f"“{self.text(column)}”看不懂，请填“是”或者“否”"))
        return False
