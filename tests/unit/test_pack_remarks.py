"""Remarks on packs that read: each slip of an author has its place and what to do; and the sentences of faults."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.services.pack_checking import CheckedPack, check_packs
from tests.guide_example import EXAMPLE, ROOT

Changed = Callable[..., CheckedPack]
HOME = '[[scopes]]\nkind = "small_work"'
SCAFFOLD = 'when = { fact = "scaffold_height_m", at_least = 5 }'
LEAD = '[[departments]]\ndepartment = "县住房和城乡建设局"\narticle = "第四条"\n'


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Check a copy of the worked example with some text replaced, of the rules or of the papers."""

    def check(*changes: tuple[str, str]) -> CheckedPack:
        folder = tmp_path / "mine"
        folder.mkdir()
        texts = {file.name: file.read_text(encoding="utf-8") for file in EXAMPLE.parent.iterdir()}
        for old, new in changes:
            name = next(name for name, text in sorted(texts.items(), reverse=True) if old in text)
            texts[name] = texts[name].replace(old, new, 1)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        (one,) = check_packs(folder)
        return one

    return check


REMARKS = [
    pytest.param(
        SCAFFOLD,
        'when = { fact = "completion_accepted" }',
        "high_risk(1).when",
        "看 completion_accepted，表单没有问",
        id="unasked",
    ),
    pytest.param(
        SCAFFOLD, 'when = { fact = "place_kind", is = "shopp" }', "high_risk(1).when", "是不是 shop？", id="not-offered"
    ),
    pytest.param(
        SCAFFOLD,
        SCAFFOLD.replace("}", "").replace("{", "{ all = [{") + '}, { fact = "scaffold_height_m", less_than = 5 }] }',
        "high_risk(1).when",
        "不可能成立",
        id="numbers-that-exclude-each-other",
    ),
    pytest.param(
        SCAFFOLD,
        'when = { fact = "category", is = "facade_high_work" }',
        "high_risk(1).when",
        "不可能成立",
        id="other-kind",
    ),
    pytest.param(
        LEAD, LEAD + LEAD.replace("住房", "水利"), "departments[1](县水利和城乡建设局).when", "轮不到", id="behind"
    ),
    pytest.param(
        LEAD,
        LEAD + 'when = { fact = "category", is = "facade_high_work" }\n',
        "categories(residential_decoration)",
        "没有一条主管部门的规则说到这一类",
        id="category-without-department",
    ),
    pytest.param(
        'article = "第三条"\n\n[[scopes]]',
        'article = "第三条"\nasks = ["municipal_kind"]\n\n[[scopes]]',
        "categories(facade_high_work).asks",
        "要问 municipal_kind",
        id="asks-what-nobody-asks",
    ),
    pytest.param(
        'code = "form"\n',
        'code = "form"\nrequired = { not = {} }\n',
        "materials(form)",
        "从不需要",
        id="material-never",
    ),
    pytest.param(
        'code = "form"\n',
        'code = "form"\nexpired = { fact = "qualification_valid_to", before_filing = true }\n',
        "materials(form).expired_because",
        "没有写理由",
        id="no-reason",
    ),
    pytest.param(
        "[parameters]\n",
        '[parameters]\nlimit_ammount = { value = "1", label = "数", article = "一" }\n',
        "parameters.limit_ammount",
        "没有规则用到这个数",
        id="idle-number",
    ),
    pytest.param('closeout = "销号"\n', 'closout = "销号"\n', "labels.closout", "是不是 closeout？", id="label"),
    pytest.param(
        '"注销" = "销号"\n',
        '"注销" = "销号"\n"销号" = "办结"\n',
        "words.注销",
        "会变成“办结”",
        id="word-replaced-again",
    ),
    pytest.param(
        "[parameters]\n",
        '[articles.measure]\nregisterd = "一"\n[parameters]\n',
        "articles.measure.registerd",
        "是不是 registered？",
        id="figure",
    ),
    pytest.param(
        "[parameters]\n",
        '[articles.duty]\nunregisterd = "一"\n[parameters]\n',
        "articles.duty.unregisterd",
        "是不是 unregistered？",
        id="duty",
    ),
    pytest.param(
        'ref = "within_limits"',
        'fact = "contract_amount_yuan", less_than = 5',
        "parameters.limit_relation",
        "用它的条件一并写进 conditions",
        id="number-of-the-base",
    ),
    pytest.param(
        "[papers.receipt]\n",
        "[papers.reciept]\ntitle = '回执'\n[papers.receipt]\n",
        "papers.reciept",
        "是不是 receipt？",
        id="paper",
    ),
    pytest.param(
        "[deadlines]\n",
        '[[findings]]\ncode = "unregistered"\nactions = ["urge_register"]\n[deadlines]\n',
        "findings(unregistered).actions",
        "是不是 urge_registration？",
        id="action",
    ),
    pytest.param(
        "[deadlines]\n",
        '[[transfers]]\ncode = "fires"\narticle = "一"\ntransfer_to = "甲"\n[deadlines]\n',
        "transfers(fires).code",
        "是不是 fire？",
        id="violation",
    ),
    pytest.param('permit_article = "第四条"\n', "", "scopes(small_work).permit_article", "没有条文", id="permit"),
]


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize(("old", "new", "place", "sentence"), REMARKS)
def test_a_slip_is_remarked_on_with_its_place(changed: Changed, old: str, new: str, place: str, sentence: str) -> None:
    one = changed((old, new))
    assert one.faults == ()
    said = [remark.what for remark in one.remarks if remark.where.endswith(f".toml: {place}")]
    assert any(sentence in what for what in said), one.remarks


FAULTS = [
    pytest.param('label = "外脚手架"', 'lable = "外脚手架"', "high_risk[0](1).lable", "是不是 label？", id="key"),
    pytest.param('label = "外脚手架"', 'lable = "外脚手架"', "high_risk[0](1).label", '写成 label = "…"', id="wanting"),
    pytest.param("[deadlines]", "[deadline]", "deadline", "是不是 deadlines？", id="section"),
    pytest.param("at_least = 5", "atleast = 5", "high_risk[0](1).when", "是不是 at_least？", id="operator"),
    pytest.param(
        "scaffold_height_m", "scafold_height_m", "high_risk[0](1).when.fact", "是不是 scaffold_height_m？", id="fact"
    ),
    pytest.param(
        "one_time_notice", "onetime_notice", "articles.onetime_notice", "是不是 one_time_notice？", id="article"
    ),
    pytest.param(
        'ref = "within_limits"', 'ref = "within_limit"', "scopes[0].within.ref", "是不是 within_limits？", id="ref"
    ),
    pytest.param(
        "effective_from = 2026-07-01",
        "effective_from = 2026-07-01\neffective_to = 2026-06-30",
        "pack.effective_to",
        "早于 effective_from",
        id="days",
    ),
    pytest.param('id = "example"', 'id = "../example"', "pack.id", "用字母、数字", id="id-is-a-path"),
    pytest.param('base = "common"', 'base = "../common"', "pack.base", '"common"', id="base-is-a-path"),
    pytest.param("{station}", "{statoin}", "papers.receipt", "没有名为 {statoin} 的位置", id="place-of-a-paper"),
    pytest.param(
        "[labels]\n", '[papers.receipt]\ntitle = "回执"\n[labels]\n', "papers", ".papers.toml", id="papers-here"
    ),
    pytest.param("[labels]\n", "[labels\n", "", "行第", id="line-and-column"),
    pytest.param('"art4_kind"', '"art4_kinds"', "without.questions", "是不是 art4_kind？", id="without"),
]


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize(("old", "new", "place", "cure"), FAULTS)
def test_a_fault_says_what_to_write_instead(changed: Changed, old: str, new: str, place: str, cure: str) -> None:
    one = changed((old, new))
    assert one.pack is None
    said = {fault.where.partition(": ")[2]: fault.what for fault in one.faults if ".toml" in fault.where}
    assert cure in said.get(place, ""), one.faults


@pytest.mark.requirement("Q-1")
def test_a_file_named_from_within_its_folder_is_told_with_its_folder(
    changed: Changed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(("[labels]\n", "[labels\n"))
    monkeypatch.chdir(tmp_path / "mine")
    (one,) = check_packs(Path("2026-07.toml"))
    assert one.file == "mine/2026-07.toml"
    assert one.faults[0].where.startswith("mine/2026-07.toml")


@pytest.mark.requirement("Q-1")
def test_papers_that_belong_to_no_pack_and_two_files_of_one_version_are_faults(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for file in EXAMPLE.parent.iterdir():
            (tmp_path / folder / file.name).write_bytes(file.read_bytes())
    first, second = check_packs(tmp_path)
    assert first.faults == ()
    assert "已经在 a/2026-07.toml 里" in second.faults[0].what
    (tmp_path / "b" / "2026-07.toml").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "check-pack", tmp_path],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "没有它所属的规则包" in done.stderr.decode()


@pytest.mark.requirement("Q-1")
def test_the_answer_is_also_given_as_json(tmp_path: Path) -> None:
    (tmp_path / "1.toml").write_text("[pack]\nid = 3\n", encoding="utf-8")
    for place, status in ((EXAMPLE, 0), (tmp_path, 2)):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "check-pack", place, "--json"],
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        (one,) = json.loads(done.stdout)
        assert (done.returncode, done.stderr, one["is_sound"]) == (status, b"", status == 0)
        if status:
            assert {"where": f"{tmp_path.name}/1.toml: pack.id", "what": "应为文字，写在引号里"} in one["faults"]
        else:
            assert [gap["name"] for gap in one["gaps"]] == ["limit_inclusive"]
            assert "rectification_days" in one["unverified"]


@pytest.mark.requirement("Q-1", "Q-3")
def test_the_shipped_packs_have_no_rule_that_cannot_hold() -> None:
    odd = [remark for one in check_packs(None) for remark in one.remarks if "不可能成立" in remark.what]
    assert odd == []
