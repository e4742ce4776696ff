"""Protecting a ledger: encrypted on the spot, opened by passphrase or recovery code, never neither after a crash."""

from __future__ import annotations

import shutil
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.progress import Cancelled
from desktop.domain.recovery_code import secret_of
from desktop.domain.walk_in import WalkIn
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, PROTECTED_NAME, Unlock, is_plain
from desktop.services.desk import Desk, open_desk
from tests.integration.conftest import Clock, Decide

pytestmark = pytest.mark.requirement("LG-P1")
PASSPHRASE = "河湾路口有三棵老榕树一九八"
OTHER = "新禾市场二楼靠窗的那张桌子"


class Power:
    """Progress that is cut off at a step."""

    def __init__(self, last: int) -> None:
        self.last = last

    def step(self, done: int, _total: int) -> None:
        if done > self.last:
            raise Cancelled


def _open(folder: Path, clock: Clock, **unlock: str) -> Desk:
    return open_desk(folder, today=clock.today, now=clock.now, unlock=Unlock(**unlock))


def _code(folder: Path, clock: Clock, **unlock: str) -> str:
    with pytest.raises(ClerkError) as caught:
        _open(folder, clock, **unlock)
    return caught.value.code


def _numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.ledger.page(desk.ledger.ids(LedgerCriteria()))]


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    decide(complete)
    return desk


def test_protecting_encrypts_the_open_ledger_and_work_goes_on(filled: Desk, decide: Decide, complete: WalkIn) -> None:
    before = _numbers(filled)
    filled.protecting.protect(PASSPHRASE)
    assert not is_plain(filled.database.file)
    assert filled.protecting.state().is_encrypted
    assert _numbers(filled) == before
    decide(complete)
    assert len(_numbers(filled)) == len(before) + 1


def test_nothing_typed_is_left_readable_in_the_folder(filled: Desk, data_folder: Path, complete: WalkIn) -> None:
    name = complete.owner.name.encode()
    assert any(name in file.read_bytes() for file in data_folder.glob(f"{LEDGER_NAME}*"))
    filled.protecting.protect(PASSPHRASE)
    filled.close()
    for file in data_folder.rglob("*"):
        assert not file.is_file() or name not in file.read_bytes(), file.name
    assert not list(data_folder.glob(f"{PROTECTED_NAME}*"))


def test_afterwards_only_passphrase_or_recovery_code_opens_it(filled: Desk, data_folder: Path, clock: Clock) -> None:
    numbers, code = _numbers(filled), filled.protecting.protect(PASSPHRASE).code
    filled.close()
    assert _code(data_folder, clock) == "passphrase_needed"
    assert _code(data_folder, clock, passphrase=OTHER) == "passphrase_wrong"
    for unlock in ({"passphrase": PASSPHRASE}, {"recovery_code": code}):
        with closing(_open(data_folder, clock, **unlock)) as again:
            assert _numbers(again) == numbers


def test_the_chain_of_the_trail_goes_on_through_the_encryption(filled: Desk, data_folder: Path) -> None:
    from desktop.services.ledger_check import verify_folder

    filled.protecting.protect(PASSPHRASE)
    filled.close()
    verdict = verify_folder(data_folder, unlock=Unlock(passphrase=PASSPHRASE))
    assert verdict.broken is None
    assert not verdict.findings


def test_the_recovery_sheet_prints_the_code_once_and_it_is_kept_nowhere(filled: Desk, data_folder: Path) -> None:
    sheet = filled.protecting.protect(PASSPHRASE)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(sheet.pdf)).pages)
    assert all("".join(text.split()).count(group) for group in sheet.code.split("-"))
    filled.close()
    secret = secret_of(sheet.code)
    for file in data_folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert sheet.code.encode() not in content
            assert secret not in content
            assert secret.hex().encode() not in content


@pytest.mark.parametrize("step", range(4))
def test_given_up_on_the_way_nothing_is_changed(step: int, filled: Desk, data_folder: Path, clock: Clock) -> None:
    numbers = _numbers(filled)
    with pytest.raises(Cancelled):
        filled.protecting.protect(PASSPHRASE, Power(step - 1))
    assert is_plain(filled.database.file)
    assert _numbers(filled) == numbers
    filled.close()
    with closing(_open(data_folder, clock)) as again:
        assert _numbers(again) == numbers


class _Crash(BaseException):
    pass


@pytest.mark.requirement("JS-3.1c")
@pytest.mark.parametrize("instant", range(6))
def test_cut_off_at_any_instant_the_ledger_opens(
    instant: int, filled: Desk, data_folder: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, count = _numbers(filled), 0
    photo = tmp_path / "photo"
    moved = Path.replace

    def replace(source: Path, target: Path) -> Path:
        # The folder as a power cut would leave it before and after every change of a name.
        nonlocal count
        for half in range(2):
            if count == instant:
                shutil.copytree(data_folder, photo)
            count += 1
            if half == 0:
                moved(source, target)
        return target

    monkeypatch.setattr(Path, "replace", replace)
    code = filled.protecting.protect(PASSPHRASE).code
    monkeypatch.undo()
    if not photo.exists():
        assert count <= instant
        pytest.skip("there are fewer instants")
    unlock = {} if is_plain(photo / LEDGER_NAME) else {"recovery_code": code}
    with closing(_open(photo, clock, **unlock)) as again:
        assert _numbers(again) == numbers
        assert not list(photo.glob(f"{PROTECTED_NAME}*"))
        assert b'"open"' not in (photo / KEY_NAME).read_bytes() or is_plain(photo / LEDGER_NAME)


def test_a_changed_passphrase_counts_from_then_on_and_the_recovery_code_stays(
    filled: Desk, data_folder: Path, clock: Clock
) -> None:
    code = filled.protecting.protect(PASSPHRASE).code
    with pytest.raises(ClerkError) as caught:
        filled.protecting.change_passphrase("", OTHER)
    assert caught.value.code == "passphrase_wrong"
    filled.protecting.change_passphrase(PASSPHRASE, OTHER)
    filled.close()
    assert _code(data_folder, clock, passphrase=PASSPHRASE) == "passphrase_wrong"
    for unlock in ({"passphrase": OTHER}, {"recovery_code": code}):
        _open(data_folder, clock, **unlock).close()


def test_a_new_recovery_code_ends_the_one_before(filled: Desk, data_folder: Path, clock: Clock) -> None:
    old = filled.protecting.protect(PASSPHRASE).code
    new = filled.protecting.new_recovery_code().code
    filled.close()
    assert _code(data_folder, clock, recovery_code=old) == "recovery_wrong"
    _open(data_folder, clock, recovery_code=new).close()


def test_whoever_came_in_by_recovery_code_can_set_a_new_passphrase(
    filled: Desk, data_folder: Path, clock: Clock
) -> None:
    code = filled.protecting.protect(PASSPHRASE).code
    filled.close()
    with closing(_open(data_folder, clock, recovery_code=code)) as again:
        again.protecting.reset_passphrase(OTHER)
    _open(data_folder, clock, passphrase=OTHER).close()


def test_before_anybody_signs_in_only_the_recovery_code_lets_a_new_passphrase_be_set(
    filled: Desk, data_folder: Path, clock: Clock
) -> None:
    code = filled.protecting.protect(PASSPHRASE).code
    filled.sign_in.make_first("gaoyuan", "高远", "Herbst-Laub7 am Fluss", is_clerk_too=False)
    filled.close()
    with closing(_open(data_folder, clock, passphrase=PASSPHRASE)) as by_passphrase:
        assert not by_passphrase.protecting.is_new_passphrase_due()
        with pytest.raises(ClerkError, match="not_permitted"):
            by_passphrase.protecting.reset_passphrase(OTHER)
    with closing(_open(data_folder, clock, recovery_code=code)) as by_code:
        assert by_code.protecting.is_new_passphrase_due()
        by_code.protecting.reset_passphrase(OTHER)
        assert not by_code.protecting.is_new_passphrase_due()
        with pytest.raises(ClerkError, match="not_permitted"):
            by_code.protecting.reset_passphrase(PASSPHRASE)
    assert _code(data_folder, clock, passphrase=PASSPHRASE) == "passphrase_wrong"
    _open(data_folder, clock, passphrase=OTHER).close()


@pytest.mark.parametrize(("passphrase", "why"), [("短", "short"), ("aaaaaaaaaaaaaaaa", "plain")])
def test_a_weak_passphrase_is_refused_with_the_reason(passphrase: str, why: str, filled: Desk) -> None:
    with pytest.raises(ClerkError) as caught:
        filled.protecting.protect(passphrase)
    assert (caught.value.code, caught.value.details["why"]) == ("passphrase_weak", why)
    assert is_plain(filled.database.file)


def test_without_a_keyring_it_is_not_offered(filled: Desk) -> None:
    filled.protecting.protect(PASSPHRASE)
    state = filled.protecting.state()
    if state.has_keyring:
        pytest.skip("this computer has a keyring")
    with pytest.raises(ClerkError) as caught:
        filled.protecting.use_keyring(True)
    assert caught.value.code == "no_keyring"


def test_a_ledger_whose_key_file_is_gone_is_named_and_left_alone(filled: Desk, data_folder: Path, clock: Clock) -> None:
    filled.protecting.protect(PASSPHRASE)
    filled.close()
    before = (data_folder / LEDGER_NAME).read_bytes()
    (data_folder / KEY_NAME).unlink()
    assert _code(data_folder, clock) == "key_missing"
    assert (data_folder / LEDGER_NAME).read_bytes() == before
