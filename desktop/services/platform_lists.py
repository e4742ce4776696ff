"""The platform's bulk-import sheet: what awaits entry, checked before upload, filled and on record."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.headed_list import HEADINGS_WITHIN
from desktop.domain.platform_entries import AwaitingFiling, CheckedFiling, WrittenSheet
from desktop.domain.platform_template import (
    LONGEST_HEADING,
    MOST_COLUMNS,
    Headed,
    PlatformTemplate,
    best_headed,
    matched,
    template_from_plain,
    template_to_plain,
)
from desktop.domain.platform_values import CellValue, cells_of, faults_of
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import text_of
from desktop.exchange.platform_workbook import fill_platform_file, write_platform_workbook
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.queries.filing_file import departments_of
from desktop.queries.platform import awaiting, matters
from desktop.services.audit import record_event
from desktop.services.file_writing import written_file
from desktop.services.foreign_lists import grids_of
from desktop.services.revealing import stated_purpose
from desktop.services.station import Station
from desktop.services.touched import SETTING

TEMPLATE_KEY: Final = "platform_template"
_LARGEST_OWN: Final = 400_000  # bytes of an empty import sheet, which is kept among the settings


class PlatformListService:
    """Fills the sheet that the platform takes in; the platform itself is never spoken to."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def template(self) -> PlatformTemplate:
        """Give the sheet in force: the platform's own where the office chose one, else the pack's, which is 未核实.

        Raises ``ClerkError``: not_permitted, no_platform_template where the pack has none.
        """
        self._station.actor.require(Right.REGISTER, Right.SEE, Right.KEEP_SETTINGS)
        with self._database.reading() as session:
            return self._template(session)[0]

    def is_own(self) -> bool:
        """Say whether the office put the platform's own sheet in place of the shipped one."""
        self._station.actor.require(Right.REGISTER, Right.SEE, Right.KEEP_SETTINGS)
        with self._database.reading() as session:
            return session.get(Setting, TEMPLATE_KEY) is not None

    def keep_template(self, file: Path) -> PlatformTemplate:
        """Take the platform's own empty sheet as the template: its headings are matched, the file is kept to fill.

        Raises ``ClerkError``: not_permitted, no_platform_headings, file_too_large, database_locked, and
        those of ``read_grid``.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        shipped = self._shipped()
        headed = best_headed(shipped, tuple(_candidates(file)))
        if headed is None:
            raise ClerkError("no_platform_headings")
        own = matched(shipped, headed, title=file.stem)
        # Of another kind than a workbook only the headings are taken.
        kept = file.read_bytes() if file.suffix.lower() == ".xlsx" else b""
        if len(kept) > _LARGEST_OWN:
            raise ClerkError("file_too_large", most=0.4)
        self._keep(
            {"template": template_to_plain(own), "file": b64encode(kept).decode()}, f"改用平台的导入表：{own.title}"
        )
        return own

    def drop_template(self) -> frozenset[Change]:
        """Go back to the shipped sheet; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        self._keep(None, "改用自带的平台导入表")
        return frozenset({Change.SETTINGS})

    def awaiting(self) -> tuple[AwaitingFiling, ...]:
        """List the accepted filings to be entered in the platform; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return awaiting(session)

    def check(self, ids: Sequence[int], progress: Progress = SILENT) -> tuple[CheckedFiling, ...]:
        """Say of every filing what the platform would refuse: missing required values, values without a word.

        Raises ``ClerkError``: not_permitted, no_platform_template.
        """
        self._station.actor.require(Right.REGISTER)
        pack, checked = self._station.pack(), []
        with self._database.reading() as session:
            template, _own = self._template(session)
            for done, matter in enumerate(matters(session, ids)):
                progress.step(done, len(ids))
                checked.append(
                    CheckedFiling(
                        filing_id=matter.filing_id,
                        number=matter.number,
                        project_name=matter.walk_in.project_name,
                        faults=faults_of(template, matter, pack),
                    )
                )
        return tuple(checked)

    def write_sheet(self, file: Path, ids: Sequence[int], *, purpose: str, progress: Progress = SILENT) -> WrittenSheet:
        """Fill the sheet with filings, numbers of persons whole, and record whose and what for.

        What lies outside the scope is left out.  Raises ``ClerkError``: not_permitted, purpose_required,
        no_platform_template, no_workbook, cannot_save_file, disk_full, database_locked; ``Cancelled``, and then there
        is neither file nor record.
        """
        actor = self._station.actor
        for right in (Right.REGISTER, Right.SEE_WHOLE, Right.EXPORT):
            actor.require(right)
        reason = stated_purpose(purpose)
        taken: list[int] = []
        faulty = [0]
        with written_file(file) as fresh:
            with self._database.reading() as session:
                template, own = self._template(session)
                rows = self._rows(session, template, ids, taken=taken, faulty=faulty, progress=progress)
                if own:
                    fill_platform_file(own, fresh, template, rows)
                else:
                    write_platform_workbook(fresh, template, rows, self._note(template, reason))
            self._record(template, taken, reason)
        return WrittenSheet(file=file, count=len(taken), faulty=faulty[0], left_out=len(ids) - len(taken))

    def _rows(
        self,
        session: Session,
        template: PlatformTemplate,
        ids: Sequence[int],
        *,
        taken: list[int],
        faulty: list[int],
        progress: Progress,
    ) -> Iterator[tuple[CellValue, ...]]:
        actor, pack = self._station.actor, self._station.pack()
        for done, matter in enumerate(matters(session, ids)):
            progress.step(done, len(ids))
            departments = departments_of(session, matter.filing_id)
            community = matter.walk_in.place.community
            if all(actor.may_for(right, community, departments) for right in (Right.SEE_WHOLE, Right.EXPORT)):
                taken.append(matter.filing_id)
                faulty[0] += bool(faults_of(template, matter, pack))
                yield cells_of(template, matter, pack)
        progress.step(len(ids), len(ids))

    def _record(self, template: PlatformTemplate, ids: Sequence[int], reason: str) -> None:
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="platform_list_out",
                summary=f"填写平台导入表 {len(ids)} 件（{template.title}，含完整证件号码和电话）",
                reason=reason,
                changes=[("filings", None, list(ids))],
            )

    def _note(self, template: PlatformTemplate, reason: str) -> tuple[tuple[str, str], ...]:
        office, actor = self._station.office, self._station.actor
        return (
            ("导入表", template.title + ("（表头为本程序自拟，未核实）" if template.is_unverified else "")),
            ("受理点", office.station_name if office else ""),
            ("填表人", actor.name or (office.clerk_name if office else "")),
            ("时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
            ("用途", reason),
            ("注意", "含完整证件号码和电话，上传后请删除本文件。"),
        )

    def _template(self, session: Session) -> tuple[PlatformTemplate, bytes]:
        stored = session.get(Setting, TEMPLATE_KEY)
        if stored is None or not stored.value:
            return self._shipped(), b""
        return template_from_plain(stored.value["template"]), b64decode(stored.value["file"])

    def _shipped(self) -> PlatformTemplate:
        shipped = self._station.pack().platform_template
        if shipped is None:
            raise ClerkError("no_platform_template")
        return shipped

    def _keep(self, value: dict[str, Any] | None, said: str) -> None:
        with self._database.writing() as session:
            stored = session.get(Setting, TEMPLATE_KEY)
            before = stored.value["template"]["title"] if stored is not None else None
            if value is not None:
                session.merge(Setting(key=TEMPLATE_KEY, value=value))
            elif stored is not None:
                session.delete(stored)
            after = value["template"]["title"] if value is not None else None
            record_event(
                session,
                self._station,
                act="platform_template",
                summary=said,
                changes=[("title", before, after)],
                touched=[(SETTING, TEMPLATE_KEY)],
            )


def _candidates(file: Path) -> Iterator[Headed]:
    for grid in grids_of(file):
        for row, cells in enumerate(grid.rows[:HEADINGS_WITHIN], 1):
            texts = tuple(text_of(cell).strip()[:LONGEST_HEADING] for cell in cells[:MOST_COLUMNS])
            yield Headed(sheet=grid.sheet, row=row, headings=texts)
