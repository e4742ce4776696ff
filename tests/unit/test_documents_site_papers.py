"""Blank papers of a site's life: what each asks for, by its words and as pages; the A3 board."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.documents.blocks import ItemTable, Paper, texts_of
from desktop.documents.papers.on_site import PatrolOnPaper
from desktop.documents.papers.risk_board import risk_board
from desktop.documents.papers.site_blanks import SITE_BLANKS, board_of_matter, site_of_matter
from desktop.documents.papers.site_check import CERTIFICATES, SCHEME, site_check_record
from desktop.documents.papers.standby import standby_record
from desktop.documents.pdf import render
from desktop.documents.pdfium import A4_TO_A3, joined
from desktop.documents.registry import BLANKS, blank
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol_details import POINTS, FirstCheckDetails, SchemeCheck
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from tests import factories
from tests.paper_desk import Desk, high_risk_work

Words = Callable[[str], str]
_BOXES = re.compile("□")


def _blank(pack: PolicyPack, code: str) -> Paper:
    return blank(code, office=factories.office(), pack=pack)


@pytest.fixture
def words(pack: PolicyPack) -> Words:
    """Gives all words of a blank as a reader finds them in its PDF."""

    def read(code: str) -> str:
        document = pypdfium2.PdfDocument(render(_blank(pack, code)))
        try:
            return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
        finally:
            document.close()

    return read


@pytest.mark.requirement("LG-30-0", "LG-21-5b", "LG-23-5", "LG-32-1", "LG-32-4", "LG-32-5b", "JS-2.2c", "JS-2.3c")
def test_every_blank_of_a_sites_life_is_in_the_list_of_blank_forms() -> None:
    assert set(SITE_BLANKS) <= set(BLANKS)
    assert len(set(BLANKS.values())) == len(BLANKS)


@pytest.mark.requirement("LG-30-0", "SJ-5.4a")
def test_the_blank_patrol_record_holds_four_groups_of_checks_to_be_ticked(words: Words, pack: PolicyPack) -> None:
    said = words("patrol_record")
    for part in ("安全生产", "消防安全", "文明施工", "工程质量", "发现的问题", "现场宣导", "照片", "巡查人员（签名）"):
        assert part in said, part
    items = pack.check_lists
    assert items
    assert len(_BOXES.findall(said)) > 60
    for measure in ("制止", "督促整改", "报告本单位", "报送街道执法机构"):
        assert f"□{measure}" in said


@pytest.mark.requirement("LG-21-5b", "LG-23-3")
def test_the_blank_of_a_stand_by_asks_who_from_when_to_when_and_the_three_points(words: Words) -> None:
    said = words("standby_record")
    for part in ("旁站人员", "旁站时间", "资质已经备案", "佩戴防护用品", "安全警示标识", "第二十三条(三)", "留存备查"):
        assert part in said, part


@pytest.mark.requirement("LG-23-5")
def test_the_blank_of_a_check_at_the_gate_asks_content_qualifications_and_gear(words: Words) -> None:
    said = words("entry_check_record")
    for part in ("进场作业内容", "具备相关资质", "安全防护设施和用品齐备", "进场人员", "第二十三条(五)"):
        assert part in said, part


@pytest.mark.requirement(
    "LG-32-1", "LG-32-2", "LG-32-3a", "LG-32-3b", "LG-32-4", "LG-32-5a", "LG-32-5b", "LG-32-6", "LG-32-7a", "LG-32-7b"
)
def test_the_blank_of_the_first_check_asks_every_point_of_article_32(words: Words) -> None:
    said = words("site_check_record")
    for part in (
        "3个工作日内组织现场检查（第三十二条(一)）",
        "建设单位现场安全管理人员",
        "项目负责人（注册建造师或者专业技术人员）",
        "施工计划",
        "工艺技术",
        "安全保证措施",
        "人员保障",
        "应急处置措施",
        "方案签字",
        "方案审定",
        "没有擅自修改",
        "书面进行安全技术交底",
        "双方签字并留档",
        "班前安全生产交底",
        "防护用品的穿戴",
        "停止作业、撤离危险区域",
        "划定作业区域",
        "不燃材料进行防火分隔",
        "动火作业",
        "资质证书",
        "安全生产许可证",
    ):
        assert part in said, part


@pytest.mark.requirement("LG-32-4")
def test_the_technical_briefing_is_written_and_signed_by_both(words: Words) -> None:
    said = words("technical_briefing")
    for part in ("危险事项", "安全管理要点", "交底人（现场技术负责人）", "被交底人签名", "留档备查", "第三十二条(四)"):
        assert part in said, part


@pytest.mark.requirement("LG-32-5b", "LG-32-6")
def test_the_briefing_before_a_shift_asks_task_standard_dangers_and_gear(words: Words) -> None:
    said = words("shift_briefing")
    for part in ("当班任务", "完成标准", "安全注意事项", "□安全帽", "立即停止作业、撤离危险区域", "第三十二条(五)"):
        assert part in said, part


@pytest.mark.requirement("JS-2.3c", "LG-23-1b", "SJ-3h")
def test_poster_entrustment_and_letter_of_responsibility_are_blank_forms_too(words: Words) -> None:
    poster = words("guide_poster")
    for part in ("坪安路1号", "0755-00001234", "带什么", "12350", "开工、作业之前，先来登记"):
        assert part in poster, part
    assert "受托单位" in words("entrustment_letter")
    assert "乙方责任" in words("responsibility_letter")


@pytest.mark.requirement("JS-2.2c")
def test_the_board_is_one_a3_sheet_across_in_large_type(desk: Desk) -> None:
    paper = board_of_matter(desk.context(high_risk_work()))
    document = pypdfium2.PdfDocument(render(paper))
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [1191, 842]
    document.close()
    said = "\n".join(texts_of(paper))
    for part in ("按高风险小型工程管理", "火灾", "周望", "12350", "停止作业、撤离危险区域"):
        assert part in said, part


@pytest.mark.requirement("JS-2.2c", "LG-P1")
def test_the_board_covers_names_unless_they_are_known_to_be_firms(desk: Desk) -> None:
    ctx = site_of_matter(desk.context(factories.walk_in(owner=factories.person("陈小满"))))
    covered = "\n".join(texts_of(risk_board(ctx)))
    assert "陈小满" not in covered
    assert "陈＊＊" in covered
    shown = "\n".join(texts_of(risk_board(ctx, is_contractor_firm=True)))
    assert "深圳市匠新装饰工程有限公司" in shown
    assert "1380000" not in shown


@pytest.mark.requirement("LG-32-1")
def test_the_pack_asks_every_point_that_the_program_keeps_an_answer_for(desk: Desk) -> None:
    papers = desk.pack.papers
    assert {code: tuple(duty.code for duty in papers[code].duties) for code in POINTS} == dict(POINTS)


@pytest.mark.requirement("LG-32-1", "LG-32-3a", "LG-32-5a")
def test_answers_stand_at_their_points_whatever_order_the_pack_has(desk: Desk) -> None:
    papers = desk.pack.papers
    turned = {code: replace(papers[code], duties=papers[code].duties[::-1]) for code in (SCHEME, CERTIFICATES)}
    pack = replace(desk.pack, papers={**papers, **turned})
    details = FirstCheckDetails(
        scheme=SchemeCheck(persons=False, plan=True), licence_in_force=False, operators_certified=True
    )
    visit = PatrolOnPaper(
        id=1,
        kind=PatrolKind.FIRST_CHECK,
        result=PatrolResult.FINDINGS,
        visited_on=date(2026, 3, 4),
        patrollers=("罗平",),
        level=PatrolLevel.STREET,
        details=details,
    )
    paper = site_check_record(site_of_matter(desk.context(factories.walk_in(), pack=pack)), visit)
    tables = [block for block in paper.blocks if isinstance(block, ItemTable)]
    said = {row[1]: row[3] for table in tables for row in table.rows if len(row) == 4}
    assert (said["方案写明人员保障"], said["方案写明施工计划"], said["方案写明工艺技术"]) == ("否", "是", "未查")
    assert said["施工单位的安全生产许可证在有效期内"] == "否"
    assert said["特种作业人员的操作证与本人相符，在有效期内"] == "是"
    assert said["施工单位的资质证书与工程相符，在有效期内"] == "未查"


def test_a_pack_without_wording_still_prints_the_rows_of_the_site(desk: Desk) -> None:
    bare = replace(desk.pack, papers={})
    paper = standby_record(site_of_matter(desk.context(factories.walk_in(), pack=bare)))
    assert paper.title == "旁站记录"
    assert "坪安路18号一层商铺装修" in set(texts_of(paper))


@pytest.mark.requirement("LG-10-3b")
def test_papers_join_into_one_file_as_they_are_or_as_large_as_a3(pack: PolicyPack) -> None:
    papers = [render(_blank(pack, code)) for code in ("standby_record", "risk_board")]
    for scale, widths in ((1.0, [595, 1191]), (A4_TO_A3, [842, 1684])):
        document = pypdfium2.PdfDocument(joined(papers, scale=scale))
        assert [round(page.get_width()) for page in document] == widths
        assert "旁站" in document[0].get_textpage().get_text_range()
        document.close()


@pytest.mark.parametrize("code", SITE_BLANKS)
def test_nothing_on_a_page_is_cut_off_at_its_edges(pack: PolicyPack, code: str) -> None:
    document = pypdfium2.PdfDocument(render(_blank(pack, code)))
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("L")
        margin = 8
        edges = (
            picture.crop((0, 0, margin, picture.height)),
            picture.crop((picture.width - margin, 0, picture.width, picture.height)),
            picture.crop((0, picture.height - margin, picture.width, picture.height)),
        )
        assert all(edge.getextrema() == (255, 255) for edge in edges)
        assert picture.getextrema()[0] < 64
    document.close()
