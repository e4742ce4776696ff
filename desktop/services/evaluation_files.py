"""What leaves and enters a round of evaluation: papers, the workbook, and the table that organisations fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.documents.blocks import Paper
from desktop.documents.papers.evaluation import evaluation_table, self_report
from desktop.documents.papers.evaluation_round import draw_sheet, follow_up_list, project_sheet, side_by_side
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.evaluation import EvaluationLine, Stage
from desktop.domain.evaluation_course import Evaluation
from desktop.domain.evaluation_sheet import HEADINGS, NEEDED, SheetPlan, missing_columns, read_lines
from desktop.domain.progress import SILENT, Progress
from desktop.domain.site import Site, SiteRef
from desktop.exchange.evaluation_workbook import write_round, write_template
from desktop.models.database import Database
from desktop.services.audit import record_event
from desktop.services.evaluation_writing import line_faults
from desktop.services.evaluations import EvaluationService
from desktop.services.file_writing import written_file
from desktop.services.foreign_lists import file_hash, found_list
from desktop.services.press import Press
from desktop.services.station import Station


class EvaluationFileService:
    """Prints rounds, writes them as workbooks and reads tables back."""

    def __init__(self, database: Database, station: Station, *, press: Press, evaluations: EvaluationService) -> None:
        self._database, self._station, self._press = database, station, press
        self._evaluations = evaluations

    def table_pdf(self, round_id: int, organisation: str, stage: Stage) -> bytes:
        """Give the table of one organisation.

        Raises ``ClerkError``: not_permitted, no_such_round, not_in_round, office_not_set_up, missing_characters.
        """
        self._require_in(round_id, organisation)
        return self._print(round_id, lambda ctx, asked: evaluation_table(ctx, asked, organisation, stage))

    def self_report_pdf(self, round_id: int, organisation: str) -> bytes:
        """Give the report of the self-evaluation of one organisation; raises as ``table_pdf``."""
        self._require_in(round_id, organisation)
        return self._print(round_id, lambda ctx, asked: self_report(ctx, asked, organisation))

    def summary_pdf(self, round_id: int) -> bytes:
        """Give all organisations side by side; raises as ``table_pdf``."""
        return self._print(round_id, side_by_side)

    def follow_ups_pdf(self, round_id: int) -> bytes:
        """Give the list of problems and measures; raises as ``table_pdf``."""
        return self._print(round_id, follow_up_list)

    def draw_pdf(self, round_id: int) -> bytes:
        """Give the list of those drawn, with the seed; raises as ``table_pdf``, and nobody_drawn."""
        if not self._evaluations.open(round_id, has_figures=False).round.visited:
            raise ClerkError("nobody_drawn")
        return self._print(round_id, draw_sheet)

    def project_pdf(self, round_id: int, project_id: int) -> bytes:
        """Give the sheet of one project seen on site; raises as ``table_pdf``, and no_such_entry."""
        found = [one for one in self._evaluations.open(round_id, has_figures=False).projects if one.id == project_id]
        if not found:
            raise ClerkError("no_such_entry", entry_id=project_id)
        return self._print(round_id, lambda ctx, asked: project_sheet(ctx, asked, found[0]))

    def workbook(self, round_id: int, file: Path, *, progress: Progress = SILENT) -> Path:
        """Write a whole round into a workbook, on record; raises as ``template``, and ``Cancelled``."""
        self._require_export()
        asked, pack = self._evaluations.open(round_id), self._station.pack()
        topics = {entry.code: (entry.topic, entry.label) for entry in pack.hazard_entries}
        with written_file(file) as fresh:
            count = write_round(fresh, asked, topics, self._said(asked))
            progress.step(count, count)  # the last moment to stop: what is on record has left
            self._record(f"导出专项评价 {asked.round.number}，{count} 行")
        return file

    def template(self, round_id: int, organisations: Sequence[str], stage: Stage, file: Path) -> Path:
        """Write the table to be filled in by some organisations, or by all for none named, on record.

        Raises ``ClerkError``: not_permitted, no_such_round, not_in_round, cannot_save_file, disk_full,
        database_locked.
        """
        self._require_export()
        asked = self._evaluations.open(round_id)
        known = asked.round.organisations if stage is Stage.SELF else asked.round.visited
        names = tuple(organisations) or known
        if not names or not set(names) <= set(known):
            raise ClerkError("not_in_round", organisation="、".join(set(names) - set(known)), stage=stage.label)
        with written_file(file) as fresh:
            write_template(fresh, asked, names, stage)
            self._record(f"导出专项评价表 {asked.round.number}（{stage.label}），{len(names)} 个单位")
        return file

    def look(
        self, round_id: int, file: Path, *, organisation: str, stage: Stage, progress: Progress = SILENT
    ) -> SheetPlan:
        """Read a filled table and say what it would bring; nothing is written yet.

        ``organisation`` and ``stage`` stand where the sheet says nothing of them.  Raises ``ClerkError``:
        not_permitted, no_such_round, no_list_headings, and as ``read_grid``.
        """
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        asked, today = self._evaluations.open(round_id, has_figures=False), self._station.today()
        needed = [HEADINGS[column][0] for column in NEEDED]
        found, sha256 = found_list(file, HEADINGS, needed=needed, progress=progress)
        if missing := missing_columns(found):
            raise ClerkError("no_list_headings", missing=missing, headings=found.headings)
        read = read_lines(found, round_id=round_id, organisation=organisation, stage=stage, today=today)
        faults: list[Fault] = []
        lines: list[EvaluationLine] = []
        seen: set[tuple[str, str, Stage]] = set()
        for one in read:
            key = (one.line.organisation, one.line.item, one.line.stage)
            said = [*one.faults, *(fault.what for fault in line_faults(asked.round, one.line, today))]
            said += ["这个单位的这一项在表中出现了两次"] if key in seen else []
            seen.add(key)
            faults += [Fault(str(one.at), what) for what in said]
            if not said and one.line != asked.line(*key):
                lines.append(one.line)
        return SheetPlan(
            round_id=round_id,
            file_name=file.name,
            sha256=sha256,
            lines=tuple(lines),
            unchanged=len(read) - len(lines) - len({fault.where for fault in faults}),
            faults=tuple(faults),
        )

    def take(self, plan: SheetPlan, file: Path) -> int:
        """Take in what was looked at, all of it or nothing; gives how many lines were changed.

        Raises ``ClerkError``: not_permitted, no_such_round, round_closed, sheet_changed; ``FaultyInput`` for a
        plan with faults.
        """
        if plan.faults:
            raise FaultyInput(plan.faults)
        if file_hash(file) != plan.sha256:
            raise ClerkError("sheet_changed", path=str(file))
        return self._evaluations.note_all(plan.round_id, plan.lines, act="evaluation_in") if plan.lines else 0

    def _print(self, round_id: int, compose: Callable[[SitePaper, Evaluation], Paper]) -> bytes:
        asked, station = self._evaluations.open(round_id), self._station
        ctx = SitePaper(
            office=station.known_office(),
            pack=station.pack(),
            site=Site(ref=SiteRef(), number="", project_name="", place="", community=""),
            number=asked.round.number,
            issued_on=station.today(),
        )
        return self._press.plain(compose(ctx, asked))

    def _require_in(self, round_id: int, organisation: str) -> None:
        names = self._evaluations.open(round_id, has_figures=False).round.organisations
        if organisation not in names:
            raise ClerkError("not_in_round", organisation=organisation, stage="")

    def _require_export(self) -> None:
        self._station.actor.require(Right.STATISTICS)
        self._station.actor.require(Right.EXPORT)

    def _said(self, asked: Evaluation) -> list[tuple[str, str]]:
        actor, office = self._station.actor, self._station.office
        measures = [(measure.label, measure.definition) for measure in asked.measures.values()]
        return [
            ("评价", asked.round.name),
            ("编号", asked.round.number),
            ("评价期间", asked.round.period.label),
            ("导出人", actor.name or (office.clerk_name if office else "")),
            ("导出时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
            ("记录", "本次导出已记入审计记录。"),
            *measures,
        ]

    def _record(self, summary: str) -> None:
        with self._database.writing() as session:
            record_event(session, self._station, act="evaluation_out", summary=summary)
