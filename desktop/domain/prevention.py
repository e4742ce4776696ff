"""The insurer's list of accident prevention services: its columns, and whose each row is.  Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Change
from desktop.domain.headed_list import FoundList, filled_lines, read_day, read_text
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellValue

_LONGEST: Final = 2000


class ServiceField(StrEnum):
    """What a column of the list may mean; each value is stored in the mapping that is kept."""

    INSURER = "insurer"
    POLICY_NUMBER = "policy_number"
    PROJECT_NAME = "project_name"
    PLACE = "place"
    SERVED_ON = "served_on"
    SERVICE = "service"
    FINDINGS = "findings"

    @property
    def label(self) -> str:
        """Give the Chinese name of the field."""
        return LABELS[self]


LABELS: Final[Mapping[ServiceField, str]] = {
    ServiceField.INSURER: "保险公司",
    ServiceField.POLICY_NUMBER: "保单号",
    ServiceField.PROJECT_NAME: "工程（作业）名称",
    ServiceField.PLACE: "地点",
    ServiceField.SERVED_ON: "服务日期",
    ServiceField.SERVICE: "服务内容",
    ServiceField.FINDINGS: "发现的问题",
}
HEADING_WORDS: Final[Mapping[ServiceField, tuple[str, ...]]] = {
    ServiceField.INSURER: ("保险公司", "承保公司", "保险机构", "承保机构", "保险人"),
    ServiceField.POLICY_NUMBER: ("保单号", "保单号码", "保险单号", "保险单号码", "保单编号"),
    ServiceField.PROJECT_NAME: (
        "工程（作业）名称",
        "工程名称",
        "项目名称",
        "作业名称",
        "被服务单位",
        "服务对象",
        "名称",
    ),
    ServiceField.PLACE: ("地点", "服务地点", "工程地点", "项目地址", "工程地址", "地址"),
    ServiceField.SERVED_ON: ("服务日期", "服务时间", "日期", "检查日期", "上门日期"),
    ServiceField.SERVICE: ("服务内容", "服务项目", "服务类型", "服务形式", "内容"),
    ServiceField.FINDINGS: ("发现的问题", "发现问题", "问题及建议", "隐患情况", "隐患", "服务结果", "结果", "备注"),
}
REQUIRED: Final = (ServiceField.SERVED_ON, ServiceField.SERVICE)


class Match(StrEnum):
    """By what a row was found to be a filing's."""

    POLICY = "policy"  # 保单号
    NAME_AND_PLACE = "name_and_place"
    NAME = "name"
    SEVERAL = "several"  # several could be meant
    NONE = "none"


MATCH_WORDS: Final = LocalCatalogue(
    {
        Match.POLICY: "保单号相符",
        Match.NAME_AND_PLACE: "名称和地点相符",
        Match.NAME: "名称相符",
        Match.SEVERAL: "有多件可能",
        Match.NONE: "没有找到登记件",
    },
    local,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One row of the list; ``row`` is its line in the sheet, ``fault`` says why it cannot be taken."""

    row: int
    insurer: str = ""
    policy_number: str = ""
    project_name: str = ""
    place: str = ""
    served_on: date | None = None
    service: str = ""
    findings: str = ""
    fault: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Give what makes the row itself, by which one that was taken before is known."""
        day = self.served_on.isoformat() if self.served_on else ""
        texts = (self.insurer, self.policy_number, self.project_name, self.place, day, self.service, self.findings)
        return tuple(normalise(text) for text in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuredFiling:
    """A filing as the matching needs it."""

    filing_id: int
    number: str
    project_name: str
    place: str
    policy_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedService:
    """One row with the filing it is about, None when there is none or several."""

    row: ServiceRow
    match: Match
    filing_id: int | None
    number: str
    is_known: bool = False  # taken in before


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """A list before anything is written."""

    file_name: str
    sha256: str
    headings: tuple[str, ...]
    mapped: Mapping[ServiceField, str]
    rows: tuple[MatchedService, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesTaken:
    """What came of a list."""

    taken: int
    matched: int
    known: int
    refused: int
    changes: frozenset[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventionRow:
    """One service as the list of the program shows it; numbers of persons covered."""

    id: int
    insurer: str
    policy_number: str
    project_name: str
    place: str
    served_on: date
    service: str
    findings: str
    filing_id: int | None
    filing_number: str


def read_services(found: FoundList, mapped: Mapping[ServiceField, str], today: date) -> tuple[ServiceRow, ...]:
    """Read every line that says something; a row that cannot be taken carries its fault."""
    return tuple(_row(line, cells, today) for line, cells in filled_lines(found, mapped))


@dataclass(slots=True)
class ServiceMatching:
    """Finds the filing of a row: by the policy, else by name and place, else by a name that only one has."""

    filings: Sequence[InsuredFiling]
    _by_policy: dict[str, list[InsuredFiling]] = field(init=False)
    _by_name: dict[str, list[InsuredFiling]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_policy, self._by_name = defaultdict(list), defaultdict(list)
        for filing in self.filings:
            for number in filing.policy_numbers:
                self._by_policy[normalise(number)].append(filing)
            self._by_name[normalise(filing.project_name)].append(filing)

    def of(self, row: ServiceRow) -> tuple[Match, InsuredFiling | None]:
        """Give by what the row was matched, and the filing."""
        of_policy = self._by_policy.get(normalise(row.policy_number), []) if row.policy_number else []
        named = self._by_name.get(normalise(row.project_name), []) if row.project_name else []
        if of_policy:
            # One policy may cover several works of the same owner: the name tells them apart.
            both = [filing for filing in of_policy if filing in named] if len(of_policy) > 1 else of_policy
            return (Match.POLICY, both[0]) if len(both) == 1 else (Match.SEVERAL, None)
        place = normalise(row.place)
        there = [filing for filing in named if place and _is_there(place, normalise(filing.place))]
        if len(there) == 1:
            return Match.NAME_AND_PLACE, there[0]
        if len(named) == 1 and not place:
            return Match.NAME, named[0]
        return (Match.SEVERAL, None) if len(named) > 1 else (Match.NONE, None)


def _is_there(one: str, other: str) -> bool:
    # Insurers write the place longer or shorter than the window does.
    return bool(other) and (one in other or other in one)


def _row(line: int, cells: Mapping[ServiceField, CellValue], today: date) -> ServiceRow:
    texts: dict[ServiceField, str] = {}
    faults = []
    served_on, said = read_day(cells.get(ServiceField.SERVED_ON), today)
    if said or served_on is None:
        faults.append(f"{ServiceField.SERVED_ON.label}：{said or '没有填写'}")
    for each in ServiceField:
        if each is not ServiceField.SERVED_ON:
            texts[each], said = read_text(cells.get(each), longest=_LONGEST)
            faults += [f"{each.label}：{said}"] if said else []
    if not texts[ServiceField.SERVICE]:
        faults.append(f"{ServiceField.SERVICE.label}：没有填写")
    if not any(texts[each] for each in (ServiceField.POLICY_NUMBER, ServiceField.PROJECT_NAME)):
        faults.append("保单号和工程名称都没有填写，无法对应")
    return ServiceRow(
        row=line,
        insurer=texts[ServiceField.INSURER],
        policy_number=texts[ServiceField.POLICY_NUMBER],
        project_name=texts[ServiceField.PROJECT_NAME],
        place=texts[ServiceField.PLACE],
        served_on=served_on,
        service=texts[ServiceField.SERVICE],
        findings=texts[ServiceField.FINDINGS],
        fault="；".join(faults),
    )
