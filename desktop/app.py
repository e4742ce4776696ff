"""The composition root: finds the data folder, opens the desk, builds the window or plays the sample morning."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.domain.ledger import LedgerCriteria
    from desktop.models.ledger_key import Unlock
    from desktop.services.desk import Desk

_LOG = logging.getLogger(__name__)
_LOG_BYTES = 1_000_000
# Troubles that a backup mends.
_DESTROYED = frozenset(
    {"not_a_database", "ledger_damaged", "ledger_shortened", "ledger_missing", "key_missing", "key_damaged"}
)


def default_data_folder() -> Path:
    """Give the folder of the ledger where the system keeps a user's data; ``SMALL_WORKS_DATA`` overrides it."""
    from platformdirs import user_data_path

    named = os.environ.get("SMALL_WORKS_DATA")
    return Path(named) if named else user_data_path("SmallWorksRegistry", appauthor=False)


def register_file(data: object, *, out: Path, data_folder: Path | None, user: str = "") -> Any:
    """Enter one paper filing, or a list, by the same services as the window; papers land in ``out``.

    Raises ``FaultyInput`` with every fault of the data, ``ClerkError`` when the rules or the ledger forbid the act.
    """
    from desktop.services.registering import register_file as register

    with signed_in_desk(data_folder, user) as desk:
        return register(data, desk=desk, out=out)


def list_ledger(criteria: LedgerCriteria, *, xlsx: Path | None, data_folder: Path | None, user: str) -> Any:
    """List what the user may see of the ledger, or write it into a workbook, numbers of persons covered.

    Raises ``ClerkError``: sign_in_needed, wrong_password, not_permitted, cannot_save_file.
    """
    from desktop.services.listing import ledger_list

    with signed_in_desk(data_folder, user) as desk:
        if xlsx is None:
            return ledger_list(desk, criteria)
        exported = desk.exporting.ledger_file(criteria, xlsx)
        return {"file": str(exported.file), "count": exported.count, "left_out": exported.left_out}


@contextmanager
def signed_in_desk(data_folder: Path | None, user: str) -> Iterator[Desk]:
    """Open the ledger for the command line, in the name of a user where there are accounts.

    The password comes from ``SMALL_WORKS_PASSWORD``, that of the ledger from ``SMALL_WORKS_PASSPHRASE``, or both are
    asked for on a terminal.  Raises ``ClerkError``: sign_in_needed, wrong_password, account_locked,
    password_must_change, and as ``open_desk``.
    """
    from desktop.domain.errors import ClerkError
    from desktop.models.ledger_key import Unlock
    from desktop.services.desk import open_desk

    folder = data_folder or default_data_folder()
    start_log(folder)
    desk = open_desk(folder, unlock=Unlock(passphrase=os.environ.get("SMALL_WORKS_PASSPHRASE", "")))
    try:
        if desk.sign_in.has_accounts():
            if not user:
                raise ClerkError("sign_in_needed", why="the ledger has accounts: name one with --user")
            if desk.sign_in.sign_in(user, _password()).must_change:
                raise ClerkError("password_must_change", user=user)
        yield desk
    finally:
        desk.close()


def verify_ledger(data_folder: Path | None, *, head: str, count: int) -> tuple[bool, tuple[str, ...]]:
    """Verify the ledger of a folder without changing it; says whether it is sound, and the lines that tell so.

    Raises ``ClerkError``: anchor_unfit when head and count do not belong together, and as ``verify_folder``.
    """
    from desktop.domain.errors import ClerkError
    from desktop.domain.trail import Anchor, report_lines, ungrouped
    from desktop.models.ledger_key import Unlock
    from desktop.services.ledger_check import verify_folder

    mac = ungrouped(head)
    if bool(mac) != (count > 0) or len(mac) not in (0, 64):
        raise ClerkError("anchor_unfit", why="--head takes 64 hexadecimal digits and goes with --count")
    anchor = Anchor(count=count, mac=mac) if mac else None
    unlock = Unlock(passphrase=os.environ.get("SMALL_WORKS_PASSPHRASE", ""))
    verdict = verify_folder(data_folder or default_data_folder(), unlock=unlock, anchor=anchor)
    return verdict.is_sound, tuple(report_lines(verdict))


def back_up_ledger(data_folder: Path | None, *, to: Path | None, user: str) -> str:
    """Back the ledger up, beside it or into another folder; gives the folder of the backup and what it holds."""
    with signed_in_desk(data_folder, user) as desk:
        made = desk.backups.make(to=to)
    trouble = f"\n第二备份位置没有备份：{made.second_trouble}" if made.second_trouble else ""
    return f"{made.brief.folder}\n{made.brief.filings} 件，{made.brief.size} 字节{trouble}"


def check_ledger_backup(backup: Path) -> str:
    """Prove a backup by restoring it into a scratch folder; gives what it holds; ``ClerkError`` says why not."""
    from desktop.services.restoring import check_backup

    manifest = check_backup(backup, _unlock())
    return (
        f"恢复演练通过：{manifest.made_at.astimezone():%Y-%m-%d %H:%M}，{manifest.counts.get('filing', 0)} 件，"
        f"审计 {manifest.chain_count} 条，链尾 {manifest.chain_mac[:16]}"
    )


def restore_ledger(backup: Path, data_folder: Path | None) -> str:
    """Restore a backup into a data folder nobody has open; gives what was restored and where the former ledger lies."""
    from desktop.services.restoring import restore

    folder = data_folder or default_data_folder()
    restored = restore(backup, folder, unlock=_unlock())
    former = f"\n原台账移到 {restored.aside}" if restored.aside else ""
    return f"已恢复 {restored.manifest.counts.get('filing', 0)} 件到 {folder}{former}"


def _unlock() -> Unlock:
    from desktop.models.ledger_key import Unlock

    return Unlock(
        passphrase=os.environ.get("SMALL_WORKS_PASSPHRASE", ""),
        recovery_code=os.environ.get("SMALL_WORKS_RECOVERY_CODE", ""),
    )


def _password() -> str:
    import getpass

    from desktop.domain.errors import ClerkError

    named = os.environ.get("SMALL_WORKS_PASSWORD")
    if named is not None:
        return named
    if not sys.stdin.isatty():
        # Tried as an empty one, a job that runs every night would lock the account.
        raise ClerkError("sign_in_needed", why="SMALL_WORKS_PASSWORD is not set and there is no terminal to ask on")
    return getpass.getpass("密码：")


def run_window(data_folder: Path | None) -> int:
    """Show the window until it is closed; without a display, play the sample counter morning instead."""
    folder = data_folder or default_data_folder()
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from desktop.sample_morning import play_morning

        _application = build_application()
        start_log(folder)
        return play_morning(folder)
    # SQLAlchemy first: PySide6 wraps the import machinery and makes every later import dearer.
    from desktop.services.desk import Desk
    from desktop.services.restoring import is_restore_ready

    application = build_application()
    start_log(folder)
    _report_bugs()
    while True:
        desk = _opened(folder)
        if not isinstance(desk, Desk):
            return 1 if desk is None else 0
        try:
            status = _run(application, desk)
        finally:
            desk.close()
        if not is_restore_ready(folder):
            return status


def _opened(folder: Path) -> Desk | bool | None:
    """Open the ledger for the window, offering a backup where it is destroyed; None after a trouble, False if left."""
    from desktop.domain.errors import ClerkError, FaultyInput
    from desktop.models.ledger_key import Unlock
    from desktop.services.desk import open_desk
    from desktop.views.people.entering import open_ledger
    from desktop.views.shared.messages import show_trouble

    def open_with(passphrase: str, code: str) -> Desk:
        return open_desk(folder, unlock=Unlock(passphrase=passphrase, recovery_code=code))

    while True:
        try:
            return open_ledger(folder, open_with) or False
        except (ClerkError, FaultyInput) as trouble:
            _LOG.warning("cannot open: %s", trouble.code if isinstance(trouble, ClerkError) else "faulty pack")
            if not offer_backup(folder, trouble):
                show_trouble(trouble, None)
                return None


def offer_backup(folder: Path, trouble: Exception) -> bool:
    """Offer the backups of a ledger that is destroyed; says whether one was restored."""
    from desktop.domain.errors import ClerkError
    from desktop.services.restoring import backups_of

    if not isinstance(trouble, ClerkError) or trouble.code not in _DESTROYED:
        return False
    if not any(brief.is_good for brief in backups_of(folder)):
        return False
    from desktop.views.backup.restore_dialog import RestoreDialog

    return bool(RestoreDialog.for_folder(folder, trouble).exec())


def has_display() -> bool:
    """Say whether a window can be shown: always on Windows and macOS, elsewhere when a display server is named."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def build_application() -> QApplication:
    """Make the one application object with the shipped fonts, Chinese locale and theme."""
    from desktop.views.theme import apply_theme, prepare_environment

    prepare_environment()
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from desktop.views.shared.collector import Collector

    existing = QApplication.instance()
    qInstallMessageHandler(_log_qt_message)
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("SmallWorksRegistry")
    application.setApplicationDisplayName("小型工程和零星作业登记台")
    apply_theme(application)
    if application.findChild(Collector) is None:
        Collector(application)
    return application


def start_log(folder: Path) -> None:
    """Write the log beside the ledger: ids, errors of the program and Qt's own messages, never what was typed."""
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "logs" / "small-works.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8"
        )
    except OSError:
        return  # the ledger's own opening says in words what is wrong with the folder
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("desktop")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)


def _log_qt_message(_kind: object, _context: object, message: str) -> None:
    logging.getLogger("desktop.qt").warning(message)


def _run(application: QApplication, desk: Desk) -> int:
    from desktop.views.main_window import MainWindow
    from desktop.views.people.entering import let_in
    from desktop.views.workbench import Workbench

    workbench = Workbench(desk)
    if not let_in(workbench):
        return 0
    window = MainWindow(workbench)
    window.show()
    status = int(application.exec())
    _back_up_at_closing(desk)
    return status


def _back_up_at_closing(desk: Desk) -> None:
    from desktop.domain.errors import ClerkError
    from desktop.services.restoring import is_restore_ready

    if is_restore_ready(desk.data_folder):
        return
    try:
        desk.backups.at_closing()
    except ClerkError as error:
        # The window is gone; the next one shows in its status line how old the last backup is.
        _LOG.warning("no backup at closing: %s", error.code)


def _report_bugs() -> None:
    """Log what nobody caught and tell the clerk, instead of losing it on a console nobody sees."""
    from types import TracebackType

    from desktop.views.shared.messages import show_trouble

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        _LOG.error("uncaught", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            show_trouble(error, None)

    sys.excepthook = report
