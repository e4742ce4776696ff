"""The names that the program itself looks up in a pack, each with what it is for (for pack authors).

Other labels and numbers are the pack's own: a number may stand in its conditions, a label nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Before the code of a ground for revocation stands this, for the words of the pack: ground_false_declaration.
GROUND_LABEL: Final = "ground_"

LABEL_KEYS: Final[Mapping[str, str]] = {
    "small_work": "a small work, in headlines and lists",
    "minor_operation": "a minor operation",
    "high_risk": "a work of the key-supervision class (高风险小型工程, 重点监管小散工程)",
    "treat_as_high_risk": "a work above the limits that is registered all the same",
    "owner_small_work": "whoever has a small work done",
    "owner_minor_operation": "whoever has a minor operation done",
    "contractor": "whoever does the work",
    "registration": "what is done here: 安全生产信息登记, 备案, 信息登记",
    "closeout": "what ends it: 注销, 销号, 竣工备案",
    "closeout_waste_article": "the article by which the building waste of the work is proved at close-out",
    "enforcement_body": "the body a prohibited matter goes to, where the office named none of its own",
    "site_check_body": "who checks key works on the site first",
}

PARAMETER_KEYS: Final[Mapping[str, str]] = {
    "limit_amount_yuan": "limit of the amount in yuan; also asked of several contracts at one site",
    "limit_area_m2": "limit of the building area in m²",
    "limit_by_investment": "1: the form and its paper ask the investment first; 0 or left out, the contract amount",
    "splitting_window_months": "how far back works at one place are looked at for splitting",
    "extension_months": "months of one extension",
    "extension_count": "how many extensions there may be",
    "expiring_notice_days": "days before the end from which a registration counts as expiring",
    "expiry_rest_day_grace": "1: a registration that ends on a rest day is late only after the next working day",
    "review_levels_high_risk": "levels of review before acceptance of a key work, 0 to 2",
    "review_levels_other_small": "the same of any other small work",
    "review_levels_minor": "the same of a minor operation",
    "review_same_person": "1: who took a matter in may review it too",
    "outside_review_stops_clock": "1: the days of an outside review do not count for the answer",
    "rectification_days": "days offered for putting a hazard right",
    "upward_report_days": "days for a report upwards where the article does not say 当日",
    "transfer_reply_working_days": "working days asked for a reply to a letter of transfer, 0 for none",
    "found_site_register_days": "days for registering a work that was found unregistered",
    "report_verify_working_days": "working days for verifying a complaint",
    "inspection_share": "least share of the random inspection, 0.05 is 5 %",
    "inspection_period_months": "usual period of the random inspection",
}
