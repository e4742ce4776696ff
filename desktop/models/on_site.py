"""What happens on a site belongs to a registered work or to one that was found unregistered, and to a community."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class OnSite:
    """The columns of whatever hangs on a site; of the first two at most one is set.

    ``community`` is that of the filing, or where the unregistered site lies: by it scopes are drawn, so that nothing
    has to be looked up for each of hundreds of thousands of patrols.
    """

    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"))
    found_site_id: Mapped[int | None] = mapped_column(ForeignKey("found_site.id"))
    community: Mapped[str]
