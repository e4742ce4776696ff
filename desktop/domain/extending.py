"""What an extension would bring, and who may grant it (length and number are settings, 未核实)."""

from __future__ import annotations

from datetime import date

from desktop.domain.deadlines import add_months, extension_result, extension_window
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import in_time_until
from desktop.domain.life_acts import ExtensionAhead
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import (
    LifeAct,
    Registration,
    extension_count,
    extension_months,
    knows_extension,
    require_in_life,
)
from desktop.domain.workdays import WorkdayCalendar

LATE = "late"
USED_UP = "used_up"


def extension_ahead(
    registration: Registration, on: date, *, pack: PolicyPack, calendar: WorkdayCalendar, months: int | None = None
) -> ExtensionAhead:
    """Say what an extension applied for on a day would bring; the new end is counted from the old one.

    ``months`` may be less than the pack's length.  Where the end is a rest day, the next working day is still in time.
    Source: 民法典第二百零一至二百零三条.  Raises ``ClerkError``: no_extension_here (``has_validity``) where the
    rules know none, not_extendable (why), not_in_this_state without a last valid day, extension_months for too many.
    """
    require_in_life(LifeAct.EXTEND, registration)
    end, window = registration.valid_until, pack.deadlines.extension_window_days
    if window is None or not knows_extension(pack):
        raise ClerkError("no_extension_here", has_validity=pack.deadlines.validity_months is not None)
    if end is None:
        raise ClerkError("not_in_this_state", number=registration.number, status=registration.status)
    longest = extension_months(pack)
    wanted = longest if months is None else months
    if not 1 <= wanted <= longest:
        raise ClerkError("extension_months", most=longest)
    first, last = extension_window(end, window)
    in_time = in_time_until(end, pack=pack, calendar=calendar)
    timing = extension_result(on, first, in_time)
    most = extension_count(pack)
    exceptions = [LATE] if timing == "expired" else []
    exceptions += [USED_UP] if registration.extensions >= most else []
    until = add_months(end, wanted)
    return ExtensionAhead(
        timing=timing,
        first=first,
        last=last,
        in_time_until=in_time,
        months=wanted,
        valid_before=end,
        valid_until=until,
        used=registration.extensions,
        most=most,
        article=pack.deadlines.extension_article,
        exceptions=tuple(exceptions),
        is_past=until < on,
    )


def require_extendable(ahead: ExtensionAhead, *, may_except: bool, exception_reason: str) -> None:
    """Raise ``ClerkError`` where an extension is not to be granted.

    extension_too_early (with the window), re_registration_needed (the new end would be past, or it is late and no
    exception is asked for), extension_used_up, exception_reserved (only the manager), reason_required.
    """
    window = {"first": ahead.first, "last": ahead.last}
    if ahead.timing == "too_early":
        raise ClerkError("extension_too_early", **window)
    if ahead.is_past:
        raise ClerkError("re_registration_needed", **window)
    if not ahead.exceptions:
        return
    if not may_except:
        code = "re_registration_needed" if LATE in ahead.exceptions else "extension_used_up"
        raise ClerkError(code, most=ahead.most, **window)
    if not exception_reason.strip():
        raise ClerkError("reason_required", why="逾期或者超过次数的延期，由分管领导写明理由，理由随件保存。")
