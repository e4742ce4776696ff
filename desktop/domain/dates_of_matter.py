"""The days that follow from a matter: feedback, validity, extension, site check, close-out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.domain.assessment_result import UNDETERMINED, Reason, Undetermined
from desktop.domain.deadlines import extension_result, extension_window, validity_end
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Deadlines
from desktop.domain.typed_text import USUAL_YEARS
from desktop.domain.workdays import WorkdayCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDates:
    """All days of one matter; ``provisional`` names those that cross a year without a published calendar.

    ``contradicting`` names days that cannot have followed each other; what hangs on them is undetermined.
    """

    validity_end: date | None = None
    extension_first: date | None = None
    extension_last: date | None = None
    extension_result: str | None = None
    feedback_mode: str | None = None
    feedback_by: date | None = None
    site_check_by: date | None = None
    closeout_by: date | None = None
    closeout_result: str | None = None
    provisional: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def dates_of(
    facts: Facts, pack: PolicyPack, calendar: WorkdayCalendar, *, high_risk: bool | Undetermined
) -> MatterDates:
    """Compute every day the facts allow; working days skip rest days, months follow 民法典 201–202."""
    terms = pack.deadlines
    provisional: list[str] = []
    reasons: list[Reason] = []

    def working(name: str, start: date | None, days: int | None, article: str, because: str) -> date | None:
        due = calendar.term(start, days)
        if due is None:
            return None
        if due.provisional:
            provisional.append(name)
        reasons.append(
            Reason(decides=name, article=article, because=local(f"{because}{days}个工作日内，最迟{due.day}。"))
        )
        return due.day

    accepted_on = _day(facts, "accepted_on")
    months, window = terms.validity_months, terms.extension_window_days
    end = validity_end(accepted_on, months) if accepted_on and months is not None else None
    first, last = extension_window(end, window) if end and window is not None else (None, None)
    if end:
        because = local(f"有效期{months}个月，自受理之日起算（当日不计），至{end}。")
        reasons.append(Reason(decides="validity_end", article=terms.validity_article, because=because))
    if first:
        because = local(f"{first}至{last}（均含当日）可以申请延期。")
        reasons.append(Reason(decides="extension_window", article=terms.extension_article, because=because))
    mode, feedback_from = _feedback(facts, terms)
    feedback_by = working(
        "acceptance_feedback", feedback_from, terms.feedback_working_days, terms.feedback_article, "原则上"
    )
    check_from = accepted_on if high_risk is True else None
    site_check_by = working(
        "site_check_by", check_from, terms.site_check_working_days, terms.site_check_article, "登记后"
    )
    completed_on, closed_on = _day(facts, "completed_on"), _day(facts, "closeout_applied_on")
    impossible_extension = _reversed(facts, "accepted_on", "extension_applied_on")
    impossible_completion = _reversed(facts, "accepted_on", "completed_on")
    impossible_closeout = impossible_completion or _reversed(facts, "completed_on", "closeout_applied_on")
    counted_from = None if impossible_completion else completed_on
    closeout_by = working("closeout_by", counted_from, terms.closeout_working_days, terms.closeout_article, "完工后")
    applied_on = _day(facts, "extension_applied_on")
    extension = str(extension_result(applied_on, first, last)) if applied_on and first and last else None
    # Where no period is set, nothing can be early or late, whatever the order of the days.
    impossible_extension = impossible_extension if window is not None else ()
    extension = UNDETERMINED if impossible_extension else extension
    impossible_closeout = impossible_closeout if terms.closeout_working_days is not None else ()
    closeout = UNDETERMINED if impossible_closeout else _closeout_result(closed_on, closeout_by)
    reasons += _verdicts(terms, mode, feedback_by, extension, closeout)
    return MatterDates(
        validity_end=end,
        extension_first=first,
        extension_last=last,
        extension_result=extension,
        feedback_mode=mode,
        feedback_by=feedback_by,
        site_check_by=site_check_by,
        closeout_by=closeout_by,
        closeout_result=closeout,
        provisional=tuple(provisional),
        contradicting=(*impossible_extension, *impossible_closeout),
        reasons=tuple(reasons),
    )


def _feedback(facts: Facts, terms: Deadlines) -> tuple[str | None, date | None]:
    channel = facts.text("filing_channel")
    if channel is None or terms.feedback_working_days is None:
        return None, None
    if channel in terms.on_the_spot_channels:
        return "on_the_spot", None
    return "working_days", _day(facts, "filed_on")


def _day(facts: Facts, name: str) -> date | None:
    day = facts.day(name)
    # No period is counted from a day that readers refuse; here, too, it must not raise.
    return day if day is not None and day.year in USUAL_YEARS else None


def _reversed(facts: Facts, earlier: str, later: str) -> tuple[str, ...]:
    """Name two days that stand in an order that cannot be, nothing when they may stand so."""
    first, second = _day(facts, earlier), _day(facts, later)
    return (earlier, later) if first and second and second < first else ()


def _verdicts(
    terms: Deadlines, mode: str | None, feedback_by: date | None, extension: str | None, closeout: str | None
) -> Iterator[Reason]:
    """Give the reasons of what was decided without a day of its own."""
    if mode == "on_the_spot":
        because = local("在街道办事处现场申报的，原则上当场受理反馈。")
        yield Reason(decides="acceptance_feedback", article=terms.feedback_article, because=because)
    elif mode and feedback_by is None:
        because = local(f"原则上{terms.feedback_working_days}个工作日内受理反馈；申报日未知，最迟日期不能算出。")
        yield Reason(decides="acceptance_feedback", article=terms.feedback_article, because=because)
    if extension:
        words = {
            "too_early": "尚未到可以申请延期的日期。",
            "in_window": "在可以申请延期的期间内。",
            UNDETERMINED: "申请延期的日期早于受理日期，先后颠倒，请核对后再判定。",
        }
        because = local(words.get(extension, "有效期已过，不能延期，应重新登记。"))
        yield Reason(decides="extension_result", article=terms.extension_article, because=because)
        if extension == "expired":
            yield Reason(decides="re_registration_required", article=terms.extension_article, because=because)
    if closeout == UNDETERMINED:
        because = local("受理、完工、申报注销的日期先后颠倒，请核对后再判定。")
        yield Reason(decides="closeout_result", article=terms.closeout_article, because=because)
    elif closeout:
        when = "超过完工后{}个工作日" if closeout.startswith("late") else "在完工后{}个工作日内"
        because = local(f"{when.format(terms.closeout_working_days)}申报注销。")
        yield Reason(decides="closeout_result", article=terms.closeout_article, because=because)


def _closeout_result(applied_on: date | None, due: date | None) -> str | None:
    if applied_on is None or due is None:
        return None
    return "on_time_pending_site_verification" if applied_on <= due else "late_pending_site_verification"
