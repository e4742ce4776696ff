"""Entering in the ledger what was filed online (网上申报): registered without papers of this window."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.domain.acts import Act, Status
from desktop.domain.assess import assess
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.changed_facts import fingerprint
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.platform_list import PlatformRow
from desktop.domain.register_number import parse_number
from desktop.domain.walk_in import ONLINE, Contractor, Party, Place, WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_to_plain
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.filing import Filing, FilingNumber, FilingVisit
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.search_index import index_filing
from desktop.services.audit import record_event
from desktop.services.filing_keys import search_texts, storable
from desktop.services.recording import shown_columns, write_departments
from desktop.services.station import Station

_REMARK: Final = "网上申报，由平台清单登入"


def write_online_filing(
    session: Session,
    station: Station,
    row: PlatformRow,
    *,
    kind: str,
    community: str,
    calendar: WorkdayCalendar,
    act_id: str,
) -> Filing:
    """Write a registration that was made on the platform, under the platform's number, in the open transaction.

    No number of this window is taken and no paper is made; what the list does not say stays unknown.  Raises
    ``ClerkError``: number_is_ours for a number in the form of this program's own, number_is_held for one that another
    filing bears, also one that is not to be seen.
    """
    if parse_number(row.number) is not None:
        raise ClerkError("number_is_ours", number=row.number, row=row.row)
    on = row.entered_on or station.today()
    pack = station.pack_on(on)
    walk_in = online_matter(row, kind=kind, community=community)
    facts = decisive_facts(walk_in, filed_on=on, channel=ONLINE).with_facts(accepted_on=on)
    assessment = assess(facts, pack, calendar)
    filing = Filing(
        number=row.number,
        first_number=row.number,
        registration_number=row.number,
        filed_on=on,
        status=Status.REGISTERED.value,
        high_risk=True if assessment.is_high_risk else (False if assessment.high_risk is False else None),
        accepted_on=on,
        valid_until=assessment.validity_end,
        extension_first=assessment.extension_first,
        site_check_by=assessment.site_check_by,
        feedback_by=None,  # the platform answered
        is_provisional=bool(assessment.provisional_dates),
        awaits_platform=False,
        visits=1,
        incomplete_notices=0,
        overrides=[],
        walk_in=walk_in_to_plain(walk_in),
        assessment=assessment_to_plain(assessment),
        pack_id=pack.id,
        pack_version=pack.version,
        **shown_columns(walk_in, pack),
    )
    session.add(filing)
    try:
        session.flush()
    except IntegrityError as error:
        raise ClerkError("number_is_held", number=row.number, row=row.row) from error
    write_departments(session, assessment, filing.id)
    session.add_all(_hanging(station, filing, row, facts=facts, on=on, act_id=act_id))
    session.flush()
    index_filing(session, filing.id, search_texts(walk_in, (row.number,)))
    said = f"网上申报登入台账，平台编号 {row.number}，录入日期 {on}"
    record_event(session, station, act="platform_registered", summary=said, filing_id=filing.id)
    return filing


def online_matter(row: PlatformRow, *, kind: str, community: str) -> WalkIn:
    """Give the matter as far as the list tells it; everything else is unknown."""
    place = row.place.removeprefix(community) if community else row.place
    return WalkIn(
        facts=Facts({"kind": kind, "filing_channel": ONLINE}),
        project_name=row.name,
        content=row.content,
        place=Place(community=community, detail=place),
        owner=Party(name=row.owner, phone=row.owner_phone),
        contractor=Contractor(party=Party(name=row.contractor)),
        remark=_REMARK,
    )


def community_of(row: PlatformRow, known: tuple[str, ...]) -> str:
    """Give the community of a row: as it stands, in the words of the office, or out of the place; else empty."""
    said = row.community
    for name in known:
        if said and (said == name or name.removesuffix("社区") == said.removesuffix("社区")):
            return name
    return said or next((name for name in known if name in row.place), "")


def _hanging(
    station: Station, filing: Filing, row: PlatformRow, *, facts: Facts, on: date, act_id: str
) -> tuple[FilingNumber, FilingVisit, PlatformEntryRow]:
    office, at = station.office, station.now()
    clerk = storable(office.clerk_name) if office else ""
    visit = FilingVisit(
        filing_id=filing.id,
        ordinal=1,
        visited_on=on,
        decided_at=at,
        act=Act.ACCEPT.value,
        number=row.number,
        clerk=clerk,
        reviewer="",
        facts_fingerprint=fingerprint(facts),
        noticed=[],
        settled=[],
        reason=_REMARK,
        is_notice_incomplete=False,
        is_signed=False,
        is_video_watched=False,
        video="",
    )
    entry = PlatformEntryRow(
        act_id=act_id, filing_id=filing.id, number=row.number, entered_at=at, clerk=clerk, entered_on=on
    )
    return FilingNumber(number=row.number, filing_id=filing.id), visit, entry
