"""All services of one window, made and joined in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.folder_lock import FolderLock
from desktop.models.key_slots import LedgerSecret
from desktop.services.accounts import AccountService
from desktop.services.anchor import Anchor
from desktop.services.attachment_care import AttachmentCare
from desktop.services.attachments import AttachmentService
from desktop.services.backups import BackupService
from desktop.services.books import BookService
from desktop.services.calendar import CalendarService
from desktop.services.closing import ClosingService
from desktop.services.conduct import ConductService
from desktop.services.demands import DemandService
from desktop.services.dossiers import DossierService
from desktop.services.drafts import DraftService
from desktop.services.draws import DrawService
from desktop.services.dry_run import DryRunService
from desktop.services.duties import DutyService
from desktop.services.entrustments import EntrustmentService
from desktop.services.evaluation_files import EvaluationFileService
from desktop.services.evaluations import EvaluationService
from desktop.services.explaining import ExplainingService
from desktop.services.exporting import ExportingService
from desktop.services.feedback import FeedbackService
from desktop.services.firms import FirmService
from desktop.services.found_sites import FoundSiteService
from desktop.services.hazards import HazardService
from desktop.services.in_charge import InChargeService
from desktop.services.intake import IntakeService
from desktop.services.issuing import IssuingService
from desktop.services.key_lists import KeyListService
from desktop.services.ledger import LedgerService
from desktop.services.ledger_check import LedgerCheckService
from desktop.services.life import LifeService
from desktop.services.malls import MallService
from desktop.services.numbered_act import NumberedActs
from desktop.services.office import OfficeService
from desktop.services.orders import OrderService
from desktop.services.organisations import OrganisationService
from desktop.services.outside_reviews import OutsideReviewService
from desktop.services.pack_preview import PackPreviewService
from desktop.services.pack_versions import PackVersionService
from desktop.services.package_sheets import PackageSheetService
from desktop.services.packing import PackingService
from desktop.services.passwords import PasswordKeeper
from desktop.services.patrol_import import PatrolImportService
from desktop.services.patrol_plan import PatrolPlanService
from desktop.services.patroller_notes import PatrollerNoteService
from desktop.services.patrols import PatrolService
from desktop.services.person_lists import PersonListService
from desktop.services.persons import PersonService
from desktop.services.platform import PlatformService
from desktop.services.platform_lists import PlatformListService
from desktop.services.platform_returns import PlatformReturnService
from desktop.services.press import Press
from desktop.services.prevention import PreventionServices
from desktop.services.protecting import ProtectionService
from desktop.services.receiving import ReceivingService
from desktop.services.register_papers import RegisterPaperService
from desktop.services.reports import ReportService
from desktop.services.retention import RetentionService
from desktop.services.revealing import RevealingService
from desktop.services.review_settings import ReviewSettingsService
from desktop.services.reviews import ReviewService
from desktop.services.sample_acts import SampleServices
from desktop.services.screen_lock import ScreenLockService
from desktop.services.sheet_imports import SheetImportService
from desktop.services.sign_in import SignInService
from desktop.services.site_papers import SitePaperService
from desktop.services.splitting_radar import SplittingRadarService
from desktop.services.staging import StagingService
from desktop.services.standing_ledgers import StandingLedgerService
from desktop.services.station import Station
from desktop.services.station_keys import StationKeyService
from desktop.services.statistics import StatisticsService
from desktop.services.trail import TrailService
from desktop.services.transfers import TransferService
from desktop.services.verifying import VerifyingService
from desktop.services.worklist import WorklistService


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services of one window, and the folder where everything lies."""

    office: OfficeService
    intake: IntakeService
    issuing: IssuingService
    drafts: DraftService
    malls: MallService
    ledger: LedgerService
    calendar: CalendarService
    platform: PlatformService
    platform_lists: PlatformListService
    platform_returns: PlatformReturnService
    feedback: FeedbackService
    prevention_services: PreventionServices
    books: BookService
    patroller_notes: PatrollerNoteService
    reviews: ReviewService
    review_settings: ReviewSettingsService
    orders: OrderService
    verifying: VerifyingService
    life: LifeService
    worklist: WorklistService
    in_charge: InChargeService
    revealing: RevealingService
    explaining: ExplainingService
    exporting: ExportingService
    attachments: AttachmentService
    staging: StagingService
    attachment_care: AttachmentCare
    retention: RetentionService
    firms: FirmService
    conduct: ConductService
    demands: DemandService
    organisations: OrganisationService
    persons: PersonService
    entrustments: EntrustmentService
    person_lists: PersonListService
    register_papers: RegisterPaperService
    sign_in: SignInService
    accounts: AccountService
    screen_lock: ScreenLockService
    ledger_check: LedgerCheckService
    trail: TrailService
    closing: ClosingService
    protecting: ProtectionService
    backups: BackupService
    patrols: PatrolService
    hazards: HazardService
    patrol_plan: PatrolPlanService
    duties: DutyService
    patrol_import: PatrolImportService
    found_sites: FoundSiteService
    transfers: TransferService
    reports: ReportService
    draws: DrawService
    splitting_radar: SplittingRadarService
    key_lists: KeyListService
    outside_reviews: OutsideReviewService
    site_papers: SitePaperService
    dossiers: DossierService
    sheet_imports: SheetImportService
    standing_ledgers: StandingLedgerService
    statistics: StatisticsService
    station_keys: StationKeyService
    packing: PackingService
    package_sheets: PackageSheetService
    receiving: ReceivingService
    pack_versions: PackVersionService
    pack_preview: PackPreviewService
    dry_run: DryRunService
    evaluations: EvaluationService
    evaluation_files: EvaluationFileService
    data_folder: Path
    database: Database = field(repr=False)
    lock: FolderLock = field(repr=False)
    anchor: Anchor = field(repr=False)

    def close(self) -> None:
        """Close the ledger and let another program open the folder."""
        self.database.close()
        if self.lock.is_held:
            self.anchor.close()
        self.lock.release()


def assembled(
    database: Database,
    station: Station,
    *,
    lock: FolderLock,
    data_folder: Path,
    keeper: PasswordKeeper,
    store: AttachmentStore,
    secret: LedgerSecret,
    anchor: Anchor,
    is_by_code: bool,
) -> Desk:
    """Make all services over one open ledger; each is given what it needs and finds nothing by itself."""
    calendar = CalendarService(database, station)
    calendar.take_over_shipped()
    press = Press()
    review_settings = ReviewSettingsService(database, station)
    intake = IntakeService(database, station, calendar=calendar, press=press, review_rule=review_settings.rule_for)
    reviews = ReviewService(database, station, intake=intake, settings=review_settings)
    staging = StagingService(database, station, store=store)
    care = AttachmentCare(database, station, store=store, staging=staging)
    care.look_after()
    protecting = ProtectionService(
        database, station, folder=data_folder, secret=secret, press=press, is_by_code=is_by_code
    )
    protecting.follow(store.encrypt_all)
    anchor.follow()
    attachments = AttachmentService(database, station, store=store)
    duties = DutyService(database, station)
    patrol_plan = PatrolPlanService(database, station, calendar=calendar, duties=duties)
    acts = NumberedActs(database, station, press)
    worklist = WorklistService(database, station, calendar=calendar, plan=patrol_plan, duties=duties, press=press)
    evaluations = EvaluationService(database, station, acts=acts)
    entrustments, person_lists = EntrustmentService(database, station), PersonListService(database, station)
    issuing = IssuingService(database, station, intake=intake, press=press)
    keys = StationKeyService(database, station, press=press)
    pack_versions = PackVersionService(database, station, keys=keys)
    packing = PackingService(database, station, store=store, keys=keys)
    books, drafts = BookService(database, station, press=press), DraftService(database, station)
    samples = SampleServices(
        intake=intake,
        patrols=PatrolService(database, station, attachments=attachments, calendar=calendar),
        hazards=HazardService(database, station, calendar=calendar, acts=acts),
        found_sites=FoundSiteService(database, station, acts=acts),
        transfers=TransferService(database, station, acts=acts, calendar=calendar, press=press),
        reports=ReportService(database, station, acts=acts, calendar=calendar),
        life=LifeService(database, station, calendar=calendar, press=press),
        draws=DrawService(database, station, press=press),
        books=books,
    )
    return Desk(
        office=OfficeService(database, station, calendar=calendar, samples=samples),
        intake=intake,
        issuing=issuing,
        site_papers=SitePaperService(database, station, press=press, issuing=issuing),
        dossiers=DossierService(database, station, press=press),
        standing_ledgers=StandingLedgerService(database, station, press=press),
        sheet_imports=SheetImportService(database, station),
        drafts=drafts,
        malls=MallService(database, station, drafts=drafts, press=press),
        ledger=LedgerService(database, station),
        calendar=calendar,
        platform=PlatformService(database, station),
        platform_lists=PlatformListService(database, station),
        platform_returns=PlatformReturnService(database, station, calendar=calendar),
        feedback=FeedbackService(database, station),
        prevention_services=PreventionServices(database, station),
        books=books,
        patroller_notes=PatrollerNoteService(database, station),
        reviews=reviews,
        review_settings=review_settings,
        orders=OrderService(database, station, calendar=calendar, press=press),
        verifying=VerifyingService(database, station),
        life=samples.life,
        worklist=worklist,
        statistics=StatisticsService(database, station, acts=acts, press=press, worklist=worklist),
        in_charge=InChargeService(database, station),
        attachments=attachments,
        staging=staging,
        attachment_care=care,
        retention=RetentionService(database, station, store=store, staging=staging),
        revealing=RevealingService(database, station),
        explaining=ExplainingService(database, station, calendar=calendar),
        exporting=ExportingService(database, station, press=press),
        firms=FirmService(database, station, intake=intake, press=press),
        conduct=ConductService(database, station, press=press),
        demands=DemandService(database, station, press=press),
        organisations=OrganisationService(database, station),
        persons=PersonService(database, station),
        entrustments=entrustments,
        person_lists=person_lists,
        register_papers=RegisterPaperService(
            database, station, press=press, lists=person_lists, entrustments=entrustments
        ),
        sign_in=SignInService(database, station, keeper=keeper),
        accounts=AccountService(database, station, keeper=keeper),
        screen_lock=ScreenLockService(database, station),
        protecting=protecting,
        backups=BackupService(database, station, data_folder=data_folder, secret=lambda: protecting.secret),
        ledger_check=LedgerCheckService(database, station, store=store),
        trail=TrailService(database, station),
        closing=ClosingService(database, station, press=press),
        patrols=samples.patrols,
        patrol_plan=patrol_plan,
        duties=duties,
        patrol_import=PatrolImportService(database, station),
        found_sites=samples.found_sites,
        transfers=samples.transfers,
        reports=samples.reports,
        hazards=samples.hazards,
        draws=samples.draws,
        splitting_radar=SplittingRadarService(database, station),
        key_lists=KeyListService(database, station, press=press),
        outside_reviews=OutsideReviewService(database, station, calendar=calendar),
        station_keys=keys,
        packing=packing,
        package_sheets=PackageSheetService(station, packing=packing, keys=keys, press=press),
        receiving=ReceivingService(database, station, store=store, keys=keys),
        pack_versions=pack_versions,
        pack_preview=PackPreviewService(station, versions=pack_versions, press=press),
        dry_run=DryRunService(database, station, calendar=calendar),
        evaluations=evaluations,
        evaluation_files=EvaluationFileService(database, station, press=press, evaluations=evaluations),
        data_folder=data_folder,
        database=database,
        lock=lock,
        anchor=anchor,
    )
