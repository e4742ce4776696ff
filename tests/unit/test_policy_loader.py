"""Loading packs: every fault at once with file and key, hostile files, the version in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.policy.loader import Packs, load_all, load_pack, load_packs, pack_files
from desktop.services.resources import policies_folder

SHIPPED = policies_folder() / "longgang" / "2025-draft.toml"


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Load a copy of the shipped pack with some text replaced; give the sentences of all faults."""

    def load(*changes: tuple[str, str], text: str | None = None) -> tuple[str, ...]:
        whole = SHIPPED.read_text(encoding="utf-8") if text is None else text
        for old, new in changes:
            assert old in whole, old
            whole = whole.replace(old, new, 1)
        folder = tmp_path / "longgang"
        folder.mkdir(exist_ok=True)
        (folder / "trial.toml").write_text(whole, encoding="utf-8")
        with pytest.raises(FaultyInput) as caught:
            load_pack(folder / "trial.toml", bases=policies_folder())
        return tuple(f"{fault.where}: {fault.what}" for fault in caught.value.faults)

    return load


HOIST = 'when = { fact = "hoisting" }\n\n[[high_risk]]'

FAULTS = [
    pytest.param('article = "第三条(八)"\n', "", "high_risk[7](8).article", id="missing-article"),
    pytest.param(
        'label = "起重吊装工程"', 'lable = "起重吊装工程"', "high_risk[7](8).lable: 未知的键", id="unknown-key"
    ),
    pytest.param('label = "起重吊装工程"', "label = 8", "high_risk[7](8).label: 应为文字", id="wrong-type"),
    pytest.param(HOIST, HOIST.replace("hoisting", "hoist"), "没有名为 hoist 的事实", id="unknown-fact"),
    pytest.param(HOIST, HOIST.replace('fact = "hoisting"', "fact = 3"), "没有名为 3 的事实", id="fact-is-no-text"),
    pytest.param(HOIST, HOIST.replace('"hoisting"', '"hoisting", over = 3'), "不认识：over", id="unknown-op"),
    pytest.param(
        HOIST, HOIST.replace('"hoisting"', '"hoisting", at_least = 3'), "at_least 不能用于", id="op-of-other-type"
    ),
    pytest.param(
        HOIST,
        HOIST.replace('"hoisting"', '"other_dangerous_works", not_empty = false'),
        "只能写 true",
        id="not-empty-no",
    ),
    pytest.param(HOIST, HOIST.replace('"hoisting"', '"hoisting", is = [1]'), "应为 true、false 或文字", id="is-a-list"),
    pytest.param(
        HOIST, HOIST.replace('"hoisting"', '"hoisting", if_not_applicable = [1]'), "if_not_applicable", id="unhashable"
    ),
    pytest.param(HOIST, HOIST.replace('fact = "hoisting"', "ref = [1]"), "没有名为 [1] 的条件", id="ref-is-a-list"),
    pytest.param(HOIST, HOIST.replace('fact = "hoisting"', 'ref = "nothing"'), "没有名为 nothing 的条件", id="ref"),
    pytest.param(HOIST, HOIST.replace('{ fact = "hoisting" }', "{ all = [] }"), "不能为空", id="empty-all"),
    pytest.param(HOIST, HOIST.replace('{ fact = "hoisting" }', '"always"'), "条件应写成", id="condition-is-a-text"),
    pytest.param(
        HOIST,
        HOIST.replace('{ fact = "hoisting" }', '{ not = { fact = "hoisting" }, any = [{ fact = "hoisting" }] }'),
        "any 不能与其他键并用",
        id="two-joins",
    ),
    pytest.param(
        'at_least = "@excavation_m"', 'at_least = "@nowhere"', "没有名为 nowhere 的参数", id="unknown-parameter"
    ),
    pytest.param('at_least = "@excavation_m"', "at_least = 3.5", "应为数字", id="binary-float"),
    pytest.param('at_least = "@excavation_m"', 'at_least = "NaN"', "应为数字", id="not-a-number"),
    pytest.param(
        'fact = "category", is = "elevator_work"', 'fact = "scaffold_type", is = "bamboo"', "没有 bamboo", id="choice"
    ),
    pytest.param('code = "28-3"', 'code = "28-1"', "materials: 28-1 重复", id="duplicate-material"),
    pytest.param('code = "signboard"\nkind', 'code = "facade_high_work"\nkind', "facade_high_work 重复", id="category"),
    pytest.param('code = "temporary_building"\n', 'code = "emergency_relief"\n', "emergency_relief 重复", id="stop"),
    pytest.param("item = 8\n", "item = 7\n", "high_risk: 7 重复", id="duplicate-item"),
    pytest.param("item = 8\n", 'item = "eight"\n', "的整数，写成 item = 1", id="item-is-text"),
    pytest.param('effective_note = "', 'effective_from = "2025-13-01"\neffective_note = "', "应为日期", id="bad-date"),
    pytest.param(
        'effective_note = "', 'effective_from = 2025-01-01T08:00:00\neffective_note = "', "应为日期", id="moment"
    ),
    pytest.param('standing = "征求意见"', 'standing = "大概"', "pack.standing: 应为 现行", id="standing"),
    pytest.param('outcome = "not_applicable"', 'outcome = "maybe"', ".outcome: 应为 register", id="outcome"),
    pytest.param('value = "1000000"', 'value = "-1"', "parameters.limit_amount_yuan.value: 不能为负数", id="negative"),
    pytest.param('value = "1000000"', "value = 1000000.0", "parameters.limit_amount_yuan.value", id="float-parameter"),
    pytest.param("validity_months = 6", 'validity_months = "six"', "deadlines.validity_months", id="months"),
    pytest.param("[labels]", "[lables]", "labels: 缺少这一节", id="missing-section"),
    pytest.param("[deadlines]", "[dead_lines]", "dead_lines: 未知的键", id="misspelt-section"),
    pytest.param(
        'validity_article = "第二十五条"', "", "deadlines.validity_article: 需要一段文字", id="term-without-article"
    ),
    pytest.param('point = "street_office"', 'point = "court"', ".point: 应为 street_office", id="counter-point"),
    pytest.param(
        'channels = ["walk_in_street_office", "online"]',
        'channels = ["letter"]',
        "没有 letter 这一种申报方式",
        id="counter-channel",
    ),
    pytest.param(
        'redirect_because = "高风险小型工程应到街道办事处办理，请转街道。"\n',
        "",
        "redirect_because: 需要一段文字",
        id="counter-without-elsewhere",
    ),
    pytest.param('kinds = ["minor_operation"]', 'kinds = ["minor"]', "没有 minor 这一类", id="unknown-kind"),
    pytest.param('asks = ["completion_accepted"]', 'asks = ["completed"]', "没有名为 completed 的事实", id="asks"),
]


@pytest.mark.requirement("LG-3-10")
@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_a_fault_is_named_with_file_and_key(
    spoilt: Callable[..., tuple[str, ...]], old: str, new: str, sentence: str
) -> None:
    told = spoilt((old, new))
    assert all(line.startswith("longgang/trial.toml: ") for line in told)
    assert any(sentence in line for line in told), told


@pytest.mark.requirement("LG-3-10")
def test_every_fault_of_a_pack_is_told_at_once(spoilt: Callable[..., tuple[str, ...]]) -> None:
    told = spoilt(
        ('label = "起重吊装工程"', "label = 8"),
        ('article = "第三条(五)"\n', ""),
        ('code = "28-3"', 'code = "28-1"'),
        ('standing = "征求意见"', 'standing = "大概"'),
        ('value = "1000000"', 'value = "-1"'),
    )
    assert len(told) == 5


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "缺少这一节", id="empty"),
        pytest.param("[pack", "不是 TOML", id="cut-off"),
        pytest.param("pack = 3\nconditions = []\n", "应为一个表", id="wrong-shapes"),
        pytest.param("a = " + "[" * 50000, "嵌套太深", id="deep"),
        pytest.param("a = " + "9" * 5000, "不是 TOML", id="endless-number"),
        pytest.param("materials = 5\nhigh_risk = [1, 2]\n", "应为", id="lists-of-nothing"),
        pytest.param("[[materials]]\ncode = [1]\n", "materials[0]", id="code-is-a-list"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(
    spoilt: Callable[..., tuple[str, ...]], text: str, sentence: str
) -> None:
    assert any(sentence in line for line in spoilt(text=text))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'title = "\xb2"'])
def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(data)
    with pytest.raises(FaultyInput, match="UTF-8"):
        load_pack(file)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="读不了文件"):
        load_pack(tmp_path / "none.toml")


def test_a_folder_tells_the_faults_of_all_its_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.toml").write_text("[pack", encoding="utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_all(pack_files(tmp_path))
    assert {fault.where.partition(":")[0] for fault in caught.value.faults} == {"a/1.toml", "b/1.toml"}


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="没有找到规则包"):
        load_packs(tmp_path)


def test_a_point_without_an_answer_and_one_that_stands_twice_are_faults(tmp_path: Path) -> None:
    (tmp_path / "1.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    points = "".join(
        f"[[papers.standby_record.duties]]\ncode = '{code}'\ntext = '…'\n"
        for code in ("gear_worn", "gear_worn", "gear")
    )
    other = "[papers.receipt]\ntitle = '回执'\n[[papers.receipt.duties]]\ncode = 'plan'\ntext = '…'\n"
    (tmp_path / "1.papers.toml").write_text(f"[papers.standby_record]\ntitle = '旁站'\n{points}{other}", "utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_pack(tmp_path / "1.toml", bases=policies_folder())
    said = [f"{fault.where}: {fault.what}" for fault in caught.value.faults]
    assert any("standby_record.duties[1].code: 重复的核查内容" in one for one in said)
    assert any("standby_record.duties[2].code: 没有名为 gear 的核查内容" in one for one in said)
    assert any("receipt.duties[0].code: 这份文书没有核查内容" in one for one in said)


def test_faults_of_the_papers_name_the_papers_file(tmp_path: Path) -> None:
    folder = tmp_path / "longgang"
    folder.mkdir()
    (folder / "1.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "1.papers.toml").write_text("[papers.receipt]\ntitel = '回执'\n", encoding="utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_pack(folder / "1.toml", bases=policies_folder())
    assert {fault.where for fault in caught.value.faults} == {"longgang/1.papers.toml: papers.receipt.titel"}


@pytest.mark.requirement("LG-2-9", "LG-3-10")
@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2025, 12, 31), "draft"),
        (date(2026, 1, 1), "first"),
        (date(2026, 6, 30), "first"),
        (date(2026, 7, 1), "second"),
    ],
)
def test_the_version_in_force_on_the_filing_day_applies(pack: PolicyPack, on: date, version: str) -> None:
    versions = Packs(
        (
            replace(pack, version="second", effective_from=date(2026, 7, 1), standing=Standing.IN_FORCE),
            replace(pack, version="first", effective_from=date(2026, 1, 1), standing=Standing.IN_FORCE),
            replace(pack, version="draft"),
        )
    )
    assert versions.get("longgang", on).version == version


@pytest.mark.requirement("LG-3-10")
def test_a_past_matter_keeps_its_version(pack: PolicyPack) -> None:
    packs = Packs((pack, replace(pack, version="later", effective_from=date(2026, 1, 1))))
    assert packs.exact("longgang", "2025-draft") is pack
    with pytest.raises(ClerkError, match="unknown_pack"):
        packs.exact("longgang", "none")


def test_an_unknown_or_not_yet_begun_pack_is_a_clear_error(pack: PolicyPack) -> None:
    packs = Packs((replace(pack, effective_from=date(2026, 1, 1)),))
    with pytest.raises(ClerkError, match="no_pack_in_force"):
        packs.get("longgang", date(2025, 12, 31))
    with pytest.raises(ClerkError, match="unknown_pack"):
        packs.get("nowhere", date(2026, 1, 1))
