"""The tables that standard reports are made of, each once: what is counted, by what it is parted, how it is drawn."""

from __future__ import annotations

from typing import Final

from desktop.domain.measure import Breakdown
from desktop.domain.report import ChartKind, TableSpec

# The measures of each part of a report, in their order.
BY_COMMUNITY: Final = TableSpec(
    key="by_community",
    title="按社区",
    measures=("registered", "in_progress", "overdue_open", "patrols", "hazards_found", "hazards_cleared"),
    by=Breakdown.COMMUNITY,
    chart=ChartKind.BARS,
)
BY_CATEGORY: Final = TableSpec(
    key="by_category",
    title="按工程类别",
    measures=("registered", "registered_high_risk", "in_progress"),
    by=Breakdown.CATEGORY,
    chart=ChartKind.BARS,
    most=15,
)
BY_DEPARTMENT: Final = TableSpec(
    key="by_department",
    title="按主管部门",
    measures=("registered", "registered_high_risk", "in_progress", "closed"),
    by=Breakdown.DEPARTMENT,
    chart=ChartKind.BARS,
)
OUTCOMES: Final = TableSpec(
    key="by_outcome", title="窗口办理结果", measures=("visits",), by=Breakdown.OUTCOME, chart=ChartKind.BARS
)
RANKING: Final = TableSpec(
    key="ranking",
    title="各社区隐患整改和巡查情况",
    measures=("hazard_clearing_rate", "hazards_overdue", "monthly_check_rate", "patrols", "found_unregistered"),
    by=Breakdown.COMMUNITY,
    chart=ChartKind.BARS,
)
# 全纳管、常态化监管: what is registered, what was gone to, what was found beside it.
COVERAGE: Final = (
    TableSpec(
        key="coverage_by_community",
        title="纳管覆盖（按社区）",
        measures=(
            "registered",
            "in_progress",
            "patrolled_sites",
            "found_unregistered",
            "found_registered",
            "found_open",
        ),
        by=Breakdown.COMMUNITY,
    ),
    TableSpec(
        key="coverage_by_grid",
        title="纳管覆盖（按网格）",
        measures=(
            "registered",
            "in_progress",
            "patrolled_sites",
            "found_unregistered",
            "found_registered",
            "found_open",
        ),
        by=Breakdown.GRID,
        chart=ChartKind.BARS,
    ),
)
STATIONS_ON_SITE: Final = TableSpec(
    key="stations_on_site",
    title="各受理点登记的巡查和隐患",
    measures=("patrols", "patrolled_sites", "hazards_found", "hazard_clearing_rate", "hazards_overdue"),
    by=Breakdown.STATION,
)
DEPARTMENTS_ON_SITE: Final = TableSpec(
    key="departments_on_site",
    title="各主管部门的巡查、隐患和移送",
    measures=("patrols", "hazards_found", "hazards_cleared", "hazards_open", "transfers", "public_reports"),
    by=Breakdown.DEPARTMENT,
)
REPORT_SOURCES: Final = TableSpec(
    key="reports_by_source",
    title="线索来源",
    measures=("public_reports", "reports_answered"),
    by=Breakdown.REPORT_SOURCE,
)
KEY_LISTS: Final = TableSpec(
    key="key_lists",
    title="清单化管理（逐月登记）",
    measures=("registered", "registered_crowded", "registered_hot_work", "registered_insulation"),
    by=Breakdown.MONTH,
    chart=ChartKind.LINES,
)
FILES_BY_STATION: Final = TableSpec(
    key="files_by_station",
    title="各受理点备案资料",
    measures=("registered", "files_complete_rate", "files_incomplete", "scans_missing", "closed_recorded_rate"),
    by=Breakdown.STATION,
)
_SUPERVISED: Final = ("supervisions", "supervisions_demanding", "supervisions_closed", "supervision_closed_rate")
SUPERVISIONS: Final = (
    TableSpec(key="supervisions", title="督导检查（按受督导单位）", measures=_SUPERVISED, by=Breakdown.INSPECTED),
    TableSpec(key="supervising_bodies", title="督导检查（按督导单位）", measures=_SUPERVISED, by=Breakdown.INSPECTING),
)
HAZARD_GROUPS: Final = TableSpec(
    key="hazard_groups",
    title="隐患类别",
    measures=("hazards_found", "hazards_major", "hazards_cleared", "hazards_open"),
    by=Breakdown.HAZARD_GROUP,
    chart=ChartKind.BARS,
)
HEAT: Final = TableSpec(
    key="heat",
    title="社区和隐患类别",
    measures=("hazards_found",),
    by=Breakdown.COMMUNITY,
    across=Breakdown.HAZARD_GROUP,
    chart=ChartKind.HEAT,
)
REGISTRATION: Final = (
    BY_COMMUNITY,
    TableSpec(
        key="kind_and_risk",
        title="类别和风险等级",
        measures=("registered",),
        by=Breakdown.KIND,
        across=Breakdown.RISK,
        chart=ChartKind.SHARES,
    ),
    BY_CATEGORY,
    TableSpec(
        key="by_station", title="按受理点", measures=("registered", "in_progress", "closed"), by=Breakdown.STATION
    ),
    TableSpec(
        key="by_channel", title="按申报渠道", measures=("registered",), by=Breakdown.CHANNEL, chart=ChartKind.BARS
    ),
    BY_DEPARTMENT,
    TableSpec(
        key="by_funding",
        title="按资金来源",
        measures=("registered", "registered_high_risk", "in_progress"),
        by=Breakdown.FUNDING,
        chart=ChartKind.BARS,
    ),
    TableSpec(
        key="by_contractor",
        title="按生产经营单位（前十）",
        measures=("registered", "in_progress", "overdue_open"),
        by=Breakdown.CONTRACTOR,
        most=10,
    ),
    TableSpec(
        key="by_grid", title="按网格（前二十）", measures=("registered", "in_progress"), by=Breakdown.GRID, most=20
    ),
)
BY_CLERK: Final = TableSpec(
    key="by_clerk",
    title="按经办人",
    measures=("visits", "accepted", "one_time_notices", "second_notices", "second_notice_rate"),
    by=Breakdown.CLERK,
    most=20,
)
BY_PATROLLER: Final = TableSpec(
    key="by_patroller",
    title="按巡查人员",
    measures=("patrols", "patrolled_sites", "patrols_with_publicity"),
    by=Breakdown.PATROLLER,
    most=20,
)
COUNTER: Final = (
    OUTCOMES,
    TableSpec(key="gaps", title="一次性告知缺少的材料", measures=("gaps",), by=Breakdown.MATERIAL, most=15),
    BY_CLERK,
)
_IN_TIME: Final = (
    "acceptance_due",
    "acceptance_in_time_rate",
    "site_checks_due",
    "site_checks_in_time_rate",
    "close_outs_due",
    "close_outs_in_time_rate",
    "reports_due",
    "reports_same_day_rate",
)
DEADLINES_BY_CLERK: Final = TableSpec(
    key="deadlines_by_clerk", title="各经办人时限", measures=_IN_TIME, by=Breakdown.CLERK, most=20
)
DEADLINES: Final = (
    TableSpec(key="deadlines_by_station", title="各受理点时限", measures=_IN_TIME, by=Breakdown.STATION),
    DEADLINES_BY_CLERK,
)
ON_SITE: Final = (
    TableSpec(
        key="found_by_community",
        title="排查发现未登记",
        measures=("found_unregistered", "found_registered", "found_open"),
        by=Breakdown.COMMUNITY,
    ),
    TableSpec(
        key="patrol_kinds",
        title="巡查种类",
        measures=("patrols", "patrol_persons"),
        by=Breakdown.PATROL_KIND,
        chart=ChartKind.BARS,
    ),
    TableSpec(
        key="patrol_levels",
        title="巡查层级",
        measures=("patrols", "patrol_persons"),
        by=Breakdown.PATROL_LEVEL,
        chart=ChartKind.BARS,
    ),
    TableSpec(
        key="patrol_organisations",
        title="巡查单位（前十五）",
        measures=("patrols", "patrol_persons"),
        by=Breakdown.PATROL_ORGANISATION,
        most=15,
    ),
    HAZARD_GROUPS,
    TableSpec(
        key="findings",
        title="隐患情形",
        measures=("hazards_found", "hazards_cleared", "hazards_open"),
        by=Breakdown.FINDING,
    ),
    HEAT,
    TableSpec(
        key="hazard_entries",
        title="隐患条目（前十五）",
        measures=("hazards_found", "hazards_cleared"),
        by=Breakdown.HAZARD_ENTRY,
        most=15,
    ),
)
ENFORCEMENT: Final = (
    TableSpec(
        key="transfers_by_body",
        title="移送、函告和回复",
        measures=("transfers", "transfers_replied", "transfer_reply_rate"),
        by=Breakdown.BODY,
    ),
    REPORT_SOURCES,
)
ACCIDENTS: Final = (
    # One table: what happened at which kind of works in which year.
    TableSpec(
        key="accidents_by_works_and_type",
        title="事故：种类、类型和年度",
        measures=("accidents",),
        by=Breakdown.WORKS_AND_TYPE,
        across=Breakdown.YEAR,
    ),
    TableSpec(
        key="accidents_by_works",
        title="事故：种类和类型",
        measures=("accidents",),
        by=Breakdown.WORKS_KIND,
        across=Breakdown.ACCIDENT_TYPE,
        chart=ChartKind.SHARES,
    ),
    TableSpec(
        key="casualties",
        title="事故：种类和伤亡",
        measures=("accidents", "dead", "injured", "accident_loss"),
        by=Breakdown.WORKS_KIND,
    ),
)
BOOKS: Final = (
    TableSpec(
        key="activities",
        title="培训宣传活动",
        measures=("trainings", "trained_persons", "publicity", "copies", "media_reach"),
        by=Breakdown.ACTIVITY_KIND,
    ),
    *ACCIDENTS,
)
